import { describe, expect, it } from 'vitest';
import { surviveKills } from './kills.ts';
import { createVictim } from './victim.ts';

describe('the process is killed', () => {
  it('at each point between event and answer, and at random: one answer each after the restart', {
    timeout: 300_000,
  }, async () => {
    await surviveKills(20, 20261122);
  });

  it('and two processes never share a folder', { timeout: 30_000 }, async () => {
    const victim = await createVictim();
    await victim.start();

    const code = await victim.intrude();
    const question = victim.workspace.as(victim.workspace.people.employee).dm('what is a CLA?');
    const answer = await victim.workspace.nextDirectMessage(victim.workspace.people.employee);
    await victim.stop();

    expect(code).not.toBe(0);
    expect(answer.thread).toBe(question.ts);
  });
});
