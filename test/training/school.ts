import type { ModalView } from '@slack/types';
import { auditEvents, auditParts } from '../../src/core/audit.ts';
import type { TrainingDesk } from '../../src/core/links.ts';
import { Organization } from '../../src/core/organization.ts';
import type { AnyCollection, Doc, People, Person, PersonId, Rendered, Store } from '../../src/core/ports.ts';
import { type MovableClock, movableClock } from '../../src/core/time.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { createSender, deliveryCollections } from '../../src/delivery/sender.ts';
import type { Effect, Feature, InputValue, Opened, Submitted } from '../../src/feature.ts';
import { createRemindersFeature, remindersDeclared } from '../../src/reminders/feature.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { createTrainingFeature, type TrainingFeature, trainingDeclared } from '../../src/training/feature.ts';
import { type Learner, learners } from '../../src/training/learner.ts';
import type { TrackEdition } from '../../src/training/track.ts';
import { createFakeSlack, type FakeSlack } from '../delivery/fake-slack.ts';
import { pass, recordLog } from '../delivery/world.ts';
import { handlersOf } from '../handlers.ts';
import { personOf } from './tracks.ts';

/** Monday, 23 November 2026, 10:00 in Berlin. */
export const start = Date.UTC(2026, 10, 23, 9);
export const hour = 3_600_000;
export const day = 24 * hour;

export const mei = 'U0MEI00001' as PersonId;
export const bo = 'U0BO000001' as PersonId;
export const lea = 'U0LEA00001' as PersonId;
export const tom = 'U0TOM00001' as PersonId;

/** Mei and Bo learn, Tom leads them, Lea leads training. */
export const staff: readonly Person[] = [
  personOf({ id: mei, name: 'Mei', manager: tom, unit: 'payments' }),
  personOf({ id: bo, name: 'Bo', manager: tom, unit: 'payments' }),
  personOf({ id: lea, name: 'Lea', roles: ['training'] }),
  personOf({ id: tom, name: 'Tom' }),
];

/** Training with a real store, outbox, sender and engine of reminders; Slack and the gate are recorded. */
export interface School {
  readonly clock: MovableClock;
  readonly store: Store;
  readonly slack: FakeSlack;
  readonly feature: TrainingFeature;
  /** Training and reminders. */
  readonly features: readonly Feature[];
  readonly desk: TrainingDesk;
  /** Who works here from now on. */
  staffed(people: readonly Person[]): Promise<void>;
  /** Which tracks are in force from now on, all adopted. */
  teaches(editions: readonly TrackEdition[]): Promise<void>;
  open(id: string, person: PersonId, value: string): Promise<ModalView>;
  click(id: string, person: PersonId, value: string): Promise<Effect>;
  submit(
    view: ModalView,
    person: PersonId,
    values?: Readonly<Record<string, Readonly<Record<string, InputValue>>>>,
  ): Promise<Submitted>;
  command(words: string, person: PersonId): Promise<Rendered | undefined>;
  /** Moves the clock in steps of an hour, then takes the steps that are due and brings everything to Slack. */
  wait(ms: number): Promise<void>;
  learner(person: PersonId): Promise<Doc<Learner> | undefined>;
  /** Every message to a person, whole. */
  to(person: PersonId): readonly string[];
}

