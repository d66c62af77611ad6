import type { Concept } from './article.ts';
import { syllables } from './syllables.ts';
import { hanStops } from './words.ts';

/** What was written, and what was meant: they sound alike. */
interface Slip {
  readonly from: string;
  readonly to: string;
}

/** Mends slips of Chinese keyboards, which write characters by their sound: 许可正 for 许可证. */
export interface Homophones {
  correct(text: string): { readonly text: string; readonly corrections: readonly Slip[] };
}

// They belong to no word: 是用 is no 使用.
const functionWords = new RegExp(`(${hanStops.toSorted((a, b) => b.length - a.length).join('|')})`);

// Typed by their keys, and before any measure: 二级 is no 耳机.
const numerals = '一二两三四五六七八九十百千万几半';

// Of one character there is no telling; longer ones hold a shorter one that was meant.
const lengths = { fewest: 2, most: 4 };
// A question has a slip or two; more is another matter.
const mostSlips = 3;

/**
 * @param concepts the thesaurus: its Chinese words are what a slip may be mended to
 * @param isKnown whether two neighboring characters stand in any text of the base; such a word is never changed
 */
export function createHomophones(concepts: readonly Concept[], isKnown: (pair: string) => boolean): Homophones {
  const bySound = new Map<string, string[]>();
  for (const word of wordsOf(concepts)) {
    for (const sound of soundsOf(word)) {
      const alike = bySound.get(sound);
      if (alike) alike.push(word);
      else bySound.set(sound, [word]);
    }
  }

  /** The word that was meant by the characters from one place to another; undefined where they are no slip. */
  function meantBy(run: string, from: number, to: number): string | undefined {
    const written = run.slice(from, to);
    const alike = new Set(soundsOf(written).flatMap((sound) => bySound.get(sound) ?? []));
    if (alike.has(written)) return undefined;
    return [...alike]
      .filter((word) => isStranger(written, word) && (!isWord(written) || fits(run, from, to, word)))
      .toSorted((a, b) => distance(written, a) - distance(written, b))[0];
  }

  /** No text has any of what would be changed, and it is no number. */
  function isStranger(written: string, word: string): boolean {
    const pairs = pairsOf(written).every((pair, at) => pair === word.slice(at, at + 2) || !isKnown(pair));
    return pairs && [...written].every((character, at) => character === word[at] || !numerals.includes(character));
  }

  /** What stands before or after goes on as a text does: 开原软件, where 源软 is known. */
  function fits(run: string, from: number, to: number, word: string): boolean {
    const before = from > 0 && isKnown(run.charAt(from - 1) + word.charAt(0));
    const after = to < run.length && isKnown(word.charAt(word.length - 1) + run.charAt(to));
    return before || after;
  }

  function mend(run: string, slips: Slip[]): string {
    if (pairsOf(run).every(isKnown)) return run;
    const edges = edgesOf(run);
    let mended = run;
    for (let from = 0; from < run.length; from += 1) {
      // The end of 系统 and 包 are no word 统包: what is mended is made of whole words.
      const ends = edges.has(from) ? endsAfter(from, edges) : [];
      for (const to of ends) {
        const written = mended.slice(from, to);
        if (slips.length >= mostSlips || pairsOf(written).every(isKnown)) continue;
        const word = meantBy(mended, from, to);
        if (word === undefined) continue;
        slips.push({ from: written, to: word });
        mended = mended.slice(0, from) + word + mended.slice(to);
        from = to - 1;
        break;
      }
    }
    return mended;
  }

  return {
    correct(text) {
      const slips: Slip[] = [];
      const mended = text.replace(/\p{Script=Han}{2,}/gu, (run) =>
        run
          .split(functionWords)
          .map((part, at) => (at % 2 === 0 ? mend(part, slips) : part))
          .join(''),
      );
      return { text: mended, corrections: slips };
    },
  };
}

/** Chinese words of the subject; those that tell the type of a question are everywhere. */
function wordsOf(concepts: readonly Concept[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { id, zh } of concepts) {
    if (id.startsWith('q_')) continue;
    for (const form of zh) for (const part of [form, ...partsOf(form)]) if (isTarget(part)) words.add(part);
  }
  return words;
}

function isTarget(word: string): boolean {
  if (!/^\p{Script=Han}+$/u.test(word) || /[没不]/.test(word) || functionWords.test(word)) return false;
  return word.length >= lengths.fewest && word.length <= lengths.most;
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

function partsOf(text: string): readonly string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

/** Whether it is a word of the language, beside being a possible slip. */
function isWord(text: string): boolean {
  return partsOf(text).length === 1;
}

/** Where words begin and end. */
function edgesOf(run: string): ReadonlySet<number> {
  return new Set([...segmenter.segment(run)].map(({ index }) => index).concat(run.length));
}

/** Where a slip that begins at a place may end, the furthest first. */
function endsAfter(from: number, edges: ReadonlySet<number>): readonly number[] {
  return [...edges].filter((to) => to - from >= lengths.fewest && to - from <= lengths.most).toSorted((a, b) => b - a);
}

/** How far a word is from what was written: a character by its usual sound is a step, by a rarer one two, by a similar one three. */
function distance(written: string, word: string): number {
  const steps = [...written].map((character, at) => {
    const meant = word.charAt(at);
    if (character === meant) return 0;
    const [heard, wanted] = [readingsOf.get(character) ?? [], readingsOf.get(meant) ?? []];
    if (heard[0] === wanted[0]) return 1;
    return heard.some((reading) => wanted.includes(reading)) ? 2 : 3;
  });
  return steps.reduce((sum: number, step) => sum + step, 0);
}

/** What many speakers do not tell apart, and type one for the other: zh and z, eng and en. */
function blur(syllable: string): string {
  return syllable.replace(/^([zcs])h/, '$1').replace(/([ei])ng$/, '$1n');
}

function pairsOf(text: string): readonly string[] {
  return Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2));
}

/** Every way to hear a text, syllable by syllable; none where a character is rare. */
function soundsOf(text: string): readonly string[] {
  let sounds: readonly string[] = [''];
  for (const character of text) {
    const heard = [...new Set((readingsOf.get(character) ?? []).map(blur))];
    sounds = sounds.flatMap((sound) => heard.map((syllable) => `${sound} ${syllable}`));
  }
  return sounds;
}

/** The syllables of each character. */
const readingsOf = new Map<string, string[]>();
for (const entry of syllables.trim().split(/\s+/)) {
  const [, syllable = '', characters = ''] = /^([a-z]+)(.+)$/u.exec(entry) ?? [];
  for (const character of characters) {
    const readings = readingsOf.get(character);
    if (readings) readings.push(syllable);
    else readingsOf.set(character, [syllable]);
  }
}
