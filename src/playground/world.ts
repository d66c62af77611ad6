import type { Clock } from '../core/time.ts';
import type { Delivery } from './delivery.ts';
import type { Faults } from './faults.ts';
import type { Installation } from './manifest.ts';
import type { Pace } from './pace.ts';
import type { Signal } from './signal.ts';
import type { State } from './state.ts';
import type { Wire } from './wire.ts';

/** Who the app is in the workspace. Opaque constants: nothing outside the process accepts them. */
export const identity = {
  team: 'T0WORKSPACE',
  domain: 'playground',
  app: 'A0ASSISTANT',
  bot: 'B0ASSISTANT',
  botUser: 'U0ASSISTANT',
  botToken: 'xoxb-playground',
  appToken: 'xapp-playground',
  signingSecret: 'playground-signing-secret',
  verificationToken: 'playground-verification',
} as const;

/** Everything the parts of the workspace share. */
export interface World {
  /** The workspace's own time: timestamps of messages, lifetime of response URLs. */
  readonly clock: Clock;
  readonly installation: Installation;
  readonly state: State;
  readonly wire: Wire;
  readonly faults: Faults;
  readonly signal: Signal;
  readonly delivery: Delivery;
  /** Enforces rate limits; undefined: nobody is ever too fast. */
  readonly pace: Pace | undefined;
  /** Where the HTTP server listens, e.g. "http://127.0.0.1:40123"; known once it runs. */
  origin(): string;
}
