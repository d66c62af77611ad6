import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { OperatorError } from './core/errors.ts';
import { systemClock } from './core/time.ts';
import { createLog } from './log.ts';
import { SlackUnreachable } from './slack/connect.ts';

// Slack and orchestrators both give about half a minute; ten seconds drain what is under way and leave room to close.
const stopWithinMs = 10_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const app = await createApp({ config, clock: systemClock, log });

  let stopping = false;
  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    log.info({}, 'stopping');
    await app.stop(stopWithinMs);
    log.info({}, 'stopped');
    process.exit(0);
  }
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());

  await app.start();
  log.info({ receive: config.slack.receive.kind }, 'started');
}

main().catch((error: unknown) => {
  if (!(error instanceof OperatorError)) throw error;
  for (const { where, problem, mend } of error.mistakes) process.stderr.write(`${where} ${problem}\n  ${mend}\n`);
  // EX_TEMPFAIL: starting again may do. EX_CONFIG: a supervisor need not, before somebody has mended it.
  process.exit(error instanceof SlackUnreachable ? 75 : 78);
});
