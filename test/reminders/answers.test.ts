import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import type { DueThing } from '../../src/core/links.ts';
import type { PersonId } from '../../src/core/ports.ts';
import { ana, mei, openDesk } from './desk.ts';
import { bound, due } from './source.ts';
import { day, hour, personAt } from './world.ts';

const morning = 2 * hour;
const direct = { channel: 'D0ANA00001', ts: '1.1', ephemeral: false };

async function reminded(...things: readonly DueThing[]) {
  const desk = openDesk();
  await desk.give(ana, things);
  await desk.wait(morning);
  return desk;
}

describe('done', () => {
  it('settles the thing, and the reminder says what is left', async () => {
    const desk = await reminded(due('a', 'Read the guide'), due('b', 'Meet your mentor'));

    await desk.click('reminders.done', ana, 'test:a', direct);
    await desk.wait(1_000);

    expect(desk.source.answers).toEqual([{ person: ana, key: 'a', answer: { how: 'done' } }]);
    expect(desk.to(ana)[0]?.split('\n')[0]).toBe('Due for you: Meet your mentor');
  });

  it('leaves one sentence when everything is', async () => {
    const desk = await reminded(due('a', 'Read the guide'));

    await desk.click('reminders.done', ana, 'test:a', direct);
    await desk.wait(1_000);

    expect(desk.to(ana)).toEqual(['None of this waits for you any more.']);
  });

  it.each([
    ['what is settled already', 'test:gone'],
    ['what takes more than a click', 'test:b'],
    ['what no source knows', 'other:a'],
  ])('changes nothing for %s', async (_, key) => {
    const desk = await reminded(due('a', 'Read the guide'), bound('b', 'Licenses in practice'));

    const effect = await desk.click('reminders.done', ana, key, direct);

    expect(desk.source.answers).toEqual([]);
    expect(JSON.stringify(effect.reply)).toContain('This is no longer due.');
  });

  it('says what the source says when it refuses: where it was clicked, or in our conversation', async () => {
    const desk = await reminded(due('a', 'Read the guide'));
    desk.source.refuses = true;

    const effect = await desk.click('reminders.done', ana, 'test:a', direct);

    expect(effect.reply).toMatchObject({ kind: 'ephemeral', person: ana, rendered: { text: 'Take the check first.' } });
    await expect(desk.click('reminders.done', ana, 'test:a')).rejects.toBeInstanceOf(UserError);
  });

  it('on an answer that only they see is written there, and Home is drawn anew', async () => {
    const desk = await reminded(due('a', 'Read the guide'), due('b', 'Meet your mentor'));

    const here = await desk.click('reminders.done', ana, 'test:a', { ...direct, ephemeral: true });
    const home = await desk.click('reminders.done', ana, 'test:b');

    expect(here.reply).toMatchObject({ kind: 'replace', rendered: { text: 'Done: Read the guide' } });
    expect(home.reply).toEqual({ kind: 'home', person: ana });
  });
});

