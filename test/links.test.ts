import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PersonId, put } from '../src/core/ports.ts';
import { projectPeople } from '../src/links.ts';
import { projectKey } from '../src/requests/keys.ts';
import { requestCollections, requests } from '../src/requests/records.ts';
import { type Request, requestId } from '../src/requests/request.ts';
import { start, statesOf } from '../src/requests/sample-data.ts';
import { createMemoryStore } from '../src/storage/memory-store.ts';
import { typeOfAllWays } from './requests/rules-world.ts';

const dayMs = 24 * 60 * 60_000;
const now = start + 30 * dayMs;
const ann = 'UANN' as PersonId;
const bo = 'UBO' as PersonId;

/** An approved request for a project; what the test is not about is as the gallery shows it. */
function approval(type: string, requester: PersonId, project: string, more: Partial<Request> = {}): Request {
  const approved = statesOf(typeOfAllWays, 'en').approved;
  if (!approved) throw new Error('the gallery shows no approved request');
  const { id, validUntil, ...request } = approved;
  return { ...request, type, requester, keys: [projectKey(project)], answers: { project }, ...more };
}

async function projectsOf(...all: readonly Request[]) {
  const store = createMemoryStore(requestCollections);
  await store.commit(all.map((request, n) => put(requests, requestId(n + 1), request, 0)));
  return projectPeople(store, () => ['apache/kafka']);
}

describe('who maintains a project', () => {
  it('is whoever has leave to, however the project is written', async () => {
    const projects = await projectsOf(
      approval('maintainer', ann, 'apache/kafka'),
      approval('maintainer', bo, 'apache/arrow'),
    );

    const found = await projects.people('maintains', 'https://github.com/Apache/Kafka.git', now);

    expect(found).toEqual([ann]);
  });

  it('is whoever was named to look after a release of ours, and not who asked for it', async () => {
    const answers = { name: 'our-tool', maintainers: [bo, ann] };
    const projects = await projectsOf(approval('release', 'UASKER' as PersonId, 'our-tool', { answers }));

    const found = await projects.people('maintains', 'our-tool', now);

    expect(found).toEqual([bo, ann]);
  });

  it.each<readonly [string, Partial<Request>]>([
    ['was revoked', { state: 'revoked' }],
    ['has expired', { state: 'expired' }],
    ['has ended by its date, before the clock came to it', { validUntil: now }],
    ['was told to have come to nothing', { outcome: 'abandoned' }],
    ['was rejected upstream', { outcome: 'rejected' }],
    ['is confidential', { restricted: true }],
    ['is not decided', { state: 'in_review' }],
  ])('is nobody whose leave %s', async (_, more) => {
    const projects = await projectsOf(approval('maintainer', ann, 'apache/kafka', more));

    const found = await projects.people('maintains', 'apache/kafka', now);

    expect(found).toEqual([]);
  });

  it('is nobody who only contributed', async () => {
    const projects = await projectsOf(approval('contribute', ann, 'apache/kafka'));

    const found = await projects.people('maintains', 'apache/kafka', now);

    expect(found).toEqual([]);
  });
});

describe('who contributes to a project', () => {
  it('is each person once, however often they did', async () => {
    const projects = await projectsOf(
      approval('contribute', ann, 'apache/kafka'),
      approval('contribute', ann, 'apache/kafka'),
      approval('contribute', bo, 'apache/kafka'),
    );

    const found = await projects.people('contributes', 'apache/kafka', now);

    expect(found).toEqual([ann, bo]);
  });

  it.each([
    ['a day less than two years later', 729, [ann]],
    ['a day more than two years later', 731, []],
  ])('is asked %s', async (_, days, expected) => {
    const projects = await projectsOf(approval('contribute', ann, 'apache/kafka'));

    const found = await projects.people('contributes', 'apache/kafka', start + days * dayMs);

    expect(found).toEqual(expected);
  });
});

describe('people of a project', () => {
  it('are found without reading what is not for that project', async () => {
    const store = createMemoryStore(requestCollections);
    const others = Array.from({ length: 90 }, (_, n) => approval('contribute', bo, `other/${n}`));
    const all = [...others, approval('maintainer', ann, 'apache/kafka')];
    await store.commit(all.map((request, n) => put(requests, requestId(n + 1), request, 0)));
    let read = 0;
    const counting: Pick<typeof store, 'list'> = {
      async list(collection, query) {
        const page = await store.list(collection, query);
        read += page.docs.length;
        return page;
      },
    };

    const found = await projectPeople(counting, () => []).people('maintains', 'apache/kafka', now);

    expect(found).toEqual([ann]);
    expect(read).toBe(1);
  });

  it('are those of the newest state, whatever happened before', async () => {
    const states = fc.constantFrom<Request['state']>('approved', 'revoked', 'expired', 'declined', 'superseded');

    await fc.assert(
      fc.asyncProperty(fc.array(states, { minLength: 1, maxLength: 5 }), async (history) => {
        const store = createMemoryStore(requestCollections);
        for (const [version, state] of history.entries()) {
          await store.commit([
            put(requests, requestId(1), approval('maintainer', ann, 'apache/kafka', { state }), version),
          ]);
        }

        const found = await projectPeople(store, () => []).people('maintains', 'apache/kafka', now);

        expect(found).toEqual(history.at(-1) === 'approved' ? [ann] : []);
      }),
      { seed: 20261122, numRuns: 30 },
    );
  });
});
