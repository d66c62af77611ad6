import { addBusinessDays, type Calendar, calendarOf, dateAt } from '../core/business-time.ts';
import { UserError } from '../core/errors.ts';
import { randomId } from '../core/ids.ts';
import type { Reminders, StandsAt } from '../core/links.ts';
import type { Organization } from '../core/organization.ts';
import { everyDoc } from '../core/pages.ts';
import {
  type Doc,
  type Op,
  type Outbox,
  type People,
  type Person,
  type PersonId,
  put,
  type Say,
  type Store,
} from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import { type Changes, openChanges } from './changes.ts';
import { type Crowd, keepCrowd } from './crowd.ts';
import { awake, helpWith, type Joining, join, leave, pause, release, resume, take } from './joining.ts';
import type { Guiding, Match, Waiting } from './matching.ts';
import { type AmbassadorHat, hasHat, type KnownMember, type Member, members } from './member.ts';
import { apply, type Circumstances, decide, type Move, propose, type Refusal } from './moves.ts';
import { countNumbers, type Numbers } from './numbers.ts';
import { offsetOf } from './overlap.ts';
import { introducedAt, isOpen, type KnownPair, type Pair, pairs } from './pair.ts';
import type { Program } from './program.ts';
import { guidingOf, type Setting, takesPart, waitingOf } from './roster.ts';
import { saidBecause } from './saying.ts';
import { texts } from './texts.ts';
import { type Outlook, outlookFor, type Waited } from './waiting.ts';

export interface MentorshipDeps {
  readonly store: Store;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly people: People;
  organization(): Organization;
  /** Undefined where the content has none: then nobody joins. */
  program(): Program | undefined;
  readonly standsAt: StandsAt;
  readonly reminders: Reminders;
}

/** A change that is ready to be committed. */
export interface Done {
  readonly ops: readonly Op[];
  readonly say: readonly Say[];
}

/** A pair after a move, with what belongs into the same commit. */
export interface Moved extends Done {
  readonly pair: KnownPair;
}

/** The program: who takes part, and what becomes of pairs. */
export interface Mentorship {
  /** @throws UserError where there is no program */
  program(): Program;
  isLead(id: PersonId): boolean;
  /** Who confirms pairs and is called: never nobody as long as somebody works in the office. */
  leads(): readonly PersonId[];
  member(id: PersonId): Promise<KnownMember | undefined>;
  pair(id: string): Promise<KnownPair | undefined>;
  pairsOf(id: PersonId, which: 'open' | 'past'): Promise<readonly KnownPair[]>;
  list(key: string, limit: number): Promise<readonly KnownPair[]>;
  numbers(): Promise<Numbers>;
  /** Everybody who has a hat. */
  everybody(hat: 'mentor' | 'mentee' | 'ambassador' | 'waiting'): AsyncIterable<KnownMember>;
  /** @throws UserError when a hat with an open pair is taken off */
  join(person: Person, form: Joining): Promise<Done>;
  help(person: Person, hat: Omit<AmbassadorHat, 'since'> | undefined, languages: readonly string[]): Promise<Done>;
  /** @param until ISO date; undefined: takes part again. @throws UserError for a day that is over */
  pause(person: Person, until: string | undefined): Promise<Done>;
  /** Ends the pairs of somebody who leaves the program, or has left the company. */
  leave(id: PersonId, why: 'left' | 'departed'): Promise<Done>;
  /** @throws UserError when it is refused, saying why */
  move(id: string, actor: PersonId | undefined, move: Move): Promise<Moved>;
  /** Several moves of one person, all of them or none. */
  moves(id: string, actor: PersonId, moves: readonly Move[]): Promise<Moved>;
  /** The same as part of a commit of the reminder engine, which looks at the person anyway. */
  moveReminded(id: string, actor: PersonId, move: Move): Promise<Moved>;
  /** New pairs of people who match, for one commit. */
  propose(matches: readonly Match[]): Promise<Done>;
  /** Everybody who waits, and everybody who guides. */
  roster(): Promise<Crowd>;
  /** Where somebody stands who waits, or would if they joined now; undefined for who does not. */
  outlook(id: PersonId): Promise<Outlook | undefined>;
  /** As `outlook`, for somebody who is about to join with this form. */
  outlookWith(person: Person, form: Joining): Promise<Outlook | undefined>;
  zoneOf(id: PersonId | undefined): string;
  /** Working time of the office, by the clock of a person. */
  calendarFor(id: PersonId | undefined): Calendar;
}

