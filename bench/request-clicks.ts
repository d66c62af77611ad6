import { performance } from 'node:perf_hooks';
import type { BlockAction, ButtonAction } from '@slack/bolt';
import { systemClock } from '../src/core/time.ts';
import type { Message } from '../src/playground/state.ts';
import type { Workspace } from '../src/playground/workspace.ts';
import { openRequestOffice } from '../test/flows/requests.ts';
import { startBareBolt } from './base/bare-bolt.ts';

/*
 * A decision by one click: until Slack has its ack, and until the card that was clicked says who decided. Beside a bare Bolt app
 * that acks and replaces the message, in the same run against the same kind of workspace: only the difference says something
 * about the code. Aim: the ack within 25 ms of the floor. Run: npx tsx bench/request-clicks.ts [rounds]
 */

const rounds = Number(process.argv[2] ?? 40);
// Code is compiled on the first rounds; a running bot is warm.
const warmUp = 5;

interface Clicked {
  /** ms */
  readonly ack: number;
  readonly shown: number;
}

interface Running {
  /** Prepares a card that was not clicked yet. */
  next(): Promise<void>;
  click(): Promise<Clicked>;
  stop(): Promise<void>;
}

/** Clicks a button and waits until its message has changed to say so. */
async function timed(workspace: Workspace, person: string, card: Message, action: string, says: string) {
  const from = performance.now();
  await workspace.as(person).click(card, action);
  const ack = performance.now() - from;
  await workspace.waitFor(
    () => workspace.messages(card.channel).some((one) => one.ts === card.ts && workspace.plain(one).includes(says)),
    { what: `the card to say "${says}"`, withinMs: 20_000 },
  );
  return { ack, shown: performance.now() - from };
}

async function startBot(): Promise<Running> {
  const office = await openRequestOffice();
  const { workspace } = office;
  const { employee, lead } = workspace.people;
  let card: Message | undefined;
  let number = 0;
  return {
    async next() {
      number += 1;
      // Past what Slack allows in a minute, so that nothing queues up.
      await office.clock.advance(60_000);
      const asked = await office.ask(employee, `clicked ${number}`, 'office');
      card = await office.cardSaying(asked, workspace.channels.ospo, `clicked ${number}`);
      await workspace.settled();
    },
    async click() {
      if (!card) throw new Error('there is no card');
      return timed(workspace, lead, card, 'requests.approve', 'Approved by');
    },
    stop: () => office.stop(),
  };
}

/** Acks, and says in the message who clicked. */
async function startFloor(): Promise<Running> {
  const { workspace, post, stop } = await startBareBolt((app) => {
    app.action<BlockAction<ButtonAction>>(/.*/, async ({ ack, respond }) => {
      await ack();
      await respond({ replace_original: true, text: 'Approved by somebody.' });
    });
  });
  const { lead } = workspace.people;
  let card: Message | undefined;
  return {
    async next() {
      card = await post(lead);
      // One message a second in a conversation.
      await systemClock.sleep(1_100);
    },
    async click() {
      if (!card) throw new Error('there is no card');
      return timed(workspace, lead, card, 'press', 'Approved by');
    },
    stop,
  };
}

function at(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
}

const [ours, bare] = [await startBot(), await startFloor()];
const own: Clicked[] = [];
const floor: Clicked[] = [];
for (let round = 0; round < warmUp + rounds; round += 1) {
  // In turns, so that whatever else the machine does hits both alike.
  await ours.next();
  const mine = await ours.click();
  await bare.next();
  const theirs = await bare.click();
  if (round < warmUp) continue;
  own.push(mine);
  floor.push(theirs);
}
console.log(`${rounds} decisions; milliseconds, and how many more than a Bolt app that only replaces the message`);
for (const what of ['ack', 'shown'] as const) {
  const [a, b] = [own.map((one) => one[what]), floor.map((one) => one[what])];
  const column = (share: number) =>
    `${at(a, share).toFixed(1).padStart(7)} (+${(at(a, share) - at(b, share)).toFixed(1)} to ${at(b, share).toFixed(1)})`;
  const name = what === 'ack' ? 'click to ack' : 'click to the clicked card refreshed';
  console.log(`  ${name.padEnd(38)} p50 ${column(0.5)}   p99 ${column(0.99)}`);
}
await ours.stop();
await bare.stop();
