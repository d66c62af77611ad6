import type { AuditEvent, AuditPart } from '../core/audit.ts';
import { canonicalJson, type Json } from '../core/canonical-json.ts';
import { csvLine, csvMark } from '../core/csv.ts';
import type { Store } from '../core/ports.ts';
import { type Choice, isChosen } from './choose.ts';
import { walkTrail } from './trail.ts';

/** An event for an auditor. Of a part that was erased only the name is left. */
interface Row {
  readonly subject: string;
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly kind: string;
  readonly actor: string;
  readonly from: Json;
  readonly to: Json;
  readonly versions: Readonly<Record<string, string>>;
  readonly parts: Readonly<Record<string, string | null>>;
  readonly hash: string;
}

const columns = ['subject', 'seq', 'at', 'kind', 'actor', 'from', 'to', 'versions', 'parts', 'hash'] as const;

export const exportFormats = ['csv', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The chosen events in the order of their chains, as text in pieces; however many there are, one is held at a time. */
export async function* exportAudit(store: Store, choice: Choice, format: ExportFormat): AsyncGenerator<string> {
  yield format === 'csv' ? `${csvMark}${csvLine(columns)}` : '[';
  let count = 0;
  for await (const { event, parts } of walkTrail(store)) {
    if (!event || !isChosen(event, choice)) continue;
    const row = rowOf(event, parts);
    yield format === 'csv'
      ? csvLine(columns.map((name) => cellOf(row, name)))
      : `${count > 0 ? ',' : ''}\n${JSON.stringify(row)}`;
    count += 1;
  }
  if (format === 'json') yield '\n]\n';
}

function rowOf(event: AuditEvent, stored: AuditPart | undefined): Row {
  const { subject, seq, at, kind, actor, from, to, versions, digests, hash } = event;
  const parts = Object.fromEntries(Object.keys(digests).map((name) => [name, stored?.parts[name]?.text ?? null]));
  return { subject, seq, at: new Date(at).toISOString(), kind, actor, from, to, versions, parts, hash };
}

function cellOf(row: Row, name: (typeof columns)[number]): string {
  if (name === 'parts') {
    return Object.entries(row.parts)
      .map(([part, text]) => `${part}: ${text ?? '(erased)'}`)
      .join('\n');
  }
  const value = row[name];
  return typeof value === 'string' ? value : canonicalJson(value);
}
