import { beforeEach, describe, expect, it } from 'vitest';
import { type Ask, createAsk } from '../../src/ask/ask.ts';
import { untrained } from '../../src/ask/decide.ts';
import { listenToQuestions } from '../../src/ask/listeners.ts';
import { questions } from '../../src/ask/question.ts';
import { createSearch } from '../../src/ask/search.ts';
import { Organization } from '../../src/core/organization.ts';
import type { People, Person, PersonId, Store } from '../../src/core/ports.ts';
import { movableClock } from '../../src/core/time.ts';
import type { Effect, IncomingAction, IncomingEvent, IncomingView, SlackGate } from '../../src/feature.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { start } from '../delivery/world.ts';
import { smallBase } from './base.ts';

const agpl = 'can we use AGPL in our SaaS';
const bot = '<@U0BOT>';
const names = { en: 'Here', 'zh-CN': '这里' };
const organization = Organization.parse({
  name: 'Example',
  ospo: { name: names },
  offices: [{ id: 'berlin', name: names, zone: 'Europe/Berlin' }],
});
const search = createSearch(smallBase, untrained);

const mei = 'U0MEI' as PersonId;
const ana = 'U0ANA' as PersonId;
const left = 'U0LEFT' as PersonId;
function person(id: PersonId, more: Partial<Person> = {}): Person {
  return { id, name: id, locale: 'en', zone: 'UTC', active: true, guest: false, roles: [], ...more };
}
const everybody = [person(mei), person(ana, { locale: 'zh-CN' }), person(left, { active: false })];
const people: People = {
  get: (id) => everybody.find((one) => one.id === id),
  withRole: () => [],
  all: () => everybody,
};

type Kind = 'event' | 'command' | 'action' | 'opens' | 'shortcut' | 'submit';
type Handlers = { readonly [K in Kind]: Map<string, Parameters<SlackGate[K]>[1]> };

let store: Store;
let ask: Ask;
let handlers: Handlers;
let policy: 'mentions' | 'questions' | 'off';
beforeEach(() => {
  store = createMemoryStore([questions]);
  policy = 'mentions';
  ask = createAsk({
    store,
    clock: movableClock(start),
    people,
    handbook: () => ({ base: smallBase, search, organization }),
    pastEdition: async () => undefined,
    human: true,
    openRequest: () => undefined,
    openCommand: () => undefined,
    licenses: { advise: () => undefined, isPick: () => false, followUp: () => undefined },
    concernOf: () => undefined,
  });
  handlers = {
    event: new Map(),
    command: new Map(),
    action: new Map(),
    opens: new Map(),
    shortcut: new Map(),
    submit: new Map(),
  };
  const gate: SlackGate = {
    event: (type, handler) => void handlers.event.set(type, handler),
    command: (words, run) => void handlers.command.set(words, run),
    action: (id, run) => void handlers.action.set(id, run),
    opens: (id, view) => void handlers.opens.set(id, view),
    shortcut: (id, view) => void handlers.shortcut.set(id, view),
    submit: (callback, run) => void handlers.submit.set(callback, run),
    glance: () => undefined,
    options: () => undefined,
  };
  listenToQuestions(gate, {
    ask,
    people,
    mention: () => bot,
    policy: () => policy,
    takeFiles: async () => undefined,
    continueInThread: async (_, __, thread) => (thread === 'a human has it' ? { say: [] } : undefined),
  });
});

const direct = { type: 'message', channel_type: 'im', channel: 'D1', user: mei, text: agpl, ts: '1.1' };
const posted = { ...direct, channel_type: 'channel', channel: 'C1' };
const mention = { ...posted, type: 'app_mention', text: `${bot} ${agpl}` };
const { type: _, user: __, ...unsaid } = direct;
const edit = {
  ...unsaid,
  type: 'message',
  subtype: 'message_changed',
  message: { user: mei, ts: '1.1', text: 'who may sign a CLA', edited: { ts: '2.2' } },
  previous_message: { text: agpl },
};

type Event = Readonly<Record<string, unknown>> & { readonly type: string };

function incoming(event: Event, more: Partial<IncomingEvent> = {}): IncomingEvent {
  return { person: mei, at: start, team: 'T1', event, late: false, ...more };
}

async function happens(event: Event, more: Partial<IncomingEvent> = {}): Promise<Effect> {
  const effect = await handlers.event.get(event.type)?.run(incoming(event, more));
  if (!effect) throw new Error(`nobody handles ${event.type}`);
  if (effect.ops) await store.commit(effect.ops);
  return effect;
}

