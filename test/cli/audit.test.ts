import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Adoption, adoptionCollections, adoptionSubject, adoptions } from '../../src/adoption/adoption.ts';
import { auditOwn } from '../../src/auditing/own.ts';
import { type AuditHead, appendAudit, auditEvents, auditId } from '../../src/core/audit.ts';
import { OperatorError } from '../../src/core/errors.ts';
import { put, remove, type Store } from '../../src/core/ports.ts';
import { initStore, openStore } from '../../src/storage/file-store.ts';
import { auditFolder } from '../auditing/world.ts';
import { run, runProcess } from './terminal.ts';

let folder: Awaited<ReturnType<typeof auditFolder>>;
let stateDir: string;
let store: Store;
beforeEach(async () => {
  folder = await auditFolder();
  stateDir = join(folder.dir, 'state');
  await initStore(stateDir);
  // As the bot holds it: nobody else may write.
  store = await openStore(stateDir, { collections: [...adoptionCollections, auditOwn] });
  vi.stubEnv('STATE_DIR', stateDir);
  vi.stubEnv('AUDIT_DIR', folder.dir);
  vi.stubEnv('AUDIT_KEY_FILE', folder.keyFile);
});
afterEach(async () => {
  await store.close();
  process.exitCode = 0;
  vi.unstubAllEnvs();
  await rm(folder.dir, { recursive: true, force: true });
});

async function adopt(topic: string, by: string, name?: string): Promise<AuditHead> {
  const before = await store.get(adoptions, topic);
  const at = Date.UTC(2026, 10, 22);
  const entry = { at, kind: 'adopted', actor: by, from: null, to: { en: '0'.repeat(64) } };
  const { ops, head } = appendAudit(adoptionSubject(topic), before?.head, {
    ...entry,
    ...(name ? { parts: { name } } : {}),
  });
  const value: Adoption = { editions: {}, at, by, head };
  await store.commit([put(adoptions, topic, value, before?.version ?? 0), ...ops]);
  return head;
}

describe('beside a running bot', () => {
  it('verify finds nothing in what the bot wrote', async () => {
    await adopt('cla', 'U0LEAD');
    await adopt('cla', 'U0LEAD');
    await adopt('dco', 'operator', 'the office');

    const printed = await run('audit', 'verify');

    expect(printed).toBe('3 events in 2 chains: no problems.\n');
    expect(process.exitCode ?? 0).toBe(0);
  });

  it('verify names subject, event and problem, and ends with an error', async () => {
    await adopt('cla', 'U0LEAD');
    await adopt('cla', 'U0LEAD');
    const doc = await store.get(auditEvents, auditId(adoptionSubject('cla'), 2));
    if (doc) await store.commit([put(auditEvents, doc.id, { ...doc, actor: 'U0OTHER' }, doc.version)]);

    const printed = await run('audit', 'verify');

    expect(printed).toContain('adoption/cla, event 2: was changed after it was written\n');
    expect(printed).toContain('2 events in 1 chain: 1 problem.');
    expect(process.exitCode).toBe(1);
  });

  it('heads are listed, and what is taken away with all its traces is found against the list', async () => {
    await adopt('cla', 'U0LEAD');
    await adopt('dco', 'U0LEAD');
    const listed = await run('audit', 'heads');
    const [adoption, event] = [
      await store.get(adoptions, 'cla'),
      await store.get(auditEvents, auditId(adoptionSubject('cla'), 1)),
    ];
    if (adoption && event) await store.commit([remove(adoptions, adoption), remove(auditEvents, event)]);

    const without = await run('audit', 'verify');
    const against = await run('audit', 'verify', '--against');
    const file = /heads-\S+\.jsonl/.exec(listed)?.[0] ?? '';
    vi.stubEnv('AUDIT_DIR', '');
    vi.stubEnv('AUDIT_KEY_FILE', '');
    const auditor = await run('audit', 'verify', '--against', join(folder.dir, file), '--key', folder.publicFile);

    expect(listed).toMatch(/^Listed 2 chains in heads-/);
    expect(without).toContain('no problems');
    expect(against).toContain('adoption/cla: was listed and is gone, with all its events');
    expect(against).toContain(`held against ${file} with 2 chains: 1 problem.`);
    expect(auditor).toBe(against);
    expect(process.exitCode).toBe(1);
  });

  it('heads that contradict an earlier list are told', async () => {
    await adopt('cla', 'U0LEAD');
    await run('audit', 'heads');
    const event = await store.get(auditEvents, auditId(adoptionSubject('cla'), 1));
    if (event) await store.commit([remove(auditEvents, event)]);

    const printed = await run('audit', 'heads');

    expect(printed).toContain('adoption/cla: is not what an earlier list says');
    expect(process.exitCode).toBe(1);
  });

  it('export prints the chosen events', async () => {
    await adopt('cla', 'U0LEAD', 'the office');
    await adopt('dco', 'operator');

    const json = await run('audit', 'export', '--person', 'U0LEAD', '--format', 'json');
    const csv = await run('audit', 'export', '--from', '2026-11-22', '--to', '2026-11-23');
    const none = await run('audit', 'export', '--to', '2026-11-22T00:00:00Z', '--format', 'json');

    expect(JSON.parse(json)).toMatchObject([{ subject: 'adoption/cla', parts: { name: 'the office' } }]);
    expect(csv.trim().split('\r\n')).toHaveLength(3);
    expect(JSON.parse(none)).toEqual([]);
  });

  it('erase says what would go, and that the bot must be stopped for it to go', async () => {
    await adopt('cla', 'U0LEAD', 'the office');

    const dry = await run('audit', 'erase', '--person', 'U0LEAD', '--dry-run');
    const ended = await runProcess(['audit', 'erase', '--person', 'U0LEAD'], '', { STATE_DIR: stateDir });

    expect(dry).toBe('adoption/cla/000001: name\n1 part of 1 event; nothing was erased.\n');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('Stop the bot, erase, start it again.');
  });
});

