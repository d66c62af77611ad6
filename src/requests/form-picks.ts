import type { Locale } from '../core/i18n.ts';
import type { ReadLicense } from './form.ts';
import type { Field } from './type.ts';

/** An entry of a type-ahead. */
export interface Picked {
  readonly text: string;
  readonly value: string;
}

/** What an external select is answered from; all of it in memory. */
export interface PickSource {
  readonly readLicense: ReadLicense;
  /** Ids of the SPDX list. */
  licenses(): readonly string[];
  /** Names that a text can be picked from; none when there is no register. */
  names(kind: 'projects' | 'components'): readonly string[];
}

// What Slack shows in one menu, and takes as the value of an option.
const mostPicks = 100;
const longestValue = 150;

/** Shown before anything is typed: what most components and projects are under. */
const common = [
  'Apache-2.0',
  'MIT',
  'BSD-3-Clause',
  'BSD-2-Clause',
  'ISC',
  'MPL-2.0',
  'EPL-2.0',
  'LGPL-2.1-or-later',
  'LGPL-3.0-or-later',
  'GPL-2.0-only',
  'GPL-2.0-or-later',
  'GPL-3.0-only',
  'GPL-3.0-or-later',
  'AGPL-3.0-only',
  'AGPL-3.0-or-later',
  'MulanPSL-2.0',
  'CC0-1.0',
  'Unlicense',
];

/** The names an id of an external select is made of. */
export function pickId(type: string, field: string): string {
  return `requests.pick:${type}/${field}`;
}

/** @param action as `pickId` writes it */
export function pickedField(action: string): { readonly type: string; readonly field: string } {
  const [, subject = ''] = action.split(':', 2);
  const [type = '', field = ''] = subject.split('/', 2);
  return { type, field };
}

/** What fits what is typed, the best first. What is typed itself can be picked wherever it is an answer. */
export function picksFor(field: Field, typed: string, locale: Locale, source: PickSource): readonly Picked[] {
  const text = typed.replace(/\s+/g, ' ').trim();
  const picks = unlimited(field, text, locale, source);
  const values = new Set<string>();
  const distinct = picks.filter(({ value }) => value.length <= longestValue && !values.has(value) && values.add(value));
  return distinct.slice(0, mostPicks);
}

function unlimited(field: Field, text: string, locale: Locale, source: PickSource): readonly Picked[] {
  if (field.kind === 'license') return licensePicks(text, source);
  if (field.choices) {
    const all = field.choices.map(({ id, label }) => ({ text: label[locale], value: id }));
    return matching(all, text);
  }
  if (!field.suggest) return [];
  const known = source.names(field.suggest).map((name) => ({ text: name, value: name }));
  return [...(text ? [{ text, value: text }] : []), ...matching(known, text)];
}

function licensePicks(text: string, { readLicense, licenses }: PickSource): readonly Picked[] {
  if (text === '') return common.map((id) => ({ text: id, value: id }));
  const read = readLicense(text);
  const own = read.kind === 'expression' ? [{ text: read.text, value: read.text }] : [];
  const ids = [...common, ...licenses()].map((id) => ({ text: id, value: id }));
  return [...own, ...matching(ids, text)];
}

/** Those that begin with the text, then those that hold it; what is no letter or digit does not count. */
function matching(all: readonly Picked[], text: string): readonly Picked[] {
  const wanted = bare(text);
  if (wanted === '') return all;
  const found = all.filter((pick) => bare(pick.text).includes(wanted));
  const begins = (pick: Picked) => bare(pick.text).startsWith(wanted);
  return [...found.filter(begins), ...found.filter((pick) => !begins(pick))];
}

function bare(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+]/gu, '');
}
