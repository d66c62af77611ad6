import { describe, expect, it } from 'vitest';
import type { Request, RequestEvent, StageState } from '../../src/requests/request.ts';
import { targetOf } from '../../src/requests/target.ts';
import { id } from './rules-world.ts';

const olga = id('olga');
const otto = id('otto');

const stage = (name: string, state: StageState['state'], votes: StageState['votes'] = []): StageState => ({
  id: name,
  state,
  asked: [{ role: 'ospo' }],
  votes,
  nudges: 0,
  escalated: false,
});
const submitted: RequestEvent = { kind: 'submitted', at: 0, by: id('asker') };
const opened = (name: string): RequestEvent => ({
  kind: 'opened',
  at: 0,
  stage: name,
  asked: [{ role: 'ospo' }],
  clock: { due: 1 },
});
const voted = (name: string, by = olga): RequestEvent => ({
  kind: 'voted',
  at: 1,
  by,
  stage: name,
  role: 'ospo',
  vote: 'approve',
  text: '',
  conditions: [],
});
const vote = (by = olga): StageState['votes'][number] => ({ by, role: 'ospo', at: 1, vote: 'approve' });
const reopened: RequestEvent = { kind: 'reopened', at: 2, by: otto, text: 'x' };
const noted: RequestEvent = { kind: 'noted', at: 2, by: otto, text: 'x', privately: false };
const changed: RequestEvent = { kind: 'answered', at: 2, by: id('asker'), text: 'x', answers: { a: 'b' }, clocks: {} };
const said: RequestEvent = { kind: 'answered', at: 2, by: id('asker'), text: 'x', clocks: {} };

const both = [submitted, opened('first'), opened('second')];

interface Case {
  readonly what: string;
  readonly stages: readonly StageState[];
  readonly events: readonly RequestEvent[];
  readonly seen: number;
  readonly sits?: (stage: string) => boolean;
  readonly expected: ReturnType<typeof targetOf>;
}

describe('the stage that a click is about', () => {
  it.each<Case>([
    {
      what: 'is the first open one of those that were offered',
      stages: [stage('first', 'open'), stage('second', 'open')],
      events: both,
      seen: 3,
      expected: { stage: 'first' },
    },
    {
      what: 'is one in which the person may decide',
      stages: [stage('first', 'open'), stage('second', 'open')],
      events: both,
      seen: 3,
      sits: (name) => name === 'second',
      expected: { stage: 'second' },
    },
    {
      what: 'is the one that was decided, when the person decided with a click on the same copy',
      stages: [stage('first', 'approved', [vote()]), stage('second', 'open')],
      events: [...both, voted('first')],
      seen: 3,
      expected: { stage: 'first' },
    },
    {
      what: 'is the next one on a copy that was drawn after their decision',
      stages: [stage('first', 'approved', [vote()]), stage('second', 'open')],
      events: [...both, voted('first')],
      seen: 4,
      expected: { stage: 'second' },
    },
    {
      what: 'is the one that a colleague decided meanwhile, not the one that opened since',
      stages: [stage('first', 'approved', [vote(otto)]), stage('second', 'open')],
      events: [submitted, opened('first'), voted('first', otto), opened('second')],
      seen: 2,
      expected: { stage: 'first' },
    },
    {
      what: 'is none when answers changed since',
      stages: [stage('first', 'open')],
      events: [submitted, opened('first'), changed],
      seen: 2,
      expected: { changed: true },
    },
    {
      what: 'is none when it was opened again since',
      stages: [stage('first', 'open')],
      events: [submitted, opened('first'), reopened, opened('first')],
      seen: 2,
      expected: { changed: true },
    },
    {
      what: 'stays the same when only words were added',
      stages: [stage('first', 'open')],
      events: [submitted, opened('first'), noted, said],
      seen: 2,
      expected: { stage: 'first' },
    },
    {
      what: 'is none when nothing was offered and something opened since',
      stages: [stage('first', 'open')],
      events: [submitted, opened('first')],
      seen: 1,
      expected: { changed: true },
    },
    {
      what: 'is some stage for whoever may decide none, so that the refusal has its reason',
      stages: [stage('first', 'open')],
      events: [submitted, opened('first')],
      seen: 2,
      sits: () => false,
      expected: { stage: 'first' },
    },
  ])('$what', ({ stages, events, seen, sits = () => true, expected }) => {
    const request: Pick<Request, 'stages' | 'events'> = { stages: [...stages], events: [...events] };

    const target = targetOf(request, olga, seen, (one) => sits(one.id));

    expect(target).toEqual(expected);
  });
});
