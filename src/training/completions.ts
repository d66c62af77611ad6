import { z } from 'zod';
import type { Op, Person, PersonId, Say, TakeCall, TakenCall } from '../core/ports.ts';
import { address, findPeople, isoDate } from './import.ts';
import { type Learner, recordOf, type TrackRecord } from './learner.ts';
import { type Move, move } from './moves.ts';
import type { TrackEdition } from './track.ts';
import type { Step, Training, TrainingDeps } from './training.ts';

/** Who writes down what comes by itself from a learning system. */
const recordedBy = 'learning-system';

// All of a call is one commit, which takes a thousand operations; a completion has about six.
const mostRows = 100;

/** What a learning system tells: the columns of the table that can be imported. */
const Completions = z.strictObject({
  completions: z
    .array(
      z.strictObject({
        person: z.string().trim().min(1).max(320),
        track: z.string().min(1).max(100),
        completed: isoDate,
        until: isoDate.optional(),
        evidence: address.optional(),
      }),
    )
    .min(1)
    .max(mostRows),
});
type Row = z.infer<typeof Completions>['completions'][number];

const tooEarly = { status: 503, body: { error: 'People are still being read: send it again later.' } } as const;

/** What becomes of one row. `known`: this, or something newer, counts already. */
type Outcome = 'taken' | 'known' | 'unknown_person' | 'unknown_track' | 'in_future' | 'ran_out';

/** Completions as they come from a learning system, by the same rules as a table of them. */
export function createCompletions({ people }: Pick<TrainingDeps, 'people'>, training: Training): TakeCall {
  return async (said, now) => {
    const read = Completions.safeParse(said);
    if (!read.success) return { ops: [], say: [], answer: { status: 400, body: problemsOf(read.error) } };
    // Before people were read for the first time everybody would be a stranger, for good.
    if ([...people.all()].length === 0) return { ops: [], say: [], answer: tooEarly };
    const rows = read.data.completions;
    const find = await findPeople(
      people,
      rows.map(({ person }) => person),
    );
    const { outcomes, steps } = await judge(rows, find, now);
    const ops: Op[] = [];
    const say: Say[] = [];
    for (const [person, own] of steps) {
      const done = await training.change(person, own, recordedBy);
      ops.push(...done.ops);
      say.push(...done.say);
    }
    return { ops, say, answer: answerOf(outcomes) };
  };

  /** Row by row, each after those before it: two of one person and track may both be new. */
  async function judge(rows: readonly Row[], find: (who: string) => Person | undefined, now: number) {
    const learners = new Map<PersonId, Pick<Learner, 'tracks'>>();
    const steps = new Map<PersonId, Step[]>();
    const outcomes: Outcome[] = [];
    for (const row of rows) {
      const person = find(row.person);
      const edition = training.find(row.track);
      if (!person || !edition) {
        outcomes.push(person ? 'unknown_track' : 'unknown_person');
        continue;
      }
      const learner = learners.get(person.id) ?? (await training.learner(person.id)) ?? { tracks: {} };
      const wanted = moveOf(row);
      const moved = move(recordOf(learner, row.track), wanted, contextOf(person.id, edition, now));
      if (moved.refusal) {
        outcomes.push(refusals[moved.refusal.why] ?? 'known');
        continue;
      }
      outcomes.push('taken');
      learners.set(person.id, withRecord(learner, row.track, moved.record));
      steps.set(person.id, [...(steps.get(person.id) ?? []), { track: row.track, move: wanted }]);
    }
    return { outcomes, steps };
  }

  function contextOf(person: PersonId, edition: TrackEdition, now: number) {
    return { edition, now, today: training.placeOf(person).today, actor: recordedBy };
  }
}

function withRecord({ tracks }: Pick<Learner, 'tracks'>, track: string, record: TrackRecord): Pick<Learner, 'tracks'> {
  return { tracks: { ...tracks, [track]: record } };
}

/** What an import can be refused for, apart from being known. */
const refusals: Readonly<Record<string, Outcome>> = { in_future: 'in_future', ended: 'ran_out' };

function moveOf({ completed, until, evidence }: Row): Move {
  return { kind: 'import', on: completed, ...(until ? { until } : {}), ...(evidence ? { evidence } : {}) };
}

/** Rows by their place, without a name: who sent them knows whom they are about. */
function answerOf(rows: readonly Outcome[]): TakenCall['answer'] {
  const count = (wanted: Outcome) => rows.filter((one) => one === wanted).length;
  const [taken, known] = [count('taken'), count('known')];
  const rejected = rows.length - taken - known;
  return { status: rejected === 0 ? 200 : 202, body: { taken, known, rejected, rows: [...rows] } };
}

// Whoever sends a table with another column finds the same mistake in each of a hundred rows.
const mostProblems = 10;

/** Every mistake with its field, `completions[2].completed`; never what stands there. */
function problemsOf({ issues }: z.ZodError) {
  const problems = issues.slice(0, mostProblems).flatMap((issue) => {
    const at = issue.path.reduce<string>(
      (field, key) => (typeof key === 'number' ? `${field}[${key}]` : field ? `${field}.${String(key)}` : String(key)),
      '',
    );
    if (issue.code !== 'unrecognized_keys') return [{ field: at || 'the body', problem: wordsFor(issue, at) }];
    return issue.keys.map((key) => ({ field: at ? `${at}.${key}` : key, problem: 'This field is not known.' }));
  });
  return { error: 'Nothing was taken.', problems };
}

function wordsFor(issue: z.core.$ZodIssue, at: string): string {
  if (at === '') return 'Send an object with the list "completions".';
  if (at === 'completions') return `Send a list of 1 to ${mostRows} completions.`;
  const field = at.slice(at.lastIndexOf('.') + 1);
  if (field === 'completed' || field === 'until') return 'Write a day like 2026-11-22.';
  if (field === 'evidence') return 'Write an address that starts with https://.';
  return issue.code === 'too_big' ? 'This is too long.' : 'Write text.';
}
