import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { eraseParts, findErasable } from '../../src/auditing/erase.ts';
import { type ExportFormat, exportAudit } from '../../src/auditing/export.ts';
import { auditEvents, auditId, auditParts } from '../../src/core/audit.ts';
import type { Store } from '../../src/core/ports.ts';
import { all, emptyStore, happen } from './world.ts';

let store: Store;
beforeEach(() => {
  store = emptyStore();
});

async function exported(choice: Parameters<typeof exportAudit>[1], format: ExportFormat = 'json'): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of exportAudit(store, choice, format)) pieces.push(piece);
  return pieces.join('');
}

async function placesOf(choice: Parameters<typeof exportAudit>[1]): Promise<readonly string[]> {
  const rows = JSON.parse(await exported(choice)) as readonly { readonly subject: string; readonly seq: number }[];
  return rows.map(({ subject, seq }) => auditId(subject, seq));
}

describe('an export', () => {
  beforeEach(async () => {
    await happen(store, '1', { at: 100, actor: 'U0ONE', kind: 'submitted', to: { by: 'U0ONE' } });
    await happen(store, '1', { at: 200, actor: 'U0TWO', kind: 'decided', from: { asked: ['U0ONE'] } });
    await happen(store, '10', { at: 300, actor: 'U0TWO', kind: 'decided', to: 'not U0ONE' });
    await happen(store, '10', { at: 400, actor: 'U0TWO', kind: 'assigned', to: { U0ONE: true } });
  });

  it.each<[string, object, readonly string[]]>([
    ['everything', {}, ['case/1/000001', 'case/1/000002', 'case/10/000001', 'case/10/000002']],
    ['a person, acting or named by key', { person: 'U0ONE' }, ['case/1/000001', 'case/1/000002', 'case/10/000002']],
    ['nobody of that key', { person: 'U0' }, []],
    ['a subject, not another that begins like it', { subject: 'case/1' }, ['case/1/000001', 'case/1/000002']],
    ['all of a kind', { subject: 'case' }, ['case/1/000001', 'case/1/000002', 'case/10/000001', 'case/10/000002']],
    ['what happened', { kind: 'decided' }, ['case/1/000002', 'case/10/000001']],
    ['from a moment on', { from: 300 }, ['case/10/000001', 'case/10/000002']],
    ['before a moment', { to: 200 }, ['case/1/000001']],
    [
      'all of it together',
      { subject: 'case/1', kind: 'decided', from: 0, to: 201, person: 'U0TWO' },
      ['case/1/000002'],
    ],
  ])('of %s', async (_, choice, expected) => {
    expect(await placesOf(choice)).toEqual(expected);
  });

  it('of nothing is an empty list, and a table with headings only', async () => {
    expect(JSON.parse(await exported({ kind: 'never' }))).toEqual([]);
    expect((await exported({ kind: 'never' }, 'csv')).trim().split('\r\n')).toHaveLength(1);
  });
});

describe('an exported event', () => {
  it('tells everything, and of what was erased that it was', async () => {
    const parts = { name: 'Test Person', comment: 'fine' };
    await happen(store, '1', { at: 0, actor: 'U0ONE', versions: { policy: '7' }, parts });
    const erasing = { person: 'U0NOBODY', names: ['Test Person'] };
    await eraseParts(store, erasing, await findErasable(store, erasing), { by: 'operator', now: 1 });
    const [event] = await all(store, auditEvents).then((events) => events.filter(({ kind }) => kind === 'decided'));

    const [row] = JSON.parse(await exported({ subject: 'case' }));

    expect(row).toEqual({
      ...{ subject: 'case/1', seq: 1, at: '1970-01-01T00:00:00.000Z', kind: 'decided', actor: 'U0ONE' },
      ...{ from: 'submitted', to: 'approved', versions: { policy: '7' }, hash: event?.hash },
      parts: { name: null, comment: 'fine' },
    });
  });

  it('comes out of a spreadsheet as it went in, whatever was written, and is no formula there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 4 }), async (texts) => {
        store = emptyStore();
        for (const text of texts) await happen(store, '1', { to: text, parts: { comment: text } });

        const rows = parse(await exported({}, 'csv'), { bom: true, columns: true }) as Record<string, string>[];
        const stored = await all(store, auditParts);

        expect(rows.map(({ parts }) => parts)).toEqual(stored.map(({ parts }) => `comment: ${parts.comment?.text}`));
        expect(rows.map(({ to }) => to?.replace(/^'(?=[=+\-@\t\r])/, ''))).toEqual(
          texts.map((text) => text.toWellFormed()),
        );
        for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });
});

describe('erasing', () => {
  const erased = { by: 'operator', now: 9 };

  it('takes what a person did, and of others what names them; not what merely looks alike', async () => {
    await happen(store, '1', { actor: 'U0ONE', parts: { name: 'Test Person', comment: 'all of it' } });
    await happen(store, '2', { actor: 'U0TWO', parts: { name: 'Other', comment: 'as <@U0ONE> says' } });
    await happen(store, '3', { actor: 'U0TWO', parts: { comment: 'asked U0ONE1', more: 'the license of Li' } });
    await happen(store, '4', { actor: 'U0TWO', parts: { comment: '由李雷批准', more: 'LI agreed' } });

    const found = await findErasable(store, { person: 'U0ONE', names: ['Li', '李雷'] });

    expect(found.map(({ parts, names }) => [parts.id, names])).toEqual([
      ['case/1/000001', ['name', 'comment']],
      ['case/2/000001', ['comment']],
      ['case/3/000001', ['more']],
      ['case/4/000001', ['comment', 'more']],
    ]);
  });

  it('is told in the trail: who, whose and what, in whose name', async () => {
    await happen(store, '1', { actor: 'U0ONE', parts: { name: 'Test Person' } });
    const erasing = { person: 'U0ONE', names: [] };

    const count = await eraseParts(store, erasing, await findErasable(store, erasing), {
      ...erased,
      name: 'the officer',
    });

    const told = (await all(store, auditEvents)).filter(({ subject }) => subject === 'audit/erasures');
    expect(count).toBe(1);
    expect(told).toMatchObject([
      { seq: 1, at: 9, kind: 'erased', actor: 'operator', to: { person: 'U0ONE', parts: ['case/1/000001 name'] } },
    ]);
    expect((await all(store, auditParts)).map(({ id, parts }) => [id, parts.name?.text])).toEqual([
      ['audit/erasures/000001', 'the officer'],
    ]);
  });

  it('of a thousand events is several commits, each with its own event', async () => {
    for (let n = 0; n < 1_000; n += 1) await happen(store, String(n), { actor: 'U0ONE', parts: { a: 'x', b: 'y' } });
    const erasing = { person: 'U0ONE', names: [] };

    const count = await eraseParts(store, erasing, await findErasable(store, erasing), erased);

    expect(count).toBe(2_000);
    expect(await all(store, auditParts)).toEqual([]);
    expect(await store.count(auditEvents, { key: 'audit/erasures' })).toBe(3);
  });
});
