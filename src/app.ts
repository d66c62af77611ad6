import type { HomeView } from '@slack/types';
import type { ShippedContent } from './adoption/adoption.ts';
import { adoptionDeclared, createAdoptionFeature } from './adoption/feature.ts';
import { announcementsDeclared, createAnnouncementsFeature } from './announcements/feature.ts';
import { kindContent } from './announcements/kind.ts';
import type { Edition } from './ask/article.ts';
import type { Handbook } from './ask/ask.ts';
import { askDeclared, createAskFeature } from './ask/feature.ts';
import { pastQuestions } from './ask/past.ts';
import { askedQuestions } from './ask/question.ts';
import { type Auditing, auditDaily, openAuditing } from './auditing/daily.ts';
import { auditOwn, ownSubjects } from './auditing/own.ts';
import type { Config } from './config.ts';
import type { Channels, Doing } from './core/announcing.ts';
import { type AuditSubjects, auditEvents, auditParts } from './core/audit.ts';
import type { ContentItems } from './core/content.ts';
import type { Locale } from './core/i18n.ts';
import { randomId } from './core/ids.ts';
import type { Manuscripts, ReadFile, ReminderSource, Reminders, TrainingDesk } from './core/links.ts';
import type { AnyCollection, AnyJob, Log, Op, Outbox, People, PersonId, Place, ShowCard, Store } from './core/ports.ts';
import type { Clock } from './core/time.ts';
import { createCuratingFeature, curatingDeclared } from './curating/feature.ts';
import { forgetPaces, mailingPace } from './delivery/budget.ts';
import { makeCalls, type SendCall } from './delivery/calls.ts';
import { createOutbox, standsAt, wasDropped } from './delivery/outbox.ts';
import { createScheduler } from './delivery/scheduler.ts';
import { createSender, deliveryCollections } from './delivery/sender.ts';
import { beginSweeping, sweepDelivered } from './delivery/sweep.ts';
import { createWebhook, readSecret } from './delivery/webhook.ts';
import type { Declared, Feature, SlackGate, Undelivered } from './feature.ts';
import { handbookKinds, type OpenHandbook, openHandbook } from './handbook.ts';
import { answeredQuestions } from './handoffs/answered.ts';
import { concernOf } from './handoffs/concern.ts';
import { createHandoffsFeature, handoffsDeclared } from './handoffs/feature.ts';
import { createHomeFeature, homeDeclared } from './home/feature.ts';
import { type Layers, openLayers } from './layers.ts';
import { readExpression } from './licenses/expression.ts';
import { licensesInForce } from './licenses/in-force.ts';
import { judge } from './licenses/judge.ts';
import { type Licenses, licenseContent } from './licenses/licenses.ts';
import { useCases } from './licenses/policy.ts';
import { currentIds } from './licenses/spdx.ts';
import { createLicensingFeature, licensingDeclared } from './licensing/feature.ts';
import { articlesWith, officeNumbers, standingHolders } from './links.ts';
import { createManuscripts, meaningsOf } from './manuscripts.ts';
import { createMentorshipFeature, mentorshipDeclared } from './mentorship/feature.ts';
import { programContent } from './mentorship/program.ts';
import { createDirectory, type Directory } from './people/directory.ts';
import { personCollection } from './people/record.ts';
import { keepCurrent } from './people/upkeep.ts';
import { createRemindersFeature, remindersDeclared } from './reminders/feature.ts';
import type { RequestLinks } from './requests/fact-finding.ts';
import { createRequestsFeature, requestsDeclared } from './requests/feature.ts';
import { inOffer, requestContent } from './requests/type-content.ts';
import { createChannels } from './slack/channels.ts';
import { type Connection, connect } from './slack/connect.ts';
import { changeOf, createSlackDirectory } from './slack/directory.ts';
import { createGate, showNow } from './slack/gate.ts';
import { createIntake, inbox } from './slack/intake.ts';
import { createModals } from './slack/modal.ts';
import { createOutbound } from './slack/outbound.ts';
import { forgetProblems, problemCard, problems } from './slack/problem.ts';
import { forgetSeen, seen } from './slack/seen.ts';
import { openStore } from './storage/file-store.ts';
import { createTrainingFeature, trainingDeclared } from './training/feature.ts';
import { trackContent } from './training/track-content.ts';

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

