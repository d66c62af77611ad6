import { describe, expect, it } from 'vitest';
import { announcements } from '../../src/announcements/announcement.ts';
import { lastQuarter, quarterIn } from '../../src/announcements/news.ts';
import { follows } from '../../src/announcements/question.ts';
import { type PersonId, put } from '../../src/core/ports.ts';
import { lead, openNewsroom, personOf, reader, start } from './newsroom.ts';

const day = 24 * 60 * 60_000;
const zh = 'UZH' as PersonId;

describe('reading', () => {
  it('is confirmed once for an edition, and asked for again when it matters', async () => {
    const room = openNewsroom();
    const known = await room.sent('A-1', 'policy', [reader, zh]);
    const first = await room.readings.confirm(known, reader);
    if (first === 'over') throw new Error('over');
    await room.commit(first.ops);

    const again = await room.readings.confirm(known, reader);
    const later = { ...known, edition: 2, confirmFrom: 2 };

    expect(again).toMatchObject({ ops: [] });
    expect(await room.readings.isOpen(known, reader)).toBe(false);
    expect(await room.readings.isOpen(later, reader)).toBe(true);
    expect(await room.readings.isOpen({ ...later, confirmFrom: 1 }, reader)).toBe(false);
  });

  it('is counted of those whom it was for, and exported with times', async () => {
    const room = openNewsroom();
    const known = await room.sent('A-1', 'policy', [reader, zh]);
    for (const person of [reader, lead]) {
      const done = await room.readings.confirm(known, person);
      if (done !== 'over') await room.commit(done.ops);
    }

    const results = await room.readings.results(known);
    const table = await room.readings.exported(known, 'en');

    expect(results).toMatchObject({ read: 1, people: 2, units: [] });
    expect(table).toContain('UREADER,UREADER,payments,,sent,,2026-11-24T09:00:00.000Z,1,1,2026-11-24T09:00:00.000Z');
    // Who read it in a channel has no row of their own.
    expect(table).toContain('ULEAD,ULEAD,,,,,,,1,2026-11-24T09:00:00.000Z');
  });

  it('makes what a spreadsheet would carry out a text', async () => {
    const room = openNewsroom();
    const before = room.staff.get(reader);
    if (before) room.staff.set(reader, { ...before, name: '=HYPERLINK("https://example.com")' });
    const known = await room.sent('A-1', 'policy', [reader]);

    expect(await room.readings.exported(known, 'en')).not.toMatch(/(^|,|")=HYPERLINK/m);
  });
});

describe('reminders', () => {
  it('tell whoever has not confirmed after some days, mandatory, with its date', async () => {
    const room = openNewsroom();
    await room.sent('A-1', 'policy', [reader]);
    await room.sent('A-2', 'event', [reader]);

    const due = await room.readings.source.dueFor(reader, start);

    expect(due).toHaveLength(1);
    expect(due[0]).toMatchObject({ key: 'A-1/1', since: start + 3 * day, due: '2026-12-04' });
    expect(due[0]?.mandatory).toBeDefined();
  });

  it('stop when it is confirmed, withdrawn or settled', async () => {
    const room = openNewsroom();
    const known = await room.sent('A-1', 'policy', [reader]);
    const done = await room.readings.source.settle(reader, 'A-1/1', { how: 'done' }, start);
    await room.commit('ops' in done ? done.ops : []);
    const other = await room.sent('A-2', 'policy', [reader]);
    await room.done(room.announcements.move(other.id, lead, { kind: 'retract', text: 'Wrong.' }));

    expect(await room.readings.source.dueFor(reader, start)).toEqual([]);
    expect(await room.readings.isOpen(known, reader)).toBe(false);
  });

  it('look only at those who have not confirmed, some at a time', async () => {
    const room = openNewsroom();
    const known = await room.sent('A-1', 'policy', [reader, zh]);
    const done = await room.readings.confirm(known, reader);
    if (done !== 'over') await room.commit(done.ops);
    const follow = await room.store.get(follows, 'A-1/1');
    const [job] = room.readings.jobs;
    if (!follow || !job) throw new Error('nothing follows');

    const step = await job.run(follow, start + 3 * day);
    await room.commit(step.ops);

    expect(follow.due).toBe(start + 3 * day);
    expect(room.woken).toEqual([zh]);
    expect(await room.store.get(follows, 'A-1/1')).toBeUndefined();
  });
});

describe('news', () => {
  it('are told to whoever joins, and are new since they joined', async () => {
    const room = openNewsroom();
    await room.sent('A-1', 'policy', [reader]);
    await room.clock.advance(10 * day);
    const joiner = personOf('UNEW' as PersonId, { since: room.clock.now() });
    room.staff.set(joiner.id, joiner);
    await room.commit(await room.news.joined(joiner));
    await room.clock.advance(day);
    await room.sent('A-2', 'policy', [joiner.id]);

    const { changes } = await room.news.changesFor(joiner.id);

    expect(changes.since).toEqual({ kind: 'joined', at: start + 10 * day });
    expect(changes.fresh.map(({ announcement }) => announcement.id)).toEqual(['A-2']);
    expect(changes.before.map(({ announcement }) => announcement.id)).toEqual(['A-1']);
  });

  it.each([
    ['was here before the bot', undefined, {}],
    ['joined too long ago', -61, {}],
    ['is a guest', 0, { guest: true }],
    ['left again', 0, { active: false }],
  ])('are no welcome for who %s', async (_, days, more) => {
    const room = openNewsroom();
    const since = days === undefined ? {} : { since: start + days * day };

    const ops = await room.news.joined(personOf('UNEW' as PersonId, { ...since, ...more }));

    expect(ops).toEqual([]);
  });

  it('welcome nobody twice, and once more who came back', async () => {
    const room = openNewsroom();
    const joiner = personOf('UNEW' as PersonId, { since: start });
    await room.commit(await room.news.joined(joiner));

    const again = await room.news.joined(joiner);
    const back = await room.news.joined({ ...joiner, since: start + 1 });

    expect(again).toEqual([]);
    expect(back).toHaveLength(1);
  });

  it('keep what was for few from everybody else', async () => {
    const room = openNewsroom();
    const known = await room.sent('A-1', 'policy', [reader]);
    const narrow = { ...known, audience: { ...known.audience, everybody: false, roles: ['legal'] } };
    const doc = await room.store.get(announcements, 'A-1');
    if (!doc) throw new Error('gone');
    const { id, version, ...value } = { ...doc, audience: narrow.audience };
    await room.commit([put(announcements, id, value, version)]);

    const mine = await room.news.changesFor(reader);
    const theirs = await room.news.changesFor(zh);

    expect(mine.changes.fresh).toHaveLength(1);
    expect(theirs.changes.fresh).toEqual([]);
    expect(await room.readings.mayRead(narrow, zh)).toBe(false);
    expect(await room.news.listFor(zh)).toEqual([]);
  });

  it.each([
    ['title', 1],
    ['POLICY title', 1],
    ['政策', 1],
    ['nothing of the kind', 0],
  ])('are found by "%s"', async (words, found) => {
    const room = openNewsroom();
    await room.sent('A-1', 'policy', [reader]);

    expect(await room.news.all(words)).toHaveLength(found);
    expect(await room.news.listFor(reader, words)).toHaveLength(found);
  });

  it('that came without a message are in the digest, once', async () => {
    const room = openNewsroom();
    await room.sent('A-1', 'event', [reader], 'quiet');

    expect(await room.news.digestOf(reader, start - day, start)).toEqual([]);
    expect(await room.news.digestOf(reader, start, start + day)).toHaveLength(1);
    expect(await room.news.digestOf(reader, start + day, start + 2 * day)).toEqual([]);
  });

  it('spare whoever got enough lately, where the sender wants it', async () => {
    const room = openNewsroom();
    await room.sent('A-1', 'event', [reader]);
    await room.sent('A-2', 'event', [reader]);
    const known = await room.draft('A-3', 'event');

    const flight = await room.reaching.preflight(known, start);
    const aims = await room.reaching.aims({ ...known, spare: true, sentAt: start }, start);

    expect(flight.over).toBe(1);
    expect(aims.filter(({ quiet }) => quiet).map(({ target }) => target)).toEqual([{ person: reader }]);
  });

  it('leave out who turned the kind off, but not where it is mandatory', async () => {
    const room = openNewsroom();
    await room.commit(await room.news.choose(reader, { optOut: ['event', 'policy'], digest: false }));

    const event = await room.reaching.preflight(await room.draft('A-1', 'event'), start);
    const policy = await room.reaching.preflight(await room.draft('A-2', 'policy'), start);

    expect(event.reach.left.opted_out).toBe(1);
    expect(policy.reach.left.opted_out).toBe(0);
  });
});

describe('the quarterly page', () => {
  it('is drafted from numbers, with room for what they mean', async () => {
    const room = openNewsroom();
    const known = await room.sent('A-1', 'policy', [reader]);
    const done = await room.readings.confirm(known, reader);
    if (done !== 'over') await room.commit(done.ops);

    const page = await room.news.quarter('2026-Q4', 'en');
    const empty = await room.news.quarter('2026-Q3', 'zh-CN');

    expect(page).toContain('- A title: reached 1, confirmed by 100 %');
    expect(page).toContain('- Questions: 7');
    expect(page).toContain('‹what went well');
    expect(empty).toContain('没有发过通知。');
  });

  it.each([
    [Date.UTC(2026, 0, 2), '2025-Q4'],
    [Date.UTC(2026, 10, 24), '2026-Q3'],
  ])('of the last quarter', (now, quarter) => {
    expect(lastQuarter(now)).toBe(quarter);
  });

  it.each([
    ['2026-q3', '2026-Q3'],
    ['2026 Q1', '2026-Q1'],
    ['2026-Q5', undefined],
  ])('is asked for as %s', (typed, quarter) => {
    expect(quarterIn(typed)).toBe(quarter);
  });
});
