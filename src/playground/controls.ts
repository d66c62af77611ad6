import type { MovableClock } from '../core/time.ts';
import { systemClock } from '../core/time.ts';
import type { BotProcess } from './bot-process.ts';
import type { Advanced, Control, FaultsInfo } from './protocol.ts';
import type { Workspace } from './workspace.ts';

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
// Enough for people to notice and for nobody to give up: an ack has three seconds.
const slowMs = 2_000;
const retryAfterSeconds = 5;
// What wakes sooner is the sender's pace, not a reminder.
const soonMs = 60_000;
// Reminders of a question come within days; with nothing to come, a month of the bot's wakings is searched in seconds.
const furthestMs = 30 * dayMs;
// What was woken gets this long to say something before the clock moves on: a commit and a call take a third of it.
const settleMs = 100;

/** What the one who plays does to the whole workspace. */
export interface Controls {
  faults(): FaultsInfo;
  carryOut(control: Control): Promise<Advanced | undefined>;
}

export function createControls(workspace: Workspace, bot: BotProcess, clock: MovableClock): Controls {
  const armed = new Map<'slow' | 'limited', { off(): void }>();

  async function advance(ms: number): Promise<void> {
    await clock.advance(ms);
    if (bot.running()) await bot.request({ ask: 'advance', ms });
    await systemClock.sleep(settleMs);
  }

  const said = () => workspace.wire.calls.filter(({ method, error }) => method === 'chat.postMessage' && !error).length;

  /** From one waking to the next, until the bot says something. */
  async function advanceToReminder(): Promise<Advanced> {
    const start = clock.now();
    const before = said();
    while (clock.now() - start < furthestMs && bot.running()) {
      const wake = await bot.request({ ask: 'wake' });
      if (typeof wake !== 'number') break;
      await advance(Math.max(wake - clock.now(), soonMs));
      if (said() > before) return { ms: clock.now() - start, said: true };
    }
    return { ms: clock.now() - start, said: false };
  }

  function setFault(fault: 'slow' | 'limited', on: boolean): void {
    armed.get(fault)?.off();
    armed.delete(fault);
    if (!on) return;
    const kind =
      fault === 'slow'
        ? ({ kind: 'slow', ms: slowMs } as const)
        : ({ kind: 'rate_limited', retryAfterSeconds } as const);
    armed.set(fault, workspace.faults.api.inject(kind));
  }

  return {
    faults: () => ({ slow: armed.has('slow'), limited: armed.has('limited') }),
    async carryOut(control) {
      switch (control.kind) {
        case 'advance': {
          if (control.by === 'reminder') return advanceToReminder();
          const before = said();
          const ms = control.by === 'hour' ? hourMs : dayMs;
          await advance(ms);
          return { ms, said: said() > before };
        }
        case 'fault':
          setFault(control.fault, control.on);
          return undefined;
        case 'dropSocket':
          workspace.socket.drop();
          return undefined;
        case 'bot':
          await (control.run ? bot.start() : bot.kill());
          return undefined;
      }
    },
  };
}
