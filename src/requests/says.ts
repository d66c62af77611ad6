import type { PersonId, Place, Say } from '../core/ports.ts';
import { approversBefore } from './recalling.ts';
import { isQuiet, type Known, type RequestEvent, type Spot } from './request.ts';

/*
 * What is said about requests, by the names of cards:
 * `request` `<id>`: the card of those who decide, one copy in each place. `request.mine` `<id>`: the requester's.
 * `request.note` `<id>/<index of the event>/<reader>`: what happened, said once to whom it concerns.
 * `request.receipt` `<id>/<number of events>`: for whoever wants to keep it. `request.passed` `<id>/<who wrote>`: in a thread.
 * `request.reminder` `<person>`: what somebody is waited for. `request.digest` `<person>/<ISO date>`: what waits on whom.
 */

/** The card of those who decide, at one place. */
export function requestCopy(id: string, place: Spot): Say {
  return { kind: 'copy', card: 'request', id, place, lost: 'must' };
}

/** The requester's card: where they asked, but what is confidential in their own conversation. */
export function mineCopy({ id, requester, where, restricted }: Known): Say {
  const place = where && !restricted ? where : { person: requester };
  return { kind: 'copy', card: 'request.mine', id, place, lost: 'must' };
}

/** Another system is told that the state is another one. What it is told is fixed by the number of events. */
export function calledOut(request: Known): readonly Say[] {
  if (isQuiet(request)) return [];
  const id = `${request.id}/${request.events.length}/${request.state}`;
  return [{ kind: 'call', key: `req:${id}`, hook: 'request.state', id }];
}

// A board of nine whose members vote within a minute takes about 40 updates then, of the 45 that all of Slack's cards have.
const tallyWaitMs = 20_000;

/**
 * Every copy there is: whatever happens, all of them change. While only the tally does, those of others wait for further votes;
 * whoever voted sees at once that it counts.
 * @param from index of the first event that is new
 */
export function refreshed(request: Known, from = 0): readonly Say[] {
  if (isQuiet(request)) return [];
  const [only, ...more] = request.events.slice(from);
  const voter = only?.kind === 'voted' && more.length === 0 ? only.by : undefined;
  const copies = [...request.cards.map((place) => requestCopy(request.id, place)), mineCopy(request)];
  if (voter === undefined) return copies;
  return copies.map((copy) =>
    copy.kind === 'copy' && !isOf(copy.place, voter) ? { ...copy, mayWaitMs: tallyWaitMs } : copy,
  );
}

function isOf(place: Place, person: PersonId): boolean {
  return 'person' in place && place.person === person;
}

/** Tells one place of the event at `index`, once. */
export function noted(request: Known, index: number, place: Spot, reader: Reader): Say {
  const lost = reader === 'requester' || reader === 'decider' ? 'must' : 'may';
  const key = `req:${request.id}/${index}:${reader}:${spotKey(place)}`;
  return { kind: 'notice', key, card: 'request.note', id: `${request.id}/${index}/${reader}`, place, lost };
}

type Reader = 'requester' | 'decider' | 'lead' | 'nudged';

/**
 * What events make us say beside posting and refreshing copies. The requester hears of questions, decisions and dates that
 * moved; those who decide of answers and of what is theirs now, unless the card that was just posted says it.
 * @param from index of the first of them
 * @param turnsOf the places whose turn an event makes it, but for those where the card is posted anew
 * @param threadOf where the card of a channel stands, to write below it
 */
export function saidBecause(
  request: Known,
  from: number,
  turnsOf: (event: RequestEvent) => readonly Spot[],
  threadOf: (place: Spot) => Spot,
): readonly Say[] {
  if (isQuiet(request)) return [];
  const { requester, where, restricted } = request;
  const home: Spot = where && !restricted ? where : { person: requester };
  return request.events.flatMap((event, index): readonly Say[] => {
    if (index < from) return [];
    const readers = readersOf(event, request);
    return [
      ...(readers.requester ? [noted(request, index, home, 'requester')] : []),
      ...[...readers.deciders, ...othersIn(turnsOf(event), request.events.slice(from, index), event)].map((place) =>
        noted(request, index, threadOf(place), 'decider'),
      ),
    ];
  });
}

