import type { Channels, Doing, Projects } from '../core/announcing.ts';
import type { Organization } from '../core/organization.ts';
import { everyDoc } from '../core/pages.ts';
import type { Collection, People, Person, PersonId, Store } from '../core/ports.ts';
import { nextTurn } from '../core/steps.ts';
import { type Known, type Target, targets } from './announcement.ts';
import { doingsOf, hoursOf, namesPeople, type Preflight, type Reach, resolveAudience } from './audience.ts';
import type { Aim, Aims } from './delivery.ts';
import type { Kind } from './kind.ts';
import { digestKey, newsReaders, optOutKey } from './reader.ts';
import { readerStart, startOf } from './timing.ts';

export interface ReachingDeps {
  readonly store: Store;
  readonly people: People;
  readonly channels: Channels;
  organization(): Organization;
  kinds(): readonly Kind[];
  doings(): readonly Doing[];
  readonly projects: Projects;
}

export interface Reaching {
  preflight(announcement: Known, now: number): Promise<Preflight>;
  readonly aims: Aims;
}

const dayMs = 24 * 60 * 60_000;
// About a millisecond of counting.
const personsAtOnce = 200;
// Many times the limit of a week.
const mostCounted = 100;
/** Of rows whose reader got a message, or is about to. */
const countedStates: ReadonlySet<Target['state']> = new Set(['sent', 'queued', 'waiting']);
// A form is answered within three seconds; what Slack has told by then is there the next time.
const checkedWithinMs = 1_500;
// Nobody waits for the list; a channel of 10,000 takes ten calls.
const listedWithinMs = 60_000;

