import { z } from 'zod';
import { AuditHead, type AuditSubjects, auditEvents, auditParts } from '../core/audit.ts';
import { type Locale, locales } from '../core/i18n.ts';
import type { Collection, Doc } from '../core/ports.ts';
import { editions } from './edition.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Which texts of a topic the open source office took for its own. They stay in force until it adopts others. */
export const Adoption = z.strictObject({
  /** Hex SHA-256 of each language's file; of a file with all languages under English. The text itself is kept as an edition. */
  editions: z.partialRecord(z.enum(locales), hash),
  /** ms */
  at: z.number(),
  /** Slack member id, or `operator` for the command line. */
  by: z.string().min(1),
  head: AuditHead,
});
export type Adoption = z.infer<typeof Adoption>;

/** By the name of the topic. */
export const adoptions: Collection<Adoption> = {
  name: 'adoption',
  schema: Adoption,
  shape: 1,
  index: () => [],
  personal: ['by'],
};

/** What a program needs of the store to adopt. */
export const adoptionCollections = [adoptions, editions, auditEvents, auditParts];

/** The chain of everything that happened to the adoption of a topic. */
export function adoptionSubject(topic: string): string {
  return `adoption/${topic}`;
}

/** Every adopted topic keeps the head of its chain. */
export const adoptionSubjects: AuditSubjects<Adoption> = {
  collection: adoptions,
  subjectOf: ({ id }) => adoptionSubject(id),
  headOf: ({ head }) => head,
};

/** A text that ships with the bot. */
export interface ShippedText {
  /** `<id>` or `<id>.<variant>` of an article; `<area>/<id>` of anything else that is adopted. */
  readonly topic: string;
  /** English for a file that holds all languages. */
  readonly locale: Locale;
  readonly area: string;
  readonly title: string;
  /** Path below its layer. */
  readonly file: string;
  /** Hex SHA-256 of the file. */
  readonly hash: string;
  /** The whole file. */
  readonly text: string;
  /** Tells people what the law asks of them, and no role has approved it. Only the English text says so. */
  readonly unapproved: boolean;
}

/** What ships, and what the organization has replaced. */
export interface ShippedContent {
  readonly texts: readonly ShippedText[];
  /** The files in the organization's own folder, by `replacementKey`. */
  readonly replaced: ReadonlySet<string>;
}

/**
 * `own`: the organization has files of its own over all shipped texts; they count as adopted by being there.
 * `starter`: nobody has adopted it. `adopted`: what ships is what was adopted.
 * `changed`: adopted, but what ships now is another text; the adopted one stays in force.
 */
export type State = 'own' | 'starter' | 'adopted' | 'changed';

/** Where a shipped topic stands. */
export interface Standing {
  readonly topic: string;
  readonly area: string;
  readonly title: string;
  readonly state: State;
  readonly adoption: Doc<Adoption> | undefined;
  /** What ships, without what the organization has replaced. */
  readonly texts: readonly ShippedText[];
}

/** Who adopts. */
export interface Adopter {
  /** Slack member id, or `operator`. */
  readonly key: string;
  /** In whose name, when `key` does not say it. */
  readonly name?: string;
}

/** A shipped text that waits to be accepted in place of an adopted one. */
export interface Update {
  readonly standing: Standing;
  /** For a person; see `formatDifference`. */
  readonly difference: string;
}

/** What came of adopting. */
export interface Outcome {
  /** Adopted now. */
  readonly adopted: readonly Standing[];
  /** Not adopted: they replace a text that was adopted, and somebody has to look at the difference first. */
  readonly updates: readonly Update[];
  /** How many of all shipped topics nobody has adopted yet. */
  readonly left: number;
}

/**
 * Compares what ships with what was adopted.
 * @param replaced `replacementKey` of the files that the organization's own folder holds
 * @returns one standing for each topic, in the order of areas and names
 */
export function standingsOf(
  shipped: readonly ShippedText[],
  adopted: readonly Doc<Adoption>[],
  replaced: ReadonlySet<string>,
): readonly Standing[] {
  const topics = new Map<string, ShippedText[]>();
  for (const text of shipped) topics.set(text.topic, [...(topics.get(text.topic) ?? []), text]);
  const adoptionOf = new Map(adopted.map((doc) => [doc.id, doc]));
  return [...topics]
    .map(([topic, all]): Standing => {
      const texts = all.filter((text) => !replaced.has(replacementKey(text.file)));
      const english = all.find((text) => text.locale === 'en') ?? all[0];
      const adoption = adoptionOf.get(topic);
      return {
        topic,
        area: english?.area ?? '',
        title: english?.title ?? topic,
        state: stateOf(texts, adoption),
        adoption,
        texts,
      };
    })
    .toSorted((a, b) => compare(a.area, b.area) || compare(a.topic, b.topic));
}

function stateOf(texts: readonly ShippedText[], adoption: Adoption | undefined): State {
  if (texts.length === 0) return 'own';
  if (!adoption) return 'starter';
  return texts.every((text) => adoption.editions[text.locale] === text.hash) ? 'adopted' : 'changed';
}

/** The standings that `what` names: a topic, an area, or `all`; empty when there is nothing of that name. */
export function chooseStandings(standings: readonly Standing[], what: string): readonly Standing[] {
  const wanted = what.trim().toLowerCase();
  if (wanted === 'all') return standings;
  const topic = standings.filter((standing) => standing.topic === wanted);
  return topic.length > 0 ? topic : standings.filter((standing) => standing.area === wanted);
}

/** Names the exact texts that ship for a topic: what was looked at is what gets accepted. */
export function sealOf(standing: Standing): string {
  return standing.texts.map((text) => text.hash.slice(0, 8)).join('-');
}

/** What makes two files the same item: an article may lie in another area, everything else has one place. */
export function replacementKey(file: string): string {
  return file.endsWith('.md') ? file.slice(file.lastIndexOf('/') + 1) : file;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
