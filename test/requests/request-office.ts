import { auditEvents, auditParts } from '../../src/core/audit.ts';
import { UserError } from '../../src/core/errors.ts';
import type { People, PersonId, Say } from '../../src/core/ports.ts';
import { movableClock } from '../../src/core/time.ts';
import { copies, notices } from '../../src/delivery/entry.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { readExpression } from '../../src/licenses/expression.ts';
import { createAway } from '../../src/requests/away.ts';
import { handings } from '../../src/requests/handing.ts';
import { createManagers, namedManagers } from '../../src/requests/managers.ts';
import { requestCollections, requestSubject } from '../../src/requests/records.ts';
import { createRequests, type Done, type RequestDeps } from '../../src/requests/requests.ts';
import type { RequestType, TypeEdition } from '../../src/requests/type.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { id, organization, peopleOf, staff, tuesday, typeOfAllWays } from './rules-world.ts';

/** A type as it was read. */
export const edition = (type: RequestType = typeOfAllWays, hash = 'a'.repeat(64)): TypeEdition => ({
  type,
  hash,
  file: `requests/${type.id}.yml`,
});

/** The use case over a memory store and the real outbox; every change is one commit, as the gate makes it. */
export function openRequests(more: Partial<RequestDeps> = {}) {
  const store = createMemoryStore([
    ...requestCollections,
    namedManagers,
    handings,
    auditEvents,
    auditParts,
    copies,
    notices,
  ]);
  const clock = movableClock(tuesday);
  const outbox = createOutbox(store, clock);
  const away = createAway(store, clock);
  let persons = staff;
  let types: readonly TypeEdition[] = [edition()];
  const people: People = {
    get: (one) => peopleOf(persons).get(one),
    withRole: (role) => peopleOf(persons).withRole(role),
    all: () => persons,
  };
  const managers = createManagers({ store, clock, people, away, organization: () => organization });
  const all = createRequests({
    store,
    clock,
    people,
    away,
    managers,
    links: {
      license: () => 'permitted',
      policyVersion: () => '2026-11-22',
      project: () => ({ known: 'yes', agreementCleared: 'yes' }),
      training: () => 'yes',
      agreement: async () => 'unknown',
      standing: async () => 'none',
    },
    readLicense: readExpression,
    standsAt: async () => undefined,
    organization: () => organization,
    types: () => types,
    isAdopted: () => true,
    ...more,
  });

  async function commit({ ops, say }: Pick<Done, 'ops' | 'say'>): Promise<readonly Say[]> {
    await store.commit([...ops, ...(await outbox.ops(say))]);
    return say;
  }

  async function submit(way: string, requester: PersonId = id('asker'), draft = `draft-${way}`) {
    const done = await all.submit({ draft, edition: types[0] ?? edition(), answers: { way }, requester });
    await commit(done);
    return done;
  }

  return {
    store,
    clock,
    away,
    managers,
    all,
    commit,
    submit,
    /** The asker, who names their manager. */
    async submitBy(way: string, manager: PersonId) {
      const requester = id('asker');
      const form = { draft: `draft-${way}`, edition: types[0] ?? edition(), answers: { way }, requester, manager };
      const done = await all.submit(form);
      await commit(done);
      return done;
    },
    setPeople: (next: typeof staff) => {
      persons = next;
    },
    setTypes: (next: readonly TypeEdition[]) => {
      types = next;
    },
    async move(requestId: string, actor: string, wanted: Parameters<typeof all.move>[2], draft?: string) {
      const done = await all.move(requestId, id(actor), wanted, draft);
      await commit(done);
      return done;
    },
    async chain(requestId: string) {
      const { docs } = await store.list(auditEvents, { key: requestSubject(requestId), order: 'asc', limit: 100 });
      return docs;
    },
  };
}

/** What somebody who is refused reads. */
export const english = async (run: Promise<unknown>) => {
  const error = await run.catch((thrown: unknown) => thrown);
  return error instanceof UserError ? error.texts.en : error;
};
