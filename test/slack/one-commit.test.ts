import { describe, expect, it } from 'vitest';
import type { Op, PersonId, Store } from '../../src/core/ports.ts';
import { movableClock } from '../../src/core/time.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { deliveryCollections } from '../../src/delivery/sender.ts';
import { createIntake, inbox } from '../../src/slack/intake.ts';
import { problems } from '../../src/slack/problem.ts';
import { seen } from '../../src/slack/seen.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { recordLog, start } from '../delivery/world.ts';
import { keep, letters } from './letters.ts';

/** A store that writes down what each commit holds, by the names of the collections. */
function recordCommits(store: Store): { readonly store: Store; readonly commits: readonly (readonly string[])[] } {
  const commits: (readonly string[])[] = [];
  return {
    commits,
    store: {
      ...store,
      commit(ops: readonly Op[]) {
        commits.push(ops.map((op) => ('remove' in op ? `no ${op.in.name}` : op.in.name)));
        return store.commit(ops);
      },
    },
  };
}

describe('one change, one commit', () => {
  it('an event: its effect, what must be said, that it was done, and the inbox without it', async () => {
    const clock = movableClock(start);
    const memory = createMemoryStore([...deliveryCollections, inbox, seen, problems, letters]);
    const { store, commits } = recordCommits(memory);
    const outbox = createOutbox(store, clock);
    const intake = createIntake({ store, outbox, clock, log: recordLog(), show: async () => [] });
    const place = { person: 'U0ASKER' as PersonId };
    intake.on('message', {
      wants: () => true,
      run: async () => ({
        ops: [keep('one')],
        say: [{ kind: 'notice', key: 'one', card: 'letter', id: 'one', place, lost: 'must', lane: 'answers' }],
      }),
    });

    const work = await intake.accept({ event_id: 'Ev1', team_id: 'T1', event: { type: 'message', user: 'U0ASKER' } });
    await work?.();

    expect(commits.map((names) => names.toSorted())).toEqual([
      ['inbox', 'seen'],
      ['answer', 'letter', 'no inbox', 'seen'],
    ]);
  });
});
