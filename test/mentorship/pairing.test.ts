import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../src/core/ports.ts';
import { dayMs } from './people.ts';
import { onlyPair, openProgram, person } from './world.ts';

const lead = person('U0LEAD', { roles: ['mentorship'] });
const mentor = person('U0MENTOR');
const mentee = person('U0MENTEE');
const confirm = { kind: 'confirm', months: 6 } as const;

async function paired(own: Parameters<typeof openProgram>[1] = {}, people = [lead, mentor, mentee]) {
  const world = openProgram(people, own);
  await world.joinAs('U0MENTOR', 'mentor');
  await world.joinAs('U0MENTEE', 'mentee');
  await world.work();
  return world;
}

async function begun() {
  const world = await paired();
  await world.commit(await world.mentorship.move((await onlyPair(world)).id, lead.id, confirm));
  await world.work();
  await world.clock.advance(10 * 60_000);
  await world.work();
  return world;
}

describe('a round', () => {
  it('proposes a pair to the leads, and nobody else hears of it', async () => {
    const world = await paired();

    expect(await onlyPair(world)).toMatchObject({ state: 'proposed', mentor: 'U0MENTOR', mentee: 'U0MENTEE' });
    expect(world.woken).toContain(lead.id);
    expect(await world.said()).toEqual([]);
  });

  it('goes by itself where the program says so', async () => {
    const world = await paired({ pairing: 'automatic' });

    expect((await onlyPair(world)).state).toBe('active');
    expect(await world.said()).toHaveLength(1);
  });

  it('waits for the office to open, and for the next working day', async () => {
    const world = openProgram([lead, mentor, mentee]);
    await world.clock.advance(4 * dayMs);
    await world.work();
    await world.joinAs('U0MENTOR', 'mentor');
    await world.joinAs('U0MENTEE', 'mentee');

    await world.days(2);
    const weekend = (await world.mentorship.list('all', 1)).length;
    await world.days(1);

    expect(weekend).toBe(0);
    expect((await world.mentorship.list('all', 1)).length).toBe(1);
  });

  it('never pairs the same two again: not after a no, nor after an end', async () => {
    const world = await paired();
    const no = { kind: 'decline', why: 'know_each_other', text: '' } as const;
    await world.commit(await world.mentorship.move((await onlyPair(world)).id, lead.id, no));

    await world.days(7);

    expect(await world.mentorship.list('all', 5)).toHaveLength(1);
    expect(await world.mentorship.outlook(mentee.id)).toMatchObject({ fitting: 0, bar: 'again' });
  });

  it('asks whoever leads now, when the lead has gone', async () => {
    const world = await paired();
    const next = person('U0NEXT', { roles: ['ospo-lead'] });
    world.people = [{ ...lead, active: false }, mentor, mentee, next];
    const before = world.woken.length;

    await world.days(3);

    expect(world.woken.slice(before)).toContain(next.id);
    expect(world.mentorship.isLead(next.id)).toBe(true);
    expect(world.mentorship.isLead(lead.id)).toBe(false);
  });
});

describe('an introduction', () => {
  it('is said in a group of the two, once', async () => {
    const world = await begun();
    const pair = await onlyPair(world);

    expect(pair).toMatchObject({ state: 'active', channel: 'G1' });
    expect(await world.said()).toEqual([`mentorship:${pair.id}:introduction`]);
  });

  it('is said to each apart where Slack opens no group', async () => {
    const world = await paired();
    world.channel = undefined;
    const { id } = await onlyPair(world);
    await world.commit(await world.mentorship.move(id, lead.id, confirm));
    await world.work();

    for (let hour = 0; hour < 4; hour += 1) {
      await world.clock.advance(60 * 60_000);
      await world.work();
    }

    expect(await world.said()).toEqual([
      `mentorship:${id}:introduction`,
      `mentorship:${id}:introduction:U0MENTEE`,
      `mentorship:${id}:introduction:U0MENTOR`,
    ]);
  });
});

