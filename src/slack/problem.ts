import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { UserError } from '../core/errors.ts';
import type { Locale } from '../core/i18n.ts';
import { randomId } from '../core/ids.ts';
import {
  type AnyJob,
  type Collection,
  type Log,
  type Op,
  type Place,
  put,
  type Rendered,
  remove,
  type Say,
  type ShowCard,
  type Store,
} from '../core/ports.ts';
import type { Again } from '../feature.ts';
import { actions, button, message, modal, section } from './blocks.ts';
import { texts } from './texts.ts';

/** What a person is told when something did not work: their mistake in words, or a reference to the log. */
export const Problem = z.strictObject({
  en: z.string(),
  'zh-CN': z.string(),
  at: z.number(),
  /** A button for another try. */
  again: z.strictObject({ action: z.string(), value: z.string() }).exactOptional(),
});
export type Problem = z.infer<typeof Problem>;

const keepMs = 24 * 60 * 60_000; // said within seconds; a day covers a long Slack outage

export const problems: Collection<Problem> = {
  name: 'problem',
  schema: Problem,
  shape: 1,
  index: () => [],
  due: (doc) => doc.at + keepMs,
  retain: { days: 1, end: 'delete' },
};

export const forgetProblems: AnyJob = {
  collection: problems,
  run: async (doc) => ({ ops: [remove(problems, doc)], say: [] }),
};

/**
 * The words for `error`, in both languages. A bug is logged with a reference id that the words carry; nothing of
 * what the person wrote goes into the log.
 */
export function wordsFor(
  error: unknown,
  log: Log,
  context: Readonly<Record<string, string>>,
): Readonly<Record<Locale, string>> {
  if (error instanceof UserError) return error.texts;
  const reference = randomId(6);
  log.error({ ...context, reference, err: error }, 'a handler failed');
  return { en: texts.en.bug(reference), 'zh-CN': texts['zh-CN'].bug(reference) };
}

/** Operations and words that tell the person of `error` at `place`, as lastingly as an answer. */
export function tell(
  words: Readonly<Record<Locale, string>>,
  place: Place,
  now: number,
  again?: Again,
): { readonly ops: readonly Op[]; readonly say: readonly Say[] } {
  const id = randomId();
  return {
    ops: [put(problems, id, { ...words, at: now, ...(again ? { again } : {}) }, 0)],
    say: [{ kind: 'notice', key: `problem:${id}`, card: 'problem', id, place, lost: 'may', lane: 'answers' }],
  };
}

/** The card of a stored problem. */
export function problemCard(store: Store): ShowCard {
  return async (id, _viewer, locale) => {
    const problem = await store.get(problems, id);
    if (!problem) return undefined;
    const { again } = problem;
    const text = texts[locale].openAgain;
    // Slack takes no empty value.
    const value = again?.value ? { value: again.value } : {};
    const buttons = again ? [actions([button({ id: again.action, text, ...value })])] : [];
    return message({ text: problem[locale], blocks: [section(problem[locale]), ...buttons] });
  };
}

export function problemNote(words: string): Rendered {
  return message({ text: words, blocks: [section(words)] });
}

export function problemModal(words: string, locale: Locale): ModalView {
  const { problemTitle, close } = texts[locale];
  return modal({ callback: 'problem', title: problemTitle, close, blocks: [section(words)] });
}
