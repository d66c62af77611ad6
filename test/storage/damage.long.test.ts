import { expect, it } from 'vitest';
import { temporaryFolder } from './commits.ts';
import { compactAt } from './crashes.ts';
import { cutEverywhere, flipEverywhere, linesBefore, nameOf, storeOf } from './damage.ts';

const allBits = () => [0, 1, 2, 3, 4, 5, 6, 7];

it('keeps exactly the whole commits of a long journal that is cut at any byte', async () => {
  const dir = await temporaryFolder();
  const contents = await storeOf(dir, 25);
  const name = nameOf(contents, 'journal');

  const found = await cutEverywhere(dir, contents, name);

  expect(found.length).toBeGreaterThan(5000);
  expect(found).toEqual(linesBefore(contents.get(name) ?? Buffer.alloc(0)));
});

it('never takes any flipped bit of the journal for data', async () => {
  const dir = await temporaryFolder();
  const contents = await storeOf(dir, 8);
  const name = nameOf(contents, 'journal');
  const before = linesBefore(contents.get(name) ?? Buffer.alloc(0));

  const results = await flipEverywhere(dir, contents, name, allBits);

  const wrong = results.filter(({ offset, found }) => found !== (before[offset] === 7 ? 7 : undefined));
  expect(results.length).toBeGreaterThan(10_000);
  expect(wrong).toEqual([]);
});

it('refuses a snapshot after any flipped bit', async () => {
  const dir = await temporaryFolder();
  const contents = await storeOf(dir, 8, compactAt);

  const results = await flipEverywhere(dir, contents, nameOf(contents, 'snapshot'), allBits);

  expect(results.length).toBeGreaterThan(3000);
  expect(results.filter(({ found }) => found !== undefined)).toEqual([]);
});
