import { describe, expect, it } from 'vitest';
import type { DueThing } from '../../src/core/links.ts';
import { commonButtons } from '../../src/reminders/views.ts';
import { ana, type Desk, openDesk, start } from './desk.ts';
import { bound, due } from './source.ts';
import { day, hour } from './world.ts';

const morning = 2 * hour;
const view = { reader: { locale: 'en' as const, zone: 'Europe/Berlin' }, today: '2026-11-23' };
const guide = due('a', 'Read the guide');
const policy = due('b', 'The new policy', { topic: 'news', since: start + day });

/** The reminder of the second day, about what begins on it. */
async function secondDay(desk: Desk, ...things: readonly DueThing[]): Promise<string> {
  await desk.give(ana, things);
  await desk.wait(morning);
  await desk.wait(day);
  return desk.to(ana).at(-1) ?? '';
}

describe('a reminder', () => {
  it('does not hide what is due from before and has no turn on this day', async () => {
    const said = await secondDay(openDesk(), guide, policy);

    expect(said).toContain('Due for you: The new policy');
    expect(said).toContain('Also due, in Home: Read the guide');
  });

  it('says nothing of it once it is settled', async () => {
    const desk = openDesk();
    await secondDay(desk, guide, policy);

    await desk.click('reminders.done', ana, 'test:a');
    await desk.wait(1_000);

    expect(desk.to(ana).at(-1)).toContain('Due for you: The new policy');
    expect(desk.to(ana).at(-1)).not.toContain('Also due');
  });

  it('says nothing of what was turned off, but of what is mandatory', async () => {
    const desk = openDesk();
    await desk.submit(await desk.open('reminders.settings', ana), ana, { topics: ['1'], rhythm: 'daily' });

    const said = await secondDay(desk, guide, bound('c', 'Licenses in practice'), policy);

    expect(said).toContain('Also due, in Home: Licenses in practice');
    expect(said).not.toContain('Read the guide');
  });

  it.each([
    ['nothing else leads out of what is mandatory', {}, true],
    ['one of its buttons asks to be excused', { excusable: true as const }, false],
  ])('offers "Not for me" or not where %s', (_, more, isOffered) => {
    const thing = { ...bound('c', 'Licenses in practice', more), key: 'test:c', topic: 'test:training' };

    const buttons = JSON.stringify(commonButtons([thing], view, false));

    expect(buttons).toContain('reminders.later');
    expect(buttons.includes('reminders.decline')).toBe(isOffered);
  });
});
