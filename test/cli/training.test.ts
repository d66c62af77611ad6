import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { collections } from '../../src/app.ts';
import { put } from '../../src/core/ports.ts';
import { personCollection } from '../../src/people/record.ts';
import { initStore, openStore } from '../../src/storage/file-store.ts';
import { run } from './terminal.ts';

let stateDir: string;
beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'ospo-training-cli-'));
  await initStore(stateDir);
  const store = await openStore(stateDir, { collections });
  const slack = { name: 'Learner', email: 'learner@example.com', active: true, guest: false };
  await store.commit([put(personCollection, 'U0LEARNER', { slack, groups: [] }, 0)]);
  await store.close();
  vi.stubEnv('STATE_DIR', stateDir);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(stateDir, { recursive: true, force: true });
});

async function table(text: string): Promise<string> {
  const path = join(stateDir, 'done.csv');
  await writeFile(path, text);
  return path;
}

describe('ospo training', () => {
  it('lists the tracks, and finds no mistake in those that ship', async () => {
    expect(await run('training', 'list')).toContain(
      'compliance  compliance  Licenses and copyright  2 modules, 24 min  starter',
    );
    expect(await run('training', 'lint')).toBe('9 tracks, no findings.\n');
  });

  it('checks a table, takes it in, and exports it as evidence', async () => {
    const good = await table('person,track,completed,until\nlearner@example.com,basics,2026-05-04,2099-01-01\n');

    const checked = await run('training', 'import', good);
    const empty = await run('training', 'export');
    const taken = await run('training', 'import', good, '--commit', '--by', 'U0LEARNER');
    const exported = await run('training', 'export');

    expect(checked).toContain('To import: 1 completion. Here already: no lines.\nNothing was written.');
    expect(empty.split('\r\n')).toHaveLength(2);
    expect(taken).toBe('Imported: 1 completion. Here already: no lines.\n');
    expect(exported).toContain('U0LEARNER,basics,2026-05-04,2099-01-01,import');
  });

  it('names every mistake with its line and column, and writes nothing', async () => {
    const before = process.exitCode;
    const bad = await table(
      'person,track,completed\nnobody@example.com,basics,2026-05-04\nlearner@example.com,none,soon\n',
    );

    const said = await run('training', 'import', bad);

    expect(said).toContain('done.csv (line 2, person): nobody@example.com is not in the workspace.');
    expect(said).toContain('done.csv (line 3, track): There is no track none.');
    expect(said).toContain('done.csv (line 3, completed): This is no date.');
    expect(said).toContain('3 mistakes; nothing was written.');
    expect(process.exitCode).toBe(1);
    process.exitCode = before;
  });
});
