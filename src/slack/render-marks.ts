import type { Run } from './render-model.ts';

// Two noncharacters, which `stripUnseen` has taken out of the source: the parser takes them for letters.
const filler = '\uFDD0';
const strikeMark = '\uFDD1';

/** Letters of scripts that write no spaces between words, for a character class. */
export const wide = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}';
/** Full-width punctuation, and the dashes, quotes, dots that Chinese shares with Western text, for a character class. */
export const widePunctuation =
  '\\u00B7\\u2014\\u2018-\\u201D\\u2026\\u3001-\\u303F\\uFF01-\\uFF0F\\uFF1A-\\uFF20\\uFF3B-\\uFF40\\uFF5B-\\uFF65';
// A backslash makes the asterisk after it a plain one; an asterisk belongs to the run.
const anyPunctuation = '(?:(?![\\\\*])[\\p{P}\\p{S}])';
const run = '(?<!\\*)\\*{1,3}(?!\\*)';

const edges = [
  // punctuation | run | letter: the run cannot close
  `(?<=[${widePunctuation}])(?=${run}[\\p{L}\\p{N}])`,
  `(?<=${anyPunctuation})(?=${run}[${wide}])`,
  // letter | run | punctuation: the run cannot open
  `(?<=[\\p{L}\\p{N}]${run})(?=[${widePunctuation}])`,
  `(?<=[${wide}]${run})(?=${anyPunctuation})`,
].map((edge) => new RegExp(edge, 'gu'));

/**
 * Lets asterisks open and close between a letter and punctuation where Chinese needs it. CommonMark refuses that
 * (https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run), because it tells the two sides of a word by spaces,
 * which Chinese does not write. A letter nobody sees between punctuation and asterisks makes it agree; `readStrikes` and
 * `literally` take it out again.
 */
export function easeEmphasis(source: string): string {
  return edges.reduce((text, edge) => text.replace(edge, filler), source);
}

/** Replaces `~~`, which CommonMark does not know, by marks that survive parsing. Three or more are a fence. */
export function markStrikes(source: string): string {
  return source.replace(/(?<![\\~])~~(?!~)/g, strikeMark);
}

/** Source that is not read as text (code, addresses, HTML), as it was typed. */
export function literally(text: string): string {
  return text.replaceAll(filler, '').replaceAll(strikeMark, '~~');
}

/** Strikes what stands between two marks, also across styles; a mark without partner is what was typed. */
export function readStrikes(runs: readonly Run[]): readonly Run[] {
  const marks = runs.reduce((sum, { text }) => sum + text.split(strikeMark).length - 1, 0);
  let left = marks - (marks % 2);
  let struck = false;
  return runs.flatMap((whole) => {
    const [first = '', ...others] = whole.text.replaceAll(filler, '').split(strikeMark);
    const pieces: Run[] = [piece(whole, first, struck)];
    for (const text of others) {
      if (left === 0) pieces.push(piece(whole, `~~${text}`, false));
      else {
        left -= 1;
        struck = !struck;
        pieces.push(piece(whole, text, struck));
      }
    }
    return pieces;
  });
}

function piece(whole: Run, text: string, struck: boolean): Run {
  return struck ? { ...whole, text, strike: true } : { ...whole, text };
}
