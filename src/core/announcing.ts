import type { Locale } from './i18n.ts';
import type { Op, PersonId, Say } from './ports.ts';

/** Something that people do, or have to do, by which they can be told of something: `maintains a project`. */
export interface Doing {
  /** Letters and hyphens; kept with announcements, so it never changes. */
  readonly name: string;
  /** Up to 75 characters, as part of a list: `Hold a standing approval`. */
  readonly label: Readonly<Record<Locale, string>>;
  /** Everybody of whom it is true at this moment; leavers and guests are sorted out by whoever asks. */
  people(): Promise<readonly PersonId[]>;
}

/** How somebody stands to a project: looks after it, or contributes to it. */
export const ties = ['maintains', 'contributes'] as const;
export type Tie = (typeof ties)[number];

/** Projects of which it is known who works on them. */
export interface Projects {
  /** As people wrote them, in order. From memory. */
  names(): readonly string[];
  /** Everybody who stands to a project like this at `now` (ms); leavers and guests are sorted out by whoever asks. */
  people(tie: Tie, project: string, now: number): Promise<readonly PersonId[]>;
}

/**
 * How the bot stands to a channel. `outside`: it is public, and the bot may join it. `hidden`: private, or none that the bot knows of.
 * `unknown`: Slack did not say, or the bot may not look.
 */
export type ChannelStanding =
  | { readonly kind: 'open' | 'outside' | 'archived'; readonly name: string; readonly members?: number }
  | { readonly kind: 'hidden' | 'unknown' };

/** Channels as Slack knows them at the moment. Never throws. */
export interface Channels {
  standings(ids: readonly string[]): Promise<ReadonlyMap<string, ChannelStanding>>;
  /**
   * Who is in each channel, a few minutes old at most; without those channels that Slack does not let us look into, or has not
   * told of within `withinMs`.
   */
  members(ids: readonly string[], withinMs: number): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  /** Makes the bot a member of a public channel. @returns whether it is one now */
  join(id: string): Promise<boolean>;
}

/** Brings a question to the people of the office, who answer the asker; without effect when the same `draft` was brought before. */
export type AskOffice = (question: {
  readonly draft: string;
  readonly asker: PersonId;
  readonly text: string;
}) => Promise<{ readonly ops: readonly Op[]; readonly say: readonly Say[] } | undefined>;

/** What a feature can say of a stretch of time in numbers, for the quarterly page. @param from ms, the first moment; `to` the first one after it */
export type PeriodNumbers = (
  from: number,
  to: number,
) => Promise<readonly { readonly label: Readonly<Record<Locale, string>>; readonly value: number }[]>;
