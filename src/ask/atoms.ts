import { stemmer } from 'stemmer';
import { createPieceTable, hashOn } from './tables.ts';
import { isHan } from './tokens.ts';
import { spell, stopWords } from './words.ts';

/** A word, a Han character or, with an empty text, the end of a phrase. */
export interface Atom {
  readonly text: string;
  readonly stem: string;
  readonly han: boolean;
  /** Neither a stop word nor a single letter. */
  readonly telling: boolean;
}

/** Works out what there is to know of an atom. */
export function atomOf(text: string): Atom {
  return { text, stem: stemOf(text), han: isHan(text), telling: text.length > 1 && !stopWords.has(text) };
}

/** The stem of an English word; anything else as it is. */
export function stemOf(text: string): string {
  return /^[a-z]/.test(text) ? stemmer(text) : text;
}

/**
 * Splits normalized text.
 * @param keep whether new words are kept. Those of content come again and again; questions may hold anything.
 */
export type Split<A> = (text: string, keep: boolean) => readonly A[];

// Spaces and what joins words.
const joining = new Uint8Array(128);
for (const character of ' \t\n\v\f\r-/_+&') joining[character.charCodeAt(0)] = 1;
const point = '.'.charCodeAt(0);
// A Han character, or a run of anything else beyond ASCII.
const foreign = /\p{Script=Han}|(?:(?!\p{Script=Han})[^\p{ASCII}\s])+/uy;

const firstHan = 0x4e00;
const lastHan = 0x9fff;

/**
 * Every distinct word is worked out once.
 * @param make what is kept of a word, a Han character or, for an empty text, the end of a phrase; `piece` is what was
 * written for it, and empty for the second word of what was written as one
 */
export function createSplit<A>(make: (text: string, piece: string) => A): Split<A> {
  const phraseEnd = make('', '');
  const pieces = createPieceTable<readonly A[]>();
  // By the upper and the lower byte of the code: a map is slower, one array of all twenty thousand is mostly empty.
  const characters: (A | undefined)[][] = [];

  function read(text: string, from: number, to: number, hash: number, keep: boolean): readonly A[] {
    const known = pieces.find(text, from, to, hash);
    if (known) return known;
    const slice = text.slice(from, to);
    // What is kept must not be a slice: that keeps the whole text it was cut from.
    const piece = keep ? slice.split('').join('') : slice;
    const atoms = spell(piece)
      .split(' ')
      .map((word, at) => (/^[\p{L}\p{N}]/u.test(word) ? make(word, at === 0 ? piece : '') : phraseEnd));
    if (keep) pieces.add(piece, hash, atoms);
    return atoms;
  }

  function readCharacter(code: number, keep: boolean): A {
    const known = characters[code >> 8]?.[code & 0xff];
    if (known) return known;
    const text = String.fromCharCode(code);
    const atom = make(text, text);
    if (keep) {
      const page = characters[code >> 8] ?? [];
      page[code & 0xff] = atom;
      characters[code >> 8] = page;
    }
    return atom;
  }

  return (text, keep) => {
    const atoms: A[] = [];
    let afterDigit = false;
    for (let at = 0, to = 0; at < text.length; at = to) {
      const code = text.charCodeAt(at);
      to = at + 1;
      if (isAsciiWord(code)) {
        let hash = hashOn(0, code);
        afterDigit = isDigit(code);
        for (; to < text.length; to += 1) {
          const next = text.charCodeAt(to);
          if (!isAsciiWord(next)) break;
          hash = hashOn(hash, next);
          afterDigit = isDigit(next);
        }
        for (const atom of read(text, at, to, hash, keep)) atoms.push(atom);
      } else if (code >= firstHan && code <= lastHan) {
        atoms.push(readCharacter(code, keep));
        afterDigit = false;
      } else if (code > 127) {
        to = endOfForeign(text, at);
        if (to === at) {
          to = at + 1;
          continue;
        }
        let hash = 0;
        for (let one = at; one < to; one += 1) hash = hashOn(hash, text.charCodeAt(one));
        for (const atom of read(text, at, to, hash, keep)) atoms.push(atom);
        afterDigit = false;
      } else if (joining[code] === 0 && !(code === point && afterDigit)) {
        // The point of "3.0" joins; any other piece of punctuation parts.
        atoms.push(phraseEnd);
        afterDigit = false;
      }
    }
    return atoms;
  };
}

function endOfForeign(text: string, at: number): number {
  foreign.lastIndex = at;
  return foreign.test(text) ? foreign.lastIndex : at;
}

function isAsciiWord(code: number): boolean {
  return (code >= 97 && code <= 122) || isDigit(code);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
