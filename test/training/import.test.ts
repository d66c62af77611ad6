import { describe, expect, it } from 'vitest';
import { auditEvents, auditParts } from '../../src/core/audit.ts';
import type { People, PersonId } from '../../src/core/ports.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { exportLines } from '../../src/training/export.ts';
import {
  checkColumns,
  commitImport,
  type ImportLine,
  type ImportWorld,
  planImport,
} from '../../src/training/import.ts';
import { learners } from '../../src/training/learner.ts';
import { bo, day, lea, mei, openSchool } from './school.ts';
import { editionOf, now, personOf } from './tracks.ts';

const staff = [personOf({ id: mei, email: 'Mei@example.com' }), personOf({ id: bo })];
const people: People = {
  get: (id) => staff.find((one) => one.id === id),
  withRole: () => [],
  all: () => staff,
};
const world: ImportWorld = { file: 'done.csv', editions: [editionOf()], people, now };
const newStore = () => createMemoryStore([learners, auditEvents, auditParts]);
const line = (cells: ImportLine['cells'], number = 2): ImportLine => ({ place: `line ${number}`, cells });
const good = {
  person: 'mei@example.com',
  track: 'licenses',
  completed: '2026-05-04',
  evidence: 'https://lms.example.com/1',
};

describe('a table of completions', () => {
  it('is taken in, once', async () => {
    const store = newStore();
    const lines = [
      line(good),
      line({ person: bo, track: 'licenses', completed: '2026-06-01', until: '2026-12-31' }, 3),
    ];

    const { rows } = await planImport(store, lines, world);
    await commitImport(store, rows, world, lea);
    const again = await planImport(store, lines, world);

    expect((await store.get(learners, mei))?.tracks.licenses?.completed).toMatchObject({
      on: '2026-05-04',
      until: '2027-05-04',
      how: 'import',
      by: lea,
      evidence: 'https://lms.example.com/1',
    });
    expect((await store.get(learners, bo))?.tracks.licenses?.completed?.until).toBe('2026-12-31');
    expect(again).toMatchObject({ rows: [], known: 2, findings: [] });
  });

  it.each<readonly [string, ImportLine['cells'], string, string]>([
    ['nobody', { ...good, person: 'x@example.com' }, 'line 2, person', 'x@example.com is not in the workspace.'],
    ['no such track', { ...good, track: 'other' }, 'line 2, track', 'There is no track other.'],
    ['no date', { ...good, completed: '4.5.2026' }, 'line 2, completed', 'This is no date.'],
    ['a day to come', { ...good, completed: '2026-12-01' }, 'line 2, completed', 'This day has not come yet.'],
    ['what has run out', { ...good, completed: '2020-01-01' }, 'line 2, until', 'It has run out already.'],
    ['an end that is none', { ...good, until: 'soon' }, 'line 2, until', 'This is no date.'],
    ['evidence that is none', { ...good, evidence: 'file.pdf' }, 'line 2, evidence', 'This is no address.'],
  ])('is refused as a whole for %s', async (_, cells, field, problem) => {
    const plan = await planImport(newStore(), [line(cells), line({ ...good, person: bo }, 3)], world);

    expect(plan.rows).toEqual([]);
    expect(plan.findings).toEqual([expect.objectContaining({ file: 'done.csv', field, problem, fatal: true })]);
  });

  it('names a person and track that stand there twice', async () => {
    const plan = await planImport(newStore(), [line(good), line({ ...good, person: mei }, 5)], world);

    expect(plan.findings).toMatchObject([
      { field: 'line 5, person', problem: 'line 2 is about the same person and track.' },
    ]);
  });

  it('says which columns are missing or strange', () => {
    expect(checkColumns(['person', 'track', 'grade'], 'done.csv').map(({ problem }) => problem)).toEqual([
      'The column "grade" is not known.',
      'The column "completed" is missing.',
    ]);
  });

  it('leads to a reminder when what came in runs out', async () => {
    const at = await openSchool([editionOf({ for: [{}], mandatory: true })]);
    await commitImport(
      at.store,
      [
        {
          person: mei as PersonId,
          edition: editionOf(),
          move: { kind: 'import', on: '2026-11-20', until: '2026-12-25' },
        },
      ],
      world,
      lea,
    );

    await at.teaches([editionOf({ for: [{}], mandatory: true })]);
    await at.wait(4 * day);

    expect(at.to(mei)).toEqual([expect.stringContaining('Licenses')]);
  });
});

describe('the table for an auditor', () => {
  it('holds what counts and what counted before', () => {
    const completed = {
      on: '2026-05-04',
      at: now,
      until: '2027-05-03',
      how: 'modules' as const,
      edition: 'hash',
      modules: {
        first: { at: now, how: 'quiz' as const, edition: 'hash', score: { right: 4, of: 5 } },
        second: { at: now, how: 'evidence' as const, edition: 'hash', evidence: 'https://example.com/1' },
      },
    };
    const imported = {
      on: '2025-01-01',
      at: now,
      how: 'import' as const,
      edition: 'old',
      modules: {},
      by: lea,
      track: 'licenses',
    };

    const lines = exportLines(mei, { tracks: { licenses: { done: {}, round: 1, completed } }, past: [imported] });

    expect(lines.map((one) => one.trimEnd())).toEqual([
      `${mei},licenses,2026-05-04,2027-05-03,modules,first: quiz 4/5; second: evidence,https://example.com/1,,hash,now`,
      `${mei},licenses,2025-01-01,,import,,,${lea},old,before`,
    ]);
  });
});
