import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Finding } from '../core/findings.ts';
import type { Organization } from '../core/organization.ts';
import type { Log, People, Person, PersonId, Store } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import { type Derived, derivePeople } from './derive.ts';
import { type HrFile, parseHrFile } from './hr-file.ts';
import { keepLeaversMs, type PersonRecord, type Records } from './record.ts';
import { createRecordBook } from './record-book.ts';
import type { SlackChange, SlackDirectory } from './slack-directory.ts';
import { createSnapshot } from './snapshot.ts';
import { changeGroup, changeUser, withHrFile, withoutHrFile, withWorkspace } from './sources.ts';

/** The people, kept current. Answers come from memory; nothing on the way to an answer calls anybody. */
export interface Directory extends People {
  /** What is wrong in the sources, as of the last reading. */
  findings(): readonly Finding[];
  /**
   * Reads Slack and the HR file anew: at start and every night. A source that cannot be read, or that loses more than a
   * tenth of the people, keeps its last state, and a finding says so.
   * @param options.acceptLoss true: the operator has looked, so many people really left
   * @throws when the store does not take the change; then nothing has changed
   */
  refresh(options?: { readonly acceptLoss?: boolean }): Promise<void>;
  /** Takes one change from an event, after everything that is under way. @throws as `refresh` */
  apply(change: SlackChange): Promise<void>;
  /** Derives people and roles anew from what is known: after a change of the organization's file. */
  derive(): Promise<void>;
}

export interface DirectoryOptions {
  readonly store: Store;
  readonly slack: SlackDirectory;
  /** The organization's file as it is now. */
  readonly organization: () => Organization;
  readonly clock: Clock;
  readonly log: Log;
  /** Path of the HR file; the name ends in .json or it is CSV. */
  readonly peopleFile?: string;
}

/** Opens the directory on what the store knows, before Slack has said a word. Call `refresh` then. */
export async function createDirectory(options: DirectoryOptions): Promise<Directory> {
  const { store, slack, organization, clock, log, peopleFile } = options;
  const fileName = peopleFile === undefined ? 'people file' : basename(peopleFile);
  const book = await createRecordBook(store);
  // Rows of people who are not in Slack yet; they join any day.
  let lastFile: HrFile | undefined;
  let sourceFindings: readonly Finding[] = [];
  let derived = deriveFrom(book.records());
  let snapshot = createSnapshot(derived.people);
  let queue: Promise<unknown> = Promise.resolve();

  function deriveFrom(records: Records): Derived {
    return derivePeople(records, organization(), clock.now(), fileName);
  }

  /** Stores what changed, and only then lets everybody see it. */
  async function accept(heard: Records): Promise<void> {
    const records = withoutLongGone(heard, clock.now());
    const next = deriveFrom(records);
    const active = new Set<string>(next.people.filter((person) => person.active).map((person) => person.id));
    const noted = withMoments(records, book.records(), active, clock.now());
    await book.save(noted);
    derived = { ...next, people: next.people.map((person) => withArrival(person, noted)) };
    snapshot = createSnapshot(derived.people);
  }

  /** One change at a time: an event that arrives during a reading is newer than what is being read. */
  function inTurn(run: () => Promise<void>): Promise<void> {
    const result = queue.then(run);
    queue = result.catch(() => undefined);
    return result;
  }

  async function readEverything(acceptLoss: boolean): Promise<void> {
    const isActive = (id: string) => snapshot.get(id as PersonId)?.active ?? false;
    const guard = { acceptLoss, isActive };
    const workspace = await withWorkspace(book.records(), slack, guard);
    if (workspace.error !== undefined) log.warn({ error: workspace.error }, 'people: Slack could not be read');
    const file = peopleFile === undefined ? undefined : await readHrFile(peopleFile, fileName);
    const complete = file ? withHrFile(workspace.records, file, fileName, guard) : withoutHrFile(workspace.records);
    await accept(complete.records);
    if (file !== undefined && complete.isAccepted) lastFile = file;
    sourceFindings = [...workspace.findings, ...complete.findings];
    log.info(
      { people: book.records().size, findings: sourceFindings.length + derived.findings.length },
      'people: read',
    );
  }

  return {
    get: (id) => snapshot.get(id),
    withRole: (role) => snapshot.withRole(role),
    all: () => snapshot.all(),
    findings: () => [...sourceFindings, ...derived.findings],
    refresh: ({ acceptLoss = false } = {}) => inTurn(() => readEverything(acceptLoss)),
    apply: (change) =>
      inTurn(async () => {
        const before = book.records();
        const after =
          change.kind === 'user_changed'
            ? changeUser(before, change.user, lastFile)
            : changeGroup(before, change.group);
        // Slack also tells of every status line and picture; most events change nothing here.
        if (after !== before) await accept(after);
      }),
    derive: () => inTurn(() => accept(book.records())),
  };
}

/** Never throws: a file that cannot be read says so. @param name how findings call it */
export async function readHrFile(path: string, name: string): Promise<HrFile> {
  try {
    return parseHrFile(await readFile(path), name);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    const mend = 'Check PEOPLE_FILE and who may read it. Until then the data of the last file is used.';
    return { unusable: [{ file: name, problem: `The file cannot be read (${code}).`, mend, fatal: true }] };
  }
}

/** The person with the moment of their arrival, which is noted once it is known who is here. */
function withArrival(person: Person, noted: Records): Person {
  const since = noted.get(person.id)?.hereSince;
  return since === person.since || since === undefined ? person : { ...person, since };
}

/** Whoever Slack has said for so long to have left is not kept: what they did in the last year is as old by then. */
function withoutLongGone(records: Records, now: number): Records {
  return new Map(
    [...records].filter(([, { slack, goneSince = now }]) => slack.active || now - goneSince < keepLeaversMs),
  );
}

/**
 * Notes when somebody was first seen here, and when to have left; the latter is forgotten when they are back. It asks what was
 * stored, not what was heard, so that nobody who came or left while the bot was down is missed.
 */
function withMoments(records: Records, before: Records, active: ReadonlySet<string>, now: number): Records {
  const isNew = (id: string) => active.has(id) && (!before.has(id) || before.get(id)?.goneSince !== undefined);
  const news = [...records.keys()].filter(isNew).length;
  // Where more people are new than were known, it is the bot that is new.
  const isFirst = news > before.size;
  return new Map(
    [...records].map(([id, record]): readonly [string, PersonRecord] => {
      const { goneSince, ...here } = record;
      if (!active.has(id)) return [id, goneSince === undefined ? { ...here, goneSince: now } : record];
      if (isNew(id) && !isFirst && here.hereSince === undefined) return [id, { ...here, hereSince: now }];
      return [id, goneSince === undefined ? record : here];
    }),
  );
}
