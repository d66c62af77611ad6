import type { LastLook, PastQuestions } from '../core/links.ts';
import { type Op, put, type Store } from '../core/ports.ts';
import { gaps, withoutQuestion } from './gap.ts';
import { articleMonths, countsOf, lastMonths, type MonthCounts, monthId, nothing, plus } from './history.ts';

/** The numbers of articles, month by month: of questions that are kept, and of those that are forgotten. */
export interface Counting {
  /** @param article its id, without a variant: all its texts are found by the same questions */
  history(article: string, months: number, now: number): Promise<readonly MonthCounts[]>;
  /** What is kept of a question that is forgotten: the numbers, and its place in a group. */
  readonly lastLook: LastLook;
}

export function createCounting({ store, past }: { readonly store: Store; readonly past: PastQuestions }): Counting {
  async function counted(question: Parameters<LastLook>[0]): Promise<readonly Op[]> {
    const added = countsOf(question);
    if (!added) return [];
    const before = await store.get(articleMonths, added.id);
    return [put(articleMonths, added.id, plus(before ?? nothing, added.counts), before?.version ?? 0)];
  }

  async function leftGroups(id: string): Promise<readonly Op[]> {
    const { docs } = await store.list(gaps, { key: `question:${id}`, order: 'asc', limit: 10 });
    return docs.map((gap) => put(gaps, gap.id, withoutQuestion(gap, id), gap.version));
  }

  return {
    history: (article, months, now) =>
      Promise.all(
        lastMonths(now, months).map(async ({ month, from, to }) => {
          const [kept, forgotten] = await Promise.all([
            past.counts(article, from, to),
            store.get(articleMonths, monthId(article, month)),
          ]);
          return { month, ...plus(forgotten ?? nothing, kept) };
        }),
      ),
    lastLook: async (question) => [...(await counted(question)), ...(await leftGroups(question.id))],
  };
}
