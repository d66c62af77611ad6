import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Layer } from '../../src/content/layer.ts';

/** A folder with these files, removed when the test ends. */
export async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'content-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) await writeFileAt(dir, path, text);
  return dir;
}

export async function writeFileAt(dir: string, path: string, text: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(dir, path)), { recursive: true });
  await writeFile(join(dir, path), text);
}

/** A layer in memory, as content published in the store will be; change `files` between loads. */
export function layerOf(name: string, files: Record<string, string | Uint8Array>): Layer {
  return {
    name,
    files: async (folder, wanted) =>
      Object.entries(files)
        .filter(([path]) => (folder === '' || path.startsWith(`${folder}/`)) && wanted(path))
        .map(([path, text]) => ({ path, bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text })),
  };
}
