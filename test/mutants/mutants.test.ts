import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { mutants } from './mutants.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

// The mutants themselves run with the long tests; that they still fit the code is seen at once.
describe('a mutant', () => {
  it.each(mutants.map((mutant) => [mutant.breaks, mutant] as const))('fits the code: %s', (_, mutant) => {
    const { file, text, instead, caughtBy } = mutant;

    const places = readFileSync(at(file), 'utf8').split(text).length - 1;

    expect(places).toBe(1);
    expect(instead).not.toBe(text);
    expect(caughtBy.filter((path) => !existsSync(at(path)))).toEqual([]);
  });
});
