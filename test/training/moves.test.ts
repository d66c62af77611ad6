import { describe, expect, it } from 'vitest';
import { freshRecord, type TrackRecord } from '../../src/training/learner.ts';
import { type Move, move } from '../../src/training/moves.ts';
import { standingOf } from '../../src/training/standing.ts';
import { contextOf, editionOf, moduleOf, today, trackOf } from './tracks.ts';

/** Carries out several moves; the test ends when one is refused. */
function carried(record: TrackRecord, moves: readonly Move[], context = contextOf()): TrackRecord {
  return moves.reduce((before, wanted) => {
    const moved = move(before, wanted, context);
    if (moved.refusal) throw new Error(`${wanted.kind} is refused: ${moved.refusal.why}`);
    return moved.record;
  }, record);
}

const finish = (module: string): Move => ({ kind: 'finish', module, how: 'attest' });
const assign: Move = { kind: 'assign', mandatory: true, due: '2026-12-23' };
const completed = carried(freshRecord, [assign, finish('first'), finish('second')]);

describe('completing a track', () => {
  it('takes all its modules, in any order, and holds until its time is over', () => {
    const record = carried(freshRecord, [assign, finish('second'), finish('first')]);

    expect(record.completed).toMatchObject({ on: today, until: '2027-11-23', edition: 'hash', how: 'modules' });
    expect(Object.keys(record.completed?.modules ?? {}).sort()).toEqual(['first', 'second']);
    expect(record.done).toEqual({});
  });

  it('keeps what each module came to', () => {
    const quiz: Move = { kind: 'finish', module: 'first', how: 'quiz', score: { right: 4, of: 5 } };
    const proof: Move = { kind: 'finish', module: 'second', how: 'evidence', evidence: 'https://example.com/1' };

    const { completed: done } = carried(freshRecord, [assign, quiz, proof]);

    expect(done?.modules.first).toMatchObject({ how: 'quiz', score: { right: 4, of: 5 } });
    expect(done?.modules.second).toMatchObject({ how: 'evidence', evidence: 'https://example.com/1' });
  });

  it('of 29 February ends a year later on 28 February', () => {
    const context = contextOf({ today: '2028-02-29' });

    expect(carried(freshRecord, [assign, finish('first'), finish('second')], context).completed?.until).toBe(
      '2029-02-28',
    );
  });

  it('never ends where the track does not say', () => {
    const context = contextOf({ edition: { ...editionOf(), track: { ...trackOf(), valid: undefined } } });

    expect(carried(freshRecord, [finish('first'), finish('second')], context).completed?.until).toBeUndefined();
  });

  it('renews with the modules that the renewal names, once it is near', () => {
    const context = contextOf({
      edition: editionOf({ renewal: { before: 'P30D', modules: ['second'] } }),
      today: '2027-11-01',
    });

    expect(carried(completed, [finish('second')], context).completed).toMatchObject({
      on: '2027-11-01',
      until: '2028-11-01',
    });
    expect(move(completed, finish('first'), context).refusal?.why).toBe('no_module');
  });

  it('is not asked of modules that joined the track after they were finished', () => {
    const half = carried(freshRecord, [assign, finish('first')]);
    const grown = contextOf({
      edition: editionOf({ modules: ['first', 'second', 'third'].map((id) => moduleOf(id)) }),
    });

    expect(carried(half, [finish('second')], grown).completed).toBeUndefined();
    expect(carried(half, [finish('second'), finish('third')], grown).completed).toBeDefined();
  });
});

