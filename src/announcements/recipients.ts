import { type Op, type PersonId, put } from '../core/ports.ts';
import { type Target, targetId, targets } from './announcement.ts';
import type { Aim } from './delivery.ts';

// A commit takes a thousand operations; half of them keep the loop busy for less than 10 ms.
export const rowsTogether = 500;

/** Slack's id of the person or channel. */
export function slackIdOf(target: Target['target']): string {
  return 'person' in target ? target.person : target.channel;
}

/**
 * The places that have no row yet, as many as one commit takes.
 * @param aims sorted by `targetId`
 * @param after id of the last row that is there
 */
export function nextAims(announcement: string, aims: readonly Aim[], after: string): readonly Aim[] {
  const first = aims.findIndex(({ target }) => targetId(announcement, slackIdOf(target)) > after);
  return first < 0 ? [] : aims.slice(first, first + rowsTogether);
}

/** Rows for places. Each is inserted: a commit that says a place twice fails as a whole. */
export function rowsFor(announcement: string, aims: readonly Aim[], now: number): readonly Op[] {
  return aims.map(({ target, from, quiet, by }) => {
    const state = by ? 'covered' : quiet ? 'quiet' : 'waiting';
    const row: Target = { announcement, target, state, from, shown: 0, since: now, ...(by ? { by } : {}) };
    return put(targets, targetId(announcement, slackIdOf(target)), row, 0);
  });
}

/** Whether a person still gets what was meant for them when the list was made: who left since does not. */
export function isReachable(target: Target['target'], isActive: (person: PersonId) => boolean): boolean {
  return 'channel' in target || isActive(target.person);
}
