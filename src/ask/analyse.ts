import { inSteps, type Steps } from '../core/steps.ts';
import type { Concept, LicenseName } from './article.ts';
import { type Atom, atomOf, createSplit, type Split } from './atoms.ts';
import { createPhrases, type Phrases, type Span } from './phrases.ts';
import { normalize } from './plain.ts';
import { createToken, type Token } from './tokens.ts';
import { hanStops } from './words.ts';

/** What a text is about, for index and question alike. Every list is in reading order and free of repetitions. */
export interface Analysis<T = readonly string[]> {
  /** Stems, Han pairs, and the tokens of licenses (`l:gpl-3.0`) and their families (`f:gpl`). */
  readonly surface: T;
  /** Concepts, `c:approval`: the same for every way and language to say it. */
  readonly concepts: T;
  /** The licenses named, most exact name first found. */
  readonly licenses: readonly LicenseHit[];
}

interface LicenseHit {
  readonly license: LicenseName;
  /** As it was said. */
  readonly said: string;
}

/** Phrase maps and what they say about each word, built once for a base. */
export interface Lexicon {
  /** For each concept its token. */
  readonly concepts: Phrases<Token>;
  readonly licenses: Phrases<KnownLicense>;
  readonly split: Split<Word>;
}

interface KnownLicense {
  readonly license: LicenseName;
  /** What it is found by: its own token and its family's; only the family's for a name without a version. */
  readonly tokens: readonly Token[];
}

/** An atom with what the lexicon knows of it. */
export interface Word {
  readonly text: string;
  /** Its stem. */
  readonly token: Token;
  readonly han: boolean;
  /** Neither a stop word nor a single letter. */
  readonly telling: boolean;
  /** As concepts are looked for: the key of the stem, or -1 for an article, which is skipped. */
  readonly concept: number;
  /** As licenses are looked for. */
  readonly license: readonly LicensePart[];
  /** A text without such a word names no license. */
  readonly tellsLicense: boolean;
  /** As Chinese function words are looked for. */
  readonly stop: number;
  /** The words of four or more letters that it was written as. */
  readonly spellings: readonly Token[];
}

/** A part of the name of a license; the key is 0 for what is in no name. */
interface LicensePart {
  readonly text: string;
  readonly key: number;
}

/** Builds the phrase maps from the thesaurus and the table of license names. */
export function* createLexicon(concepts: readonly Concept[], licenses: readonly LicenseName[]): Steps<Lexicon> {
  const split = createSplit(atomOf);
  const atomsOf = (text: string) => split(normalize(text), true);

  const forms: (readonly [readonly string[], Token])[] = [];
  yield* inSteps(concepts, atOnce, ({ id, en, zh }) => {
    const token = createToken(`c:${id}`);
    for (const form of [...en, ...zh]) forms.push([stems(atomsOf(form)), token]);
  });
  const conceptPhrases = createPhrases(forms);
  yield;

  const names: (readonly [readonly string[], KnownLicense])[] = [];
  yield* inSteps(licenses, atOnce, (license) => {
    const known = { license, tokens: licenseTokens(license).map(createToken) };
    for (const name of [...license.names, ...license.spdx.filter(isTelling)]) {
      names.push([licenseTexts(atomsOf(name)), known]);
    }
  });
  const licensePhrases = createPhrases(names);

  function wordOf(text: string, piece: string): Word {
    const { stem, han, telling } = atomOf(text);
    const license = partsOf(text).map((part) => ({ text: part, key: licensePhrases.keyOf(part) }));
    return {
      text,
      token: createToken(stem),
      han,
      telling,
      concept: articles.has(text) ? -1 : conceptPhrases.keyOf(stem),
      license,
      tellsLicense: license.some(({ key }) => licensePhrases.tells(key)),
      stop: hanStopPhrases.keyOf(text),
      spellings: (piece.match(/[a-z]{4,}/g) ?? []).map(createToken),
    };
  }

  return { concepts: conceptPhrases, licenses: licensePhrases, split: createSplit(wordOf) };
}

// A concept has some ten ways to say it.
const atOnce = 10;

/** Ids without a hyphen ("Ruby", "JSON") are everyday words. An id that several entries have stands for the exact one. */
function isTelling(id: string, _: number, ids: readonly string[]): boolean {
  return ids.length === 1 && id.includes('-');
}

/** Takes the tokens of a text, one after the other, and names them: by text for a question, by number for the index. */
export interface Collector<T> {
  add(token: Token): void;
  /** Two neighboring Han characters. */
  addPair(first: Token, second: Token): void;
  /** All tokens since it was asked last, in the order they came, each once. */
  take(): T;
}

/** Reads normalized text. Pure: the same text and lexicon always give the same tokens. */
export function analyse(text: string, lexicon: Lexicon): Analysis {
  return collect(lexicon.split(text, false), lexicon, collectTexts());
}

