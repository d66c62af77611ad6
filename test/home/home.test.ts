import { describe, expect, it } from 'vitest';
import type { Person, PersonId } from '../../src/core/ports.ts';
import { createHomePublisher } from '../../src/home/home.ts';
import { recordLog } from '../delivery/world.ts';

function person(id: string): Person {
  return { id: id as PersonId, name: id, locale: 'en', zone: 'UTC', active: true, guest: false, roles: [] };
}

/** A drawing that ends when told to. */
function slowly() {
  const drawn: string[] = [];
  const waiting: { finish(error?: Error): void }[] = [];
  return {
    drawn,
    draw({ id }: Person): Promise<void> {
      drawn.push(id);
      return new Promise((resolve, reject) => {
        waiting.push({ finish: (error) => (error ? reject(error) : resolve()) });
      });
    },
    /** Ends the oldest drawing under way, and lets what waits for it go on. */
    async finish(error?: Error): Promise<void> {
      waiting.shift()?.finish(error);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('publishing a Home', () => {
  it('however often it is opened: one call is under way, one waits', async () => {
    const slow = slowly();
    const publisher = createHomePublisher(slow.draw, recordLog());

    const all = Promise.all(Array.from({ length: 50 }, () => publisher.publish(person('U1'))));
    const first = slow.drawn.length;
    await slow.finish();
    const second = slow.drawn.length;
    await slow.finish();
    await all;

    expect([first, second, slow.drawn.length]).toEqual([1, 2, 2]);
  });

  it('of two people goes on at the same time', async () => {
    const slow = slowly();
    const publisher = createHomePublisher(slow.draw, recordLog());

    const both = Promise.all([publisher.publish(person('U1')), publisher.publish(person('U2'))]);
    const together = [...slow.drawn];
    await slow.finish();
    await slow.finish();
    await both;

    expect(together).toEqual(['U1', 'U2']);
  });

  it('is drawn anew when it was opened while the one before failed', async () => {
    const slow = slowly();
    const log = recordLog();
    const publisher = createHomePublisher(slow.draw, log);

    const first = publisher.publish(person('U1'));
    await publisher.publish(person('U1'));
    await slow.finish(new Error('Slack is away'));
    await slow.finish();
    await first;

    expect(slow.drawn).toHaveLength(2);
    expect(log.lines).toMatchObject([{ level: 'warn' }]);
  });

  it('works again after it failed', async () => {
    const slow = slowly();
    const publisher = createHomePublisher(slow.draw, recordLog());
    const failing = publisher.publish(person('U1'));
    await slow.finish(new Error('Slack is away'));
    await failing;

    const again = publisher.publish(person('U1'));
    await slow.finish();
    await again;

    expect(slow.drawn).toHaveLength(2);
  });
});
