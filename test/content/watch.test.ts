import { rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Content } from '../../src/content/content.ts';
import { folderLayer, type Layer } from '../../src/content/layer.ts';
import { watchContent } from '../../src/content/watch.ts';
import type { ContentKind } from '../../src/core/content.ts';
import type { Log } from '../../src/core/ports.ts';
import { movableClock } from '../../src/core/time.ts';
import { folderWith, layerOf, writeFileAt } from './folder.ts';

const words: ContentKind<string> = {
  name: 'words',
  folder: 'words',
  match: 'yaml',
  parse: (raw) =>
    typeof raw.data === 'string'
      ? { item: raw.data, findings: [] }
      : { findings: [{ file: raw.file, problem: 'Not a word.', mend: 'Write one.', fatal: true }] },
};

async function watchLayers(
  layers: readonly Layer[],
  options: { readonly onChange?: (content: Content) => void; readonly rereadMs?: number } = {},
) {
  const errors: string[] = [];
  const log: Log = { debug() {}, info() {}, warn() {}, error: (_, message) => errors.push(message) };
  const watched = await watchContent({
    layers,
    kinds: [words],
    clock: movableClock(Date.UTC(2026, 10, 22)),
    log,
    ...options,
  });
  onTestFinished(() => watched.close());
  return { watched, errors, words: () => watched.current().items(words) };
}

describe('content that follows its files', () => {
  it('takes new, changed and removed files', async () => {
    const dir = await folderWith({ 'words/a.yml': 'one', 'words/b.yml': 'two' });
    const { words: current } = await watchLayers([folderLayer('own', dir)]);
    expect(current()).toEqual(['one', 'two']);

    await writeFileAt(dir, 'words/a.yml', 'changed');
    await writeFileAt(dir, 'words/deep/../c.yml', 'three');
    await rm(join(dir, 'words/b.yml'));

    await vi.waitFor(() => expect(current()).toEqual(['changed', 'three']), { timeout: 5000 });
  });

  it('reads now and then, for folders whose version is swapped by a link without an event', async () => {
    const dir = await folderWith({ 'words/..v1/a.yml': 'one', 'words/..v2/a.yml': 'two' });
    await symlink('..v1', join(dir, 'words/..data'));
    await symlink('..data/a.yml', join(dir, 'words/a.yml'));
    const { words: current } = await watchLayers([folderLayer('own', dir)], { rereadMs: 50 });
    expect(current()).toEqual(['one']);

    await symlink('..v2', join(dir, 'words/..next'));
    await rename(join(dir, 'words/..next'), join(dir, 'words/..data'));

    await vi.waitFor(() => expect(current()).toEqual(['two']), { timeout: 5000 });
  });

  it('keeps the last good version while a file is broken, and says so', async () => {
    const dir = await folderWith({ 'words/a.yml': 'one' });
    const { words: current, watched } = await watchLayers([folderLayer('own', dir)]);

    await writeFileAt(dir, 'words/a.yml', '[');

    await vi.waitFor(() => expect(watched.current().findings).toHaveLength(1), { timeout: 5000 });
    expect(current()).toEqual(['one']);
  });

  it('replaces the state as a whole: whoever holds the old one keeps it unchanged', async () => {
    const files: Record<string, string> = { 'words/a.yml': 'one' };
    const { watched } = await watchLayers([layerOf('own', files)]);
    const before = watched.current();

    files['words/a.yml'] = 'two';
    const after = await watched.reload();

    expect(before.items(words)).toEqual(['one']);
    expect(after.items(words)).toEqual(['two']);
    expect(watched.current()).toBe(after);
  });

  it('calls once for many changes at a time, and not for a file that was only touched', async () => {
    const dir = await folderWith({ 'words/a.yml': 'one' });
    const seen: number[] = [];
    await watchLayers([folderLayer('own', dir)], {
      onChange: (content) => seen.push(content.items(words).length),
    });

    await writeFileAt(dir, 'words/a.yml', 'one');
    await Promise.all(Array.from({ length: 30 }, (_, n) => writeFileAt(dir, `words/n${n}.yml`, `word ${n}`)));

    await vi.waitFor(() => expect(seen.at(-1)).toBe(31), { timeout: 5000 });
    expect(seen.length).toBeLessThanOrEqual(2);
  });

  it('never overlaps reloads and ends with the latest state', async () => {
    let running = 0;
    let most = 0;
    const files: Record<string, string> = { 'words/a.yml': '0' };
    const inner = layerOf('own', files);
    const slow: Layer = {
      name: 'own',
      async files(folder, wanted) {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        return inner.files(folder, wanted);
      },
    };
    const { watched } = await watchLayers([slow]);

    const reloads = ['one', 'two', 'three'].map((word) => {
      files['words/a.yml'] = word;
      return watched.reload();
    });
    await Promise.all(reloads);

    expect(most).toBe(1);
    expect(watched.current().items(words)).toEqual(['three']);
  });

  it('puts the new state in force even when a listener fails', async () => {
    const files: Record<string, string> = { 'words/a.yml': 'one' };
    const { watched, errors } = await watchLayers([layerOf('own', files)], {
      onChange: () => {
        throw new Error('listener');
      },
    });

    files['words/a.yml'] = 'two';
    await watched.reload();

    expect(watched.current().items(words)).toEqual(['two']);
    expect(errors).toEqual(['Content changed, but a listener failed']);
  });
});
