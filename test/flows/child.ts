import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { movableClock, systemClock } from '../../src/core/time.ts';
import { createLog } from '../../src/log.ts';
import { everybodyHas } from '../reminders/source.ts';

// The real bot as a process of its own, so that it can be killed. Its clock may run ahead: what a crash left behind is
// looked for only when the lease of the dead process is over, and no test waits for that.
const ahead = Number(process.env.CLOCK_AHEAD_MS ?? 0);
const clock = movableClock(systemClock.now() + ahead, true);

const title = process.env.DUE;
const app = await createApp({
  config: readConfig(process.env),
  clock,
  log: createLog('silent'),
  moreDue: () => (title ? [everybodyHas(title)] : []),
});
await app.start();
process.stdout.write('started\n');