describe('what is taken for a question', () => {
  it.each<[string, Event, boolean]>([
    ['a direct message', direct, true],
    ['one with a file', { ...direct, subtype: 'file_share' }, true],
    ['one in a thread', { ...direct, thread_ts: '1.0' }, true],
    ['an edit of the words', edit, true],
    ['an edit by Slack, which unfurled a link', { ...edit, message: { ...edit.message, edited: undefined } }, false],
    ['an edit that changed nothing', { ...edit, previous_message: { text: edit.message.text } }, false],
    ['an edit by a bot', { ...edit, message: { ...edit.message, bot_id: 'B1' } }, false],
    ['a bot', { ...direct, bot_id: 'B1' }, false],
    ['a deletion', { ...direct, subtype: 'message_deleted' }, false],
    ['a join', { ...direct, subtype: 'channel_join' }, false],
    ['nobody', { ...direct, user: undefined }, false],
    ['a message in a channel', posted, false],
    ['a message in a conversation of several', { ...posted, channel_type: 'mpim' }, false],
    ['a mention', mention, true],
    ['a mention by a bot', { ...mention, bot_id: 'B1' }, false],
  ])('%s: %#', (_name, event, wanted) => {
    expect(handlers.event.get(event.type)?.wants(event)).toBe(wanted);
  });

  it.each<[string, 'questions' | 'off', Event, boolean]>([
    ['is answered where a channel is set to questions', 'questions', posted, true],
    ['a private one too', 'questions', { ...posted, channel_type: 'group' }, true],
    ['is left to the mention when there is one', 'questions', { ...posted, text: mention.text }, false],
    ['is left alone in a thread', 'questions', { ...posted, thread_ts: '1.0' }, false],
    ['is left alone where a channel is off', 'off', posted, false],
    ['a mention is left alone where a channel is off', 'off', mention, false],
  ])('a message in a channel %s', (_name, set, event, wanted) => {
    policy = set;

    expect(handlers.event.get(event.type)?.wants(event)).toBe(wanted);
  });

  it('goes by the message, so that a mention and its message are one; each edit is another', () => {
    const identity = (event: Event) => handlers.event.get(event.type)?.identity?.(event);

    expect(identity(mention)).toBe('msg:C1:1.1');
    expect(identity(posted)).toBe('msg:C1:1.1');
    expect(identity(edit)).toBe('edit:D1:1.1:2.2');
  });
});

describe('an event', () => {
  it('in the conversation is answered lastingly, in its thread', async () => {
    const { say, reply } = await happens(direct);

    expect(reply).toBeUndefined();
    expect(say).toMatchObject([
      { card: 'answer', place: { channel: 'D1', thread: '1.1' }, lane: 'answers', lost: 'must' },
    ]);
  });

  it('in a thread that a human has is theirs', async () => {
    const effect = await happens({ ...direct, thread_ts: 'a human has it' });

    expect(effect).toEqual({ say: [] });
  });

  it('in a channel is answered to the asker alone, and lastingly where Slack does not show that', async () => {
    const { say, reply } = await happens(mention);

    expect(say).toBeUndefined();
    expect(reply).toMatchObject({
      kind: 'ephemeral',
      person: mei,
      place: { channel: 'C1', thread: '1.1' },
      instead: { place: { person: mei } },
    });
  });

  it('that comes late goes to the conversation: nobody looks at the channel any more', async () => {
    const { say, reply } = await happens(mention, { late: true });

    expect(reply).toBeUndefined();
    expect(say).toMatchObject([{ card: 'answer', place: { person: mei } }]);
  });

  it.each<[string, Event, Partial<IncomingEvent>, boolean]>([
    ['a sure answer', posted, {}, true],
    ['no sure answer', { ...posted, text: 'lunch anybody?' }, {}, false],
    ['a sure answer, but late', posted, { late: true }, false],
  ])(
    'that nobody addressed to the bot is answered only in time and when sure: %s',
    async (_name, event, more, answered) => {
      policy = 'questions';

      const { reply, say } = await happens(event, more);

      expect(reply !== undefined).toBe(answered);
      expect(say).toBeUndefined();
    },
  );

  it.each<[string, Event]>([
    ['a direct message', direct],
    ['a mention', mention],
    ['an edit', edit],
  ])('by somebody who left is not answered: %s', async (_name, event) => {
    expect(await happens(event, { person: left })).toEqual({});
  });

  it.each<[string, Event]>([
    ['a direct message', direct],
    ['a mention', mention],
  ])('by somebody of another company gets a sentence, not the handbook: %s', async (_name, event) => {
    const { reply, ops, say } = await happens({ ...event, user_team: 'T2' });

    expect(reply?.kind).toBe('ephemeral');
    expect(JSON.stringify(reply)).not.toContain('AGPL');
    expect([ops, say]).toEqual([undefined, undefined]);
  });

  it.each<[string, string, boolean]>([
    ['another answer', 'who may sign a CLA', true],
    ['the same answer', 'can we use AGPL in our saas?', false],
  ])('that edits a question is answered again only for %s', async (_name, text, again) => {
    const { say } = await happens({ ...edit, message: { ...edit.message, text } });

    expect(say !== undefined).toBe(again);
  });
});

