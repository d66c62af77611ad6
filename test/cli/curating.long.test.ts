import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { adoptionCollections, adoptionSubject, adoptions } from '../../src/adoption/adoption.ts';
import { auditEvents, verifyChain } from '../../src/core/audit.ts';
import { openStore } from '../../src/storage/file-store.ts';
import { folderWith, writeFileAt } from '../content/folder.ts';

const program = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

interface Ran {
  readonly code: number | null;
  readonly said: string;
}

/** The command line as a curator uses it: a process of its own, with an own folder and an own store. */
async function terminal() {
  const contentDir = await folderWith({});
  const stateDir = await folderWith({});
  const env = { ...process.env, CONTENT_DIR: contentDir, STATE_DIR: stateDir };
  const ospo = (...args: readonly string[]) =>
    new Promise<Ran>((resolve, reject) => {
      const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], { env });
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, said }));
    });
  return { ospo, contentDir, stateDir };
}

it('adopts before the bot ever ran, shows it beside a running bot, and leaves a chain that verifies', async () => {
  const { ospo, stateDir } = await terminal();
  const withoutStore = await ospo('adopt', 'dco');
  await ospo('init');

  const adopted = await ospo('adopt', 'dco', '--as', 'Head of the OSPO');
  const store = await openStore(stateDir, { collections: adoptionCollections });
  onTestFinished(() => store.close());
  const [list, answer, refused] = [
    await ospo('adopt', '--list'),
    await ospo('ask', 'what is the DCO and how do I sign off a commit'),
    await ospo('adopt', 'all'),
  ];

  expect(withoutStore).toMatchObject({ code: 1, said: expect.stringContaining('npm run ospo -- init') });
  expect(adopted).toMatchObject({ code: 0, said: expect.stringContaining('dco') });
  expect(list.said).toMatch(/adopted +contributing\/dco {2}\d{4}-\d\d-\d\d by operator/);
  expect(answer.said).not.toContain('Starter text');
  expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('/ospo adopt') });
  const { docs } = await store.list(auditEvents, { key: adoptionSubject('dco'), order: 'asc', limit: 10 });
  const adoption = await store.get(adoptions, 'dco');
  expect(docs).toHaveLength(1);
  expect(verifyChain(adoptionSubject('dco'), docs, adoption?.head)).toEqual([]);
});

it('shows an adopted text again by the version on its answer', async () => {
  const { ospo } = await terminal();
  await ospo('init');
  await ospo('adopt', 'dco');

  const answer = await ospo('ask', 'what is the DCO and how do I sign off a commit');
  const version = /dco ([0-9a-f]{8})/.exec(answer.said)?.[1] ?? 'none';
  const [text, versions, nothing] = [
    await ospo('kb', 'show', version),
    await ospo('kb', 'show', 'dco'),
    await ospo('kb', 'show', '00000000'),
  ];

  expect(text.said).toContain('id: dco');
  expect(versions.said).toContain(version);
  expect(nothing).toMatchObject({ code: 1, said: expect.stringContaining('Nothing of that name or version is kept') });
});

it('checks: errors end with 1, what an upgrade changed under an own file is a note', async () => {
  const { ospo, contentDir } = await terminal();
  const own = await ospo('kb', 'lint');
  await writeFileAt(contentDir, 'knowledge/using/permissive.zh-CN.md', chinese);
  const overridden = await ospo('kb', 'lint');
  await writeFileAt(contentDir, 'knowledge/using/permissive.en.md', 'no front matter');

  const broken = await ospo('kb', 'lint');

  expect(own).toMatchObject({ code: 0, said: expect.stringContaining('0 errors') });
  expect(overridden).toMatchObject({ code: 0, said: expect.stringContaining('has changed since 00000000') });
  expect(broken).toMatchObject({ code: 1, said: expect.stringContaining('The file has no front matter') });
});

const chinese = `---
id: permissive
title: 使用宽松许可证的组件
reviewed: 2026-11-22
replaces: "00000000"
aliases: [可以用 MIT 的组件吗]
scope: 我们交付的产品
---
**可以用。**

保留许可证。
`;
