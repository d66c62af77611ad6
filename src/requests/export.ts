import { csvLine, csvMark } from '../core/csv.ts';
import type { PersonId, Store } from '../core/ports.ts';
import { licenseKeys, projectKey } from './keys.ts';
import { requests } from './records.ts';
import { isOpen, numberOf, type Request, submittedAt } from './request.ts';

export const requestExportFormats = ['csv', 'json'] as const;
export type RequestExportFormat = (typeof requestExportFormats)[number];

/** What is exported; nothing said means all. */
export interface RequestChoice {
  /** Who asked, or decided. */
  readonly person?: string;
  /** As people write it. */
  readonly project?: string;
  /** An SPDX id or expression: requests that name one of its licenses. */
  readonly license?: string;
  /** Submitted from this moment on, ms. */
  readonly from?: number;
  /** Submitted before this moment, ms. */
  readonly to?: number;
}

const columns = [
  'number',
  'type',
  'state',
  'since',
  'requester',
  'submitted',
  'level',
  'rule',
  'restricted',
  'imported',
  'keys',
  'deciders',
  'conditions',
  'validUntil',
  'outcome',
  'link',
  'form',
  'policy',
] as const;
type Row = Readonly<Record<(typeof columns)[number], string>>;

/**
 * Requests one by one, as CSV for a spreadsheet or as one JSON array. For whoever runs the bot and may read its store; it
 * holds what is confidential, marked as such, and no free text but conditions and links.
 */
export async function* exportRequests(
  store: Store,
  choice: RequestChoice,
  format: RequestExportFormat,
): AsyncGenerator<string> {
  yield format === 'csv' ? `${csvMark}${csvLine(columns)}` : '[';
  let count = 0;
  for await (const request of store.scan(requests)) {
    if (!isChosen(request, choice)) continue;
    const row = rowOf(request);
    yield format === 'csv' ? csvLine(columns.map((name) => row[name])) : jsonLine(row, count);
    count += 1;
  }
  if (format === 'json') yield '\n]\n';
}

function jsonLine(row: Row, count: number): string {
  return `${count > 0 ? ',' : ''}\n${JSON.stringify(row)}`;
}

/** Whether a request is one of those that were asked for. */
export function isChosen(request: Request, { person, project, license, from, to }: RequestChoice): boolean {
  const at = submittedAt(request);
  if ((from !== undefined && at < from) || (to !== undefined && at >= to)) return false;
  if (person !== undefined && request.requester !== person && !decidersOf(request).some((one) => one === person)) {
    return false;
  }
  if (project !== undefined && !request.keys.includes(projectKey(project))) return false;
  return license === undefined || licenseKeys(license).some((key) => request.keys.includes(key));
}

function decidersOf({ events }: Request): readonly PersonId[] {
  const all = events.flatMap((event) => {
    if (event.kind === 'voted') return [event.by];
    return event.kind === 'recorded' && 'person' in event.decider ? [event.decider.person] : [];
  });
  return [...new Set(all)];
}

function rowOf(request: Request): Row {
  const { way, versions, validUntil } = request;
  return {
    number: numberOf(request),
    type: request.type,
    state: request.state,
    since: isoOf(request.since),
    requester: request.requester,
    submitted: isoOf(submittedAt(request)),
    level: String(way.level),
    rule: isOpen(request) ? '' : (way.automatic ?? way.standing ?? way.route),
    restricted: request.restricted ? 'yes' : 'no',
    imported: request.imported ? 'yes' : 'no',
    keys: request.keys.filter((key) => !key.startsWith('same:')).join(' '),
    deciders: decidersOf(request).join(' '),
    conditions: request.conditions.map(({ text }) => text).join('\n'),
    validUntil: validUntil === undefined ? '' : isoOf(validUntil),
    outcome: request.outcome ?? '',
    link: request.link ?? '',
    form: request.form,
    policy: versions.policy ?? '',
  };
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
