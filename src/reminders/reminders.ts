import { dateAt } from '../core/business-time.ts';
import type { Locale } from '../core/i18n.ts';
import type { DueAnswer, ReminderSource, Reminders } from '../core/links.ts';
import type { Organization } from '../core/organization.ts';
import {
  type AnyJob,
  type Doc,
  type Log,
  type Op,
  type People,
  type Person,
  type PersonId,
  put,
  remove,
  type Say,
  type Store,
} from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import { type Due, dueNow, emptyBook, putOff, type ReminderBook, reminderBooks } from './book.ts';
import { dayFrom, daysAfter, type Place, placeOf, slotOn, workingFrom } from './place.ts';
import { hasRoom, recent } from './plan.ts';
import { type LookFacts, look } from './step.ts';

export interface ReminderDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly people: People;
  organization(): Organization;
  /** Asked when needed: sources are built with this engine, and the engine with them. */
  sources(): readonly ReminderSource[];
  /** Whether something that was said never went out, and never will. */
  wasDropped(say: Say): Promise<boolean>;
  /** Until when somebody does not want to be disturbed (ms); undefined when they may be, or nobody knows. */
  undisturbedUntil(person: PersonId, now: number): Promise<number | undefined>;
}

/** What is due for one person, as they see it. */
export interface State {
  readonly person: Person;
  readonly book: ReminderBook;
  readonly place: Place;
  /** ISO date, where the person is. */
  readonly today: string;
  readonly now: number;
  /** What is due and was not put off. */
  readonly due: readonly Due[];
  readonly later: readonly (Due & { readonly until: string })[];
}

/** What a choice of the person comes to. `gone`: it is no longer due. `too_late`: they may put it off until that day at most. */
export type Settled =
  | {
      readonly kind: 'done';
      readonly ops: readonly Op[];
      readonly say: readonly Say[];
      readonly things: readonly Due[];
    }
  | { readonly kind: 'gone' | 'too_soon' }
  | { readonly kind: 'too_late'; readonly thing: Due; readonly until: string; readonly today: string }
  | { readonly kind: 'mandatory'; readonly thing: Due }
  | { readonly kind: 'refused'; readonly words: Readonly<Record<Locale, string>> };

/** What a person wants to hear of. */
export interface Wishes {
  /** The topics they were asked about; what is kept of others stays. */
  readonly asked: readonly string[];
  readonly muted: readonly string[];
  readonly rhythm: ReminderBook['rhythm'];
  /** ISO date; a day that is over, or none, pauses nothing. */
  readonly pausedUntil: string | undefined;
}

export interface Reminding extends Reminders {
  /** @returns undefined for somebody whom the directory does not know */
  stateOf(person: PersonId): Promise<State | undefined>;
  /** Done, or not for me. */
  settle(person: PersonId, key: string, answer: DueAnswer): Promise<Settled>;
  /** @param until ISO date: the day on which it comes again */
  later(person: PersonId, keys: readonly string[], until: string): Promise<Settled>;
  /**
   * Somebody may live by another clock now: then what was planned is looked at anew. A change that nobody told of is met by the
   * look that was planned, a day later at most.
   */
  moved(person: PersonId): Promise<readonly Op[]>;
  wish(person: PersonId, wishes: Wishes): Promise<{ readonly ops: readonly Op[]; readonly say: readonly Say[] }>;
  /** The topics that concern a person, of all sources, in their language. */
  topics(person: Person): readonly { readonly id: string; readonly name: string }[];
  readonly job: AnyJob;
}

// Later is not never: after a year nobody knows what it was about.
const mostLaterDays = 365;
// What is mandatory and overdue waits a week at most.
const mostOverdueDays = 7;