/** What all features keep and read. */
export const declared: readonly Declared[] = [
  askDeclared,
  handoffsDeclared,
  requestsDeclared,
  curatingDeclared,
  licensingDeclared,
  remindersDeclared,
  trainingDeclared,
  announcementsDeclared,
  adoptionDeclared,
  mentorshipDeclared,
  homeDeclared,
];
/** Everything that the store holds. */
export const collections: readonly AnyCollection[] = [
  seen,
  inbox,
  problems,
  ...deliveryCollections,
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

/** The slash command of the manifest. */
const command = '/ospo';

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
    const connection = await connect(config.slack, log);
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
  moreDue(reminders: Reminders): readonly ReminderSource[];
}

function assemble(parts: Parts): App {
  const { store, layers, handbook, connection, directory: people, auditing, clock, log, sendCall } = parts;
  const outbox: Outbox = createOutbox(store, clock, { calls: sendCall !== undefined });
  const outbound = createOutbound(connection.clients);
  const modals = createModals(connection.clients.interactive);
  const intake = createIntake({
    store,
    outbox,
    clock,
    log,
    show: (reply) => showNow({ outbound, modals, drawHome, log }, reply),
  });
  const gate = createGate({ intake, store, outbox, outbound, modals, drawHome, people, clock, log });

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

  const cards: Record<string, ShowCard> = { problem: problemCard(store) };
  for (const feature of features) Object.assign(cards, feature.cards);
  const jobs: readonly AnyJob[] = [
    intake.leftovers,
    forgetSeen,
    forgetProblems,
    forgetPaces,
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
      await connection.start();
    },
    async stop(deadlineMs) {
      stopping.abort();
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

/** For the command line, which talks to no feature itself. */
export { createAdopting } from './adoption/adopting.ts';
export { createLicensing } from './licensing/licensing.ts';

/** What features are built from. */
export interface FeatureDeps {
  readonly store: Store;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly log: Log;
  readonly people: People;
  handbook(): Handbook;
  pastEdition(version: string): Promise<Edition | undefined>;
  /** The articles that ship, for adopting them. */
  shipped(): Promise<ShippedContent>;
  /** Resolves when the content and the adoptions of this moment answer. */
  inForce(): Promise<unknown>;
  /** The items in force of every kind of content that features declare. */
  content(): ContentItems;
  /** Whether the file at a path below its layer ships, and nobody has adopted it. */
  isStarter(path: string): boolean;
  /** The handbook's texts, for writing them. */
  readonly manuscripts: Manuscripts;
  /** Channels of the workspace, for those who announce something in them. */
  readonly channels: Channels;
  /** Reads a file that somebody sent the bot. */
  readonly readFile: ReadFile;
  /** Until when somebody does not want to be disturbed (ms); undefined when they may be, or nobody knows. */
  undisturbedUntil(person: PersonId, now: number): Promise<number | undefined>;
  moreDue(reminders: Reminders): readonly ReminderSource[];
  readonly botUserId: string;
  publishHome(person: PersonId, view: HomeView): Promise<void>;
  suggestPrompts(
    channel: string,
    prompts: readonly { readonly title: string; readonly message: string }[],
  ): Promise<void>;
}

/** All features, in the order in which help lists them. */
export function buildFeatures(deps: FeatureDeps): readonly Feature[] {
  const licenses = licensesInForce({ ...deps, nicknames: () => deps.handbook().base.licenses });
  const handoffs = createHandoffsFeature({
    ...deps,
    organization: () => deps.handbook().organization,
    question: askedQuestions(deps.store, deps.handbook),
    standsAt: (say) => standsAt(deps.store, say),
  });
  const reminders = createRemindersFeature({
    ...deps,
    organization: () => deps.handbook().organization,
    sources: () => reminderSources,
    standsAt: (say) => standsAt(deps.store, say),
    wasDropped: (say) => wasDropped(deps.store, say),
  });
  const mentorship = createMentorshipFeature({
    ...deps,
    organization: () => deps.handbook().organization,
    program: () => deps.content().items(programContent)[0],
    standsAt: (say) => standsAt(deps.store, say),
    reminders: reminders.reminders,
  });
  const requests = createRequestsFeature({
    ...deps,
    organization: () => deps.handbook().organization,
    types: () => deps.content().items(requestContent),
    isAdopted: (file) => !deps.isStarter(file),
    links: { ...requestLinks(licenses, () => training.desk, deps.clock), mentors: mentorship.mentors },
    reminders: reminders.reminders,
    readLicense: readExpression,
    licenses: () => currentIds,
    standsAt: (say) => standsAt(deps.store, say),
  });
  const curating = createCuratingFeature({
    ...deps,
    organization: () => deps.handbook().organization,
    meanings: meaningsOf(deps.handbook),
    past: pastQuestions(deps.store),
    answered: answeredQuestions(deps.store),
  });
  const training = createTrainingFeature({
    ...deps,
    organization: () => deps.handbook().organization,
    tracks: () => deps.content().items(trackContent),
    isAdopted: (file) => !deps.isStarter(file),
    reminders: reminders.reminders,
    article: (id, locale) => articleIn(deps.handbook(), id, locale),
  });
  const { openRequest, beginRequest } = requests;
  const licensing = createLicensingFeature({ ...deps, licenses, openRequest, beginRequest });
  const announcements = createAnnouncementsFeature({
    ...deps,
    organization: () => deps.handbook().organization,
    kinds: () => deps.content().items(kindContent),
    doings: () => [standingHolders(deps.store), lateLearners(training.desk, deps.clock)],
    pace: mailingPace,
    reminders: reminders.reminders,
    openRequest,
    askOffice: handoffs.askOffice,
    numbers: () => [officeNumbers(deps.store)],
    requests: (locale) =>
      inOffer(deps.content().items(requestContent)).map(({ type }) => ({ id: type.id, label: type.title[locale] })),
    articles: (typed, locale) => articlesWith(deps.manuscripts, typed, locale),
  });
  /** Whatever is due for people; each is built with `reminders.reminders`, to say when. */
  const reminderSources: readonly ReminderSource[] = [
    requests.source,
    training.source,
    mentorship.source,
    announcements.source,
    ...deps.moreDue(reminders.reminders),
  ];
  const features: readonly Feature[] = [
    createAskFeature({
      ...deps,
      licenses: licensing.advice,
      takeFiles: licensing.takeFiles,
      mention: () => `<@${deps.botUserId}>`,
      human: true,
      openRequest: requests.openRequest,
      register: (...asked) => requests.register(...asked) ?? mentorship.register(...asked),
      concernOf,
      continueInThread: async (...said) =>
        (await handoffs.continueInThread(...said)) ?? requests.continueInThread(...said),
      lastLook: curating.lastLook,
    }),
    handoffs,
    requests,
    curating,
    licensing,
    reminders,
    training,
    mentorship,
    announcements,
    createAdoptionFeature(deps),
    createHomeFeature({
      people: deps.people,
      log: deps.log,
      command,
      features: () => features,
      articles: () => deps.handbook().base.articles.length,
      publish: deps.publishHome,
      suggest: deps.suggestPrompts,
    }),
  ];
  return features;
}

/** What requests know of their neighbors; what is not built yet answers `unknown`, which passes nothing. */
function requestLinks(
  inForce: () => Licenses,
  training: () => TrainingDesk,
  clock: Clock,
): Omit<RequestLinks, 'standing' | 'standingUsed'> {
  return {
    license(expression, use, modified) {
      const read = readExpression(expression);
      if (read.kind !== 'expression') return 'unknown';
      // Whoever contributes changes a copy of the project and gives it to nobody but the project.
      const purpose = useCases.find((one) => one === use) ?? 'internal';
      return judge(inForce(), read.expression, { use: purpose, modified }).tier;
    },
    policyVersion: () => inForce().policy?.version,
    project: () => ({ known: 'unknown' }),
    training(person, track) {
      const status = training().statusOf(person, track, clock.now());
      return status === 'unknown' ? 'unknown' : status === 'current' ? 'yes' : 'no';
    },
    trainingGate: (person, track) => training().gate(person, track, clock.now()),
    agreement: async () => 'unknown',
  };
}

/** Those who are late with mandatory training, as an audience. */
function lateLearners(training: TrainingDesk, clock: Clock): Doing {
  return {
    name: 'late-training',
    label: { en: 'Are late with mandatory training', 'zh-CN': '必修培训已逾期' },
    people: async () => training.overdue(clock.now()),
  };
}

/** An article of the handbook in somebody's language, or in English where it has none in that one. */
function articleIn({ base }: Handbook, id: string, locale: Locale) {
  const article = base.articles.find((one) => one.id === id && one.variant === undefined);
  return article && (article.editions[locale] ?? article.editions.en);
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
