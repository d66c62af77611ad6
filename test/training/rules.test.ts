import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../src/core/ports.ts';
import { movableClock } from '../../src/core/time.ts';
import { sweepId, sweeps } from '../../src/training/sweep.ts';
import { bo, day, hour, lea, mei, openSchool, staff, start } from './school.ts';
import { editionOf, personOf } from './tracks.ts';

const forAll = editionOf({ for: [{}], mandatory: true });
const forJoiners = editionOf({ for: [{ when: 'joining' }], mandatory: true });
const newcomer = personOf({ id: 'U0NEW00001' as PersonId, name: 'New' });

describe('following the rules', () => {
  it('gives a track to everybody whom a rule names, and reminds of it once in one message', async () => {
    const at = await openSchool([forAll, editionOf({ id: 'other', for: [{}], mandatory: true })]);

    await at.wait(2 * day);

    expect((await at.learner(mei))?.tracks.licenses?.assigned).toMatchObject({ by: 'rule', due: '2026-12-23' });
    expect(at.to(mei)).toHaveLength(1);
    expect(at.to(mei)[0]).toContain('Licenses');
  });

  it('nobody joins by the bot being installed, whoever comes later does', async () => {
    const at = await openSchool([forJoiners]);

    await at.staffed([...staff, newcomer]);
    await at.wait(hour);

    expect((await at.learner(mei))?.tracks).toEqual({});
    expect((await at.learner(newcomer.id))?.joined).toBe(true);
    expect(at.to(mei)).toEqual([]);
    expect(at.to(newcomer.id)).toEqual([expect.stringContaining('Licenses (20 minutes, due by Wed 23 Dec)')]);
  });

  it('welcomes who began something before the walk came by', async () => {
    const at = await openSchool([forJoiners, editionOf({ id: 'other' })]);
    await at.wait(hour);

    await at.click('training.open', newcomer.id, 'other');
    await at.staffed([...staff, newcomer]);
    await at.wait(hour);

    expect((await at.learner(newcomer.id))?.tracks.licenses?.assigned?.by).toBe('rule');
    expect(at.to(newcomer.id).filter((text) => text.startsWith('Welcome.'))).toHaveLength(1);
  });

  it('counts nobody as a joiner while the directory is still empty', async () => {
    const at = await openSchool([forJoiners], []);

    await at.staffed(staff);

    expect((await at.learner(mei))?.joined).toBeUndefined();
  });

  it('welcomes in working hours only', async () => {
    const at = await openSchool([forJoiners]);
    await at.wait(10 * hour);

    await at.staffed([...staff, newcomer]);
    const atNight = at.to(newcomer.id).length;
    await at.wait(14 * hour);

    expect(atNight).toBe(0);
    expect(at.to(newcomer.id)).toHaveLength(1);
  });

  it('follows a change of role, both ways', async () => {
    const at = await openSchool([editionOf({ for: [{ roles: ['legal'] }] })]);
    const legal = staff.map((one) => (one.id === bo ? { ...one, roles: ['legal'] } : one));

    await at.staffed(legal);
    const given = (await at.learner(bo))?.tracks.licenses?.assigned;
    await at.staffed(staff);

    expect(given?.by).toBe('rule');
    expect((await at.learner(bo))?.tracks.licenses?.assigned).toBeUndefined();
  });

  it('does not tell anybody anything when only the text of a track changes', async () => {
    const at = await openSchool([forAll]);
    await at.wait(2 * day);
    const before = at.to(mei).length;

    await at.teaches([{ ...forAll, hash: 'rewritten' }]);
    await at.wait(hour);

    expect(at.to(mei)).toHaveLength(before);
  });

  it('walks through everybody a stretch at a time, and again when something changed meanwhile', async () => {
    const crowd = Array.from({ length: 1_200 }, (_, at) =>
      personOf({ id: `U0CROWD${String(at).padStart(4, '0')}` as PersonId }),
    );

    const at = await openSchool([forAll], crowd);

    const given = await Promise.all(crowd.map(({ id }) => at.learner(id)));
    expect(given.every((learner) => learner?.tracks.licenses?.assigned)).toBe(true);
    expect(await at.store.get(sweeps, sweepId)).toMatchObject({ settledAt: start, again: false });
  });

  it('takes nobody for a joiner who was here before the first walk, however long that takes', async () => {
    let passed = 0;
    const still = movableClock(start);
    // A millisecond between any two looks at the clock.
    const clock = { ...still, now: () => still.now() + passed++ };
    const at = await openSchool([editionOf({ for: [{ when: 'joining' }] })], staff, clock);

    await at.staffed([...staff, newcomer]);
    await at.wait(day);

    expect((await at.learner(mei))?.joined).toBeUndefined();
    expect(at.to(mei)).toEqual([]);
    expect((await at.learner(newcomer.id))?.joined).toBe(true);
  });

  it('skips people who left', async () => {
    const at = await openSchool([forAll], [...staff, { ...newcomer, active: false }]);

    expect(await at.learner(newcomer.id)).toBeUndefined();
  });
});

