import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { auditEvents, auditParts } from '../src/core/audit.ts';
import { Organization } from '../src/core/organization.ts';
import { type Messenger, type Op, type People, type Person, type PersonId, put, type Say } from '../src/core/ports.ts';
import { movableClock } from '../src/core/time.ts';
import { budgets } from '../src/delivery/budget.ts';
import { copies, notices } from '../src/delivery/entry.ts';
import { createOutbox, standsAt } from '../src/delivery/outbox.ts';
import { createSender, deliveryCollections } from '../src/delivery/sender.ts';
import { shippedDir } from '../src/layers.ts';
import { readExpression } from '../src/licenses/expression.ts';
import { createLog } from '../src/log.ts';
import { createAway } from '../src/requests/away.ts';
import { createCards } from '../src/requests/cards.ts';
import { createHome } from '../src/requests/home.ts';
import { requestCollections, requests } from '../src/requests/records.ts';
import { createRequests } from '../src/requests/requests.ts';
import { RequestType, type TypeEdition } from '../src/requests/type.ts';
import { createMemoryStore } from '../src/storage/memory-store.ts';
import { noManagers, nothingKnown } from './base/stranger.ts';

/*
 * 200 requests in a minute with three people to decide each, then 200 decisions in a minute: how much work it is for us, and
 * when every copy shows it, beside the time that Slack's own pace takes for as many messages. And the Home of somebody with 500
 * requests waiting, with a short and a long history behind them. Run: npx tsx bench/request-load.ts
 */

const start = Date.parse('2026-11-24T09:00:00Z');
const minuteMs = 60_000;
const count = 200;
const both = (text: string) => ({ en: text, 'zh-CN': text });
const shipped = RequestType.parse(parse(readFileSync(`${shippedDir}requests/component.yml`, 'utf8')));
const type: RequestType = {
  ...shipped,
  stages: [{ ...shipped.stages[0], id: 'office', name: both('Office'), order: 1, who: { roles: ['ospo'] } }] as never,
  routes: [{ id: 'office', level: 4, stages: ['office'], because: both('They look at it.') }],
  raises: [],
};
const edition: TypeEdition = { type, hash: 'a'.repeat(64), file: 'requests/component.yml' };
const organization = Organization.parse({
  name: 'Bench',
  ospo: { name: both('Office') },
  offices: [{ id: 'one', name: both('One'), zone: 'UTC' }],
});

function person(id: string, roles: readonly string[]): Person {
  return { id: id as PersonId, name: id, locale: 'en', zone: 'UTC', active: true, guest: false, office: 'one', roles };
}
const deciders = ['U0ANA', 'U0BO', 'U0CAI'].map((id) => person(id, ['ospo']));
const asker = person('U0ASKER', []);
const everybody = [asker, ...deciders];
const people: People = {
  get: (id) => everybody.find((one) => one.id === id),
  withRole: (role) => everybody.filter(({ roles }) => roles.includes(role)),
  all: () => everybody,
};

function answersOf(at: number) {
  return {
    component: `pkg:npm/package-${at}`,
    version: '1.0.0',
    license: 'MIT',
    useCase: 'server',
    modified: 'no',
    product: `product ${at}`,
    joined: 'dynamic',
    care: ['none'],
  };
}

function open() {
  const clock = movableClock(start);
  const store = createMemoryStore([...requestCollections, ...deliveryCollections, auditEvents, auditParts]);
  const all = createRequests({
    store,
    clock,
    people,
    away: createAway(store, clock),
    managers: noManagers,
    links: { ...nothingKnown, license: () => 'permitted' },
    readLicense: readExpression,
    standsAt: (say) => standsAt(store, say),
    organization: () => organization,
    types: () => [edition],
    isAdopted: () => true,
  });
  const cards = createCards({ store, clock, people, requests: all });
  const outbox = createOutbox(store, clock);
  const commit = async ({ ops, say }: { readonly ops: readonly Op[]; readonly say: readonly Say[] }) =>
    store.commit([...ops, ...(await outbox.ops(say))]);
  return { clock, store, all, cards, commit };
}

/** Slack that does everything at once; only our own budgets, which are its pace, keep it waiting. */
function slack(): { readonly messenger: Messenger; readonly done: Record<'post' | 'update', number> } {
  const done = { post: 0, update: 0 };
  return {
    done,
    messenger: {
      async post({ place }) {
        done.post += 1;
        return { channel: 'person' in place ? `D${place.person}` : 'C1', ts: `${done.post}.0` };
      },
      async update() {
        done.update += 1;
      },
      find: async () => undefined,
    },
  };
}

