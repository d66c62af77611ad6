import { Conflict } from '../core/errors.ts';
import type { AnsweredQuestions, LastLook, Manuscripts, Meanings, PastQuestions, Reminders } from '../core/links.ts';
import type { Organization } from '../core/organization.ts';
import type { Log, People, Store } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Declared, Feature } from '../feature.ts';
import { curatorRoles } from './access.ts';
import { createCards } from './cards.ts';
import { createCounting } from './counting.ts';
import { createCurating } from './curating.ts';
import { draftArticles, draftSubjects } from './draft.ts';
import { gaps } from './gap.ts';
import { createGapList, forgetGaps } from './gap-list.ts';
import { listenToGaps } from './gap-listeners.ts';
import { articleMonths } from './history.ts';
import { createHome } from './home.ts';
import { listenToDrafts } from './listeners.ts';
import { articleSubjects, publishedArticles } from './published.ts';
import { articleReviews, reviewSubjects } from './review.ts';
import { listenToReviews } from './review-listeners.ts';
import { createReviewing } from './reviewing.ts';
import { curatingSamples } from './samples.ts';
import { createSettling } from './settling.ts';
import { curatingClocks } from './times.ts';
import { wordsIn } from './words.ts';

/** What looking after the answers keeps. */
export const curatingDeclared: Declared = {
  name: 'curating',
  collections: [draftArticles, publishedArticles, articleReviews, gaps, articleMonths, curatingClocks],
  content: [],
  auditSubjects: [draftSubjects, articleSubjects, reviewSubjects],
};

export interface CuratingFeature extends Feature {
  /** What is kept of a question that is forgotten. */
  readonly lastLook: LastLook;
}

/** Looking after the answers from Slack: articles written, reviewed and put into force, what is missing, what is due. */
export function createCuratingFeature(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly people: People;
  organization(): Organization;
  readonly manuscripts: Manuscripts;
  readonly meanings: Meanings;
  readonly past: PastQuestions;
  readonly answered: AnsweredQuestions;
  readonly reminders: Pick<Reminders, 'spend'>;
}): CuratingFeature {
  const { store, people } = deps;
  const gapList = createGapList(deps);
  const curating = createCurating({ ...deps, examples: (gap) => gapList.examples(gap, shownExamples) });
  const reviewing = createReviewing({ ...deps, gaps: gapList, spend: deps.reminders.spend });
  const settling = createSettling(deps);
  const counting = createCounting(deps);
  const cards = createCards({ ...deps, curating, gaps: gapList, reviewing });
  const { home, stateFor } = createHome({ store, people, cards, reviewing, settling });

  return {
    ...curatingDeclared,
    listen(gate) {
      const write = listenToDrafts(gate, { ...deps, curating, cards, state: stateFor });
      listenToGaps(gate, { ...deps, curating, gaps: gapList, cards });
      listenToReviews(gate, { ...deps, curating, reviewing, counting, settling, cards, write });
    },
    cards: cards.show,
    jobs: [reviewing.clock, forgetGaps],
    async contentChanged() {
      await settling.settle();
      try {
        const ops = await reviewing.begin();
        if (ops.length > 0) await store.commit(ops);
      } catch (error) {
        // Another process began at the same moment.
        if (!(error instanceof Conflict)) throw error;
      }
    },
    home,
    samples: curatingSamples,
    commands: [
      { words: 'articles', help: help('helpArticles') },
      { words: 'article', help: help('helpArticle') },
      { words: 'gaps', help: help('helpGaps'), roles: curatorRoles },
    ].map((command) => ({ roles: curatorRoles, ...command })),
    lastLook: counting.lastLook,
  };
}

// Aliases to begin with; ten good ones are what an article wants.
const shownExamples = 10;

function help(words: 'helpArticles' | 'helpArticle' | 'helpGaps') {
  return { en: wordsIn('en')[words], 'zh-CN': wordsIn('zh-CN')[words] };
}
