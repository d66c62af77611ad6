import { beforeAll, describe, expect, it } from 'vitest';
import type { Op, Person } from '../../src/core/ports.ts';
import { put } from '../../src/core/ports.ts';
import { movableClock } from '../../src/core/time.ts';
import { homeView } from '../../src/home/views.ts';
import { readExpression } from '../../src/licenses/expression.ts';
import { checkView } from '../../src/playground/check-views.ts';
import { createAway } from '../../src/requests/away.ts';
import { createCards } from '../../src/requests/cards.ts';
import { findRequests } from '../../src/requests/find.ts';
import { createHome } from '../../src/requests/home.ts';
import { requestCollections, requests } from '../../src/requests/records.ts';
import { type Request, requestId } from '../../src/requests/request.ts';
import { createRequests } from '../../src/requests/requests.ts';
import type { TypeEdition } from '../../src/requests/type.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { dayMs, hourMs, id, organization, peopleOf, person, staff, tuesday, typeOfAllWays } from './rules-world.ts';

const edition: TypeEdition = { type: typeOfAllWays, hash: 'a'.repeat(64), file: 'requests/every-way.yml' };
const [asker, olga, lea, lina] = ['asker', 'olga', 'lea', 'lina'].map((name) => {
  const found = staff.find((one) => one.id === id(name));
  return found ?? person(name);
}) as [Person, Person, Person, Person];
const auditor = person('auditor', { roles: ['auditor'] });
const stranger = person('stranger');

/** A stored request that waits for a role. */
function waiting(number: number, more: Partial<Request> = {}, role = 'ospo'): Request {
  const due = tuesday + dayMs + number * 1_000;
  return {
    number,
    type: edition.type.id,
    form: edition.hash,
    versions: {},
    requester: asker.id,
    locale: 'en',
    draft: `draft-${number}`,
    answers: { way: 'any' },
    facts: {},
    keys: ['project:apache/kafka'],
    restricted: false,
    way: { level: 4, route: 'any', raises: [], unknown: [] },
    state: 'in_review',
    since: tuesday,
    stages: [{ id: 'any', state: 'open', asked: [{ role }], votes: [], clock: { due }, nudges: 0, escalated: false }],
    promised: due,
    questions: [],
    conditions: [],
    reminders: 0,
    cards: [],
    wakeAt: null,
    events: [
      { kind: 'submitted', at: tuesday + number, by: asker.id },
      { kind: 'opened', at: tuesday + number, stage: 'any', asked: [{ role }], clock: { due }, promised: due },
    ],
    audit: { length: 2, hash: 'b'.repeat(64) },
    ...more,
  };
}

const clock = movableClock(tuesday + 2 * hourMs);
const store = createMemoryStore(requestCollections);
const people = peopleOf([...staff, auditor, stranger]);
const all = createRequests({
  store,
  clock,
  people,
  away: createAway(store, clock),
  managers: { of: () => undefined, named: async () => ({ ops: [], say: [] }) },
  links: {
    license: () => 'permitted',
    policyVersion: () => undefined,
    project: () => ({ known: 'yes', agreementCleared: 'yes' }),
    training: () => 'yes',
    agreement: async () => 'unknown',
    standing: async () => 'none',
    standingUsed: async () => [],
  },
  readLicense: readExpression,
  standsAt: async () => undefined,
  organization: () => organization,
  types: () => [edition],
  isAdopted: () => true,
});
const cards = createCards({ store, clock, people, requests: all });
const home = createHome({ store, clock, requests: all, cards });

beforeAll(async () => {
  const docs = [
    ...Array.from({ length: 1_000 }, (_, index) => waiting(index + 1)),
    waiting(1_001, { restricted: true, keys: ['project:secret'] }, 'legal'),
    waiting(1_002, { state: 'declined', requester: lina.id, keys: ['project:apache/flink'] }),
  ];
  const ops = docs.map((doc): Op => put(requests, requestId(doc.number), doc, 0));
  for (let from = 0; from < ops.length; from += 500) await store.commit(ops.slice(from, from + 500));
});

describe('Home with a thousand requests', () => {
  it.each([
    ['the requester', asker],
    ['who decides', olga],
  ] as const)('of %s is one that Slack takes', async (_, who) => {
    const sections = await home(who);

    const view = homeView(who.locale, sections, 89);

    expect(() => checkView(view, 'home')).not.toThrow();
    expect(view.blocks.length).toBeLessThan(60);
  });

  it('shows what is due first, and how many there are', async () => {
    const [section] = await home(olga);

    const text = JSON.stringify(section?.blocks);

    expect(text).toContain('REQ-1 ·');
    expect(text).toContain('REQ-5 ·');
    expect(text).not.toContain('REQ-6 ·');
    expect(text).toContain('All 1000');
  });

  it('shows nothing empty', async () => {
    expect(await home(stranger)).toEqual([]);
  });

  it('tells the lead what is late once it is', async () => {
    const before = await home(lea);
    await clock.advance(2 * dayMs);
    const after = await home(lea);
    const view = homeView(lea.locale, after, 89);

    expect(JSON.stringify(before)).not.toContain('Late, and with whom');
    expect(JSON.stringify(after)).toContain('Late, and with whom');
    expect(JSON.stringify(after)).toContain('with olga, otto');
    expect(() => checkView(view, 'home')).not.toThrow();
  });
});

describe('finding', () => {
  const numbers = async (who: Person, query: Parameters<typeof findRequests>[2], page = 0) =>
    (await findRequests(all, who, query, page, 10)).docs.map(({ number }) => number);

  it('turns pages without a gap and without a double', async () => {
    const first = await findRequests(all, asker, { scope: 'mine' }, 0, 10);
    const second = await findRequests(all, asker, { scope: 'mine' }, 1, 10);

    const seen = [...first.docs, ...second.docs].map(({ number }) => number);

    expect(first.hasNext).toBe(true);
    expect(new Set(seen).size).toBe(20);
    expect(seen).toEqual(seen.toSorted((a, b) => b - a));
  });

  it('gives those who decide the most urgent first', async () => {
    expect((await numbers(olga, { scope: 'waiting' })).slice(0, 3)).toEqual([1, 2, 3]);
  });

  it.each([
    ['its number', { scope: 'all', number: 7 }, [7]],
    ['its project', { scope: 'all', words: 'apache/flink' }, [1_002]],
    ['its state', { scope: 'all', state: 'declined' }, [1_002]],
    ['its requester', { scope: 'all', person: lina.id }, [1_002]],
    ['everything together', { scope: 'all', words: 'apache/flink', state: 'approved' }, []],
  ] as const)('finds by %s', async (_, query, expected) => {
    expect(await numbers(auditor, query)).toEqual(expected);
  });

  it.each([
    ['its requester', asker, true],
    ['those who decide it', lina, true],
    ['auditors', auditor, true],
    ['the lead', lea, true],
    ['the office', olga, false],
    ['strangers', stranger, false],
  ] as const)('shows what is confidential to %s: %#', async (_, who, expected) => {
    expect(await numbers(who, { scope: 'all', number: 1_001 })).toEqual(expected ? [1_001] : []);
  });

  it('shows strangers nothing that is not theirs', async () => {
    expect(await numbers(stranger, { scope: 'all' })).toEqual([]);
    expect(await numbers(stranger, { scope: 'all', words: 'apache/kafka' })).toEqual([]);
    expect(await numbers(stranger, { scope: 'all', number: 3 })).toEqual([]);
  });
});