describe('what is refused', () => {
  it.each<readonly [string, TrackRecord, Move, string]>([
    ['a module that is done', carried(freshRecord, [assign, finish('first')]), finish('first'), 'done_already'],
    ['a module that is not there', freshRecord, finish('third'), 'no_module'],
    ['what holds and is not to be renewed yet', completed, finish('first'), 'current'],
    ['taking back what was not given', freshRecord, { kind: 'withdraw' }, 'not_assigned'],
    ['declining what was not given', freshRecord, { kind: 'decline', reason: 'No.' }, 'not_assigned'],
    [
      'keeping what nobody asked about',
      carried(freshRecord, [assign]),
      { kind: 'keep', reason: 'It is needed.' },
      'not_asked',
    ],
    ['an exemption that is over', freshRecord, { kind: 'exempt', reason: 'Expert.', until: '2026-11-22' }, 'ended'],
    ['an import of tomorrow', freshRecord, { kind: 'import', on: '2026-11-24' }, 'in_future'],
    ['an import of what counts already', completed, { kind: 'import', on: today }, 'older'],
    ['an import that has run out', freshRecord, { kind: 'import', on: '2025-11-22' }, 'ended'],
    [
      'asking twice',
      carried(freshRecord, [assign, { kind: 'decline', reason: 'No.' }]),
      { kind: 'decline', reason: 'No.' },
      'done_already',
    ],
  ])('%s', (_, before, wanted, why) => {
    expect(move(before, wanted, contextOf()).refusal?.why).toBe(why);
  });

  it('an import from before everybody had to start over', () => {
    const context = contextOf({ edition: editionOf({ startOver: '2026-11-01' }) });

    expect(move(freshRecord, { kind: 'import', on: '2026-10-31' }, context).refusal?.why).toBe('older');
  });
});

describe('not for me', () => {
  const decline: Move = { kind: 'decline', reason: 'I teach it.' };

  it('asks a lead where it is mandatory, and stands until they decide', () => {
    const asked = carried(freshRecord, [assign, decline]);

    expect(standingOf(asked, trackOf(), today).is).toBe('asked');
    expect(asked.assigned?.mandatory).toBe(true);
    expect(standingOf(carried(asked, [{ kind: 'keep', reason: 'All do.' }]), trackOf(), today).is).toBe('due');
    expect(standingOf(carried(asked, [{ kind: 'exempt', reason: 'True.' }]), trackOf(), today).is).toBe('exempt');
  });

  it('takes off what a rule gave, for good', () => {
    const record = carried(freshRecord, [{ kind: 'assign', mandatory: false }], contextOf({ actor: 'rule' }));

    expect(standingOf(carried(record, [decline]), trackOf(), today).is).toBe('off');
  });

  it('drops what one chose oneself without a trace in the list', () => {
    const record = carried(freshRecord, [{ kind: 'assign', mandatory: false }]);

    expect(standingOf(carried(record, [decline]), trackOf(), today).is).toBe('free');
  });

  it('is answered by completing it', () => {
    const asked = carried(freshRecord, [assign, decline]);

    expect(carried(asked, [finish('first'), finish('second')]).asked).toBeUndefined();
  });
});

describe('starting over', () => {
  it('forgets nothing of the trail and leaves the track to be done', () => {
    const moved = move(completed, { kind: 'restart', due: '2026-12-23' }, contextOf());

    expect(moved.record && standingOf(moved.record, trackOf(), today)).toEqual({ is: 'due', due: '2026-12-23' });
    expect(moved.entries?.[0]).toMatchObject({ kind: 'restart', from: { is: 'current', completedOn: today } });
  });
});

describe('the trail', () => {
  it('holds no words of people in its chain', () => {
    const moved = move(carried(freshRecord, [assign]), { kind: 'decline', reason: 'A private reason.' }, contextOf());

    const [{ parts, ...chained } = { parts: {} }] = moved.entries ?? [];
    expect(JSON.stringify(chained)).not.toContain('private');
    expect(parts).toEqual({ said: 'A private reason.' });
  });

  it('tells of the module and of the completion, with the text that was learned', () => {
    const half = carried(freshRecord, [assign, finish('first')]);

    const moved = move(half, finish('second'), contextOf());

    expect(moved.entries?.map(({ kind, versions }) => [kind, versions])).toEqual([
      ['finish', { track: 'hash' }],
      ['completed', { track: 'hash' }],
    ]);
  });
});
