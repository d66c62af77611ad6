import type { PeriodNumbers } from '../core/announcing.ts';
import { dateAfter, dateAt, momentOn } from '../core/business-time.ts';
import { everyDoc } from '../core/pages.ts';
import { type AnyJob, type Doc, type Op, type Person, type PersonId, put, type Say } from '../core/ports.ts';
import { announcements, isOut, type Known, type Target, targets } from './announcement.ts';
import { hoursOf } from './audience.ts';
import { titleFor } from './draft.ts';
import { texts as leadTexts } from './form-texts.ts';
import type { Changes, NewsItem } from './home-views.ts';
import { choose, digestSubject, type NewsReader, newsReaders, plainReader, stepReader } from './reader.ts';
import type { ReadingDeps, Readings } from './reading.ts';
import { percent } from './results.ts';
import { readerStart } from './timing.ts';

export interface NewsDeps extends ReadingDeps {
  readonly readings: Readings;
  numbers(): readonly PeriodNumbers[];
}

/** What one reader has of all announcements: lists, what changed, what they chose to hear of. */
export interface News {
  readerOf(person: PersonId): Promise<NewsReader>;
  choose(
    person: PersonId,
    chosen: { readonly optOut: readonly string[]; readonly digest: boolean },
  ): Promise<readonly Op[]>;
  /** What was sent to somebody and stands, the latest first; with words, those that have them in their title or kind. */
  listFor(person: PersonId, words?: string): Promise<readonly NewsItem[]>;
  /** For senders: all of them, the latest first. */
  all(words?: string): Promise<readonly Known[]>;
  /** What is being written or on its way. */
  inTheMaking(): Promise<readonly Known[]>;
  /** What changed for somebody since they joined or last looked; from now on they have looked. */
  changesFor(person: PersonId): Promise<{ readonly changes: Changes; readonly ops: readonly Op[] }>;
  /** What came from `from` on and before `to` without a message of its own. */
  digestOf(person: PersonId, from: number, to: number): Promise<readonly NewsItem[]>;
  /** What still matters to somebody who was not there when it was said. */
  lasting(): Promise<readonly NewsItem[]>;
  /** Whoever joined lately is told what still matters on a morning soon; nothing for whom that is noted. */
  joined(person: Person): Promise<readonly Op[]>;
  /** The quarterly page as Markdown. @param quarter `2026-Q3` */
  quarter(quarter: string, locale: 'en' | 'zh-CN'): Promise<string>;
  /** What was announced in a stretch of time, in numbers. */
  readonly numbers: PeriodNumbers;
  readonly clockwork: AnyJob;
}

const dayMs = 24 * 60 * 60_000;
/** Of rows that a reader knows of, or is about to. */
const readStates: ReadonlySet<Target['state']> = new Set(['sent', 'quiet', 'covered', 'queued', 'unknown']);
const pageSize = 200;
// Search goes through what was sent in ten years: a few thousand at most.
const mostSearched = 2_000;
const yearMs = 365 * dayMs;
// The first days are full of people and accounts; what still matters can wait for the next working morning but one.
const settleMs = 2 * dayMs;
// Whoever has been here for longer has heard of what matters in other ways.
const newMs = 60 * dayMs;

