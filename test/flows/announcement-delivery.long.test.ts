import { afterEach, expect, it } from 'vitest';
import { type Announcing, readerAt, startAnnouncing } from './announcing.ts';
import { randomFrom } from './kills.ts';

const people = 10_000;
const minute = 60_000;
let announcing: Announcing;

afterEach(() => announcing.stop());

it('10,000 people get an announcement once each, with faults switched on', { timeout: 3_600_000 }, async () => {
  announcing = await startAnnouncing({ people });
  const { workspace } = announcing;
  const random = randomFrom(20261122);
  for (let after = 0; after < people; after += Math.ceil(random() * 40)) {
    const reach = { only: 'chat.postMessage', after, times: 1 };
    const drawn = random();
    if (drawn < 0.4) workspace.faults.api.inject({ kind: 'lost_answer' }, reach);
    else if (drawn < 0.6) workspace.faults.api.inject({ kind: 'broken_body' }, reach);
    else if (drawn < 0.8) workspace.faults.api.inject({ kind: 'error', error: 'internal_error' }, reach);
    else if (drawn < 0.95) workspace.faults.api.inject({ kind: 'http_500' }, reach);
    else workspace.faults.api.inject({ kind: 'rate_limited', retryAfterSeconds: 5 }, reach);
  }

  await announcing.until(() => announcing.card()?.text.includes('Sent:') ?? false, 180 * minute);

  const times = new Map<number, number>();
  for (let n = 0; n < people; n += 1) {
    const count = announcing.timesAt(readerAt(n));
    times.set(count, (times.get(count) ?? 0) + 1);
  }
  expect([...times]).toEqual([[1, people]]);
  expect(new Set((await announcing.rows()).map(({ state }) => state))).toEqual(new Set(['sent']));
});
