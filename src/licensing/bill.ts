import { z } from 'zod';
import { locales } from '../core/i18n.ts';
import type { Collection } from '../core/ports.ts';
import { inSteps, type Steps } from '../core/steps.ts';
import type { Component } from '../licenses/sbom-components.ts';

/** Components of an SBOM that say the same of their license. */
const Share = z.strictObject({
  /** As the SBOM has it; several texts all hold. */
  licenses: z.array(z.string()),
  count: z.number().int().positive(),
  /** The first ones, for recognizing the rest. */
  names: z.array(z.string()),
});

/** An SBOM that somebody sent: enough to judge it for any use, not the file. */
export const Bill = z.strictObject({
  person: z.string(),
  /** Slack's id of the file, for reading it again when somebody wants the whole list. */
  file: z.string(),
  /** Slack's link to the file, for a request that the list is too long for. */
  link: z.string().optional(),
  name: z.string(),
  locale: z.enum(locales),
  format: z.string(),
  at: z.number(),
  shares: z.array(Share),
});
export type Bill = z.infer<typeof Bill>;

// Who asks again after a week has another build.
const keepDays = 7;
const dayMs = 24 * 60 * 60_000;

export const bills: Collection<Bill> = {
  name: 'sbom',
  schema: Bill,
  shape: 1,
  index: () => [],
  due: (bill) => bill.at + keepDays * dayMs,
  retain: { days: keepDays, end: 'delete' },
  personal: ['person', 'name', 'file', 'link'],
};

// A document of the store holds 256 kB. Real products have some hundred different licenses; the rest is one share without any.
const mostShares = 600;
const namedInShare = 6;
const longestText = 120;

// Components in a step.
const atOnce = 500;

/** What is kept of the components of an SBOM, in steps: by license, the most frequent first. What does not fit counts as unknown. */
export function* sharesOf(components: readonly Component[]): Steps<Bill['shares']> {
  const byLicense = new Map<string, { licenses: string[]; count: number; names: string[] }>();
  yield* inSteps(components, atOnce, (component) => {
    // A cut text is no license any more, so it stays unknown rather than becoming another one.
    const tooLong = component.licenses.some((text) => text.length > longestText) || component.licenses.length > 5;
    const licenses = tooLong ? [tooLongToKeep] : [...component.licenses];
    const key = licenses.join('\n');
    const share = byLicense.get(key) ?? { licenses, count: 0, names: [] };
    share.count += 1;
    if (share.names.length < namedInShare) share.names.push(nameOf(component).slice(0, 60).toWellFormed());
    byLicense.set(key, share);
  });
  const all = [...byLicense.values()].toSorted((a, b) => b.count - a.count);
  const rest = all.slice(mostShares);
  if (rest.length === 0) return all;
  const count = rest.reduce((sum, share) => sum + share.count, 0);
  const names = rest.slice(0, namedInShare).flatMap((share) => share.names.slice(0, 1));
  return [...all.slice(0, mostShares), { licenses: [tooLongToKeep], count, names }];
}

/** Stands for what was not kept; no license is called so, hence unknown. */
const tooLongToKeep = '…';

/** The kept shares as components, for judging: each as often as it was there, the first with their names. */
export function componentsOf(shares: Bill['shares']): readonly Component[] {
  return shares.flatMap(({ licenses, count, names }) =>
    Array.from({ length: count }, (_, at) => ({ name: names[at] ?? '', version: '', licenses })),
  );
}

export function nameOf({ name, version }: Component): string {
  return version ? `${name} ${version}` : name;
}
