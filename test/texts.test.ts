import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Locale, locales } from '../src/core/i18n.ts';

const sourceDir = fileURLToPath(new URL('../src/', import.meta.url));
const sources = readdirSync(sourceDir, { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path));
const textFiles = sources.filter((path) => /\/(?:[a-z]+-)*texts\.ts$/.test(path)).sort();

type Words = Readonly<Record<string, unknown>>;
type Texts = Readonly<Record<Locale, Words>>;

function isTexts(value: unknown): value is Texts {
  return typeof value === 'object' && value !== null && locales.every((locale) => Object.hasOwn(value, locale));
}

async function textsOf(file: string): Promise<Texts | undefined> {
  const exported = (await import(join(sourceDir, file))) as Readonly<Record<string, unknown>>;
  return Object.values(exported).find(isTexts);
}

/** Files whose words stand in tables of both languages; in the others both languages stand beside each other, or sentences are put together. */
const tables = await Promise.all(textFiles.map(async (file) => [file, await textsOf(file)] as const));
const files = tables.flatMap(([file, texts]) => (texts ? [[file, texts] as const] : []));

/** Every word of one language, by where it stands: "refused.full". */
function leavesOf(words: unknown, at = ''): readonly (readonly [string, unknown])[] {
  if (typeof words !== 'object' || words === null) return [[at, words]];
  return Object.entries(words).flatMap(([key, inner]) => leavesOf(inner, at ? `${at}.${key}` : key));
}

// What stands for a name: no letter of either script, since which one it is decides about the space beside it.
const somebody = '\uE000';
/** What functions are called with, by the name of the parameter; every other one is somebody or something. */
const samples: Readonly<Record<string, readonly unknown[]>> = {
  count: [1, 2],
  n: [1, 2],
  articles: [1, 2],
  days: [1, 2],
  desk: ['office', 'restricted'],
  date: ['2026-11-22'],
  when: ['22 Nov 2026, 10:00'],
  reference: ['k7q2'],
  ids: [['GPL-2.0-only', 'GPL-3.0-only']],
};

function parametersOf(words: (...filled: never[]) => unknown): readonly string[] {
  const [, list = ''] = /^\(?([^)=]*)\)?\s*=>/.exec(words.toString()) ?? [];
  return list.split(',').flatMap((name) => name.trim() || []);
}

/** The words as a person would read them; functions with every combination of samples. */
function spoken(words: unknown): readonly string[] {
  if (typeof words === 'string') return [words];
  if (typeof words !== 'function') return [String(words)];
  const call = words as (...filled: unknown[]) => unknown;
  const combinations = parametersOf(call).reduce<readonly (readonly unknown[])[]>(
    (all, name) => all.flatMap((filled) => (samples[name] ?? [somebody]).map((sample) => [...filled, sample])),
    [[]],
  );
  return combinations.map((filled) => [call(...filled)].flat().join(''));
}

