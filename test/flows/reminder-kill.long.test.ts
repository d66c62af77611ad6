import { describe, it } from 'vitest';
import { surviveKillsWhileReminding } from './reminder-kills.ts';

describe('the process is killed while people are reminded', () => {
  it.each([1, 2, 3])('twenty times: one message each in the end (seed %i)', { timeout: 600_000 }, async (seed) => {
    await surviveKillsWhileReminding(20, seed);
  });
});
