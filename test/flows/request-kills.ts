import { rm } from 'node:fs/promises';
import { expect } from 'vitest';
import { randomFrom } from './kills.ts';
import { requestTools, tinyContent } from './requests.ts';
import { createVictim } from './victim.ts';

// Loading content and people on a busy machine, and one look into the history at its pace.
const patienceMs = 30_000;
// A call that several lives died on is looked for after a while: the sender doubles its grace each time.
const lastAheadMs = 30 * 60_000;

/** Something that a person does, and how one sees that it was done. */
interface Step {
  readonly what: string;
  act(): Promise<unknown>;
  isDone(): boolean;
}

/**
 * Takes requests through their whole life and kills the bot at every step of it, at once, after a moment, or around the
 * call that tells of it. Whoever was not acknowledged does it again, as people do. In the end everything was said once.
 * @param seed of the random moments; printed by the test when it fails
 */
export async function surviveRequestKills(rounds: number, seed: number): Promise<void> {
  const contentDir = await tinyContent();
  const victim = await createVictim({ office: true, contentDir });
  const { workspace } = victim;
  const { employee, lead } = workspace.people;
  const { ospo } = workspace.channels;
  const tools = requestTools(workspace);
  const random = randomFrom(seed);
  const top = (person: string) => workspace.openViews(person).at(-1);

  async function waitForRoles(): Promise<void> {
    const groups = workspace.userGroups().length;
    await workspace.waitFor(() => workspace.wire.callsOf('usergroups.users.list').length >= groups, {
      withinMs: patienceMs,
    });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }

  async function closeAll(person: string): Promise<void> {
    while (workspace.openViews(person).length > 0) await workspace.as(person).close();
  }

  function stepsOf(name: string): readonly Step[] {
    const subject = `Small thing ${name}`;
    const card = () => tools.said(ospo, subject).find(({ thread }) => thread === undefined);
    const number = () => /REQ-\d+/.exec(card() ? workspace.plain(card() as never) : '')?.[0] ?? 'REQ-?';
    const cardSays = (text: string) => (card() ? workspace.plain(card() as never).includes(text) : false);
    return [
      {
        what: 'asked',
        async act() {
          // What was typed lies in the form that is still open, as in Slack.
          if (!JSON.stringify(top(employee)?.view ?? '').includes('requests.change')) {
            await closeAll(employee);
            await tools.fillIn(employee, name, 'office');
          }
          return workspace.as(employee).submit();
        },
        isDone: () => card() !== undefined,
      },
      {
        what: 'asked for information',
        async act() {
          const at = card();
          if (!at) throw new Error('there is no card');
          if (top(lead) === undefined) await tools.form(lead, at, 'requests.more', 'ask');
          return workspace.as(lead).submit({ text: `Which product, ${name}?` });
        },
        isDone: () => tools.said(employee, `Which product, ${name}?`, 'Press the button').length > 0,
      },
      {
        what: 'answered',
        async act() {
          const asked = tools.said(employee, `Which product, ${name}?`, 'Press the button').at(-1);
          workspace.as(employee).dm(`Billing, ${name}.`, { thread: asked?.ts ?? '' });
        },
        isDone: () => tools.said(lead, `Billing, ${name}.`).length > 0 && !cardSays('asked the requester'),
      },
      {
        what: 'approved',
        async act() {
          const at = card();
          return at && workspace.as(lead).click(at, 'requests.approve');
        },
        isDone: () =>
          tools.said(employee, `${number()} is approved: ${subject}.`).length > 0 && cardSays('Approved by'),
      },
    ];
  }

  /** Events that were not acked Slack delivers again; what people pressed they press again themselves. */
  async function deliverAgain(): Promise<void> {
    const unacked = workspace.wire.envelopes.filter(
      ({ type, ackedAt }) => type === 'events_api' && ackedAt === undefined,
    );
    await Promise.all(unacked.map((envelope) => workspace.redeliver(envelope)));
  }

  async function surviveStep(step: Step): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      const before = ['hang', 'lost_answer'] as const;
      const fault = attempt < 2 ? before[Math.floor(random() * 4)] : undefined;
      if (fault) workspace.faults.api.inject({ kind: fault }, { only: 'chat.postMessage', times: 1 });
      await step.act().catch(() => undefined);
      // Later each time: on a busy machine nothing would ever be done within the first moments.
      await new Promise((resolve) => setTimeout(resolve, Math.floor(random() * 80 * 2 ** attempt)));
      await victim.kill();
      workspace.faults.clear();
      await victim.start(attempt < 3 ? undefined : lastAheadMs);
      await deliverAgain();
      const isDone = await workspace
        .waitFor(() => step.isDone(), { withinMs: attempt < 3 ? 8_000 : patienceMs })
        .then(() => true)
        .catch(() => false);
      if (isDone) return;
      if (attempt === 5) throw new Error(`seed ${seed}: never ${step.what}`);
    }
  }

  try {
    await victim.start();
    await waitForRoles();
    for (let round = 0; round < rounds; round += 1) {
      for (const step of stepsOf(`kill ${round}`)) await surviveStep(step);
      await closeAll(employee);
      await closeAll(lead);
    }
    await victim.kill();
    await victim.start(lastAheadMs);
    // Time for a second message to appear, if something still wanted to send one.
    await new Promise((resolve) => setTimeout(resolve, 5_000));

    const said = Array.from({ length: rounds }, (_, round) => {
      const subject = `Small thing kill ${round}`;
      return {
        cards: tools.said(ospo, subject).filter(({ thread }) => thread === undefined).length,
        questions: tools.said(employee, `Which product, kill ${round}?`, 'Press the button').length,
        answers: tools.said(lead, 'answers about', `Billing, kill ${round}.`).length,
        approvals: tools.said(employee, 'is approved', subject).length,
      };
    });
    expect(said, `seed ${seed}`).toEqual(
      Array.from({ length: rounds }, () => ({ cards: 1, questions: 1, answers: 1, approvals: 1 })),
    );
  } finally {
    await victim.stop();
    await rm(contentDir, { recursive: true, force: true });
  }
}