const dayMs = 24 * 60 * 60_000;
// Waits of the last half year say what is to be expected; older ones are of another program.
const waitsMs = 182 * dayMs;
const mostPairsOfOne = 100;
// Who leads the program, and who stands in where nobody does.
const leading = ['mentorship', 'ospo-lead', 'ospo'];

export function createMentorship(deps: MentorshipDeps): Mentorship {
  const { store, clock, people, reminders } = deps;

  function program(): Program {
    const found = deps.program();
    if (!found) throw new UserError({ en: texts.en.noProgram, 'zh-CN': texts['zh-CN'].noProgram });
    return found;
  }

  function leads(): readonly PersonId[] {
    const { sponsor } = deps.organization().ospo;
    const roles = [...leading, ...(sponsor ? [sponsor] : [])];
    const found = roles.map((role) => people.withRole(role).filter(takesPart)).find((holders) => holders.length > 0);
    return [...new Set((found ?? []).map(({ id }) => id))];
  }

  /** A clock that Slack does not know is written as UTC; such a person counts as one of the first office. */
  function zoneOf(id: PersonId | undefined): string {
    const person = id && people.get(id);
    const { offices } = deps.organization();
    const office = offices.find((one) => one.id === (person ? person.office : undefined)) ?? offices[0];
    return person && person.zone !== 'UTC' ? person.zone : (office?.zone ?? 'UTC');
  }

  function calendarFor(id: PersonId | undefined): Calendar {
    const { offices } = deps.organization();
    const person = id && people.get(id);
    const office = offices.find((one) => one.id === (person ? person.office : undefined)) ?? offices[0];
    if (!office) throw new Error('an organization has at least one office');
    return { ...calendarOf(office), zone: zoneOf(id) };
  }

  function circumstances(actor: PersonId | undefined): Circumstances {
    return {
      now: clock.now(),
      actor,
      isLead: actor !== undefined && leads().includes(actor),
      zone: zoneOf(actor),
      checkIns: program().checkIns,
    };
  }

  function everybody(hat: string): AsyncIterable<KnownMember> {
    return everyDoc(store, members, { key: hat, order: 'asc' });
  }

  async function list(key: string, limit: number): Promise<readonly KnownPair[]> {
    return (await store.list(pairs, { key, order: 'desc', limit })).docs;
  }

  async function roster(): Promise<Crowd> {
    const now = clock.now();
    const offsets = new Map<string, number>();
    const setting: Setting = {
      program: program(),
      offset(zone) {
        const known = offsets.get(zone) ?? offsetOf(zone, now);
        offsets.set(zone, known);
        return known;
      },
    };
    const waiting: Waiting[] = [];
    const guiding: Guiding[] = [];
    for await (const member of everybody('waiting')) {
      const person = known(member.id);
      const found = person && waitingOf(member, person, setting);
      if (found) waiting.push(found);
    }
    for await (const member of everybody('mentor')) {
      const person = known(member.id);
      const found = person && guidingOf(member, person, setting);
      if (found) guiding.push(found);
    }
    return { waiting, guiding };
  }

  /** With the clock that matching counts with. */
  function known(id: string): Person | undefined {
    const person = people.get(id as PersonId);
    return person && { ...person, zone: zoneOf(person.id) };
  }

  const crowd = keepCrowd(store, clock, roster);

  async function outlook(id: PersonId): Promise<Outlook | undefined> {
    const { waiting, guiding } = await crowd();
    const own = waiting.find((one) => one.id === id);
    return own && outlookFor(own, waiting, guiding, await waits(), program());
  }

  async function outlookWith(person: Person, form: Joining): Promise<Outlook | undefined> {
    const now = clock.now();
    const member = join(await store.get(members, person.id), form, now, zoneOf(person.id), program().rounds);
    const offset = (zone: string) => offsetOf(zone, now);
    const own = waitingOf(
      { ...member, id: person.id },
      { ...person, zone: zoneOf(person.id) },
      { program: program(), offset },
    );
    const { waiting, guiding } = await crowd();
    return own && outlookFor(own, waiting, guiding, await waits(), program());
  }

  async function waits(): Promise<readonly Waited[]> {
    const from = clock.now() - waitsMs;
    const { docs } = await store.list(pairs, { key: 'all', from, order: 'desc', limit: 500 });
    return docs
      .filter((pair) => introducedAt(pair) !== undefined)
      .map(({ fit, language }) => ({ days: fit.waitedDays, language }));
  }

  /* ---------- members ---------- */

  async function written(person: Person, change: (member: Doc<Member> | undefined) => Member): Promise<Done> {
    const before = await store.get(members, person.id);
    const value = change(before);
    const ops = [put(members, person.id, value, before?.version ?? 0)];
    return {
      ops: [...ops, ...(await reminders.wake(person.id, clock.now()))],
      say: await reminders.refresh(person.id),
    };
  }

  async function joined(person: Person, form: Joining): Promise<Done> {
    const now = clock.now();
    const { rounds } = program();
    return written(person, (member) => {
      const keepsPair = (member?.mentor?.pairs.length ?? 0) > 0 && !form.mentor;
      const keepsMentor = member?.mentee?.pair !== undefined && !form.mentee;
      if (keepsPair || keepsMentor) throw refused('hat_in_use');
      return join(member, form, now, zoneOf(person.id), rounds);
    });
  }

  async function left(id: PersonId, why: 'left' | 'departed'): Promise<Done> {
    const changes = openChanges(store);
    const before = await changes.get(members, id);
    const say: Say[] = [];
    for (const { id: pairId } of await pairsOf(id, 'open')) {
      const pair = await changes.get(pairs, pairId);
      if (!pair) continue;
      const ended = await changed(pair, why === 'left' ? id : undefined, { kind: 'end', why }, changes);
      say.push(...ended.say);
    }
    if (before) changes.set(members, id, leave((await changes.get(members, id)) ?? before, clock.now()));
    return { ops: [...changes.ops(), ...(await wakeAll(say.length > 0 ? leads() : []))], say };
  }

  async function pairsOf(id: PersonId, which: 'open' | 'past'): Promise<readonly KnownPair[]> {
    return list(`${which}:${id}`, mostPairsOfOne);
  }

  /* ---------- pairs ---------- */

  async function moved(id: string, actor: PersonId | undefined, moves: readonly Move[]): Promise<Moved> {
    const { before: pair, changes, done } = await begun(id, actor, moves);
    const concerned = [pair.mentor, pair.mentee];
    const called = done.pair.call && !pair.call ? leads() : [];
    const woken = await wakeAll([...new Set([...concerned, ...called])]);
    const refreshed = await Promise.all([...new Set([...concerned, ...leads()])].map((one) => reminders.refresh(one)));
    return { pair: done.pair, ops: [...changes.ops(), ...woken], say: [...done.say, ...refreshed.flat()] };
  }

  async function begun(id: string, actor: PersonId | undefined, moves: readonly Move[]) {
    const changes = openChanges(store);
    const before = await changes.get(pairs, id);
    if (!before || before.forgotten) throw refused('gone');
    let pair = before;
    const say: Say[] = [];
    for (const move of moves) {
      const done = await changed(pair, actor, move, changes);
      pair = done.pair;
      say.push(...done.say);
    }
    return { before, changes, done: { pair, say } };
  }

  /** What is due for them may have changed; a check-in that lies ahead the engine finds by itself. */
  async function wakeAll(ids: readonly PersonId[]): Promise<readonly Op[]> {
    const there = ids.filter((id) => takesPart(people.get(id)));
    return (await Promise.all(there.map((id) => reminders.wake(id, clock.now())))).flat();
  }

  async function changed(
    before: KnownPair,
    actor: PersonId | undefined,
    move: Move,
    changes: Changes,
  ): Promise<{ readonly pair: KnownPair; readonly say: readonly Say[] }> {
    const world = circumstances(actor);
    const decision = decide(before, move, world);
    if (decision.refusal) throw refused(decision.refusal);
    const pair = { ...apply(before, decision.event, world.checkIns), id: before.id };
    changes.set(pairs, pair.id, pair);
    if (isOpen(before) && !isOpen(pair)) await freed(pair, actor, changes);
    const isGone = (id: PersonId) => !takesPart(people.get(id));
    return { pair, say: saidBecause(before, pair, world.checkIns, isGone) };
  }

  /** Both have their place again; a mentee who lost the mentor, or wants another, waits on. */
  async function freed(pair: KnownPair, actor: PersonId | undefined, changes: Changes): Promise<void> {
    const { rounds } = program();
    const last = pair.events.at(-1);
    const why = last?.kind === 'ended' ? last.why : 'rematch';
    const goesOn =
      why !== 'finished' && !(why === 'left' && actor === pair.mentee) && takesPart(people.get(pair.mentee));
    for (const hat of ['mentor', 'mentee'] as const) {
      const member = await changes.get(members, pair[hat]);
      if (!member) continue;
      const at = { now: clock.now(), rounds, zone: zoneOf(pair[hat]) };
      changes.set(members, pair[hat], release(member, hat, pair.id, goesOn, at));
    }
  }

  async function proposed(matches: readonly Match[]): Promise<Done> {
    const now = clock.now();
    const { rounds, pairing, months, checkIns } = program();
    const changes = openChanges(store);
    const askAgainAt = addBusinessDays(now, rounds.decideDays, calendarFor(leads()[0]));
    for (const { mentor, mentee, language, score, topics, overlap } of matches) {
      const [guide, learner] = [await changes.get(members, mentor), await changes.get(members, mentee)];
      if (!guide || !learner?.mentee) continue;
      const id = randomId();
      const waitedDays = Math.max(0, Math.floor((now - learner.mentee.since) / dayMs));
      const fit = { score, topics: [...topics], overlap, waitedDays };
      const opening = { mentor, mentee, language, fit, wish: learner.mentee.goals };
      const pair: Pair = propose(opening, now, askAgainAt);
      const [shortest = 6] = months;
      const confirmed = decide(pair, { kind: 'confirm', months: months[1] ?? shortest }, circumstances(undefined));
      changes.set(
        pairs,
        id,
        pairing === 'automatic' && confirmed.event ? apply(pair, confirmed.event, checkIns) : pair,
      );
      changes.set(members, mentor, take(guide, 'mentor', id, mentee));
      changes.set(members, mentee, awake(take(learner, 'mentee', id, mentor), rounds, zoneOf(mentee)));
    }
    return { ops: [...changes.ops(), ...(pairing === 'lead' ? await wakeAll(leads()) : [])], say: [] };
  }

  return {
    program,
    isLead: (id) => leads().includes(id),
    leads,
    member: (id) => store.get(members, id),
    pair: async (id) => {
      const pair = await store.get(pairs, id);
      return pair?.forgotten ? undefined : pair;
    },
    pairsOf,
    list,
    numbers: () => countNumbers(store, program()),
    everybody,
    join: joined,
    help: (person, hat, languages) => written(person, (member) => helpWith(member, hat, languages, clock.now())),
    pause: async (person, until) => {
      const zone = zoneOf(person.id);
      return written(person, (member) => {
        if (!member || !hasHat(member)) throw refused('gone');
        if (until !== undefined && until <= dateAt(clock.now(), zone)) throw refused('past_date');
        return until === undefined ? resume(member, program().rounds, zone) : pause(member, until, zone);
      });
    },
    leave: left,
    move: (id, actor, move) => moved(id, actor, [move]),
    moves: moved,
    moveReminded: async (id, actor, move) => {
      const { changes, done } = await begun(id, actor, [move]);
      return { pair: done.pair, ops: changes.ops(), say: done.say };
    },
    propose: proposed,
    roster,
    outlook,
    outlookWith,
    zoneOf,
    calendarFor,
  };
}

/** What people may not do, as sentences for them. */
function refused(why: Refusal | 'gone' | 'hat_in_use'): UserError {
  return new UserError({ en: texts.en.refused[why], 'zh-CN': texts['zh-CN'].refused[why] });
}
