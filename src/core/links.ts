import type { KnownBlock } from '@slack/types';
import type { DueButton, InBoth } from './due.ts';
import type { Finding } from './findings.ts';
import type { Locale } from './i18n.ts';
import type { Op, PersonId, Place, Posted, Rendered, Say } from './ports.ts';

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

/** A form of a request, and what is known of its answers, by field. */
export interface NextRequest {
  readonly request: string;
  readonly prefill: Readonly<Record<string, string>>;
}

/** The button that opens a form with what is known filled in; `undefined` where there is no such form, or the person may not ask. */
export type OpenRequest = (
  next: NextRequest,
  person: PersonId,
  locale: Locale,
) => { readonly label: string; readonly value: string } | undefined;

/** What is to be said on the licenses that a question names. */
export interface LicenseAnswer {
  /**
   * `answer`: the question is unmistakably about a license, and this is the verdict. `asks`: it is, but something is missing.
   * `offered`: it merely names one; shown to whoever asks for it.
   */
  readonly standing: 'answer' | 'asks' | 'offered';
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
  /** Rows of buttons, for the asker; their action is that of another answer to the same question. */
  readonly buttons: readonly KnownBlock[];
  /** What the question tells of a component, by field of its request. */
  readonly prefill: Readonly<Record<string, string>>;
}

/** Advice on licenses, from what is in force at the moment. Answers from memory. */
export interface LicenseAdvice {
  /** @param pick what the asker chose by a button of an earlier card; see `isPick` */
  advise(
    question: { readonly id: string; readonly text: string; readonly locale: Locale; readonly person: string },
    pick?: string,
  ): LicenseAnswer | undefined;
  /** Whether what was picked is a card about licenses; what is none picks an article. */
  isPick(pick: string | undefined): boolean;
  /**
   * A question that leans on the one before it; undefined when it stands alone.
   * @param chosen what the asker picked on the card of the one before
   */
  followUp(text: string, before: string, chosen?: string): Leaning | undefined;
}

/** What a question that leans on another means. */
export interface Leaning {
  /** As a question that stands alone. */
  readonly meant: string;
  /** A pick: what was chosen for the question before, as far as this one says nothing else. */
  readonly carried?: string;
}

/** The pick of the license card of a question, before anything was chosen on it. */
export const licensePick = 'license?';

/**
 * Answers a question that unmistakably asks whether something was approved before; `undefined` for every other one. `now` reads
 * and draws the answer, `at` says it lastingly, once for each key.
 */
export type AskRegister = (
  text: string,
  person: PersonId,
  locale: Locale,
) => { now(): Promise<Rendered>; at(place: Place, key: string): Say } | undefined;

/** A file that somebody gave the bot, read as text. */
type FileRead =
  | { readonly kind: 'text'; readonly name: string; readonly text: string }
  | { readonly kind: 'too-large' | 'unreadable'; readonly name: string };

/** Reads a file of Slack by its id, up to so many bytes. Never throws. */
export type ReadFile = (id: string, largest: number) => Promise<FileRead>;

/**
 * What came of copying a file. `unseen`: there is none, or the bot may not open it. `foreign`: it is not its giver's. `later`:
 * Slack is out of reach.
 */
export type FileCopied =
  | { readonly kind: 'copied'; readonly name: string; readonly copy: string }
  | { readonly kind: 'deleted' | 'unseen' | 'foreign' | 'too-large'; readonly name: string }
  | { readonly kind: 'later' };

/** Hands on files that people gave the bot and that nobody else can open. Never throws. */
export interface FileCopies {
  /**
   * Makes a copy of the bot's own, which nobody sees before it is shown; done again, it is another one.
   * @param owner who gave it; the file of anybody else is not touched, whoever names it
   * @param largest bytes
   */
  copy(file: string, owner: PersonId, largest: number): Promise<FileCopied>;
  /**
   * Shows copies in a person's conversation with the bot, in one message, unless they are there already. `asked`: Slack was asked
   * to, and does so in its own time.
   */
  show(showing: {
    readonly copies: readonly { readonly copy: string; readonly title: string }[];
    readonly person: PersonId;
    /** The message below which they are shown, where that is in this conversation. */
    readonly thread: Posted | undefined;
    /** What introduces them, as mrkdwn. */
    readonly words: string;
    /** Whether Slack is still to be asked; otherwise it is only looked for them. */
    readonly ask: boolean;
  }): Promise<{ readonly kind: 'shown' | 'asked' | 'later' } | { readonly kind: 'refused'; readonly code: string }>;
}

