import { type Auditing, auditDaily, openAuditing } from './auditing/daily.ts';
import { auditOwn, ownSubjects } from './auditing/own.ts';
import type { Config } from './config.ts';
import { type AuditSubjects, auditEvents, auditParts } from './core/audit.ts';
import { randomId } from './core/ids.ts';
import type { ReminderSource, Reminders } from './core/links.ts';
import type { AnyCollection, AnyJob, Log, Op, Outbox, PersonId, Place, ShowCard, Store } from './core/ports.ts';
import type { Clock } from './core/time.ts';
import { forgetPaces } from './delivery/budget.ts';
import { makeCalls, type SendCall } from './delivery/calls.ts';
import { createOutbox } from './delivery/outbox.ts';
import { createScheduler } from './delivery/scheduler.ts';
import { createSender, deliveryCollections } from './delivery/sender.ts';
import { beginSweeping, sweepDelivered } from './delivery/sweep.ts';
import { createWebhook, readSecret } from './delivery/webhook.ts';
import type { SlackGate, Undelivered } from './feature.ts';
import { buildFeatures, command, declared } from './features.ts';
import { handbookKinds, type OpenHandbook, openHandbook } from './handbook.ts';
import { type Layers, openLayers } from './layers.ts';
import { licenseContent } from './licenses/licenses.ts';
import { createManuscripts } from './manuscripts.ts';
import { createDirectory, type Directory } from './people/directory.ts';
import { personCollection } from './people/record.ts';
import { keepCurrent } from './people/upkeep.ts';
import { forgetReceipts, receipts } from './receiving/receipt.ts';
import { createReceiver, type Receiver } from './receiving/receiver.ts';
import { createChannels } from './slack/channels.ts';
import { createCharts } from './slack/charts.ts';
import { type Connection, connect } from './slack/connect.ts';
import { changeOf, createSlackDirectory } from './slack/directory.ts';
import { createGate, showNow } from './slack/gate.ts';
import { createIntake, inbox } from './slack/intake.ts';
import { createModals } from './slack/modal.ts';
import { createOutbound } from './slack/outbound.ts';
import { forgetProblems, problemCard, problems } from './slack/problem.ts';
import { forgetSeen, seen } from './slack/seen.ts';
import { openStore } from './storage/file-store.ts';

/** The running bot. */
export interface App {
  /** Resolves when Slack may deliver. */
  start(): Promise<void>;
  /** Takes nothing new, finishes what is under way for at most `deadlineMs`, and closes the store. */
  stop(deadlineMs: number): Promise<void>;
}

export interface AppOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  /** Whatever is due for people beside what the features know. */
  readonly moreDue?: (reminders: Reminders) => readonly ReminderSource[];
}

/** Everything that the store holds. */
export const collections: readonly AnyCollection[] = [
  seen,
  inbox,
  problems,
  ...deliveryCollections,
  receipts,
  personCollection,
  auditEvents,
  auditParts,
  auditOwn,
  auditDaily,
  ...declared.flatMap((feature) => feature.collections),
];
/** Whatever has a chain in the audit trail. */
export const auditSubjects: readonly AuditSubjects<unknown>[] = [
  ownSubjects,
  ...declared.flatMap((feature) => feature.auditSubjects ?? []),
];

// Soon enough to be called at once, late enough that a sync of a whole company is followed once.
const gatherMs = 1_000;

/**
 * The composition root: the only file that knows everything.
 * @throws OperatorError when the store, the content or Slack are not as they must be
 */
export async function createApp({ config, clock, log, moreDue = () => [] }: AppOptions): Promise<App> {
  const store = await openStore(config.stateDir, { collections, log });
  try {
    const kinds = [...handbookKinds, ...licenseContent, ...declared.flatMap((feature) => feature.content)];
    const layers = openLayers({ contentDir: config.contentDir, store });
    const handbook = await openHandbook({
      layers,
      kinds: [...new Set(kinds)],
      store,
      clock,
      log,
    });
    const webhook = config.webhook && {
      url: config.webhook.url,
      secret: await readSecret(config.webhook.secretFile),
      clock,
    };
    const receiver =
      config.completions && createReceiver({ path: '/completions', ...config.completions, store, clock, log });
    const connection = await connect(config.slack, log, receiver ? [receiver.route] : []);
    const directory = await createDirectory({
      store,
      slack: createSlackDirectory(connection.clients.background),
      organization: () => handbook.current().organization,
      clock,
      log,
      ...(config.peopleFile ? { peopleFile: config.peopleFile } : {}),
    });
    const auditing = await openAuditing({ store, settings: config.audit, log });
    return assemble({
      store,
      layers,
      handbook,
      connection,
      directory,
      auditing,
      clock,
      log,
      sendCall: webhook && createWebhook(webhook),
      receiver,
      moreDue,
    });
  } catch (error) {
    await store.close();
    throw error;
  }
}

interface Parts {
  readonly store: Store;
  readonly layers: Layers;
  readonly handbook: OpenHandbook;
  readonly connection: Connection;
  readonly directory: Directory;
  readonly auditing: Auditing;
  readonly clock: Clock;
  readonly log: Log;
  /** Undefined where no other system is told. */
  readonly sendCall: SendCall | undefined;
  /** Undefined where no other system tells us anything. */
  readonly receiver: Receiver | undefined;
  moreDue(reminders: Reminders): readonly ReminderSource[];
}

