import { describe, expect, it } from 'vitest';
import { announcementSubject, announcements as records } from '../../src/announcements/announcement.ts';
import { emptyAudience } from '../../src/announcements/audience.ts';
import { auditEvents, verifyChain } from '../../src/core/audit.ts';
import { UserError } from '../../src/core/errors.ts';
import { lead, type Newsroom, openNewsroom, reader, second, start, stranger } from './newsroom.ts';

const hour = 60 * 60_000;
const words = { title: 'Another', body: 'Text' };
const extras = { picture: undefined, links: [], ask: true, request: undefined, article: undefined };

type Act = (room: Newsroom) => Promise<unknown>;

const everyStep: readonly (readonly [string, Act])[] = [
  ['begin', ({ announcements }) => announcements.begin('A-NEW', 'event', stranger)],
  ['duplicate', ({ announcements }) => announcements.duplicate('A-1', 'A-NEW', stranger)],
  ['write', ({ announcements }) => announcements.saveWords('A-1', 2, stranger, 'en', words)],
  ['change buttons', ({ announcements }) => announcements.saveExtras('A-1', 2, stranger, extras)],
  ['aim', ({ announcements }) => announcements.saveAudience('A-1', 2, stranger, emptyAudience, false)],
  ['time', ({ announcements }) => announcements.saveTiming('A-1', 2, stranger, undefined)],
  ['drop changes', ({ announcements }) => announcements.drop('A-1', stranger)],
  ['confirm', ({ announcements }) => announcements.confirm('A-1', stranger, 'confirm', { revision: 2, shown: 4 })],
  ['approve', ({ announcements }) => announcements.confirm('A-1', stranger, 'approve', { revision: 2, shown: 4 })],
  ['cancel', ({ announcements }) => announcements.move('A-1', stranger, { kind: 'cancel' })],
  ['withdraw', ({ announcements }) => announcements.move('A-1', stranger, { kind: 'retract', text: 'x' })],
];

async function refusal(act: Promise<unknown>): Promise<string> {
  return act.then(
    () => 'nothing was refused',
    (error: unknown) => (error instanceof UserError ? error.texts.en : String(error)),
  );
}

describe('who is no lead', () => {
  it.each(everyStep)('may not %s', async (_, act) => {
    const room = openNewsroom();
    await room.draft('A-1', 'event');

    expect(await refusal(act(room))).toContain('Only leads of the open source office');
  });

  it('is whoever lost the role meanwhile', async () => {
    const room = openNewsroom();
    const { revision } = await room.draft('A-1', 'event');
    const before = room.staff.get(lead);
    if (before) room.staff.set(lead, { ...before, roles: [] });

    const said = await refusal(room.announcements.confirm('A-1', lead, 'confirm', { revision, shown: 4 }));

    expect(said).toContain('Only leads');
  });
});

describe('a confirmation', () => {
  it('holds for the numbers that were shown, give or take one', async () => {
    const { announcements, draft } = openNewsroom();
    const { revision } = await draft('A-1', 'event');

    const far = await announcements.confirm('A-1', lead, 'confirm', { revision, shown: 2 });
    const near = await announcements.confirm('A-1', lead, 'confirm', { revision, shown: 3 });

    expect(far).toHaveProperty('moved.numbers.people', 4);
    expect(near).toHaveProperty('announcement.state', 'expanding');
  });

  it('is void when the text is changed after it', async () => {
    const room = openNewsroom({ wideAudience: 3 });
    const { revision } = await room.draft('A-1', 'event');
    const asked = await room.announcements.confirm('A-1', lead, 'confirm', { revision, shown: 4 });
    if ('moved' in asked) throw new Error('moved');
    await room.commit(asked.ops);

    const changed = await room.done(room.announcements.saveWords('A-1', revision, second, 'en', words));

    expect(asked.announcement.state).toBe('review');
    expect(changed).toMatchObject({ state: 'draft', revision: revision + 1 });
    expect(changed).not.toHaveProperty('confirmedBy');
  });

  it('does not write over what somebody else saved meanwhile', async () => {
    const room = openNewsroom();
    const { revision } = await room.draft('A-1', 'event');
    await room.done(room.announcements.saveWords('A-1', revision, second, 'en', words));

    const said = await refusal(room.announcements.saveWords('A-1', revision, lead, 'zh-CN', words));

    expect(said).toContain('Somebody else saved changes meanwhile');
  });

  it('is refused for a text with blanks of its template', async () => {
    const room = openNewsroom();
    const { revision } = await room.draft('A-1', 'event');
    const blank = { title: '‹What›', body: 'Text' };
    const changed = await room.done(room.announcements.saveWords('A-1', revision, lead, 'en', blank));

    const said = await refusal(
      room.announcements.confirm('A-1', lead, 'confirm', { revision: changed.revision, shown: 4 }),
    );

    expect(said).toContain('A part of the text is still missing');
  });
});

describe('a scheduled announcement', () => {
  const timing = { kind: 'moment', at: start + hour } as const;

  async function scheduled(room: Newsroom) {
    const { revision } = await room.draft('A-1', 'event');
    const timed = await room.done(room.announcements.saveTiming('A-1', revision, lead, timing));
    const change = await room.announcements.confirm('A-1', lead, 'confirm', { revision: timed.revision, shown: 4 });
    if ('moved' in change) throw new Error('moved');
    await room.commit(change.ops);
    await room.clock.advance(hour);
    const doc = await room.announcements.find('A-1');
    if (!doc) throw new Error('gone');
    return doc;
  }

  it('begins when its time has come', async () => {
    const room = openNewsroom();
    const doc = await scheduled(room);

    const { announcement } = await room.announcements.startScheduled(doc, room.clock.now());

    expect(doc.state).toBe('scheduled');
    expect(announcement).toMatchObject({ state: 'expanding', sentAt: start + hour });
  });

  it.each([
    ['whoever confirmed it is no lead any more', [lead], 'no_lead'],
    ['nobody is left whom it is for', [], 'nobody'],
  ] as const)('is a draft again, and leads are told, when %s', async (_, demoted, why) => {
    const room = openNewsroom();
    const doc = await scheduled(room);
    for (const [id, one] of room.staff) {
      if (demoted.length === 0) room.staff.set(id, { ...one, guest: true });
      else if (id === lead) room.staff.set(id, { ...one, roles: [] });
    }

    const { announcement, say } = await room.announcements.startScheduled(doc, room.clock.now());

    expect(announcement.state).toBe('draft');
    expect(announcement.events.at(-1)).toMatchObject({ kind: 'halted', why });
    expect(say.map((one) => 'place' in one && one.place)).toContainEqual({ person: second });
  });
});

describe('what happened', () => {
  it('is in a chain that verifies, with the hash of the text that was confirmed', async () => {
    const room = openNewsroom();
    await room.sent('A-1', 'policy', [reader]);
    await room.done(room.announcements.move('A-1', second, { kind: 'cancel' }));

    const doc = await room.store.get(records, 'A-1');
    const subject = announcementSubject('A-1');
    const { docs } = await room.store.list(auditEvents, { key: subject, order: 'asc', limit: 10 });

    expect(docs.map(({ kind, actor }) => [kind, actor])).toEqual([
      ['confirmed', lead],
      ['cancelled', second],
    ]);
    expect(docs[0]?.versions.text).toMatch(/^[0-9a-f]{64}$/);
    expect(verifyChain(subject, docs, doc?.audit)).toEqual([]);
  });
});