/** Whom announcements are for: resolved from memory, with what people chose and what they got lately. */
export function createReaching(deps: ReachingDeps): Reaching {
  const { store, people, channels } = deps;

  const kindOf = ({ kind }: Known) => deps.kinds().find(({ id }) => id === kind);

  async function reachOf(
    announcement: Known,
    kind: Kind | undefined,
    { now, withinMs }: { readonly now: number; readonly withinMs: number },
  ): Promise<Reach> {
    const { audience } = announcement;
    const doings = new Map<string, readonly PersonId[]>();
    for (const doing of doingsOf(audience, deps.doings())) doings.set(doing.name, await doing.people());
    // Where nobody may opt out, an opt-out from before the kind became mandatory does not hold.
    const out = kind?.required ? new Set<string>() : await idsUnder(newsReaders, optOutKey(announcement.kind));
    const projects = await Promise.all(
      (audience.projects ?? []).map(async (tie) => ({
        tie,
        people: await deps.projects.people(tie.tie, tie.name, now),
      })),
    );
    const hasChannels = audience.channels.length > 0;
    return resolveAudience(audience, {
      people,
      doings,
      projects,
      standings: hasChannels ? await channels.standings(audience.channels) : new Map(),
      // Where nobody is named beside the channels, nobody is asked who is in them.
      members: hasChannels && namesPeople(audience) ? await channels.members(audience.channels, withinMs) : new Map(),
      optedOut: (person) => out.has(person),
    });
  }

  /** When a reader gets it at the earliest. */
  function startFor(announcement: Known, kind: Kind | undefined, person: Person, started: number): number {
    const hours = kind?.urgent ? undefined : hoursOf(deps.organization(), person);
    return readerStart(announcement.timing, started, person.zone, hours);
  }

  /**
   * Which of these people other announcements of the last days have told as much as anybody should be. Reminders to confirm
   * one have the same limits, counted apart: whoever leaves one unread is not spared the next for it.
   */
  async function spentBudgets(
    announcement: Known,
    persons: readonly Person[],
    now: number,
  ): Promise<ReadonlySet<string>> {
    const { unaskedPerDay, unaskedPerWeek } = deps.organization().limits;
    const spent = new Set<string>();
    for (const [at, { id }] of persons.entries()) {
      if (at % personsAtOnce === 0) await nextTurn();
      const got = { key: `reader:${id}`, from: now - 7 * dayMs };
      // Of most people, how many they got says enough.
      if ((await store.count(targets, got)) < Math.min(unaskedPerDay, unaskedPerWeek)) continue;
      const { docs } = await store.list(targets, { ...got, order: 'desc', limit: mostCounted });
      const told = docs.filter((row) => row.announcement !== announcement.id && countedStates.has(row.state));
      const today = told.filter(({ sentAt = now }) => now - sentAt < dayMs);
      if (today.length >= unaskedPerDay || told.length >= unaskedPerWeek) spent.add(id);
    }
    return spent;
  }

  async function idsUnder<T>(collection: Collection<T>, key: string): Promise<ReadonlySet<string>> {
    const ids = new Set<string>();
    for await (const { id } of everyDoc(store, collection, { key, order: 'asc' })) ids.add(id);
    return ids;
  }

  return {
    async preflight(announcement, now) {
      const kind = kindOf(announcement);
      const reach = await reachOf(announcement, kind, { now, withinMs: checkedWithinMs });
      const started = Math.max(now, startOf(announcement.timing, now));
      const spent = kind?.urgent ? new Set<string>() : await spentBudgets(announcement, reach.people, now);
      const digests = kind?.urgent || kind?.required ? new Set<string>() : await idsUnder(newsReaders, digestKey);
      let later = 0;
      let last = started;
      const byLocale = { en: 0, 'zh-CN': 0 };
      for (const { person } of reach.covered) byLocale[person.locale] += 1;
      for (const person of reach.people) {
        byLocale[person.locale] += 1;
        const at = startFor(announcement, kind, person, started);
        if (at > started) later += 1;
        last = Math.max(last, at);
      }
      const known = reach.channels.length > 0 ? await channels.standings(reach.channels) : new Map();
      const members = [...known.values()].reduce((sum, one) => sum + ('members' in one ? (one.members ?? 0) : 0), 0);
      const { gone, guest, opted_out, language } = reach.left;
      return {
        reach,
        numbers: {
          people: reach.people.length,
          channels: reach.channels.length,
          left: gone + guest + opted_out + language + reach.shut.length,
        },
        members,
        wide: reach.people.length + members >= deps.organization().limits.wideAudience,
        later,
        last,
        over: spent.size,
        digest: reach.people.filter(({ id }) => digests.has(id)).length,
        byLocale,
      };
    },

    async aims(announcement, now) {
      const kind = kindOf(announcement);
      const reach = await reachOf(announcement, kind, { now, withinMs: listedWithinMs });
      const started = announcement.sentAt ?? now;
      const isQuietable = !kind?.urgent && !kind?.required;
      const digests = isQuietable ? await idsUnder(newsReaders, digestKey) : new Set<string>();
      const spent =
        announcement.spare && !kind?.urgent
          ? await spentBudgets(announcement, reach.people, started)
          : new Set<string>();
      const officeZone = deps.organization().offices[0]?.zone ?? 'UTC';
      const toPeople = reach.people.map(
        (person): Aim => ({
          target: { person: person.id },
          from: startFor(announcement, kind, person, started),
          quiet: digests.has(person.id) || spent.has(person.id),
        }),
      );
      const covered = reach.covered.map(
        ({ person, by }): Aim => ({
          target: { person: person.id },
          // When it is their turn after all, should the channel not take it.
          from: startFor(announcement, kind, person, started),
          quiet: false,
          by,
        }),
      );
      const toChannels = reach.channels.map(
        (channel): Aim => ({
          target: { channel },
          from: readerStart(announcement.timing, started, officeZone, undefined),
          quiet: false,
        }),
      );
      // By code units, as the store sorts ids: whoever resumes after an id meets the rest.
      return [...toChannels, ...covered, ...toPeople].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    },
  };
}

function keyOf({ target }: Aim): string {
  return 'person' in target ? target.person : target.channel;
}
