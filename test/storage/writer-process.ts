import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** A process that writes into a store until it is killed. */
export interface WriterProcess {
  /** The last commit of every client that the process called durable, as far as we have heard. */
  acknowledged(): ReadonlyMap<number, number>;
  /** Resolves with the first acknowledged commit. */
  readonly started: Promise<void>;
  /** kill -9; resolves when it is gone and everything it said was heard. */
  kill(): Promise<void>;
}

const writer = fileURLToPath(new URL('fixtures/writer.ts', import.meta.url));

/** Starts a writer with so many clients. */
export function startWriter(dir: string, clients: number): WriterProcess {
  const child = spawn(execPath, ['--import', 'tsx', writer, dir, String(clients)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const acknowledged = new Map<number, number>();
  let errors = '';
  child.stderr.on('data', (text) => {
    errors += text;
  });
  const closed = once(child, 'close');
  const started = new Promise<void>((resolve, reject) => {
    readAcknowledgements(child, (client, n) => {
      acknowledged.set(client, n);
      resolve();
    });
    closed.then(() => reject(new Error(`The writer ended by itself: ${errors}`)));
  });
  return {
    acknowledged: () => acknowledged,
    started,
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

function readAcknowledgements(child: ChildProcess, take: (client: number, n: number) => void): void {
  let rest = '';
  child.stdout?.on('data', (text) => {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [client, n] = line.split(' ').map(Number);
      if (client !== undefined && n !== undefined) take(client, n);
    }
  });
}
