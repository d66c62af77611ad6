import type { Finding } from '../core/findings.ts';
import { locales } from '../core/i18n.ts';
import type { KnowledgeBase } from './article.ts';

// One word is a keyword, which topics may share.
const fewestTokens = 2;

/**
 * Ways to ask that two topics have, once the search has read them: it cannot tell which one is meant. What is the same to
 * the letter is found when content is loaded.
 * @param tokensOf what the search reads in a text
 */
export function duplicateQuestions(
  base: KnowledgeBase,
  tokensOf: (text: string) => readonly string[],
): readonly Finding[] {
  const owners = new Map<string, { readonly id: string; readonly alias: string }>();
  const findings: Finding[] = [];
  const look = (id: string, alias: string, file: string, field: string) => {
    const tokens = tokensOf(alias);
    if (tokens.length < fewestTokens) return;
    const meaning = tokens.toSorted().join(' ');
    const owner = owners.get(meaning);
    if (!owner) owners.set(meaning, { id, alias });
    else if (owner.id !== id && plain(owner.alias) !== plain(alias)) {
      const problem = `"${alias}" says the same as "${owner.alias}" at ${owner.id}.`;
      findings.push({ file, field, problem, mend: 'Keep it where it belongs, or say it apart.', fatal: false });
    }
  };
  for (const { id, aliases } of base.desks) {
    for (const alias of locales.flatMap((locale) => aliases[locale])) {
      look(`desk ${id}`, alias, 'knowledge/desks.yml', `${id}.aliases`);
    }
  }
  for (const { id, editions } of base.articles) {
    for (const edition of locales.flatMap((locale) => editions[locale] ?? [])) {
      for (const alias of edition.aliases) look(id, alias, edition.file, 'aliases');
    }
  }
  return findings;
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, ' ')
    .trim();
}
