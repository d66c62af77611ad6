import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { OperatorError } from '../../src/core/errors.ts';
import { run, runProcess } from './terminal.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ospo-license-'));
  vi.stubEnv('STATE_DIR', join(dir, 'state'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true, force: true });
});

/** The titles of the three layers, in the order in which they were printed. */
function layersOf(printed: string): readonly string[] {
  const titles = ['What the license says', 'What our policy says', 'What to do now'];
  return titles.toSorted((a, b) => printed.indexOf(a) - printed.indexOf(b)).filter((title) => printed.includes(title));
}

describe('the license commands', () => {
  it('show one license, the three layers apart', async () => {
    const printed = await run('license', 'show', 'MIT');

    expect(printed).toContain('MIT License (MIT)');
    expect(layersOf(printed)).toEqual(['What the license says', 'What our policy says', 'What to do now']);
    expect(printed).toContain('Whatever the use: Ask first, modified or not');
    expect(printed).toContain('Starter text, not yet confirmed');
  });

  it('judge an expression for a use, in Chinese too', async () => {
    const english = await run('license', 'check', 'AGPL-3.0-only OR mit', '--use', 'server', '--modified');
    const chinese = await run('license', 'check', 'AGPL-3.0-only', '--use', 'server', '--lang', 'zh-CN');

    expect(english).toContain('Read mit as MIT.');
    expect(english).toContain('Of the licenses on offer we take MIT.');
    expect(english).toContain('Ask first');
    expect(chinese).toContain('需要评审');
    expect(chinese).toContain('许可证怎么说');
  });

  it('compare two licenses in one direction', async () => {
    const printed = await run('license', 'compat', 'Apache-2.0', '--into', 'GPL-2.0-only');

    expect(printed).toContain('Apache-2.0 into a work under GPL-2.0-only\nNo\n');
    expect(printed).toContain('Free Software Foundation');
    expect(printed).toContain('Apache Software Foundation');
    expect(layersOf(printed)).toHaveLength(3);
  });

  it.each([
    [['license', 'show', 'GPL'], 'GPL-3.0-or-later'],
    [['license', 'check', 'whatever', '--use', 'server'], 'No SPDX id: whatever.'],
    [['license', 'show', 'MIT OR ISC'], 'names several licenses'],
    [['license', 'compat', 'MIT'], 'needs two licenses'],
  ])('ask back instead of guessing: %j', async (words, said) => {
    await expect(run(...words)).rejects.toThrow(said);
    await expect(run(...words)).rejects.toThrow(OperatorError);
  });

  it('read pairs as JSON lines; what is ambiguous or unreadable is unknown', async () => {
    const pairs = [
      { inbound: 'MIT', outbound: 'GPL-3.0-only' },
      { inbound: 'GPL-2.0-only', outbound: 'Apache-2.0' },
      { inbound: 'GPL', outbound: 'MIT' },
      { inbound: 'Apache License 2.0', outbound: 'GPL-3.0-or-later' },
      { inbound: '', outbound: 'MIT' },
    ];

    const input = `${pairs.map((pair) => JSON.stringify(pair)).join('\n')}\n`;
    const { stdout, code } = await runProcess(['license', 'compat', '--batch'], input, {
      STATE_DIR: join(dir, 'state'),
    });

    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { verdict: string; reason: string });
    expect(code).toBe(0);
    expect(lines.map(({ verdict }) => verdict)).toEqual(['yes', 'no', 'unknown', 'yes', 'unknown']);
    expect(lines.every(({ reason }) => reason.length > 10)).toBe(true);
    // A process of its own takes its time to start where others work beside it.
  }, 60_000);
});

describe('the SBOM command', () => {
  const sbom = (components: readonly unknown[]) =>
    JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components });

  it('prints the table, what needs doing first', async () => {
    const file = join(dir, 'bom.json');
    await writeFile(
      file,
      sbom([
        { name: 'a', version: '1', licenses: [{ license: { id: 'MIT' } }] },
        { name: 'b', version: '2' },
      ]),
    );

    const printed = await run('sbom', file, '--use', 'installable');
    const json = JSON.parse(await run('sbom', file, '--use', 'installable', '--json'));

    expect(printed).toContain('CycloneDX 1.6');
    expect(printed).toContain('Components: 2');
    // Nobody has adopted the policy, so even MIT needs a request.
    expect(printed.indexOf('Unknown (1)')).toBeLessThan(printed.indexOf('Needs a request (1)'));
    expect(json.request[0]).toMatchObject({ license: 'MIT', tier: 'ask-first' });
  });

  it.each([
    ['is not there', undefined, 'ENOENT'],
    ['is cut off', sbom([{ name: 'a' }]).slice(0, -4), 'breaks off'],
    ['is something else', '{"name": "x"}', 'neither CycloneDX nor SPDX'],
  ])('says what to mend when the file %s', async (_, text, said) => {
    const file = join(dir, `${said}.json`);
    if (text !== undefined) await writeFile(file, text);

    await expect(run('sbom', file, '--use', 'server')).rejects.toThrow(said);
  });
});
