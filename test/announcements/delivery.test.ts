import { describe, expect, it } from 'vitest';
import { announcements, forgetAt } from '../../src/announcements/announcement.ts';
import { mailings } from '../../src/delivery/entry.ts';
import type { Fault } from '../delivery/fake-slack.ts';
import { hour, minute, notice, person, start } from '../delivery/world.ts';
import { announcementId, createPostOffice, lead, messagesByPlace, personAt } from './post-office.ts';

describe('an announcement on its way', () => {
  it('comes to everybody once, and is sent when the last one has it', async () => {
    const office = createPostOffice();
    await office.send({ people: 300, channels: 200 });

    office.run();
    const announcement = await office.until(['sent'], 10 * minute);
    await office.stop();

    expect(await office.states()).toEqual({ sent: 500 });
    expect([...new Set(messagesByPlace(office).values())]).toEqual([1]);
    expect(messagesByPlace(office).size).toBe(500);
    expect(announcement.events.map(({ kind }) => kind)).toEqual(['begun', 'confirmed', 'expanded', 'finished']);
  });

  it('leaves nothing behind but its rows', async () => {
    const office = createPostOffice();
    await office.send({ people: 30 });

    office.run();
    await office.until(['sent'], 10 * minute);
    await office.stop();

    expect(await office.store.count(mailings, { key: 'state:done' })).toBe(0);
    expect(await office.store.nextDue(mailings)).toBeUndefined();
    // Nothing is due for the announcement until its people are forgotten.
    expect(await office.store.nextDue(announcements)).toBe(forgetAt(await office.known()));
    for (const row of await office.rows()) expect(row).toMatchObject({ shown: 1, sentAt: expect.any(Number) });
  });

  it('to nobody is sent at once', async () => {
    const office = createPostOffice();
    await office.send({});

    office.run();
    const announcement = await office.until(['sent'], minute);
    await office.stop();

    expect(announcement.events.at(-1)?.kind).toBe('finished');
    expect(messagesByPlace(office).size).toBe(0);
  });

  it('waits for the time of each reader', async () => {
    const office = createPostOffice();
    await office.send({
      aims: [
        { target: { person: personAt(0) } },
        { target: { person: personAt(1) }, from: start + 3 * hour },
        { target: { person: personAt(2) }, from: start + 9 * hour, quiet: true },
      ],
    });

    office.run();
    await office.live(2 * hour);
    const before = [...messagesByPlace(office).keys()];
    const { restMs } = await office.sending.progress(await office.known());
    await office.until(['sent'], 2 * hour);
    await office.stop();

    expect(before).toEqual([personAt(0)]);
    expect(restMs).toBe(hour);
    expect([...messagesByPlace(office).keys()]).toEqual([personAt(0), personAt(1)]);
    expect(await office.states()).toEqual({ sent: 2, quiet: 1 });
  });

  it('never hands over more than a minute of messages', async () => {
    const office = createPostOffice();
    await office.send({ people: 600 });
    let most = 0;

    office.run();
    for (let second = 0; second < 120; second += 1) {
      await office.live(1_000);
      const { queued = 0 } = await office.states();
      most = Math.max(most, queued);
    }
    await office.stop();

    expect(most).toBeLessThanOrEqual(200);
    expect(most).toBeGreaterThan(190);
  });

  it('does not go to who left meanwhile, and says so', async () => {
    const office = createPostOffice();
    await office.send({ people: 100 });

    office.run();
    await office.live(10_000);
    const reached = messagesByPlace(office);
    for (let n = 0; n < 100; n += 1) if (!reached.has(personAt(n))) office.leavers.add(personAt(n));
    await office.until(['sent'], 10 * minute);
    await office.stop();

    // Those whose call had begun are too late.
    expect(messagesByPlace(office).size).toBeLessThanOrEqual(reached.size + 8);
    const { misses } = await office.sending.misses(announcementId);
    expect(new Set(misses.map(({ reason }) => reason))).toEqual(new Set(['not_active']));
  });

  it('goes on past a channel that is archived in the middle', async () => {
    const office = createPostOffice({
      faultOf: ({ to, at }) => (to === 'C00150' && at > start + 1_000 ? { refused: 'is_archived' } : undefined),
    });
    await office.send({ channels: 200 });

    office.run();
    await office.until(['sent'], 10 * minute);
    await office.stop();

    expect(await office.states()).toEqual({ sent: 199, failed: 1 });
    const { misses, next } = await office.sending.misses(announcementId);
    expect(misses).toEqual([{ target: { channel: 'C00150' }, state: 'failed', reason: 'is_archived' }]);
    expect(next).toBeUndefined();
  });

  it('lives through an hour without Slack', async () => {
    const isDown = (at: number) => at >= start + minute && at < start + minute + hour;
    const office = createPostOffice({ faultOf: ({ at }) => (isDown(at) ? 'lost' : undefined) });
    await office.send({ people: 1_000 });

    office.run();
    await office.live(30 * minute);
    const within = await office.sending.progress(await office.known());
    await office.until(['sent'], 2 * hour);
    await office.stop();

    expect(within).toMatchObject({ perMinute: 0, restMs: undefined });
    expect(await office.states()).toEqual({ sent: 1_000 });
    expect([...new Set(messagesByPlace(office).values())]).toEqual([1]);
  });

  it('lives through an hour in which Slack refuses everything', async () => {
    const isDown = (at: number) => at >= start + minute && at < start + minute + hour;
    const office = createPostOffice({
      faultOf: ({ at }) => (isDown(at) ? { refused: 'service_unavailable' } : undefined),
    });
    await office.send({ people: 300 });

    office.run();
    await office.until(['sent'], 3 * hour);
    await office.stop();

    expect(await office.states()).toEqual({ sent: 300 });
    expect([...new Set(messagesByPlace(office).values())]).toEqual([1]);
  });

  it.each<{ readonly fault: Fault; readonly state: string }>([
    { fault: 'answer lost', state: 'sent' },
    { fault: { limited: 20_000 }, state: 'sent' },
    { fault: { refused: 'internal_error' }, state: 'sent' },
    { fault: { refused: 'restricted_action' }, state: 'failed' },
  ])('one message that meets $fault ends $state', async ({ fault, state }) => {
    let isMet = false;
    const office = createPostOffice({
      faultOf: ({ to, method }) => {
        if (isMet || to !== personAt(3) || method !== 'post') return undefined;
        isMet = true;
        return fault;
      },
    });
    await office.send({ people: 10 });

    office.run();
    await office.until(['sent'], hour);
    await office.stop();

    const row = (await office.rows()).find(({ target }) => 'person' in target && target.person === personAt(3));
    expect(row?.state).toBe(state);
    expect(messagesByPlace(office).get(personAt(3)) ?? 0).toBe(state === 'sent' ? 1 : 0);
  });

  it('is unknown where the answer was lost and nobody may look', async () => {
    const office = createPostOffice({
      faultOf: ({ to, method }) => {
        if (to !== 'C00000') return undefined;
        return method === 'find' ? { cannotLook: true } : 'answer lost';
      },
    });
    await office.send({ channels: 3 });

    office.run();
    await office.until(['sent'], hour);
    await office.stop();

    expect(await office.states()).toEqual({ sent: 2, unknown: 1 });
    expect(messagesByPlace(office).get('C00000')).toBe(1);
    const { misses } = await office.sending.misses(announcementId);
    expect(misses).toEqual([{ target: { channel: 'C00000' }, state: 'unknown', reason: 'missing_scope' }]);
  });

  it('is known to have come, once somebody presses a button of it', async () => {
    const office = createPostOffice({
      faultOf: ({ to, method }) => {
        if (to !== 'C00000') return undefined;
        return method === 'find' ? { cannotLook: true } : 'answer lost';
      },
    });
    await office.send({ people: 1, channels: 2 });
    office.run();
    await office.until(['sent'], hour);
    const at = { channel: 'C00000', ts: '99.9' };

    const elsewhere = await office.sending.found(announcementId, personAt(0), { channel: 'C00001', ts: '1' });
    await office.store.commit(await office.sending.found(announcementId, personAt(0), at));
    const again = await office.sending.found(announcementId, personAt(0), at);
    await office.stop();

    expect([elsewhere, again]).toEqual([[], []]);
    expect(await office.states()).toEqual({ sent: 3 });
    const row = (await office.rows()).find(({ target }) => 'channel' in target && target.channel === 'C00000');
    expect(row).toMatchObject({ posted: at, shown: 1 });
    expect(row).not.toHaveProperty('reason');
  });

  it('leaves out a picture that Slack cannot load, and goes out without it', async () => {
    const office = createPostOffice({
      picture: true,
      faultOf: ({ method, at }) =>
        method === 'post' && at < start + 3_000 ? { refused: 'invalid_blocks' } : undefined,
    });
    await office.send({ people: 20 });

    office.run();
    const announcement = await office.until(['sent'], hour);
    await office.stop();

    expect(announcement.pictureGone).toBe(true);
    expect((await office.states()).sent).toBeGreaterThan(10);
    expect([...new Set(messagesByPlace(office).values())]).toEqual([1]);
  });

  it('shows one card, drawn seldom, that says in the end what became of it', async () => {
    const office = createPostOffice();
    await office.send({ people: 1_000 });

    office.run();
    await office.until(['sent'], 10 * minute);
    await office.live(minute);
    await office.stop();

    const cards = office.slack.messages.filter(({ place }) => 'person' in place && place.person === lead);
    expect(cards.map(({ text }) => text)).toEqual(['"A new rule". Sent: 1,000 of 1,000 places have it.']);
    const updates = office.slack.calls.filter(({ method }) => method === 'update').map(({ at }) => at);
    const gaps = updates.slice(1, -1).map((at, index) => at - (updates[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(4_000);
    expect(updates.length).toBeLessThanOrEqual(80);
  });

  it('keeps no card and no notice waiting', async () => {
    const office = createPostOffice();
    await office.send({ people: 1_000 });
    office.run();
    await office.live(30_000);
    const waits: number[] = [];

    for (let n = 0; n < 30; n += 1) {
      office.subjects.set(`n${n}`, `Decided ${n}`);
      const saidAt = office.clock.now();
      await office.say(notice(`n${n}`, person(`UOTHER${n}`)));
      await office.live(1_000);
      const said = office.slack.messages.find(({ text }) => text.startsWith(`Decided ${n} `));
      waits.push((said?.postedAt ?? Number.POSITIVE_INFINITY) - saidAt);
    }
    await office.stop();

    expect(Math.max(...waits)).toBe(0);
  });
});
