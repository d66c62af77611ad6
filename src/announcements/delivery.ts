import type { Op, PersonId, Posted } from '../core/ports.ts';
import type { Known, Target } from './announcement.ts';

/** A place that an announcement is to go to, and how. */
export interface Aim {
  readonly target: Target['target'];
  /** Not before, ms. */
  readonly from: number;
  /** Without a message of its own: on Home and in the digest. */
  readonly quiet: boolean;
  /** The channel in which this person reads it. */
  readonly by?: string;
}

/** Whom an announcement is for at this moment: each person and channel once, sorted by `targetId`. Answers from memory as far as it can. */
export type Aims = (announcement: Known, now: number) => Promise<readonly Aim[]>;

/** How far delivery is; `restMs` by the pace that Slack allows. */
export interface Progress {
  readonly total: number;
  readonly waiting: number;
  readonly sent: number;
  /** Of `sent`: standing with an older edition. */
  readonly outdated: number;
  readonly failed: number;
  readonly unknown: number;
  readonly quiet: number;
  readonly covered: number;
  readonly left: number;
  readonly retracted: number;
  readonly perMinute: number | undefined;
  readonly restMs: number | undefined;
}

/** One place that did not get it. */
export interface Miss {
  readonly target: Target['target'];
  readonly state: 'failed' | 'unknown';
  readonly reason: string;
}

/**
 * What delivery offers to the rest of the feature. Its job steps every announcement whose `wakeAt` has come: `scheduled` is
 * started by `startScheduled` of the use case; `expanding`, `sending`, `retracting` and `cancelled` follow `work` and the rows.
 * Moves of the clock (`start`, `expanded`, `finish`, `retracted`) go through `announcementMove` as well. What stands in Slack is
 * the card `announcement.message`, subject `<id>`: always the edition of the moment; of what is withdrawn a short note that says
 * so; nothing where it was cancelled before it was sent there.
 */
export interface Delivery {
  progress(announcement: Known): Promise<Progress>;
  /** Failed and unknown places, a page of them. */
  misses(announcement: string, after?: string): Promise<{ readonly misses: readonly Miss[]; readonly next?: string }>;
  /**
   * Somebody pressed a button of the message at `at`: where nobody knew whether it had arrived, now it is known. Operations for
   * the caller's commit, none where it was known.
   */
  found(announcement: string, reader: PersonId, at: Posted): Promise<readonly Op[]>;
}
