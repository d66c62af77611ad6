import { describe, expect, it } from 'vitest';
import { announcementSubject, announcements, announcementTexts, textId } from '../../src/announcements/announcement.ts';
import { readId, readings } from '../../src/announcements/readings.ts';
import { auditEvents, auditParts, verifyChain } from '../../src/core/audit.ts';
import { UserError } from '../../src/core/errors.ts';
import { type PersonId, put } from '../../src/core/ports.ts';
import { lead, type Newsroom, openNewsroom, reader } from './newsroom.ts';

const dayMs = 24 * 60 * 60_000;
const keepMs = 3_653 * dayMs;
const subject = announcementSubject('A-1');

/** One that was withdrawn with a reason, after so many had confirmed it. */
async function withdrawn(confirmed: number): Promise<Newsroom> {
  const room = openNewsroom();
  await room.sent('A-1', 'policy', [reader], 'quiet');
  const people = Array.from({ length: confirmed }, (_, n) => `U${String(n).padStart(6, '0')}` as PersonId);
  const at = room.clock.now();
  for (let from = 0; from < people.length; from += 500) {
    const some = people.slice(from, from + 500);
    await room.commit(
      some.map((person) =>
        put(readings, readId('A-1', person), { announcement: 'A-1', person, edition: 1, at, unit: 'payments' }, 0),
      ),
    );
  }
  await room.done(room.announcements.move('A-1', lead, { kind: 'retract', text: 'Reported by somebody in payments.' }));
  await steps(room);
  return room;
}

/** Does what is due for announcements, one commit after the other, a second apart. @returns how many it took */
async function steps({ store, clock, delivery, commit }: Newsroom): Promise<number> {
  const [job] = delivery.jobs;
  for (let count = 0; count < 100; count += 1) {
    const [due] = await store.due(announcements, { now: clock.now(), limit: 1 });
    if (!job || !due) return count;
    await commit((await job.run(due, clock.now())).ops);
    await clock.advance(1_000);
  }
  throw new Error('there is always more to do');
}

async function trailOf({ store, announcements: uses }: Newsroom) {
  const { docs } = await store.list(auditEvents, { key: subject, order: 'asc', limit: 100 });
  const parts = await Promise.all(docs.map(({ id }) => store.get(auditParts, id)));
  const head = (await uses.find('A-1'))?.audit;
  return {
    problems: verifyChain(subject, docs, head),
    kinds: docs.map(({ kind }) => kind),
    parts: parts.flatMap((one) => one ?? []),
  };
}

describe('an announcement ten years after the last thing that happened to it', () => {
  it('is whole until then', async () => {
    const room = await withdrawn(3);
    const before = await room.announcements.find('A-1');

    await room.clock.advance(keepMs - dayMs);

    expect(await steps(room)).toBe(0);
    expect(await room.announcements.find('A-1')).toEqual(before);
    expect((await trailOf(room)).parts).toHaveLength(1);
  });

  it('keeps what was said to how many, and when, and nobody who had to do with it', async () => {
    const room = await withdrawn(3);
    const before = await room.announcements.find('A-1');
    await room.clock.advance(keepMs);

    await steps(room);

    const after = await room.announcements.find('A-1');
    const text = await room.store.get(announcementTexts, textId('A-1', 1));
    expect(after).toMatchObject({ forgotten: true, readers: 3, author: 'person-1', numbers: before?.numbers });
    expect(after?.events.map(({ kind, at }) => [kind, at])).toEqual(before?.events.map(({ kind, at }) => [kind, at]));
    expect(text).toMatchObject({ words: { en: { title: 'A title' } }, by: 'person-1' });
    expect(JSON.stringify([after, text])).not.toMatch(/ULEAD|Reported by/);
    expect(await room.store.count(readings, { key: 'A-1' })).toBe(0);
  });

  it('has a chain that is whole, tells what happened, and has no words beside it', async () => {
    const room = await withdrawn(3);
    await room.clock.advance(keepMs);

    await steps(room);

    const { problems, kinds, parts } = await trailOf(room);
    expect(problems).toEqual([]);
    expect(kinds.at(-1)).toBe('forgotten');
    expect(parts).toEqual([]);
  });

  it('is forgotten in small steps, of which each goes on where the one before ended', async () => {
    const room = await withdrawn(1_000);
    await room.clock.advance(keepMs);

    const taken = await steps(room);

    expect(taken).toBe(4);
    expect(await room.announcements.find('A-1')).toMatchObject({ forgotten: true, readers: 1_000 });
  });

  it('is over for whoever still has the message, and for leads', async () => {
    const room = await withdrawn(0);
    await room.clock.advance(keepMs);
    await steps(room);
    const known = await room.announcements.find('A-1');

    const confirmed = known && (await room.readings.confirm(known, reader));
    const again = room.announcements.move('A-1', lead, { kind: 'retry' });

    expect(confirmed).toBe('over');
    await expect(again).rejects.toThrow(UserError);
  });

  it('that nobody ever sent goes without a chain', async () => {
    const room = openNewsroom();
    await room.draft('A-1', 'event');
    await room.clock.advance(keepMs);

    await steps(room);

    expect(await room.announcements.find('A-1')).toMatchObject({ forgotten: true, state: 'draft', author: 'person-1' });
    expect((await trailOf(room)).kinds).toEqual([]);
  });
});