describe('nobody is dropped in silence', () => {
  it('when the mentor leaves the company: the mentee hears it, waits on in the old place, and is matched anew', async () => {
    const world = await begun();
    const since = (await world.mentorship.member(mentee.id))?.mentee?.since;
    const second = person('U0SECOND');
    world.people = [lead, { ...mentor, active: false }, mentee, second];

    await world.pairing.peopleChanged();
    await world.pairing.peopleChanged();
    const told = (await world.said()).filter((key) => key.endsWith(':U0MENTEE'));
    const waits = await world.mentorship.member(mentee.id);
    await world.joinAs('U0SECOND', 'mentor');
    await world.days(1);

    expect(told).toHaveLength(1);
    expect(waits?.mentee).toMatchObject({ since });
    expect(waits?.mentee?.pair).toBeUndefined();
    expect((await world.mentorship.pairsOf(mentee.id, 'open')).map((pair) => pair.mentor)).toEqual(['U0SECOND']);
  });

  it('when the mentor leaves the program', async () => {
    const world = await begun();

    await world.commit(await world.mentorship.leave(mentor.id, 'left'));

    expect((await world.said()).filter((key) => key.endsWith(':U0MENTEE'))).toHaveLength(1);
    expect((await world.mentorship.member(mentee.id))?.mentee?.pair).toBeUndefined();
    expect((await world.mentorship.member(mentor.id))?.mentor).toBeUndefined();
  });

  it('when the mentor leaves the program, and whom they met is forgotten 13 months later', async () => {
    const world = await begun();
    await world.commit(await world.mentorship.leave(mentor.id, 'left'));
    await world.clock.advance(399 * dayMs);
    await world.work();
    const kept = await world.mentorship.member(mentor.id);

    await world.days(2);

    expect(kept).toMatchObject({ met: [mentee.id] });
    expect(await world.mentorship.member(mentor.id)).toBeUndefined();
  });

  it('when nobody fits for long: once a month, and once after weeks of downtime', async () => {
    const world = openProgram([lead, mentee]);
    await world.joinAs('U0MENTEE', 'mentee');
    await world.work();

    await world.days(35);
    const once = (await world.said()).length;
    await world.clock.advance(95 * dayMs);
    await world.work();

    expect(once).toBe(1);
    expect(await world.said()).toHaveLength(2);
  });

  it('when nobody knows yet who somebody is: a directory that is still reading ends nothing', async () => {
    const world = await begun();
    world.people = [lead];

    await world.pairing.peopleChanged();

    expect((await onlyPair(world)).state).toBe('active');
  });
});

describe('changes to read', () => {
  const asker = person('U0ASKER');
  const ask = { asker: asker.id, project: 'tokio-rs/tokio', text: 'async code in Rust' };

  async function readers() {
    const world = openProgram([lead, mentor, person('U0GO'), asker, person('U0FULL'), person('U0AWAY')]);
    await world.joinAs('U0GO', 'mentor', { skills: ['go'], reviews: 2 });
    await world.joinAs('U0MENTOR', 'mentor', { reviews: 1 });
    await world.joinAs('U0FULL', 'mentor', { reviews: 0 });
    await world.joinAs('U0AWAY', 'mentor');
    await world.joinAs('U0ASKER', 'mentor');
    await world.commit(await world.mentorship.pause(person('U0AWAY'), '2026-12-31'));
    return world;
  }

  it('go to mentors with room, whoever knows the matter first, and never to the asker', async () => {
    const world = await readers();

    expect(await world.pairing.mentors.withRoom(ask, world.clock.now())).toEqual(['U0MENTOR', 'U0GO']);
  });

  it('take room until they are read, and are counted once', async () => {
    const { pairing, clock, mentorship, store } = await readers();
    const { mentors } = pairing;

    await store.commit(await mentors.took(mentor.id, 'REQ-1', clock.now()));
    const whileReading = await mentors.withRoom(ask, clock.now());
    await store.commit(await mentors.gave(mentor.id, 'REQ-1', 'read', clock.now()));
    const again = await mentors.gave(mentor.id, 'REQ-1', 'read', clock.now());

    expect(whileReading).toEqual(['U0GO']);
    expect(again).toEqual([]);
    expect((await mentorship.member(mentor.id))?.mentor).toMatchObject({ reading: [], read: [clock.now()] });
    expect(await mentors.took('U0NOBODY' as PersonId, 'REQ-2', clock.now())).toEqual([]);
  });
});
