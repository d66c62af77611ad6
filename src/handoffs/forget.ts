import type { PersonId } from '../core/ports.ts';
import { createPseudonyms } from '../core/pseudonyms.ts';
import type { Handoff, HandoffEvent, Spot } from './handoff.ts';
import { apply } from './moves.ts';

/**
 * The question when its time is over: the words and the people go; the times, what happened, in which order, and what
 * the bot had answered stay for the numbers. Within one question a person keeps one pseudonym, which says nothing
 * beyond it. What nobody ended is ended by this.
 */
export function forget(handoff: Handoff, now: number): Handoff {
  const ended = handoff.state === 'open' || handoff.state === 'claimed' ? endedAt(handoff, now) : handoff;
  const name = createPseudonyms();
  const { asker, holder, question, where: _, cards, events, ...kept } = ended;
  const { id: _id, ...words } = question;
  return {
    ...kept,
    asker: name(asker),
    ...(holder ? { holder: name(holder) } : {}),
    question: { ...words, text: '' },
    where: { person: name(asker) },
    cards: cards.map((spot) => withoutPerson(spot, name)),
    events: events.map((event) => withoutPeople(event, name)),
    wakeAt: null,
    forgotten: true,
  };
}

function endedAt(handoff: Handoff, at: number): Handoff {
  return apply(handoff, { kind: 'closed', at, by: 'nobody' as PersonId, reason: 'unneeded', text: '' });
}

function withoutPeople(event: HandoffEvent, name: (person: PersonId) => PersonId): HandoffEvent {
  const bare = 'text' in event ? { ...event, text: '' } : event;
  if (bare.kind === 'nudged') return bare;
  if (bare.kind === 'escalated') return { ...bare, to: bare.to.map(name) };
  const { draft: _, ...moved } = bare;
  const by = name(moved.by);
  if (moved.kind === 'handed') return { ...moved, by, ...(moved.to ? { to: name(moved.to) } : {}) };
  if (moved.kind === 'reopened') return { ...moved, by, ...(moved.holder ? { holder: name(moved.holder) } : {}) };
  return { ...moved, by };
}

/** The office's channel is no person; the message in it leads to one. */
function withoutPerson(spot: Spot, name: (person: PersonId) => PersonId): Spot {
  return 'person' in spot ? { person: name(spot.person) } : { channel: spot.channel };
}
