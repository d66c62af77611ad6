import { describe, expect, it } from 'vitest';
import { freshRecord, type TrackRecord } from '../../src/training/learner.ts';
import { standingOf } from '../../src/training/standing.ts';
import { trackOf } from './tracks.ts';

const assigned = { at: 0, by: 'rule', due: '2026-12-04', mandatory: true };
const completion = {
  on: '2026-05-04',
  at: 0,
  until: '2027-05-03',
  how: 'modules' as const,
  edition: 'hash',
  modules: {},
};
const record = (more: Partial<TrackRecord>): TrackRecord => ({ ...freshRecord, ...more });

describe('where somebody stands', () => {
  it.each<readonly [string, TrackRecord, string, object]>([
    ['nothing happened', freshRecord, '2026-11-23', { is: 'free' }],
    ['given, with time', record({ assigned }), '2026-12-04', { is: 'due', due: '2026-12-04' }],
    ['a day later', record({ assigned }), '2026-12-05', { is: 'overdue', due: '2026-12-04' }],
    [
      'chosen, without a day',
      record({ assigned: { ...assigned, due: undefined } as never }),
      '2030-01-01',
      { is: 'due' },
    ],
    ['completed', record({ assigned, completed: completion }), '2026-12-05', { is: 'current', until: '2027-05-03' }],
    [
      'the day before it may be renewed',
      record({ completed: completion }),
      '2027-04-02',
      { is: 'current', until: '2027-05-03' },
    ],
    [
      'the first day on which it may',
      record({ completed: completion }),
      '2027-04-03',
      { is: 'renew', until: '2027-05-03' },
    ],
    ['its last day', record({ completed: completion }), '2027-05-03', { is: 'renew', until: '2027-05-03' }],
    ['the day after', record({ completed: completion }), '2027-05-04', { is: 'expired', until: '2027-05-03' }],
    ['asked to be excused', record({ assigned, asked: { at: 0, reason: '' } }), '2027-01-01', { is: 'asked' }],
    [
      'asked while it counts',
      record({ completed: completion, asked: { at: 0, reason: '' } }),
      '2026-12-05',
      { is: 'current', until: '2027-05-03' },
    ],
    [
      'excused until a day',
      record({ assigned, exempt: { at: 0, by: 'U', reason: '', until: '2026-12-31' } }),
      '2026-12-31',
      { is: 'exempt', until: '2026-12-31' },
    ],
    [
      'and after it',
      record({ assigned, exempt: { at: 0, by: 'U', reason: '', until: '2026-12-31' } }),
      '2027-01-01',
      { is: 'overdue', due: '2026-12-04' },
    ],
    ['said it is not for them', record({ off: { at: 0, reason: '' } }), '2026-12-01', { is: 'off' }],
  ])('%s', (_, before, today, expected) => {
    expect(standingOf(before, trackOf(), today)).toEqual(expected);
  });

  it('does not count what was completed before everybody starts over, from that day on', () => {
    const track = trackOf({ startOver: '2026-12-01' });
    const done = record({ assigned, completed: completion });

    expect(standingOf(done, track, '2026-11-30').is).toBe('current');
    expect(standingOf(done, track, '2026-12-01').is).toBe('due');
  });
});
