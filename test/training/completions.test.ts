import { beforeEach, describe, expect, it } from 'vitest';
import { auditEvents } from '../../src/core/audit.ts';
import type { PersonId, TakenCall } from '../../src/core/ports.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { learnerSubject } from '../../src/training/learner.ts';
import { bo, day, mei, openSchool, type School, staff, start } from './school.ts';
import { editionOf, personOf } from './tracks.ts';

const edition = editionOf({ for: [{}], mandatory: true });
const left = 'U0LEFT0001' as PersonId;
const here = 'U0HERE0001' as PersonId;
const people = [
  ...staff.map((one) => (one.id === mei ? { ...one, email: 'Mei@example.com' } : one)),
  personOf({ id: here, email: 'twice@example.com' }),
  personOf({ id: left, email: 'twice@example.com', active: false }),
];
const good = { person: 'mei@EXAMPLE.com', track: 'licenses', completed: '2026-11-20' };

let at: School;
beforeEach(async () => {
  at = await openSchool([edition, editionOf({ id: 'basics', order: 2 })], people);
});

/** What a learning system tells, committed as the receiver does it. */
async function tell(said: unknown): Promise<TakenCall['answer']> {
  const taken = await at.feature.takes?.completions?.(said, at.clock.now());
  if (!taken) throw new Error('nobody takes completions');
  const { ops, say, answer } = taken;
  await at.store.commit([...ops, ...(await createOutbox(at.store, at.clock).ops(say))]);
  await at.wait(0);
  return answer;
}

describe('completions from a learning system', () => {
  it('count at once, and stand in the trail of their person', async () => {
    const before = at.desk.statusOf(mei, 'licenses', start);

    const answer = await tell({ completions: [{ ...good, evidence: 'https://lms.example.com/1' }] });

    expect(before).toBe('due');
    expect(answer).toEqual({ status: 200, body: { taken: 1, known: 0, rejected: 0, rows: ['taken'] } });
    expect(at.desk.statusOf(mei, 'licenses', start)).toBe('current');
    expect((await at.learner(mei))?.tracks.licenses?.completed).toMatchObject({
      on: '2026-11-20',
      until: '2027-11-20',
      how: 'import',
      by: 'learning-system',
      evidence: 'https://lms.example.com/1',
    });
    const trail = await at.store.list(auditEvents, { key: learnerSubject(mei), order: 'desc', limit: 1 });
    expect(trail.docs[0]).toMatchObject({ kind: 'import', actor: 'learning-system' });
  });

  it('end reminders of what they complete, and announce when it runs out', async () => {
    await tell({ completions: [{ ...good, until: '2026-12-31' }] });
    await at.wait(4 * day);
    const soon = at.to(mei).length;
    await at.wait(10 * day);

    expect(soon).toBe(0);
    expect(at.to(mei)).toEqual([expect.stringContaining('Licenses')]);
  });

  it('are told row by row what became of them', async () => {
    await tell({ completions: [{ ...good, person: bo }] });

    const answer = await tell({
      completions: [
        good,
        { ...good, person: bo },
        { ...good, person: bo, completed: '2026-01-01' },
        { ...good, person: 'nobody@example.com' },
        { ...good, track: 'cooking' },
        { ...good, person: here, completed: '2026-11-24' },
        { ...good, person: here, completed: '2020-01-01' },
      ],
    });

    expect(answer).toEqual({
      status: 202,
      body: {
        taken: 1,
        known: 2,
        rejected: 4,
        rows: ['taken', 'known', 'known', 'unknown_person', 'unknown_track', 'in_future', 'ran_out'],
      },
    });
    expect(await at.learner(here)).toMatchObject({ tracks: { licenses: { round: 1 } } });
  });

  it('of one person come together: two tracks, and one track twice', async () => {
    const answer = await tell({
      completions: [
        { ...good, completed: '2026-06-01' },
        { ...good, track: 'basics' },
        { ...good, person: mei },
        { ...good, completed: '2026-05-01' },
      ],
    });

    const learner = await at.learner(mei);
    expect(answer.body).toMatchObject({ rows: ['taken', 'taken', 'taken', 'known'] });
    expect(learner?.tracks.licenses?.completed?.on).toBe('2026-11-20');
    expect(learner?.tracks.basics?.completed?.on).toBe('2026-11-20');
    expect(learner?.past.map(({ on }) => on)).toEqual(['2026-06-01']);
  });

  it('go to who works here, where two accounts have one address', async () => {
    await tell({ completions: [{ ...good, person: 'twice@example.com' }] });

    expect((await at.learner(here))?.tracks.licenses?.completed).toBeDefined();
    expect((await at.learner(left))?.tracks.licenses?.completed).toBeUndefined();
  });

  it.each<readonly [string, unknown, readonly string[]]>([
    ['nothing', null, ['the body']],
    ['a list of another name', { done: [good] }, ['completions', 'done']],
    ['an empty list', { completions: [] }, ['completions']],
    ['too many', { completions: Array(101).fill(good) }, ['completions']],
    ['no person', { completions: [good, { ...good, person: ' ' }] }, ['completions[1].person']],
    ['a number for a track', { completions: [{ ...good, track: 7 }] }, ['completions[0].track']],
    ['no day', { completions: [{ ...good, completed: '4.5.2026' }] }, ['completions[0].completed']],
    ['an end that is none', { completions: [{ ...good, until: 'soon' }] }, ['completions[0].until']],
    ['evidence that is none', { completions: [{ ...good, evidence: 'file.pdf' }] }, ['completions[0].evidence']],
    ['what nobody knows', { completions: [{ ...good, grade: 1 }] }, ['completions[0].grade']],
    ['many mistakes', { completions: Array(20).fill({ ...good, track: 7 }) }, Array(10).fill(expect.any(String))],
  ])('are refused as a whole for %s, naming the field and nothing of what stands there', async (_, said, fields) => {
    const answer = await tell(said);

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ problems: fields.map((field) => ({ field, problem: expect.any(String) })) });
    expect(JSON.stringify(answer)).not.toMatch(/4\.5\.2026|file\.pdf|EXAMPLE/);
    expect((await at.learner(mei))?.tracks.licenses?.completed).toBeUndefined();
  });

  it('wait until people were read for the first time', async () => {
    await at.staffed([]);

    const answer = await tell({ completions: [good] });

    expect(answer.status).toBe(503);
  });

  it('a hundred of them fit into one commit', async () => {
    const many = Array.from({ length: 100 }, (_, number) => personOf({ id: `U1${number}` as PersonId }));
    await at.staffed(many);

    const answer = await tell({
      completions: many.map(({ id }) => ({ ...good, person: id, evidence: 'https://lms.example.com/1' })),
    });

    expect(answer.body).toMatchObject({ taken: 100 });
  });
});
