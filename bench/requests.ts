import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Organization } from '../src/core/organization.ts';
import { put } from '../src/core/ports.ts';
import { movableClock } from '../src/core/time.ts';
import { shippedDir } from '../src/layers.ts';
import { readExpression } from '../src/licenses/expression.ts';
import { createAway } from '../src/requests/away.ts';
import { answersAsked } from '../src/requests/form.ts';
import { keysOf } from '../src/requests/keys.ts';
import { requestCollections, requests } from '../src/requests/records.ts';
import { type Request, requestId } from '../src/requests/request.ts';
import { createRequests } from '../src/requests/requests.ts';
import { route } from '../src/requests/routing.ts';
import { RequestType, type TypeEdition } from '../src/requests/type.ts';
import { createMemoryStore } from '../src/storage/memory-store.ts';
import { noManagers, nothingKnown } from './base/stranger.ts';

/*
 * What is computed for a request: its way, and whether the same was asked before, with 100 and with 100,000 past requests.
 * Nothing may grow with history: the ratio says so, whatever the machine. Run: npx tsx bench/requests.ts
 */

const type = RequestType.parse(parse(readFileSync(`${shippedDir}requests/component.yml`, 'utf8')));
const edition: TypeEdition = { type, hash: 'a'.repeat(64), file: 'requests/component.yml' };
const requester = 'U0ASKER' as Request['requester'];
const offices = [{ id: 'one', name: { en: 'One', 'zh-CN': '一' }, zone: 'UTC' }];

const organization = Organization.parse({ name: 'Bench', ospo: { name: { en: 'O', 'zh-CN': '办' } }, offices });
const tries = 2_000;

function answersOf(at: number) {
  return {
    component: `pkg:npm/package-${at}`,
    version: '1.0.0',
    license: 'AGPL-3.0-only OR MIT',
    useCase: 'server',
    modified: 'no',
    product: `product ${at % 50}`,
    joined: 'dynamic',
    care: ['none'],
  };
}

function past(at: number): Request {
  const answers = answersOf(at);
  const isOpen = at % 1_000 === 0;
  return {
    number: at + 1,
    type: type.id,
    form: edition.hash,
    versions: {},
    requester: `U0${at % 2_000}` as Request['requester'],
    locale: 'en',
    draft: `draft-${at}`,
    answers,
    facts: {},
    keys: [...keysOf(type, answers)],
    restricted: false,
    way: { level: 4, route: 'review', raises: [], unknown: [] },
    state: isOpen ? 'in_review' : 'approved',
    since: at,
    stages: [
      {
        id: 'compliance',
        state: isOpen ? 'open' : 'approved',
        asked: [{ role: 'compliance' }],
        votes: [],
        nudges: 0,
        escalated: false,
        ...(isOpen ? { clock: { due: at } } : {}),
      },
    ],
    questions: [],
    conditions: [],
    reminders: 0,
    cards: [],
    wakeAt: null,
    events: [{ kind: 'submitted', at, by: requester }],
    audit: { length: 1, hash: 'b'.repeat(64) },
  };
}

async function open(count: number) {
  const store = createMemoryStore(requestCollections);
  for (let start = 0; start < count; start += 500) {
    const ops = Array.from({ length: Math.min(500, count - start) }, (_, at) =>
      put(requests, requestId(start + at + 1), past(start + at), 0),
    );
    await store.commit(ops);
  }
  const clock = movableClock(0);
  return createRequests({
    store,
    clock,
    people: { get: () => undefined, withRole: () => [], all: () => [] },
    away: createAway(store, clock),
    managers: noManagers,
    links: nothingKnown,
    readLicense: readExpression,
    standsAt: async () => undefined,
    organization: () => organization,
    types: () => [edition],
    isAdopted: () => true,
  });
}

/** Microseconds of the slowest but 1 % and of the middle one. */
async function measure(run: (at: number) => Promise<unknown> | unknown): Promise<{ p50: number; p99: number }> {
  const took: number[] = [];
  for (let at = 0; at < tries; at += 1) {
    const before = performance.now();
    await run(at);
    took.push((performance.now() - before) * 1_000);
  }
  took.sort((a, b) => a - b);
  return { p50: took[Math.floor(tries * 0.5)] ?? 0, p99: took[Math.floor(tries * 0.99)] ?? 0 };
}

const facts = { 'license.tier': 'refer', 'component.approved': 'no', 'type.adopted': 'yes' };
await measure(() => route(type, answersOf(1), facts));
const routing = await measure((at) => route(type, answersAsked(type, { ...answersOf(at), ...facts }), facts));
console.log(`routing: p50 ${routing.p50.toFixed(0)} µs, p99 ${routing.p99.toFixed(0)} µs`);

const sizes = [100, 100_000];
const rows = [];
for (const size of sizes) {
  const all = await open(size);
  const same = (at: number) => all.same(edition, answersOf((at * 37) % size), requester);
  const known = (at: number) => all.facts(edition, answersOf((at * 37) % size), requester);
  await measure(same);
  rows.push({ size, same: await measure(same), facts: await measure(known) });
}
for (const { size, same, facts: found } of rows) {
  console.log(
    `${String(size).padStart(7)} past requests: the same asked before p50 ${same.p50.toFixed(0)} µs, p99 ${same.p99.toFixed(0)} µs; ` +
      `facts p50 ${found.p50.toFixed(0)} µs, p99 ${found.p99.toFixed(0)} µs`,
  );
}
const [few, many] = rows;
const ratio = (many?.same.p50 ?? 0) / (few?.same.p50 ?? 1);
console.log(`ratio of 100,000 to 100: ${ratio.toFixed(2)} (1 = does not grow with history)`);
