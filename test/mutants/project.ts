import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../', import.meta.url));
const copied = ['src', 'test', 'data', 'package.json', 'tsconfig.json', 'vitest.config.ts', 'manifest.yml'];

const Report = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });
export type Report = z.infer<typeof Report>;

/** A copy of the project that may be broken. */
export interface ProjectCopy {
  read(file: string): Promise<string>;
  write(file: string, text: string): Promise<void>;
  /** Runs test files there, until a test fails. A file that does not load counts no test. */
  run(files: readonly string[]): Promise<Report>;
  remove(): Promise<void>;
}

export async function copyProject(): Promise<ProjectCopy> {
  const dir = await mkdtemp(join(tmpdir(), 'ospo-mutants-'));
  await Promise.all(copied.map((name) => cp(join(root, name), join(dir, name), { recursive: true })));
  await symlink(join(root, 'node_modules'), join(dir, 'node_modules'));
  const report = join(dir, 'report.json');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  // What the outer run set would be taken for the inner one's: LONG chooses other files.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:LONG|VITEST|TEST|NODE_ENV)/.test(name)),
  );

  return {
    read: (file) => readFile(join(dir, file), 'utf8'),
    write: (file, text) => writeFile(join(dir, file), text),
    async run(files) {
      await rm(report, { force: true });
      const options = ['--root', dir, '--bail', '1', '--reporter', 'json', '--outputFile', report];
      const child = spawn(process.execPath, [vitest, 'run', ...options, ...files], { cwd: dir, env, stdio: 'ignore' });
      await once(child, 'exit');
      return Report.parse(JSON.parse(await readFile(report, 'utf8')));
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}
