import { describe, it } from 'vitest';
import { surviveKillsWhileReminding } from './reminder-kills.ts';

describe('the process is killed while people are reminded', () => {
  it('at any moment, over and over: one message each in the end', { timeout: 300_000 }, async () => {
    await surviveKillsWhileReminding(3, 20261122);
  });
});
