import { type DestinationStream, pino } from 'pino';
import { ZodError } from 'zod';
import type { LogLevel } from './config.ts';
import type { Log } from './core/ports.ts';

/** What must never reach a log, however deep it stands: tokens, and what people wrote. Compared in lower case. */
const secrets: ReadonlySet<string> = new Set([
  'token',
  'bottoken',
  'apptoken',
  'signingsecret',
  'authorization',
  'cookie',
  'headers',
  'response_url',
  'text',
  'blocks',
  'attachments',
  'event',
  'view',
  'values',
  'private_metadata',
  'body',
  'data',
  'original',
]);

// What errors say besides their words that is safe and helps: codes and numbers.
const telling = ['code', 'kind', 'statusCode', 'retryAfter', 'retryAfterMs', 'errno', 'syscall', 'collection', 'id'];

// Deeper than any field that is logged on purpose; also ends circles.
const deepest = 6;

/**
 * One JSON line an event: a static message, and fields.
 * @param to where the lines go; standard output when absent
 */
export function createLog(level: LogLevel, to?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    // Errors are described below; pino's own way prints every field they have, request bodies too.
    serializers: { err: (err: unknown) => err },
    formatters: { log: (fields: object) => scrubFields(fields, 0) },
  };
  return to ? pino(options, to) : pino(options);
}

function scrub(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return withoutTokens(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepest) return '[deeper]';
  if (value instanceof Error) return describe(value, depth);
  if (Array.isArray(value)) return value.map((item) => scrub(item, depth + 1));
  return scrubFields(value, depth);
}

function scrubFields(fields: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const isSecret = secrets.has(name.toLowerCase()) && typeof value !== 'number';
      // An event is named by its id; the event itself is what somebody wrote.
      const isId = name === 'event' && typeof value === 'string';
      return [name, isSecret && !isId ? '[redacted]' : scrub(value, depth + 1)];
    }),
  );
}

function describe(error: Error, depth: number): object {
  const told = telling.flatMap((name) => {
    const value: unknown = Reflect.get(error, name);
    return typeof value === 'string' || typeof value === 'number' ? [[name, quoteless(String(value))]] : [];
  });
  return {
    type: error.name,
    message: error instanceof ZodError ? error.message : quoteless(error.message),
    ...Object.fromEntries(told),
    // The first lines repeat the message.
    stack: error.stack
      ?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .join('\n'),
    ...(error.cause === undefined ? {} : { cause: scrub(error.cause, depth + 1) }),
  };
}

/** Words up to the first that may be somebody else's: JSON.parse quotes its input, Slack's client a body that is no JSON. */
function quoteless(words: string): string {
  return withoutTokens(words.replace(/["{<].*$/s, '…'));
}

function withoutTokens(words: string): string {
  return words.replace(/\bx(?:ox[a-z]|app)-[\w.-]+/g, '[token]').replace(/([?&]ticket=)[^&\s]+/g, '$1[ticket]');
}
