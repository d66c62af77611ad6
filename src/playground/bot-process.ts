import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Clock } from '../core/time.ts';

const entry = fileURLToPath(new URL('./bot.ts', import.meta.url));
// A start reads the store and the handbook and connects: seconds on a slow machine, never half a minute.
const startWithinMs = 30_000;
const keptLogLines = 300;
// A stack trace with what it is about.
const shownLogLines = 30;

/** What the workspace asks of the bot's process. */
export const BotRequest = z.discriminatedUnion('ask', [
  /** Move the clock forward. */
  z.object({ ask: z.literal('advance'), id: z.int(), ms: z.number() }),
  /** When the first of everybody who sleeps will wake: milliseconds since 1970, or null. */
  z.object({ ask: z.literal('wake'), id: z.int() }),
  /** Every message, modal and Home that the bot can show. */
  z.object({ ask: z.literal('samples'), id: z.int() }),
]);
export type BotRequest = z.infer<typeof BotRequest>;

export const BotReply = z.union([
  z.object({ started: z.literal(true) }),
  z.object({ id: z.int(), value: z.unknown() }),
]);
export type BotReply = z.infer<typeof BotReply>;

interface Running {
  readonly child: ChildProcess;
  /** Rejects when the process is gone. */
  readonly ended: Promise<never>;
}

type Asking = { readonly ask: 'advance'; readonly ms: number } | { readonly ask: 'wake' | 'samples' };

/** The bot as a process of its own: it meets the workspace only over HTTP and WebSocket, and killing it is real. */
export interface BotProcess {
  running(): boolean;
  /** Resolves when Slack may deliver; does nothing when it runs. @throws Error when it dies before that */
  start(): Promise<void>;
  /** kill -9: no handler runs, nothing is flushed. */
  kill(): Promise<void>;
  /** @throws Error when it does not run, or dies before it answers */
  request(asking: Asking): Promise<unknown>;
  /** The last lines that it logged, oldest first. */
  log(): readonly string[];
}

/** @param environment settings of the bot, as for `npm start` */
export function createBotProcess(
  environment: Readonly<Record<string, string>>,
  clock: Clock,
  changed: () => void,
): BotProcess {
  const lines: string[] = [];
  const open = new Map<number, (reply: unknown) => void>();
  let running: Running | undefined;
  let asked = 0;

  function launch(): Running {
    const launched = spawn(process.execPath, ['--import', 'tsx', entry], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, ...environment, CLOCK_START: String(clock.now()) },
    });
    for (const stream of [launched.stdout, launched.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', note);
    }
    launched.on('message', (message) => {
      const reply = BotReply.parse(message);
      if ('id' in reply) open.get(reply.id)?.(reply.value);
    });
    const ended = once(launched, 'exit').then(() => {
      if (running?.child === launched) running = undefined;
      changed();
      throw new Error(`the bot's process ended\n${lines.slice(-shownLogLines).join('\n')}`);
    });
    // Whoever waits for an answer hears of it; when nobody does, an end is no accident.
    ended.catch(() => undefined);
    return { child: launched, ended };
  }

  function note(line: string): void {
    lines.push(line);
    lines.splice(0, lines.length - keptLogLines);
  }

  return {
    running: () => running !== undefined,
    async start() {
      if (running) return;
      const launched = launch();
      running = launched;
      const limit = AbortSignal.timeout(startWithinMs);
      await Promise.race([once(launched.child, 'message', { signal: limit }), launched.ended]);
      changed();
    },
    async kill() {
      if (!running) return;
      const { child, ended } = running;
      child.kill('SIGKILL');
      await ended.catch(() => undefined);
    },
    async request(asking) {
      if (!running) throw new Error('the bot does not run');
      const { child, ended } = running;
      asked += 1;
      const id = asked;
      const answer = new Promise<unknown>((resolve) => open.set(id, resolve));
      child.send({ ...asking, id });
      try {
        return await Promise.race([answer, ended]);
      } finally {
        open.delete(id);
      }
    },
    log: () => lines,
  };
}
