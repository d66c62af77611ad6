import type { Finding } from '../core/findings.ts';
import type { HrFile, HrKey, HrRow } from './hr-file.ts';
import type { HrFacts, PersonRecord, Records } from './record.ts';

/** Finds Slack member ids by id or e-mail. */
export interface Finder {
  /** @param who a Slack member id, or an e-mail in any case */
  find(who: string): string | undefined;
}

/** Of two accounts with one e-mail the active one, then the member rather than the guest, is the person. */
export function createFinder(records: Records): Finder {
  const byEmail = new Map<string, string>();
  for (const [id, record] of records) {
    const email = record.slack.email?.toLowerCase();
    if (email === undefined) continue;
    const other = byEmail.get(email);
    const rival = other === undefined ? undefined : records.get(other);
    if (rival === undefined || standing(record) > standing(rival)) byEmail.set(email, id);
  }
  return { find: (who) => (who.includes('@') ? byEmail.get(who.toLowerCase()) : records.has(who) ? who : undefined) };
}

function standing({ slack }: PersonRecord): number {
  return (slack.active ? 2 : 0) + (slack.guest ? 0 : 1);
}

/**
 * Gives the rows of the HR file to the people of the workspace.
 * @returns facts by Slack member id; for people whose row is broken, what `records` has
 */
export function matchRows(
  file: Extract<HrFile, { rows: unknown }>,
  records: Records,
  name: string,
): {
  readonly facts: ReadonlyMap<string, HrFacts>;
  readonly findings: readonly Finding[];
} {
  const finder = createFinder(records);
  const facts = new Map<string, HrFacts>();
  const places = new Map<string, string>();
  const findings: Finding[] = [];
  const strangers: HrRow[] = [];

  const keepKnown = (id: string | undefined) => {
    const known = id === undefined || facts.has(id) ? undefined : records.get(id)?.hr;
    if (id !== undefined && known !== undefined) facts.set(id, known);
  };
  for (const key of file.broken) keepKnown(identify(key, finder));
  for (const row of file.rows) {
    const id = identify(row, finder);
    if (id === undefined) {
      strangers.push(row);
      continue;
    }
    const byEmail = row.email === undefined ? id : (finder.find(row.email) ?? id);
    const first = places.get(id);
    const problem =
      byEmail !== id
        ? `The Slack id ${id} and the e-mail ${row.email} belong to different people.`
        : first !== undefined
          ? `The same person is already on ${first}, which is used.`
          : undefined;
    if (problem !== undefined) {
      findings.push({ file: name, field: row.place, problem, mend: 'Correct the line or remove it.', fatal: true });
      keepKnown(id);
      continue;
    }
    facts.set(id, row.facts);
    places.set(id, row.place);
  }
  return { facts, findings: [...findings, ...strangerFindings(strangers, name)] };
}

function identify(key: HrKey, finder: Finder): string | undefined {
  return (key.slackId && finder.find(key.slackId)) ?? (key.email && finder.find(key.email));
}

/** One finding for all: people without a Slack account are normal, but many of them mean a wrong column. */
function strangerFindings(strangers: readonly HrRow[], name: string): readonly Finding[] {
  if (strangers.length === 0) return [];
  const first = strangers.slice(0, 3).map((row) => row.place);
  const problem = `${strangers.length} people of this file are not in the workspace (${first.join(', ')}${strangers.length > 3 ? ', ...' : ''}).`;
  return [{ file: name, problem, mend: 'If they should be, compare the addresses with those in Slack.', fatal: false }];
}
