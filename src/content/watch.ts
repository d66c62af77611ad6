import type { ContentKind } from '../core/content.ts';
import type { Log } from '../core/ports.ts';
import { type Clock, systemClock } from '../core/time.ts';
import { type Content, createContentLoader } from './content.ts';
import type { Layer } from './layer.ts';

/** Content that follows its files. */
export interface WatchedContent {
  /** The state in force; a new object after every change. */
  current(): Content;
  /** Reads anew at once. Resolves when the new state is in force. */
  reload(): Promise<Content>;
  close(): Promise<void>;
}

// An editor or a checkout writes many files within a few milliseconds; one reload serves them all.
const settleMs = 150;

// Network disks and folders that are swapped by a link (Kubernetes, git-sync) tell nobody; reading what is the same is cheap.
const rereadEveryMs = 60_000;

/**
 * Loads content, then again after every change of a layer that can be watched. Reloads never overlap.
 * `onChange` is called only when something differs, and waited for; what it throws is logged, and the new state stays in force.
 * @param options.clock gives the `now` of checks; waiting for files is always real time
 * @param options.rereadMs how often everything is read again without being told of a change
 */
export async function watchContent(options: {
  readonly layers: readonly Layer[];
  readonly kinds: readonly ContentKind<unknown>[];
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange?: (content: Content) => void | Promise<void>;
  readonly rereadMs?: number;
}): Promise<WatchedContent> {
  const { layers, kinds, clock, log, onChange, rereadMs = rereadEveryMs } = options;
  const loader = createContentLoader(layers, kinds);
  const closing = new AbortController();
  let current = await loader.load(clock.now());
  let queue: Promise<unknown> = Promise.resolve();
  let settling = false;

  async function loadNext(): Promise<Content> {
    const next = await loader.load(clock.now());
    if (next.fingerprint === current.fingerprint) return current;
    current = next;
    try {
      await onChange?.(next);
    } catch (error) {
      log.error({ error }, 'Content changed, but a listener failed');
    }
    return next;
  }

  function reload(): Promise<Content> {
    const result = queue.then(loadNext);
    queue = result.catch((error: unknown) => log.error({ error }, 'Content could not be read again'));
    return result;
  }

  async function reloadSoon(): Promise<void> {
    if (settling) return;
    settling = true;
    await systemClock.sleep(settleMs, closing.signal);
    settling = false;
    if (!closing.signal.aborted) await reload().catch(() => undefined);
  }

  async function reloadNowAndThen(): Promise<void> {
    while (!closing.signal.aborted) {
      await systemClock.sleep(rereadMs, closing.signal);
      if (!closing.signal.aborted) await reload().catch(() => undefined);
    }
  }

  const stops = await Promise.all(layers.map((layer) => layer.watch?.(() => void reloadSoon())));
  // What changed between the first reading and the first watching would otherwise be missed.
  await reload();
  const rereading = reloadNowAndThen();

  return {
    current: () => current,
    reload,
    async close() {
      closing.abort();
      await Promise.all(stops.map((stop) => stop?.()));
      await rereading;
      await queue;
    },
  };
}