function collectTexts(): Collector<readonly string[]> {
  let texts = new Set<string>();
  return {
    add: ({ text }) => texts.add(text),
    addPair: (first, second) => texts.add(first.text + second.text),
    take() {
      const taken = [...texts];
      texts = new Set();
      return taken;
    },
  };
}

/** What `words` say. Every token is given to `collector`. */
export function collect<T>(words: readonly Word[], lexicon: Lexicon, collector: Collector<T>): Analysis<T> {
  const stops: number[] = [];
  const concepts: number[] = [];
  let mayName = false;
  for (const { stop, concept, tellsLicense } of words) {
    stops.push(stop);
    if (concept >= 0) concepts.push(concept);
    if (tellsLicense) mayName = true;
  }

  const named = mayName ? licensesIn(words, lexicon) : [];
  collectSurface(words, hanStopPhrases.find(stops), collector);
  for (const { known } of named) for (const token of known.tokens) collector.add(token);
  const surface = collector.take();
  for (const hit of lexicon.concepts.find(concepts)) for (const token of hit.values) collector.add(token);
  return {
    surface,
    concepts: collector.take(),
    licenses: named.map(({ known, said }) => ({ license: known.license, said })),
  };
}

function licensesIn(words: readonly Word[], { licenses }: Lexicon) {
  const read = joinParts(words);
  return licenses.find(read.map(({ key }) => key)).flatMap((hit) => {
    const said = read.slice(hit.from, hit.to).map(({ text }) => text);
    return hit.values.map((known) => ({ known, said: said.join(' ') }));
  });
}

function licenseTokens(license: LicenseName): readonly string[] {
  const family = familyOf(license);
  return license.token === license.family ? [family] : [`l:${license.token}`, family];
}

/** The token of a license's family. */
export function familyOf({ family }: LicenseName): string {
  return `f:${family}`;
}

const articles = new Set(['a', 'an', 'the']);

/** Stems for concept phrases: articles are skipped, so that "sign the CLA" is "sign CLA". */
function stems(atoms: readonly Atom[]): readonly string[] {
  return atoms.filter(({ text }) => !articles.has(text)).map(({ stem }) => stem);
}

/** The parts of a name of a license as texts. */
function licenseTexts(atoms: readonly Atom[]): readonly string[] {
  const parts = atoms.map(({ text }) => ({ text, license: partsOf(text).map((part) => ({ text: part, key: 0 })) }));
  return joinParts(parts).map(({ text }) => text);
}

/** What an atom is in the name of a license: "gplv3" is gpl, 3. */
function partsOf(text: string): readonly string[] {
  if (text === 'gnu' || text === 'version' || text === 'v') return [];
  const [, name = '', number = ''] = /^([a-z]*?)v?(\d+)$/.exec(text) ?? [];
  if (number === '') return [text];
  return name === '' ? [number] : [name, number];
}

/** "GPLv3", "gpl 3.0" and "GNU GPL version 3" all become gpl, 3. */
function joinParts(words: readonly Pick<Word, 'text' | 'license'>[]): readonly LicensePart[] {
  const result: LicensePart[] = [];
  for (const { text, license } of words) {
    const [first] = license;
    if (license.length === 1 && first) {
      // The 0 of "3.0" says nothing.
      if (first.text !== '0' || !/^\d+$/.test(result.at(-1)?.text ?? '')) result.push(first);
      continue;
    }
    // "Apache License, Version 2.0": the comma belongs to the name.
    if (text === 'version' && result.at(-1)?.text === '') result.pop();
    for (const part of license) result.push(part);
  }
  return result;
}

const hanStopPhrases = createPhrases(hanStops.map((stop) => [[...stop], stop] as const));

/**
 * Surface tokens: stems without stop words, and pairs of neighboring Han characters between function words; a single one
 * stands for itself.
 */
function collectSurface<T>(words: readonly Word[], stops: readonly Span[], collector: Collector<T>): void {
  let stop = 0;
  for (let at = 0; at < words.length; ) {
    const word = words[at];
    const end = stops[stop]?.from ?? words.length;
    if (!word || at === end) {
      at = stops[stop]?.to ?? words.length;
      stop += 1;
    } else if (word.han) {
      const from = at;
      at = collectPairs(words, from, end, collector);
      if (at - from === 1) collector.add(word.token);
    } else {
      if (word.telling) collector.add(word.token);
      at += 1;
    }
  }
}

/** @returns where the run of Han characters ends */
function collectPairs<T>(words: readonly Word[], from: number, end: number, collector: Collector<T>): number {
  let before = words[from];
  let at = from + 1;
  for (; at < end; at += 1) {
    const word = words[at];
    if (!before || !word?.han) break;
    collector.addPair(before.token, word.token);
    before = word;
  }
  return at;
}