function assemble(parts: Parts): App {
  const { store, layers, handbook, connection, directory: people, auditing, clock, log, sendCall, receiver } = parts;
  const outbox: Outbox = createOutbox(store, clock, { calls: sendCall !== undefined });
  const charts = createCharts(clock, log);
  const outbound = createOutbound(connection.clients, charts);
  const modals = createModals(connection.clients.interactive);
  const intake = createIntake({
    store,
    outbox,
    clock,
    log,
    show: (reply) => showNow({ outbound, modals, charts, drawHome, log }, reply),
  });
  const gate = createGate({ intake, store, outbox, outbound, modals, charts, drawHome, people, clock, log });

  const features = buildFeatures({
    store,
    outbox,
    clock,
    log,
    people,
    handbook: handbook.current,
    pastEdition: handbook.pastEdition,
    shipped: () => layers.shipped(clock.now()),
    inForce: () => handbook.content.reload(),
    content: () => handbook.content.current(),
    isStarter: (path) => layers.originOf(path) === 'shipped',
    manuscripts: createManuscripts({ layers, handbook: handbook.current }),
    channels: createChannels(connection.clients.background, clock, log),
    readFile: connection.readFile,
    fileCopies: connection.fileCopies,
    undisturbedUntil: connection.undisturbedUntil,
    moreDue: parts.moreDue,
    botUserId: connection.identity.botUserId,
    publishHome: (person, view) => outbound.publishHome(person, view),
    suggestPrompts: (channel, prompts) => outbound.suggestPrompts(channel, prompts),
  });
  async function drawHome(person: PersonId): Promise<void> {
    for (const feature of features) await feature.drawHome?.(person);
  }
  for (const feature of features) feature.listen(gate);
  followPeople(gate, people, async (event) => {
    for (const feature of features) await feature.personChanged?.(event);
  });
  gate.attach(connection.app, command);
  for (const { takes } of features) if (takes?.completions) receiver?.attach(takes.completions, outbox);

  const cards: Record<string, ShowCard> = { problem: problemCard(store) };
  for (const feature of features) Object.assign(cards, feature.cards);
  const jobs: readonly AnyJob[] = [
    intake.leftovers,
    forgetSeen,
    forgetProblems,
    forgetPaces,
    forgetReceipts,
    sweepDelivered(store),
    ...auditing.jobs,
    ...features.flatMap((feature) => feature.jobs),
    ...(sendCall
      ? [makeCalls({ draw: Object.assign({}, ...features.map(({ calls }) => calls)), send: sendCall, log })]
      : []),
  ];
  const owner = randomId(8);
  const undelivered: Record<string, Undelivered> = Object.assign({}, ...features.map((one) => one.undelivered));
  async function refused(card: string, id: string, place: Place): Promise<readonly Op[]> {
    const instead = await undelivered[card]?.(id, place);
    return instead ? [...instead.ops, ...(await outbox.ops(instead.say))] : [];
  }
  const mailings = Object.assign({}, ...features.map((feature) => feature.mailings));
  const sender = createSender({
    store,
    messenger: outbound,
    clock,
    log,
    cards,
    mailings,
    refused,
    people,
    locale: 'en',
    owner,
  });
  const scheduler = createScheduler({ store, jobs, outbox, clock, log });

  /** What follows from a change does so in every feature, and a failure is mended by the next change or start. */
  async function follow(steps: readonly (() => Promise<void> | undefined)[]): Promise<void> {
    try {
      for (const step of steps) await step();
    } catch (err) {
      log.error({ err }, 'content or people changed, but not everything followed');
    }
  }
  // Roles and offices come from the organization's file, and so does what features announce.
  const contentChanged = () => follow([people.derive, ...features.map((feature) => () => feature.contentChanged?.())]);
  const peopleChanged = () => follow(features.map((feature) => () => feature.peopleChanged?.()));

  const stopping = new AbortController();
  let isFollowing = false;
  /** Changes of many people come one by one, and the directory takes each in after it is stored. */
  function followSoon(): void {
    if (isFollowing) return;
    isFollowing = true;
    void clock.sleep(gatherMs, stopping.signal).then(() => {
      isFollowing = false;
      return stopping.signal.aborted ? undefined : peopleChanged();
    });
  }
  let upkeep: Promise<void> = Promise.resolve();
  return {
    async start() {
      handbook.changed(() => void contentChanged());
      stopping.signal.addEventListener('abort', store.changed([personCollection.name], followSoon));
      await contentChanged();
      await beginSweeping(store, clock.now());
      await auditing.begin(clock.now());
      sender.start();
      scheduler.start();
      upkeep = keepCurrent(people, clock, log, stopping.signal);
      await receiver?.start();
      await connection.start();
    },
    async stop(deadlineMs) {
      stopping.abort();
      await receiver?.stop(deadlineMs);
      await connection.stop();
      await gate.drain(deadlineMs);
      await Promise.all([sender.drain(deadlineMs), scheduler.drain(deadlineMs)]);
      // People that are being read want the store to the end.
      await Promise.race([upkeep, clock.sleep(deadlineMs)]);
      await handbook.close();
      await store.close();
    },
  };
}

/** Single changes of people and user groups come as events; each applies to what is known, so none need be stored. */
export function followPeople(
  gate: Pick<SlackGate, 'glance'>,
  people: Pick<Directory, 'apply'>,
  changed: (event: Readonly<Record<string, unknown>>) => Promise<void> = async () => undefined,
): void {
  for (const type of ['team_join', 'user_change', 'subteam_created', 'subteam_updated']) {
    gate.glance(type, async ({ event }) => {
      const change = changeOf(event);
      if (change) await people.apply(change);
      if (type === 'user_change' || type === 'team_join') await changed(event);
    });
  }
}
