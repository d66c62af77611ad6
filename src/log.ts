import { pino } from 'pino';
import type { LogLevel } from './config.ts';
import type { Log } from './core/ports.ts';

/** What must never reach a log, wherever in the fields it stands: tokens, and what people wrote. */
const secrets = ['token', 'text', 'blocks', 'authorization', 'body', 'data', 'original', 'headers'];

/** One JSON line an event: a static message, and fields. */
export function createLog(level: LogLevel): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
  });
}
