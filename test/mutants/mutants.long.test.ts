import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutants } from './mutants.ts';
import { copyProject, type ProjectCopy } from './project.ts';

let project: ProjectCopy;
beforeAll(async () => {
  project = await copyProject();
});
afterAll(() => project.remove());

describe('the tests of the guarantees', () => {
  it('pass where nothing is broken', async () => {
    const files = [...new Set(mutants.flatMap(({ caughtBy }) => caughtBy))];

    const report = await project.run(files);

    expect(report.numFailedTests).toBe(0);
    expect(report.numPassedTests).toBeGreaterThan(files.length);
  });

  it.each(mutants.map((mutant) => [mutant.breaks, mutant] as const))('would notice if not: %s', async (_, mutant) => {
    const { file, text, instead, caughtBy } = mutant;
    const before = await project.read(file);
    const [head = '', ...tails] = before.split(text);
    expect(tails).toHaveLength(1);
    await project.write(file, head + instead + tails.join(''));

    const report = await project.run(caughtBy).finally(() => project.write(file, before));

    expect(report.numFailedTests).toBeGreaterThan(0);
  });
});
