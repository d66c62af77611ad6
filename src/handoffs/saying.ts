import type { PersonId, Say } from '../core/ports.ts';
import type { Handoff, HandoffEvent, Spot } from './handoff.ts';

/** A stored question with its id. */
export type Known = Handoff & { readonly id: string };

/** The copy of the card at one place of those who answer. */
export function caseCopy(id: string, place: Spot): Say {
  return { kind: 'copy', card: 'handoff.case', id, place, lost: 'must' };
}

/** The asker's own copy: one status, one promised date. */
export function receiptCopy({ id, where }: Pick<Known, 'id' | 'where'>): Say {
  return { kind: 'copy', card: 'handoff.receipt', id, place: where, lost: 'must' };
}

/** Every copy there is: whatever happens, all of them change. */
export function refreshed(handoff: Known): readonly Say[] {
  return [...handoff.cards.map((place) => caseCopy(handoff.id, place)), receiptCopy(handoff)];
}

/** Tells the asker of the event at `index`, once. */
export function toldAsker(handoff: Known, index: number, place: Spot = handoff.where): Say {
  return notice('handoff.told', `${handoff.id}/${index}`, 'asker', place);
}

/**
 * Calls those who answer because of the event at `index`: in the thread of the card, naming them, or each by direct
 * message where there is no channel.
 * @param thread where the card of the channel stands; the channel itself as long as nobody knows
 */
export function calledOffice(
  handoff: Known,
  index: number,
  called: readonly PersonId[],
  thread: Spot | undefined,
): readonly Say[] {
  const places: readonly Spot[] = thread ? [thread] : called.map((person) => ({ person }));
  return places.map((place) => notice('handoff.call', `${handoff.id}/${index}`, 'office', place));
}

/** Tells those who lead that it is late, each by direct message. */
export function toldLeads(handoff: Known, index: number, leads: readonly PersonId[]): readonly Say[] {
  return leads.map((person) => notice('handoff.call', `${handoff.id}/${index}`, 'lead', { person }));
}

/**
 * What the latest event makes us say beside refreshing the copies.
 * @param at what is known of those who are waited for, and the thread of the card
 * @param inThread where the asker wrote, when it was in a thread: there they read that it was passed on
 */
export function saidBecause(
  handoff: Known,
  at: { readonly waitedFor: readonly PersonId[]; readonly thread: Spot | undefined },
  inThread?: Spot,
): readonly Say[] {
  const index = handoff.events.length - 1;
  const event: HandoffEvent | undefined = handoff.events[index];
  switch (event?.kind) {
    case 'answered':
    case 'queried':
      return [toldAsker(handoff, index)];
    case 'closed':
      return event.by === handoff.asker ? [] : [toldAsker(handoff, index)];
    case 'handed':
      return event.to && event.to !== event.by ? calledOffice(handoff, index, [event.to], at.thread) : [];
    case 'added':
    case 'reopened': {
      const passedOn = inThread ? [toldAsker(handoff, index, inThread)] : [];
      // What nobody has claimed yet is read when it is claimed; its card shows what was added.
      const calls = event.kind === 'reopened' || handoff.holder !== undefined;
      return [...passedOn, ...(calls ? calledOffice(handoff, index, at.waitedFor, at.thread) : [])];
    }
    default:
      return [];
  }
}

function notice(card: string, id: string, reader: 'asker' | 'office' | 'lead', place: Spot): Say {
  const [handoff = '', index = ''] = id.split('/');
  const key = `handoff:${handoff}:${index}:${reader}:${spotKey(place)}`;
  return { kind: 'notice', key, card, id, place, lost: reader === 'asker' ? 'must' : 'may' };
}

/** A place as part of a key; people and channels never share one. */
function spotKey(spot: Spot): string {
  return 'person' in spot ? `@${spot.person}` : `${spot.channel}:${spot.thread ?? ''}`;
}
