import type { PersonId } from '../core/ports.ts';
import type { Request, RequestEvent, StageState } from './request.ts';

/** The stage that a click is about; `changed`: what was seen is no longer what would be decided. */
export type Target =
  | { readonly stage: string; readonly changed?: never }
  | { readonly changed: true; readonly stage?: never };

/** What makes a request another one than the card said. */
const matters: ReadonlySet<RequestEvent['kind']> = new Set(['raised', 'reopened', 'appealed', 'recalled']);

/**
 * Finds the stage that somebody means who decides on a card. A card may be old: what it offered may be decided, and others
 * may have opened since. Nothing is decided that its reader had not seen, and no click counts for a second stage.
 * @param seen how many events the request had when the card was drawn
 * @param maySit whether the person may decide an open stage
 */
export function targetOf(
  request: Pick<Request, 'stages' | 'events'>,
  actor: PersonId,
  seen: number,
  maySit: (stage: StageState) => boolean,
): Target {
  const { stages, events } = request;
  const since = events.slice(seen);
  const own = since.findLast((event) => event.kind === 'voted' && event.by === actor);
  const stillCounts = (stage: string) =>
    stages.some(({ id, votes }) => id === stage && votes.some(({ by }) => by === actor));
  if (own?.kind === 'voted' && stillCounts(own.stage)) return { stage: own.stage };

  const opened = new Set(events.slice(0, seen).flatMap((event) => (event.kind === 'opened' ? [event.stage] : [])));
  const offered = stages.filter(({ id }) => opened.has(id));
  const isTheirs = (stage: StageState) => stage.state === 'open' && maySit(stage);
  const open = offered.filter((stage) => isTheirs(stage) && !stage.votes.some(({ by }) => by === actor));
  if (open[0]) {
    const isOther = since.some((event) => matters.has(event.kind) || (event.kind === 'answered' && event.answers));
    return isOther ? { changed: true } : { stage: open[0].id };
  }
  const voted = offered.find((stage) => stage.votes.some(({ by }) => by === actor));
  const settled = offered.findLast(({ state }) => state === 'approved' || state === 'declined');
  const over = voted ?? settled;
  if (over) return { stage: over.id };
  if (stages.some(isTheirs)) return { changed: true };
  const [first] = stages.filter(({ state }) => state === 'open');
  return { stage: (first ?? stages[0])?.id ?? '' };
}