describe('later', () => {
  it('brings the thing again on the day, and says so on the reminder', async () => {
    const desk = await reminded(due('a', 'Read the guide'), due('b', 'Meet your mentor'));
    const form = await desk.open('reminders.later', ana);

    await desk.submit(form, ana, { what: ['0'], when: '2026-11-30' });
    await desk.wait(1_000);
    const shown = desk.to(ana)[0];
    for (let days = 0; days < 7; days += 1) await desk.wait(day);

    expect(shown).toContain('Put off until Mon 30 Nov: Read the guide');
    expect(shown).toContain('Due for you: Meet your mentor');
    expect(desk.to(ana).map((text) => text.split('\n')[0])).toEqual([
      'A newer reminder has taken the place of this one.',
      'A newer reminder has taken the place of this one.',
      'Due for you: Read the guide',
    ]);
  });

  it('offers tomorrow, next week, in a week, and a day of their own, each once', async () => {
    const desk = await reminded(due('a', 'Read the guide'));

    const form = JSON.stringify(await desk.open('reminders.later', ana));

    // On a Monday, next week is in a week.
    expect(form).toContain('Tomorrow, Tue 24 Nov');
    expect(form).toContain('Next week, Mon 30 Nov');
    expect(form).not.toContain('In a week');
    expect(form).toContain('On the day below');
  });

  it.each([
    ['nothing chosen', { what: [], when: '2026-11-24' }, { what: 'Choose at least one.' }],
    ['no day', { what: ['0'], when: 'own' }, { day: 'Choose a day.' }],
    ['today', { what: ['0'], when: 'own', day: '2026-11-23' }, { day: 'Choose a day after today.' }],
    ['in two years', { what: ['0'], when: 'own', day: '2028-11-23' }, { day: 'Choose a day up to Tue 23 Nov 2027.' }],
    [
      'after the last day of what is mandatory',
      { what: ['0', '1'], when: 'own', day: '2026-12-05' },
      { day: 'Licenses in practice is mandatory: put it off until Fri 4 Dec at the latest.' },
    ],
  ])('wants a day that can be: %s', async (_, values, errors) => {
    const desk = await reminded(
      due('a', 'Read the guide', { due: '2026-12-01' }),
      bound('b', 'Licenses in practice', { due: '2026-12-04' }),
    );
    const form = await desk.open('reminders.later', ana);

    const submitted = await desk.submit(form, ana, values);

    expect(submitted.errors).toEqual(errors);
    expect((await desk.book(ana))?.told['test:a']?.later).toBeUndefined();
  });

  it('lets what is mandatory and overdue wait for a week', async () => {
    const desk = await reminded(bound('b', 'Licenses in practice', { due: '2026-11-20' }));
    const form = await desk.open('reminders.later', ana);

    const long = await desk.submit(form, ana, { when: 'own', day: '2026-12-01' });
    const short = await desk.submit(form, ana, { when: 'own', day: '2026-11-30' });

    expect(long.errors?.day).toContain('Mon 30 Nov at the latest');
    expect(short.errors).toBeUndefined();
  });

  it('says so when nothing is due any more', async () => {
    const desk = await reminded(due('a', 'Read the guide'));
    const form = await desk.open('reminders.later', ana);
    desk.source.open.clear();

    const submitted = await desk.submit(form, ana, { when: '2026-11-24' });

    expect(JSON.stringify(submitted)).toContain('This is no longer due.');
    expect(JSON.stringify(await desk.open('reminders.later', ana))).toContain('This is no longer due.');
  });
});

describe('not for me', () => {
  it('goes to the source with its reason', async () => {
    const desk = await reminded(due('a', 'Read the guide'));
    const form = await desk.open('reminders.decline', ana);

    const empty = await desk.submit(form, ana, { why: ' ' });
    await desk.submit(form, ana, { why: 'I wrote it.' });

    expect(empty.errors).toEqual({ why: 'Say in a few words why.' });
    expect(desk.source.answers).toEqual([{ person: ana, key: 'a', answer: { how: 'declined', why: 'I wrote it.' } }]);
  });

  it('is refused for what is mandatory, with the reason', async () => {
    const desk = await reminded(due('a', 'Read the guide'), bound('b', 'Licenses in practice', { due: '2026-12-04' }));
    const form = await desk.open('reminders.decline', ana);

    const submitted = await desk.submit(form, ana, { what: '0', why: 'No time.' });

    expect(submitted.errors).toEqual({
      what: 'Licenses in practice is mandatory. Whoever contributes has to know it. Ask the office for an exemption.',
    });
    expect(desk.source.answers).toEqual([]);
  });

  it('tells at once that everything is mandatory, without a form', async () => {
    const desk = await reminded(bound('b', 'Licenses in practice'));

    const view = await desk.open('reminders.decline', ana);

    expect(view.submit).toBeUndefined();
    expect(JSON.stringify(view)).toContain('Ask the office for an exemption.');
  });
});

