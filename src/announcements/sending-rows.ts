import { everyDoc } from '../core/pages.ts';
import {
  type AnyJob,
  type Doc,
  type Mailing,
  type Op,
  type Outcome,
  type People,
  put,
  remove,
  type Say,
  type ShowCard,
  type Store,
} from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import {
  type Announcement,
  announcements,
  announcementTexts,
  changingKey,
  coveredKey,
  forgetAt,
  type Known,
  rowsKey,
  shownKey,
  type Target,
  targetId,
  targets,
  textId,
} from './announcement.ts';
import type { Aim, Aims, Delivery, Miss } from './delivery.ts';
import { forgetStep } from './forget.ts';
import {
  expandTurn,
  isToBeDrawn,
  leaveTurn,
  mostChanges,
  mostPosts,
  progressCopy,
  type Rows,
  retractTurn,
  retryTurn,
  sendTurn,
  type Turn,
} from './jobs.ts';
import { type Counts, type Pace, progressOf } from './progress.ts';
import { type ProgressButtons, progressMessage } from './progress-views.ts';
import { isReachable, nextAims, rowsTogether } from './recipients.ts';
import { adopted } from './revising.ts';
import { isPictureAtFault, isStillWanted, messageCard, moved, type Row, readMailingKey, settleRow } from './sending.ts';

/** What a change of the use case brings: its operations, and what must be said because of it. */
interface Change {
  readonly announcement: Known;
  readonly ops: readonly Op[];
  readonly say: readonly Say[];
}

export interface SendingDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly people: People;
  readonly pace: Pace;
  readonly aims: Aims;
  /** What becomes of a scheduled announcement whose time has come. */
  startScheduled(doc: Stored, now: number): Promise<Change>;
  /** A move of the clock, with its place in the chain. */
  clockMove(doc: Stored, kind: 'expanded' | 'finish' | 'retracted'): Promise<Change>;
  /** What its sender may do about an announcement on its way. */
  readonly buttons: ProgressButtons;
}

/** Brings announcements to their places and keeps count. */
export interface Sending extends Delivery {
  readonly jobs: readonly AnyJob[];
  readonly mailings: Readonly<Record<typeof messageCard, Mailing>>;
  readonly cards: Readonly<Record<'announcement.progress', ShowCard>>;
}

type Stored = Doc<Announcement>;

const states: readonly Target['state'][] = [
  'waiting',
  'queued',
  'sent',
  'failed',
  'unknown',
  'quiet',
  'covered',
  'left',
  'retracted',
];
const minuteMs = 60_000;
const missesOnPage = 50;
// More failures than this have one reason, and the card is drawn often.
const mostCounted = 500;

