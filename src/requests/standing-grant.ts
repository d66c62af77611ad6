import { z } from 'zod';
import { dateAt } from '../core/business-time.ts';
import type { PersonId } from '../core/ports.ts';
import { projectKey } from './keys.ts';
import { type StandingKind, standingKinds } from './standing.ts';

/** State of all inputs of a form: block -> element -> value. */
type Values = Readonly<Record<string, Readonly<Record<string, string | readonly string[] | undefined>>>>;

/** What the form carries: a name for this writing, and the request whose outcome it is. */
export const GrantForm = z.strictObject({ draft: z.string().min(1), request: z.string().min(1).exactOptional() });
export type GrantForm = z.infer<typeof GrantForm>;

/** A form that opens with what is known. */
export const GrantPrefill = z.strictObject({
  kind: z.enum(standingKinds).exactOptional(),
  project: z.string().max(200).exactOptional(),
  person: z.string().max(40).exactOptional(),
  license: z.string().max(200).exactOptional(),
  agreement: z.string().max(40).exactOptional(),
  request: z.string().max(20).exactOptional(),
});
export type GrantPrefill = z.infer<typeof GrantPrefill>;

/** What is to be granted, as the form says. */
export interface Grant {
  readonly kind: StandingKind;
  readonly projects: readonly string[];
  readonly people: readonly PersonId[];
  readonly license?: string;
  readonly agreement?: string;
  readonly note: string;
  /** ms; absent: no end, for signed lists only */
  readonly until?: number;
}

export type GrantMistake =
  | 'noProject'
  | 'oneProject'
  | 'noPeople'
  | 'onePerson'
  | 'noPeopleHere'
  | 'own'
  | 'badUntil'
  | 'license';

// A list longer than this is a policy, not an exception.
const mostProjects = 50;
/** A year, which is when every source looks again; a month more for whoever grants at the end of one. */
const longestDays = 400;
const dayMs = 24 * 60 * 60_000;

/**
 * Reads the form.
 * @param readLicense the one spelling of what was written, undefined when it is no license
 * @returns what to grant, or by block what is wrong
 */
export function readGrant(
  values: Values,
  now: number,
  zone: string,
  readLicense: (text: string) => string | undefined,
): { readonly grant: Grant } | { readonly mistakes: Readonly<Record<string, GrantMistake>> } {
  const textOf = (block: string) => {
    const value = values[block]?.[block];
    return typeof value === 'string' ? value.trim().toWellFormed() : '';
  };
  const listOf = (block: string) => {
    const value = values[block]?.[block];
    return typeof value === 'object' ? value : [];
  };
  const kind = standingKinds.find((one) => one === textOf('kind')) ?? 'project';
  const projects = projectsIn(textOf('projects'));
  const people = [...new Set(listOf('people'))] as PersonId[];
  const written = textOf('license');
  const license = written ? readLicense(written) : undefined;
  const agreement = textOf('agreement');
  const until = endOf(textOf('until'), zone);

  const mistakes: Record<string, GrantMistake> = {};
  const isMany = kind === 'trust' || kind === 'team';
  if (projects.length === 0 || projects.length > mostProjects) mistakes.projects = 'noProject';
  else if (!isMany && projects.length > 1) mistakes.projects = 'oneProject';
  if (kind === 'project' && people.length > 0) mistakes.people = 'noPeopleHere';
  if (kind !== 'project' && people.length === 0) mistakes.people = 'noPeople';
  if ((kind === 'trust' || kind === 'major') && people.length > 1) mistakes.people = 'onePerson';
  if (written && !license) mistakes.license = 'license';
  const isOpenEnd = until === undefined && kind === 'ccla';
  if (!isOpenEnd && (until === undefined || until <= now || until > now + longestDays * dayMs))
    mistakes.until = 'badUntil';
  if (Object.keys(mistakes).length > 0) return { mistakes };
  return {
    grant: {
      kind,
      projects,
      people,
      note: textOf('note'),
      ...(license ? { license } : {}),
      ...(agreement ? { agreement } : {}),
      ...(until === undefined ? {} : { until }),
    },
  };
}

/** One a line, or with commas between; the same project written twice counts once. */
export function projectsIn(text: string): readonly string[] {
  const all = text.split(/[\n,，、;；]+/u).map((one) => one.trim().slice(0, 200));
  return [...new Map(all.filter(Boolean).map((one) => [projectKey(one), one])).values()];
}

/** The last moment of a day in a zone, ms; undefined when it is no day. */
export function endOf(date: string, zone: string): number | undefined {
  const start = Date.parse(`${date}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(start)) return undefined;
  const hourMs = 60 * 60_000;
  // Zones lie between 12 hours behind and 14 ahead of UTC.
  const hours = Array.from({ length: 28 }, (_, index) => start + (index + 10) * hourMs);
  return hours.find((moment) => dateAt(moment, zone) > date);
}

/** The day a year from now, for the form to begin with. */
export function yearFrom(now: number, zone: string): string {
  return dateAt(now + 365 * dayMs, zone);
}
