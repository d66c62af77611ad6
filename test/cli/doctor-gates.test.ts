import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { closedGates } from '../../src/cli/doctor-gates.ts';
import type { ContentItems } from '../../src/core/content.ts';
import { requestContent } from '../../src/requests/type-content.ts';
import { trackContent } from '../../src/training/track-content.ts';
import { tinyType } from '../flows/requests.ts';
import { editionOf } from '../training/tracks.ts';
import { run } from './terminal.ts';

type Origin = 'shipped' | 'adopted' | 'own';

/** A form that asks for the track "licenses", and the track where it has an origin. */
function gates(form: Origin, track: Origin | 'absent') {
  const raw = { file: 'requests/tiny.yml', id: 'tiny', hash: 'hash', text: '' };
  const type = { id: 'tiny', training: 'licenses' };
  const kinds = new Map<unknown, readonly unknown[]>([
    [requestContent, [{ type, hash: raw.hash, file: raw.file }]],
    [trackContent, track === 'absent' ? [] : [editionOf()]],
  ]);
  const content: Pick<ContentItems, 'items'> = { items: (kind) => (kinds.get(kind) ?? []) as never };
  return closedGates(content as Parameters<typeof closedGates>[0], {
    originOf: (path) => (path === raw.file ? form : track === 'absent' ? 'shipped' : track),
  });
}

describe('a form that asks for training', () => {
  it.each<[string, Origin, Origin | 'absent', readonly string[]]>([
    ['is adopted and its track is not', 'adopted', 'shipped', [expect.stringContaining('adopt training/licenses')]],
    [
      "is the organization's own and the track is not adopted",
      'own',
      'shipped',
      [expect.stringMatching(/^requests\/tiny:/)],
    ],
    ['names a track that is not there', 'own', 'absent', [expect.stringContaining('does not exist')]],
    ['is adopted and its track, too', 'adopted', 'adopted', []],
    ['is adopted and its track is our own', 'adopted', 'own', []],
    ['is starter text like its track', 'shipped', 'shipped', []],
  ])('that %s', (_, form, track, expected) => {
    expect(gates(form, track)).toEqual(expected);
  });
});

describe('ospo doctor', () => {
  let contentDir: string;
  beforeAll(async () => {
    contentDir = await mkdtemp(join(tmpdir(), 'ospo-gates-'));
    await mkdir(join(contentDir, 'requests'));
    await writeFile(join(contentDir, 'requests', 'tiny.yml'), `${tinyType}training: compliance\n`);
    vi.stubEnv('CONTENT_DIR', contentDir);
    vi.stubEnv('STATE_DIR', join(contentDir, 'state'));
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(contentDir, { recursive: true, force: true });
  });
  afterEach(() => {
    process.exitCode = 0;
  });

  it('names a form of our own whose track nobody adopted, and a secret that is too short', async () => {
    vi.stubEnv('COMPLETIONS_SECRET', 'hunter2');

    const printed = await run('doctor');

    expect(printed).toContain('requests/tiny: nothing passes without a person');
    expect(printed).toContain('adopt training/compliance');
    expect(printed).toContain('COMPLETIONS_SECRET has under 24 bytes.');
    expect(printed).not.toContain('hunter2');
  });
});
