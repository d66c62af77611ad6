import { describe, expect, it } from 'vitest';
import { targets } from '../../src/announcements/announcement.ts';
import { hour, minute, start } from '../delivery/world.ts';
import { announcementId, createPostOffice, messagesByPlace, personAt, rowIdOf } from './post-office.ts';

describe('stopping', () => {
  it('in the middle sends nothing more within seconds, and says how many have it', async () => {
    const office = createPostOffice();
    await office.send({ people: 500 });
    office.run();
    await office.live(30_000);

    await office.act({ kind: 'cancel' });
    const had = messagesByPlace(office).size;
    await office.until(['cancelled'], 20_000);
    const settled = messagesByPlace(office).size;
    await office.live(5 * minute);
    await office.stop();

    // Eight calls may have begun.
    expect(settled - had).toBeLessThanOrEqual(8);
    expect(messagesByPlace(office).size).toBe(settled);
    expect(await office.states()).toEqual({ sent: settled, left: 500 - settled });
  });

  it('while the rows are made leaves those that are there', async () => {
    const office = createPostOffice();
    await office.send({ people: 2_000 });
    office.run();
    while ((await office.rows()).length === 0) await office.live(100);

    await office.act({ kind: 'cancel' });
    await office.until(['cancelled'], minute);
    await office.stop();

    const states = await office.states();
    expect(states.left).toBeGreaterThan(0);
    expect(Object.keys(states)).toEqual(['left']);
    expect(messagesByPlace(office).size).toBe(0);
  });
});

describe('a change of the text', () => {
  it('while it is being sent reaches those who have it and those who do not, each with one message', async () => {
    const office = createPostOffice();
    await office.send({ people: 300 });
    office.run();
    await office.live(30_000);
    const before = messagesByPlace(office).size;

    await office.revise('Hello again');
    await office.until(['sent'], hour);
    await office.stop();

    expect(before).toBeGreaterThan(50);
    expect(before).toBeLessThan(250);
    expect(await office.states()).toEqual({ sent: 300 });
    for (const row of await office.rows()) expect(row.shown).toBe(2);
    const bodies = office.slack.messages.filter(({ text }) => text.startsWith('Hello')).map(({ text }) => text);
    expect(bodies).toEqual(Array(300).fill('Hello again'));
  });

  it('made twice in a row ends with the last one everywhere', async () => {
    const office = createPostOffice();
    await office.send({ people: 60 });
    office.run();
    await office.until(['sent'], hour);

    await office.revise('Second');
    await office.live(20_000);
    await office.revise('Third');
    await office.until(['sent'], hour);
    await office.stop();

    for (const row of await office.rows()) expect(row.shown).toBe(3);
    expect([...messagesByPlace(office).values()]).toEqual(Array(60).fill(1));
    expect(office.slack.texts().filter((text) => text === 'Third')).toHaveLength(60);
  });

  it('keeps to the pace of changes, and leaves room for cards', async () => {
    const office = createPostOffice();
    await office.send({ people: 100 });
    office.run();
    await office.until(['sent'], hour);

    await office.revise('Second');
    await office.until(['sent'], hour);
    await office.stop();

    const updates = office.slack.calls.filter(({ method }) => method === 'update').map(({ at }) => at);
    const fullest = Math.max(...updates.map((from) => updates.filter((at) => at >= from && at < from + minute).length));
    expect(fullest).toBeLessThanOrEqual(45);
  });

  it('is not told to who left, but the message that they have is changed', async () => {
    const office = createPostOffice();
    await office.send({ people: 3 });
    office.run();
    await office.until(['sent'], hour);
    office.leavers.add(personAt(1));

    await office.revise('Second');
    await office.until(['sent'], hour);
    await office.stop();

    expect(await office.states()).toEqual({ sent: 3 });
    expect(office.slack.texts().filter((text) => text === 'Second')).toHaveLength(3);
  });
});