export function createNews(deps: NewsDeps): News {
  const { store, clock, people, readings } = deps;

  async function stored(person: PersonId): Promise<Doc<NewsReader> | undefined> {
    return store.get(newsReaders, person);
  }

  async function written(person: PersonId, change: (reader: NewsReader) => NewsReader): Promise<readonly Op[]> {
    const known = await stored(person);
    if (!known) return [put(newsReaders, person, change(plainReader), 0)];
    const { id: _, version, ...reader } = known;
    return [put(newsReaders, person, change(reader), version)];
  }

  async function itemsOf(ids: readonly string[], person: PersonId): Promise<readonly NewsItem[]> {
    const items: NewsItem[] = [];
    for (const id of ids) {
      const announcement = await store.get(announcements, id);
      if (!announcement || !stands(announcement)) continue;
      items.push({ announcement, open: await readings.isOpen(announcement, person) });
    }
    return items;
  }

  async function rowsFor(person: PersonId, range: { readonly from?: number; readonly to?: number } = {}) {
    const { docs } = await store.list(targets, { key: `reader:${person}`, ...range, order: 'desc', limit: pageSize });
    return docs.filter(({ state }) => readStates.has(state));
  }

  async function matching(key: 'all' | 'out', words: string): Promise<readonly Known[]> {
    const found: Known[] = [];
    let read = 0;
    for await (const one of everyDoc(store, announcements, { key, order: 'desc' })) {
      if (hasWords(one, words)) found.push(one);
      read += 1;
      if (read === mostSearched) break;
    }
    return found;
  }

  /** Every word is in the title, in either language, or names the kind. */
  function hasWords(announcement: Known, words: string): boolean {
    const kind = readings.kindOf(announcement);
    const { titles } = announcement;
    const text = [titles.en, titles['zh-CN'], kind?.name.en, kind?.name['zh-CN'], announcement.kind]
      .join('\n')
      .toLowerCase();
    return words
      .toLowerCase()
      .split(/\s+/)
      .every((word) => text.includes(word));
  }

  async function lasting(): Promise<readonly NewsItem[]> {
    const now = clock.now();
    const out = await matching('out', '');
    return out.flatMap((announcement) => {
      const { joiners } = readings.kindOf(announcement) ?? {};
      const { sentAt } = announcement;
      if (!joiners || sentAt === undefined) return [];
      const until = momentOn(dateAfter(dateAt(sentAt, 'UTC'), joiners), '00:00', 'UTC');
      return now <= until ? [{ announcement, open: false }] : [];
    });
  }

  /** Told to somebody who joined, or to everybody: what was for a few only is not shown to all. */
  async function lastingFor(person: PersonId): Promise<readonly NewsItem[]> {
    const mine = new Set((await rowsFor(person)).map((row) => row.announcement));
    return (await lasting()).filter(({ announcement }) => mine.has(announcement.id) || isForAll(announcement));
  }

  const clockwork: AnyJob = {
    collection: newsReaders,
    async run(doc, now) {
      const { id, version, ...reader } = doc as Doc<NewsReader>;
      const person = people.get(id as PersonId);
      const told = stepReader(reader, now, person?.zone ?? 'UTC');
      const ops = [put(newsReaders, id, told.value, version)];
      if (!person?.active || person.guest) return { ops, say: [] };
      return {
        ops,
        say: [...(await digestSay(person.id, told.digest)), ...(told.welcome ? await welcomeSay(person.id) : [])],
      };
    },
  };

  async function digestSay(person: PersonId, span: { readonly from: number; readonly to: number } | undefined) {
    if (!span || (await digestOf(person, span.from, span.to)).length === 0) return [];
    const id = digestSubject(person, span);
    return [notice('announcement.digest', `news/digest/${id}`, id, person)];
  }

  async function welcomeSay(person: PersonId): Promise<readonly Say[]> {
    if ((await lastingFor(person)).length === 0) return [];
    return [notice('announcement.welcome', `news/welcome/${person}`, person, person)];
  }

  async function digestOf(person: PersonId, from: number, to: number): Promise<readonly NewsItem[]> {
    const rows = (await rowsFor(person, { from, to })).filter(({ state }) => state === 'quiet');
    return itemsOf(
      rows.map((row) => row.announcement),
      person,
    );
  }

  async function quarter(name: string, locale: 'en' | 'zh-CN'): Promise<string> {
    const words = leadTexts[locale];
    const { from, to } = spanOf(name);
    const { docs } = await store.list(announcements, { key: 'all', from, to, order: 'asc', limit: pageSize });
    const sent = docs.filter(({ sentAt, state }) => sentAt !== undefined && state !== 'retracted');
    const lines = await Promise.all(
      sent.map(async (announcement) => {
        const { progress, read, people: readers } = await readings.results(announcement);
        const asks = readings.kindOf(announcement)?.confirm && readers > 0;
        const share = asks ? words.quarterRead(percent(read, readers)) : '';
        return `- ${words.quarterLine(titleFor(announcement, locale) ?? announcement.id, progress.sent, share)}`;
      }),
    );
    const numbers = (await Promise.all(deps.numbers().map((ask) => ask(from, to)))).flat();
    return [
      `# ${words.quarterTitle(name)}`,
      `*${words.quarterDraft}*`,
      `## ${words.quarterSent}`,
      lines.length > 0 ? lines.join('\n') : words.quarterNone,
      ...(numbers.length > 0
        ? [`## ${words.quarterNumbers}`, numbers.map(({ label, value }) => `- ${label[locale]}: ${value}`).join('\n')]
        : []),
      `## ${words.quarterMeaning}`,
      words.quarterFill,
      '',
    ].join('\n\n');
  }

  return {
    readerOf: async (person) => (await stored(person)) ?? plainReader,
    choose: (person, chosen) =>
      written(person, (reader) => choose(reader, chosen, clock.now(), people.get(person)?.zone ?? 'UTC')),
    async listFor(person, words = '') {
      const rows = await rowsFor(person);
      const items = await itemsOf([...new Set(rows.map((row) => row.announcement))], person);
      return words ? items.filter(({ announcement }) => hasWords(announcement, words)) : items;
    },
    all: (words = '') => matching('all', words),
    async inTheMaking() {
      const { docs } = await store.list(announcements, { key: 'open', order: 'desc', limit: pageSize });
      return docs;
    },
    async changesFor(person) {
      const now = clock.now();
      const reader = (await stored(person)) ?? plainReader;
      const known = await lastingFor(person);
      const since = sinceOf(reader);
      const from = since.kind === 'year' ? now - yearMs : since.at;
      const isFresh = ({ announcement }: NewsItem) => lastChange(announcement) > from;
      const changes = { since, fresh: known.filter(isFresh), before: known.filter((item) => !isFresh(item)) };
      return { changes, ops: await written(person, (before) => ({ ...before, seenAt: now })) };
    },
    digestOf,
    lasting,
    async joined(person) {
      const now = clock.now();
      const { since, active, guest } = person;
      if (since === undefined || !active || guest || now - since > newMs) return [];
      const known = await stored(person.id);
      if (known?.joinedAt !== undefined && known.joinedAt >= since) return [];
      const welcomeAt = readerStart(undefined, now + settleMs, person.zone, hoursOf(deps.organization(), person));
      return written(person.id, (reader) => ({ ...reader, joinedAt: since, welcomeAt }));
    },
    quarter,
    async numbers(from, to) {
      const { docs } = await store.list(announcements, { key: 'all', from, to, order: 'asc', limit: pageSize });
      const value = docs.filter(({ sentAt }) => sentAt !== undefined).length;
      return [{ label: { en: leadTexts.en.quarterSent, 'zh-CN': leadTexts['zh-CN'].quarterSent }, value }];
    },
    clockwork,
  };
}

