import { insertOnce } from '../core/attempts.ts';
import { nextWorkingMoment } from '../core/business-time.ts';
import type { Mentors, Reminders } from '../core/links.ts';
import { type AnyJob, type Doc, type Op, type PersonId, put, remove, type Say } from '../core/ports.ts';
import { finishInTurn } from '../core/steps.ts';
import { dueFor, type Follow, type PairFacts } from './jobs.ts';
import { wake } from './joining.ts';
import { match } from './matching.ts';
import { hasHat, type Member, members, roomToRead } from './member.ts';
import type { Mentorship, MentorshipDeps } from './mentorship.ts';
import { type Pair, pairs } from './pair.ts';
import { takesPart } from './roster.ts';
import { type Round, roundId, rounds } from './round.ts';
import { introduction, memberTold, waitingNews } from './saying.ts';
import { topicsOf, wordsIn } from './topics.ts';

/** What follows by itself: rounds of matching, the clocks of pairs and members, and what becomes of those who left. */
export interface Pairing {
  readonly jobs: readonly AnyJob[];
  /** Plans the first round; called at the start. */
  begin(): Promise<void>;
  /** Ends what people who left were part of. */
  peopleChanged(): Promise<void>;
  readonly mentors: Mentors;
}

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
// A lead reads no more in one sitting, and three documents each are far from what one commit takes.
const mostProposals = 100;
const mostOpen = 2_000;

