import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { collections } from '../../src/app.ts';
import { put } from '../../src/core/ports.ts';
import { copies, notices } from '../../src/delivery/entry.ts';
import { personCollection } from '../../src/people/record.ts';
import { requests } from '../../src/requests/records.ts';
import { standings } from '../../src/requests/standing.ts';
import { initStore, openStore } from '../../src/storage/file-store.ts';
import { run } from './terminal.ts';

const head = 'external,kind,people,decision,decided,decider,evidence,projects,answer.project,answer.nature';
const request = 'OLD-1,contribute,U0ASKER,approved,2025-03-03,U0LEAD,Minutes 7,,apache/kafka,bug_fix';
const list = 'CLA-1,standing/ccla,U0ASKER,,2025-03-03,U0LEAD,Archive,apache/kafka,,';

let folder: string;
let stateDir: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ospo-requests-import-'));
  stateDir = join(folder, 'state');
  vi.stubEnv('STATE_DIR', stateDir);
  await initStore(stateDir);
  const store = await openStore(stateDir, { collections });
  const member = (name: string) => ({ slack: { name, zone: 'UTC', active: true, guest: false }, groups: [] });
  await store.commit(['U0ASKER', 'U0LEAD'].map((id) => put(personCollection, id, member(id), 0)));
  await store.close();
});
afterEach(async () => {
  process.exitCode = 0;
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

async function table(...lines: readonly string[]): Promise<string> {
  const path = join(folder, 'past.csv');
  await writeFile(path, `\uFEFF${[head, ...lines].join('\r\n')}\r\n`);
  return path;
}

async function stored() {
  const store = await openStore(stateDir, { collections, mode: 'read' });
  const messages: unknown[] = [];
  for await (const one of store.scan(copies)) messages.push(one);
  for await (const one of store.scan(notices)) messages.push(one);
  const all = { key: 'requester:U0ASKER', order: 'asc', limit: 10 } as const;
  return {
    requests: (await store.list(requests, all)).docs,
    standings: (await store.list(standings, { key: 'all', order: 'asc', limit: 10 })).docs,
    messages,
  };
}

describe('ospo requests import', () => {
  it('only says what it would take in, unless told to', async () => {
    const path = await table(request, list);

    const said = await run('requests', 'import', path);

    expect(said).toContain('To import: 1 request, 1 standing approval. Here already: no lines.');
    expect(said).toContain('Nothing was written.');
    expect((await stored()).requests).toEqual([]);
  });

  it('takes it in once, tells nobody, and leaves a whole audit trail', async () => {
    const path = await table(request, list);

    const first = await run('requests', 'import', path, '--commit', '--by', 'U0LEAD');
    const second = await run('requests', 'import', path, '--commit', '--by', 'U0LEAD');

    expect(first).toBe('Imported: 1 request, 1 standing approval. Here already: no lines.\n');
    expect(second).toBe('Imported: no requests, no standing approvals. Here already: 2 lines.\n');
    expect(await stored()).toMatchObject({
      requests: [{ number: 1, state: 'approved', imported: true }],
      standings: [{ number: 1, kind: 'ccla' }],
      messages: [],
    });
    expect(await run('audit', 'verify')).toBe('3 events in 2 chains: no problems.\n');
  });

  it('refuses a table with one mistake as a whole, and says where it is', async () => {
    const path = await table(request, list.replace('2025-03-03', 'spring'));

    const said = await run('requests', 'import', path, '--commit', '--by', 'U0LEAD');

    expect(said).toContain('Error: past.csv (line 3, decided): "spring" is no day. Write it like 2025-11-22.');
    expect(said).toContain('1 mistake; nothing was written.');
    expect(process.exitCode).toBe(1);
    expect((await stored()).requests).toEqual([]);
  });

  it.each([
    ['nobody records it', ['--commit'], 'Nothing says who records it.'],
    ['a stranger records it', ['--commit', '--by', 'U0NOBODY'], 'Nobody who works here has this id.'],
  ])('refuses when %s', async (_, words, problem) => {
    const path = await table(request);

    await expect(run('requests', 'import', path, ...words)).rejects.toThrow(problem);
  });

  it('checks beside a running bot, and says that it must be stopped to write', async () => {
    const path = await table(request);
    const bot = await openStore(stateDir, { collections });

    const checked = await run('requests', 'import', path);
    const writing = run('requests', 'import', path, '--commit', '--by', 'U0LEAD');

    expect(checked).toContain('To import: 1 request');
    await expect(writing).rejects.toThrow('Stop the bot, import, start it again.');
    await bot.close();
  });

  it.each([
    ['a file that is not there', undefined, 'This file cannot be read.'],
    ['a line with more cells than columns', `${request},more,cells`, 'This is not valid CSV'],
  ])('refuses %s', async (_, line, problem) => {
    const path = line === undefined ? join(folder, 'nowhere.csv') : await table(line);

    await expect(run('requests', 'import', path)).rejects.toThrow(problem);
  });
});
