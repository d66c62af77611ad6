import { fieldsOf, textOf } from './json.ts';
import type { WireEntry } from './protocol.ts';
import type { RecordedCall, RecordedEnvelope, Wire } from './wire.ts';

// The latest are what one looks for.
const page = 500;

/** Calls and deliveries in order of time; what waits to be delivered comes last. */
export function wireEntries(wire: Wire): readonly WireEntry[] {
  const from = Math.max(0, wire.calls.length - page);
  const calls = wire.calls.slice(from).map((call, index) => callEntry(call, from + index));
  const deliveries = wire.envelopes.slice(-page).map(deliveryEntry);
  return [...calls, ...deliveries]
    .sort((a, b) => (a.at ?? Number.MAX_SAFE_INTEGER) - (b.at ?? Number.MAX_SAFE_INTEGER))
    .slice(-page);
}

function callEntry({ method, args, error, why, fault, at }: RecordedCall, index: number): WireEntry {
  const failed = error !== undefined || fault !== undefined;
  const note = [error, fault, ...(why ?? [])].filter((part) => part !== undefined).join(' · ');
  return {
    id: `call-${index}`,
    at,
    kind: 'call',
    title: method,
    outcome: failed ? 'refused' : 'ok',
    note,
    detail: args,
  };
}

function deliveryEntry(envelope: RecordedEnvelope): WireEntry {
  const { type, payload, sent, ackedAt, response, gaveUp } = envelope;
  const [first] = sent;
  const acked = ackedAt !== undefined && first !== undefined;
  return {
    ...(first !== undefined && { at: first }),
    id: envelope.id,
    kind: 'delivery',
    title: titleOf(type, fieldsOf(payload)),
    outcome: acked ? 'ok' : gaveUp ? 'refused' : 'waiting',
    note: [acked ? `${ackedAt - first} ms` : '', sent.length > 1 ? `× ${sent.length}` : ''].filter(Boolean).join(' · '),
    detail: response === undefined ? payload : { payload, response },
  };
}

function titleOf(type: string, payload: Readonly<Record<string, unknown>>): string {
  if (type === 'events_api') return textOf(fieldsOf(payload.event).type);
  if (type === 'slash_commands') return `${textOf(payload.command)} ${textOf(payload.text)}`.trim();
  return textOf(payload.type);
}