describe('with the bot stopped', () => {
  it('erase takes the words, leaves the chain, and is told', async () => {
    await adopt('cla', 'U0LEAD', 'Test Person');
    await store.close();

    const printed = await run('audit', 'erase', '--person', 'U0NOBODY', '--name', 'Test Person', '--as', 'the officer');
    const again = await run('audit', 'erase', '--person', 'U0NOBODY', '--name', 'Test Person');
    const verified = await run('audit', 'verify');
    const trail = await run('audit', 'export', '--format', 'json');

    expect(printed).toContain('Erased 1 part of 1 event.');
    expect(again).toBe('no parts of no events; nothing was erased.\n');
    expect(verified).toBe('2 events in 2 chains: no problems.\n');
    expect(trail).not.toContain('Test Person');
    expect(JSON.parse(trail)).toMatchObject([
      { subject: 'adoption/cla', parts: { name: null } },
      { subject: 'audit/erasures', kind: 'erased', actor: 'operator', parts: { name: 'the officer' } },
    ]);
  });
});

describe('mistakes', () => {
  it.each<[string, readonly string[], Readonly<Record<string, string>>, string]>([
    ['heads without a folder', ['heads'], { AUDIT_DIR: '', AUDIT_KEY_FILE: '' }, 'AUDIT_DIR'],
    ['a list without a key', ['verify', '--against', 'x'], { AUDIT_DIR: '', AUDIT_KEY_FILE: '' }, '--key'],
    ['a list that is not there', ['verify', '--against', 'x'], {}, 'x'],
    ['no list yet', ['verify', '--against'], {}, '--against'],
    ['no date', ['export', '--from', 'yesterday'], {}, 'yesterday'],
    ['one letter to erase', ['erase', '--person', 'U0LEAD', '--name', 'a'], {}, '"a"'],
  ])('%s', async (_, words, env, where) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);

    const error = await run('audit', ...words).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(OperatorError);
    expect((error as OperatorError).mistakes.map((mistake) => mistake.where)).toContain(where);
  });
});
