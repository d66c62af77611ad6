import type { Program } from './program.ts';

/** Free words as people write them: `Tokio, async Rust、内核`. */
const between = /[,，、;；/\n]+/u;

/** A word as it is compared: case, width and what projects are called around their name make no difference. */
export function plainWord(word: string): string {
  return word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(
      /(?:^(?:the|an?|an open source|any|some) | (?:projects?|community|foundation|communities)$|项目$|社区$|基金会$)/gu,
      '',
    )
    .trim();
}

/** The free words of a field, each once. */
export function wordsIn(text: string): readonly string[] {
  return [...new Set(text.split(between).flatMap((word) => plainWord(word) || []))];
}

/** The skill of the list that a word names, by its id, its name or what else it is called. */
export function skillNamed(program: Pick<Program, 'skills'>, word: string): string | undefined {
  const plain = plainWord(word);
  return program.skills.find(({ id, name, also }) =>
    [id, id.replace(/-/g, ' '), ...Object.values(name), ...also].some((one) => plainWord(one) === plain),
  )?.id;
}

/**
 * What somebody offers or looks for, so that two people's can be compared: ids of the list, and free words that are not on it.
 * A free word that names a skill of the list is that skill.
 */
export function topicsOf(
  program: Pick<Program, 'skills'>,
  { skills, words }: { readonly skills: readonly string[]; readonly words: string },
): ReadonlySet<string> {
  return new Set([...skills, ...wordsIn(words).map((word) => skillNamed(program, word) ?? word)]);
}
