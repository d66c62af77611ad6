import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../src/core/ports.ts';
import { createPostOffice, messagesByPlace, personAt } from './post-office.ts';

const minute = 60_000;
const channel = 'C00000';
/** Three in the channel, two who are not. */
const aims = Array.from({ length: 5 }, (_, n) => ({
  target: { person: personAt(n) },
  ...(n < 3 ? { by: channel } : {}),
}));

describe('people who read it in a channel', () => {
  it('get no message of their own', async () => {
    const office = createPostOffice();
    await office.send({ channels: 1, aims });
    office.run();

    await office.until(['sent'], 10 * minute);

    await office.stop();
    expect(Object.fromEntries(messagesByPlace(office))).toEqual({ [channel]: 1, U00003: 1, U00004: 1 });
    expect(await office.states()).toEqual({ sent: 3, covered: 3 });
  });

  it('get one after all when the channel does not take it', async () => {
    const office = createPostOffice({
      faultOf: ({ method, to }) => (method === 'post' && to === channel ? { refused: 'is_archived' } : undefined),
    });
    await office.send({ channels: 1, aims });
    office.run();

    await office.until(['sent'], 10 * minute);

    await office.stop();
    const once = aims.map(({ target }) => [target.person, 1]);
    expect([...messagesByPlace(office)].sort()).toEqual(once);
    expect(await office.states()).toEqual({ failed: 1, sent: 5 });
  });

  it('are told in its place that it was withdrawn, and the channel shows it', async () => {
    const office = createPostOffice();
    await office.send({ channels: 1, aims });
    office.run();
    await office.until(['sent'], 10 * minute);

    await office.act({ kind: 'retract', text: 'It was wrong.' });
    await office.until(['retracted'], 10 * minute);

    await office.stop();
    expect(await office.states()).toEqual({ retracted: 6 });
  });

  it('are left out with the channel when it is stopped before its turn', async () => {
    const office = createPostOffice();
    const later = office.clock.now() + 60 * minute;
    await office.send({
      aims: [
        ...aims.slice(0, 3).map((aim) => ({ ...aim, from: later })),
        { target: { channel }, from: later },
        { target: { person: 'U00009' as PersonId } },
      ],
    });
    office.run();
    await office.live(minute);

    await office.act({ kind: 'cancel' });
    await office.until(['cancelled'], 10 * minute);

    await office.stop();
    expect(await office.states()).toEqual({ sent: 1, left: 4 });
  });
});
