import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../src/core/ports.ts';
import { onlyPair, openProgram, type ProgramWorld, person } from './world.ts';

const lead = person('U0LEAD', { roles: ['mentorship'] });
const mentor = person('U0MENTOR');
const mentee = person('U0MENTEE');
const others = Array.from({ length: 6 }, (_, n) => person(`U0OTHER${n}`));

const openWith = () => openProgram([lead, mentor, mentee, ...others]);

/** A pair that has been introduced. */
async function begun(): Promise<ProgramWorld> {
  const world = openWith();
  await world.joinAs('U0MENTOR', 'mentor', { places: 2 });
  await world.joinAs('U0MENTEE', 'mentee');
  await world.work();
  const { id } = await onlyPair(world);
  await world.commit(await world.mentorship.move(id, lead.id, { kind: 'confirm', months: 6 }));
  await world.work();
  return world;
}

describe('the numbers of the program', () => {
  it('are nothing before anybody joins', async () => {
    const numbers = await openWith().mentorship.numbers();

    expect(numbers).toEqual({
      active: 0,
      checkIns: 0,
      kept: 0,
      goals: 0,
      goalsMet: 0,
      reviews: 0,
      merged: 0,
      waiting: 0,
      free: 0,
      waits: [],
      missing: [],
    });
  });

  it('follow what happens to a pair', async () => {
    const world = await begun();
    const { id, round } = await onlyPair(world);
    const due = '2027-01-15';
    await world.clock.advance(7 * 24 * 60 * 60_000);

    const done = await world.mentorship.moves(id, mentee.id, [
      { kind: 'answer', round, answer: 'met' },
      { kind: 'set_goal', goal: 'g1', text: 'A change.', due },
      { kind: 'set_goal', goal: 'g2', text: 'Another.', due },
      { kind: 'set_goal', goal: 'g3', text: 'Too much.', due },
      { kind: 'end_goal', goal: 'g1', outcome: 'met' },
      { kind: 'end_goal', goal: 'g3', outcome: 'dropped' },
      { kind: 'merge', link: 'https://example.com/1' },
      { kind: 'merge', link: 'https://example.com/2' },
    ]);
    await world.commit(done);
    await world.store.commit(await world.pairing.mentors.took(mentor.id, 'REQ-1', world.clock.now()));
    await world.store.commit(await world.pairing.mentors.gave(mentor.id, 'REQ-1', 'read', world.clock.now()));

    expect(await world.mentorship.numbers()).toMatchObject({
      active: 1,
      checkIns: 1,
      kept: 1,
      goals: 2,
      goalsMet: 1,
      merged: 1,
      reviews: 1,
      free: 1,
      waiting: 0,
    });
  });

  it('count a check-in that nobody answered as not kept', async () => {
    const world = await begun();

    await world.days(18);

    expect(await world.mentorship.numbers()).toMatchObject({ checkIns: 1, kept: 0 });
  });

  it('keep what came of pairs whose people are forgotten', async () => {
    const world = await begun();
    const { id } = await onlyPair(world);
    await world.commit(await world.mentorship.move(id, mentee.id, { kind: 'merge', link: 'https://example.com/1' }));
    await world.commit(await world.mentorship.move(id, mentee.id, { kind: 'end', why: 'finished' }));

    await world.clock.advance(401 * 24 * 60 * 60_000);
    await world.work();

    expect((await onlyPair(world)).forgotten).toBe(true);
    expect(await world.mentorship.numbers()).toMatchObject({ active: 0, merged: 1 });
  });

  it('have no free place of a mentor on a break', async () => {
    const world = openWith();
    await world.joinAs('U0MENTOR', 'mentor', { places: 3 });
    const before = await world.mentorship.numbers();

    await world.commit(await world.mentorship.pause(mentor, '2026-12-31'));

    expect([before.free, (await world.mentorship.numbers()).free]).toEqual([3, 0]);
  });

  it('say how long half had waited where five got a mentor, and nothing of fewer', async () => {
    const world = openWith();
    for (const [days, { id }] of others.slice(0, 5).entries()) {
      await world.joinAs(id, 'mentee');
      await world.clock.advance(days * 24 * 60 * 60_000);
    }
    const before = await world.mentorship.numbers();
    await world.joinAs('U0MENTOR', 'mentor', { places: 5 });
    await world.work();
    for (const pair of await world.mentorship.list('state:proposed', 10))
      await world.commit(await world.mentorship.move(pair.id, lead.id, { kind: 'confirm', months: 6 }));
    await world.days(1);

    const { waits } = await world.mentorship.numbers();

    const waited = (await world.mentorship.list('all', 10)).map(({ fit }) => fit.waitedDays).toSorted((a, b) => a - b);
    expect(before.waits).toEqual([]);
    expect(waited).toHaveLength(5);
    expect(waits).toEqual([{ language: 'en', days: waited[2] }]);
  });

  it.each([
    {
      what: 'nobody speaks any of theirs',
      mentorSpeaks: ['en'],
      speaks: ['zh'],
      missing: [{ language: 'zh', count: 1 }],
    },
    { what: 'somebody speaks one of theirs', mentorSpeaks: ['en'], speaks: ['zh', 'en'], missing: [] },
    {
      what: 'there is no mentor',
      mentorSpeaks: undefined,
      speaks: ['zh', 'en'],
      missing: [{ language: 'zh', count: 1 }],
    },
  ])('name the language of those who wait where $what', async ({ mentorSpeaks, speaks, missing }) => {
    const world = openWith();
    const shared = { skills: ['rust'], words: '', hours: 4 };
    const join = async (id: PersonId, languages: readonly string[], hat: object) =>
      world.commit(
        await world.mentorship.join(person(id), {
          languages,
          zone: undefined,
          blocked: [],
          months: undefined,
          mentor: undefined,
          mentee: undefined,
          ...hat,
        }),
      );
    if (mentorSpeaks) await join(mentor.id, mentorSpeaks, { mentor: { ...shared, places: 1, reviews: 0 } });
    await join(mentee.id, speaks, { mentee: { ...shared, goals: '' } });

    expect((await world.mentorship.numbers()).missing).toEqual(missing);
  });
});