export function createSending(deps: SendingDeps): Sending {
  const { store, clock, people, pace } = deps;
  /** The list of the announcement that is being expanded: it holds until its last row is there. */
  let list: { readonly id: string; readonly since: number; readonly aims: readonly Aim[] } | undefined;

  async function countsOf({ id, edition }: Known): Promise<Counts> {
    const count = (key: string) => store.count(targets, { key });
    const numbers = await Promise.all(states.map((state) => count(rowsKey(id, state))));
    const byState = Object.fromEntries(states.map((state, at) => [state, numbers[at] ?? 0])) as Record<
      Target['state'],
      number
    >;
    const outdated = byState.sent - (await count(shownKey(id, edition)));
    return { ...byState, changing: await count(changingKey(id)), outdated };
  }

  async function pageOf(key: string, limit: number, to?: number): Promise<readonly Row[]> {
    if (limit <= 0) return [];
    const { docs } = await store.list(targets, { key, order: 'asc', limit, ...(to === undefined ? {} : { to }) });
    return docs;
  }

  async function rowsOf(doc: Stored, now: number): Promise<Rows> {
    const counts = await countsOf(doc);
    const none = { counts, aims: [], page: [], posts: [], changes: [], nextFrom: undefined };
    const { id, state, work } = doc;
    if (state === 'expanding') return { ...none, aims: nextAims(id, await aimsOf(doc, now), work?.after ?? '') };
    if (state === 'cancelled') {
      const waiting = await pageOf(rowsKey(id, 'waiting'), rowsTogether);
      return { ...none, page: waiting.length > 0 ? waiting : await uncovered(doc, counts, ['left', 'failed']) };
    }
    if (state === 'retracting') return { ...none, ...(await rowsToRetract(doc, counts)) };
    if (work?.task === 'retry') return { ...none, page: await pageOf(rowsKey(id, 'failed'), rowsTogether) };
    return { ...none, ...(await rowsToSend(doc, counts, now)) };
  }

  async function aimsOf(doc: Stored, now: number): Promise<readonly Aim[]> {
    if (list?.id === doc.id && list.since === doc.since) return list.aims;
    const aims = await deps.aims(doc, now);
    list = { id: doc.id, since: doc.since, aims };
    return aims;
  }

  async function rowsToSend(doc: Stored, counts: Counts, now: number): Promise<Partial<Rows>> {
    const { id } = doc;
    const page = counts.failed > 0 ? await uncovered(doc, counts, ['failed']) : [];
    if (page.length > 0) return { page };
    const posts = await pageOf(rowsKey(id, 'waiting'), mostPosts - (counts.queued - counts.changing), now + 1);
    const [next] = await pageOf(rowsKey(id, 'waiting'), 1);
    return { posts, changes: await outdatedRows(doc, mostChanges - counts.changing), nextFrom: next?.from };
  }

  /** Rows of those who were to read it in a channel that came to such an end. */
  async function uncovered(
    { id, audience }: Known,
    { covered }: Counts,
    ends: readonly Target['state'][],
  ): Promise<readonly Row[]> {
    if (covered === 0) return [];
    const rows: Row[] = [];
    for (const channel of audience.channels) {
      const row = await store.get(targets, targetId(id, channel));
      if (!row || !ends.includes(row.state)) continue;
      rows.push(...(await pageOf(coveredKey(id, channel), rowsTogether - rows.length)));
    }
    return rows;
  }

  /** Rows that stand with an older edition than the one that readers get, the oldest edition first. */
  async function outdatedRows({ id, edition }: Known, limit: number): Promise<readonly Row[]> {
    const rows: Row[] = [];
    for (let older = 1; older < edition && rows.length < limit; older += 1) {
      rows.push(...(await pageOf(shownKey(id, older), limit - rows.length)));
    }
    return rows;
  }

  async function rowsToRetract({ id, work }: Stored, counts: Counts): Promise<Pick<Rows, 'page' | 'changes'>> {
    // Failures of the withdrawal itself stay what they are: a lead sees them and tries again.
    const failed = work?.after === '' ? await standingFailures(id) : [];
    const page = [...failed];
    for (const state of ['waiting', 'quiet', 'covered'] as const) {
      page.push(...(await pageOf(rowsKey(id, state), rowsTogether - page.length)));
    }
    return { page, changes: page.length > 0 ? [] : await pageOf(rowsKey(id, 'sent'), mostChanges - counts.changing) };
  }

  async function standingFailures(id: string): Promise<readonly Row[]> {
    const failed: Row[] = [];
    for await (const row of everyDoc(store, targets, { key: rowsKey(id, 'failed'), order: 'asc' })) {
      if (row.posted) failed.push(row);
      if (failed.length === rowsTogether) break;
    }
    return failed;
  }

  function turnOf(doc: Stored, rows: Rows, now: number): Turn {
    if (doc.state === 'expanding') return expandTurn(doc, rows, now);
    if (doc.state === 'cancelled') return leaveTurn(doc, rows, now);
    if (doc.state === 'retracting') return retractTurn(doc, rows, now);
    return doc.work?.task === 'retry' ? retryTurn(doc, rows, now) : sendTurn(doc, rows, now);
  }

  async function step(
    doc: Stored,
    now: number,
  ): Promise<{ readonly ops: readonly Op[]; readonly say: readonly Say[] }> {
    if (now >= forgetAt(doc)) return { ops: await forgetStep(store, doc, now), say: [] };
    if (doc.state === 'scheduled') return deps.startScheduled(doc, now);
    const rows = await rowsOf(doc, now);
    const turn = turnOf(doc, rows, now);
    const draws = isToBeDrawn(doc, rows.counts, pace, turn.end, now);
    const own = await ownOps(draws ? { ...doc, drawnAt: now } : doc, turn);
    if (turn.end === 'expanded') list = undefined;
    return { ops: [...own.ops, ...turn.ops], say: [...own.say, ...turn.say, ...(draws ? [progressCopy(doc)] : [])] };
  }

  /** What is written of the announcement itself. */
  async function ownOps(
    doc: Stored,
    { end, work, wakeAt }: Turn,
  ): Promise<{ readonly ops: readonly Op[]; readonly say: readonly Say[] }> {
    if (end && end !== 'rest') return deps.clockMove(doc, end);
    const { id, version, ...value } = doc;
    const { work: before, ...rest } = value;
    const next = work === undefined ? before : (work ?? undefined);
    const after: Announcement = { ...rest, ...(next ? { work: next } : {}), wakeAt: end === 'rest' ? null : wakeAt };
    return { ops: [put(announcements, id, after, version)], say: [] };
  }

  /** A row with its announcement, as its key names them. */
  async function read(key: string) {
    const named = readMailingKey(key);
    const row = await store.get(targets, named.row);
    const announcement = row && (await store.get(announcements, row.announcement));
    const reachable = row ? isReachable(row.target, (person) => people.get(person)?.active ?? true) : false;
    return { edition: named.edition, row, announcement, reachable };
  }

  async function settle(key: string, outcome: Outcome, now: number): Promise<readonly Op[]> {
    const { edition, row, announcement, reachable } = await read(key);
    if (row?.state !== 'queued') return [];
    const text = announcement && (await store.get(announcementTexts, textId(announcement.id, announcement.edition)));
    const hasPicture = text?.picture !== undefined;
    const facts = { edition, state: announcement?.state, reachable, hasPicture, now };
    const { id, version, ...before } = row;
    const ops: Op[] = [put(targets, id, settleRow(before, outcome, facts), version)];
    const blamesPicture = outcome.kind === 'failed' && isPictureAtFault(row, outcome.code, hasPicture);
    if (announcement && blamesPicture && !announcement.pictureGone) ops.push(withoutPicture(announcement));
    return ops;
  }

  function withoutPicture({ id, version, ...announcement }: Doc<Announcement>): Op {
    return put(announcements, id, { ...announcement, pictureGone: true }, version);
  }

  async function progress(announcement: Known) {
    const now = clock.now();
    const { id, state, since } = announcement;
    const lately = (one: Target['state']) => store.count(targets, { key: rowsKey(id, one), from: now - minuteMs });
    const ended = await Promise.all((['sent', 'failed', 'unknown', 'retracted'] as const).map(lately));
    const { docs } = await store.list(targets, { key: rowsKey(id, 'waiting'), order: 'desc', limit: 1 });
    return progressOf(await countsOf(announcement), {
      ...{ state, since, pace, now },
      lately: ended.reduce((sum, count) => sum + count, 0),
      lastFrom: docs[0]?.from,
    });
  }

  /** Failed places first, then unknown ones; a cursor names which of them it is in. */
  async function missesOf(announcement: string, after?: string): ReturnType<Delivery['misses']> {
    const [state, cursor] = after?.split('|') ?? [];
    if (state === 'unknown') return missesIn(announcement, 'unknown', cursor);
    const failed = await missesIn(announcement, 'failed', cursor);
    if (failed.next) return failed;
    const unknown = await store.count(targets, { key: rowsKey(announcement, 'unknown') });
    if (unknown === 0) return failed;
    return failed.misses.length > 0 ? { ...failed, next: 'unknown|' } : missesIn(announcement, 'unknown', undefined);
  }

  /** So many that their reasons can be counted. */
  async function firstMisses(
    announcement: string,
  ): Promise<{ readonly misses: readonly Miss[]; readonly more: boolean }> {
    const misses: Miss[] = [];
    let after: string | undefined;
    do {
      const page = await missesOf(announcement, after);
      misses.push(...page.misses);
      after = page.next;
    } while (after && misses.length < mostCounted);
    return { misses, more: after !== undefined };
  }

  async function missesIn(announcement: string, state: Miss['state'], after: string | undefined) {
    const key = rowsKey(announcement, state);
    const cursor = after ? { after } : {};
    const { docs, next } = await store.list(targets, { key, order: 'asc', limit: missesOnPage, ...cursor });
    const misses: readonly Miss[] = docs.map(({ target, reason = '' }) => ({ target, state, reason }));
    return next ? { misses, next: `${state}|${next}` } : { misses };
  }

  return {
    progress,
    misses: missesOf,
    async found(announcement, reader, at) {
      // Conversations with one person have ids of their own.
      const place = at.channel.startsWith('D') ? reader : at.channel;
      const row = await store.get(targets, targetId(announcement, place));
      return row?.state === 'unknown' ? [moved(row, adopted(row, at, clock.now()))] : [];
    },
    jobs: [
      { collection: announcements, run: (doc, now) => step(doc as Stored, now) },
      // Rows are kept as long as what was said may be changed; who got it is then nobody's business any more.
      { collection: targets, run: async (doc) => ({ ops: [remove(targets, doc)], say: [] }) },
    ],
    mailings: {
      [messageCard]: {
        async isWanted(key) {
          const { row, edition, announcement, reachable } = await read(key);
          return row !== undefined && isStillWanted(row, edition, announcement, reachable);
        },
        settle,
      },
    },
    cards: {
      async 'announcement.progress'(id, viewer, locale) {
        const announcement = await store.get(announcements, id);
        if (!announcement) return undefined;
        const look = { locale: viewer?.locale ?? locale, buttons: deps.buttons, ...(await firstMisses(id)) };
        return progressMessage(announcement, await progress(announcement), look);
      },
    },
  };
}
