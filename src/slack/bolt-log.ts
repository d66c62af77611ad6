import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../core/ports.ts';

/**
 * Bolt's and the SDK's log through ours. Their debug lines carry whole payloads, message text and all, so only the
 * first string of warnings and errors passes.
 */
export function boltLog(log: Log): Logger {
  const first = (parts: readonly unknown[]) => ({ said: parts.find((part) => typeof part === 'string') ?? 'no words' });
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...parts) => log.warn(first(parts), 'the Slack SDK warns'),
    error: (...parts) => log.error(first(parts), 'the Slack SDK reports an error'),
    getLevel: () => LogLevel.WARN,
    setLevel: () => undefined,
    setName: () => undefined,
  };
}
