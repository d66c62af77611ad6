import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { LogLevel } from '../src/config.ts';
import { Conflict } from '../src/core/errors.ts';
import { MessengerError } from '../src/core/ports.ts';
import { createLog } from '../src/log.ts';
import { boltLog } from '../src/slack/bolt-log.ts';
import { recordLog } from './delivery/world.ts';

const words = 'the acquisition of Initech is confidential';
const token = 'xoxb-12345-secret-of-the-bot';

/** The lines that come out. */
function logged(write: (log: ReturnType<typeof createLog>) => void, level: LogLevel = 'debug') {
  const lines: string[] = [];
  write(createLog(level, { write: (line) => void lines.push(line) }));
  return lines;
}

const only = (fields: object) => logged((log) => log.error(fields, 'it failed')).join('');

describe('a line', () => {
  it('is JSON: a level, a time, a static message, and fields', () => {
    const line: unknown = JSON.parse(only({ event: 'Ev1', restMs: 5 }));

    expect(line).toMatchObject({
      msg: 'it failed',
      event: 'Ev1',
      restMs: 5,
      time: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  it.each<[LogLevel, number]>([
    ['debug', 4],
    ['info', 3],
    ['warn', 2],
    ['error', 1],
    ['silent', 0],
  ])('at level %s: %i of four', (level, count) => {
    const lines = logged((log) => {
      log.debug({}, 'a');
      log.info({}, 'a');
      log.warn({}, 'a');
      log.error({}, 'a');
    }, level);

    expect(lines).toHaveLength(count);
  });
});

/** An error as the SDK makes it. */
function withData(): WebAPIPlatformError {
  const answer = {
    ok: false,
    error: 'channel_not_found',
    message: { text: words },
    response_metadata: { messages: [words] },
    headers: { authorization: `Bearer ${token}` },
  };
  return new WebAPIPlatformError(answer);
}

function thrownBy(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

describe('what people wrote and what opens doors', () => {
  it.each<[string, unknown]>([
    ['a refusal that echoes the message', withData()],
    ['a body that is no JSON', new WebAPIPlatformError({ ok: false, error: `{"ok":true,"message":{"text":"${words}` })],
    [
      'an HTTP error with its body',
      new WebAPIHTTPError(500, 'Oops', { 'x-token': token }, JSON.stringify({ text: words })),
    ],
    ['an HTTP error with a page', new WebAPIHTTPError(502, 'Oops', { authorization: token }, `<p>${words}</p>`)],
    [
      'a request that failed',
      new WebAPIRequestError(
        Object.assign(new Error(`POST with ${token}`), { config: { data: words, headers: { token } } }),
      ),
    ],
    ['a limit', Object.assign(new WebAPIRateLimitedError(3), { request: { body: words } })],
    ['what the sender makes of it', new MessengerError('refused', 'channel_not_found', 0, withData())],
    ['half an answer', new MessengerError('refused', `{"text":"${words}`, 0)],
    ['text that is no JSON', thrownBy(() => JSON.parse(words))],
    ['a shape that does not fit', thrownBy(() => z.object({ n: z.number() }).parse({ n: words }))],
    ['an aggregate', new AggregateError([withData()], 'all failed')],
    ['a cause of a cause', new Error('a', { cause: new Error('b', { cause: withData() }) })],
  ])('never stand in a line about an error: %s', (_, err) => {
    const line = only({ err });

    expect(line).toContain('"stack":"    at ');
    expect(line).not.toContain(words);
    expect(line).not.toContain('secret');
  });

  it('never stand in a line, however deep', () => {
    const field = fc.constantFrom(
      'token',
      'text',
      'blocks',
      'authorization',
      'body',
      'data',
      'headers',
      'Authorization',
    );
    const way = fc.array(fc.constantFrom('a', 'items', 'payload'), { maxLength: 12 });
    const listed = fc.boolean();

    fc.assert(
      fc.property(field, way, listed, (name, path, inList) => {
        const last: object = { [name]: inList ? [{ x: words }] : words };
        const fields = path.reduce<object>((inner, key) => ({ [key]: inList ? [inner] : inner }), last);

        expect(only(fields)).not.toContain(words);
      }),
      { seed: 20261122 },
    );
  });

  it.each([
    ['a token in any text', `calling with ${token}`],
    ['an app token', 'xapp-1-A0-secret'],
    ['the ticket of a socket', 'wss://wss-primary.slack.com/link/?ticket=secret&app_id=1'],
  ])('are cut out: %s', (_, said) => {
    expect(only({ said })).not.toContain('secret');
  });

  it('survive a circle', () => {
    const circle: { self?: unknown; text: string } = { text: words };
    circle.self = circle;

    expect(only({ circle })).not.toContain(words);
  });
});

describe('what helps is kept', () => {
  it.each<[string, Error, object]>([
    [
      'the code of a refusal',
      withData(),
      { type: 'WebAPIPlatformError', message: 'An API error occurred: channel_not_found' },
    ],
    ['a status', new WebAPIHTTPError(502, 'Bad', {}), { statusCode: '502' }],
    ['how long to wait', new WebAPIRateLimitedError(30), { retryAfter: '30' }],
    ['what is certain', new MessengerError('lost', 'no_answer'), { kind: 'lost', code: 'no_answer' }],
    ['where two met', new Conflict('seen', 'act:1', 0, 1), { collection: 'seen', id: 'act:1' }],
    ['a cause', new Error('a', { cause: new Error('b') }), { message: 'a', cause: { message: 'b' } }],
    ['the system', Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' }), { code: 'ENOSPC' }],
  ])('%s', (_, err, expected) => {
    expect(JSON.parse(only({ err }))).toMatchObject({ err: expected });
  });
});

describe("Bolt's and the SDK's own log", () => {
  it('says nothing below warnings: debug lines carry whole payloads', () => {
    const log = recordLog();
    const logger = boltLog(log);

    logger.debug(words, { text: words });
    logger.info(words);

    expect(log.lines).toEqual([]);
  });

  it('passes the words of warnings and errors, not what comes with them', () => {
    const log = recordLog();
    const logger = boltLog(log);

    logger.warn('http request failed', words);
    logger.error(withData());
    logger.error('Slack API error', withData());

    expect(log.lines.map(({ level }) => level)).toEqual(['warn', 'error', 'error']);
    expect(JSON.stringify(log.lines)).not.toContain(words);
  });
});
