import { describe, expect, it } from 'vitest';
import {
  begin,
  deliver,
  type Entry,
  putOff,
  retry,
  sendAgain,
  stepOf,
  stumble,
  want,
} from '../../src/delivery/entry.ts';
import { hour, start } from './world.ts';

const fresh: Entry = {
  card: 'request',
  subject: '7',
  place: { channel: 'C1' },
  lost: 'must',
  state: 'pending',
  wanted: 1,
  shown: 0,
  attempt: 0,
  due: start,
  deliveryId: 'OPAQUE',
};
const posted: Entry = { ...fresh, state: 'done', shown: 1, at: { channel: 'C1', ts: '1' } };

describe('an entry', () => {
  it.each([
    ['stands, and may wait', posted, 20_000, start + 20_000],
    ['stands, and may not', posted, 0, start],
    ['was never posted', fresh, 20_000, start],
    [
      'gathers changes, and one more may wait',
      { ...posted, state: 'pending', due: start + 5_000 },
      20_000,
      start + 5_000,
    ],
    ['gathers changes, and this one may not wait', { ...posted, state: 'pending', due: start + 5_000 }, 0, start],
    [
      'was limited, and this one may not wait',
      { ...posted, state: 'pending', due: start + 5_000, code: 'ratelimited' },
      0,
      start + 5_000,
    ],
    [
      'is tried again, and this one may not wait',
      { ...posted, state: 'pending', due: start + 5_000, attempt: 1 },
      0,
      start + 5_000,
    ],
  ] as const)('that %s is due when it should', (_, entry: Entry, mayWaitMs, due) => {
    const wanted = want(entry, start, mayWaitMs);

    expect(wanted).toMatchObject({ state: 'pending', due, wanted: entry.wanted + 1 });
  });

  it('takes the message that is found to show the least that any lost post may have shown', () => {
    const lost = begin(fresh, start);
    const lostAgain = begin(sendAgain(want(lost, start), start + 50_000), start + 50_000);

    const found = deliver(lostAgain, { channel: 'C1', ts: '1' }, start + 200_000);

    expect(found).toMatchObject({ state: 'pending', wanted: 2, shown: 1 });
  });

  it('takes an update to show what it was drawn from, whatever an earlier one showed', () => {
    const lost = begin(want(posted, start), start);
    const repeated = begin(retry(want(lost, start), start, 'no_answer'), start);

    const shown = deliver(repeated, { channel: 'C1', ts: '1' }, start);

    expect(shown).toMatchObject({ state: 'done', wanted: 3, shown: 3 });
  });

  it('is looked for from its first post on', () => {
    const first = begin(fresh, start);
    const second = begin(sendAgain(first, start + 50_000), start + 50_000);

    expect(second.firstAt).toBe(start);
  });

  it('waits longer after each attempt, but never more than an hour', () => {
    const waits = Array.from({ length: 20 }, (_, attempt) => begin({ ...fresh, attempt }, start)).map(
      ({ due, leaseUntil }) => due - leaseUntil,
    );

    expect(waits.slice(0, 4)).toEqual([30_000, 60_000, 120_000, 240_000]);
    expect(Math.max(...waits)).toBe(hour);
  });

  it.each([
    { name: 'a new one', entry: fresh, step: 'post' },
    { name: 'one that was limited', entry: putOff(begin(fresh, start), start, 'ratelimited'), step: 'post' },
    { name: 'one that was lost', entry: begin(fresh, start), step: 'look' },
    { name: 'one that was looked for in vain', entry: sendAgain(begin(fresh, start), start), step: 'post' },
    { name: 'a posted one that is wanted again', entry: want(posted, start), step: 'update' },
    { name: 'one whose update was lost', entry: begin(want(posted, start), start), step: 'update' },
  ] as const)('$name: $step', ({ entry, step }) => {
    expect(stepOf(entry)).toBe(step);
  });

  it.each([
    {
      name: 'refused for now',
      attempts: 20,
      next: (entry: Entry) => retry(begin(entry, start), start, 'service_unavailable'),
    },
    { name: 'lost', attempts: 20, next: (entry: Entry) => sendAgain(begin(entry, start), start) },
    { name: 'not drawn', attempts: 8, next: (entry: Entry) => stumble(entry, start) },
  ])('gives up after $attempts attempts that are $name', ({ attempts, next }) => {
    let entry = fresh;
    let taken = 0;
    while (entry.state === 'pending') {
      entry = next(entry);
      taken += 1;
    }

    expect(taken).toBe(attempts);
    expect(entry.state).toBe('failed');
  });
});
