import type { Announcement, Target } from './announcement.ts';
import type { Progress } from './delivery.ts';

/** Messages a minute that Slack takes from us, as long as nobody else wants to send any. */
export interface Pace {
  readonly post: number;
  readonly update: number;
}

/** How many rows there are in each state. */
export interface Counts extends Readonly<Record<Target['state'], number>> {
  /** Of `queued`: a message that stands is being changed. */
  readonly changing: number;
  /** Of `sent`: standing with an older edition. */
  readonly outdated: number;
}

/** What the counts do not say. */
export interface ProgressFacts {
  readonly state: Announcement['state'];
  /** When the way began, ms. */
  readonly since: number;
  /** Rows that came to an end within the last minute. */
  readonly lately: number;
  /** When the time of the last row that waits comes, ms. */
  readonly lastFrom: number | undefined;
  readonly pace: Pace;
  readonly now: number;
}

const minuteMs = 60_000;
// Before that a rate is noise.
const shortestMeasureMs = 15_000;
const rarestMs = 60_000;
// An update of one card in five seconds leaves the pace of updates to everybody else.
const oftenestMs = 5_000;

const waysOpen: ReadonlySet<Announcement['state']> = new Set(['expanding', 'sending', 'retracting']);

/** How far delivery is, with its rate and the time that is left at the pace that Slack allows. */
export function progressOf(counts: Counts, facts: ProgressFacts): Progress {
  const { state, now, since } = facts;
  const isOpen = waysOpen.has(state);
  const elapsed = Math.min(now - since, minuteMs);
  const perMinute = isOpen && elapsed >= shortestMeasureMs ? (facts.lately * minuteMs) / elapsed : undefined;
  const { queued, changing, outdated, ...states } = counts;
  return {
    ...states,
    waiting: states.waiting + queued - changing,
    sent: states.sent + changing,
    outdated: state === 'retracting' ? states.sent + changing : outdated + changing,
    total: totalOf(counts),
    perMinute: perMinute === undefined ? undefined : Math.round(perMinute),
    restMs: isOpen ? restOf(counts, facts, perMinute) : undefined,
  };
}

/** All places that there are. */
function totalOf({ changing, outdated, ...states }: Counts): number {
  return Object.values(states).reduce((sum, count) => sum + count, 0);
}

/**
 * Posts and changes have each a pace of their own and go on side by side. Slower than Slack allows is what was measured, since
 * somebody else sends, too; undefined where nothing moves.
 */
function restOf(counts: Counts, facts: ProgressFacts, perMinute: number | undefined): number | undefined {
  const { posts, changes } = leftOf(counts, facts.state);
  const isMoving = perMinute === undefined || perMinute > 0;
  if (!isMoving && counts.queued > 0) return undefined;
  const measured = perMinute && (posts === 0 || changes === 0) ? (posts + changes) / perMinute : 0;
  const allowed = Math.max(posts / facts.pace.post, changes / facts.pace.update);
  const wait = counts.waiting > 0 && facts.lastFrom !== undefined ? facts.lastFrom - facts.now : 0;
  return Math.max(Math.round(Math.max(allowed, measured) * minuteMs), wait);
}

/** Messages that are still to be posted, and to be changed. */
function leftOf(counts: Counts, state: Announcement['state']): { readonly posts: number; readonly changes: number } {
  const { waiting, queued, changing, outdated, sent } = counts;
  if (state === 'retracting') return { posts: queued - changing, changes: sent + changing };
  return { posts: waiting + queued - changing, changes: outdated + changing };
}

/** How long so many messages take at the pace that Slack allows, ms. */
export function takesMs(messages: number, perMinute: number): number {
  return Math.round((messages / perMinute) * minuteMs);
}

/** How long the card that shows it stands before it is drawn again, ms: about a hundredth of the whole way. */
export function drawEveryMs(counts: Counts, pace: Pace): number {
  const wholeMs = (totalOf(counts) / pace.post) * minuteMs;
  return Math.min(Math.max(wholeMs / 100, oftenestMs), rarestMs);
}

/** Whole percents of the way, never 100 before its end. */
export function percentOf(done: number, total: number): number {
  if (total === 0 || done >= total) return 100;
  return Math.min(99, Math.floor((done * 100) / total));
}
