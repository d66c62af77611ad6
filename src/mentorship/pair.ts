import { z } from 'zod';
import type { Collection, PersonId } from '../core/ports.ts';

const filled = z.string().min(1);
const person = z.custom<PersonId>((value) => typeof value === 'string' && value !== '');
const date = z.iso.date();
/** What a person wrote. */
const words = z.string().max(1_000);
const at = z.number();
const done = { at, by: person };

/** One click on a check-in. */
export const Answer = z.enum(['met', 'not_yet', 'help']);
export type Answer = z.infer<typeof Answer>;

/**
 * Why a pair is over. `finished`: its time was over, or they said so. `rematch`: somebody wants another match; which of the two is
 * theirs to say. `departed`: somebody left the company. `left`: somebody left the program.
 */
export const Ending = z.enum(['finished', 'rematch', 'departed', 'left']);
export type Ending = z.infer<typeof Ending>;

export const Helped = z.enum(['yes', 'partly', 'no']);
export type Helped = z.infer<typeof Helped>;

/** Why a lead does not confirm a pair. */
export const Doubt = z.enum(['know_each_other', 'other_mentor', 'other']);
export type Doubt = z.infer<typeof Doubt>;

/** Something that happened to a pair, all of it in the order in which it happened. */
export const PairEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('proposed'), at }),
  /** Without `by` the program confirms by itself. */
  z.strictObject({ kind: z.literal('confirmed'), at, by: person.exactOptional(), until: date }),
  z.strictObject({ kind: z.literal('declined'), ...done, why: Doubt, text: words }),
  z.strictObject({ kind: z.literal('introduced'), at, checkAt: at }),
  /** Where their group stands; without `channel` each was told apart, since Slack opened none. */
  z.strictObject({ kind: z.literal('reached'), at, channel: filled.exactOptional() }),
  z.strictObject({ kind: z.literal('answered'), ...done, round: z.int().positive(), answer: Answer, checkAt: at }),
  z.strictObject({ kind: z.literal('missed'), at, round: z.int().positive(), checkAt: at }),
  /** A lead has taken care of a call for help, or of a pair that does not meet. */
  z.strictObject({ kind: z.literal('cared'), ...done }),
  z.strictObject({ kind: z.literal('goal_set'), ...done, goal: filled, text: words.min(1), due: date }),
  z.strictObject({ kind: z.literal('goal_ended'), ...done, goal: filled, outcome: z.enum(['met', 'dropped']) }),
  z.strictObject({ kind: z.literal('merged'), ...done, link: z.string().max(500) }),
  z.strictObject({ kind: z.literal('paused'), ...done, until: date, resumeAt: at }),
  /** Without `by` the break was over. */
  z.strictObject({ kind: z.literal('resumed'), at, by: person.exactOptional(), checkAt: at }),
  z.strictObject({ kind: z.literal('extended'), ...done, until: date }),
  z.strictObject({ kind: z.literal('ended'), at, by: person.exactOptional(), why: Ending }),
  z.strictObject({ kind: z.literal('looked_back'), ...done, helped: Helped, text: words }),
  /** Somebody would rather not look back. */
  z.strictObject({ kind: z.literal('waived'), ...done }),
]);
export type PairEvent = z.infer<typeof PairEvent>;

const Goal = z.strictObject({
  id: filled,
  text: words.min(1),
  /** The last day of it. */
  due: date,
  state: z.enum(['open', 'met', 'dropped']),
});

/**
 * A mentor and a mentee. What follows from `events` is everything from `state` on.
 *
 * proposed -> confirmed -> active <-> paused -> ended; proposed -> declined.
 */
export const Pair = z.strictObject({
  mentor: person,
  mentee: person,
  /** By id, the one they share. */
  language: filled,
  /** Why they were matched. */
  fit: z.strictObject({
    score: z.int(),
    topics: z.array(filled),
    /** Hours of a working day. */
    overlap: z.number(),
    waitedDays: z.int().nonnegative(),
  }),
  /** What the mentee wants to reach, as they wrote it when they joined. */
  wish: words,
  state: z.enum(['proposed', 'confirmed', 'active', 'paused', 'declined', 'ended']),
  /** When the state last changed, ms. */
  since: at,
  /** Where their group stands. */
  channel: filled.exactOptional(),
  /** The check-in that is next or open. */
  round: z.int().positive(),
  /** When it opens, ms; absent before the introduction. */
  checkAt: at.exactOptional(),
  /** Check-ins in a row without a meeting. */
  silent: z.int().nonnegative(),
  /** A lead is called: by one of the two, or without `by` because they do not meet. */
  call: z.strictObject({ by: person.exactOptional(), at }).exactOptional(),
  goals: z.array(Goal).max(20),
  /** Until when a break lasts, ms and the date that was given. */
  rest: z.strictObject({ until: date, resumeAt: at }).exactOptional(),
  /** The planned last day. */
  until: date.exactOptional(),
  /** When the clock wants attention, ms. */
  wakeAt: at.nullable(),
  events: z.array(PairEvent).min(1).max(500),
  /** Its time is over: people are pseudonyms, and words are gone. */
  forgotten: z.literal(true).exactOptional(),
});
export type Pair = z.infer<typeof Pair>;

