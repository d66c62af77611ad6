import { type Expression, readExpression, spellId } from './expression.ts';

/** What people call a license; see `licenses/names.yml`. */
export interface LicenseNickname {
  /** Names a license or, without a version, a family of them. */
  readonly token: string;
  readonly family: string;
  /** The ids that it may mean; more than one is asked back. */
  readonly spdx: readonly string[];
  readonly names: readonly string[];
}

/** A license that a sentence names. */
export type LicenseMention =
  | { readonly kind: 'license'; readonly name: string; readonly expression: Expression; readonly text: string }
  /** The name fits several ids; nobody may guess which. */
  | { readonly kind: 'ambiguous'; readonly name: string; readonly candidates: readonly string[] };

/**
 * Reads the licenses that a sentence names, in English and Chinese: expressions with operators in capitals, SPDX ids, and
 * nicknames ("GPLv3", "木兰协议"). A name without a version, or without "only" or "or later" where that matters, stays ambiguous.
 * @returns how to read; mentions come in the order of the sentence, each once
 */
export function createLicenseReader(
  nicknames: readonly LicenseNickname[],
): (text: string) => readonly LicenseMention[] {
  const known = new Map<string, readonly string[]>();
  for (const { names, spdx } of nicknames) {
    for (const name of names) if (spdx.length > 0) known.set(keyOf(partsOf(name)), spdx);
  }
  const longest = Math.max(0, ...[...known.keys()].map((key) => key.split(' ').length));

  return (text) => {
    const plain = text.normalize('NFKC');
    const found: Found[] = [];
    // What is read as something exact is not read again as a nickname.
    let rest = plain;
    for (const exact of [...expressionsIn(plain), ...idsIn(plain)]) {
      if (!/\S/.test(rest.slice(exact.start, exact.end))) continue;
      found.push(exact);
      rest = rest.slice(0, exact.start) + ' '.repeat(exact.end - exact.start) + rest.slice(exact.end);
    }
    found.push(...nicknamesIn(plain, rest, known, longest));
    const mentions = found.toSorted((a, b) => a.start - b.start).map(({ mention }) => mention);
    return mentions.filter((one, at) => mentions.findIndex((other) => meaningOf(other) === meaningOf(one)) === at);
  };
}

interface Found {
  readonly start: number;
  readonly end: number;
  readonly mention: LicenseMention;
}

function meaningOf(mention: LicenseMention): string {
  return mention.kind === 'license' ? mention.text : mention.candidates.join(' ');
}

/** `MIT OR Apache-2.0`: operators in capitals, since small ones are words of the sentence. */
function expressionsIn(text: string): readonly Found[] {
  const pattern = /\(*[A-Za-z0-9][\w.+:-]*\)*(?: +(?:AND|OR|WITH) +\(*[A-Za-z0-9][\w.+:-]*\)*)+/g;
  return [...text.matchAll(pattern)].flatMap((match) => found(match[0].replace(/[.:-]+$/, ''), match.index));
}

/**
 * Ids as SPDX writes them. Many ids are words of the trade as well (curl, json, ruby), so without a hyphen and a digit one
 * counts only beside a word that says "license".
 */
function idsIn(text: string): readonly Found[] {
  return [...text.matchAll(/[A-Za-z0-9][A-Za-z0-9.+-]*/g)].flatMap((match) => {
    const word = match[0].replace(/[.-]+$/, '');
    const id = spellId(word.replace(/\+$/, ''));
    if (id === undefined && !/^LicenseRef-/i.test(word)) return [];
    const [before, after] = [text.slice(0, match.index), text.slice(match.index + word.length)];
    const says =
      /^[ -]*(?:licen[sc]ed?\b|许可|协议)/i.test(after) ||
      /(?:licen[sc]ed? under|许可证|协议)(?: the)? *$/i.test(before);
    return /^LicenseRef-|-.*\d|\d.*-/i.test(word) || says ? found(word, match.index) : [];
  });
}

