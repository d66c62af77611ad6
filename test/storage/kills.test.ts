import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from './commits.ts';
import { killRepeatedly } from './kills.ts';

it('loses and tears no acknowledged commit when the process is killed 20 times', { timeout: 90_000 }, async () => {
  const dir = join(await temporaryFolder(), 'state');

  const { acknowledged, lost } = await killRepeatedly(dir, 20);

  expect(acknowledged).toBeGreaterThan(500);
  expect(lost).toBe(0);
});
