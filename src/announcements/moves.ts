import type { PersonId } from '../core/ports.ts';
import type { Announcement, AnnouncementEvent, AnnouncementState, Numbers } from './announcement.ts';

/** What somebody, or the clock, wants to do with an announcement. */
export type Move =
  /** `revision`: the one that was previewed. `numbers`: those that were shown. `startAt`: when it goes out, ms. */
  | { readonly kind: 'confirm'; readonly revision: number; readonly numbers: Numbers; readonly wide: boolean }
  | { readonly kind: 'approve'; readonly revision: number; readonly numbers: Numbers }
  | { readonly kind: 'return'; readonly text: string }
  | { readonly kind: 'cancel' }
  /** Another edition of the text. `anew`: whoever confirmed reading it is asked again. */
  | { readonly kind: 'revise'; readonly anew: boolean }
  | { readonly kind: 'retry' }
  | { readonly kind: 'retract'; readonly text: string }
  | ClockMove;

/** `halt`: it may not go out any more. `expanded`: all rows are there. `finish`: no row waits. `retracted`: withdrawn everywhere. */
export type ClockMove =
  | { readonly kind: 'halt'; readonly why: 'no_lead' | 'nobody' }
  | { readonly kind: 'start' | 'expanded' | 'finish' | 'retracted' };

export interface Circumstances {
  readonly now: number;
  /** Absent: the clock. */
  readonly actor?: PersonId;
  /** Whether a person may send announcements. */
  isLead(person: PersonId): boolean;
  /** When it is to begin to go out, ms; not after `now` for one without timing. */
  readonly startAt: number;
}

export type Refusal =
  | { readonly why: 'not_lead' | 'own' | 'changed' | 'nobody' | 'full' | 'not_now' }
  | { readonly why: 'too_late'; readonly state: AnnouncementState; readonly by?: PersonId; readonly at: number };

export type Decision =
  | { readonly event: AnnouncementEvent; readonly refusal?: never }
  | { readonly refusal: Refusal; readonly event?: never };

const from: Readonly<Record<Move['kind'], readonly AnnouncementState[]>> = {
  confirm: ['draft'],
  approve: ['review'],
  return: ['review', 'scheduled'],
  cancel: ['draft', 'review', 'scheduled', 'expanding', 'sending'],
  revise: ['expanding', 'sending', 'sent'],
  retry: ['sent', 'retracted'],
  retract: ['expanding', 'sending', 'sent', 'cancelled'],
  halt: ['scheduled'],
  start: ['scheduled'],
  expanded: ['expanding'],
  finish: ['sending'],
  retracted: ['retracting'],
};

const clockMoves: ReadonlySet<Move['kind']> = new Set(['halt', 'start', 'expanded', 'finish', 'retracted']);
// An event is at most 4 kB with its reason, and a stored document ends at 256 kB.
const mostEvents = 60;

/** Whether `move` may be made now. Pure: a refused move changes nothing. */
export function announcementMove(announcement: Announcement, move: Move, circumstances: Circumstances): Decision {
  const refusal = refusalOf(announcement, move, circumstances);
  return refusal ? { refusal } : { event: eventOf(announcement, move, circumstances) };
}

function refusalOf(announcement: Announcement, move: Move, { actor, isLead }: Circumstances): Refusal | undefined {
  const isClock = clockMoves.has(move.kind);
  if (!isClock && !(actor && isLead(actor))) return { why: 'not_lead' };
  if (!from[move.kind].includes(announcement.state)) return tooLate(announcement);
  // Nothing was said: there is nothing to withdraw.
  if (move.kind === 'retract' && announcement.sentAt === undefined) return { why: 'not_now' };
  const isBounded = move.kind === 'revise' || move.kind === 'retry' || move.kind === 'return';
  if (isBounded && announcement.events.length >= mostEvents) return { why: 'full' };
  if (move.kind !== 'confirm' && move.kind !== 'approve') return undefined;

  if (move.kind === 'approve' && actor === announcement.confirmedBy) return { why: 'own' };
  if (move.revision !== announcement.revision) return { why: 'changed' };
  return move.numbers.people + move.numbers.channels === 0 ? { why: 'nobody' } : undefined;
}

/** Who was quicker, and when. */
function tooLate({ state, events, since }: Announcement): Refusal {
  const last = events.at(-1);
  return { why: 'too_late', state, at: since, ...(last && 'by' in last ? { by: last.by } : {}) };
}