export function createReminding(deps: ReminderDeps): Reminding {
  const { store, clock, people, log } = deps;

  const placeFor = (person: Person) => placeOf(person, deps.organization());
  const read = (person: PersonId) => store.get(reminderBooks, person);

  /** The book as it is to be, in place of the one that was read. */
  function change(person: PersonId, known: Doc<ReminderBook> | undefined, value: ReminderBook): Op {
    return put(reminderBooks, person, value, known?.version ?? 0);
  }

  /** Everything that is open for a person. A source that fails holds up no other. */
  async function gather(person: PersonId, now: number): Promise<Pick<LookFacts, 'things' | 'incomplete'>> {
    const things: Due[] = [];
    let incomplete = false;
    for (const source of deps.sources()) {
      try {
        const own = await source.dueFor(person, now);
        things.push(...own.map((thing) => ({ ...thing, ...namesOf(source, thing) })));
      } catch (err) {
        incomplete = true;
        log.error({ source: source.name, err }, 'a source of reminders did not say what is due');
      }
    }
    return { things, incomplete };
  }

  async function stateOf(id: PersonId): Promise<State | undefined> {
    const person = people.get(id);
    if (!person) return undefined;
    const now = clock.now();
    const place = placeFor(person);
    const today = dateAt(now, place.calendar.zone);
    const book = bookOf(await read(id));
    const { things } = await gather(id, now);
    return {
      person,
      book,
      place,
      today,
      now,
      due: dueNow(things, book, now, today),
      later: putOff(things, book, today),
    };
  }

  async function wake(id: PersonId, at: number): Promise<readonly Op[]> {
    const known = await read(id);
    const person = people.get(id);
    const from = Math.max(at, clock.now());
    const place = person && placeFor(person);
    const next = place ? slotFrom(from, place) : from;
    // What the engine looks at anyway need not be written; but if it looks just now, the caller decides again.
    if (known && known.next !== null && known.next <= next) {
      return [{ check: true, in: reminderBooks, id, expect: known.version }];
    }
    return [change(id, known, { ...bookOf(known), next, ...(place ? { zone: place.calendar.zone } : {}) })];
  }

  async function moved(id: PersonId): Promise<readonly Op[]> {
    const known = await read(id);
    const person = people.get(id);
    const now = clock.now();
    if (!known || !person || known.next === null || known.next <= now) return [];
    const isElsewhere = known.zone !== undefined && known.zone !== placeFor(person).calendar.zone;
    return isElsewhere ? [change(id, known, { ...bookOf(known), next: now })] : [];
  }

  async function refresh(id: PersonId): Promise<readonly Say[]> {
    const standing = (await read(id))?.standing;
    return standing ? [reminderCopy(id, standing.number)] : [];
  }

  async function spend(id: PersonId, now: number): Promise<readonly Op[] | undefined> {
    const known = await read(id);
    const book = bookOf(known);
    const person = people.get(id);
    const zone = person ? placeFor(person).calendar.zone : 'UTC';
    if (!hasRoom(book.unasked, now, deps.organization().limits, (ms) => dateAt(ms, zone))) return undefined;
    return [change(id, known, { ...book, unasked: [...recent(book.unasked, now), now] })];
  }

  async function settle(person: PersonId, key: string, answer: DueAnswer): Promise<Settled> {
    const now = clock.now();
    const source = deps.sources().find(({ name }) => key.startsWith(`${name}:`));
    const own = await source?.dueFor(person, now);
    const found = own?.find((thing) => source && namesOf(source, thing).key === key);
    if (!source || !found) return { kind: 'gone' };
    const thing: Due = { ...found, ...namesOf(source, found) };
    if (answer.how === 'declined' && thing.mandatory) return { kind: 'mandatory', thing };
    if (!(answer.how === 'done' ? thing.done : thing.decline)) return { kind: 'gone' };
    const settled = await source.settle(person, found.key, answer, now);
    if ('refused' in settled) return { kind: 'refused', words: settled.refused };
    const say = [...(settled.say ?? []), ...(await refresh(person))];
    return { kind: 'done', ops: settled.ops, say, things: [thing] };
  }

  async function later(id: PersonId, keys: readonly string[], until: string): Promise<Settled> {
    const state = await stateOf(id);
    const things = state?.due.filter(({ key }) => keys.includes(key)) ?? [];
    if (!state || things.length === 0) return { kind: 'gone' };
    const { today, place } = state;
    if (until <= today) return { kind: 'too_soon' };
    const late = things.find((thing) => until > latestFor(thing, today));
    if (late) return { kind: 'too_late', thing: late, until: latestFor(late, today), today };
    const known = await read(id);
    const book = bookOf(known);
    const told = { ...book.told };
    for (const { key } of things) told[key] = { times: 0, ...told[key], later: until };
    const slot = slotOn(workingFrom(until, place), place);
    const next = Math.min(book.next ?? slot, slot);
    return { kind: 'done', ops: [change(id, known, { ...book, told, next })], say: await refresh(id), things };
  }

  async function wish(id: PersonId, { asked, muted, rhythm, pausedUntil }: Wishes) {
    const known = await read(id);
    const { pausedUntil: _, ...book } = bookOf(known);
    const person = people.get(id);
    const now = clock.now();
    // What comes sooner by these wishes is seen in the next slot.
    const next = person ? slotFrom(now, placeFor(person)) : book.next;
    const others = book.muted.filter((topic) => !asked.includes(topic));
    const value = {
      ...book,
      muted: [...others, ...muted],
      rhythm,
      next,
      ...(pausedUntil === undefined ? {} : { pausedUntil }),
    };
    return { ops: [change(id, known, value)], say: await refresh(id) };
  }

  async function lookAt(doc: Doc<ReminderBook>, now: number) {
    const { id: raw, version: _, ...book } = doc;
    const id = raw as PersonId;
    const person = people.get(id);
    if (!person) return { ops: [remove(reminderBooks, doc)], say: [] };
    const open = person.active ? await gather(id, now) : { things: [], incomplete: false };
    const facts: LookFacts = {
      ...open,
      active: person.active,
      place: placeFor(person),
      limits: deps.organization().limits,
      undisturbedUntil: undefined,
      lost: book.standing !== undefined && (await deps.wasDropped(reminderCopy(id, book.standing.number))),
    };
    const looked = await considerate(book, facts, id, now);
    const { standing } = looked.book;
    const ops = [put(reminderBooks, doc.id, looked.book, doc.version)];
    if (!looked.tells || !standing) return { ops, say: [] };
    const older = book.standing ? [reminderCopy(id, book.standing.number)] : [];
    return { ops, say: [...older, reminderCopy(id, standing.number)] };
  }

  /** Slack is asked only when there is something to tell. */
  async function considerate(book: ReminderBook, facts: LookFacts, id: PersonId, now: number) {
    const looked = look(book, facts, now);
    const until = looked.tells ? await deps.undisturbedUntil(id, now) : undefined;
    return until !== undefined && until > now ? look(book, { ...facts, undisturbedUntil: until }, now) : looked;
  }

  return {
    wake,
    moved,
    refresh,
    spend,
    stateOf,
    settle,
    later,
    wish,
    topics: ({ id: person, locale }) =>
      deps.sources().flatMap((source) => {
        const concerning = source.concerns?.(person) ?? Object.keys(source.topics);
        return concerning.flatMap((topic) => {
          const name = source.topics[topic]?.[locale];
          return name === undefined ? [] : [{ id: `${source.name}:${topic}`, name }];
        });
      }),
    job: { collection: reminderBooks, run: (doc, now) => lookAt(doc as Doc<ReminderBook>, now) },
  };
}

/** The message of one reminder. @param number which one of the person's */
export function reminderCopy(person: PersonId, number: number): Say {
  return { kind: 'copy', card: 'reminders.due', id: `${person}/${number}`, place: { person }, lost: 'may' };
}

/** The last day to which something may be put off. */
function latestFor({ mandatory, due }: Due, today: string): string {
  if (!mandatory) return daysAfter(today, mostLaterDays);
  return due !== undefined && due > today ? due : daysAfter(today, mostOverdueDays);
}

function bookOf(doc: Doc<ReminderBook> | undefined): ReminderBook {
  if (!doc) return emptyBook;
  const { id: _id, version: _version, ...book } = doc;
  return book;
}

/** Names that are unique among all sources. */
function namesOf({ name }: ReminderSource, thing: Pick<Due, 'key' | 'topic'>): Pick<Due, 'key' | 'topic'> {
  return { key: `${name}:${thing.key}`, topic: `${name}:${thing.topic}` };
}

function slotFrom(ms: number, place: Place): number {
  return slotOn(dayFrom(ms, place), place);
}
