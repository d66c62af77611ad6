import { describe, expect, it } from 'vitest';
import type { Target } from '../../src/announcements/announcement.ts';
import { openNewsroom, reader, start } from './newsroom.ts';

const hour = 60 * 60_000;
const day = 24 * hour;

/** How many people had enough when one more is looked at `later` (ms). The limits are two a day and five a week. */
async function overAfter(states: readonly Target['state'][], later = hour, apart = 0, kind = 'event'): Promise<number> {
  const room = openNewsroom();
  for (const [n, state] of states.entries()) {
    await room.sent(`A-${n}`, 'policy', [reader], state);
    await room.clock.advance(apart);
  }
  const draft = await room.draft('A-NEXT', kind);
  const { over } = await room.reaching.preflight(draft, room.clock.now() + later);
  return over;
}

describe('how much a person is told unasked', () => {
  it.each<readonly [string, readonly Target['state'][], number, number, number]>([
    ['one in a day', ['sent'], hour, 0, 0],
    ['two in a day', ['sent', 'sent'], hour, 0, 1],
    ['two on the day before', ['sent', 'sent'], day + hour, 0, 0],
    ['two of which one waits for its turn', ['sent', 'waiting'], hour, 0, 1],
    ['two of which one failed', ['sent', 'failed'], hour, 0, 0],
    ['two of which one came in the digest', ['sent', 'quiet'], hour, 0, 0],
    ['two of which one was read in a channel', ['sent', 'covered'], hour, 0, 0],
    ['five in a week', ['sent', 'sent', 'sent', 'sent', 'sent'], hour, day, 1],
    ['four in a week', ['sent', 'sent', 'sent', 'sent'], hour, day, 0],
    ['five, the first a week ago', ['sent', 'sent', 'sent', 'sent', 'sent'], 2 * day + hour, day, 0],
  ])('is %s', async (_, states, later, apart, over) => {
    expect(await overAfter(states, later, apart)).toBe(over);
  });

  it('does not grow by reminders to confirm what was sent', async () => {
    const room = openNewsroom();
    const sent = await room.sent('A-1', 'policy', [reader]);
    await room.clock.advance(4 * day);
    const due = await room.readings.source.dueFor(reader, room.clock.now());

    const { over } = await room.reaching.preflight(await room.draft('A-2', 'event'), room.clock.now());

    expect(due.map(({ key }) => key)).toEqual([`${sent.id}/1`]);
    expect(over).toBe(0);
  });

  it('is looked at of those only who would get it', async () => {
    const room = openNewsroom();
    for (const id of ['A-1', 'A-2']) await room.sent(id, 'policy', [reader]);
    const draft = await room.draft('A-3', 'event');
    const narrow = { ...draft, audience: { ...draft.audience, everybody: false, roles: ['ospo-lead'] } };

    const { over } = await room.reaching.preflight(narrow, start + hour);

    expect(over).toBe(0);
  });
});
