import type { ReminderSource, TrainingDesk, TrainingStatus } from '../core/links.ts';
import type { PersonId } from '../core/ports.ts';
import { isLearner } from './assigning.ts';
import { isNameable } from './coverage.ts';
import { sourceName, topic, trackOf } from './due.ts';
import { dueTexts } from './due-texts.ts';
import { gateWords } from './gate-texts.ts';
import { recordOf } from './learner.ts';
import type { Line } from './line.ts';
import { minutesLeft } from './look.ts';
import type { Move } from './moves.ts';
import type { Roll } from './roll.ts';
import { isGood, standingOf } from './standing.ts';
import type { Training, TrainingDeps } from './training.ts';

/** What approvals and announcements ask of training. */
export function createDesk({ people }: TrainingDeps, training: Training, roll: Roll): TrainingDesk {
  /** Undefined for a track that is not there, or that nobody has adopted. */
  function lineOf(person: PersonId, track: string): Line | undefined {
    const edition = training.find(track);
    if (!edition || training.isStarter(edition)) return undefined;
    return training.lineIn(person, roll.get(person), edition);
  }

  function statusOf(person: PersonId, track: string): TrainingStatus {
    const line = lineOf(person, track);
    if (!line) return 'unknown';
    if (isGood(line.standing)) return 'current';
    return line.record.completed ? 'expired' : 'due';
  }

  return {
    statusOf,
    gate(person, track) {
      const line = lineOf(person, track);
      if (!line || isGood(line.standing)) return undefined;
      const { completed } = line.record;
      const { today } = training.placeOf(person);
      const ended = completed?.until !== undefined && completed.until < today ? completed.until : undefined;
      return {
        words: gateWords.why(line.edition.track.title, ended, today, minutesLeft(line)),
        button: { action: 'training.begin', value: track, label: completed ? gateWords.renew : gateWords.start },
      };
    },
    overdue(_, only) {
      return [...people.all()].filter(isLearner).flatMap(({ id }) => {
        const learner = roll.get(id);
        if (!learner) return [];
        const { today } = training.placeOf(id);
        const isLate = training.editions().some(({ track }) => {
          const record = recordOf(learner, track.id);
          return (only === undefined || only === track.id) && isNameable(record, standingOf(record, track, today));
        });
        return isLate ? [id] : [];
      });
    },
  };
}

/** What training has for people to do, as the engine of reminders asks for it. */
export function createSource(training: Training): ReminderSource {
  return {
    name: sourceName,
    topics: { [topic]: dueTexts.topic },
    async dueFor(person) {
      const learner = await training.learner(person);
      return learner ? training.dueFor(person, learner) : [];
    },
    async settle(person, key, answer) {
      const learner = await training.learner(person);
      const due = learner && training.dueFor(person, learner).find((one) => one.key === key);
      const edition = training.find(trackOf(key));
      // Settled elsewhere meanwhile: there is nothing left to change.
      if (!learner || !due || !edition) return { ops: [] };
      const move = answerMove(answer, training.lineIn(person, learner, edition));
      if (!move) return { refused: dueTexts.mandatory };
      const { ops, say } = await training.changeOne(person, { track: edition.track.id, move }, person);
      return { ops, say };
    },
  };
}

function answerMove(answer: Parameters<ReminderSource['settle']>[2], { left, record }: Line): Move | undefined {
  if (answer.how === 'declined') {
    return record.assigned?.mandatory ? undefined : { kind: 'decline', reason: answer.why };
  }
  const [only] = left;
  return only?.complete === 'attest' && left.length === 1
    ? { kind: 'finish', module: only.id, how: 'attest' }
    : undefined;
}