/** Whoever had their say in a stage that is asked again hears that, and not beside it that it is their turn. */
function othersIn(turns: readonly Spot[], before: readonly RequestEvent[], event: RequestEvent): readonly Spot[] {
  if (event.kind !== 'opened') return turns;
  const told = before.flatMap((one) => (one.kind === 'recalled' && one.stage === event.stage ? one.who : []));
  return turns.filter((place) => !told.some((person) => isOf(place, person)));
}

interface Readers {
  readonly requester: boolean;
  readonly deciders: readonly Spot[];
}

const nobody: Readers = { requester: false, deciders: [] };

/** Whom an event concerns who did not make it. */
function readersOf(event: RequestEvent, request: Known): Readers {
  const isTheirs = 'by' in event && event.by === request.requester;
  switch (event.kind) {
    case 'asked':
    case 'approved':
    case 'declined':
    case 'revoked':
    case 'expired':
      return { ...nobody, requester: true };
    case 'reminded': {
      // Reminders that were missed come together, and only the last of them says something.
      const next = request.events[request.events.indexOf(event) + 1];
      return { ...nobody, requester: next?.kind !== 'reminded' };
    }
    case 'reopened':
    case 'superseded':
    case 'withdrawn':
      return { ...nobody, requester: !isTheirs };
    case 'opened': {
      // The first promise is on the card that says it was received.
      const isFirst = request.events.findIndex((one) => one.kind === 'opened' && one.promised !== undefined);
      const moved = event.promised !== undefined && request.events[isFirst] !== event;
      return { ...nobody, requester: moved };
    }
    case 'noted':
      return event.privately ? nobody : { requester: !isTheirs, deciders: isTheirs ? request.cards : [] };
    case 'answered':
      return { requester: !isTheirs, deciders: askersOf(request, event) };
    case 'recalled':
      return { ...nobody, deciders: event.by ? [] : event.who.map((person) => ({ person })) };
    case 'recorded': {
      const { decider } = event;
      return { requester: true, deciders: 'person' in decider && decider.person !== event.by ? [decider] : [] };
    }
    default:
      return nobody;
  }
}

/** Whoever asked what was answered, and whoever approved before it corrected something; each once. */
function askersOf(request: Known, answered: RequestEvent): readonly Spot[] {
  const { events } = request;
  const at = events.indexOf(answered);
  const last = events.slice(0, at).findLastIndex(({ kind }) => kind === 'answered');
  const asked = events.slice(last + 1, at).flatMap((event) => (event.kind === 'asked' ? [event.by] : []));
  return [...new Set([...asked, ...approversBefore(request, answered)])].map((person) => ({ person }));
}

/** The receipt of a request as it stands, for somebody to keep: once for each state of it. */
export function receiptFor(request: Known, person: PersonId): Say {
  const id = `${request.id}/${request.events.length}`;
  return {
    kind: 'notice',
    key: `req-receipt:${id}:${person}`,
    card: 'request.receipt',
    id,
    place: { person },
    lost: 'must',
  };
}

/** Says in the thread where somebody wrote that it was passed on, once for each time. */
export function passedOn(request: Known, by: PersonId, thread: Spot): Say {
  const id = `${request.id}/${by}`;
  const key = `req-passed:${request.id}/${request.events.length}:${spotKey(thread)}`;
  return { kind: 'notice', key, card: 'request.passed', id, place: thread, lost: 'may' };
}

/** Those who lead hear once that a promise is over. */
export function toldLeads(request: Known, index: number, leads: readonly PersonId[]): readonly Say[] {
  return leads.map((person) => noted(request, index, { person }, 'lead'));
}

/** A place as part of a key; people and channels never share one. */
export function spotKey(spot: Spot): string {
  return 'person' in spot ? `@${spot.person}` : `${spot.channel}:${spot.thread ?? ''}`;
}