export function createPairing(
  deps: Pick<MentorshipDeps, 'store' | 'outbox' | 'clock' | 'people' | 'standsAt' | 'program'> & {
    readonly reminders: Pick<Reminders, 'wake' | 'spend'>;
    readonly mentorship: Mentorship;
  },
): Pairing {
  const { store, clock, people, mentorship, reminders } = deps;

  /** When the office works next, not before `from`. */
  function officeMoment(from: number, person?: PersonId): number {
    const calendar = mentorship.calendarFor(person);
    return nextWorkingMoment(from, calendar, { from: calendar.hours.to, to: calendar.hours.from });
  }

  /* ---------- rounds ---------- */

  async function stepRound(doc: Doc<Round>, now: number): Promise<Work> {
    const moment = officeMoment(now);
    if (moment > now) return { ops: [put(rounds, roundId, { ...doc, next: moment }, doc.version)], say: [] };
    const program = mentorship.program();
    const { waiting, guiding } = await mentorship.roster();
    const matches = await finishInTurn(match(waiting, guiding, program, now));
    const shown = matches.slice(0, mostProposals);
    const { ops, say } = await mentorship.propose(shown);
    const next = officeMoment(now + (shown.length < matches.length ? hourMs : program.rounds.everyDays * dayMs));
    const last = { at: now, waiting: waiting.length, pairs: shown.length };
    return { ops: [put(rounds, roundId, { next, last }, doc.version), ...ops], say };
  }

  /* ---------- pairs ---------- */

  async function stepPair(doc: Doc<Pair>, now: number): Promise<Work> {
    const facts = {
      hours: await Promise.all([doc.mentor, doc.mentee].map(hoursOf)),
      channel: (await deps.standsAt(introduction(doc)))?.channel,
      checkIns: mentorship.program().checkIns,
    };
    return carryOut(doc, dueFor(doc, facts, now), now);
  }

  /** The working hours of somebody, where they say that they work. */
  async function hoursOf(person: PersonId): Promise<PairFacts['hours'][number]> {
    const member = await mentorship.member(person);
    const calendar = mentorship.calendarFor(person);
    const zone = member?.zone ?? calendar.zone;
    return { calendar: { ...calendar, zone }, quiet: { from: calendar.hours.to, to: calendar.hours.from } };
  }

  async function carryOut(doc: Doc<Pair>, follow: Follow, now: number): Promise<Work> {
    switch (follow.kind) {
      case 'move':
        return mentorship.move(doc.id, undefined, follow.move);
      case 'forget':
        return { ops: [put(pairs, doc.id, follow.value, doc.version)], say: [] };
      case 'ask': {
        // A lead may have gone, or another come: whoever leads now is asked.
        const woken = await Promise.all(mentorship.leads().map((lead) => reminders.wake(lead, now)));
        const wakeAt = officeMoment(now + mentorship.program().rounds.decideDays * dayMs);
        return { ops: [put(pairs, doc.id, { ...doc, wakeAt }, doc.version), ...woken.flat()], say: [] };
      }
      case 'wait':
        return { ops: [put(pairs, doc.id, { ...doc, wakeAt: follow.until }, doc.version)], say: [] };
    }
  }

  /* ---------- members ---------- */

  async function stepMember(doc: Doc<Member>, now: number): Promise<Work> {
    const person = doc.id as PersonId;
    const save = (value: Member) => put(members, doc.id, value, doc.version);
    const moment = hasHat(doc) ? officeMoment(now, person) : now;
    if (moment > now) return { ops: [save({ ...doc, wakeAt: moment })], say: [] };
    const woken = wake(doc, now, mentorship.program().rounds, mentorship.zoneOf(person));
    switch (woken.kind) {
      case 'forget':
        return { ops: [remove(members, doc)], say: [] };
      case 'nothing':
        return { ops: [save(woken.member)], say: [] };
      case 'resumed':
        return { ops: [save(woken.member)], say: [memberTold(person, 'resumed', [], now)] };
      case 'over':
        return { ops: [save(woken.member)], say: [memberTold(person, 'over', woken.hats, now)] };
      case 'news': {
        const spent = await reminders.spend(person, now);
        // Their budget is spent: the next working day will do.
        if (!spent) return { ops: [save({ ...doc, wakeAt: officeMoment(now + dayMs, person) })], say: [] };
        return { ops: [save(woken.member), ...spent], say: [waitingNews(person, now)] };
      }
    }
  }

  /* ---------- who left ---------- */

  async function peopleChanged(): Promise<void> {
    const gone = new Set<string>();
    for (const hat of ['mentor', 'mentee', 'ambassador'] as const) {
      for await (const { id } of mentorship.everybody(hat)) if (hasLeft(id as PersonId)) gone.add(id);
    }
    for (const state of ['proposed', 'confirmed', 'active', 'paused'] as const) {
      for (const pair of await mentorship.list(`state:${state}`, mostOpen)) {
        for (const person of [pair.mentor, pair.mentee]) if (hasLeft(person)) gone.add(person);
      }
    }
    for (const person of gone) {
      const { ops, say } = await mentorship.leave(person as PersonId, 'departed');
      await store.commit([...ops, ...(await deps.outbox.ops(say))]);
    }
  }

  /** Somebody who is not known yet is none who left: the directory may still be reading. */
  function hasLeft(person: PersonId): boolean {
    const found = people.get(person);
    return found !== undefined && !takesPart(found);
  }

  /* ---------- changes that mentors read ---------- */

  const mentors: Mentors = {
    async withRoom({ asker, project = '', text = '' }, now) {
      const program = deps.program();
      if (!program) return [];
      const named = topicsOf(program, { skills: [], words: [project.replace(/[/]/g, ','), text].join(',') });
      const words = [...named, ...wordsIn(text.replace(/\s+/g, ','))];
      const own = new Set(
        (await mentorship.pairsOf(asker, 'open')).filter((one) => one.mentee === asker).map((one) => one.mentor),
      );
      const avoids = new Set((await mentorship.member(asker))?.blocked ?? []);
      const found: { readonly id: PersonId; readonly rank: number }[] = [];
      for await (const member of mentorship.everybody('mentor')) {
        const id = member.id as PersonId;
        const { mentor } = member;
        const may = id !== asker && takesPart(people.get(id)) && !avoids.has(id) && !member.blocked.includes(asker);
        if (!may || !mentor || roomToRead(member) === 0) continue;
        const topics = topicsOf(program, mentor);
        const fits = new Set(words.filter((word) => topics.has(word))).size;
        const lately = mentor.read.filter((at) => now - at < 30 * dayMs).length;
        found.push({ id, rank: (own.has(id) ? 1_000 : 0) + fits * 10 - mentor.reading.length * 5 - lately });
      }
      return found.toSorted((a, b) => b.rank - a.rank || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
    },
    took: (mentor, request) =>
      changeMentor(mentor, (hat) =>
        hat.reading.includes(request) ? undefined : { ...hat, reading: [...hat.reading, request] },
      ),
    gave: (mentor, request, outcome, now) =>
      changeMentor(mentor, (hat) =>
        hat.reading.includes(request)
          ? {
              ...hat,
              reading: hat.reading.filter((one) => one !== request),
              read: outcome === 'read' ? [...hat.read, now] : hat.read,
            }
          : undefined,
      ),
  };

  async function changeMentor(
    id: PersonId,
    change: (hat: NonNullable<Member['mentor']>) => Member['mentor'] | undefined,
  ): Promise<readonly Op[]> {
    const member = await store.get(members, id);
    const hat = member?.mentor && change(member.mentor);
    return member && hat ? [put(members, id, { ...member, mentor: hat }, member.version)] : [];
  }

  return {
    jobs: [jobOf(rounds, stepRound), jobOf(pairs, stepPair), jobOf(members, stepMember)],
    begin: () => insertOnce(store, rounds, roundId, { next: officeMoment(clock.now()) }),
    peopleChanged,
    mentors,
  };
}

/** What a step comes to. */
interface Work {
  readonly ops: readonly Op[];
  readonly say: readonly Say[];
}

function jobOf<T extends object>(
  collection: AnyJob['collection'],
  step: (doc: Doc<T>, now: number) => Promise<Work>,
): AnyJob {
  return { collection, run: (doc, now) => step(doc as Doc<T>, now) };
}
