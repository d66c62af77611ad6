import { z } from 'zod';
import type { Collection, PersonId } from '../core/ports.ts';

const filled = z.string().min(1);
const person = z.custom<PersonId>((value) => typeof value === 'string' && value !== '');
const date = z.iso.date();
/** Skills by id, and free words as they were written. */
const topics = { skills: z.array(filled).max(100), words: z.string().max(300) };
const hours = z.int().min(1).max(80);

/** What somebody offers as a mentor. */
export const MentorHat = z.strictObject({
  ...topics,
  /** Hours a month. */
  hours,
  /** How many mentees at a time. */
  places: z.int().min(1).max(20),
  /** The last day of it. */
  until: date.exactOptional(),
  /** How many changes of others they read at a time, before these go upstream. */
  reviews: z.int().min(0).max(10),
  /** Pairs that take a place, also those that are only proposed. */
  pairs: z.array(filled),
  /** Requests whose change they read now. */
  reading: z.array(filled),
  /** When they have read a change, ms. */
  read: z.array(z.number()),
});
export type MentorHat = z.infer<typeof MentorHat>;

/** What somebody looks for as a mentee. */
export const MenteeHat = z.strictObject({
  ...topics,
  goals: z.string().max(1_000),
  hours,
  until: date.exactOptional(),
  /** Since when they wait, or had waited when their pair was made, ms: whoever loses a mentor keeps their place. */
  since: z.number(),
  /** The pair that they are in, also when it is only proposed. */
  pair: filled.exactOptional(),
  /** When they last heard that they wait, ms. */
  toldAt: z.number(),
});
export type MenteeHat = z.infer<typeof MenteeHat>;

/** What somebody helps everybody with, without a pair. */
export const AmbassadorHat = z.strictObject({ ...topics, about: z.string().max(300), since: z.number() });
export type AmbassadorHat = z.infer<typeof AmbassadorHat>;

/** Somebody in the program, under any of three hats; without one they have left, and only whom they met and blocked is kept. */
export const Member = z.strictObject({
  joinedAt: z.number(),
  /** By id of the program's list, the best one first. */
  languages: z.array(filled),
  /** Where it differs from the one in their Slack profile. */
  zone: filled.exactOptional(),
  /** Whom they do not want to be paired with. Nobody else sees it. */
  blocked: z.array(person).max(50),
  /** Whom they were paired with, or a lead ruled out. */
  met: z.array(person),
  /** The last day of a break. */
  pausedUntil: date.exactOptional(),
  mentor: MentorHat.exactOptional(),
  mentee: MenteeHat.exactOptional(),
  ambassador: AmbassadorHat.exactOptional(),
  /** When to look again, ms: a break or a term ends, it is time to say how the waiting goes, or to forget who left. */
  wakeAt: z.number().nullable(),
});
export type Member = z.infer<typeof Member>;

/** A stored member; the id is the person's. */
export type KnownMember = Member & { readonly id: string };

/** Whether somebody takes part in anything. */
export function hasHat({ mentor, mentee, ambassador }: Member): boolean {
  return mentor !== undefined || mentee !== undefined || ambassador !== undefined;
}

/** Whether somebody takes no new pairs at the moment. */
export function isPaused({ pausedUntil }: Pick<Member, 'pausedUntil'>): boolean {
  return pausedUntil !== undefined;
}

/** How many more mentees a mentor takes now. */
export function roomOf(member: Member): number {
  const { mentor } = member;
  return mentor && !isPaused(member) ? Math.max(0, mentor.places - mentor.pairs.length) : 0;
}

/** How many more changes a mentor reads now. */
export function roomToRead(member: Member): number {
  const { mentor } = member;
  return mentor && !isPaused(member) ? Math.max(0, mentor.reviews - mentor.reading.length) : 0;
}

/** Whether somebody waits for a mentor. */
export function isWaiting(member: Member): member is Member & { readonly mentee: MenteeHat } {
  return member.mentee !== undefined && member.mentee.pair === undefined && !isPaused(member);
}

/** Index keys under which leads count: a mentor stands under `room` once for each free place, under `read` for each change read. */
export const mentorKeys = {
  room: 'room',
  read: 'read',
  speaks: (language: string) => `speaks:${language}`,
  /** Whoever waits, by the language they like best. */
  waits: (language: string) => `waiting:${language}`,
} as const;

function mentorEntries(member: Member): readonly { readonly key: string; readonly at: number }[] {
  const { mentor, joinedAt } = member;
  if (!mentor) return [];
  return [
    { key: 'mentor', at: joinedAt },
    ...Array.from({ length: roomOf(member) }, (_, place) => ({ key: mentorKeys.room, at: place })),
    ...mentor.read.map((at) => ({ key: mentorKeys.read, at })),
    ...member.languages.map((language) => ({ key: mentorKeys.speaks(language), at: joinedAt })),
  ];
}

function menteeEntries(member: Member): readonly { readonly key: string; readonly at: number }[] {
  const { mentee, languages } = member;
  if (!mentee) return [];
  const at = mentee.since;
  const waits = languages.slice(0, 1).map((language) => ({ key: mentorKeys.waits(language), at }));
  return [{ key: 'mentee', at }, ...(isWaiting(member) ? [{ key: 'waiting', at }, ...waits] : [])];
}

const keepDays = 400;
/** How long it is kept whom somebody met and blocked who has left, ms: as long as their pairs, in which the same names stand. */
export const keepMemberMs = keepDays * 24 * 60 * 60_000;

/**
 * As long as somebody is a member, and from then on so long; whoever leaves is forgotten at once but for whom they met and blocked,
 * so that nobody who comes back is paired with them.
 */
export const members: Collection<Member> = {
  name: 'mentorship_member',
  schema: Member,
  shape: 1,
  index(member) {
    const { ambassador } = member;
    return [
      ...mentorEntries(member),
      ...menteeEntries(member),
      ...(ambassador ? [{ key: 'ambassador', at: ambassador.since }] : []),
    ];
  },
  due: ({ wakeAt }) => wakeAt,
  retain: { days: keepDays, end: 'delete' },
  personal: ['languages', 'zone', 'blocked', 'met', 'mentor', 'mentee', 'ambassador'],
};
