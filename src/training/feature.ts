import type { ReminderSource, TrainingDesk } from '../core/links.ts';
import type { PersonId } from '../core/ports.ts';
import type { Declared, Feature, HomeSection } from '../feature.ts';
import { createCards, type FindArticle } from './cards.ts';
import { createCompletions } from './completions.ts';
import { createDesk, createSource } from './desk.ts';
import { trackOf } from './due.ts';
import { escalations } from './escalation.ts';
import { homeBlocks } from './home-views.ts';
import { listenToLeads } from './lead-listeners.ts';
import { leadTexts } from './lead-texts.ts';
import { leadHomeBlocks } from './lead-views.ts';
import { createLeading } from './leading.ts';
import { type Learner, learnerAudit, learners } from './learner.ts';
import { listenToLearning } from './listeners.ts';
import { createRoll } from './roll.ts';
import { trainingSamples } from './samples.ts';
import { sweeps } from './sweep.ts';
import { createSweeping } from './sweeping.ts';
import { texts } from './texts.ts';
import { trackContent } from './track-content.ts';
import { createTraining, isLead, type TrainingDeps } from './training.ts';

/** What training keeps and reads. */
export const trainingDeclared: Declared = {
  name: 'training',
  collections: [learners, sweeps, escalations],
  content: [trackContent],
  auditSubjects: [learnerAudit],
};

/** Tracks of training: who takes what by when, learning it, and what it is worth to approvals. */
export interface TrainingFeature extends Feature {
  readonly source: ReminderSource;
  readonly desk: TrainingDesk;
}

// After what one asked for; what leads look after comes last.
const learnerOrder = 40;
const leadOrder = 62;

export function createTrainingFeature(deps: TrainingDeps & { readonly article: FindArticle }): TrainingFeature {
  const { store, log, people, clock } = deps;
  const training = createTraining(deps);
  const roll = createRoll(store, log);
  const leading = createLeading(deps, training, roll);
  const sweeping = createSweeping(deps, training);
  const cards = createCards(deps, training, leading);

  /** What reminders show on Home, where it stands with all that is due. */
  function tracksDue(person: PersonId, learner: Learner | undefined): ReadonlySet<string> {
    const things = learner ? training.dueFor(person, learner) : [];
    const now = clock.now();
    return new Set(things.filter(({ since }) => since <= now).map(({ key }) => trackOf(key)));
  }

  return {
    ...trainingDeclared,
    source: createSource(training),
    desk: createDesk(deps, training, roll),
    listen(gate) {
      listenToLearning(gate, { training, cards, roll, people, clock, article: deps.article });
      listenToLeads(gate, { training, leading, cards, roll, people, clock, organization: deps.organization });
    },
    cards: cards.show,
    takes: { completions: createCompletions(deps, training) },
    jobs: sweeping.jobs,
    async contentChanged() {
      await roll.load();
      await sweeping.soon();
    },
    peopleChanged: sweeping.soon,
    async home(person): Promise<readonly HomeSection[]> {
      const look = cards.lookOf(person);
      const learner = await training.learner(person.id);
      const own = homeBlocks(training.lines(person.id, learner), tracksDue(person.id, learner), look);
      const lead = isLead(person) ? leadHomeBlocks(await leading.numbers(person.id), look) : [];
      return [
        { order: learnerOrder, blocks: own },
        { order: leadOrder, blocks: lead },
      ].filter(({ blocks }) => blocks.length > 0);
    },
    samples: () => trainingSamples(training.editions()),
    commands: [
      {
        words: 'training',
        help: { en: texts.en.help, 'zh-CN': texts['zh-CN'].help },
        button: { en: texts.en.helpButton, 'zh-CN': texts['zh-CN'].helpButton },
      },
      {
        words: 'training numbers',
        help: { en: leadTexts.en.help, 'zh-CN': leadTexts['zh-CN'].help },
        roles: ['training', 'ospo-lead'],
      },
    ],
  };
}