/** Withdrawn and cancelled ones are in no list of readers. */
function stands(announcement: Known): boolean {
  return isOut(announcement);
}

/** It went to everybody, or where everybody may read. */
function isForAll({ audience }: Known): boolean {
  return audience.everybody || audience.channels.length > 0;
}

function lastChange(announcement: Known): number {
  const revised = announcement.events.findLast((event) => event.kind === 'revised' && event.anew);
  return Math.max(announcement.sentAt ?? 0, revised?.at ?? 0);
}

function sinceOf({ seenAt, joinedAt }: NewsReader): Changes['since'] {
  if (seenAt > 0) return { kind: 'read', at: seenAt };
  return joinedAt === undefined ? { kind: 'year' } : { kind: 'joined', at: joinedAt };
}

function notice(card: string, key: string, id: string, person: PersonId): Say {
  return { kind: 'notice', key, card, id, place: { person }, lost: 'may', lane: 'many' };
}

/** The first moment of a quarter and of the one after it, UTC, ms. @throws RangeError when it is none */
function spanOf(quarter: string): { readonly from: number; readonly to: number } {
  const [, year, number] = /^(\d{4})-Q([1-4])$/.exec(quarter) ?? [];
  if (!year || !number) throw new RangeError(`no quarter: ${quarter}`);
  const first = (Number(number) - 1) * 3;
  return { from: Date.UTC(Number(year), first), to: Date.UTC(Number(year), first + 3) };
}

/** The quarter that ended last. */
export function lastQuarter(now: number): string {
  const date = new Date(now);
  const index = date.getUTCFullYear() * 4 + Math.floor(date.getUTCMonth() / 3) - 1;
  return `${Math.floor(index / 4)}-Q${(index % 4) + 1}`;
}

/** `2026-Q3`, however it was typed; undefined when it is none. */
export function quarterIn(typed: string): string | undefined {
  const [, year, number] = /^(\d{4})[ -]?q([1-4])$/i.exec(typed.trim()) ?? [];
  return year && number ? `${year}-Q${number}` : undefined;
}