async function load(): Promise<void> {
  const { clock, store, all, cards, commit } = open();
  const { messenger, done } = slack();
  const sender = createSender({
    store,
    messenger,
    clock,
    log: createLog('silent'),
    cards: cards.show,
    mailings: {},
    people,
    locale: 'en',
    owner: 'bench',
  });
  sender.start();

  /** Does something 200 times within a minute, and waits until nothing is on its way. @returns virtual minutes, ms of work each */
  async function minuteOf(what: (at: number) => Promise<void>): Promise<{ minutes: number; each: number }> {
    const from = clock.now();
    let worked = 0;
    for (let at = 0; at < count; at += 1) {
      const before = performance.now();
      await what(at);
      worked += performance.now() - before;
      await clock.advance(minuteMs / count);
    }
    while ((await pending()) > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      await clock.advance(100);
    }
    return { minutes: (clock.now() - from) / minuteMs, each: worked / count };
  }

  async function pending(): Promise<number> {
    const counts = [copies, notices].flatMap((collection) =>
      ['pending', 'sending'].map((state) => store.count(collection, { key: `state:${state}` })),
    );
    return (await Promise.all(counts)).reduce((sum, one) => sum + one, 0);
  }

  const ids: string[] = [];
  const asked = await minuteOf(async (at) => {
    const form = { draft: `draft-${at}`, edition, answers: answersOf(at), requester: asker.id };
    const sent = await all.submit(form);
    await commit(sent);
    ids.push(sent.request.id);
  });
  report(`${count} requests`, asked, { ...done });
  const before = { ...done };
  const decided = await minuteOf(async (at) => {
    const by = deciders[at % deciders.length] ?? asker;
    await commit(await all.move(ids[at] ?? '', by.id, { kind: 'approve', stage: 'office', conditions: [], text: '' }));
  });
  report(`${count} decisions`, decided, { post: done.post - before.post, update: done.update - before.update });
  await sender.drain(0);
}

function report(what: string, took: { minutes: number; each: number }, sent: { post: number; update: number }): void {
  const floor = Math.max(sent.post / budgets.post.perMinute, sent.update / budgets.update.perMinute, 1);
  console.log(
    `${what} in a minute: ${took.each.toFixed(1)} ms of work each; ${sent.post} posts and ${sent.update} updates, ` +
      `all there after ${took.minutes.toFixed(1)} minutes (${(took.minutes / floor).toFixed(2)} x Slack's pace of ${floor.toFixed(1)})`,
  );
}

const waiting = 500;

/** The Home of a decider. @param past decided requests behind the ones that wait */
async function homeWith(past: number): Promise<{ readonly p50: number; readonly p99: number }> {
  const { clock, store, all, cards, commit } = open();
  const home = createHome({ store, clock, requests: all, cards });
  const first = await all.submit({ draft: 'first', edition, answers: answersOf(0), requester: asker.id });
  await commit(first);
  const stored = await all.find(first.request.id);
  if (!stored) throw new Error('the first request is not there');
  const { id: _, version: __, ...value } = stored;
  const total = waiting + past;
  for (let from = 2; from <= total; from += 250) {
    const numbers = Array.from({ length: Math.min(250, total - from + 1) }, (___, index) => from + index);
    await store.commit(
      numbers.map((number) => {
        const decided = number > waiting ? { state: 'approved' as const, stages: [], promised: 0 } : {};
        const { promised: due, ...rest } = { ...value, ...decided, number, draft: `draft-${number}` };
        return put(requests, String(number).padStart(8, '0'), due ? { ...rest, promised: due } : rest, 0);
      }),
    );
  }
  const [decider] = deciders;
  if (!decider) throw new Error('nobody decides');
  const took: number[] = [];
  for (let round = 0; round < 60; round += 1) {
    const before = performance.now();
    await home(decider);
    // The first rounds compile.
    if (round >= 10) took.push(performance.now() - before);
  }
  took.sort((a, b) => a - b);
  return { p50: took[Math.floor(took.length * 0.5)] ?? 0, p99: took[Math.floor(took.length * 0.99)] ?? 0 };
}

await load();
const [short, long] = [await homeWith(100), await homeWith(20_000)];
console.log(
  `Home with ${waiting} waiting: p50 ${short.p50.toFixed(1)} ms, p99 ${short.p99.toFixed(1)} ms; with 20,000 past requests ` +
    `p50 ${long.p50.toFixed(1)} ms, p99 ${long.p99.toFixed(1)} ms; ratio ${(long.p50 / short.p50).toFixed(2)}`,
);
