import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Collection, type Op, put, type Store } from '../core/ports.ts';
import { componentKey, projectKey } from './keys.ts';
import type { Request } from './request.ts';
import type { RequestType } from './type.ts';

export const nameKinds = ['projects', 'components'] as const;
export type NameKind = (typeof nameKinds)[number];

/** A project or component as somebody wrote it whose request was approved: what others may pick from. */
export const KnownName = z.strictObject({
  kind: z.enum(nameKinds),
  name: z.string().min(1),
  /** When it was approved first, ms. */
  at: z.number(),
});
export type KnownName = z.infer<typeof KnownName>;

export const requestNames: Collection<KnownName> = {
  name: 'request_name',
  schema: KnownName,
  shape: 1,
  index: ({ kind, at }) => [{ key: kind, at }],
};

// What a menu takes as a value; longer ones are addresses, which people paste.
const longestName = 150;
// Of each kind, the newest: found by typing, in memory. A name is about 30 bytes.
const mostKept = 5_000;

/** What is in the register by name, in memory, following the store. */
export interface Names {
  /** Reads all of them; called at the start, and by itself when there is a new one. */
  load(): Promise<void>;
  known(kind: NameKind): readonly string[];
}

export function createNames(store: Store): Names {
  let all: Readonly<Record<NameKind, readonly string[]>> = { projects: [], components: [] };

  async function read(kind: NameKind): Promise<readonly string[]> {
    const { docs } = await store.list(requestNames, { key: kind, order: 'desc', limit: mostKept });
    return docs.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b, 'en'));
  }

  async function load(): Promise<void> {
    const [projects, components] = await Promise.all([read('projects'), read('components')]);
    all = { projects, components };
  }
  store.changed([requestNames.name], () => void load().catch(() => undefined));

  return { load, known: (kind) => all[kind] };
}

/** A request that was approved, with its type. */
export interface Approved {
  readonly request: Pick<Request, 'answers' | 'restricted' | 'state'>;
  readonly type: RequestType;
}

/** Operations that keep the names of approved requests that are not known yet; nothing of what is confidential. @param at ms */
export async function rememberNames(store: Store, approved: readonly Approved[], at: number): Promise<readonly Op[]> {
  const fresh = new Map(approved.flatMap(namesOf).map((one) => [idOf(one), one]));
  const known = await Promise.all([...fresh.keys()].map((id) => store.get(requestNames, id)));
  return [...fresh].flatMap(([id, one], index) => (known[index] ? [] : [put(requestNames, id, { ...one, at }, 0)]));
}

function namesOf({ request, type }: Approved): readonly Pick<KnownName, 'kind' | 'name'>[] {
  const { answers, restricted, state } = request;
  if (restricted || state !== 'approved') return [];
  return nameKinds.flatMap((kind) => {
    const id = kind === 'projects' ? type.find.project : type.find.component;
    const field = type.fields.find((one) => one.id === id);
    const name = field && !field.confidential ? answers[field.id] : undefined;
    return typeof name === 'string' && name !== '' && name.length <= longestName ? [{ kind, name }] : [];
  });
}

/** The same for everything that means the same: `apache/kafka` and its address, every version of a package. */
function idOf({ kind, name }: Pick<KnownName, 'kind' | 'name'>): string {
  const key = kind === 'projects' ? projectKey(name) : componentKey(name);
  return `${kind}-${createHash('sha256').update(key).digest('hex').slice(0, 24)}`;
}
