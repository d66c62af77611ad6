import type { Locale } from './i18n.ts';
import type { Organization } from './organization.ts';

const placeholder = /\{\{\s*([a-zA-Z][\w-]*(?:\.[\w-]+)*)\s*\}\}/g;

// What readers may see; roles and people stay out of texts.
const roots: ReadonlySet<string> = new Set(['name', 'ospo', 'links', 'desks', 'limits']);

/** The paths of the placeholders in a text, each once, in order. */
export function placeholdersIn(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(placeholder), (match) => match[1] ?? ''))];
}

/**
 * The value of a placeholder.
 * @param path field names joined by dots, e.g. `ospo.sla.component`
 * @returns the words in `locale`; undefined where the organization has not set any or readers may not see them
 */
export function resolvePlaceholder(organization: Organization, path: string, locale: Locale): string | undefined {
  const steps = path.split('.');
  if (!roots.has(steps[0] ?? '')) return undefined;
  let value: unknown = organization;
  for (const step of steps) value = ownField(value, step);
  const words = typeof value === 'object' ? ownField(value, locale) : value;
  return typeof words === 'string' || typeof words === 'number' ? String(words) : undefined;
}

/**
 * Puts the organization's words into a text. A promise (`ospo.sla.*`, `ospo.contact`) is a sentence of its own; any
 * other value stands inside a sentence. Where the organization has set none, the whole sentence is left out, and so is a line that this empties.
 * A sentence ends with . ! ? before a space, with 。！？, or with the line.
 * @returns the text, and the paths without a value, each once
 */
export function fillPlaceholders(
  text: string,
  organization: Organization,
  locale: Locale,
): { readonly text: string; readonly missing: readonly string[] } {
  const paths = placeholdersIn(text);
  if (paths.length === 0) return { text, missing: [] };
  const values = new Map(paths.map((path) => [path, resolvePlaceholder(organization, path, locale)]));
  const lines = text.split('\n').flatMap((line) => fillLine(line, values));
  return {
    text: lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .replace(/\n+$/, text.endsWith('\n') ? '\n' : ''),
    missing: paths.filter((path) => values.get(path) === undefined),
  };
}

type Values = ReadonlyMap<string, string | undefined>;

/** The line with its values; no line at all when nothing but a list mark would be left. */
function fillLine(line: string, values: Values): readonly string[] {
  if (!line.includes('{{')) return [line];
  const [mark = ''] = /^\s*(?:(?:[-*+>]|\d+[.)])\s+)*/.exec(line) ?? [];
  const filled = sentencesOf(line.slice(mark.length))
    .map((sentence) => fillSentence(sentence, values))
    .join('')
    .trimEnd();
  return filled === '' ? [] : [mark + filled];
}

function fillSentence(sentence: string, values: Values): string {
  const paths = placeholdersIn(sentence);
  if (paths.some((path) => values.get(path) === undefined)) return '';
  const filled = sentence.replace(placeholder, (_, path: string) => values.get(path) ?? '');
  // A promise brings its own full stop; the writer's second one goes.
  return paths.some(isPromise) ? filled.replace(/([.!?。！？])[.。](?=\s*$)/u, '$1') : filled;
}

function isPromise(path: string): boolean {
  return /^ospo\.(?:contact|sla\.[\w-]+)$/.test(path);
}

// A promise with the writer's full stop and the space after it; or anything up to the end of a sentence.
const promise = /\{\{\s*ospo\.(?:contact|sla\.[\w-]+)\s*\}\}/.source;
const ending = /(?:[。！？]["'”’）)\]*_]*|[.!?]["'”’)\]*_]*(?=\s+(?!\p{Ll})|$))/u.source;
const sentencePattern = new RegExp(
  `${promise}[.。]?\\s*|(?:(?!${promise}).)+?(?:${ending}\\s*|(?=${promise})|$)`,
  'gu',
);

function sentencesOf(line: string): readonly string[] {
  return line.match(sentencePattern) ?? [];
}

function ownField(value: unknown, field: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field)) return undefined;
  return Reflect.get(value, field);
}
