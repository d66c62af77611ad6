import { expect } from 'vitest';
import { systemClock } from '../../src/core/time.ts';
import { dayFrom, type Place, slotOn, workingAfter } from '../../src/reminders/place.ts';
import { berlin } from '../reminders/world.ts';
import { randomFrom } from './kills.ts';
import { saveSettings } from './reminding.ts';
import { createVictim } from './victim.ts';

const hour = 3_600_000;
const title = 'Story: read the guide';
const persons = ['employee', 'manager', 'legal', 'security', 'lead'] as const;

/** Where between the look at a person and their message the process dies; other rounds die at a random moment. */
const faults = [undefined, { kind: 'hang' }, { kind: 'lost_answer' }] as const;

/** Kills the process again and again while five people are reminded: in the end each has exactly one message. @param seed of the random moments */
export async function surviveKillsWhileReminding(rounds: number, seed: number): Promise<void> {
  const victim = await createVictim({ due: title });
  const { workspace } = victim;
  const random = randomFrom(seed);
  const told = (person: string) =>
    workspace.conversation(person).filter((message) => message.bot && workspace.plain(message).includes(title));

  try {
    // After the last slot of the next working day everybody is due at once.
    const last: Place = { ...berlin, spreadMs: 59 * 60_000 };
    const now = systemClock.now();
    const slot = slotOn(workingAfter(dayFrom(now, last), 1, last), last);
    await victim.start(slot - 13 * hour - now);
    for (const name of persons) await saveSettings(workspace, workspace.people[name]);
    await victim.kill();

    for (let round = 0; round < rounds; round += 1) {
      workspace.faults.clear();
      await victim.start(round === 0 ? 13 * hour : undefined);
      const fault = faults[round % faults.length];
      if (fault) workspace.faults.api.inject(fault, { only: 'chat.postMessage', times: 1 });
      await new Promise((resolve) => setTimeout(resolve, Math.floor(random() * 250)));
      await victim.kill();
    }

    workspace.faults.clear();
    await victim.start(hour);
    await workspace
      .waitFor(() => persons.every((name) => told(workspace.people[name]).length > 0), { withinMs: 30_000 })
      .catch(() => undefined);
    // Time for a second message to appear, if something still wanted to send one.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const counts = persons.map((name) => `${name}: ${told(workspace.people[name]).length}`);
    expect(counts, `seed ${seed}`).toEqual(persons.map((name) => `${name}: 1`));
  } finally {
    await victim.stop();
  }
}
