import { describe, expect, it } from 'vitest';
import { type Op, put } from '../../src/core/ports.ts';
import { copies, notices } from '../../src/delivery/entry.ts';
import { copy, createWorld, deliverFor, hour, notice } from './world.ts';

const channel = { channel: 'C1' };
const archived = { refused: 'is_archived' };

/** A world in which Slack refuses every post to a channel, and what its feature was told. */
function refusing(instead: (subject: string) => Promise<readonly Op[]> = async () => []) {
  const told: string[] = [];
  const world = createWorld({
    faultOf: () => archived,
    refused: async (card, subject, place) => {
      told.push(`${card} ${subject} ${JSON.stringify(place)}`);
      return instead(subject);
    },
  });
  world.subjects.set('7', 'Hello');
  return { world, told };
}

describe('a card that Slack refuses at a place for good', () => {
  it.each([
    ['copy', copy('7', channel)],
    ['notice', notice('7', channel)],
  ])('is made known to its feature once: a %s', async (_, say) => {
    const { world, told } = refusing();
    await world.say(say);

    await deliverFor(world, hour);

    expect(told).toEqual(['plain 7 {"channel":"C1"}']);
  });

  it('is noted in the same commit as what its feature does instead', async () => {
    const { world } = refusing(async () => [put(notices, 'instead', entry, 0)]);
    const entry = {
      card: 'plain',
      subject: '7',
      place: { person: 'U1' as never },
      lost: 'may' as const,
      state: 'done' as const,
      wanted: 1,
      shown: 1,
      attempt: 0,
      due: 0,
      deliveryId: 'd',
    };
    await world.say(copy('7', channel));

    await deliverFor(world, hour);

    expect(await world.store.get(notices, 'instead')).toMatchObject({ subject: '7' });
    expect(await world.store.get(copies, 'plain/7/C1')).toMatchObject({ state: 'failed', code: 'is_archived' });
  });

  it('is noted even where its feature fails', async () => {
    const { world } = refusing(async () => {
      throw new Error('a bug');
    });
    await world.say(copy('7', channel));

    await deliverFor(world, hour);

    expect(await world.store.get(copies, 'plain/7/C1')).toMatchObject({ state: 'failed' });
  });
});
