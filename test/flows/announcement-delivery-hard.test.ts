import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/time.ts';
import { type Announcing, lead, readerAt, startAnnouncing } from './announcing.ts';

const minute = 60_000;
const hour = 60 * minute;
let announcing: Announcing;

afterEach(() => announcing.stop());

describe('while an announcement goes out through the real bot', { timeout: 90_000 }, () => {
  it('channels are archived, people leave and the bot starts again: everybody else has it once', async () => {
    announcing = await startAnnouncing({ people: 60, channels: 100 });
    const { workspace, channels, until, timesAt } = announcing;
    const gone = channels.at(-1) ?? '';
    const isRowThere = async () => (await announcing.rows()).length > 100;
    await until(isRowThere, minute);

    workspace.archive(gone);
    workspace.updatePerson(readerAt(59), { deleted: true });
    await until(() => posts() > 40, minute);
    await announcing.restart();
    await until(isSent, 10 * minute);

    const places = [...channels.slice(0, -1), ...Array.from({ length: 59 }, (_, n) => readerAt(n))];
    expect(places.filter((place) => timesAt(place) !== 1)).toEqual([]);
    expect([gone, readerAt(59)].map((place) => timesAt(place))).toEqual([0, 0]);
    const failed = (await announcing.rows()).filter(({ state }) => state === 'failed');
    expect(failed.map(({ reason }) => reason).toSorted()).toEqual(['is_archived', 'not_active']);
    expect(workspace.plain(required(announcing.card()))).toMatch(
      /1 × The channel is archived[\s\S]*1 × Left the company/,
    );
  });

  it('a click stops it, and nobody gets it afterwards', async () => {
    announcing = await startAnnouncing({ people: 100 });
    const { workspace, until } = announcing;
    await until(() => posts() > 30, 5 * minute);

    await workspace.as(lead).click(required(announcing.card()), 'announcements.cancel');
    await until(() => announcing.card()?.text.includes('Stopped:') ?? false, minute);
    const had = countHaving(100);
    await until(async () => (await announcing.rows()).every(({ state }) => state !== 'queued'), 5 * minute);

    expect(had).toBeLessThan(60);
    expect(countHaving(100)).toBe(had);
    const states = (await announcing.rows()).map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(['sent', 'left']));
  });

  it('Slack is down for an hour: it goes on by itself, and the failed are retried by a click', async () => {
    announcing = await startAnnouncing({ people: 30, channels: 3, tickMs: 1_000 });
    const { workspace, channels, until, clock } = announcing;
    const [closed = ''] = channels;
    workspace.kick(closed, workspace.botUserId);
    await until(() => posts() > 10, 5 * minute);

    const down = workspace.faults.api.inject({ kind: 'http_500' });
    for (let passed = 0; passed < 60; passed += 1) {
      await clock.advance(minute);
      await systemClock.sleep(20);
    }
    down.off();
    await until(isSent, hour);
    const first = announcing.timesAt(closed);
    workspace.invite(closed, workspace.botUserId);
    await workspace.as(lead).click(required(announcing.card()), 'announcements.retry');
    await until(() => announcing.card()?.text.includes('Being sent') ?? false, minute);
    await until(isSent, 10 * minute);

    expect(first).toBe(0);
    expect(announcing.timesAt(closed)).toBe(1);
    expect(countHaving(30)).toBe(30);
    expect(new Set((await announcing.rows()).map(({ state }) => state))).toEqual(new Set(['sent']));
  });
});

function posts(): number {
  return announcing.workspace.wire.callsOf('chat.postMessage').length;
}

/** What its sender reads. */
function isSent(): boolean {
  return announcing.card()?.text.includes('Sent:') ?? false;
}

/** Readers who have it, each once at most. */
function countHaving(readers: number): number {
  const times = Array.from({ length: readers }, (_, n) => announcing.timesAt(readerAt(n)));
  expect(Math.max(...times)).toBeLessThanOrEqual(1);
  return times.filter((count) => count === 1).length;
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('it is not there');
  return value;
}
