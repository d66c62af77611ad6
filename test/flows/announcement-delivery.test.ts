import { afterEach, describe, expect, it } from 'vitest';
import { type Announcing, readerAt, startAnnouncing } from './announcing.ts';

const minute = 60_000;
let announcing: Announcing | undefined;

afterEach(async () => {
  await announcing?.stop();
  announcing = undefined;
});

describe('an announcement through the real bot', { timeout: 90_000 }, () => {
  it('comes to 300 people once each, while calls go wrong', async () => {
    announcing = await startAnnouncing({ people: 300 });
    const { workspace } = announcing;
    const faults = ['lost_answer', 'broken_body', 'http_500', 'internal_error', 'rate_limited'] as const;
    for (let n = 0; n < 20; n += 1) {
      const kind = faults[n % faults.length];
      const reach = { only: 'chat.postMessage', after: n * 15, times: 1 };
      if (kind === 'internal_error') workspace.faults.api.inject({ kind: 'error', error: kind }, reach);
      else if (kind === 'rate_limited') workspace.faults.api.inject({ kind, retryAfterSeconds: 2 }, reach);
      else if (kind) workspace.faults.api.inject({ kind }, reach);
    }

    await announcing.until(() => isSent(), 15 * minute);

    const times = Array.from({ length: 300 }, (_, n) => announcing?.timesAt(readerAt(n)));
    expect(times).toEqual(Array(300).fill(1));
    expect(announcing.timesAt(workspace.people.guest)).toBe(0);
    const states = (await announcing.rows()).map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(['sent']));
    // The faults apart, the pace was Slack's.
    expect(workspace.wire.calls.filter(({ error, fault }) => error === 'ratelimited' && !fault)).toEqual([]);
  });
});

/** What the sender reads. */
function isSent(): boolean {
  return announcing?.card()?.text.includes('Sent:') ?? false;
}
