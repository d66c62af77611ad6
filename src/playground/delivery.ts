import { setMaxListeners } from 'node:events';
import { type Clock, systemClock } from '../core/time.ts';
import type { Faults } from './faults.ts';
import type { Fields } from './json.ts';
import type { Signal } from './signal.ts';
import type { EnvelopeType, RecordedEnvelope, Wire } from './wire.ts';

/** What became of one attempt. `refused`: no connection, or an HTTP status that is no success. */
export type Outcome =
  | { readonly kind: 'acked'; readonly response: unknown }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'refused'; readonly reason: 'http_error' | 'connection_failed'; readonly noRetry: boolean };

export interface Attempt {
  readonly envelope: RecordedEnvelope;
  /** 0 for the first. */
  readonly retry: number;
  readonly reason: string;
  /** Drop the connection right after sending. */
  readonly drop: boolean;
}

/** A way to the app: Socket Mode or HTTP. */
export interface Transport {
  /** Whether the app can be reached at this moment. */
  ready(): boolean;
  send(attempt: Attempt, withinMs: number): Promise<Outcome>;
}

export interface Timing {
  /** Real milliseconds an app has to ack. Slack: 3,000. */
  readonly ackWithinMs: number;
  /** Real milliseconds before each further attempt to deliver an event. Slack: at once, after 1 minute, after 5 minutes. */
  readonly retryAfterMs: readonly number[];
}

/** docs.slack.dev/apis/events-api, "Error handling". */
export const slackTiming: Timing = { ackWithinMs: 3000, retryAfterMs: [0, 60_000, 300_000] };

export interface Delivery {
  /**
   * Delivers one payload. An event that is not acked is sent again on Slack's schedule, everything else is tried once.
   * Resolves with the app's answer, or with `timeout`/`refused` of the last attempt.
   */
  deliver(type: EnvelopeType, payload: Fields): Promise<Outcome>;
  /** Sends an envelope once more, as Slack does when an ack got lost on its way. */
  redeliver(envelope: RecordedEnvelope): Promise<Outcome>;
  /** Deliveries that are neither acked nor given up. */
  pending(): number;
  use(transport: Transport): void;
  stop(): void;
}

interface Deps {
  readonly wire: Wire;
  readonly faults: Faults;
  readonly signal: Signal;
  readonly timing: Timing;
  readonly newId: () => string;
  readonly clock?: Clock;
}

export function createDelivery({ wire, faults, signal, timing, newId, clock = systemClock }: Deps): Delivery {
  const stopped = new AbortController();
  // Every payload under way listens.
  setMaxListeners(0, stopped.signal);
  let transport: Transport | undefined;
  let pending = 0;

  // Slack counts an attempt without a connection as failed. Here it waits for one instead, so that a test that restarts
  // the app does not depend on how fast the restart is.
  async function reachable(): Promise<Transport | undefined> {
    while (!stopped.signal.aborted) {
      if (transport?.ready()) return transport;
      const nap = new AbortController();
      const off = signal.on(() => nap.abort());
      await clock.sleep(50, nap.signal);
      off();
    }
    return undefined;
  }

  async function attempt(envelope: RecordedEnvelope, retry: number, reason: string): Promise<Outcome> {
    const fault = faults.delivery.take(envelope.type);
    if (fault?.kind === 'lose') return { kind: 'timeout' };
    const way = await reachable();
    if (!way) return { kind: 'timeout' };
    envelope.sent.push(clock.now());
    signal.changed();
    const sent = way.send({ envelope, retry, reason, drop: fault?.kind === 'drop_socket' }, timing.ackWithinMs);
    if (fault?.kind === 'duplicate') {
      envelope.sent.push(clock.now());
      void way.send({ envelope, retry, reason, drop: false }, timing.ackWithinMs);
    }
    const outcome = await sent;
    if (outcome.kind === 'acked') {
      envelope.ackedAt = clock.now();
      envelope.response = outcome.response;
    }
    signal.changed();
    return outcome;
  }

  async function deliverWithRetries(envelope: RecordedEnvelope): Promise<Outcome> {
    let outcome = await attempt(envelope, 0, '');
    if (envelope.type !== 'events_api') return outcome;
    for (const [at, wait] of timing.retryAfterMs.entries()) {
      if (outcome.kind === 'acked' || stopped.signal.aborted) break;
      if (outcome.kind === 'refused' && outcome.noRetry) break;
      const reason = outcome.kind === 'refused' ? outcome.reason : outcome.kind;
      await clock.sleep(wait, stopped.signal);
      outcome = await attempt(envelope, at + 1, reason);
    }
    if (outcome.kind !== 'acked') envelope.gaveUp = true;
    return outcome;
  }

  return {
    async deliver(type, payload) {
      const envelope: RecordedEnvelope = { id: newId(), type, payload, sent: [] };
      wire.envelopes.push(envelope);
      pending += 1;
      try {
        return await deliverWithRetries(envelope);
      } finally {
        pending -= 1;
        signal.changed();
      }
    },
    async redeliver(envelope) {
      pending += 1;
      try {
        return await attempt(envelope, 1, 'timeout');
      } finally {
        pending -= 1;
        signal.changed();
      }
    },
    pending: () => pending,
    use(next) {
      transport = next;
      signal.changed();
    },
    stop: () => stopped.abort(),
  };
}
