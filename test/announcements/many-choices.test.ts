import { describe, expect, it } from 'vitest';
import { announcements as records } from '../../src/announcements/announcement.ts';
import { audienceForm, found, type Offers } from '../../src/announcements/audience-views.ts';
import { beginForm } from '../../src/announcements/forms.ts';
import { settingsForm } from '../../src/announcements/home-views.ts';
import type { Kind } from '../../src/announcements/kind.ts';
import type { Look } from '../../src/announcements/look.ts';
import { plainReader } from '../../src/announcements/reader.ts';
import { checkView } from '../../src/playground/check-views.ts';
import { openNewsroom, start } from './newsroom.ts';

const reader = { locale: 'en', zone: 'UTC' } as const;
const look: Look = { reader, now: start, name: () => 'somebody', kind: (id) => id };
const labelOf = (n: number) => ({ en: `Unit ${n}`, 'zh-CN': `部门 ${n}` });

function kindsOf(count: number): readonly Kind[] {
  const words = { title: 'A', body: 'B' };
  return Array.from({ length: count }, (_, n) => ({
    ...{ id: `kind-${n}`, name: { en: `Kind ${n}`, 'zh-CN': `种类 ${n}` }, order: n },
    about: { en: 'About it.', 'zh-CN': '说明。' },
    template: { en: words, 'zh-CN': words },
    ...{ confirm: false, urgent: false, callChannel: false },
  }));
}

async function audienceOf(units: number, projects: readonly string[]) {
  const room = openNewsroom();
  const draft = await room.draft('A-1', 'event');
  const doc = await room.store.get(records, 'A-1');
  const offers: Offers = {
    ...{ roles: [], offices: [], doings: [], projects },
    units: Array.from({ length: units }, (_, n) => ({ value: `unit-${n}`, label: labelOf(n) })),
  };
  const chosen = { ...draft, audience: { ...draft.audience, units: ['unit-3'] } };
  return { view: audienceForm({ id: 'A-1', revision: doc?.revision ?? 1 }, chosen, undefined, offers, reader) };
}

describe('more than a menu of Slack holds', () => {
  it.each([
    [10, 'radio_buttons'],
    [11, 'static_select'],
  ])('%i kinds are offered, all of them, as %s', (count, element) => {
    const view = beginForm('A-1', kindsOf(count), reader);

    const said = JSON.stringify(view);
    expect(() => checkView(view, 'modal')).not.toThrow();
    expect(said).toContain(`"${element}"`);
    expect(said).toContain(`"kind-${count - 1}"`);
  });

  it.each([
    [10, 'checkboxes'],
    [11, 'multi_static_select'],
  ])('%i kinds can be turned off, each of them, as %s', (count, element) => {
    const view = settingsForm({ ...plainReader, optOut: ['kind-2'] }, kindsOf(count), look);

    const said = JSON.stringify(view);
    expect(() => checkView(view, 'modal')).not.toThrow();
    expect(said).toContain(`"${element}"`);
    expect(said.split(`"kind-${count - 1}"`).length - 1).toBe(2);
    expect(said.split('"kind-2"').length - 1).toBe(1);
  });

  it.each([
    [100, 'multi_static_select', ''],
    [101, 'multi_external_select', '101 to choose from'],
  ])('%i units are offered as %s', async (count, element, hint) => {
    const { view } = await audienceOf(count, ['apache/kafka']);

    const said = JSON.stringify(view.blocks.find(({ block_id }) => block_id === 'units'));
    expect(() => checkView(view, 'modal')).not.toThrow();
    expect(said).toContain(`"${element}"`);
    expect(said).toContain(hint);
    expect(said).toContain('"initial_options":[{"text":{"type":"plain_text","text":"Unit 3"');
  });

  it('and no project at all is said', async () => {
    const { view } = await audienceOf(1, []);

    expect(JSON.stringify(view)).toContain('No project to choose yet');
  });
});

describe('a menu that is searched', () => {
  const names = ['apache/kafka', 'example/kafka-tools', 'mykafka', '@scope/parser'].map((text) => ({ text }));

  it.each([
    ['kaf', ['apache/kafka', 'example/kafka-tools', 'mykafka']],
    ['MYK', ['mykafka']],
    ['scope', ['@scope/parser']],
    ['', ['apache/kafka', 'example/kafka-tools', 'mykafka', '@scope/parser']],
    ['nothing', []],
  ])('finds for "%s"', (typed, expected) => {
    expect(found(names, typed).map(({ text }) => text)).toEqual(expected);
  });

  it('shows no more than Slack takes, those that begin with it first', () => {
    const all = Array.from({ length: 150 }, (_, n) => ({ text: n < 120 ? `xunit ${n}` : `unit ${n}` }));

    const shown = found(all, 'unit');

    expect(shown).toHaveLength(100);
    expect(shown.slice(0, 30).every(({ text }) => text.startsWith('unit'))).toBe(true);
  });
});
