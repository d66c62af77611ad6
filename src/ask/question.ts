import { z } from 'zod';
import { locales } from '../core/i18n.ts';
import type { AskedQuestions, LastLook, PastQuestion } from '../core/links.ts';
import { type AnyJob, type Collection, type Doc, type PersonId, remove, type Store } from '../core/ports.ts';
import type { Article, KnowledgeBase } from './article.ts';
import type { Found } from './search.ts';

/** How a question reached us. */
export const Via = z.enum(['conversation', 'edit', 'mention', 'channel', 'command', 'message', 'shortcut', 'home']);
export type Via = z.infer<typeof Via>;

/**
 * Which text was shown: the article, its variant, and the hash of the edition; no hash as long as the asker has not said
 * which of several texts holds for them.
 */
const Shown = z.strictObject({ id: z.string(), variant: z.string().optional(), hash: z.string().optional() });
type Shown = z.infer<typeof Shown>;

/** A question and what came of it. Raw questions are deleted after 90 days; they are never an audience. */
export const Question = z.strictObject({
  person: z.string(),
  /** As it was asked, cut to 3,000 characters. */
  text: z.string(),
  locale: z.enum(locales),
  at: z.number(),
  via: Via,
  /** The conversation it was asked in, when there was one. */
  channel: z.string().optional(),
  /** The thread that its answer stands in. */
  thread: z.string().optional(),
  /** What it means beside the question before it; the answer is to this. */
  meant: z.string().optional(),
  /** What was chosen on the license card of the question before it, and holds here too. */
  carried: z.string().optional(),
  /** What the asker chose last on its license card. */
  chosen: z.string().optional(),
  outcome: z.enum(['answer', 'choices', 'unknown', 'help']),
  shown: Shown.optional(),
  /** Articles offered beside the answer, or to choose from, or as the closest ones. */
  offered: z.array(z.string()),
  desk: z.string().optional(),
  corrections: z.array(z.strictObject({ from: z.string(), to: z.string() })),
  /** A license name that fits several ids. */
  assumed: z.strictObject({ said: z.string(), spdx: z.array(z.string()) }).optional(),
  /** It sounds like a suspected violation, or like somebody outside asking: a human is offered restricted. */
  concern: z.boolean().optional(),
  feedback: z.enum(['helpful', 'unhelpful']).optional(),
});
export type Question = z.infer<typeof Question>;

const keepDays = 90;
const dayMs = 24 * 60 * 60_000;
// Enough for any question and its story; a stored document has a size limit, and 40,000 characters are a paste.
const longest = 3_000;

export const questions: Collection<Question> = {
  name: 'question',
  schema: Question,
  shape: 1,
  index: (doc) => [
    { key: `outcome:${doc.outcome}`, at: doc.at },
    ...(doc.feedback ? [{ key: `feedback:${doc.feedback}`, at: doc.at }] : []),
    ...(doc.channel && doc.thread ? [{ key: threadKey(doc.channel, doc.thread, doc.person), at: doc.at }] : []),
    ...articleKeys(doc).map((key) => ({ key, at: doc.at })),
  ],
  due: (doc) => doc.at + keepDays * dayMs,
  retain: { days: keepDays, end: 'delete' },
  personal: ['person', 'text', 'channel', 'thread', 'meant'],
};

/** What one person asked in one thread. */
export function threadKey(channel: string, thread: string, person: string): string {
  return `thread:${channel}:${thread}:${person}`;
}

/** An article is looked up by its id: all its variants are found by the same questions. */
function articleKeys(question: Question): readonly string[] {
  const { shown, feedback } = question;
  const missed = missedBy(question);
  return [
    ...(shown ? [`shown:${shown.id}`] : []),
    ...(shown && feedback ? [`${feedback}:${shown.id}`] : []),
    ...(missed ? [`missed:${missed}`] : []),
  ];
}

/** The article that came closest to a question that nothing answered. */
function missedBy({ outcome, offered, desk }: Question): string | undefined {
  return outcome === 'unknown' && !desk ? offered[0] : undefined;
}

/** Deletes a question when its 90 days are over, in one commit with what is kept of it. */
export function forgetQuestions(lastLook: LastLook): AnyJob {
  return {
    collection: questions,
    async run(doc) {
      const question = pastOf(doc as Doc<Question>);
      return { ops: [remove(questions, doc), ...(question ? await lastLook(question) : [])], say: [] };
    },
  };
}

/** A question as those who look after the answers see it; nothing of one that sounds like a suspected violation. */
export function pastOf(question: Doc<Question>): PastQuestion | undefined {
  if (question.concern) return undefined;
  const { id, person, text, locale, at, feedback, shown } = question;
  const missed = missedBy(question);
  return {
    id,
    person: person as PersonId,
    text,
    locale,
    at,
    ...(feedback && { feedback }),
    ...(shown && { shown: shown.id }),
    ...(missed && { missed }),
  };
}

/**
 * What is kept of a question and its answer. `at` in ms.
 * @param holds which text on the topic holds for the asker
 */
export function recordOf(
  asked: {
    readonly person: string;
    readonly text: string;
    readonly via: Via;
    readonly channel?: string;
    readonly thread?: string;
    readonly meant?: string | undefined;
    readonly carried?: string | undefined;
    readonly at: number;
  },
  found: Found,
  holds: Article | 'ask' | undefined = found.article,
): Question {
  const offered =
    found.outcome === 'answer' ? found.runnersUp : found.outcome === 'choices' ? found.choices : found.closest;
  return {
    person: asked.person,
    text: asked.text.slice(0, longest).toWellFormed(),
    locale: found.language,
    at: asked.at,
    via: asked.via,
    ...(asked.channel ? { channel: asked.channel } : {}),
    ...(asked.thread ? { thread: asked.thread } : {}),
    ...(asked.meant ? { meant: asked.meant.slice(0, longest).toWellFormed() } : {}),
    ...(asked.carried ? { carried: asked.carried } : {}),
    outcome: found.outcome,
    ...(found.outcome === 'answer' && found.article ? { shown: shownOf(found.article, holds, found.language) } : {}),
    offered: offered.map((article) => article.id),
    ...(found.desk ? { desk: found.desk.id } : {}),
    corrections: found.corrections.map(({ from, to }) => ({ from, to })),
    ...(found.assumed?.license
      ? { assumed: { said: found.assumed.license.said, spdx: [...found.assumed.license.spdx] } }
      : {}),
  };
}

/** Names the exact text that a reader of `locale` sees. */
function shownOf({ id }: Article, holds: Article | 'ask' | undefined, locale: Question['locale']): Shown {
  if (!holds || holds === 'ask') return { id };
  const edition = holds.editions[locale] ?? holds.editions.en;
  return { id, ...(holds.variant ? { variant: holds.variant } : {}), hash: edition.hash };
}

/** Lets other features read a question and what it was answered with. */
export function askedQuestions(store: Store, handbook: () => { readonly base: KnowledgeBase }): AskedQuestions {
  return async (id) => {
    const question = await store.get(questions, id);
    if (!question) return undefined;
    const { person, text, locale, outcome, shown } = question;
    const article = handbook().base.articles.find((a) => a.id === shown?.id);
    const title = (article?.editions[locale] ?? article?.editions.en)?.title;
    return {
      person: person as PersonId,
      text,
      locale,
      outcome,
      ...(shown && title ? { shown: { id: shown.id, title } } : {}),
    };
  };
}
