import type { HomeView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { MessengerError, type Person, type PersonId } from '../../src/core/ports.ts';
import type { Feature, IncomingCommand, IncomingEvent, SlackGate } from '../../src/feature.ts';
import { createHomeFeature } from '../../src/home/feature.ts';
import { section } from '../../src/slack/blocks.ts';
import { recordLog } from '../delivery/world.ts';

const mei: Person = {
  id: 'U1' as PersonId,
  name: 'Mei',
  locale: 'zh-CN',
  zone: 'Asia/Shanghai',
  active: true,
  guest: false,
  roles: ['ospo'],
};
const somebody = 'U2' as PersonId;

const other: Feature = {
  name: 'other',
  collections: [],
  content: [],
  listen: () => undefined,
  cards: {},
  jobs: [],
  samples: () => [],
  home: async ({ name }) => [{ order: 1, blocks: [section(`for ${name}`)] }],
  commands: [
    { words: 'everybody', help: { en: 'for everybody', 'zh-CN': '大家' } },
    { words: 'office', help: { en: 'for the office', 'zh-CN': '办公室' }, roles: ['ospo', 'ospo-lead'] },
  ],
};

/** The feature, with what it shows and suggests recorded. */
function open(suggest: () => Promise<void> = async () => undefined) {
  const published: { readonly person: PersonId; readonly view: HomeView }[] = [];
  const suggested: string[] = [];
  const log = recordLog();
  const glances = new Map<string, (e: IncomingEvent) => Promise<void>>();
  const commands = new Map<string, Parameters<SlackGate['command']>[1]>();
  const opens = new Map<string, Parameters<SlackGate['opens']>[1]>();
  const feature: Feature = createHomeFeature({
    people: { get: (id) => (id === mei.id ? mei : undefined), withRole: () => [], all: () => [mei] },
    log,
    command: '/ospo',
    features: () => [other, feature],
    articles: () => 3,
    publish: async (person, view) => void published.push({ person, view }),
    async suggest(_, prompts) {
      suggested.push(JSON.stringify(prompts));
      await suggest();
    },
  });
  feature.listen({
    glance: (type, run) => void glances.set(type, run),
    command: (words, run) => void commands.set(words, run),
    event: () => undefined,
    action: () => undefined,
    opens: (id, view) => void opens.set(id, view),
    shortcut: () => undefined,
    submit: () => undefined,
    options: () => undefined,
  });
  const incoming = { at: 0, team: 'T1' };
  return {
    published,
    suggested,
    log,
    feature,
    async look(user: PersonId, tab: 'home' | 'messages'): Promise<void> {
      const event = { type: 'app_home_opened', user, tab, channel: 'D1' };
      await glances.get('app_home_opened')?.({ ...incoming, person: user, event, late: false });
    },
    async help(person: PersonId): Promise<string> {
      const command: IncomingCommand = { ...incoming, person, text: '', channel: 'D1' };
      return (await commands.get('help')?.(command))?.answer?.text ?? '';
    },
    helpOverHome(person: PersonId): string {
      const opened = opens.get('home.help')?.({ ...incoming, person, action: 'home.help', value: '' });
      return opened ? JSON.stringify(opened.view) : '';
    },
  };
}

describe('the Home tab', () => {
  it('is published in the language of the person, with what every feature has for them', async () => {
    const home = open();

    await home.look(mei.id, 'home');

    expect(home.published).toMatchObject([{ person: mei.id }]);
    expect(JSON.stringify(home.published)).toContain('开源项目办公室');
    expect(JSON.stringify(home.published)).toContain('for Mei');
  });

  it('is published for somebody whom the directory does not know yet', async () => {
    const home = open();

    await home.look(somebody, 'home');

    expect(JSON.stringify(home.published)).toContain('Open source office');
  });
});

describe('suggested prompts', () => {
  it('are for the messages tab, in the language of the person', async () => {
    const home = open();

    await home.look(mei.id, 'messages');

    expect(home.published).toEqual([]);
    expect(home.suggested[0]).toContain('AGPL 组件');
  });

  it('are not tried again in a workspace that refuses them', async () => {
    const home = open(async () => {
      throw new MessengerError('refused', 'unknown_method');
    });

    await home.look(mei.id, 'messages');
    await home.look(mei.id, 'messages');

    expect(home.suggested).toHaveLength(1);
    expect(home.log.lines).toMatchObject([{ level: 'info' }]);
  });

  it.each(['limited', 'lost'] as const)('are tried again after a call that was %s', async (kind) => {
    const home = open(async () => {
      throw new MessengerError(kind, 'for now');
    });

    await home.look(mei.id, 'messages');
    await home.look(mei.id, 'messages');

    expect(home.suggested).toHaveLength(2);
  });
});

describe('help', () => {
  it.each([
    ['an office member', mei.id, ['/ospo everybody', '/ospo office', '/ospo help']],
    ['somebody else', somebody, ['/ospo everybody', '/ospo help']],
  ])('lists what %s may use', async (_, person, expected) => {
    const text = await open().help(person);

    expect([...text.matchAll(/\/ospo \w+/g)].map(([words]) => words)).toEqual(expected);
  });

  it('opens over Home with the same list, in the language of the person', async () => {
    const home = open();
    const text = await home.help(mei.id);

    const shown = home.helpOverHome(mei.id);

    expect(shown).toContain('我能做什么');
    expect(shown).toContain(JSON.stringify(text).slice(1, -1));
  });
});
