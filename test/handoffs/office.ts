import type { ModalView } from '@slack/types';
import type { AskedQuestion } from '../../src/core/links.ts';
import { Organization } from '../../src/core/organization.ts';
import type { AnyCollection, People, Person, PersonId, Place, Rendered, Store } from '../../src/core/ports.ts';
import { type MovableClock, movableClock } from '../../src/core/time.ts';
import { copies, notices } from '../../src/delivery/entry.ts';
import { placeKey } from '../../src/delivery/outbox.ts';
import { deliveryCollections } from '../../src/delivery/sender.ts';
import type { Effect, IncomingAction, InputValue, Opened, Submitted } from '../../src/feature.ts';
import { createHandoffsFeature, type HandoffsFeature, handoffsDeclared } from '../../src/handoffs/feature.ts';
import { handoffs } from '../../src/handoffs/handoff.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { carryingFor } from '../carrying.ts';
import { createFakeSlack, type FakeSlack } from '../delivery/fake-slack.ts';
import { type RecordedLog, recordLog } from '../delivery/world.ts';
import { handlersOf } from '../handlers.ts';

/** Monday, 23 November 2026, 10:00 in Berlin. */
export const start = Date.UTC(2026, 10, 23, 9);
export const hour = 3_600_000;
export const channel = 'C0SPO00001';

export const mei = 'U0MEI00001' as PersonId;
export const ana = 'U0ANA00001' as PersonId;
export const bo = 'U0BO000001' as PersonId;
export const lea = 'U0LEA00001' as PersonId;
export const lex = 'U0LEX00001' as PersonId;

function person(id: PersonId, name: string, roles: readonly string[], more: Partial<Person> = {}): Person {
  return { id, name, locale: 'en', zone: 'Europe/Berlin', active: true, guest: false, roles, ...more };
}

/** Mei asks, from Shanghai; Ana and Bo are the office, Lea leads it, Lex is legal. */
export const everybody: readonly Person[] = [
  person(mei, 'Mei', [], { zone: 'Asia/Shanghai', unit: 'payments' }),
  person(ana, 'Ana', ['ospo']),
  person(bo, 'Bo', ['ospo']),
  person(lea, 'Lea', ['ospo-lead']),
  person(lex, 'Lex', ['legal']),
];

/** One of them, as a reader. */
export function readerOf(id: PersonId): Person {
  const found = everybody.find((one) => one.id === id);
  if (!found) throw new Error(`${id} is nobody`);
  return found;
}

/** Where a question was asked: in private, and in a channel. */
export const conversation = { channel: 'D0MEI00001', ts: '100.2', thread: '100.1', ephemeral: false };
export const inChannel = { channel, ts: '5.5', ephemeral: false };

export const agpl: AskedQuestion = {
  person: mei,
  text: 'May we put an AGPL database behind our API?',
  locale: 'en',
  outcome: 'answer',
  shown: { id: 'agpl-saas', title: 'AGPL components in a service we host' },
};

/** The feature with a real store, outbox and sender; Slack and the gate are recorded. */
export interface TestOffice {
  readonly clock: MovableClock;
  readonly store: Store;
  readonly slack: FakeSlack;
  readonly log: RecordedLog;
  readonly feature: HandoffsFeature;
  /** Opens a modal, as a click on a button does. */
  open(id: string, person: PersonId, value: string, at?: IncomingAction['message']): ModalView;
  /** Clicks a button that changes something; what it comes to is committed. */
  click(id: string, person: PersonId, value: string, at?: IncomingAction['message']): Promise<Effect>;
  /** Submits a modal that was opened. */
  submit(
    view: ModalView,
    person: PersonId,
    values?: Readonly<Record<string, Readonly<Record<string, InputValue>>>>,
  ): Promise<Submitted>;
  /** Carries out an effect, as the gate does. */
  carryOut(effect: Effect): Promise<void>;
  /** Opens and submits the form of a question; returns the id of what came of it. */
  ask(options?: {
    readonly value?: string;
    readonly text?: string;
    readonly restricted?: boolean;
    readonly at?: IncomingAction['message'];
    readonly person?: PersonId;
  }): Promise<string>;
  /** Opens the answer form on the card and sends it. */
  answer(person: PersonId, id: string, text: string, kind?: 'answer' | 'query', round?: number): Promise<Submitted>;
  /** Moves the clock, then takes the steps that are due and brings everything to Slack. */
  wait(ms: number): Promise<void>;
  /** What stands at a place, first line of each. */
  at(place: Place): readonly string[];
  /** The first line of every message to a person. */
  to(person: PersonId): readonly string[];
}

