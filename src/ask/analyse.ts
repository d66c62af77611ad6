import { stemmer } from 'stemmer';
import type { Concept, LicenseName } from './article.ts';
import { createPhrases, type Phrases } from './phrases.ts';
import { foldTraditional } from './traditional.ts';
import { hanStopPattern, spell, stopWords } from './words.ts';

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
  const composed = text.normalize('NFKC').toLowerCase();
  const plain = /[^\p{ASCII}\p{Script=Han}]/u.test(composed)
    ? composed
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .normalize('NFKC')
    : composed;
  return foldTraditional(plain)
    .replace(/[’‘']/g, '')
    .replace(/\be-mail/g, 'email')
    .replace(/(\d)-only\b/g, '$1')
    .replace(/(\d)(?:-or-later\b|\+)/g, '$1 or later');
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

/** Words, single Han characters, and an empty atom wherever punctuation ends a phrase. */
function atomsOf(text: string): readonly string[] {
  const atoms: string[] = [];
  for (const piece of text.match(pieces) ?? []) {
    const code = piece.charCodeAt(0);
    if (isAsciiWord(code)) atoms.push(...spelled(piece));
    else if (code > 127 && /^[\p{L}\p{N}]/u.test(piece)) atoms.push(piece);
    // The point of "3.0" joins; any other piece of punctuation parts.
    else if (piece !== '.' || !/\d$/.test(atoms.at(-1) ?? '')) atoms.push('');
  }
  return atoms;
}

// What is not matched joins: spaces, hyphens, slashes. A point before a digit comes alone, so that it can be judged.
const pieces = /[a-z0-9]+|\p{Script=Han}|(?:(?!\p{Script=Han})[^\p{ASCII}\s])+|\.(?=\d)|[^\sa-z0-9\-/_+&]/gu;

function isAsciiWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

function spelled(word: string): readonly string[] {
  const spelling = spell(word);
  return spelling.includes(' ') ? spelling.split(' ') : [spelling];
}

const articles = new Set(['a', 'an', 'the']);

/** Atoms for concept phrases: articles are skipped, so that "sign the CLA" is "sign CLA". */
function stems(atoms: readonly string[]): readonly string[] {
  return atoms.filter((atom) => !articles.has(atom)).map(stemOf);
}

// The same few thousand words come again and again; the bound keeps strange input from filling the memory.
const known = new Map<string, string>();
const mostKnown = 50_000;

function stemOf(atom: string): string {
  const before = known.get(atom);
  if (before !== undefined) return before;
  const stem = /^[a-z]/.test(atom) ? stemmer(atom) : atom;
  if (known.size >= mostKnown) known.clear();
  known.set(atom, stem);
  return stem;
}

/** Atoms for license names: "GPLv3", "gpl 3.0" and "GNU GPL version 3" all become gpl, 3. */
function licenseAtoms(atoms: readonly string[]): readonly string[] {
  const result: string[] = [];
  for (const atom of atoms) {
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
function wordsOf(atoms: readonly string[]): readonly string[] {
  const words: string[] = [];
  let run = '';
  const endRun = () => {
    if (run) words.push(...pairsOf(run));
    run = '';
  };
  for (const atom of atoms) {
    if (isHan(atom)) {
      run += atom;
      continue;
    }
    endRun();
    if (atom.length > 1 && !stopWords.has(atom)) words.push(stemOf(atom));
  }
  endRun();
  return words;
}

const han = /^\p{Script=Han}/u;

function isHan(atom: string): boolean {
  return atom.charCodeAt(0) > 127 && han.test(atom);
}

function pairsOf(run: string): readonly string[] {
  return run
    .replace(hanStopPattern, ' ')
    .split(' ')
    .flatMap((part) => {
      const characters = [...part];
      if (characters.length === 1) return [part];
      return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
    });
}

function unique(tokens: readonly string[]): readonly string[] {
  return [...new Set(tokens)];
}
