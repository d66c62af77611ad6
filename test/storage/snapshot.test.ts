import { expect, it } from 'vitest';
import { snapshotLines } from '../../src/storage/snapshot.ts';
import { applyWrite, createTable } from '../../src/storage/tables.ts';

const stored = { version: 1, shape: 1, json: '{}', index: [], due: null };

it('has every document that stands all the while, and ends although writers go on', () => {
  const table = createTable('note', undefined);
  for (const id of ['a', 'b', 'c', 'd']) applyWrite({ table, id, stored });
  const lines: string[] = [];

  for (const line of snapshotLines(new Map([['note', table]]))) {
    lines.push(line);
    applyWrite({ table, id: `late-${lines.length}`, stored });
    if (lines.length === 1) applyWrite({ table, id: 'b', stored: undefined });
    if (lines.length > 100) break;
  }

  expect(lines.map((line) => JSON.parse(line).k)).toEqual(['a', 'c', 'd', 'late-1']);
});
