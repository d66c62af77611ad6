import { describe, expect, it } from 'vitest';
import { Conflict } from '../../src/core/errors.ts';
import type { PersonId } from '../../src/core/ports.ts';
import { ana, gone, mei, openDesk, start } from './desk.ts';
import { bound, due } from './source.ts';
import { at, day, hour } from './world.ts';

const morning = 2 * hour;

describe('a reminder', () => {
  it('comes once, in the morning, with everything that is due', async () => {
    const desk = openDesk();
    await desk.give(ana, [
      due('a', 'Read the guide', { minutes: 8 }),
      bound('b', 'Licenses in practice', { due: '2026-12-04' }),
    ]);

    await desk.wait(0);
    const early = desk.to(ana);
    await desk.wait(morning);
    for (let times = 0; times < 6; times += 1) await desk.wait(hour);

    expect(early).toEqual([]);
    expect(desk.to(ana)).toEqual([
      [
        '2 things are due for you.',
        'Licenses in practice',
        'by Fri 4 Dec · mandatory',
        'Read the guide',
        '8 min',
        'In your working hours, at most one message a day.',
      ].join('\n'),
    ]);
  });

  it('speaks the language of the person', async () => {
    const desk = openDesk();
    await desk.give(mei, [due('a', '读指南', { due: '2026-12-04', minutes: 8 })]);

    await desk.wait(day);

    expect(desk.to(mei)[0]?.split('\n').slice(0, 2)).toEqual(['待办：读指南', '8 分钟 · 12月4日周五前完成']);
  });

  it('waits for what begins later', async () => {
    const desk = openDesk();
    await desk.give(ana, [due('a', 'Read the guide', { since: start + 3 * day })]);

    await desk.wait(2 * day + morning);
    const before = desk.to(ana);
    await desk.wait(day);

    expect(before).toEqual([]);
    expect(desk.to(ana)).toHaveLength(1);
  });

  it('takes the place of the one before it', async () => {
    const desk = openDesk();
    await desk.give(ana, [due('a', 'Read the guide')]);
    await desk.wait(morning);

    for (let days = 0; days < 3; days += 1) await desk.wait(day);

    expect(desk.to(ana).map((text) => text.split('\n')[0])).toEqual([
      'A newer reminder has taken the place of this one.',
      'Due for you: Read the guide',
    ]);
  });

  it('has a last word, and then there is none', async () => {
    const desk = openDesk();
    await desk.give(ana, [due('a', 'Read the guide')]);

    for (let days = 0; days < 60; days += 1) await desk.wait(days === 0 ? morning : day);

    expect(desk.to(ana)).toHaveLength(4);
    expect(desk.to(ana).at(-1)).toContain('I will not bring it up again; it stays in Home.');
    expect((await desk.book(ana))?.next).toBeNull();
  });

  it('is not sent to whoever left, and the book of somebody who is unknown goes', async () => {
    const desk = openDesk();
    const nobody = 'U0NOBODY01' as PersonId;
    await desk.give(gone, [due('a', 'Read the guide')]);
    await desk.give(nobody, [due('a', 'Read the guide')]);

    for (let days = 0; days < 3; days += 1) await desk.wait(day);

    expect(desk.slack.messages).toEqual([]);
    expect(await desk.book(gone)).toBeDefined();
    expect(await desk.book(nobody)).toBeUndefined();
  });

  it('is not sent late at night when it could not go out by day, and comes the next morning instead', async () => {
    const desk = openDesk();
    await desk.give(ana, [due('a', 'Read the guide')]);
    desk.sends = false;
    await desk.wait(morning);
    desk.sends = true;

    await desk.wait(12 * hour);
    const night = desk.to(ana);
    await desk.wait(12 * hour);

    expect(night).toEqual([]);
    expect(desk.to(ana)).toHaveLength(1);
    expect((await desk.book(ana))?.told['test:a']?.times).toBe(1);
  });

  it('is one, though two processes look at the same moment', async () => {
    const desk = openDesk();
    await desk.give(ana, [due('a', 'Read the guide')]);
    await desk.clock.advance(morning);

    const [first, second] = [await desk.decide(), await desk.decide()];
    for (const effect of first) await desk.carryOut(effect);

    expect(second).toHaveLength(1);
    for (const effect of second) await expect(desk.carryOut(effect)).rejects.toBeInstanceOf(Conflict);
    await desk.wait(hour);
    expect(desk.to(ana)).toHaveLength(1);
  });

  it('waits while somebody does not want to be disturbed', async () => {
    const desk = openDesk();
    await desk.give(ana, [due('a', 'Read the guide')]);
    desk.undisturbedUntil = at('2026-11-23T14:00+01:00');

    await desk.wait(morning);
    const before = desk.to(ana);
    await desk.wait(4 * hour);

    expect(before).toEqual([]);
    expect(desk.to(ana)).toHaveLength(1);
  });

  it('names no words in the log when a source fails, and comes when it answers again', async () => {
    const desk = openDesk();
    await desk.give(ana, [due('a', 'Read the guide')]);
    desk.source.broken = true;
    await desk.wait(morning);
    desk.source.broken = false;

    await desk.wait(hour);

    expect(desk.to(ana)).toHaveLength(1);
    expect(desk.log.lines.some((line) => JSON.stringify(line).includes('Read the guide'))).toBe(false);
  });
});

describe('waking', () => {
  it('never writes twice what is planned, but minds that the engine may be looking just now', async () => {
    const desk = openDesk();
    await desk.give(ana, [due('a', 'Read the guide')]);

    const ops = await desk.feature.reminders.wake(ana, start);
    await desk.wait(morning);

    expect(ops).toMatchObject([{ check: true, id: ana }]);
    await expect(desk.carryOut({ ops })).rejects.toBeInstanceOf(Conflict);
  });

  it('is heard by a thousand people without a message to any of them', async () => {
    const desk = openDesk();
    for (let times = 0; times < 5; times += 1)
      await desk.carryOut({ ops: await desk.feature.reminders.wake(ana, start) });

    await desk.wait(morning);

    expect(desk.to(ana)).toEqual([]);
    expect((await desk.book(ana))?.next).toBeNull();
  });
});

describe('the budget', () => {
  it('is shared with whoever else writes unasked', async () => {
    const desk = openDesk();
    const { spend } = desk.feature.reminders;
    await desk.give(ana, [due('a', 'Read the guide')]);
    for (let times = 0; times < 2; times += 1) await desk.carryOut({ ops: (await spend(ana, desk.clock.now())) ?? [] });

    const third = await spend(ana, desk.clock.now());
    await desk.wait(morning);
    const today = desk.to(ana);
    await desk.wait(day);

    expect(third).toBeUndefined();
    expect(today).toEqual([]);
    expect(desk.to(ana)).toHaveLength(1);
  });

  it('counts reminders against others', async () => {
    const desk = openDesk();
    await desk.give(ana, [due('a', 'Read the guide')]);
    await desk.wait(morning);

    await desk.carryOut({ ops: (await desk.feature.reminders.spend(ana, desk.clock.now())) ?? [] });

    expect(await desk.feature.reminders.spend(ana, desk.clock.now())).toBeUndefined();
    expect(await desk.feature.reminders.spend(mei, desk.clock.now())).toBeDefined();
  });
});
