import { type Calendar, workingMoment } from '../core/business-time.ts';
import type { Doc, PersonId, Say } from '../core/ports.ts';
import { forget } from './forget.ts';
import { forgetAt, type Handoff, hasCard, type Spot } from './handoff.ts';
import { apply } from './moves.ts';
import { calledOffice, refreshed, toldAsker, toldLeads } from './saying.ts';

/** What the clock needs to know beside the question. */
export interface ClockFacts {
  readonly calendar: Calendar;
  readonly waitedFor: readonly PersonId[];
  readonly leads: readonly PersonId[];
  /** The thread of the card in the channel, where there is one. */
  readonly thread: Spot | undefined;
}

/** What is to be done with a question now: the clock as long as somebody is waited for, and in the end it is forgotten. */
export function stepHandoff(
  doc: Doc<Handoff>,
  facts: ClockFacts,
  now: number,
): { readonly value: Handoff; readonly say: readonly Say[] } {
  if (doc.wakeAt === null && now >= forgetAt(doc)) return { value: forget(doc, now), say: [] };
  return stepClock(doc, facts, now);
}

/**
 * Reminds once when most of the promised time has passed, and tells those who lead once when it is over: in working
 * hours only. Missed hours fold: what is late is not reminded of first. Always moves or clears the time of waking.
 */
export function stepClock(
  doc: Doc<Handoff>,
  facts: ClockFacts,
  now: number,
): { readonly value: Handoff; readonly say: readonly Say[] } {
  if (doc.wakeAt === null) return { value: doc, say: [] };
  const moment = workingMoment(now, facts.calendar);
  if (moment > now) return { value: { ...doc, wakeAt: moment }, say: [] };
  return now >= doc.deadline.due ? escalate(doc, facts, now) : nudge(doc, facts, now);
}

function nudge(doc: Doc<Handoff>, { waitedFor, thread }: ClockFacts, now: number) {
  const value = { ...apply(doc, { kind: 'nudged', at: now }), id: doc.id };
  return { value, say: calledOffice(value, value.events.length - 1, waitedFor, thread) };
}

function escalate(doc: Doc<Handoff>, { leads, thread }: ClockFacts, now: number) {
  const late = { ...apply(doc, { kind: 'escalated', at: now, to: [...leads] }), id: doc.id };
  const index = late.events.length - 1;
  // Without a channel a lead may have no card to act on: then the card itself is what tells them.
  const newcomers = thread ? [] : leads.filter((lead) => !hasCard(late, lead));
  const value = { ...late, cards: [...late.cards, ...newcomers.map((person) => ({ person }))] };
  const told = leads.filter((lead) => !newcomers.includes(lead));
  return { value, say: [...refreshed(value), ...toldLeads(value, index, told), toldAsker(value, index)] };
}
