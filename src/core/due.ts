import type { Locale } from './i18n.ts';
import type { Op, PersonId, Say } from './ports.ts';

// What is due for people, and telling them of it.

/** The same words in every language: plain text, escaped where it is drawn. */
export type InBoth = Readonly<Record<Locale, string>>;

/** A button of the source's own: pressed on a reminder or in Home, it arrives at the source's listener. */
export interface DueButton {
  /** The id that the source registered with `gate.action` or `gate.opens`; with `url`, any id of its own. */
  readonly action: string;
  readonly value: string;
  /** Up to 24 characters. */
  readonly label: InBoth;
  /** Opens a page as well. */
  readonly url?: string;
}

/** Something that is due for one person, now or later. */
export interface DueThing {
  /**
   * Names the thing for ever, unique within its source; letters, digits, `-`, `.`, `/`. What comes back (a renewal, the next
   * check-in) is another thing with another key: of one key nobody is told again once it has had its last word.
   */
  readonly key: string;
  /** One of the source's topics: what a person turns off. */
  readonly topic: string;
  /** Up to 80 characters, as part of a list: `Licenses in practice`. */
  readonly title: InBoth;
  /** One short sentence of what is to be done, or why. */
  readonly detail?: InBoth;
  /** What it takes. */
  readonly minutes?: number;
  /** ms: nobody is told before. May lie ahead: the engine then looks again by itself. */
  readonly since: number;
  /** ISO date, the last day of it, by the clock of the person. */
  readonly due?: string;
  /**
   * Present where it is mandatory: told although its topic is turned off or reminders are paused, never declined, and outside
   * the budget. The words say why, and whom to ask instead, in one or two whole sentences.
   */
  readonly mandatory?: InBoth;
  /** One of its buttons asks to be excused from what is mandatory: "Not for me" is not offered beside it. */
  readonly excusable?: true;
  /** Up to three buttons of the source; the first is the one thing to do. */
  readonly buttons?: readonly DueButton[];
  /** A click on Done settles it. Not for what takes a form or a check: that has a button. */
  readonly done?: true;
  /** "Not for me" settles it. Ignored where it is mandatory. */
  readonly decline?: true;
}

/** How a person settled something on a reminder. Later is none: the engine keeps it, and the thing stays due. */
export type DueAnswer = { readonly how: 'done' } | { readonly how: 'declined'; readonly why: string };

/** Where due things come from. Features hand theirs to `app.ts`. */
export interface ReminderSource {
  /** Letters and hyphens; part of what the engine keeps, so it never changes. */
  readonly name: string;
  /** What people may turn off, by id; the name is part of a list: `My training`. */
  readonly topics: Readonly<Record<string, InBoth>>;
  /** Those of its topics that there can be something of for this person; absent = all. Answers from memory. */
  concerns?(person: PersonId): readonly string[];
  /**
   * All that is open for this person, also what begins later; nothing that is done, declined or over. Asked when a reminder is
   * planned, drawn or answered: reads by an index of the person, never everything. People who left are not asked for.
   */
  dueFor(person: PersonId, now: number): Promise<readonly DueThing[]>;
  /**
   * What the answer changes, for the engine's commit, which also draws the reminder anew. Without effect when it is settled already.
   * `refused`: whole sentences for the person; nothing changes. @throws UserError
   */
  settle(
    person: PersonId,
    key: string,
    answer: DueAnswer,
    now: number,
  ): Promise<{ readonly ops: readonly Op[]; readonly say?: readonly Say[] } | { readonly refused: InBoth }>;
}

/**
 * What sources tell the engine. Operations go into the caller's own commit, at most one of each kind for a person in one
 * commit; they may meet a Conflict, as every operation: read, decide and commit again.
 */
export interface Reminders {
  /**
   * Something became due, or will be: the engine looks at this person at the first fit moment from `at` (ms) on. Nothing is sent
   * by this alone, so a thousand people may be woken at once. Needed whenever something comes that `dueFor` did not tell of before.
   */
  wake(person: PersonId, at: number): Promise<readonly Op[]>;
  /**
   * What is due for this person was settled or changed elsewhere (a button of the source, Home, a form): their reminder is drawn
   * anew. Say it with the change; nothing when no reminder stands.
   */
  refresh(person: PersonId): Promise<readonly Say[]>;
  /**
   * Counts one message that the person did not ask for and that goes to them outside of reminders.
   * @returns undefined where their budget of the day or the week is spent: wait, or become a due thing instead
   */
  spend(person: PersonId, now: number): Promise<readonly Op[] | undefined>;
}
