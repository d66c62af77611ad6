import { existsSync } from 'node:fs';
import { createApp } from '../app.ts';
import { gallery } from '../cli/gallery.ts';
import { readConfig } from '../config.ts';
import { OperatorError } from '../core/errors.ts';
import { type Clock, movableClock } from '../core/time.ts';
import { createLog } from '../log.ts';
import { initStore } from '../storage/file-store.ts';
import { type BotReply, BotRequest } from './bot-process.ts';

// The real bot, in a process of its own so that it can be killed. Only its clock differs: the playground moves it.
const moved = movableClock(Number(process.env.CLOCK_START), true);
const sleepers = new Set<{ readonly until: number }>();
const clock: Clock = {
  now: moved.now,
  async sleep(ms, signal) {
    const sleeper = { until: moved.now() + ms };
    sleepers.add(sleeper);
    await moved.sleep(ms, signal);
    sleepers.delete(sleeper);
  },
};

function reply(message: BotReply): void {
  process.send?.(message);
}

async function answer(request: BotRequest): Promise<unknown> {
  switch (request.ask) {
    case 'advance':
      return moved.advance(request.ms);
    case 'wake': {
      const next = Math.min(...[...sleepers].map(({ until }) => until));
      return Number.isFinite(next) ? next : null;
    }
    case 'samples':
      return gallery();
  }
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  if (!existsSync(config.stateDir)) await initStore(config.stateDir);
  const app = await createApp({ config, clock, log: createLog(config.logLevel) });
  process.on('message', async (message) => {
    const request = BotRequest.parse(message);
    reply({ id: request.id, value: (await answer(request)) ?? null });
  });
  // Without the playground there is nobody to serve.
  process.on('disconnect', () => process.exit(0));
  await app.start();
  reply({ started: true });
}

main().catch((error: unknown) => {
  if (!(error instanceof OperatorError)) throw error;
  for (const { where, problem, mend } of error.mistakes) process.stderr.write(`${where} ${problem}\n  ${mend}\n`);
  process.exit(1);
});
