import { defineConfig } from 'vitest/config';

// Long suites live in *.long.test.ts and run by `npm run test:long`, so that `npm test` stays under three minutes.
const long = process.env.LONG === '1';

export default defineConfig({
  test: {
    include: long ? ['test/**/*.long.test.ts'] : ['test/**/*.test.ts'],
    exclude: long ? ['node_modules'] : ['node_modules', 'test/**/*.long.test.ts'],
    testTimeout: long ? 1_800_000 : 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Most of the time of the flows is waiting; three keep two cores busy. The long suites start processes of their own.
    maxWorkers: long ? 2 : 3,
    // Nothing in the code keeps state in a module that a test could meet: read once a worker, modules cost a fifth of the time.
    isolate: long,
  },
});