/** A message that brings files; `place` is where it is answered. */
export interface BroughtFiles {
  readonly person: PersonId;
  /** `link`: Slack's own, which opens for whoever may see the file. */
  readonly files: readonly { readonly id: string; readonly name: string; readonly link?: string }[];
  /** Unique to the message. */
  readonly message: string;
  readonly place: Place;
  readonly at: number;
}

/** Takes files that it can read; undefined where there are none, and the words of the message are a question. */
export type TakeFiles = (
  brought: BroughtFiles,
) => Promise<{ readonly ops: readonly Op[]; readonly say: readonly Say[] } | undefined>;

/** Where something that was said stands in Slack; `undefined` as long as it was not delivered, or no longer known. */
export type StandsAt = (say: Say) => Promise<Posted | undefined>;

/** A question that a person of the office answered, for everybody in the office to see. */
export interface AnsweredQuestion {
  readonly text: string;
  readonly locale: Locale;
  readonly answer: string;
}

/** Reads a question that went to a human; `undefined` when it has no answer, or is seen by legal and compliance only. */
export type AnsweredQuestions = (id: string) => Promise<AnsweredQuestion | undefined>;

/* ---------- what was asked, for seeing what the handbook lacks ---------- */

/** A kept question. What sounds like a suspected violation is none of these. */
export interface PastQuestion {
  readonly id: string;
  readonly person: PersonId;
  readonly text: string;
  readonly locale: Locale;
  /** ms */
  readonly at: number;
  readonly feedback?: 'helpful' | 'unhelpful';
  /** The article that answered it. */
  readonly shown?: string;
  /** Nothing answered it, and this article came closest. */
  readonly missed?: string;
}

/** How often an article was asked for. */
export interface ArticleCounts {
  /** Times that it was the answer. */
  readonly shown: number;
  readonly helpful: number;
  readonly unhelpful: number;
  /** Times that nothing answered and it came closest. */
  readonly missed: number;
}

export interface PastQuestions {
  get(id: string): Promise<PastQuestion | undefined>;
  /**
   * Questions that nothing answered and no other desk is for, and answers that did not help; each kind oldest first.
   * @param from ms
   */
  gaps(from: number): Promise<readonly PastQuestion[]>;
  /** Of the questions that are still kept. @param from ms, the first moment; `to` the last */
  counts(article: string, from: number, to: number): Promise<ArticleCounts>;
}

/** Called before a question is forgotten: what is to be kept of it, for the commit that forgets it. */
export type LastLook = (question: PastQuestion) => Promise<readonly Op[]>;

/** What texts say, as the search reads them. */
export interface Meanings {
  tokensOf(text: string): readonly string[];
  /** How much one of these tokens tells. */
  rarity(token: string): number;
  /** The articles that come closest, best first, at most three, by name. */
  closest(text: string): readonly string[];
}

/* ---------- articles as texts that people write ---------- */

/** A web page that an article rests on. */
export interface ArticleSource {
  readonly title: string;
  readonly url: string;
}

/** An article in one language, as it is written. */
export interface ArticleWords {
  readonly title: string;
  readonly scope: string;
  /** The answer in one or two sentences, without emphasis. */
  readonly short: string;
  /** The rest, as Markdown. */
  readonly body: string;
  readonly aliases: readonly string[];
}

/** One file of an article. */
export interface ArticleFile {
  /** Path below its layer. */
  readonly file: string;
  /** Hex SHA-256. */
  readonly hash: string;
  readonly title: string;
  /** As it is written; read when it is asked for, since lists show titles alone. */
  words(): ArticleWords;
  /** ISO date of its latest review. */
  readonly reviewed: string;
  /** Whose text it is; `published`: by the office from Slack, and not yet among its files. */
  readonly origin: 'shipped' | 'adopted' | 'own' | 'published';
}

