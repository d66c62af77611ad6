import type { PersonId } from '../core/ports.ts';
import type { Pair, PairEvent } from './pair.ts';

const mentorName = 'mentor' as PersonId;
const menteeName = 'mentee' as PersonId;
const otherName = 'other' as PersonId;

/** The pair when its time is over: people and words go; what happened, when, and why the two fitted stays for the numbers. */
export function forget(pair: Pair): Pair {
  const { channel: _channel, call: _call, ...kept } = pair;
  const name = (person: PersonId): PersonId => {
    if (person === pair.mentor) return mentorName;
    return person === pair.mentee ? menteeName : otherName;
  };
  return {
    ...kept,
    mentor: mentorName,
    mentee: menteeName,
    wish: '',
    goals: pair.goals.map((goal) => ({ ...goal, text: '-' })),
    events: pair.events.map((event) => withoutPeople(event, name)),
    wakeAt: null,
    forgotten: true,
  };
}

function withoutPeople(event: PairEvent, name: (person: PersonId) => PersonId): PairEvent {
  const by = 'by' in event && event.by !== undefined ? { by: name(event.by) } : {};
  switch (event.kind) {
    case 'declined':
    case 'looked_back':
      return { ...event, by: name(event.by), text: '' };
    case 'goal_set':
      return { ...event, by: name(event.by), text: '-' };
    case 'merged':
      return { ...event, by: name(event.by), link: '' };
    case 'reached':
      return { kind: 'reached', at: event.at };
    default:
      return { ...event, ...by };
  }
}
