import { startVitest } from 'vitest/node';

// Not named *.test.ts and not part of `npm test`: it needs a browser.
const [only] = process.argv.slice(2);
await startVitest('test', only ? [only] : [], {
  watch: false,
  include: ['test/browser/*.story.ts'],
  exclude: ['node_modules'],
  testTimeout: 120_000,
  hookTimeout: 120_000,
  fileParallelism: false,
});
