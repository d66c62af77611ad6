import type { Fields } from './json.ts';

/** Slack says no: becomes `{ok: false, error: code, …}`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly details: Fields;

  constructor(code: string, details: Fields = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

/** A refusal with the messages that Slack puts into `response_metadata.messages`. */
export function refuse(code: string, messages: readonly string[]): Refusal {
  return new Refusal(code, { response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) } });
}
