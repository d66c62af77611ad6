import { setTimeout as wait } from 'node:timers/promises';
import { initStore, openStore } from '../../src/storage/file-store.ts';
import { collections, compactAt, lastCommit } from './clients.ts';
import { seeded } from './commits.ts';
import { startWriter } from './writer-process.ts';

const clients = 8;

/** Kills a writer again and again on the same folder, at a moment that luck decides, and counts what is missing after each. */
export async function killRepeatedly(
  dir: string,
  rounds: number,
): Promise<{ readonly acknowledged: number; readonly lost: number }> {
  const luck = seeded(20261122);
  await initStore(dir);
  let acknowledged = 0;
  let lost = 0;
  for (let round = 0; round < rounds; round += 1) {
    const writer = startWriter(dir, clients);
    await writer.started;
    await wait(luck() * 150);
    await writer.kill();
    lost += await countLost(dir, writer.acknowledged());
    acknowledged = [...writer.acknowledged().values()].reduce((sum, n) => sum + n, 0);
  }
  return { acknowledged, lost };
}

async function countLost(dir: string, acknowledged: ReadonlyMap<number, number>): Promise<number> {
  const store = await openStore(dir, { collections, compactAt });
  let lost = 0;
  for (const [client, n] of acknowledged) lost += Math.max(0, n - (await lastCommit(store, client)));
  await store.close();
  return lost;
}
