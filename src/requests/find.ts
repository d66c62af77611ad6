import type { Doc, Person } from '../core/ports.ts';
import { fits, keysFor, type Query } from './query.ts';
import { mayRead, readingRoles } from './readers.ts';
import { type Request, requestId } from './request.ts';
import type { Requests } from './requests.ts';

/** What was found, the latest first; what waits for its reader the most urgent first. */
export interface FoundPage {
  readonly docs: readonly Doc<Request>[];
  readonly pages: number;
  readonly hasNext: boolean;
}

// Nobody turns thirty pages; a search that finds more is narrowed down.
const mostFound = 300;
const openStates = ['in_review', 'needs_info', 'on_hold'] as const;

/**
 * Finds requests by index, never by looking through all of them.
 * Everybody finds their own and what waits for them; the office and auditors all, but what is confidential only by those
 * whom it concerns.
 * @param page from 0
 * @param size requests on a page
 */
export async function findRequests(
  requests: Requests,
  person: Person,
  query: Query,
  page: number,
  size: number,
): Promise<FoundPage> {
  const docs = await candidates(requests, person, query);
  const world = requests.world();
  const distinct = [...new Map(docs.map((doc) => [doc.id, doc])).values()];
  const found = distinct.filter((doc) => fits(doc, query) && mayRead(doc, person, world));
  const ordered = query.scope === 'waiting' ? found : found.toSorted((a, b) => b.number - a.number);
  const kept = ordered.slice(0, mostFound);
  return {
    docs: kept.slice(page * size, (page + 1) * size),
    pages: Math.max(1, Math.ceil(kept.length / size)),
    hasNext: kept.length > (page + 1) * size,
  };
}

async function candidates(requests: Requests, person: Person, query: Query): Promise<readonly Doc<Request>[]> {
  if (query.number !== undefined) {
    const doc = await requests.find(requestId(query.number));
    return doc ? [doc] : [];
  }
  const waiting = () => requests.waitingFor(person.id, mostFound);
  const mine = () => listed(requests, [`requester:${person.id}`]);
  if (query.scope === 'waiting') return waiting();
  if (query.scope === 'mine') return mine();
  const isReader = readingRoles.some((role) => person.roles.includes(role));
  const all = isReader ? listed(requests, keysOf(query)) : [];
  return (await Promise.all([all, mine(), waiting()])).flat();
}

/** The keys that narrow most come first; one kind of them is enough, the rest is looked at one by one. */
function keysOf({ words, person, state, type }: Query): readonly string[] {
  if (words !== undefined) return keysFor(words);
  if (person !== undefined) return [`requester:${person}`];
  if (state !== undefined) return [`state:${state}`];
  if (type !== undefined) return [`type:${type}`];
  return openStates.map((one) => `state:${one}`);
}

async function listed(requests: Requests, keys: readonly string[]): Promise<readonly Doc<Request>[]> {
  const pages = await Promise.all(keys.map((key) => requests.list({ key, order: 'desc', limit: mostFound })));
  return pages.flatMap(({ docs }) => docs);
}

/** Requests about the same project or component, the latest first. */
export async function similarTo(
  requests: Requests,
  request: Request,
  person: Person | undefined,
  most: number,
): Promise<readonly Doc<Request>[]> {
  const keys = request.keys.filter((key) => key.startsWith('project:') || key.startsWith('component:'));
  const world = requests.world();
  const found = new Map((await listed(requests, keys)).map((doc) => [doc.id, doc]));
  return [...found.values()]
    .filter((doc) => doc.number !== request.number && mayRead(doc, person, world))
    .toSorted((a, b) => b.number - a.number)
    .slice(0, most);
}
