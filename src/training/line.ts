import type { TrackRecord } from './learner.ts';
import type { Standing } from './standing.ts';
import type { Module, TrackEdition } from './track.ts';

/** A track as one person has it. */
export interface Line {
  readonly edition: TrackEdition;
  /** The office has not confirmed it. */
  readonly starter: boolean;
  readonly record: TrackRecord;
  readonly standing: Standing;
  /** The modules that are still to be done. */
  readonly left: readonly Module[];
}