describe('a click', () => {
  const message = { channel: 'D1', ts: '9.9', thread: '1.1', ephemeral: false };
  const view: IncomingView = { id: 'V1', hash: '', callback: 'ask.reply', metadata: '', values: {} };

  async function click(action: string, value: string, more: Partial<IncomingAction> = {}): Promise<Effect> {
    const a: IncomingAction = { person: mei, at: start, team: 'T1', action, value, ...more };
    const effect = await handlers.action.get(action)?.(a);
    if (!effect) throw new Error(`nobody handles ${action}`);
    return effect;
  }

  /** A question that is kept; returns its id. */
  async function keptQuestion(): Promise<string> {
    const { id, ops } = ask.ask({ person: mei, text: agpl, via: 'conversation' });
    await store.commit(ops);
    return id;
  }

  it.each([
    ['in a conversation: beside the answer', { message }, undefined],
    ['on an ephemeral answer: in its place', { message: { ...message, ephemeral: true } }, 'replace'],
    ['in a modal: in it', { view }, 'view'],
  ])('shows another topic %s', async (_name, where, kind) => {
    const id = await keptQuestion();

    const { reply, say } = await click('ask.show', `${id}/cla`, where);

    expect(reply?.kind).toBe(kind);
    expect(say !== undefined).toBe(kind === undefined);
  });

  it.each([
    ['in a conversation only the one who clicked is told: the answer stays', { message }, 'ephemeral'],
    ['an ephemeral answer makes way', { message: { ...message, ephemeral: true } }, 'replace'],
    ['a modal says so', { view }, 'view'],
  ])('on what is forgotten by now: %s', async (_name, where, kind) => {
    const { reply, ops, say } = await click('ask.show', 'FORGOTTEN/cla', where);

    expect(reply?.kind).toBe(kind);
    expect([ops, say]).toEqual([undefined, undefined]);
  });

  it.each(['ask.show', 'ask.share', 'ask.keep', 'ask.more', 'ask.feedback'])(
    '%s survives any value',
    async (action) => {
      for (const value of ['', '/', 'x', 'a/b/c/d/e', 'show//', 'receipt/x/y/z']) {
        await expect(click(action, value, { message })).resolves.toBeDefined();
      }
    },
  );

  it('shares once for each who shares, and says so to them', async () => {
    const id = await keptQuestion();

    const [one, same, other] = [
      await click('ask.share', `${id}/agpl-saas.`, { message }),
      await click('ask.share', `${id}/agpl-saas.`, { message }),
      await click('ask.share', `${id}/agpl-saas.`, { message, person: ana }),
    ];

    expect(one.reply?.kind).toBe('replace');
    expect(one.say).toEqual(same.say);
    expect(one.say).not.toEqual(other.say);
  });

  it('counts the opinion of the asker alone; a second one replaces the first', async () => {
    const id = await keptQuestion();

    const stranger = await click('ask.feedback', `${id}/helpful`, { message, person: ana });
    const first = await click('ask.feedback', `${id}/helpful`, { message });
    await store.commit(first.ops ?? []);
    const again = await click('ask.feedback', `${id}/helpful`, { message });
    const second = await click('ask.feedback', `${id}/unhelpful`, { message });
    await store.commit(second.ops ?? []);

    expect(stranger).toEqual({ ops: [] });
    expect(again.ops).toEqual([]);
    expect(await store.get(questions, id)).toMatchObject({ feedback: 'unhelpful' });
  });

  it.each(['', '   '])('Enter in an empty field on Home opens nothing: %j', (value) => {
    expect(
      handlers.opens.get('ask.home')?.({ person: mei, at: start, team: 'T1', action: 'ask.home', value }),
    ).toBeUndefined();
  });
});

describe('a form', () => {
  const submit = (person: PersonId, text: string) =>
    handlers.submit.get('ask.question')?.({
      person,
      at: start,
      team: 'T1',
      view: { id: 'V1', hash: '', callback: 'ask.question', metadata: '', values: { question: { text } } },
    });

  it.each([
    [mei, 'Write your question first.'],
    [ana, '请先写下你的问题'],
  ])('without a question says so beside the field, to %s', async (who, words) => {
    const submitted = await submit(who, '  ');

    expect(submitted?.errors?.question).toContain(words);
  });

  it('with one becomes the answer, in the language of the question', async () => {
    const submitted = await submit(ana, agpl);

    expect(JSON.stringify(submitted)).toContain('AGPL components in a service we host');
  });
});
