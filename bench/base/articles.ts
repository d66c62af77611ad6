import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { Article, Edition } from '../../src/ask/article.ts';

/*
 * Bases as large as one likes for measuring, made from the articles that ship.
 *
 * What a base costs depends on its vocabulary, and that of a real one grows ever more slowly (Heaps' law). The first 22, 44 and
 * 88 of the shipped articles have 1,600, 2,200 and 3,200 different English stems and 5,400, 8,700 and 13,500 pairs of Chinese
 * characters. `imitate` goes on at that pace: 5,600 stems and 32,000 pairs at 300 articles, 11,000 and 70,000 at 1,000, 50,000
 * and 258,000 at 10,000, with 750 uses of tokens in an article where a real one has 700. `distract`, the older way, has
 * 8,300 and 634,000 at 2,000 articles, with 1,050 uses in each: no language is like that, but nothing gets harder.
 */

/** Numbers that look random and are the same in every run (a linear congruential generator). */
function createDice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}
type Dice = ReturnType<typeof createDice>;

const letters = 'bcdfghjklmnpqrstvwz';
const vowels = 'aeiou';

/** A word that nobody uses, another one for every number. */
function spellOut(number: number): string {
  let word = '';
  for (let left = number + 50; left > 0; left = Math.floor(left / 95)) {
    word += (letters[left % 19] ?? '') + (vowels[Math.floor(left / 19) % 5] ?? '');
  }
  return word;
}

/** How a text is changed; one for each article. */
type Reword = (text: string) => string;

function reworded({ editions, ...facts }: Article, id: string, reword: Reword): Article {
  const edition = (original: Edition, locale: string): Edition => ({
    ...original,
    title: reword(original.title),
    aliases: original.aliases.map(reword),
    scope: reword(original.scope),
    short: reword(original.short),
    body: reword(original.body),
    hash: `${id}.${locale}`,
    file: fileOf(id, facts.area, locale),
  });
  const zh = editions['zh-CN'];
  return {
    ...facts,
    id,
    licenses: [],
    tags: facts.tags.map(reword),
    related: [],
    siblings: [],
    editions: { en: edition(editions.en, 'en'), ...(zh && { 'zh-CN': edition(zh, 'zh-CN') }) },
  };
}

function fileOf(id: string, area: string, locale: string): string {
  return `knowledge/${area}/${id}.${locale}.md`;
}

function modelOf(real: readonly Article[], n: number): Article {
  const model = real[n % real.length];
  if (!model) throw new Error('The base has no articles to learn the shape from.');
  return model;
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
const latin = /[A-Za-z]{3,}/g;
const han = /\p{Script=Han}+/gu;
// Names of placeholders and targets of links are not words.
const code = /(\{\{[^}]*\}\}|\]\([^)]*\)|https?:\/\/\S+)/;

/** Two words of a run of Chinese characters at a time: words keep company, and any two side by side would be pairs that no text has. */
function chineseWords(run: string): readonly string[] {
  const words = Array.from(segmenter.segment(run), ({ segment }) => segment);
  return words.flatMap((word, at) => (at % 2 === 0 ? [word + (words[at + 1] ?? '')] : []));
}

/**
 * How a vocabulary grows with its texts: mostly by words that were used before, the more often the likelier, and now and
 * then by a new one, ever more rarely (Simon's process). Frequencies come out as Zipf found them, the number of different words as
 * Heaps did: words^heaps.
 */
function createVocabulary(seeds: readonly string[], heaps: number, invent: (n: number) => string, dice: Dice) {
  const used = [...seeds];
  let different = new Set(seeds).size;
  const perWord = different / used.length ** heaps;
  return (): string => {
    const due = perWord * used.length ** heaps;
    const word = different < due ? invent(different++) : (used[dice(used.length)] ?? '');
    used.push(word);
    return word;
  };
}

// So that vocabularies grow as told above.
const heaps = { en: 0.62, zh: 0.48 };

/**
 * Articles of the shape of real ones that speak about something else, in the same kind of words: in each, two words in three
 * are swapped for others, the same for the same.
 */
export function imitate(real: readonly Article[], count: number): readonly Article[] {
  const dice = createDice(20_261_122);
  const texts = real.flatMap(({ editions }) =>
    Object.values(editions).flatMap(({ title, aliases, short, body }) => [title, ...aliases, short, body]),
  );
  const english = texts.flatMap((text) => [...new Set(text.match(latin))]);
  const chinese = texts.flatMap((text) => [...new Set((text.match(han) ?? []).flatMap(chineseWords))]);
  const characters = chinese.join('');
  const character = () => characters[dice(characters.length)] ?? '';
  const nextEnglish = createVocabulary(english, heaps.en, spellOut, dice);
  const nextChinese = createVocabulary(chinese, heaps.zh, () => character() + character(), dice);

  return Array.from({ length: count }, (_, n) => {
    const swaps = new Map<string, string>();
    const swap = (word: string, next: () => string) => {
      const swapped = swaps.get(word) ?? (dice(3) === 0 ? word : next());
      swaps.set(word, swapped);
      return swapped;
    };
    const rewordProse = (text: string) =>
      text
        .replace(latin, (word) => swap(word, nextEnglish))
        .replace(han, (run) =>
          chineseWords(run)
            .map((word) => swap(word, nextChinese))
            .join(''),
        );
    const reword = (text: string) =>
      text
        .split(code)
        .map((part, at) => (at % 2 === 0 ? rewordProse(part) : part))
        .join('');
    return reworded(modelOf(real, n), `imitation-${n}`, reword);
  });
}

/**
 * The hardest case: in every place two words in three, and two Chinese characters in three, are swapped for any other. Chinese
 * characters then stand in pairs that no language has, and nearly each pair is a token of its own.
 */
export function distract(real: readonly Article[], count: number): readonly Article[] {
  const dice = createDice(20_261_122);
  const rank = () => Math.floor(30_000 ** (dice(10_000) / 10_000));
  const reword = (text: string) =>
    text
      .replace(latin, (word) => (dice(3) === 0 ? word : spellOut(rank())))
      .replace(/\p{Script=Han}/gu, (character) =>
        dice(3) === 0 ? character : String.fromCodePoint(0x4e00 + (rank() % 4_000)),
      );
  return Array.from({ length: count }, (_, n) => reworded(modelOf(real, n), `distractor-${n}`, reword));
}

/** Writes articles as the files they would be read from. The limits of lengths hold: swapped words may be longer. */
export async function writeArticles(articles: readonly Article[], dir: string): Promise<void> {
  for (const { editions, variant, ...facts } of articles) {
    for (const [locale, edition] of Object.entries(editions)) {
      const { title, reviewed, aliases, scope, short, body } = edition;
      const words = {
        id: facts.id,
        title: title.slice(0, 150),
        reviewed,
        aliases: aliases.map((alias) => alias.slice(0, 200)),
        scope: scope.slice(0, 200),
      };
      const front = stringify(locale === 'en' ? { ...words, ...facts } : words);
      const path = join(dir, fileOf(facts.id, facts.area, locale));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, `---\n${front}---\n**${short.slice(0, 300).trim()}**\n\n${body}\n`);
    }
  }
}
