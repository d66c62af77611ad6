import type { Locale } from './i18n.ts';

/**
 * An error meant to be read by the person who caused it: what happened, what was kept, what to do next.
 * Everything else that is thrown is a bug: the person gets a reference id that the log carries too.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly texts: Readonly<Record<Locale, string>>;

  constructor(texts: Readonly<Record<Locale, string>>) {
    super(texts.en);
    this.texts = texts;
  }
}

/** A mistake of the person who installs or runs the bot: `problem` says what is wrong, `mend` what to do. */
export interface Mistake {
  readonly where: string;
  readonly problem: string;
  readonly mend: string;
}

/** All mistakes found at once, so that nobody mends one only to meet the next. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[]) {
    super(mistakes.map((m) => `${m.where}: ${m.problem} ${m.mend}`).join('\n'));
    this.mistakes = mistakes;
  }
}

/** Thrown by `Store.commit`; nothing was written. On `seen` and `inbox` it means "already done". */
export class Conflict extends Error {
  override readonly name = 'Conflict';
  readonly collection: string;
  readonly id: string;
  readonly expected: number;
  readonly found: number;

  constructor(collection: string, id: string, expected: number, found: number) {
    super(`${collection}/${id}: expected version ${expected}, found ${found}`);
    this.collection = collection;
    this.id = id;
    this.expected = expected;
    this.found = found;
  }
}
