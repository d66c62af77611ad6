import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefilled, readLink, readTyped, writeLink } from '../../src/requests/form-link.ts';
import { choice, field, typeOf } from './form-types.ts';

describe('a link to a form', () => {
  it('reads back as it was written, when it is short enough, and never grows too long for a button', () => {
    const name = fc.stringMatching(/^[a-z][A-Za-z]{0,15}$/);
    fc.assert(
      fc.property(fc.dictionary(name, fc.string({ maxLength: 900, unit: 'grapheme' }), { maxKeys: 6 }), (prefill) => {
        const kept = Object.fromEntries(Object.entries(prefill).map(([id, value]) => [id, value.toWellFormed()]));
        const value = writeLink({ type: 'small', prefill: kept });

        const read = readLink(value);

        expect(value.length).toBeLessThan(1_600);
        expect(read.type).toBe('small');
        for (const [id, one] of Object.entries(read.prefill)) expect(one).toBe(kept[id]);
        if (encodeURIComponent(JSON.stringify(kept)).length < 900) expect(read.prefill).toEqual(kept);
      }),
      { seed: 20261122 },
    );
  });

  it.each([
    ['', '', {}],
    ['Component', 'component', {}],
    ['component purl=pkg:npm/left-pad useCase=server', 'component', { purl: 'pkg:npm/left-pad', useCase: 'server' }],
    ['component summary="two words" x=1', 'component', { summary: 'two words', x: '1' }],
    ['component summary=“两个 词”', 'component', { summary: '两个 词' }],
    [
      'component url=<https://example.com/a?b=c&amp;d|example.com>',
      'component',
      { url: 'https://example.com/a?b=c&d' },
    ],
    ['agreement owner=<@U012ABC|mei> note="a &lt; b"', 'agreement', { owner: 'U012ABC', note: 'a < b' }],
  ])('is typed as "%s"', (typed, type, prefill) => {
    expect(readTyped(typed)).toEqual({ type, prefill });
  });
});

describe('what a link fills in', () => {
  const type = typeOf([
    [
      field('name', 'text'),
      field('kind', 'choice', { choices: [choice('bug_fix'), choice('new-one')] } as never),
      field('many', 'choices'),
      field('lines', 'number'),
      field('when', 'date'),
      field('who', 'person'),
      field('sure', 'confirm'),
      field('risky', 'yesno'),
    ],
  ]);

  it.each([
    ['text as it is', { name: '<!channel> x' }, { name: '<!channel> x' }],
    ['a choice with either joint', { kind: 'bug-fix' }, { kind: 'bug_fix' }],
    ['a choice in other letters', { kind: 'New_One' }, { kind: 'new-one' }],
    ['no choice that is not offered', { kind: 'typo' }, {}],
    ['of several choices those that are', { many: 'one, four,three' }, { many: ['one', 'three'] }],
    ['a number', { lines: '40' }, { lines: 40 }],
    ['no words for a number', { lines: 'many' }, {}],
    ['a person', { who: 'U012ABC' }, { who: 'U012ABC' }],
    ['no name for a person', { who: 'mei' }, {}],
    ['a date', { when: '2026-12-03' }, { when: '2026-12-03' }],
    ['yes and no only', { risky: 'maybe' }, {}],
    ['no confirmation: nobody confirms by following a link', { sure: 'yes' }, {}],
    ['no field that there is not', { constructor: 'x', other: 'y' }, {}],
  ])('%s', (_, prefill, expected) => {
    expect(prefilled(type, prefill)).toEqual(expected);
  });
});
