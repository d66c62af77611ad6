import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../src/core/ports.ts';
import { type Covered, coverageCsv } from '../../src/requests/coverage.ts';
import type { KnownStanding } from '../../src/requests/standing.ts';

const from = Date.parse('2026-03-01T08:00:00Z');

function list(number: number, people: readonly string[], more: Partial<KnownStanding> = {}): KnownStanding {
  return {
    id: String(number),
    number,
    kind: 'ccla',
    projects: ['apache/kafka'],
    people: people as PersonId[],
    posts: {},
    terms: {},
    note: '',
    grantedBy: 'U0LEAD' as PersonId,
    draft: 'd',
    from,
    uses: 0,
    state: 'active',
    reminded: [],
    wakeAt: null,
    audit: { length: 1, hash: '0'.repeat(64) },
    ...more,
  };
}

const known: Readonly<Record<string, Covered>> = {
  U0ANA: { name: '=Ana, "the first"', email: 'ana@example.com', github: 'ana', isThere: true },
  U0BO: { name: 'Bo', isThere: false },
};
const rows = (lists: readonly KnownStanding[], project?: string) =>
  [...coverageCsv(lists, (id) => known[id], project)].slice(1).map((line) => line.trimEnd());

describe('who is covered by signed agreements', () => {
  it('is a line for each person, with whoever has left or is not known any more flagged', () => {
    expect(rows([list(4, ['U0ANA', 'U0BO', 'U0GONE'], { until: from + 86_400_000 })])).toEqual([
      `SA-4,apache/kafka,U0ANA,"'=Ana, ""the first""",ana@example.com,ana,covered,2026-03-01,2026-03-02`,
      'SA-4,apache/kafka,U0BO,Bo,,,left,2026-03-01,2026-03-02',
      'SA-4,apache/kafka,U0GONE,,,,left,2026-03-01,2026-03-02',
    ]);
  });

  it('names a list with nobody on it', () => {
    expect(rows([list(5, [])])).toEqual(['SA-5,apache/kafka,,,,,nobody listed,2026-03-01,']);
  });

  it.each([
    ['another kind', { kind: 'small' }],
    ['what has ended', { state: 'ended' }],
  ] as const)('leaves out %s', (_, more) => {
    expect(rows([list(6, ['U0ANA'], more)])).toEqual([]);
  });

  it('of one project, however it is written', () => {
    const lists = [list(7, ['U0BO']), list(8, ['U0BO'], { projects: ['apache/flink', 'apache/arrow'] })];

    const found = rows(lists, 'https://github.com/Apache/Flink.git');

    expect(found).toEqual(['SA-8,apache/flink apache/arrow,U0BO,Bo,,,left,2026-03-01,']);
  });
});