/** A stored pair with its id. */
export type KnownPair = Pair & { readonly id: string };

/** They are a pair, or are about to be told so. */
export function isTogether({ state }: Pick<Pair, 'state'>): boolean {
  return state === 'confirmed' || state === 'active' || state === 'paused';
}

/** It takes a place of the mentor and of the mentee. */
export function isOpen(pair: Pick<Pair, 'state'>): boolean {
  return pair.state === 'proposed' || isTogether(pair);
}

export function isOf({ mentor, mentee }: Pick<Pair, 'mentor' | 'mentee'>, id: PersonId): boolean {
  return id === mentor || id === mentee;
}

/** The other one of the two. */
export function otherOf({ mentor, mentee }: Pick<Pair, 'mentor' | 'mentee'>, id: PersonId): PersonId {
  return id === mentor ? mentee : mentor;
}

/** When they were brought together, ms; undefined before. */
export function introducedAt({ events }: Pick<Pair, 'events'>): number | undefined {
  return events.find(({ kind }) => kind === 'introduced')?.at;
}

/** Whether one of the two has looked back, or would rather not. */
export function hasLookedBack({ events }: Pick<Pair, 'events'>, id: PersonId): boolean {
  return events.some((event) => (event.kind === 'looked_back' || event.kind === 'waived') && event.by === id);
}

const keepDays = 400;
/** How long an ended pair is kept with its people, ms: 13 months, so that a year can be held against the one before. */
export const keepMs = keepDays * 24 * 60 * 60_000;

/** Index keys under which leads count what came of all pairs: a pair stands once for each check-in and each goal. */
export const pairKeys = {
  checkIn: 'check',
  kept: 'check:met',
  goal: 'goal',
  goalMet: 'goal:met',
  merged: 'merged',
  /** By days, since when those who were brought together had waited. */
  waited: (language: string) => `waited:${language}`,
} as const;

function countedIn({ events, goals, fit, language }: Pair): readonly { readonly key: string; readonly at: number }[] {
  return [
    ...events.flatMap((event) => {
      if (event.kind !== 'answered' && event.kind !== 'missed') return [];
      const isKept = event.kind === 'answered' && event.answer === 'met';
      const keys = [pairKeys.checkIn, ...(isKept ? [pairKeys.kept] : [])];
      return keys.map((key) => ({ key, at: event.round }));
    }),
    ...goals.flatMap(({ state }, at) => {
      if (state === 'dropped') return [];
      const keys = [pairKeys.goal, ...(state === 'met' ? [pairKeys.goalMet] : [])];
      return keys.map((key) => ({ key, at }));
    }),
    ...(events.some(({ kind }) => kind === 'merged') ? [{ key: pairKeys.merged, at: 0 }] : []),
    ...(introducedAt({ events }) === undefined ? [] : [{ key: pairKeys.waited(language), at: fit.waitedDays }]),
  ];
}

export const pairs: Collection<Pair> = {
  name: 'mentorship_pair',
  schema: Pair,
  shape: 1,
  index(pair) {
    const { mentor, mentee, state, since, events, call } = pair;
    const first = events[0]?.at ?? since;
    return [
      { key: 'all', at: first },
      { key: `state:${state}`, at: since },
      ...(pair.forgotten
        ? []
        : [mentor, mentee].map((id) => ({ key: `${isOpen(pair) ? 'open' : 'past'}:${id}`, at: since }))),
      ...(call && !pair.forgotten ? [{ key: 'call', at: call.at }] : []),
      ...countedIn(pair),
    ];
  },
  due: ({ forgotten, wakeAt }) => (forgotten ? null : wakeAt),
  retain: { days: keepDays, end: 'pseudonymize' },
  personal: ['mentor', 'mentee', 'wish', 'channel', 'call.by', 'goals.text', 'events.by', 'events.text', 'events.link'],
};
