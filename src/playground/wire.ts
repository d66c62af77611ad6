import { appendFileSync } from 'node:fs';
import type { Fields } from './json.ts';

/** One Web API call as it arrived, tokens left out. */
export interface RecordedCall {
  readonly method: string;
  readonly args: Fields;
  /** Slack's error code, when the answer was one. */
  readonly error?: string;
  /** Slack's explanation of the error, where it gives one. */
  readonly why?: readonly string[];
  /** The fault that hit the call. */
  readonly fault?: string;
  /** Real time, milliseconds since 1970. */
  readonly at: number;
}

export type EnvelopeType = 'events_api' | 'slash_commands' | 'interactive';

/** One payload for the app, with every attempt to deliver it. Times are real, milliseconds since 1970. */
export interface RecordedEnvelope {
  readonly id: string;
  readonly type: EnvelopeType;
  readonly payload: Fields;
  readonly sent: number[];
  ackedAt?: number;
  /** What the app answered with its ack. */
  response?: unknown;
  /** Set when Slack stopped trying. */
  gaveUp?: boolean;
}

export interface Wire {
  readonly calls: RecordedCall[];
  readonly envelopes: RecordedEnvelope[];
  /** Calls of one method, oldest first. */
  callsOf(method: string): readonly RecordedCall[];
  record(call: RecordedCall): void;
}

/** @param file JSON lines: every call is appended as {method, args, error?, fault?, at} */
export function createWire(file?: string): Wire {
  const calls: RecordedCall[] = [];
  return {
    calls,
    envelopes: [],
    callsOf: (method) => calls.filter((call) => call.method === method),
    record(call) {
      calls.push(call);
      if (file !== undefined) appendFileSync(file, `${JSON.stringify(call)}\n`);
    },
  };
}
