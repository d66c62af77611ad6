import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Organization } from '../../src/core/organization.ts';
import type { Log, PersonId, Store } from '../../src/core/ports.ts';
import { type MovableClock, movableClock } from '../../src/core/time.ts';
import { createDirectory, type Directory } from '../../src/people/directory.ts';
import { personCollection } from '../../src/people/record.ts';
import type { SlackDirectory, SlackGroup, SlackUser } from '../../src/people/slack-directory.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

export function user(id: string, changes: Partial<SlackUser> = {}): SlackUser {
  return {
    id,
    name: `Name of ${id}`,
    email: `${id.toLowerCase()}@example.com`,
    locale: 'en-US',
    zone: 'Europe/Berlin',
    active: true,
    guest: false,
    bot: false,
    ...changes,
  };
}

/** A workspace whose members and groups a test may change between readings. */
export interface Workspace extends SlackDirectory {
  members: SlackUser[];
  userGroups: SlackGroup[];
  /** What the next reading fails with, after it has given half of the members. */
  failure: Error | undefined;
}

export function workspace(members: readonly SlackUser[], userGroups: readonly SlackGroup[] = []): Workspace {
  return {
    members: [...members],
    userGroups: [...userGroups],
    failure: undefined,
    async *users() {
      for (const [index, member] of this.members.entries()) {
        if (this.failure && index * 2 >= this.members.length) throw this.failure;
        yield member;
      }
    },
    async *groups() {
      yield* this.userGroups;
    },
  };
}

export function organizationWith(changes: object = {}): Organization {
  return Organization.parse({
    name: 'Example',
    ospo: { name: { en: 'Open Source Office', 'zh-CN': '开源办公室' } },
    offices: [
      { id: 'berlin', name: { en: 'Berlin', 'zh-CN': '柏林' }, zone: 'Europe/Berlin' },
      { id: 'shanghai', name: { en: 'Shanghai', 'zh-CN': '上海' }, zone: 'Asia/Shanghai' },
    ],
    units: [{ id: 'payments', name: { en: 'Payments', 'zh-CN': '支付' } }],
    entities: [{ id: 'de', name: { en: 'GmbH', 'zh-CN': '德国' } }],
    ...changes,
  });
}

export interface Opened {
  readonly directory: Directory;
  readonly store: Store;
  readonly clock: MovableClock;
  /** Replaces the text of the HR file. */
  writeFile(text: string | Uint8Array): Promise<void>;
  get(id: string): ReturnType<Directory['get']>;
  lines(): readonly string[];
}

/** A directory over a workspace, and over an HR file when a text is given. */
export async function open(
  slack: SlackDirectory,
  options: {
    readonly organization?: () => Organization;
    readonly file?: string;
    readonly name?: string;
    readonly store?: Store;
  } = {},
): Promise<Opened> {
  const store = options.store ?? createMemoryStore([personCollection]);
  const clock = movableClock(Date.UTC(2026, 10, 22, 12));
  const organization = options.organization ?? (() => organizationWith());
  const dir = await mkdtemp(join(tmpdir(), 'people-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const peopleFile = join(dir, options.name ?? 'people.csv');
  if (options.file !== undefined) await writeFile(peopleFile, options.file);
  const directory = await createDirectory({
    store,
    slack,
    organization,
    clock,
    log: silent,
    ...(options.file !== undefined && { peopleFile }),
  });
  return {
    directory,
    store,
    clock,
    writeFile: (text) => writeFile(peopleFile, text),
    get: (id) => directory.get(id as PersonId),
    lines: () => directory.findings().map(({ field, problem }) => (field ? `${field}: ${problem}` : problem)),
  };
}
