import type { Doc, People, Person, PersonId, Store } from '../core/ports.ts';
import type { HomeSection } from '../feature.ts';
import { isCurator, mayLookAfter } from './access.ts';
import type { CuratingCards } from './cards.ts';
import { type DraftArticle, draftArticles } from './draft.ts';
import { gaps } from './gap.ts';
import { draftList, numberBlocks, type State } from './home-views.ts';
import type { Reviewing } from './reviewing.ts';
import type { Settling } from './settling.ts';

// With what waits for the reader; their own texts after it; the numbers last, with what leads look at.
const waitingOrder = 25;
const ownOrder = 45;
const numbersOrder = 90;
// More drafts than that wait nowhere.
const mostRead = 50;

export interface HomeDeps {
  readonly store: Store;
  readonly people: People;
  readonly cards: CuratingCards;
  readonly reviewing: Reviewing;
  readonly settling: Settling;
}

/** What waits for somebody who looks after the handbook. */
export function createHome(deps: HomeDeps) {
  const { store, people, cards } = deps;

  async function drafts(key: string): Promise<readonly Doc<DraftArticle>[]> {
    return (await store.list(draftArticles, { key, order: 'asc', limit: mostRead })).docs;
  }

  async function stateFor(person: PersonId): Promise<State> {
    const curator = isCurator(people, person);
    const [inReview, own] = await Promise.all([drafts('state:review'), drafts(`author:${person}`)]);
    return {
      waiting: inReview.filter(
        ({ authors, facts }) => !authors.includes(person) && mayLookAfter(people, facts.owner, person),
      ),
      own,
      reviews: deps.reviewing.dueOf(person).length,
      gaps: curator ? await store.count(gaps, { key: 'open' }) : 0,
      unexported: curator ? (await deps.settling.waiting()).length : 0,
      conflicts: curator ? await deps.settling.conflicts() : [],
    };
  }

  async function home(person: Person): Promise<readonly HomeSection[]> {
    const state = await stateFor(person.id);
    const look = cards.lookFor(person.id);
    return [
      { order: waitingOrder, blocks: draftList(state.waiting, 'waiting', look) },
      { order: ownOrder, blocks: draftList(state.own, 'own', look) },
      { order: numbersOrder, blocks: numberBlocks(state, look) },
    ].filter(({ blocks }) => blocks.length > 0);
  }

  return { home, stateFor };
}
