import { describe, expect, it } from 'vitest';
import { ana, mei, openDesk, start } from './desk.ts';
import { due } from './source.ts';
import { day, hour } from './world.ts';

/** Moments as a clock on the wall of a zone shows them: `2026-11-24 09:15`. */
const shownIn = (zone: string, moments: readonly number[]) =>
  moments.map((ms) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(ms),
  );

describe('somebody who moves to another clock', () => {
  it.each([
    ['east', 'Asia/Tokyo', /^2026-11-25 (09|10):/],
    ['west', 'America/Los_Angeles', /^2026-11-24 (09|10):/],
  ])('is reminded in the first morning there, once: %s', async (_, zone, morning) => {
    const desk = openDesk();
    await desk.give(ana, [due('a', 'Read the guide', { since: start + day })]);
    await desk.wait(8 * hour);

    await desk.move(ana, zone);
    for (let hours = 0; hours < 72; hours += 1) await desk.wait(hour);

    const sent = desk.slack.messages.map(({ postedAt }) => postedAt);
    expect(sent).toHaveLength(1);
    expect(shownIn(zone, sent)[0]).toMatch(morning);
  });

  it('gets one reminder on a day that comes twice for them', async () => {
    const desk = openDesk();
    await desk.give(mei, [due('a', '读指南'), due('b', '见导师', { since: start + 28 * hour })]);
    // Tuesday morning in Shanghai has passed; in Los Angeles it is still Monday.
    for (let hours = 0; hours < 20; hours += 1) await desk.wait(hour);

    await desk.move(mei, 'America/Los_Angeles');
    for (let hours = 0; hours < 60; hours += 1) await desk.wait(hour);

    const sent = desk.slack.messages.map(({ postedAt }) => postedAt);
    expect(shownIn('Asia/Shanghai', sent.slice(0, 1))[0]).toMatch(/^2026-11-24 (09|10):/);
    expect(shownIn('America/Los_Angeles', sent.slice(1))).toEqual([expect.stringMatching(/^2026-11-25 (09|10):/)]);
  });

  it('is looked at only when the clock is another one, and something is due', async () => {
    const desk = openDesk();
    await desk.move(mei, 'Asia/Tokyo');
    await desk.give(ana, [due('a', 'Read the guide')]);
    const before = await desk.book(ana);

    await desk.move(ana, 'Europe/Berlin');

    expect(await desk.book(mei)).toBeUndefined();
    expect((await desk.book(ana))?.version).toBe(before?.version);
  });
});