/** An article as its curators see it. */
export interface CuratedArticle {
  /** As people write it: `security-fix`, `security-fix.cn`. */
  readonly name: string;
  readonly area: string;
  readonly owner: string;
  readonly sources: readonly ArticleSource[];
  /** It tells people what the law asks of them, and no role has approved it. */
  readonly unapproved: boolean;
  /** ISO date on which it has to be reviewed again. */
  readonly due: string;
  readonly files: { readonly en: ArticleFile } & { readonly [L in Locale]?: ArticleFile };
}

/** What one writing changes in a file; what is left out stays. */
export interface Rewriting {
  readonly file: string;
  readonly words: ArticleWords;
  readonly reviewed: string;
  /** Only in English, which carries what all languages share. */
  readonly facts?: {
    readonly area: string;
    readonly owner: string;
    readonly sources: readonly ArticleSource[];
    /** `keep`: what the role in charge has approved is not changed. `none`: it is, and the role has not read it yet. */
    readonly approved: 'keep' | 'none' | { readonly by: string };
  };
  /** Stands in for English that nobody has written yet. */
  readonly standIn?: true;
}

/** The handbook's texts, for writing them. Answers from memory. */
export interface Manuscripts {
  all(): readonly CuratedArticle[];
  find(name: string): CuratedArticle | undefined;
  /** The hash of what lies at this path on top of all layers; of the organization's own folder; undefined where there is nothing. */
  hashAt(file: string): string | undefined;
  /** Whether the organization's own folder holds this very text, a different one, or none. */
  ownFile(file: string, text: string): 'same' | 'other' | 'none';
  ownHash(file: string): string | undefined;
  /** The whole file as it would be. */
  write(rewriting: Rewriting): string;
  /** What is wrong with a file: held against the same rules as every file of the handbook. */
  check(file: string, text: string): readonly Finding[];
  readonly areas: readonly string[];
  desks(): readonly { readonly id: string; readonly name: Readonly<Record<Locale, string>> }[];
}

/* ---------- what is due for people ---------- */

export type { DueAnswer, DueButton, DueThing, ReminderSource, Reminders } from './due.ts';

/* ---------- training: what approvals and announcements ask of it ---------- */

/** `due`: never completed, whether it was assigned or not. An exemption counts as current. `unknown`: no such track, or not adopted. */
export type TrainingStatus = 'current' | 'due' | 'expired' | 'unknown';

/** Where people stand in training. Answers from memory. */
export interface TrainingDesk {
  /** @param now ms */
  statusOf(person: PersonId, track: string, now: number): TrainingStatus;
  /**
   * What to say to somebody whose quick approval waits for a track, in one or two whole sentences, and the button that starts or
   * renews it; undefined where it is current or not known.
   */
  gate(
    person: PersonId,
    track: string,
    now: number,
  ): { readonly words: InBoth; readonly button: DueButton } | undefined;
  /** Everybody who works here and is late with a mandatory track, or with this one. */
  overdue(now: number, track?: string): readonly PersonId[];
}

/* ---------- mentors who read changes before they go upstream ---------- */

/** A change that somebody wants to have read. */
export interface ChangeToRead {
  readonly asker: PersonId;
  /** As they wrote it: `apache/kafka`. */
  readonly project?: string;
  /** What it is about, in their words; skills are read from it. */
  readonly text?: string;
}

/** Mentors of the program, for pre-reviews. */
export interface Mentors {
  /**
   * Who reads changes and has room for one now, best fit first: own mentor, then skills that the change names, then who reads
   * least at the moment. Never the asker, somebody who left, is away or does not want to meet the asker. Empty where nobody has
   * room: then the role `mentor` is asked as before.
   */
  withRoom(change: ChangeToRead, now: number): Promise<readonly PersonId[]>;
  /**
   * For the commit that gives the reading of `request` to a mentor, or takes it over from another. Without effect for somebody who
   * is no mentor of the program, or has it already.
   */
  took(mentor: PersonId, request: string, now: number): Promise<readonly Op[]>;
  /**
   * For the commit that ends it: `read` counts as a pre-review done. Without effect where no mentor had it.
   * @param mentor who had it
   */
  gave(mentor: PersonId, request: string, outcome: 'read' | 'dropped', now: number): Promise<readonly Op[]>;
}