export function openOffice(
  options: {
    readonly channel?: boolean;
    readonly people?: readonly Person[];
    readonly questions?: Readonly<Record<string, AskedQuestion>>;
  } = {},
): TestOffice {
  const clock = movableClock(start);
  const collections: readonly AnyCollection[] = [...deliveryCollections, ...handoffsDeclared.collections];
  const store = createMemoryStore(collections);
  const slack = createFakeSlack(clock);
  const log = recordLog();
  const all = options.people ?? everybody;
  const people: People = {
    get: (id) => all.find((one) => one.id === id),
    withRole: (role) => all.filter((one) => one.roles.includes(role)),
    all: () => all,
  };
  const names = { en: 'Here', 'zh-CN': '这里' };
  const organization = Organization.parse({
    name: 'Example',
    ospo: { name: names, ...(options.channel === false ? {} : { channel }) },
    offices: [{ id: 'berlin', name: names, zone: 'Europe/Berlin' }],
    units: [{ id: 'payments', name: { en: 'Payments', 'zh-CN': '支付' } }],
  });
  const questions = options.questions ?? { Q1: agpl };

  const feature = createHandoffsFeature({
    store,
    clock,
    people,
    log,
    organization: () => organization,
    question: async (id) => questions[id],
    async standsAt(say) {
      const home = say.kind === 'copy' ? `${say.card}/${say.id}/${placeKey(say.place)}` : say.key;
      return (await store.get(say.kind === 'copy' ? copies : notices, home))?.at;
    },
  });
  const handlers = handlersOf([feature]);

  const incoming = (by: PersonId) => ({ person: by, at: clock.now(), team: 'T1' });

  // A channel takes a message a second; nothing here says more than a few at once.
  const { carryOut, step, deliver } = carryingFor(feature, { store, clock, log, people, slack });

  const office: TestOffice = {
    clock,
    store,
    slack,
    log,
    feature,
    carryOut,
    open(id, by, value, at) {
      const opened: Opened | undefined = handlers.opens.get(id)?.({
        ...incoming(by),
        action: id,
        value,
        ...(at ? { message: at } : {}),
      });
      if (!opened) throw new Error(`nothing opened for ${id}`);
      return opened.view;
    },
    async click(id, by, value, at) {
      const effect = await handlers.action.get(id)?.({
        ...incoming(by),
        action: id,
        value,
        ...(at ? { message: at } : {}),
      });
      if (!effect) throw new Error(`nothing listens to ${id}`);
      await carryOut(effect);
      return effect;
    },
    async submit(view, by, values = {}) {
      const run = handlers.submit.get(view.callback_id ?? '');
      const submitted = await run?.({
        ...incoming(by),
        view: { id: 'V1', hash: '', callback: view.callback_id ?? '', metadata: view.private_metadata ?? '', values },
      });
      if (!submitted) throw new Error(`nothing takes ${view.callback_id}`);
      if (!submitted.errors) await carryOut(submitted);
      return submitted;
    },
    async ask({ value = 'Q1', text = '', restricted = value.endsWith('/r'), at, person: by = mei } = {}) {
      const view = office.open('ask.human', by, value, at);
      const submitted = await office.submit(view, by, {
        text: { text },
        who: { restricted: restricted ? ['restricted'] : [] },
      });
      if (submitted.errors) throw new Error(JSON.stringify(submitted.errors));
      await office.wait(0);
      return JSON.parse(view.private_metadata ?? '{}').draft;
    },
    async answer(by, id, text, kind = 'answer', round = 1) {
      const view = office.open('handoffs.answer', by, `${id}/${round}/o`);
      const submitted = await office.submit(view, by, { text: { text }, kind: { kind } });
      await office.wait(0);
      return submitted;
    },
    async wait(ms) {
      await clock.advance(ms);
      await step();
      await deliver(8);
    },
    at: (place) => slack.messages.filter((m) => placeKey(m.place) === placeKey(place)).map(firstLine),
    to: (id) => office.at({ person: id }),
  };
  return office;
}

function firstLine(rendered: Pick<Rendered, 'text'>): string {
  // Times as the reader's zone writes them: the token's fallback.
  return (rendered.text.split('\n')[0] ?? '').replace(/<!date\^\d+\^[^|]*\|([^>]*)>/g, '$1');
}

export async function stored(office: TestOffice, id: string) {
  return office.store.get(handoffs, id);
}

export function say(office: TestOffice, thread: string, text: string, channelId = conversation.channel) {
  return office.feature.continueInThread(mei, channelId, thread, text);
}

export async function carry(office: TestOffice, effect: Awaited<ReturnType<HandoffsFeature['continueInThread']>>) {
  if (!effect) throw new Error('nobody waits in that thread');
  await office.carryOut(effect);
  await office.wait(0);
}
