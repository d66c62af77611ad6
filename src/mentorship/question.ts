import type { Program } from './program.ts';
import { plainWord, skillNamed } from './topics.ts';

/** What somebody is asked to help with: skills of the list, and words that are on it nowhere. */
export interface Wanted {
  readonly skills: readonly string[];
  readonly unknown: readonly string[];
}

const me = '(?: (?:me|us|my team|our team))?';
const english = [
  `^who (?:can|could|might|would|is able to|here can) help${me} (?:with|on|in|around) (?<what>.+)$`,
  `^who (?:helps|can support|supports|can advise|advises|can guide|guides|can mentor|mentors|can teach|teaches)${me} (?:with|on|in|about)? ?(?<what>.+)$`,
  `^(?:is there )?(?:anyone|anybody|someone|somebody)(?: here)? who (?:can help|could help|helps)${me} (?:with|on|in) (?<what>.+)$`,
  `^(?:can|could) (?:anyone|anybody|someone|somebody)(?: here)? help${me} (?:with|on|in) (?<what>.+)$`,
  `^who (?:here )?(?:knows(?: about)?|is good at|is an expert (?:in|on)) (?<what>.+)$`,
  `^who (?:is|are) (?:the |our |an? )?ambassadors? for (?<what>.+)$`,
].map((pattern) => new RegExp(pattern, 'i'));

const chinese = [
  /^(?:有)?谁(?:能|可以|会|来)(?:帮我们?|帮忙|帮|教我们?|指导我们?|带我们?)(?:看看|看一下|看|弄|解决|做|搞|学)? ?(?<what>.+)$/u,
  /^(?:有)?谁(?:比较)?(?:懂|会|熟悉|了解|擅长|精通) ?(?<what>.+)$/u,
  /^(?<what>.+?) ?(?:方面)?(?:的问题)?(?:可以|能|该)?(?:找谁帮忙|谁能帮忙|谁可以帮忙|谁能帮我|找哪位大使)$/u,
];

const between = /\s*(?:[,，、;；/&]|\band\b|\bor\b|\bplus\b|和|与|跟|以及|或者?)\s*/iu;
const longest = 160;

/**
 * What a question names that asks who helps with something, in English or Chinese; `undefined` for every other question. Meant to
 * miss rather than to take a question that the handbook answers: at least one thing must be a skill of the program's list.
 */
export function asksWhoHelps(text: string, program: Pick<Program, 'skills'>): Wanted | undefined {
  if (text.length > longest) return undefined;
  const plain = text
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .replace(/^(?:hi|hello|hey|please|你好|请问)[,，!\s]*/i, '')
    .replace(/(?:吗|呢)?[\s?？。.!]+$/u, '')
    .trim();
  for (const pattern of [...english, ...chinese]) {
    const what = pattern.exec(plain)?.groups?.what;
    if (what) return wantedIn(what, program);
  }
  return undefined;
}

/** The topics that words name, such as those behind a command; undefined where none of them is a skill of the list. */
export function wantedIn(words: string, program: Pick<Program, 'skills'>): Wanted | undefined {
  const parts = words.split(between).flatMap((part) => plainWord(part.replace(/的(?:问题|事情?|代码)$/u, '')) || []);
  const named = parts.map((part) => ({ part, skill: skillNamed(program, part) }));
  const skills = [...new Set(named.flatMap(({ skill }) => skill ?? []))];
  const unknown = named.flatMap(({ part, skill }) => (skill ? [] : [part]));
  return skills.length > 0 ? { skills, unknown } : undefined;
}