function found(written: string, start: number): readonly Found[] {
  const bare = written.replace(/\+$/, '');
  const place = { start, end: start + written.length };
  const later = `${bare}-or-later`;
  const only = `${bare}-only`;
  // "GPL-2.0" was an id once, and people who write it rarely know which of the two they mean.
  if (bare === written && spellId(only) !== undefined && spellId(later) !== undefined) {
    const candidates = [only, later].flatMap((id) => spellId(id) ?? []);
    return [{ ...place, mention: { kind: 'ambiguous', name: written, candidates } }];
  }
  const read = readExpression(written);
  if (read.kind !== 'expression') return [];
  return [{ ...place, mention: { kind: 'license', name: written, expression: read.expression, text: read.text } }];
}

/** A word, a number or a single Chinese character. */
interface Part {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function nicknamesIn(
  plain: string,
  rest: string,
  known: ReadonlyMap<string, readonly string[]>,
  longest: number,
): readonly Found[] {
  const parts = partsOf(rest);
  const all: Found[] = [];
  for (let at = 0; at < parts.length; ) {
    const length = lengthOfName(parts, at, known, longest);
    const [first, last] = [parts[at], parts[at + length - 1]];
    const spdx = known.get(keyOf(parts.slice(at, at + length)));
    if (!first || !last || !spdx) {
      at += 1;
      continue;
    }
    const suffix = suffixAt(parts, at + length);
    const ids = suffix ? spdx.filter((id) => id.endsWith(suffix.ending)) : [];
    const meant = ids.length > 0 ? ids : spdx;
    const taken = ids.length > 0 && suffix ? suffix.length : 0;
    const end = parts[at + length + taken - 1]?.end ?? last.end;
    const mention = mentionOf(plain.slice(first.start, end), meant);
    if (mention) all.push({ start: first.start, end, mention });
    at += length + taken;
  }
  return all;
}

/** How many parts the longest name that starts here has; 0 for none. */
function lengthOfName(
  parts: readonly Part[],
  at: number,
  known: ReadonlyMap<string, unknown>,
  longest: number,
): number {
  for (let length = Math.min(longest, parts.length - at); length > 0; length -= 1) {
    if (known.has(keyOf(parts.slice(at, at + length)))) return length;
  }
  return 0;
}

function mentionOf(name: string, ids: readonly string[]): LicenseMention | undefined {
  const [only] = ids;
  if (only === undefined) return undefined;
  if (ids.length > 1) return { kind: 'ambiguous', name, candidates: ids };
  const read = readExpression(only);
  return read.kind === 'expression'
    ? { kind: 'license', name, expression: read.expression, text: read.text }
    : undefined;
}

const suffixes: readonly (readonly [string, string])[] = [
  ['only', '-only'],
  ['+', '-or-later'],
  ['or later', '-or-later'],
  ['or any later version', '-or-later'],
  ['or newer', '-or-later'],
  ['或更高版本', '-or-later'],
  ['或以后版本', '-or-later'],
  ['及以后版本', '-or-later'],
  ['及以上', '-or-later'],
];

function suffixAt(
  parts: readonly Part[],
  at: number,
): { readonly ending: string; readonly length: number } | undefined {
  for (const [words, ending] of suffixes) {
    const wanted = partsOf(words);
    if (wanted.every(({ text }, offset) => parts[at + offset]?.text === text)) return { ending, length: wanted.length };
  }
  return undefined;
}

// "GNU GPL version 3.0", "GPLv3" and "gpl 3" are the same name: the publisher, the word version and ".0" say nothing.
const silent = new Set(['gnu', 'the', 'version', 'v', 'ver', '版', '第']);

function partsOf(text: string): readonly Part[] {
  return [...text.toLowerCase().matchAll(/[a-z]+|\d+(?:\.\d+)*|\+|\p{Script=Han}/gu)].flatMap((match) => {
    const word = match[0].replace(/^licence/, 'license').replace(/^(\d+)(?:\.0)+$/, '$1');
    if (silent.has(word)) return [];
    // "gplv3": the v belongs to the number.
    const version = /^[a-z]{2,}v$/.test(word) && /^\d/.test(text.slice(match.index + match[0].length));
    return [{ text: version ? word.slice(0, -1) : word, start: match.index, end: match.index + match[0].length }];
  });
}

function keyOf(parts: readonly Part[]): string {
  return parts.map(({ text }) => text).join(' ');
}