const latin = '[A-Za-z0-9]';
const fullWidth = '[，。！？；：、（）《》“”]';
/** What no text may hold, and why. */
const rules: readonly (readonly [string, RegExp, Locale?])[] = [
  ['an exclamation mark', /[!！]/],
  ['a value that is missing', /undefined|null|NaN|\[object/],
  ['legal theater', /please be advised|as per policy|kindly|hereby/i],
  ['two spaces', / {2}/],
  ['a space at its end', /^\s|\s$/],
  ['Chinese', /\p{Script=Han}/u, 'en'],
  ['a dash that is not said', /[—–]/, 'en'],
  ['您 instead of 你', /您/, 'zh-CN'],
  ['Han and Latin without a space', new RegExp(`\\p{Script=Han}${latin}|${latin}\\p{Script=Han}`, 'u'), 'zh-CN'],
  ['a space beside full-width punctuation', new RegExp(`[ ]${fullWidth}|${fullWidth}[ ]`), 'zh-CN'],
  ['half-width punctuation after Han', /\p{Script=Han}[,;:?()]|[(]\p{Script=Han}/u, 'zh-CN'],
];

/** What breaks a rule for a reason. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  // Joins two pieces of a sentence, so it brings its own spaces.
  'ask/texts.ts': ['and'],
  'requests/texts.ts': ['fact', 'comma', 'and', 'semicolon'],
  'requests/form-texts.ts': ['comma', 'and'],
  // A language is named, and its speaker introduced, in their own words; a step of the tour that is only read has no button.
  'playground/page/texts.ts': ['language', 'roles.shanghai', 'steps.1.action'],
};

function mistakesIn(text: string, locale: Locale): readonly string[] {
  if (text === '') return ['nothing'];
  return rules.flatMap(([what, pattern, only]) => ((only ?? locale) === locale && pattern.test(text) ? [what] : []));
}

describe.each(files)('%s', (file, texts) => {
  it('says the same things in every language', () => {
    const kinds = locales.map((locale) =>
      leavesOf(texts[locale])
        .map(([at, words]) => `${at}: ${typeof words}`)
        .toSorted(),
    );

    expect(Object.keys(texts).toSorted()).toEqual([...locales].toSorted());
    expect(kinds[1]).toEqual(kinds[0]);
    expect(kinds[0]?.length).toBeGreaterThan(0);
  });

  it('speaks as we speak', () => {
    const mistakes = locales.flatMap((locale) =>
      leavesOf(texts[locale]).flatMap(([at, words]) =>
        spoken(words).flatMap((text) => mistakesIn(text, locale).map((what) => ({ at, locale, what, text }))),
      ),
    );

    const excepted = exceptions[file] ?? [];
    expect(mistakes.filter(({ at }) => !excepted.includes(at))).toEqual([]);
    expect(excepted.filter((at) => !mistakes.some((mistake) => mistake.at === at))).toEqual([]);
  });

  it('says nothing that nobody uses', () => {
    const folder = dirname(file);
    const code = sources
      .filter((path) => path !== file)
      .map((path) => ({ path, text: readFileSync(join(sourceDir, path), 'utf8') }))
      .filter(({ path, text }) => path.startsWith(`${folder}/`) || text.includes(`/${file}'`))
      .map(({ text }) => text)
      .join('\n');

    const unused = Object.keys(texts.en).filter((key) => !isUsed(key, code));

    expect(unused).toEqual([]);
  });
});

/** Read as a property, taken out by its name, or named where words are looked up by what something is called. */
function isUsed(key: string, code: string): boolean {
  const named = /\bwords\[/.test(code) && code.includes(`'${key}'`);
  return named || new RegExp(`\\.${key}\\b|[{,]\\s*${key}\\b[^;]*\\} = `).test(code);
}

describe('the rules', () => {
  it('were held against every feature', () => {
    expect(files.map(([file]) => file)).toEqual(
      expect.arrayContaining(['ask/texts.ts', 'handoffs/texts.ts', 'home/texts.ts', 'slack/texts.ts']),
    );
  });

  it.each<readonly [string, Locale, string]>([
    ['', 'en', 'nothing'],
    ['Great!', 'en', 'an exclamation mark'],
    ['太好了！', 'zh-CN', 'an exclamation mark'],
    ['by undefined', 'en', 'a value that is missing'],
    ['Please be advised that it is due.', 'en', 'legal theater'],
    ['Open  it.', 'en', 'two spaces'],
    ['Open it. ', 'en', 'a space at its end'],
    ['问一下', 'en', 'Chinese'],
    ['您可以提问', 'zh-CN', '您 instead of 你'],
    ['用AGPL 组件', 'zh-CN', 'Han and Latin without a space'],
    ['还有 3个', 'zh-CN', 'Han and Latin without a space'],
    ['好的， 谢谢', 'zh-CN', 'a space beside full-width punctuation'],
    ['用 AGPL ，可以', 'zh-CN', 'a space beside full-width punctuation'],
    ['好的,谢谢', 'zh-CN', 'half-width punctuation after Han'],
  ])('find what is wrong with "%s"', (text, locale, expected) => {
    expect(mistakesIn(text, locale)).toEqual([expected]);
  });

  it.each<readonly [string, Locale]>([
    ['Read on', 'en'],
    ['有 3 个 PR，都在 GitHub 上。', 'zh-CN'],
    [`${somebody} 已答复，22 Nov 2026。`, 'zh-CN'],
  ])('find nothing wrong with "%s"', (text, locale) => {
    expect(mistakesIn(text, locale)).toEqual([]);
  });

  it('see what functions say, whatever they are called with', () => {
    expect(spoken((n: number) => (n === 1 ? 'one' : `${n} more`))).toEqual(['one', '2 more']);
    expect(spoken((who: string, when: string) => [who, ' by ', when])).toEqual([`${somebody} by 22 Nov 2026, 10:00`]);
  });

  it.each([
    ['texts.en.close', true],
    ['const { title, close } = texts[locale];', true],
    ["const by = 'close'; words[by];", true],
    ["const by = 'close';", false],
    ['closest', false],
    ['const a = { close: 1 };', false],
  ])('know a key that is used: %s', (code, expected) => {
    expect(isUsed('close', code)).toBe(expected);
  });
});