describe('withdrawing', () => {
  it('changes every message into a note', async () => {
    const office = createPostOffice();
    await office.send({ people: 50, aims: [{ target: { person: personAt(99) }, quiet: true }] });
    office.run();
    await office.until(['sent'], hour);

    await office.act({ kind: 'retract', text: 'It was wrong.' });
    await office.until(['retracted'], hour);
    await office.stop();

    expect(await office.states()).toEqual({ retracted: 51 });
    expect(office.slack.texts().filter((text) => text === 'Withdrawn')).toHaveLength(50);
  });

  it('while it is being sent stops it and withdraws what came', async () => {
    const office = createPostOffice();
    await office.send({ people: 300 });
    office.run();
    await office.live(20_000);

    await office.act({ kind: 'retract', text: 'It was wrong.' });
    await office.until(['retracted'], hour);
    await office.stop();

    const { retracted = 0, left = 0 } = await office.states();
    expect(retracted + left).toBe(300);
    expect(retracted).toBe(messagesByPlace(office).size);
    expect(office.slack.texts().filter((text) => text === 'Hello')).toEqual([]);
  });

  it('takes a message that somebody removed for withdrawn', async () => {
    const office = createPostOffice();
    await office.send({ people: 3 });
    office.run();
    await office.until(['sent'], hour);
    const index = office.slack.messages.findIndex(({ place }) => 'person' in place && place.person === personAt(1));
    office.slack.messages.splice(index, 1);

    await office.act({ kind: 'retract', text: 'It was wrong.' });
    await office.until(['retracted'], hour);
    await office.stop();

    expect(await office.states()).toEqual({ retracted: 3 });
  });

  it('can be tried again where it failed, and no other message is touched', async () => {
    let isClosed = true;
    const office = createPostOffice({
      faultOf: ({ method, to }) =>
        isClosed && method === 'update' && to === `D${personAt(1)}` ? { refused: 'cant_update_message' } : undefined,
    });
    await office.send({ people: 3 });
    office.run();
    await office.until(['sent'], hour);
    await office.act({ kind: 'retract', text: 'It was wrong.' });
    await office.until(['retracted'], hour);
    const failed = await office.states();
    isClosed = false;
    const calls = office.slack.calls.length;

    await office.act({ kind: 'retry' });
    await office.until(['retracted'], hour);
    await office.stop();

    expect(failed).toEqual({ retracted: 2, failed: 1 });
    expect(await office.states()).toEqual({ retracted: 3 });
    expect(office.slack.calls.slice(calls).filter(({ to }) => to !== 'DULEAD')).toHaveLength(1);
  });
});

describe('retrying', () => {
  it('sends to those that failed only', async () => {
    let isOpen = false;
    const office = createPostOffice({
      faultOf: ({ to }) => (!isOpen && /^C0000[0-4]/.test(to) ? { refused: 'not_in_channel' } : undefined),
    });
    await office.send({ people: 20, channels: 10 });
    office.run();
    await office.until(['sent'], hour);
    const first = await office.states();
    isOpen = true;

    await office.act({ kind: 'retry' });
    await office.until(['sent'], hour);
    await office.stop();

    expect(first).toEqual({ sent: 25, failed: 5 });
    expect(await office.states()).toEqual({ sent: 30 });
    expect([...messagesByPlace(office).values()]).toEqual(Array(30).fill(1));
  });

  it('does not send again what nobody knows of', async () => {
    const office = createPostOffice({
      faultOf: ({ method, to }) => {
        if (to !== 'C00001') return undefined;
        return method === 'find' ? { cannotLook: true } : 'answer lost';
      },
    });
    await office.send({ channels: 3 });
    office.run();
    await office.until(['sent'], hour);

    await office.act({ kind: 'retry' });
    await office.until(['sent'], hour);
    await office.stop();

    expect(await office.states()).toEqual({ sent: 2, unknown: 1 });
    expect(messagesByPlace(office).get('C00001')).toBe(1);
  });

  it('of a change that failed changes the message, and does not post another', async () => {
    let isClosed = false;
    const office = createPostOffice({
      faultOf: ({ method, to }) =>
        isClosed && method === 'update' && to === `D${personAt(1)}` ? { refused: 'cant_update_message' } : undefined,
    });
    await office.send({ people: 3 });
    office.run();
    await office.until(['sent'], hour);
    isClosed = true;
    await office.revise('Second');
    await office.until(['sent'], hour);
    const failed = await office.states();
    isClosed = false;

    await office.act({ kind: 'retry' });
    await office.until(['sent'], hour);
    await office.stop();

    expect(failed).toEqual({ sent: 2, failed: 1 });
    expect(await office.store.get(targets, rowIdOf(1))).toMatchObject({ state: 'sent', shown: 2 });
    expect([...messagesByPlace(office).values()]).toEqual([1, 1, 1]);
  });
});

describe('rows', () => {
  it('are forgotten thirteen months after the last change', async () => {
    const office = createPostOffice();
    await office.send({ people: 3 });
    office.run();
    await office.until(['sent'], hour);

    await office.clock.advance(399 * 24 * hour);
    await office.live(5_000);
    const kept = (await office.rows()).length;
    await office.clock.advance(2 * 24 * hour);
    await office.live(5_000);
    await office.stop();

    expect(office.clock.now()).toBeGreaterThan(start + 400 * 24 * hour);
    expect(kept).toBe(3);
    expect(await office.rows()).toEqual([]);
    expect(await office.sending.misses(announcementId)).toEqual({ misses: [] });
  });
});
