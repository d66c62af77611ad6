import { dateAfter, dateAt } from '../core/business-time.ts';
import type { PersonId } from '../core/ports.ts';
import { type AmbassadorHat, hasHat, keepMemberMs, type Member, type MenteeHat, type MentorHat } from './member.ts';
import type { Program } from './program.ts';

/** What somebody fills in to join, or to change what they said. */
export interface Joining {
  readonly languages: readonly string[];
  readonly zone: string | undefined;
  readonly blocked: readonly PersonId[];
  readonly mentor: Pick<MentorHat, 'skills' | 'words' | 'hours' | 'places' | 'reviews'> | undefined;
  readonly mentee: Pick<MenteeHat, 'skills' | 'words' | 'hours' | 'goals'> | undefined;
  /** For how many months; undefined: until they say otherwise. */
  readonly months: number | undefined;
}

const dayMs = 24 * 60 * 60_000;

/**
 * A member with the hats that the form says. A hat that is left out is taken off, which only somebody without an open pair may do;
 * what the program keeps of a hat (places taken, since when somebody waits) stays.
 */
export function join(member: Member | undefined, form: Joining, now: number, zone: string, rounds: Rounds): Member {
  const { mentor, mentee, languages, blocked } = form;
  const { mentor: _mentor, mentee: _mentee, zone: _zone, ...kept } = member ?? emptyMember(now);
  const until =
    form.months === undefined ? {} : { until: dateAfter(dateAt(now, form.zone ?? zone), `P${form.months}M`) };
  const value: Member = {
    ...kept,
    languages: [...languages],
    blocked: [...blocked],
    ...(form.zone === undefined ? {} : { zone: form.zone }),
    ...(mentor
      ? {
          mentor: {
            ...mentor,
            ...until,
            pairs: member?.mentor?.pairs ?? [],
            reading: member?.mentor?.reading ?? [],
            read: member?.mentor?.read ?? [],
          },
        }
      : {}),
    ...(mentee
      ? {
          mentee: {
            ...mentee,
            ...until,
            since: member?.mentee?.since ?? now,
            toldAt: member?.mentee?.toldAt ?? now,
            ...(member?.mentee?.pair === undefined ? {} : { pair: member.mentee.pair }),
          },
        }
      : {}),
  };
  return awake(value, rounds, zone);
}

type Rounds = Pick<Program['rounds'], 'newsDays'>;

function emptyMember(now: number): Member {
  return { joinedAt: now, languages: [], blocked: [], met: [], wakeAt: null };
}

/** A member who helps everybody with something; with nothing to help with, no longer. */
export function helpWith(
  member: Member | undefined,
  hat: Omit<AmbassadorHat, 'since'> | undefined,
  languages: readonly string[],
  now: number,
): Member {
  const { ambassador, ...kept } = member ?? emptyMember(now);
  if (!hat) return hasHat(kept) ? kept : leave(kept, now);
  return { ...kept, languages: [...languages], ambassador: { ...hat, since: ambassador?.since ?? now } };
}

/**
 * Somebody who has left the program: only whom they met, and whom they do not want to meet, is kept, until it is certain that they
 * do not come back soon.
 */
export function leave({ joinedAt, met, blocked }: Member, now: number): Member {
  return { joinedAt, languages: [], met, blocked, wakeAt: now + keepMemberMs };
}

/** Takes no new pairs and reads no changes until a day is over. @param until ISO date, the last day of it */
export function pause(member: Member, until: string, zone: string): Member {
  return { ...member, pausedUntil: until, wakeAt: endOfDay(until, member.zone ?? zone) };
}

/** Takes part again. Who waited keeps their place: nobody loses it by a break. */
export function resume(member: Member, rounds: Rounds, zone: string): Member {
  const { pausedUntil: _, ...kept } = member;
  return awake(kept, rounds, zone);
}

/** A mentor gets a place taken, a mentee their pair. */
export function take(member: Member, hat: 'mentor' | 'mentee', pair: string, other: PersonId): Member {
  const met = member.met.includes(other) ? member.met : [...member.met, other];
  if (hat === 'mentor') {
    const { mentor } = member;
    return mentor ? { ...member, met, mentor: { ...mentor, pairs: [...mentor.pairs, pair] } } : member;
  }
  return member.mentee ? { ...member, met, mentee: { ...member.mentee, pair } } : member;
}

/**
 * The pair is over. A mentee who wants another, or has lost theirs, waits again from when they began to wait the time before; one
 * who has finished takes off the hat.
 */