describe('the way to an exemption', () => {
  it('goes through a lead, who gives a reason, and the trail has both', async () => {
    const at = await openSchool([forAll]);
    const form = await at.open('training.decline', mei, 'licenses');
    await at.submit(form, mei, { reason: { text: 'I teach it.' } });
    await at.wait(0);
    const asked = (await at.learner(mei))?.tracks.licenses?.asked?.at;
    const value = `${mei}/licenses/${asked}`;

    const decision = await at.open('training.exempt', lea, value);
    await at.submit(decision, lea, { reason: { text: 'She does.' }, until: { date: '2027-01-31' } });
    await at.wait(0);

    expect(JSON.stringify(decision)).toContain('I teach it.');
    expect(at.to(lea)[0]).toContain('Lea excused them.');
    expect(at.to(lea)[0]).not.toContain('I teach it.');
    expect(at.to(mei)).toEqual(['Lea excused you from "Licenses".\nReason: She does.']);
    expect(at.desk.statusOf(mei, 'licenses', at.clock.now())).toBe('current');
  });

  it('is decided once, and never by oneself', async () => {
    const at = await openSchool([forAll]);
    for (const person of [mei, lea]) {
      await at.submit(await at.open('training.decline', person, 'licenses'), person, { reason: { text: 'No.' } });
    }
    const caseOf = async (person: PersonId) =>
      `${person}/licenses/${(await at.learner(person))?.tracks.licenses?.asked?.at}`;
    const first = await at.open('training.keep', lea, await caseOf(mei));
    const second = await at.open('training.exempt', lea, await caseOf(mei));
    const own = await at.open('training.exempt', lea, await caseOf(lea));

    await at.submit(first, lea, { reason: { text: 'All do.' } });
    const late = await at.submit(second, lea, { reason: { text: 'Fine.' } });

    expect(late.errors).toEqual({ reason: 'This was decided already.' });
    expect(JSON.stringify(own)).toContain('Nobody decides about their own training.');
    await expect(at.submit(await at.open('training.keep', bo, await caseOf(lea)), bo, {})).rejects.toThrow();
  });

  it('is taken back by a date: then the training is given anew', async () => {
    const at = await openSchool([forAll]);
    await at.submit(await at.open('training.decline', mei, 'licenses'), mei, { reason: { text: 'No.' } });
    const value = `${mei}/licenses/${(await at.learner(mei))?.tracks.licenses?.asked?.at}`;
    await at.submit(await at.open('training.exempt', lea, value), lea, {
      reason: { text: 'For now.' },
      until: { date: '2026-11-24' },
    });

    await at.wait(3 * day);

    const record = (await at.learner(mei))?.tracks.licenses;
    expect(record?.exempt).toBeUndefined();
    expect(record?.assigned).toMatchObject({ by: 'rule', due: '2026-12-25' });
  });
});

describe('the gate of quick approvals', () => {
  it('says what is missing, and opens when it is done', async () => {
    const at = await openSchool([editionOf({ modules: forAll.track.modules.slice(0, 1) })]);
    const before = at.desk.gate(mei, 'licenses', at.clock.now());

    await at.click('training.open', mei, 'licenses');
    await at.click('training.attest', mei, 'licenses/first');

    expect(before?.words.en).toBe(
      'Quick approvals need the training "Licenses". Take it first (10 minutes) and this can be approved at once.',
    );
    expect(at.desk.statusOf(mei, 'licenses', at.clock.now())).toBe('current');
    expect(at.desk.gate(mei, 'licenses', at.clock.now())).toBeUndefined();
  });

  it('closes when it runs out, and says since when', async () => {
    const at = await openSchool([
      editionOf({ valid: 'P1D', renewal: { before: 'P1D' }, modules: forAll.track.modules.slice(0, 1) }),
    ]);
    await at.click('training.open', mei, 'licenses');
    await at.click('training.attest', mei, 'licenses/first');

    await at.wait(2 * day);

    expect(at.desk.statusOf(mei, 'licenses', at.clock.now())).toBe('expired');
    expect(at.desk.gate(mei, 'licenses', at.clock.now())?.words.en).toContain('ran out on Tue 24 Nov.');
  });

  it('knows nothing of a track that is not there', async () => {
    const at = await openSchool([]);

    expect(at.desk.statusOf(mei, 'licenses', at.clock.now())).toBe('unknown');
    expect(at.desk.gate(mei, 'licenses', at.clock.now())).toBeUndefined();
  });
});
