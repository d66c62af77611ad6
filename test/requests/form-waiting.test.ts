import { describe, expect, it } from 'vitest';
import { Conflict } from '../../src/core/errors.ts';
import type { PersonId } from '../../src/core/ports.ts';
import { movableClock } from '../../src/core/time.ts';
import { drafts } from '../../src/requests/form-draft.ts';
import { createWaiting, waitings } from '../../src/requests/form-waiting.ts';
import { requests as requestRecords } from '../../src/requests/records.ts';
import type { Request } from '../../src/requests/request.ts';
import type { Requests } from '../../src/requests/requests.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { field, typeOf } from './form-types.ts';

const mei = 'U0MEI00001' as PersonId;
const day = 24 * 3_600_000;
const type = typeOf([[field('name', 'text')]]);

/** A request as far as waiting looks at it. */
function openList(request: Partial<Request>) {
  const clock = movableClock(0);
  const store = createMemoryStore([waitings, drafts, requestRecords]);
  const state = {
    // Not stored: the version 0 of the store's own words.
    request: {
      ...{ id: '00000007', version: 0, number: 7, state: 'in_review', restricted: false, answers: { name: 'thing' } },
      ...request,
    },
  };
  const find = async (id: string) => (id === '00000007' ? state.request : undefined);
  const requests = { find, typeOf: async () => type } as unknown as Pick<Requests, 'find' | 'typeOf'>;
  const list = createWaiting({ store, clock, requests });
  /** Moves the clock and takes the steps that are due; what is said. */
  async function passing(ms: number) {
    await clock.advance(ms);
    const due = await store.due(waitings, { now: clock.now(), limit: 9 });
    const steps = await Promise.all(due.map((doc) => list.job.run(doc, clock.now())));
    for (const { ops } of steps) await store.commit(ops);
    return steps.flatMap(({ say }) => say);
  }
  return { store, list, state, passing };
}

describe('waiting for a colleague’s request', () => {
  it('is told once when it has ended, and not before', async () => {
    const { store, list, state, passing } = openList({});
    const done = await list.wait(mei, 'REQ-7', 'DRAFT');
    await store.commit(done?.ops ?? []);
    const again = await list.wait(mei, 'REQ-7', 'DRAFT');

    const [early, still] = [await passing(day / 2), await passing(day)];
    state.request.state = 'approved';
    await store.commit(await list.ended('00000007'));
    const [told, never] = [await passing(0), await passing(10 * day)];

    expect(again).toEqual({});
    expect([early, still, never]).toEqual([[], [], []]);
    expect(told).toMatchObject([{ kind: 'notice', card: 'request.ended', place: { person: mei } }]);
    expect((await list.card('00000007/DRAFT', undefined, 'en'))?.text).toBe(
      'REQ-7, which you wait for, is approved: Small thing.',
    );
  });

  it('is told by the daily look, where nobody was called', async () => {
    const { store, list, state, passing } = openList({});
    await store.commit((await list.wait(mei, 'REQ-7', 'DRAFT'))?.ops ?? []);
    state.request.state = 'withdrawn';

    const told = await passing(day);

    expect(told).toMatchObject([{ kind: 'notice', place: { person: mei } }]);
  });

  it('begins only with the request as it was read: ended in that moment, it is looked at anew', async () => {
    const { store, list } = openList({ version: 3 } as never);
    const { ops = [] } = (await list.wait(mei, 'REQ-7', 'DRAFT')) ?? {};

    await expect(store.commit(ops)).rejects.toThrow(Conflict);
  });

  it.each<readonly [string, Partial<Request>]>([
    ['is confidential', { restricted: true }],
    ['has ended', { state: 'declined' }],
  ])('is not possible when it %s', async (_, request) => {
    const { list } = openList(request);

    expect(await list.wait(mei, 'REQ-7', 'DRAFT')).toBeUndefined();
    expect(await list.wait(mei, 'REQ-8', 'DRAFT')).toBeUndefined();
  });

  it('ends silently when it has become confidential, and after a year', async () => {
    const { store, list, state, passing } = openList({});
    await store.commit((await list.wait(mei, 'REQ-7', 'ONE'))?.ops ?? []);
    state.request.restricted = true;
    state.request.state = 'approved';

    const said = await passing(day);
    state.request = { ...state.request, restricted: false, state: 'on_hold' };
    await store.commit((await list.wait(mei, 'REQ-7', 'TWO'))?.ops ?? []);
    const late = await passing(367 * day);

    expect(said).toEqual([]);
    expect(late).toEqual([]);
    expect(await store.count(waitings, { key: `person:${mei}` })).toBe(0);
  });
});
