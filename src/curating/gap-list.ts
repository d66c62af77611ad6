import { Conflict } from '../core/errors.ts';
import type { Locale } from '../core/i18n.ts';
import { randomId } from '../core/ids.ts';
import type { Manuscripts, Meanings, PastQuestions } from '../core/links.ts';
import type { Organization } from '../core/organization.ts';
import { type AnyJob, type Doc, type Op, type People, type PersonId, put, remove, type Store } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import { isCurator } from './access.ts';
import {
  type Gap,
  type GapView,
  gaps,
  isOpen,
  type KnownGap,
  type Resolved,
  resolve,
  sortInto,
  viewOf,
  withoutPeople,
} from './gap.ts';
import { refused } from './refusing.ts';

export interface GapListDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly people: People;
  organization(): Organization;
  readonly manuscripts: Manuscripts;
  readonly meanings: Meanings;
  readonly past: PastQuestions;
}

/** What the handbook does not answer, by meaning. */
export interface GapList {
  /** Puts what was asked since into groups, at most so many questions. Safe beside others who do the same. */
  sort(most?: number): Promise<void>;
  /**
   * The groups that somebody should do something about, those asked most first.
   * @param since only those that were asked later, ms
   */
  open(limit: number, since?: number): Promise<{ readonly views: readonly GapView[]; readonly total: number }>;
  /** How many of them were asked since `since`, ms. */
  news(since: number): Promise<number>;
  view(id: string): Promise<GapView | undefined>;
  /** Some of its questions, the latest first, without anything that points at a person. */
  examples(id: string, count: number): Promise<readonly string[]>;
  /** The articles that could get another alias for it, closest first. */
  candidates(view: GapView): readonly string[];
  /** @throws UserError when it is gone, or not theirs to do */
  resolve(id: string, by: PersonId, how: How): Promise<readonly Op[]>;
}

type How =
  | { readonly kind: 'alias'; readonly article: string }
  | { readonly kind: 'desk'; readonly desk: string; readonly words: string; readonly locale: Locale };

const dayMs = 24 * 60 * 60_000;
// Questions are kept for so long; see asking.
const keptDays = 90;
// A commit between them leaves room for answers: sorting one takes a few milliseconds.
const atOnce = 10;
// Two processes that sort the same meet at most once for each slice.
const attempts = 5;
/** Forgets a group that nobody has asked about for long. */
export const forgetGaps: AnyJob = {
  collection: gaps,
  run: async (doc) => ({ ops: [remove(gaps, doc)], say: [] }),
};

export function createGapList(deps: GapListDeps): GapList {
  const { store, clock, people, meanings, past } = deps;

  async function all(): Promise<readonly Doc<Gap>[]> {
    const found: Doc<Gap>[] = [];
    for await (const gap of store.scan(gaps)) found.push(gap);
    return found;
  }

  async function sort(most = Number.POSITIVE_INFINITY): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await sortOnce(most);
      } catch (error) {
        if (!(error instanceof Conflict) || attempt === attempts) throw error;
      }
    }
  }

  async function sortOnce(most: number): Promise<void> {
    const known = new Map((await all()).map((gap) => [gap.id, gap]));
    const sorted = new Set([...known.values()].flatMap(({ questions }) => questions));
    const asked = await past.gaps(clock.now() - keptDays * dayMs);
    const unsorted = asked.filter(({ id }) => !sorted.has(id)).toSorted((a, b) => a.at - b.at);
    const fresh = unsorted.slice(0, most);
    for (let start = 0; start < fresh.length; start += atOnce) {
      const slice = fresh.slice(start, start + atOnce);
      const changed = sortInto([...known.values()], slice, meanings, () => randomId());
      const ops = changed.map(({ id, ...gap }) => put(gaps, id, gap, known.get(id)?.version ?? 0));
      if (ops.length === 0) continue;
      const versions = await store.commit(ops);
      for (const [at, gap] of changed.entries()) known.set(gap.id, { ...gap, version: versions[at] ?? 0 });
    }
  }

  async function views(found: readonly KnownGap[]): Promise<readonly GapView[]> {
    const { units, limits } = deps.organization();
    return Promise.all(
      found.map(async (gap) => {
        const kept = await Promise.all(gap.questions.map((id) => past.get(id)));
        const asked = kept.flatMap((question) => {
          if (!question) return [];
          const unit = people.get(question.person)?.unit;
          const named = units.find((one) => one.id === unit)?.id ?? unit;
          return [{ text: question.text, person: question.person, unit: named }];
        });
        return viewOf(gap, asked, limits.smallestGroup, meanings.rarity);
      }),
    );
  }

  async function listed(): Promise<readonly Doc<Gap>[]> {
    return (await all()).filter(isOpen);
  }

  return {
    sort,
    async open(limit, since = 0) {
      const news = (await listed()).filter(({ last }) => last > since);
      const found = news.toSorted((a, b) => b.size - a.size || b.last - a.last);
      return { views: await views(found.slice(0, limit)), total: found.length };
    },
    news: async (since) => (await listed()).filter(({ last }) => last > since).length,
    async view(id) {
      const gap = await store.get(gaps, id);
      return gap && (await views([gap]))[0];
    },
    async examples(id, count) {
      const gap = await store.get(gaps, id);
      const latest = gap?.questions.slice(-count).reverse() ?? [];
      const kept = await Promise.all(latest.map(async (one) => (await past.get(one))?.text ?? ''));
      return kept.map(withoutPeople).filter((text) => text !== '');
    },
    candidates: (view) => (view.example === undefined ? [] : meanings.closest(view.example)),
    async resolve(id, by, how) {
      if (!isCurator(people, by)) throw refused('not_allowed');
      const gap = await store.get(gaps, id);
      if (!gap) throw refused('gone');
      const resolved: Resolved = { ...how, at: clock.now(), by };
      return [put(gaps, id, resolve(gap, resolved), gap.version)];
    },
  };
}