export function release(
  member: Member,
  hat: 'mentor' | 'mentee',
  pair: string,
  goesOn: boolean,
  at: { readonly now: number; readonly rounds: Rounds; readonly zone: string },
): Member {
  if (hat === 'mentor') {
    const { mentor } = member;
    if (!mentor?.pairs.includes(pair)) return member;
    return { ...member, mentor: { ...mentor, pairs: mentor.pairs.filter((one) => one !== pair) } };
  }
  const { mentee, ...others } = member;
  if (mentee?.pair !== pair) return member;
  const { pair: _, ...waiting } = mentee;
  if (goesOn) return awake({ ...others, mentee: { ...waiting, toldAt: at.now } }, at.rounds, at.zone);
  return hasHat(others) ? awake(others, at.rounds, at.zone) : leave(others, at.now);
}

/** The clock looks again when a break or a term ends, or it is time for news of the waiting. */
export function awake(member: Member, { newsDays }: Rounds, zone: string): Member {
  const { pausedUntil, mentor, mentee } = member;
  const own = member.zone ?? zone;
  const ends = [pausedUntil, mentor?.until, mentee?.until].flatMap((date) => (date ? [endOfDay(date, own)] : []));
  const news = mentee && mentee.pair === undefined && !pausedUntil ? [mentee.toldAt + newsDays * dayMs] : [];
  const times = [...ends, ...news];
  return { ...member, wakeAt: times.length > 0 ? Math.min(...times) : null };
}

/** The first moment, ms, that is by the clocks of a zone no longer that day. */
function endOfDay(date: string, zone: string): number {
  const next = dateAfter(date, 'P1D');
  // Zones are at most 14 hours ahead and 12 behind: looked at by the hour, since changes of clocks fall on nights.
  let moment = Date.parse(next) - 15 * 3_600_000;
  while (dateAt(moment, zone) < next) moment += 15 * 60_000;
  return moment;
}

/** What the clock finds at a member. */
export type Wake =
  | { readonly kind: 'nothing'; readonly member: Member }
  | { readonly kind: 'resumed'; readonly member: Member }
  | { readonly kind: 'over'; readonly member: Member; readonly hats: readonly ('mentor' | 'mentee')[] }
  | { readonly kind: 'news'; readonly member: Member }
  /** They left long ago. */
  | { readonly kind: 'forget' };

/**
 * What is due for a member now: a break is over, a term is over (whoever is in a pair stays until it is), or somebody who waits
 * hears how it goes. Always moves or clears the time of waking. Whoever has no hat only waits to be forgotten.
 */
export function wake(member: Member, now: number, rounds: Rounds, zone: string): Wake {
  if (!hasHat(member)) return { kind: 'forget' };
  const today = dateAt(now, member.zone ?? zone);
  const isBack = member.pausedUntil !== undefined && member.pausedUntil < today;
  const back = isBack ? toldNow(resume(member, rounds, zone), now) : member;
  const { mentor, mentee } = back;
  const hats = [
    ...(mentor?.until !== undefined && mentor.until < today ? (['mentor'] as const) : []),
    ...(mentee?.until !== undefined && mentee.until < today ? (['mentee'] as const) : []),
  ];
  if (hats.length > 0) {
    const over = withoutTerm(back, hats);
    return { kind: 'over', hats, member: hasHat(over) ? awake(over, rounds, zone) : leave(over, now) };
  }
  if (isBack) return { kind: 'resumed', member: awake(back, rounds, zone) };
  if (mentee && mentee.pair === undefined && !member.pausedUntil && now >= mentee.toldAt + rounds.newsDays * dayMs) {
    return { kind: 'news', member: awake({ ...member, mentee: { ...mentee, toldAt: now } }, rounds, zone) };
  }
  return { kind: 'nothing', member: awake(member, rounds, zone) };
}

/** News that came up in a break is not made up for. */
function toldNow(member: Member, now: number): Member {
  return member.mentee ? { ...member, mentee: { ...member.mentee, toldAt: now } } : member;
}

/** Whoever has a pair or reads a change keeps the hat for it, and takes nobody new. */
function withoutTerm(member: Member, hats: readonly ('mentor' | 'mentee')[]): Member {
  const { mentor, mentee, ...others } = member;
  const taught = mentor && hats.includes('mentor') ? endedMentor(mentor) : mentor;
  const learned = mentee && hats.includes('mentee') ? endedMentee(mentee) : mentee;
  return { ...others, ...(taught ? { mentor: taught } : {}), ...(learned ? { mentee: learned } : {}) };
}

function endedMentor(mentor: MentorHat): MentorHat | undefined {
  const { until: _, ...hat } = mentor;
  if (mentor.pairs.length === 0 && mentor.reading.length === 0) return undefined;
  return { ...hat, places: Math.max(1, mentor.pairs.length), reviews: mentor.reading.length };
}

function endedMentee(mentee: MenteeHat): MenteeHat | undefined {
  const { until: _, ...hat } = mentee;
  return mentee.pair === undefined ? undefined : hat;
}
