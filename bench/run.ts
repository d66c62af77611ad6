import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/*
 * Runs every bench in this folder, one after the other: two at once would measure each other. Run: npm run bench
 */

const here = fileURLToPath(new URL('.', import.meta.url));
const itself = 'run.ts';

const files = (await readdir(here)).filter((file) => file.endsWith('.ts') && file !== itself).sort();
for (const file of files) {
  console.log(`\n== ${file}`);
  const child = spawn(process.execPath, ['--import', 'tsx', `${here}${file}`], { stdio: 'inherit' });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) process.exitCode = 1;
}
