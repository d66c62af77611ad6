import { stemmer } from 'stemmer';
import type { Concept, LicenseName } from './article.ts';
import { createPhrases, type Phrases } from './phrases.ts';
import { isHan } from './tokens.ts';
import { foldTraditional } from './traditional.ts';
import { hanStops, spell, stopWords } from './words.ts';

/** A question is at most a long paragraph; what comes after is story, and unbounded input is a risk. */
const longest = 1_000;

/** What a text is about, for index and question alike. Every list is in reading order and free of repetitions. */
export interface Analysis {
  /** Stems, Han pairs, and the tokens of licenses (`l:gpl-3.0`) and their families (`f:gpl`). */
  readonly surface: readonly string[];
  /** Concepts, `c:approval`: the same for every way and language to say it. */
  readonly concepts: readonly string[];
  /** The licenses named, most exact name first found. */
  readonly licenses: readonly LicenseHit[];
}

interface LicenseHit {
  readonly license: LicenseName;
  /** As it was said. */
  readonly said: string;
}

/** Phrase maps, built once for a base. */
export interface Lexicon {
  readonly concepts: Phrases<string>;
  readonly licenses: Phrases<LicenseName>;
}

/** Builds the phrase maps from the thesaurus and the table of license names. */
export function createLexicon(concepts: readonly Concept[], licenses: readonly LicenseName[]): Lexicon {
  return {
    concepts: createPhrases(
      concepts.flatMap((concept) =>
        [...concept.en, ...concept.zh].map((form) => [stems(atomsOf(normalize(form))), `c:${concept.id}`] as const),
      ),
    ),
    licenses: createPhrases(
      licenses.flatMap((license) =>
        [...license.names, ...license.spdx.filter(isTelling)].map(
          (name) => [licenseAtoms(atomsOf(normalize(name))), license] as const,
        ),
      ),
    ),
  };
}

/** Ids without a hyphen ("Ruby", "JSON") are everyday words. An id that several entries have stands for the exact one. */
function isTelling(id: string, _: number, ids: readonly string[]): boolean {
  return ids.length === 1 && id.includes('-');
}

/**
 * A message as plain lower-case text: Slack's mark-up, code blocks, addresses and emoji codes are gone, entities are read,
 * widths, accents and Traditional characters are folded, and at most 1,000 characters are left.
 */
export function clean(message: string): string {
  // Cut twice: early, so that a huge paste costs nothing, and at the end, because folding may lengthen.
  const plain = message
    .slice(0, longest * 8)
    .replace(/```[\s\S]*?(```|$)/g, ' ')
    .replace(/<(?:https?|mailto|tel):[^|>\s]*\|([^>]*)>/gi, ' $1 ')
    .replace(/<[@#!][^>]*>|<(?:https?|mailto|tel):[^>]*>/gi, ' ')
    .replace(/\bhttps?:\/\/\S+/gi, ' ')
    .replace(/(^|[^\p{L}\p{N}]):[a-z0-9_+'-]+(?:::?[a-z0-9_+'-]+)*:/giu, '$1 ')
    .replace(/&(amp|lt|gt);/g, (_, name: string) => (name === 'amp' ? '&' : ' '));
  return normalize(plain).replace(/\s+/g, ' ').trim().slice(0, longest);
}

