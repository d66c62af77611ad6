import type { Log } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Directory } from './directory.ts';

// Once a night is often enough: changes of single people come as events.
const everyMs = 24 * 60 * 60_000;

/** Reads the sources at once and then every day, until `signal` aborts. What fails is logged; the last state stays. */
export async function keepCurrent(directory: Directory, clock: Clock, log: Log, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await directory.refresh();
      if (!signal.aborted) log.info({ findings: directory.findings().length }, 'people are current');
    } catch (error) {
      log.error({ err: error }, 'people could not be read');
    }
    await clock.sleep(everyMs, signal);
  }
}
