import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { idleFeatures } from '../src/cli/gallery.ts';
import { createProgram } from '../src/cli/program.ts';
import { readHandbook } from '../src/cli/setup.ts';

const names = z.array(z.string());
const Row = z
  .strictObject({
    what: z.string().min(1),
    articles: names.default([]),
    requests: names.default([]),
    commands: names.default([]),
    /** Features that are still being built. */
    coming: z
      .array(z.enum(['training', 'mentorship', 'announcements', 'assessments', 'registers', 'insights']))
      .default([]),
  })
  .refine(
    ({ articles, requests, commands }) => [...articles, ...requests, ...commands].length > 0,
    'nothing here does it',
  );
const Coverage = z.record(z.string(), Row);

const root = new URL('../', import.meta.url);
const coverage = Coverage.parse(parse(readFileSync(new URL('docs/coverage.yml', root), 'utf8')));
const rows = Object.entries(coverage);

/** How many rows each section of the domain has. */
const sections = [5, 7, 6, 6, 27, 6, 3, 8];

let articles: ReadonlySet<string>;
let commands: ReadonlySet<string>;
const requests = new Set(readdirSync(new URL('data/requests/', root)).map((file) => file.replace(/\.yml$/, '')));

beforeAll(async () => {
  const handbook = await readHandbook();
  articles = new Set(handbook.base.articles.map(({ id }) => id));
  const program = createProgram();
  const below = program.commands.flatMap((one) => [
    one.name(),
    ...one.commands.map((two) => `${one.name()} ${two.name()}`),
  ]);
  commands = new Set([
    ...idleFeatures(handbook).flatMap((feature) => feature.commands.map(({ words }) => words)),
    ...below.map((name) => `ospo ${name}`),
  ]);
});

describe('what an office does', () => {
  it('is here row by row, none left out', () => {
    const expected = sections.flatMap((count, section) =>
      Array.from({ length: count }, (_, at) => {
        const before = sections.slice(0, section).reduce((sum, one) => sum + one, 0);
        return `A.${section + 1}-${before + at + 1}`;
      }),
    );

    expect(rows.map(([id]) => id)).toEqual(expected);
    expect(expected).toHaveLength(68);
  });

  it.each(['articles', 'requests', 'commands'] as const)('names %s that exist', (kind) => {
    const known = { articles, requests, commands }[kind];

    const missing = rows.flatMap(([id, row]) =>
      row[kind].filter((name) => !known.has(name)).map((name) => `${id}: ${name}`),
    );

    expect(missing).toEqual([]);
    expect(known.size).toBeGreaterThan(5);
  });

  it('is asked for by every shipped type of request', () => {
    const named = new Set(rows.flatMap(([, row]) => row.requests));

    // A concern is raised about any of it.
    expect([...requests].filter((type) => !named.has(type) && type !== 'concern')).toEqual([]);
  });
});