/** Text that is trusted to be content: folded, but neither stripped nor cut. */
export function normalize(text: string): string {
  return fold(text)
    .replace(/[’‘']/g, '')
    .replace(/\be-mail/g, 'email')
    .replace(/(\d)-only\b/g, '$1')
    .replace(/(\d)(?:-or-later\b|\+)/g, '$1 or later');
}

function fold(text: string): string {
  if (/^\p{ASCII}*$/u.test(text)) return text.toLowerCase();
  const composed = text.normalize('NFKC').toLowerCase();
  const plain = /[^\p{ASCII}\p{Script=Han}]/u.test(composed)
    ? composed
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .normalize('NFKC')
    : composed;
  return foldTraditional(plain);
}

/** Reads normalized text. Pure: the same text and lexicon always give the same tokens. */
export function analyse(text: string, lexicon: Lexicon): Analysis {
  const atoms = atomsOf(text);
  const stemmed = stems(atoms);
  const read = licenseAtoms(atoms);
  const hits = lexicon.licenses.find(read);
  const licenses = hits.flatMap((hit) => {
    const said = read.slice(hit.from, hit.to).join(' ');
    return hit.values.map((license) => ({ license, said }));
  });

  return {
    surface: unique([...wordsOf(atoms), ...licenses.flatMap(({ license }) => licenseTokens(license))]),
    concepts: unique(lexicon.concepts.find(stemmed).flatMap((hit) => hit.values)),
    licenses,
  };
}

/** The tokens a license is found by: its own and its family's. A name without a version stands for its family only. */
export function licenseTokens(license: LicenseName): readonly string[] {
  const family = `f:${license.family}`;
  return license.token === license.family ? [family] : [`l:${license.token}`, family];
}

/** A word, a Han character or, with an empty text, the end of a phrase. */
interface Atom {
  readonly text: string;
  readonly stem: string;
  readonly han: boolean;
  /** Neither a stop word nor a single letter. */
  readonly telling: boolean;
}

const phraseEnd: Atom = { text: '', stem: '', han: false, telling: false };

// Spaces and what joins words.
const joining = new Set([...' \t\n\v\f\r-/_+&'].map((character) => character.charCodeAt(0)));
const point = '.'.charCodeAt(0);
// A Han character, or a run of anything else beyond ASCII.
const foreign = /\p{Script=Han}|(?:(?!\p{Script=Han})[^\p{ASCII}\s])+/uy;

function atomsOf(text: string): readonly Atom[] {
  const atoms: Atom[] = [];
  for (let at = 0, to = 0; at < text.length; at = to) {
    const code = text.charCodeAt(at);
    to = at + 1;
    if (isAsciiWord(code)) {
      while (isAsciiWord(text.charCodeAt(to))) to += 1;
      for (const atom of readPiece(text.slice(at, to))) atoms.push(atom);
    } else if (code > 127) {
      foreign.lastIndex = at;
      const [piece] = foreign.exec(text) ?? [];
      if (piece) for (const atom of readPiece(piece)) atoms.push(atom);
      to = at + (piece?.length ?? 1);
    } else if (!joining.has(code) && !(code === point && endsInDigit(atoms.at(-1)?.text ?? ''))) {
      // The point of "3.0" joins; any other piece of punctuation parts.
      atoms.push(phraseEnd);
    }
  }
  return atoms;
}

function isAsciiWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

// The same few thousand words come again and again; the bound keeps strange input from filling the memory.
const known = new Map<string, readonly Atom[]>();
const mostKnown = 50_000;

function readPiece(piece: string): readonly Atom[] {
  const before = known.get(piece);
  if (before) return before;
  const atoms = spell(piece)
    .split(' ')
    .map((text) => (/^[\p{L}\p{N}]/u.test(text) ? atomOf(text) : phraseEnd));
  if (known.size >= mostKnown) known.clear();
  known.set(piece, atoms);
  return atoms;
}

function atomOf(text: string): Atom {
  const stem = /^[a-z]/.test(text) ? stemmer(text) : text;
  return { text, stem, han: isHan(text), telling: text.length > 1 && !stopWords.has(text) };
}

const articles = new Set(['a', 'an', 'the']);

/** Stems for concept phrases: articles are skipped, so that "sign the CLA" is "sign CLA". */
function stems(atoms: readonly Atom[]): readonly string[] {
  const result: string[] = [];
  for (const { text, stem } of atoms) if (!articles.has(text)) result.push(stem);
  return result;
}

/** Atoms for license names: "GPLv3", "gpl 3.0" and "GNU GPL version 3" all become gpl, 3. */
function licenseAtoms(atoms: readonly Atom[]): readonly string[] {
  const result: string[] = [];
  for (const { text: atom } of atoms) {
    // "Apache License, Version 2.0": the comma belongs to the name.
    if (atom === 'version' && result.at(-1) === '') result.pop();
    if (atom === 'gnu' || atom === 'version' || atom === 'v') continue;
    if (!endsInDigit(atom)) {
      result.push(atom);
      continue;
    }
    const split = /^([a-z]*?)v?(\d+)$/.exec(atom);
    const [, name = '', number = ''] = split ?? [];
    if (!split) result.push(atom);
    else if (name) result.push(name, number);
    else if (number !== '0' || !/^\d+$/.test(result.at(-1) ?? '')) result.push(number);
  }
  return result;
}

function endsInDigit(atom: string): boolean {
  const code = atom.charCodeAt(atom.length - 1);
  return code >= 48 && code <= 57;
}

/** Surface tokens: stems without stop words, and pairs of neighboring Han characters. */
function wordsOf(atoms: readonly Atom[]): readonly string[] {
  const words: string[] = [];
  let run: string[] = [];
  for (const { text, stem, han, telling } of atoms) {
    if (han) {
      run.push(text);
      continue;
    }
    if (run.length > 0) addPairs(words, run);
    run = [];
    if (telling) words.push(stem);
  }
  addPairs(words, run);
  return words;
}

const hanStopPhrases = createPhrases(hanStops.map((stop) => [[...stop], stop] as const));

/** Pairs of the characters between function words; a single one stands for itself. */
function addPairs(words: string[], run: readonly string[]): void {
  let from = 0;
  for (const stop of [...hanStopPhrases.find(run), { from: run.length, to: run.length }]) {
    if (stop.from - from === 1) words.push(run[from] ?? '');
    for (let at = from + 1; at < stop.from; at += 1) words.push(`${run[at - 1]}${run[at]}`);
    from = stop.to;
  }
}

function unique(tokens: readonly string[]): readonly string[] {
  return tokens.length < 2 ? tokens : [...new Set(tokens)];
}
