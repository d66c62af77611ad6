import { rename, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { folderLayer, type LayerFile } from '../../src/content/layer.ts';
import { systemClock } from '../../src/core/time.ts';
import { folderWith } from './folder.ts';

const all = () => true;

function summary(files: readonly LayerFile[]) {
  return files.map((file) => ('refused' in file ? `${file.path}: ${file.refused.problem}` : file.path));
}

describe('a folder as a layer', () => {
  it('lists what is wanted below a folder, sorted, and reads nothing else', async () => {
    const dir = await folderWith({ 'notes/b/x.md': 'x', 'notes/a.md': 'a', 'notes/b/y.txt': 'y', 'other/z.md': 'z' });

    const files = await folderLayer('data', dir).files('notes', (path) => path.endsWith('.md'));

    expect(summary(files)).toEqual(['notes/a.md', 'notes/b/x.md']);
  });

  it('does not descend from the top, nor look at names with a dot in front', async () => {
    const dir = await folderWith({ 'top.yml': 'x', 'deep/a.yml': 'x', '.hidden.yml': 'x', 'notes/.git/a.md': 'x' });
    const layer = folderLayer('data', dir);

    const top = await layer.files('', all);
    const notes = await layer.files('notes', all);

    expect(summary(top)).toEqual(['top.yml']);
    expect(notes).toEqual([]);
  });

  it('is empty where a folder is missing, and throws where the whole layer is', async () => {
    const dir = await folderWith({ 'notes/a.md': 'a' });

    const missing = await folderLayer('data', dir).files('training', all);

    expect(missing).toEqual([]);
    await expect(folderLayer('data', join(dir, 'gone')).files('notes', all)).rejects.toThrow(/ENOENT/);
  });

  it('refuses a file over 256 kB and takes one of exactly 256 kB', async () => {
    const dir = await folderWith({ 'notes/fits.md': 'x'.repeat(262_144), 'notes/large.md': 'x'.repeat(262_145) });

    const files = await folderLayer('data', dir).files('notes', all);

    expect(summary(files)).toEqual(['notes/fits.md', 'notes/large.md: The file is larger than 256 kB.']);
  });

  it('follows links inside the layer and refuses those that lead out of it', async () => {
    const outside = await folderWith({ 'secret.md': 'secret' });
    const dir = await folderWith({ 'notes/real.md': 'real', 'notes/deep/keep.md': 'x' });
    await symlink('real.md', join(dir, 'notes/inside.md'));
    await symlink(join(outside, 'secret.md'), join(dir, 'notes/out.md'));
    await symlink('../../../../../../etc/hostname', join(dir, 'notes/deep/up.md'));
    await symlink(outside, join(dir, 'notes/folder.md'));
    await symlink('nowhere.md', join(dir, 'notes/broken.md'));

    const files = await folderLayer('data', dir).files('notes', all);

    expect(summary(files)).toEqual([
      'notes/broken.md: The file cannot be read (ENOENT).',
      'notes/deep/keep.md',
      'notes/deep/up.md: This link leads out of the folder.',
      'notes/folder.md: This link leads out of the folder.',
      'notes/inside.md',
      'notes/out.md: This link leads out of the folder.',
      'notes/real.md',
    ]);
  });

  it('may itself be a link that is switched to a new checkout', async () => {
    const base = await folderWith({ 'one/notes/a.md': 'old', 'two/notes/a.md': 'new' });
    await symlink('one', join(base, 'current'));
    const layer = folderLayer('own', join(base, 'current'));
    await layer.files('notes', all);

    await symlink('two', join(base, 'next'));
    await rename(join(base, 'next'), join(base, 'current'));
    const [file] = await layer.files('notes', all);

    expect(file && 'bytes' in file && new TextDecoder().decode(file.bytes)).toBe('new');
  });

  it('does not read again what has looked the same for long', async () => {
    const layer = folderLayer('tests', fileURLToPath(new URL('.', import.meta.url)));
    const wanted = (path: string) => path.endsWith('.ts');

    // The top is this very folder: its files were there before the test ran.
    const first = await layer.files('', wanted);
    const second = await layer.files('', wanted);

    expect(first.length).toBeGreaterThan(2);
    expect(second.every((file, at) => file === first[at])).toBe(true);
  });

  it('reads again what was written just now, though it may look the same', async () => {
    const dir = await folderWith({ 'notes/a.md': 'old' });
    const layer = folderLayer('data', dir);

    for (const text of ['one', 'two', 'six']) {
      await writeFile(join(dir, 'notes/a.md'), text);
      const [file] = await layer.files('notes', all);

      expect(file && 'bytes' in file && new TextDecoder().decode(file.bytes)).toBe(text);
    }
  });

  it.each<[string, (file: string) => Promise<void>]>([
    ['is written', (file) => writeFile(file, 'new text')],
    ['is written with as many bytes and an old date', (file) => writeFile(file, 'NEW').then(() => utimes(file, 1, 1))],
    ['is another file now', (file) => writeFile(`${file}.new`, 'NEW').then(() => rename(`${file}.new`, file))],
  ])('reads again what %s after a while', { concurrent: true }, async (_, change) => {
    const dir = await folderWith({ 'notes/a.md': 'old' });
    const layer = folderLayer('data', dir);
    // Longer ago than any file system may be wrong about.
    await systemClock.sleep(3_100);
    await layer.files('notes', all);

    await change(join(dir, 'notes/a.md'));
    const [file] = await layer.files('notes', all);

    expect(file && 'bytes' in file && new TextDecoder().decode(file.bytes)).not.toBe('old');
  });

  it('reads hundreds of files', async () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`notes/n${n}.md`, `${n}`]));
    const dir = await folderWith(many);

    const files = await folderLayer('data', dir).files('notes', all);

    expect(files.filter((file) => 'bytes' in file)).toHaveLength(300);
  });
});
