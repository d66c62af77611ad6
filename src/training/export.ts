import { csvLine, csvMark } from '../core/csv.ts';
import type { Completion, Learner } from './learner.ts';

/** What an auditor is shown: who completed what, when, on which text, and for how long it counts. */
const columns = [
  'person',
  'track',
  'completed',
  'until',
  'how',
  'modules',
  'evidence',
  'recordedBy',
  'edition',
  'counts',
] as const;

export const exportHead = csvMark + csvLine(columns);

/** All completions of one person, the present ones first. `counts`: `now` for the latest of its track, else `before`. */
export function exportLines(person: string, { tracks, past }: Pick<Learner, 'tracks' | 'past'>): readonly string[] {
  const present = Object.entries(tracks).flatMap(([track, { completed }]) =>
    completed ? [lineOf(person, track, completed, 'now')] : [],
  );
  return [...present, ...past.map((one) => lineOf(person, one.track, one, 'before'))];
}

function lineOf(person: string, track: string, completion: Completion, counts: 'now' | 'before'): string {
  const { on, until = '', how, modules, evidence, by = '', edition } = completion;
  const proofs = [evidence, ...Object.values(modules).map((one) => one.evidence)].filter((one) => one !== undefined);
  const done = Object.entries(modules).map(([id, { how: by, score }]) =>
    score ? `${id}: ${by} ${score.right}/${score.of}` : `${id}: ${by}`,
  );
  return csvLine([person, track, on, until, how, done.join('; '), proofs.join(' '), by, edition, counts]);
}
