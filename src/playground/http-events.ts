import { createHmac } from 'node:crypto';
import { systemClock } from '../core/time.ts';
import type { Attempt, Outcome, Transport } from './delivery.ts';
import { parseJson } from './json.ts';
import type { EnvelopeType } from './wire.ts';
import { identity } from './world.ts';

// Exactly these, without a charset: Bolt refuses anything else.
const contentTypes: Readonly<Record<EnvelopeType, string>> = {
  events_api: 'application/json',
  slash_commands: 'application/x-www-form-urlencoded',
  interactive: 'application/x-www-form-urlencoded',
};

function bodyOf({ envelope }: Attempt): string {
  if (envelope.type === 'events_api') return JSON.stringify(envelope.payload);
  if (envelope.type === 'interactive') {
    return new URLSearchParams({ payload: JSON.stringify(envelope.payload) }).toString();
  }
  return new URLSearchParams(
    Object.entries(envelope.payload).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}

/** The headers that prove that a request comes from Slack (docs.slack.dev/authentication/verifying-requests-from-slack). */
function signedHeaders(body: string, nowMs: number): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const signature = createHmac('sha256', identity.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${signature}` };
}

/** Delivers by signed requests to one URL, as Slack does for an app without Socket Mode. */
export function createHttpTransport(url: string): Transport {
  return {
    ready: () => true,
    async send(attempt, withinMs): Promise<Outcome> {
      const body = bodyOf(attempt);
      const headers = {
        ...signedHeaders(body, systemClock.now()),
        'content-type': contentTypes[attempt.envelope.type],
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        ...(attempt.retry > 0 && {
          'x-slack-retry-num': String(attempt.retry),
          'x-slack-retry-reason': attempt.reason === 'timeout' ? 'http_timeout' : attempt.reason,
        }),
      };
      const signal = AbortSignal.timeout(withinMs);
      try {
        const response = await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal });
        const text = await response.text();
        // The app has done its work, and its answer is lost.
        if (attempt.drop) return { kind: 'timeout' };
        if (response.ok) return { kind: 'acked', response: text === '' ? undefined : (parseJson(text) ?? text) };
        return { kind: 'refused', reason: 'http_error', noRetry: response.headers.get('x-slack-no-retry') === '1' };
      } catch {
        return signal.aborted ? { kind: 'timeout' } : { kind: 'refused', reason: 'connection_failed', noRetry: false };
      }
    },
  };
}
