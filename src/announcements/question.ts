import { z } from 'zod';
import type { Collection, PersonId } from '../core/ports.ts';

const filled = z.string().min(1);

/** A question about an announcement, kept for its sender; who answers it is the office. Id: its draft. */
export const NewsQuestion = z.strictObject({
  announcement: filled,
  person: z.custom<PersonId>((value) => typeof value === 'string' && value !== ''),
  text: z.string().max(3_000),
  at: z.number(),
});
export type NewsQuestion = z.infer<typeof NewsQuestion>;

export const newsQuestions: Collection<NewsQuestion> = {
  name: 'news_question',
  schema: NewsQuestion,
  shape: 1,
  index: ({ announcement, at }) => [{ key: announcement, at }],
  // As long as the question that went to the office.
  due: ({ at }) => at + keepMs,
  retain: { days: 400, end: 'delete' },
  personal: ['person', 'text'],
};

const keepMs = 400 * 24 * 60 * 60_000;

/** Readers who have not confirmed are brought to the reminders, so many in a commit. Id: the announcement. */
export const Follow = z.strictObject({
  /** The edition whose confirmation is asked for. */
  edition: z.int().positive(),
  /** The page of rows that comes next; empty for the first. */
  after: z.string(),
  due: z.number(),
});
export type Follow = z.infer<typeof Follow>;

export const follows: Collection<Follow> = {
  name: 'news_follow',
  schema: Follow,
  shape: 1,
  index: () => [],
  due: ({ due }) => due,
};
