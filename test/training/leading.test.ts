import { describe, expect, it } from 'vitest';
import { auditEvents } from '../../src/core/audit.ts';
import type { Person, PersonId } from '../../src/core/ports.ts';
import type { TrackEdition } from '../../src/training/track.ts';
import { bo, day, lea, mei, openSchool, staff, textOf, tom } from './school.ts';
import { editionOf, personOf } from './tracks.ts';

const soon = editionOf({ for: [{}], mandatory: true, due: 'P1D' });
const colleagues = Array.from({ length: 6 }, (_, at) =>
  personOf({ id: `U0MORE000${at}` as PersonId, name: `More ${at}`, unit: 'search', manager: lea }),
);
const everybody = [...staff, ...colleagues];

/** A school in which everybody is late but Bo. */
async function lateSchool(tracks: readonly TrackEdition[] = [soon], people: readonly Person[] = everybody) {
  const at = await openSchool(tracks, people);
  await at.click('training.attest', bo, 'licenses/first');
  await at.click('training.attest', bo, 'licenses/second');
  await at.wait(2 * day);
  return at;
}

describe('training in numbers', () => {
  it('is for leads, and for managers of at least one person', async () => {
    const at = await lateSchool();

    expect((await at.command('training numbers', lea))?.text).toContain('Licenses: 10 % current (1 of 10), 9 late');
    expect((await at.command('training numbers', tom))?.text).toContain('No training is assigned to enough people');
    expect((await at.command('training numbers', mei))?.text).toContain('Numbers are for those who lead training');
  });

  it.each([
    ['en', ['Current', 'Due', 'Overdue', 'Run out']],
    ['zh-CN', ['有效', '待学', '逾期', '过期']],
  ] as const)('are drawn as a chart beside the table, in %s', async (locale, names) => {
    const people = everybody.map((one) => (one.id === lea ? { ...one, locale } : one));
    const at = await lateSchool([soon], people);

    const said = await at.command('training numbers', lea);

    const [, drawn, table] = said?.blocks ?? [];
    const counts = [1, 0, 9, 0];
    const bars = names.map((name, n) => ({ name, data: [{ label: 'Licenses', value: counts[n] }] }));
    expect(drawn).toMatchObject({ type: 'data_visualization', chart: { series: bars } });
    expect(table?.type).toBe('table');
  });

  it('leave training of too few people out of the chart, and have none where nothing else is left', async () => {
    const few = editionOf({ id: 'payments', title: { en: 'Paying', 'zh-CN': '支付' }, for: [{ units: ['payments'] }] });
    const at = await lateSchool([soon, few]);

    const [all, team] = await Promise.all([lea, tom].map((person) => at.command('training numbers', person)));

    expect(JSON.stringify(all?.blocks)).toContain('data_visualization');
    expect(JSON.stringify(all?.blocks)).not.toContain('Paying');
    expect(JSON.stringify(team?.blocks)).not.toContain('data_visualization');
  });

  it('groups by unit, the small groups hidden together', async () => {
    const at = await lateSchool();

    const view = textOf(await at.open('training.numbers', lea, 'licenses/unit'));

    expect(view).toContain('Smaller groups together');
    expect(view).not.toContain('Payments');
    expect(view).not.toContain('U0M');
  });

  it('are exported without a name', async () => {
    const at = await lateSchool();

    const { reply } = await at.click('training.export', lea, '');

    const content = reply?.kind === 'file' ? reply.content : '';
    expect(content.split('\r\n')[1]).toBe('licenses,unit,rest,10,1,0,9,0,0,10');
    await expect(at.click('training.export', tom, '')).rejects.toThrow('Only those who lead training');
  });
});

describe('names', () => {
  it('are shown to the lead for what is late and mandatory, and each opening is recorded', async () => {
    const at = await lateSchool();

    const view = textOf(await at.open('training.names', lea, 'licenses'));

    expect(view).toContain(mei);
    expect(view).not.toContain(bo);
    const { docs } = await at.store.list(auditEvents, { key: `training/${lea}`, order: 'asc', limit: 50 });
    expect(docs.at(-1)).toMatchObject({ kind: 'names_opened', actor: lea, to: { track: 'licenses', count: 9 } });
  });

  it('a manager sees only those who report to them', async () => {
    const at = await lateSchool();

    const view = textOf(await at.open('training.names', tom, 'licenses'));

    expect(view).toContain(mei);
    expect(view).not.toContain('U0MORE');
    expect(view).not.toContain('training.escalate');
  });

  it('are not for anybody else', async () => {
    const at = await lateSchool();

    expect(textOf(await at.open('training.names', mei, 'licenses'))).toContain('Only those who lead training');
  });
});

describe('escalating', () => {
  it('tells each manager how many, without a name, once a day', async () => {
    const at = await lateSchool();
    const before = at.to(tom).length;

    const { reply } = await at.click('training.escalate', lea, 'licenses');
    await expect(at.click('training.escalate', lea, 'licenses')).rejects.toThrow('were told today already');
    await at.wait(0);

    expect(textOf(reply?.kind === 'view' ? reply.view : undefined)).toContain(
      '2 managers are told. For 2 people no manager',
    );
    const told = at.to(tom).slice(before);
    expect(told).toEqual([
      'One person in your team is late with "Licenses", which is mandatory.\nLea asked to let you know. Please give them the time for it.',
    ]);
  });

  it('is for leads only', async () => {
    const at = await lateSchool();

    await expect(at.click('training.escalate', tom, 'licenses')).rejects.toThrow('Only those who lead training');
  });
});

describe('assigning', () => {
  const optional = editionOf({ id: 'extra' });

  it('by a lead gives it to each person once, with a day, and they are reminded', async () => {
    const at = await openSchool([optional]);
    const form = await at.open('training.assign', lea, '');

    const done = await at.submit(form, lea, {
      track: { id: 'extra' },
      people: { ids: [mei, mei, bo, 'U0NOBODY01'] },
      due: { date: '2026-12-11' },
      mandatory: { is: ['mandatory'] },
      note: { text: 'For the release.' },
    });
    await at.wait(2 * day);

    expect(textOf('view' in done ? done.view : undefined)).toContain('Assigned to 2 people.');
    expect(textOf('view' in done ? done.view : undefined)).toContain('One was left out');
    expect((await at.learner(mei))?.tracks.extra?.assigned).toMatchObject({
      by: lea,
      due: '2026-12-11',
      mandatory: true,
    });
    expect(at.to(mei)).toHaveLength(1);
  });

  it.each([
    ['nobody', { track: { id: 'extra' }, people: { ids: [] } }, { people: 'Choose at least one person.' }],
    [
      'a day that is over',
      { track: { id: 'extra' }, people: { ids: [mei] }, due: { date: '2026-11-22' } },
      { due: 'This day is over. Choose a later one.' },
    ],
  ])('refuses %s', async (_, values, errors) => {
    const at = await openSchool([optional]);

    expect((await at.submit(await at.open('training.assign', lea, ''), lea, values)).errors).toEqual(errors);
  });

  it('is for leads only', async () => {
    const at = await openSchool([optional]);

    expect(textOf(await at.open('training.assign', mei, ''))).toContain('Only those who lead training');
  });
});
