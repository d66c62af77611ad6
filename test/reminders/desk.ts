import type { ModalView } from '@slack/types';
import type { DueThing } from '../../src/core/links.ts';
import type { AnyCollection, Doc, People, Person, PersonId, Rendered } from '../../src/core/ports.ts';
import { type MovableClock, movableClock } from '../../src/core/time.ts';
import { standsAt, wasDropped } from '../../src/delivery/outbox.ts';
import { deliveryCollections } from '../../src/delivery/sender.ts';
import type { Effect, IncomingAction, InputValue, Submitted } from '../../src/feature.ts';
import { type ReminderBook, reminderBooks } from '../../src/reminders/book.ts';
import { createRemindersFeature, type RemindersFeature, remindersDeclared } from '../../src/reminders/feature.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { carryingFor } from '../carrying.ts';
import { createFakeSlack, type FakeSlack } from '../delivery/fake-slack.ts';
import { type RecordedLog, recordLog } from '../delivery/world.ts';
import { handlersOf } from '../handlers.ts';
import { createSource, type TestSource } from './source.ts';
import { at, organization, personAt } from './world.ts';

/** Monday, 23 November 2026, 08:00 in Berlin: everybody there is reminded within the hour from nine on. */
export const start = at('2026-11-23T08:00+01:00');

export const ana = 'U0ANA00001' as PersonId;
export const mei = 'U0MEI00001' as PersonId;
export const gone = 'U0GONE0001' as PersonId;

/** The feature with a real store, outbox and sender; Slack and the gate are recorded. */
export interface Desk {
  readonly clock: MovableClock;
  readonly slack: FakeSlack;
  readonly log: RecordedLog;
  readonly feature: RemindersFeature;
  readonly source: TestSource;
  /** Do Not Disturb of everybody (ms). */
  undisturbedUntil: number | undefined;
  /** Whether the sender runs. */
  sends: boolean;
  book(person: PersonId): Promise<Doc<ReminderBook> | undefined>;
  /** Gives somebody something, as a source does. */
  give(person: PersonId, things: readonly DueThing[]): Promise<void>;
  /** They live by another clock from now on, and Slack tells of it. */
  move(person: PersonId, zone: string): Promise<void>;
  /** Moves the clock, then takes the steps that are due and brings everything to Slack. */
  wait(ms: number): Promise<void>;
  click(id: string, person: PersonId, value: string, message?: IncomingAction['message']): Promise<Effect>;
  /** Opens a modal, and what takes its place once it is read. */
  open(id: string, person: PersonId): Promise<ModalView>;
  submit(view: ModalView, person: PersonId, values?: Readonly<Record<string, InputValue>>): Promise<Submitted>;
  command(person: PersonId): Promise<Rendered | undefined>;
  /** The texts of all messages to a person. */
  to(person: PersonId): readonly string[];
  carryOut(effect: Effect): Promise<void>;
  /** One look at everybody who is due, as a second process would take it at the same moment: decided, not yet committed. */
  decide(): Promise<readonly Effect[]>;
}

export function openDesk(more: readonly Person[] = []): Desk {
  const clock = movableClock(start);
  const collections: readonly AnyCollection[] = [...deliveryCollections, ...remindersDeclared.collections];
  const store = createMemoryStore(collections);
  const slack = createFakeSlack(clock);
  const log = recordLog();
  let all: readonly Person[] = [
    personAt(ana),
    personAt(mei, 'Asia/Shanghai', { office: 'shanghai', locale: 'zh-CN' }),
    personAt(gone, 'Europe/Berlin', { active: false }),
    ...more,
  ];
  const people: People = {
    get: (id) => all.find((one) => one.id === id),
    withRole: () => [],
    all: () => all,
  };
  const source = createSource();
  const feature = createRemindersFeature({
    store,
    clock,
    log,
    people,
    organization: () => organization,
    sources: () => [source],
    standsAt: (say) => standsAt(store, say),
    wasDropped: (say) => wasDropped(store, say),
    undisturbedUntil: async () => desk.undisturbedUntil,
  });
  const handlers = handlersOf([feature]);
  const incoming = (person: PersonId) => ({ person, at: clock.now(), team: 'T1' });

  const carrying = carryingFor(feature, { store, clock, log, people, slack });

  const desk: Desk = {
    clock,
    slack,
    log,
    feature,
    source,
    undisturbedUntil: undefined,
    sends: true,
    async book(person) {
      return store.get(reminderBooks, person);
    },
    async move(person, zone) {
      all = all.map((one) => (one.id === person ? { ...one, zone } : one));
      await feature.personChanged?.({ type: 'user_change', user: { id: person } });
    },
    async give(person, things) {
      source.open.set(person, [...(source.open.get(person) ?? []), ...things]);
      const since = Math.min(...things.map((one) => one.since));
      await store.commit(await feature.reminders.wake(person, since));
    },
    async wait(ms) {
      await clock.advance(ms);
      await carrying.step();
      if (desk.sends) await carrying.deliver(4);
    },
    async click(id, person, value, message) {
      const run = handlers.action.get(id);
      if (!run) throw new Error(`nothing listens to ${id}`);
      const effect = await run({ ...incoming(person), action: id, value, ...(message ? { message } : {}) });
      await desk.carryOut(effect);
      return effect;
    },
    async open(id, person) {
      const opened = handlers.opens.get(id)?.({ ...incoming(person), action: id, value: 'due' });
      if (!opened) throw new Error(`nothing opened for ${id}`);
      const effect = typeof opened.effect === 'function' ? await opened.effect() : opened.effect;
      return effect?.reply?.kind === 'view' ? effect.reply.view : opened.view;
    },
    async submit(view, person, values = {}) {
      const run = handlers.submit.get(view.callback_id ?? '');
      if (!run) throw new Error(`nothing takes ${view.callback_id}`);
      const submitted = await run({
        ...incoming(person),
        view: {
          id: 'V1',
          hash: '',
          callback: view.callback_id ?? '',
          metadata: view.private_metadata ?? '',
          values: Object.fromEntries(Object.entries(values).map(([field, value]) => [field, { [field]: value }])),
        },
      });
      if (!submitted.errors) await desk.carryOut(submitted);
      return submitted;
    },
    async command(person) {
      const run = handlers.command.get('reminders');
      return (await run?.({ ...incoming(person), text: '', channel: 'C1' }))?.answer;
    },
    to: (person) =>
      slack.messages.filter(({ place }) => 'person' in place && place.person === person).map(({ text }) => text),
    async decide() {
      const docs = await store.due(reminderBooks, { now: clock.now(), limit: 100 });
      return Promise.all(feature.jobs.flatMap((job) => docs.map((doc) => job.run(doc, clock.now()))));
    },
    carryOut: carrying.carryOut,
  };
  return desk;
}
