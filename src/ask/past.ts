import type { PastQuestions } from '../core/links.ts';
import type { Doc, Store } from '../core/ports.ts';
import { pastOf, type Question, questions } from './question.ts';

const page = 500;

/** The questions that are still kept, for those who look after the answers. */
export function pastQuestions(store: Store): PastQuestions {
  async function read(key: string, from: number): Promise<readonly Doc<Question>[]> {
    const found: Doc<Question>[] = [];
    let after: string | undefined;
    do {
      const query = { key, from, order: 'asc', limit: page } as const;
      const next = await store.list(questions, after === undefined ? query : { ...query, after });
      found.push(...next.docs);
      after = next.next;
    } while (after !== undefined);
    return found;
  }

  return {
    async get(id) {
      const question = await store.get(questions, id);
      return question && pastOf(question);
    },
    async gaps(from) {
      const unanswered = (await read('outcome:unknown', from)).filter(({ desk }) => !desk);
      const unhelpful = await read('feedback:unhelpful', from);
      const both = new Map([...unanswered, ...unhelpful].map((question) => [question.id, question]));
      return [...both.values()].flatMap((question) => pastOf(question) ?? []);
    },
    async counts(article, from, to) {
      const [shown = 0, helpful = 0, unhelpful = 0, missed = 0] = await Promise.all(
        ['shown', 'helpful', 'unhelpful', 'missed'].map((what) =>
          store.count(questions, { key: `${what}:${article}`, from, to }),
        ),
      );
      return { shown, helpful, unhelpful, missed };
    },
  };
}