describe('the settings', () => {
  it('keep what is turned off turned off, but for what is mandatory', async () => {
    const desk = openDesk();
    const form = await desk.open('reminders.settings', ana);
    await desk.submit(form, ana, { topics: ['1'], rhythm: 'daily' });
    await desk.give(ana, [
      due('a', 'Read the guide'),
      bound('b', 'Licenses in practice'),
      due('c', 'The new policy', { topic: 'news' }),
    ]);

    await desk.wait(morning);

    expect((await desk.book(ana))?.muted).toEqual(['test:training']);
    expect(desk.to(ana)[0]).not.toContain('Read the guide');
    expect(desk.to(ana)[0]).toContain('Licenses in practice\nmandatory');
    expect(desk.to(ana)[0]).toContain('The new policy');
  });

  it('pause until a day, and show what is set', async () => {
    const desk = openDesk();
    await desk.give(ana, [due('a', 'Read the guide')]);
    const form = await desk.open('reminders.settings', ana);
    await desk.submit(form, ana, { topics: ['0', '1'], rhythm: 'weekly', pause: '2026-12-01' });

    const again = JSON.stringify(await desk.open('reminders.settings', ana));
    const home = JSON.stringify(await desk.feature.home?.(personAt(ana)));
    for (let days = 0; days < 15; days += 1) await desk.wait(days === 0 ? morning : day);

    expect(again).toContain('"initial_date":"2026-12-01"');
    expect(again).toContain('"initial_option":{"text":{"type":"plain_text","text":"Once a week');
    expect(home).toContain('Reminders are paused until Tue 1 Dec.');
    // The first working day of the week after the pause.
    expect(desk.slack.messages.map(({ postedAt }) => new Date(postedAt).toISOString().slice(0, 10))).toEqual([
      '2026-12-07',
    ]);
  });

  it('ask only for what concerns a person, and leave the rest as it is', async () => {
    const desk = openDesk();
    await desk.submit(await desk.open('reminders.settings', ana), ana, { topics: ['0'], rhythm: 'daily' });
    desk.source.concerns = () => ['training'];

    const form = await desk.open('reminders.settings', ana);
    await desk.submit(form, ana, { topics: [], rhythm: 'daily' });

    expect(JSON.stringify(form)).not.toContain('News to read');
    expect((await desk.book(ana))?.muted).toEqual(['test:news', 'test:training']);
  });

  it('end a pause when the day is taken away', async () => {
    const desk = openDesk();
    await desk.give(ana, [due('a', 'Read the guide')]);
    const form = await desk.open('reminders.settings', ana);
    await desk.submit(form, ana, { topics: ['0', '1'], rhythm: 'daily', pause: '2026-12-01' });
    await desk.wait(0);

    await desk.submit(form, ana, { topics: ['0', '1'], rhythm: 'daily' });
    await desk.wait(morning);

    expect(desk.to(ana)).toHaveLength(1);
  });
});

describe('on demand', () => {
  it('lists what is due, and says when nothing is', async () => {
    const desk = openDesk();
    await desk.give(
      ana,
      Array.from({ length: 7 }, (_, index) => due(`n${index}`, `Thing ${index}`)),
    );

    const mine = await desk.command(ana);
    const hers = await desk.command(mei);
    const stranger = await desk.command('U0STRANGER' as PersonId);

    expect(mine?.text).toContain('2 more are in Home.');
    expect(hers?.text).toBe('目前没有待办的事。');
    expect(stranger?.text).toBe('Nothing is due for you.');
  });

  it('leaves out on Home what was put off, and names it', async () => {
    const desk = await reminded(due('a', 'Read the guide'), due('b', 'Meet your mentor'));
    await desk.submit(await desk.open('reminders.later', ana), ana, { what: ['1'], when: '2026-11-30' });

    const [section] = (await desk.feature.home?.(personAt(ana))) ?? [];

    const text = JSON.stringify(section);
    expect(text).toContain('Read the guide');
    expect(text).toContain('Put off until Mon 30 Nov: Meet your mentor');
    expect(text).not.toContain('Done: Meet your mentor');
  });
});
