import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bot, startBot } from './bot.ts';

describe('a question in a direct message', () => {
  let bot: Bot;
  beforeEach(async () => {
    bot = await startBot();
  });
  afterEach(() => bot.stop());

  it('is answered in its thread, from the handbook, with its source', async () => {
    const { workspace } = bot;

    const asked = workspace.as(workspace.people.employee).dm('can we use an AGPL component in our SaaS?');
    const answer = await workspace.nextDirectMessage(workspace.people.employee);

    expect(answer.thread).toBe(asked.ts);
    expect(workspace.plain(answer)).toContain('AGPL');
  });
});
