import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWorld, pass } from '../delivery/world.ts';
import { openRequests } from './request-office.ts';
import { approve, decline, person, staff } from './rules-world.ts';

const seed = 20_261_122;
const members = Array.from({ length: 9 }, (_, index) => `member${index}`);
const withBoard = [
  ...staff.map((one) => ({ ...one, roles: one.roles.filter((role) => role !== 'board') })),
  ...members.map((name) => person(name, { roles: ['board'] })),
];

/** A board of nine with a request before it, and everything that the bot does in Slack because of it. */
async function openBoard() {
  const office = openRequests();
  office.setPeople(withBoard);
  const show = async (subject: string) => {
    const request = await office.all.find(subject);
    const votes = request?.stages.flatMap((stage) => stage.votes) ?? [];
    return { text: `${request?.state} ${votes.length}`, blocks: [] };
  };
  const slack = createWorld({ cards: { request: show, 'request.mine': show, 'request.note': async () => undefined } });
  const sender = slack.sender();
  sender.start();
  const { request, say } = await office.submit('vote');
  await slack.say(...say);
  for (let second = 0; second < 30; second += 1) await pass(slack.clock, 1_000);
  const updates = () => slack.slack.calls.filter(({ method }) => method === 'update');
  return {
    request,
    slack,
    updates,
    texts: () => new Set(slack.slack.messages.map(({ text }) => text.replace(/ en$/, ''))),
    async vote(name: string, isFor: boolean) {
      const done = await office.move(request.id, name, isFor ? approve('vote') : decline('vote'));
      await slack.say(...done.say);
      return done.request;
    },
    stop: () => sender.drain(1_000),
  };
}

describe('a board that votes', () => {
  it('sees the tally within twenty seconds, and whoever voted their own at once', async () => {
    const board = await openBoard();

    await board.vote('member0', true);
    for (let second = 0; second < 5; second += 1) await pass(board.slack.clock, 1_000);
    const soon = board.updates().length;
    for (let second = 0; second < 20; second += 1) await pass(board.slack.clock, 1_000);
    await board.stop();

    expect(soon).toBe(1);
    expect(board.updates().length).toBe(members.length + 1);
    expect([...board.texts()]).toEqual(['in_review 1']);
  });

  it('sees at once that it has decided', async () => {
    const board = await openBoard();

    for (const name of members.slice(0, 5)) await board.vote(name, true);
    for (let second = 0; second < 15; second += 1) await pass(board.slack.clock, 1_000);
    await board.stop();

    expect([...board.texts()]).toEqual(['approved 5']);
  });

  it('of nine draws its copies once in twenty seconds, however it votes, and shows how it ended', async () => {
    const votes = fc.array(fc.record({ after: fc.integer({ min: 0, max: 5_000 }), isFor: fc.boolean() }), {
      minLength: 9,
      maxLength: 9,
    });
    await fc.assert(
      fc.asyncProperty(votes, async (all) => {
        const board = await openBoard();
        let state = 'in_review';
        let cast = 0;
        const first = board.slack.clock.now();
        let last = first;
        for (const [index, { after, isFor }] of all.entries()) {
          for (let waited = 0; waited < after; waited += 1_000) await pass(board.slack.clock, 1_000);
          if (state !== 'in_review') break;
          ({ state } = await board.vote(members[index] ?? '', isFor));
          cast += 1;
          last = board.slack.clock.now();
        }
        for (let second = 0; second < 60; second += 1) await pass(board.slack.clock, 1_000);
        await board.stop();

        // Each voter's own copy, and all of them once in twenty seconds and at the end.
        const rounds = Math.floor((last - first) / 20_000) + 1;
        expect(board.updates().length).toBeLessThanOrEqual(cast + rounds * (members.length + 1));
        expect([...board.texts()]).toEqual([`${state} ${cast}`]);
      }),
      { seed, numRuns: 15 },
    );
  });
});
