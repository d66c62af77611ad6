import { describe, expect, it } from 'vitest';
import type { FormKind } from '../../src/requests/move-form.ts';
import { fieldOf, moveFrom } from '../../src/requests/move-values.ts';
import { field, typeOf } from './form-types.ts';

const words = (text: string) => ({ en: text, 'zh-CN': `${text}。` });
const type = typeOf([[field('name', 'text')]], { conditions: [words('Keep notices'), words('Ask first')] });

type Values = Parameters<typeof moveFrom>[0];

function read(kind: FormKind, values: Values, locale: 'en' | 'zh-CN' = 'en', zone = 'Europe/Berlin') {
  const form = { kind, draft: 'D', id: '00000001', seen: 2, stage: 'office' };
  return moveFrom(values, { form, type, locale, zone });
}
const text = (words_: string) => ({ text: { text: words_ } });

describe('a form that is sent', () => {
  it.each<readonly [FormKind, Values, object]>([
    [
      'decline',
      { reason: { 'requests.reason': 'useless' }, ...text(' no ') },
      { kind: 'decline', stage: 'office', reason: 'useless', text: 'no' },
    ],
    ['ask', text('Why?'), { kind: 'ask', stage: 'office', text: 'Why?' }],
    ['note', text('x'), { kind: 'note', text: 'x', privately: true }],
    ['add', text('x'), { kind: 'note', text: 'x', privately: false }],
    ['hand', { to: { to: 'U012ABC' } }, { kind: 'hand', stage: 'office', to: 'U012ABC', text: '' }],
    ['answer', text('x'), { kind: 'answer', text: 'x' }],
    ['abstain', {}, { kind: 'abstain', stage: 'office', text: '' }],
    ['meet', { condition: { condition: '1' }, ...text('done') }, { kind: 'meet', condition: 1, text: 'done' }],
    [
      'follow',
      { link: { link: 'https://x.example' }, outcome: { outcome: 'merged' } },
      { kind: 'follow', link: 'https://x.example', outcome: 'merged' },
    ],
    ['follow', { outcome: { outcome: 'exploded' } }, { kind: 'follow' }],
    [
      'record',
      {
        decision: { decision: 'approved' },
        name: { name: 'The former board' },
        decided: { decided: '2026-11-20' },
        ...text('Minutes 7'),
      },
      {
        kind: 'record',
        decision: 'approved',
        decider: { name: 'The former board' },
        decidedAt: Date.parse('2026-11-19T23:00:00Z'),
        evidence: 'Minutes 7',
      },
    ],
  ])('of the kind %s becomes its move', (kind, values, move) => {
    expect(read(kind, values)).toEqual({ move });
  });

  it('holds the conditions that were chosen and written, each once, in the language of the requester', () => {
    const values = { conditions: { conditions: ['0'] }, own: { own: 'Tell us.\n\n Tell us.\nKeep notices。' } };

    const { move } = read('conditions', values, 'zh-CN');

    expect(move).toMatchObject({ kind: 'approve', conditions: ['Keep notices。', 'Tell us.'] });
  });

  it.each([
    ['REQ-142', 142],
    ['req 0142', 142],
    ['１４２', 142],
    ['142', 142],
    ['something', 0],
  ])('reads the number as people type it: %s', (typed, expected) => {
    expect(read('careful', { care: { care: typed } }).move).toMatchObject({ typed: expected });
  });

  it.each([
    ['Europe/Berlin', '2026-12-09T23:00:00Z'],
    ['Asia/Shanghai', '2026-12-09T16:00:00Z'],
    ['America/Los_Angeles', '2026-12-10T08:00:00Z'],
    ['Pacific/Kiritimati', '2026-12-09T10:00:00Z'],
  ])('means the day on the wall in %s', (zone, expected) => {
    const { move } = read('hold', { until: { until: '2026-12-10' }, ...text('x') }, 'en', zone);

    expect(move).toMatchObject({ until: Date.parse(expected) });
  });

  it.each<FormKind>(['ask', 'hold', 'note', 'add', 'answer', 'appeal', 'conflict', 'revoke', 'reopen'])(
    'of the kind %s says nothing without words',
    (kind) => {
      expect(read(kind, { ...text('  '), until: { until: '2026-12-10' } })).toEqual({
        missing: { field: 'text', what: 'text' },
      });
    },
  );

  it('approves under conditions only with one', () => {
    expect(read('conditions', { own: { own: ' \n ' } })).toEqual({ missing: { field: 'own', what: 'condition' } });
    expect(read('record', { decided: { decided: '2026-11-20' }, ...text('x') })).toEqual({
      missing: { field: 'name', what: 'decider' },
    });
    expect(read('record', { decider: { decider: 'U012ABC' }, ...text('x') })).toEqual({
      missing: { field: 'decided', what: 'text' },
    });
  });

  it('says what is refused beside a field that the form has', () => {
    expect(fieldOf('decline')).toBe('reason');
    expect(fieldOf('ask')).toBe('text');
  });
});