export async function openSchool(
  editions: readonly TrackEdition[],
  people: readonly Person[] = staff,
  clock: MovableClock = movableClock(start),
): Promise<School> {
  const collections: readonly AnyCollection[] = [
    ...deliveryCollections,
    ...trainingDeclared.collections,
    ...remindersDeclared.collections,
    auditEvents,
    auditParts,
  ];
  const store = createMemoryStore(collections);
  const slack = createFakeSlack(clock);
  const log = recordLog();
  const outbox = createOutbox(store, clock);
  const names = { en: 'Here', 'zh-CN': '这里' };
  const organization = Organization.parse({
    name: 'Example',
    ospo: { name: names },
    offices: [{ id: 'berlin', name: names, zone: 'Europe/Berlin' }],
    units: [{ id: 'payments', name: { en: 'Payments', 'zh-CN': '支付' } }],
  });
  let all = people;
  let byId = new Map(people.map((one) => [one.id, one]));
  let taught = editions;
  const directory: People = {
    get: (id) => byId.get(id),
    withRole: (role) => all.filter((one) => one.roles.includes(role)),
    all: () => all,
  };
  const common = { store, clock, log, people: directory, organization: () => organization };
  const reminders = createRemindersFeature({
    ...common,
    sources: () => [feature.source],
    standsAt: async () => undefined,
    wasDropped: async () => false,
    undisturbedUntil: async () => undefined,
  });
  const feature: TrainingFeature = createTrainingFeature({
    ...common,
    tracks: () => taught,
    isAdopted: () => true,
    reminders: reminders.reminders,
    article: (id) =>
      id === 'permissive' ? { title: 'Permissive', short: 'Keep the notices.', body: '- one' } : undefined,
  });
  const features: readonly Feature[] = [feature, reminders];
  const handlers = handlersOf(features);

  const incoming = (person: PersonId) => ({ person, at: clock.now(), team: 'T1' });

  async function carryOut({ ops = [], say = [] }: Effect): Promise<void> {
    if (ops.length + say.length > 0) await store.commit([...ops, ...(await outbox.ops(say))]);
    await settled();
  }

  async function step(): Promise<void> {
    for (let round = 0; round < 100; round += 1) {
      let stepped = 0;
      for (const job of features.flatMap(({ jobs }) => jobs)) {
        for (const doc of await store.due(job.collection, { now: clock.now(), limit: 100 })) {
          await carryOut(await job.run(doc, clock.now()));
          stepped += 1;
        }
      }
      if (stepped === 0) return;
    }
    throw new Error('something is due for ever');
  }

  async function deliver(): Promise<void> {
    const cards = Object.assign({}, ...features.map((one) => one.cards));
    const sender = createSender({
      store,
      messenger: slack.messenger,
      clock,
      log,
      cards,
      mailings: {},
      people: directory,
      locale: 'en',
      owner: 'test',
    });
    sender.start();
    for (let round = 0; round < 6; round += 1) await pass(clock, 1_500);
    await sender.drain(1_000);
  }

  /** What is in memory follows the store in its own time. */
  const settled = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

  const school: School = {
    clock,
    store,
    slack,
    feature,
    features,
    desk: feature.desk,
    async staffed(next) {
      all = next;
      byId = new Map(next.map((one) => [one.id, one]));
      await feature.peopleChanged?.();
      await school.wait(0);
    },
    async teaches(next) {
      taught = next;
      await feature.contentChanged?.();
      await school.wait(0);
    },
    async open(id, person, value) {
      const opened: Opened | undefined = handlers.opens.get(id)?.({ ...incoming(person), action: id, value });
      if (!opened) throw new Error(`nothing opened for ${id}`);
      const { effect, view } = opened;
      const done = typeof effect === 'function' ? await effect() : effect;
      if (done) await carryOut(done);
      return done?.reply?.kind === 'view' ? done.reply.view : view;
    },
    async click(id, person, value) {
      const message = { channel: 'D1', ts: '1', ephemeral: false };
      const effect = await handlers.action.get(id)?.({ ...incoming(person), action: id, value, message });
      if (!effect) throw new Error(`nothing listens to ${id}`);
      await carryOut(effect);
      return effect;
    },
    async submit(view, person, values = {}) {
      const callback = view.callback_id ?? '';
      const submitted = await handlers.submit.get(callback)?.({
        ...incoming(person),
        view: { id: 'V1', hash: '', callback, metadata: view.private_metadata ?? '', values },
      });
      if (!submitted) throw new Error(`nothing takes ${callback}`);
      if (!submitted.errors) await carryOut(submitted);
      return submitted;
    },
    async command(words, person) {
      const done = await handlers.command.get(words)?.({ ...incoming(person), text: '', channel: 'C1' });
      return done?.answer;
    },
    async wait(ms) {
      for (let left = ms; left > 0; left -= hour) {
        await clock.advance(Math.min(left, hour));
        await step();
      }
      await step();
      await deliver();
    },
    learner: (person) => store.get(learners, person),
    to: (person) =>
      slack.messages
        .filter(({ place }) => 'person' in place && place.person === person)
        .map(({ text }) => text.replace(/<!date\^\d+\^[^|]*\|([^>]*)>/g, '$1')),
  };
  await feature.contentChanged?.();
  await school.wait(0);
  return school;
}

/** What a modal says, as one text. */
export function textOf(view: ModalView | Rendered | undefined): string {
  return JSON.stringify(view ?? '');
}
