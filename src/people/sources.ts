import { isDeepStrictEqual } from 'node:util';
import type { Finding } from '../core/findings.ts';
import type { HrFile } from './hr-file.ts';
import { matchRows } from './match.ts';
import type { HrFacts, PersonRecord, Records } from './record.ts';
import type { SlackDirectory, SlackGroup, SlackUser } from './slack-directory.ts';

/** What a reading of a source comes to. */
export interface Reading {
  readonly records: Records;
  readonly findings: readonly Finding[];
  /** False: the source kept its last state. */
  readonly isAccepted: boolean;
  readonly error?: unknown;
}

/** Protects against a source that is only half there. */
export interface Guard {
  readonly acceptLoss: boolean;
  readonly isActive: (id: string) => boolean;
}

/**
 * The records after a whole reading of the workspace. Who is gone from it counts as deactivated. Accounts that were
 * deactivated before the bot ever met them are not taken in: nothing refers to them.
 */
export async function withWorkspace(before: Records, slack: SlackDirectory, guard: Guard): Promise<Reading> {
  const users = new Map<string, SlackUser>();
  const groupsOf = new Map<string, string[]>();
  try {
    for await (const user of slack.users()) if (!user.bot) users.set(user.id, user);
    for await (const group of slack.groups()) {
      for (const member of new Set(group.members))
        groupsOf.set(member, [...(groupsOf.get(member) ?? []), group.handle]);
    }
  } catch (error) {
    const problem = 'The workspace could not be read.';
    return refused(
      before,
      'Slack',
      problem,
      'It is tried again with the next reading; doctor says what is missing.',
      error,
    );
  }

  const expected = [...before].flatMap(([id, { slack: known }]) => (known.active && guard.isActive(id) ? [id] : []));
  const lost = expected.filter((id) => !users.has(id));
  if (isTooMany(lost.length, expected.length) && !guard.acceptLoss) {
    return refused(before, 'Slack', lossProblem(lost.length, expected.length, 'workspace'), lossMend);
  }
  const records = new Map<string, PersonRecord>();
  for (const [id, record] of before) {
    if (!users.has(id)) records.set(id, { ...record, slack: { ...record.slack, active: false }, groups: [] });
  }
  for (const [id, user] of users) {
    const known = before.get(id);
    if (!user.active && !known) continue;
    records.set(id, recordOf(user, (groupsOf.get(id) ?? []).toSorted(), known));
  }
  return { records, findings: [], isAccepted: true };
}

/** The records with the facts of a new HR file. Who has left keeps theirs: their manager takes over. */
export function withHrFile(before: Records, file: HrFile, name: string, guard: Guard): Reading {
  if ('unusable' in file) return { records: before, findings: file.unusable, isAccepted: false };
  const { facts, findings } = matchRows(file, before, name);
  const expected = [...before].flatMap(([id, { hr, slack }]) =>
    hr !== undefined && slack.active && guard.isActive(id) ? [id] : [],
  );
  const lost = expected.filter((id) => !facts.has(id));
  if (isTooMany(lost.length, expected.length) && !guard.acceptLoss) {
    const refusal = refused(before, name, lossProblem(lost.length, expected.length, 'file'), lossMend);
    return { ...refusal, findings: [...refusal.findings, ...file.findings] };
  }
  const records = new Map(
    [...before].map(([id, record]) => {
      const own = facts.get(id) ?? (record.slack.active ? undefined : record.hr);
      return [id, withHr(record, own)] as const;
    }),
  );
  return { records, findings: [...file.findings, ...findings], isAccepted: true };
}

/** Without an HR file configured, nothing of an earlier one stays. */
export function withoutHrFile(before: Records): Reading {
  const records = new Map([...before].map(([id, record]) => [id, withHr(record, undefined)] as const));
  return { records, findings: [], isAccepted: true };
}

/**
 * The records after a change of one account; the same object when nothing that matters here changed.
 * @param file the last good HR file: whoever joins may have been waiting in it
 */
export function changeUser(before: Records, user: SlackUser, file: HrFile | undefined): Records {
  const known = before.get(user.id);
  if (user.bot || (!user.active && !known)) return before;
  const record = recordOf(user, known?.groups ?? [], known);
  if (known && isDeepStrictEqual(known.slack, record.slack)) return before;
  const records = new Map(before).set(user.id, record);
  if (known !== undefined || file === undefined || 'unusable' in file) return records;
  const facts = matchRows(file, records, '').facts.get(user.id);
  return facts === undefined ? records : records.set(user.id, withHr(record, facts));
}

/** The records after a change of one user group; the same object when nobody came or went. */
export function changeGroup(before: Records, group: SlackGroup): Records {
  const members = new Set(group.members);
  const changed = [...before].filter(([id, record]) => record.groups.includes(group.handle) !== members.has(id));
  if (changed.length === 0) return before;
  const records = new Map(before);
  for (const [id, record] of changed) {
    const others = record.groups.filter((handle) => handle !== group.handle);
    records.set(id, { ...record, groups: members.has(id) ? [...others, group.handle].toSorted() : others });
  }
  return records;
}

function recordOf(user: SlackUser, groups: readonly string[], known: PersonRecord | undefined): PersonRecord {
  const { name, email, locale, zone, active, guest } = user;
  return {
    slack: {
      name,
      active,
      guest,
      ...(email !== undefined && { email }),
      ...(locale !== undefined && { locale }),
      ...(zone !== undefined && { zone }),
    },
    groups: [...groups],
    ...(known?.hr !== undefined && { hr: known.hr }),
    ...(known?.goneSince !== undefined && { goneSince: known.goneSince }),
    ...(known?.hereSince !== undefined && { hereSince: known.hereSince }),
  };
}

function withHr({ hr: _, ...record }: PersonRecord, facts: HrFacts | undefined): PersonRecord {
  return facts === undefined ? record : { ...record, hr: facts };
}

// One leaver is never too many, however small the organization.
function isTooMany(lost: number, expected: number): boolean {
  return lost > 1 && lost * 10 > expected;
}

function lossProblem(lost: number, expected: number, source: string): string {
  return `${lost} of ${expected} people are missing from the ${source}: more than a tenth.`;
}

const lossMend =
  'Check that it is complete. If they really left, load it once more and confirm the loss. Until then the last state is used.';

function refused(records: Records, file: string, problem: string, mend: string, error?: unknown): Reading {
  return {
    records,
    findings: [{ file, problem, mend, fatal: true }],
    isAccepted: false,
    ...(error !== undefined && { error }),
  };
}
