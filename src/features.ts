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
import type { Channels, Doing } from './core/announcing.ts';
import type { OpenCommand } from './core/commands.ts';
import type { ContentItems } from './core/content.ts';
import type { Locale } from './core/i18n.ts';
import type { FileCopies, Manuscripts, ReadFile, ReminderSource, Reminders, TrainingDesk } from './core/links.ts';
import type { Log, Outbox, People, PersonId, Store } from './core/ports.ts';
import type { Clock } from './core/time.ts';
import { createCuratingFeature, curatingDeclared } from './curating/feature.ts';
import { mailingPace } from './delivery/budget.ts';
import { standsAt, wasDropped } from './delivery/outbox.ts';
import type { Declared, Feature } from './feature.ts';
import { answeredQuestions } from './handoffs/answered.ts';
import { concernOf } from './handoffs/concern.ts';
import { createHandoffsFeature, handoffsDeclared } from './handoffs/feature.ts';
import { createHomeFeature, homeDeclared } from './home/feature.ts';
import { readExpression } from './licenses/expression.ts';
import { licensesInForce } from './licenses/in-force.ts';
import { judge } from './licenses/judge.ts';
import type { Licenses } from './licenses/licenses.ts';
import { useCases } from './licenses/policy.ts';
import { currentIds } from './licenses/spdx.ts';
import { createLicensingFeature, licensingDeclared } from './licensing/feature.ts';
import { articlesWith, officeNumbers, projectPeople, standingHolders } from './links.ts';
import { meaningsOf } from './manuscripts.ts';
import { createMentorshipFeature, mentorshipDeclared } from './mentorship/feature.ts';
import { programContent } from './mentorship/program.ts';
import { createRemindersFeature, remindersDeclared } from './reminders/feature.ts';
import type { RequestLinks } from './requests/fact-finding.ts';
import { createRequestsFeature, requestsDeclared } from './requests/feature.ts';
import { inOffer, requestContent } from './requests/type-content.ts';
import { createTrainingFeature, trainingDeclared } from './training/feature.ts';
import { trackContent } from './training/track-content.ts';

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
/** The slash command of the manifest. */
export const command = '/ospo';

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
  /** Hands on files that people gave the bot. */
  readonly fileCopies: FileCopies;
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
    reminders: reminders.reminders,
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
    projects: projectPeople(deps.store, requests.projects),
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
      openCommand: (...wanted) => commandButton(features, deps.people, ...wanted),
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

/** The button for a command of one of these features, for somebody who may use it. */
function commandButton(
  features: readonly Feature[],
  people: People,
  ...[words, person, locale]: Parameters<OpenCommand>
): ReturnType<OpenCommand> {
  const roles = people.get(person)?.roles ?? [];
  const command = features.flatMap(({ commands }) => commands).find((one) => one.words === words);
  if (!command?.button || (command.roles && !command.roles.some((role) => roles.includes(role)))) return undefined;
  return { label: command.button[locale], value: words };
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
