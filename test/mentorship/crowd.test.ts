import { describe, expect, it } from 'vitest';
import { type PersonId, put } from '../../src/core/ports.ts';
import { movableClock } from '../../src/core/time.ts';
import { type Crowd, keepCrowd } from '../../src/mentorship/crowd.ts';
import { members } from '../../src/mentorship/member.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { waiting } from './people.ts';
import { openProgram, person } from './world.ts';

function counted(read: () => Promise<Crowd> = async () => ({ waiting: [waiting('me')], guiding: [] })) {
  const clock = movableClock(1_000);
  const store = createMemoryStore([members]);
  let reads = 0;
  const crowd = keepCrowd(store, clock, () => {
    reads += 1;
    return read();
  });
  return { clock, store, crowd, reads: () => reads };
}

describe('who waits and who guides', () => {
  it('is read once for everybody who looks at the same time', async () => {
    const { crowd, reads } = counted();

    await Promise.all([crowd(), crowd(), crowd()]);

    expect(reads()).toBe(1);
  });

  it('is read again when a member changes', async () => {
    const { crowd, reads, store } = counted();
    await crowd();

    await store.commit([put(members, 'U1', { joinedAt: 1, languages: [], blocked: [], met: [], wakeAt: null }, 0)]);
    await crowd();

    expect(reads()).toBe(2);
  });

  it('is read again after a minute: people and clocks change without it', async () => {
    const { crowd, reads, clock } = counted();
    await crowd();

    await clock.advance(59_999);
    await crowd();
    const before = reads();
    await clock.advance(1);
    await crowd();

    expect([before, reads()]).toEqual([1, 2]);
  });

  it('is read again when it could not be read', async () => {
    const { crowd, reads } = counted(() => Promise.reject(new Error('no')));
    await crowd().catch(() => undefined);

    await crowd().catch(() => undefined);

    expect(reads()).toBe(2);
  });

  it('tells whoever joins at once where they stand', async () => {
    const world = openProgram([person('U0FIRST'), person('U0SECOND')]);
    await world.joinAs('U0FIRST', 'mentee');
    const first = await world.mentorship.outlook('U0FIRST' as PersonId);

    await world.joinAs('U0SECOND', 'mentee');

    expect(first).toMatchObject({ place: 1, total: 1 });
    expect(await world.mentorship.outlook('U0SECOND' as PersonId)).toMatchObject({ total: 2 });
  });
});
