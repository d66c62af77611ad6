import type { Op, Say } from '../core/ports.ts';
import type { Known, Work } from './announcement.ts';
import { targetId } from './announcement.ts';
import type { Aim } from './delivery.ts';
import { type Counts, drawEveryMs, type Pace } from './progress.ts';
import { rowsFor, rowsTogether, slackIdOf } from './recipients.ts';
import { onTheirOwn, passedOver, restored, withdrawn } from './revising.ts';
import { handOver, moved, type Row, senderOf, withdrawal } from './sending.ts';

/** What a step makes of an announcement that is on its way: operations, and when or as what it goes on. */
export interface Turn {
  readonly ops: readonly Op[];
  readonly say: readonly Say[];
  /** Absent: what is there stays; null: it is through. */
  readonly work?: Work | null;
  /** Through: with a move of the clock, or without one where none is left to make. */
  readonly end?: 'expanded' | 'finish' | 'retracted' | 'rest';
  /** When to go on, ms. */
  readonly wakeAt: number;
}

/** What a step reads besides the announcement. */
export interface Rows {
  readonly counts: Counts;
  /** The next places without a row, in their order; of `expand`. */
  readonly aims: readonly Aim[];
  /** Rows that a step moves without a message, up to `rowsTogether`. */
  readonly page: readonly Row[];
  /** Rows whose first message may go out, the longest waiting first. */
  readonly posts: readonly Row[];
  /** Rows whose message is not what it should be. */
  readonly changes: readonly Row[];
  /** When the time of the next row that waits comes, ms. */
  readonly nextFrom: number | undefined;
}

// A minute of posts, and of changes: enough that calls which hang or were lost do not hold up the others, few enough that
// stopping takes effect at once.
export const mostPosts = 200;
export const mostChanges = 40;

const pauseMs = 250;
const lookMs = 5_000;
const lookSoonMs = 1_000;
// Fewer than this are through within seconds.
const few = 20;

/** Makes rows, so many in a commit; nothing is sent before all are there. */
export function expandTurn(announcement: Known, { aims }: Rows, now: number): Turn {
  const last = aims.at(-1);
  const ops = rowsFor(announcement.id, aims, now);
  if (!last || aims.length < rowsTogether) return { ops, say: [], end: 'expanded', wakeAt: now };
  const after = targetId(announcement.id, slackIdOf(last.target));
  return { ops, say: [], work: { task: 'expand', after }, wakeAt: now + pauseMs };
}

/**
 * Hands over whose turn it is, and never more than are soon sent: what was not handed over is stopped, changed and counted at
 * once. Before that, whoever was to read it in a channel that does not take it joins those who wait.
 */
export function sendTurn(announcement: Known, rows: Rows, now: number): Turn {
  const { counts, page, posts, changes, nextFrom } = rows;
  if (page.length > 0) {
    return { ops: page.map((row) => moved(row, onTheirOwn(row, now))), say: [], wakeAt: now + pauseMs };
  }
  const handed = [...posts, ...changes].map((row) => handOver(row, announcement.edition, now));
  const turn = { ops: handed.map(({ op }) => op), say: handed.map(({ say }) => say) };
  const onTheirWay = counts.queued + handed.length;
  if (onTheirWay === 0 && counts.waiting === 0 && counts.outdated === 0) return { ...turn, end: 'finish', wakeAt: now };
  if (onTheirWay === 0) return { ...turn, wakeAt: Math.max(nextFrom ?? 0, now + lookSoonMs) };
  return { ...turn, wakeAt: now + (onTheirWay < few ? lookSoonMs : lookMs) };
}

/** What failed is to be tried once more. */
export function retryTurn(_announcement: Known, { page }: Rows, now: number): Turn {
  const ops = page.map((row) => moved(row, restored(row, now)));
  if (page.length < rowsTogether) return { ops, say: [], work: null, wakeAt: now + 1 };
  return { ops, say: [], wakeAt: now + pauseMs };
}

/** Stopped: what waits is left, and what is on its way comes to its end. */
export function leaveTurn(_announcement: Known, { page, counts }: Rows, now: number): Turn {
  const ops = page.map((row) => moved(row, passedOver(row, now)));
  if (page.length > 0) return { ops, say: [], wakeAt: now + pauseMs };
  if (counts.queued > 0) return { ops, say: [], wakeAt: now + lookSoonMs };
  return { ops, say: [], work: null, end: 'rest', wakeAt: now };
}

/**
 * Withdraws what stands, row by row. First, once: what failed to change is taken for what stands. `work.after` says that this
 * is done, since what fails from then on failed to be withdrawn.
 */
export function retractTurn({ work }: Known, rows: Rows, now: number): Turn {
  const { page, changes, counts } = rows;
  const isBegun = work?.after !== '';
  if (page.length > 0) {
    const ops = page.map((row) => moved(row, clearedOf(row, now)));
    return { ops, say: [], wakeAt: now + pauseMs };
  }
  if (!isBegun) return { ops: [], say: [], work: { task: 'retract', after: 'begun' }, wakeAt: now + 1 };
  const handed = changes.map((row) => handOver(row, withdrawal, now));
  const turn = { ops: handed.map(({ op }) => op), say: handed.map(({ say }) => say) };
  if (handed.length + counts.queued === 0) return { ...turn, end: 'retracted', wakeAt: now };
  return { ...turn, wakeAt: now + (handed.length + counts.queued < few ? lookSoonMs : lookMs) };
}

function clearedOf(row: Row, now: number) {
  switch (row.state) {
    case 'failed':
      return restored(row, now);
    case 'quiet':
    case 'covered':
      return withdrawn(row, now);
    default:
      return passedOver(row, now);
  }
}

/** The card that shows its sender how far it is. */
export function progressCopy(announcement: Known): Say {
  return {
    kind: 'copy',
    card: 'announcement.progress',
    id: announcement.id,
    place: { person: senderOf(announcement) },
    lost: 'may',
  };
}

/** Whether the card is to be drawn again: when a hundredth of the way may be done, and whenever a way begins or ends. */
export function isToBeDrawn({ drawnAt }: Known, counts: Counts, pace: Pace, end: Turn['end'], now: number): boolean {
  if (drawnAt === undefined || (end !== undefined && end !== 'expanded')) return true;
  return now - drawnAt >= drawEveryMs(counts, pace);
}
