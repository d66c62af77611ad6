import { describe, expect, it } from 'vitest';
import { put } from '../../src/core/ports.ts';
import { exportRequests, isChosen } from '../../src/requests/export.ts';
import { requests } from '../../src/requests/records.ts';
import type { Request } from '../../src/requests/request.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { approve, asked, dayMs, id, moved, tuesday } from './rules-world.ts';

const approved: Request = {
  ...moved(asked('any'), 'olga', approve('any', { conditions: ['=HYPERLINK("x"), and "notice"'] })),
  keys: ['project:apache/kafka', 'license:apache-2.0', 'same:x:1'],
  cards: [],
  wakeAt: null,
  audit: { length: 1, hash: '0'.repeat(64) },
};

async function exported(format: 'csv' | 'json', choice = {}): Promise<string> {
  const store = createMemoryStore([requests]);
  await store.commit([
    put(requests, '00000142', approved, 0),
    put(requests, '00000143', { ...approved, number: 143 }, 0),
  ]);
  const pieces: string[] = [];
  for await (const piece of exportRequests(store, choice, format)) pieces.push(piece);
  return pieces.join('');
}

describe('an export of requests', () => {
  it.each([
    [{}, true],
    [{ person: id('asker') }, true],
    [{ person: id('olga') }, true],
    [{ person: id('otto') }, false],
    [{ project: 'https://github.com/Apache/Kafka' }, true],
    [{ project: 'apache/flink' }, false],
    [{ license: 'MIT OR Apache-2.0' }, true],
    [{ license: 'MIT' }, false],
    [{ from: tuesday, to: tuesday + dayMs }, true],
    [{ from: tuesday + 1 }, false],
    [{ to: tuesday }, false],
  ])('chooses %j: %s', (choice, is) => {
    expect(isChosen(approved, choice)).toBe(is);
  });

  it('is one JSON array, also of nothing', async () => {
    const rows = JSON.parse(await exported('json')) as readonly Record<string, string>[];

    expect(rows.map(({ number, state, deciders }) => [number, state, deciders])).toEqual([
      ['REQ-142', 'approved', id('olga')],
      ['REQ-143', 'approved', id('olga')],
    ]);
    expect(rows[0]?.keys).toBe('project:apache/kafka license:apache-2.0');
    expect(JSON.parse(await exported('json', { license: 'MIT' }))).toEqual([]);
  });

  it('is CSV that no spreadsheet calculates', async () => {
    const csv = await exported('csv');

    expect(csv.startsWith('\uFEFFnumber,type,state')).toBe(true);
    expect(csv.split('\r\n')).toHaveLength(4);
    expect(csv).toContain('"\'=HYPERLINK(""x""), and ""notice"""');
  });
});
