import type { Locale } from './i18n.ts';
import type { PersonId, Posted, Say } from './ports.ts';

/** A question as asking kept it, and what it was answered with. */
export interface AskedQuestion {
  readonly person: PersonId;
  /** As it was asked. */
  readonly text: string;
  readonly locale: Locale;
  readonly outcome: 'answer' | 'choices' | 'unknown' | 'help';
  /** The article that was shown, titled in the language of the question. */
  readonly shown?: { readonly id: string; readonly title: string };
}

/** Reads a question; `undefined` when it was never kept or its time is over. */
export type AskedQuestions = (id: string) => Promise<AskedQuestion | undefined>;

/** Where something that was said stands in Slack; `undefined` as long as it was not delivered, or no longer known. */
export type StandsAt = (say: Say) => Promise<Posted | undefined>;
