import { z } from 'zod';
import { locales } from '../core/i18n.ts';
import type { PersonId } from '../core/ports.ts';
import { componentKey, licenseKeys, projectKey } from './keys.ts';
import { type Request, requestStates } from './request.ts';
import { texts } from './texts.ts';
import type { RequestType } from './type.ts';

/** What somebody looks for. Everything that is given must fit. */
export const Query = z.strictObject({
  scope: z.enum(['mine', 'waiting', 'all']),
  state: z.enum(requestStates).exactOptional(),
  /** Id of a type. */
  type: z.string().exactOptional(),
  person: z.string().exactOptional(),
  number: z.int().positive().exactOptional(),
  /** The name of a project or component, or a license. */
  words: z.string().max(200).exactOptional(),
});
export type Query = z.infer<typeof Query>;

const scopeWords: Readonly<Record<string, Query['scope']>> = {
  mine: 'mine',
  my: 'mine',
  我的: 'mine',
  waiting: 'waiting',
  待审批: 'waiting',
  等我审批: 'waiting',
  all: 'all',
  全部: 'all',
};
const numberShape = /^(?:req-?)?0*([1-9]\d{0,8})$/i;
const personShape = /^<?@?([UW][A-Z0-9]{5,})(?:\|[^>]*)?>?$/;

/**
 * What follows the command: `waiting`, `REQ-142`, `approved apache/kafka`, `contribute @somebody`. Without a scope whatever is
 * named is looked for among all, and nothing at all is one's own.
 */
export function readQuery(text: string, types: readonly RequestType[]): Query {
  const words: string[] = [];
  let query: Omit<Query, 'scope'> & { scope?: Query['scope'] } = {};
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const meant = meaningOf(word, types);
    if (meant) query = { ...query, ...meant };
    else words.push(word);
  }
  const rest = words.join(' ').slice(0, 200);
  const hasAny = rest !== '' || Object.keys(query).length > 0;
  return { scope: hasAny ? 'all' : 'mine', ...query, ...(rest ? { words: rest } : {}) };
}

function meaningOf(word: string, types: readonly RequestType[]): Partial<Query> | undefined {
  const lower = word.toLowerCase();
  const scope = scopeWords[lower];
  if (scope) return { scope };
  const [, person] = personShape.exec(word) ?? [];
  if (person) return { person };
  const [, number] = numberShape.exec(word) ?? [];
  if (number) return { number: Number(number) };
  const state = stateNamed(lower);
  if (state) return { state };
  const type = types.find(({ id, short }) => id === lower || locales.some((l) => short[l].toLowerCase() === lower));
  return type && { type: type.id };
}

/** `approved`, `on-hold`, `已批准`. */
function stateNamed(word: string): Request['state'] | undefined {
  const plain = word.replaceAll('-', '_');
  return requestStates.find(
    (state) => state === plain || locales.some((locale) => texts[locale].states[state] === word),
  );
}

/** The index keys that words may stand for; a request that has one of them fits. */
export function keysFor(words: string): readonly string[] {
  return [...new Set([projectKey(words), componentKey(words), ...licenseKeys(words)])];
}

/** Whether a request fits everything that is asked for but the scope. */
export function fits(request: Request, query: Query): boolean {
  const { state, type, person, number, words } = query;
  if (number !== undefined && request.number !== number) return false;
  if (state !== undefined && request.state !== state) return false;
  if (type !== undefined && request.type !== type) return false;
  if (person !== undefined && request.requester !== (person as PersonId)) return false;
  if (words === undefined) return true;
  const keys = keysFor(words);
  return request.keys.some((key) => keys.includes(key));
}