function eventOf(announcement: Announcement, move: Move, { now, actor }: Circumstances): AnnouncementEvent {
  const by = { at: now, by: actor ?? announcement.author };
  switch (move.kind) {
    case 'confirm':
      return { kind: 'confirmed', ...by, numbers: move.numbers, wide: move.wide };
    case 'approve':
      return { kind: 'approved', ...by, numbers: move.numbers };
    case 'return':
      return { kind: 'returned', ...by, text: move.text };
    case 'cancel':
      return { kind: 'cancelled', ...by };
    case 'revise':
      return { kind: 'revised', ...by, edition: announcement.edition + 1, anew: move.anew };
    case 'retry':
      return { kind: 'retried', ...by };
    case 'retract':
      return { kind: 'retracting', ...by, text: move.text };
    case 'halt':
      return { kind: 'halted', at: now, why: move.why };
    case 'start':
      return { kind: 'started', at: now };
    case 'expanded':
      return { kind: 'expanded', at: now };
    case 'finish':
      return { kind: 'finished', at: now };
    case 'retracted':
      return { kind: 'retracted', at: now };
  }
}

/**
 * The announcement after an event.
 * @param startAt when what is confirmed begins to go out, ms: what is not later than the event goes out at once
 */
export function applyEvent(before: Announcement, event: AnnouncementEvent, startAt: number): Announcement {
  const { at } = event;
  const told = { ...before, since: at, events: [...before.events, event] };
  switch (event.kind) {
    case 'begun':
      return told;
    case 'confirmed': {
      const confirmed = { ...told, confirmedBy: event.by, numbers: event.numbers };
      return event.wide ? { ...confirmed, state: 'review', wakeAt: null } : goOut(confirmed, at, startAt);
    }
    case 'approved':
      return goOut({ ...told, approvedBy: event.by, numbers: event.numbers }, at, startAt);
    case 'returned':
    case 'halted':
      return { ...withoutConsent(told), state: 'draft', wakeAt: null };
    case 'started':
      return begin(told, at);
    case 'expanded': {
      const { work, ...rest } = told;
      // A step of the clock has to come to a later one.
      return { ...rest, state: 'sending', wakeAt: at + 1 };
    }
    case 'finished': {
      const { work, ...rest } = told;
      return { ...rest, state: 'sent', wakeAt: null };
    }
    case 'cancelled': {
      const { work, ...rest } = told;
      // Rows that wait are told that their turn will not come.
      const leave =
        told.sentAt === undefined ? { wakeAt: null } : { wakeAt: at, work: { task: 'leave' as const, after: '' } };
      return { ...rest, state: 'cancelled', ...leave };
    }
    case 'revised':
      return revise(told, event);
    case 'retried':
      if (told.state === 'retracted') return withdraw(told, at);
      return { ...told, state: 'sending', work: { task: 'retry', after: '' }, wakeAt: at };
    case 'retracting':
      return withdraw(told, at);
    case 'retracted': {
      const { work, ...rest } = told;
      return { ...rest, state: 'retracted', wakeAt: null };
    }
  }
}

function goOut(confirmed: Announcement, at: number, startAt: number): Announcement {
  return startAt > at ? { ...confirmed, state: 'scheduled', wakeAt: startAt } : begin(confirmed, at);
}

function begin(announcement: Announcement, at: number): Announcement {
  return { ...announcement, state: 'expanding', sentAt: at, work: { task: 'expand', after: '' }, wakeAt: at + 1 };
}

function withdraw(announcement: Announcement, at: number): Announcement {
  return { ...announcement, state: 'retracting', work: { task: 'retract', after: '' }, wakeAt: at };
}

/** Rows that are not made yet get the new edition anyway; those that are, are gone through from the start. */
function revise(told: Announcement, event: Extract<AnnouncementEvent, { kind: 'revised' }>): Announcement {
  const { edition, anew, at } = event;
  const revised = { ...told, edition, confirmFrom: anew ? edition : told.confirmFrom, wakeAt: at };
  // While rows are made this work goes on; delivery compares `shown` with `edition` before it finishes.
  if (told.state === 'expanding') return revised;
  return { ...revised, state: 'sending', work: { task: 'revise', after: '' } };
}

function withoutConsent(announcement: Announcement): Announcement {
  const { confirmedBy, approvedBy, numbers, ...rest } = announcement;
  return rest;
}

/** Text, audience or timing changed: what was previewed or confirmed is no longer what it is. */
export function touched(draft: Announcement): Announcement {
  return { ...draft, revision: draft.revision + 1 };
}
