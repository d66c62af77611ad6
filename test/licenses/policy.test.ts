import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAdopting } from '../../src/adoption/adopting.ts';
import { loadContent } from '../../src/content/content.ts';
import { layerCollections, openLayers, shippedDir } from '../../src/layers.ts';
import {
  decideByPolicy,
  type Family,
  families,
  licensePolicy,
  type UseCase,
  useCases,
} from '../../src/licenses/policy.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { loadShipped } from './content.ts';

const shipped = await readFile(`${shippedDir}licenses/policy.yml`, 'utf8');

async function readPolicy() {
  const content = await loadShipped([licensePolicy.kind]);
  const [policy] = content.items(licensePolicy.kind);
  if (!policy) throw new Error(JSON.stringify(content.findings));
  return policy;
}
const policy = await readPolicy();

const outcomeOf = (family: Family, use: UseCase, modified = false, id = 'LicenseRef-x') =>
  decideByPolicy(policy, { id, family, limits: [], use, modified }).outcome;

describe('the policy that ships', () => {
  it.each<[Family, UseCase, boolean, string]>([
    ['permissive', 'internal', true, 'permitted'],
    ['permissive', 'server', false, 'permitted'],
    ['permissive', 'installable', true, 'conditions'],
    ['weak-library', 'server', true, 'permitted'],
    ['weak-library', 'installable', false, 'conditions'],
    ['weak-library', 'installable', true, 'refer'],
    ['weak-library', 'embedded', false, 'refer'],
    ['weak-file', 'embedded', false, 'conditions'],
    ['strong', 'internal', true, 'permitted'],
    ['strong', 'server', false, 'conditions'],
    ['strong', 'installable', false, 'refer'],
    ['network', 'server', false, 'refer'],
    ['network', 'internal', false, 'refer'],
    ['source-available', 'internal', false, 'refer'],
    ['model', 'internal', false, 'refer'],
    ['none', 'internal', false, 'prohibited'],
  ])('%s for %s, modified %s: %s', (family, use, modified, expected) => {
    expect(outcomeOf(family, use, modified)).toBe(expected);
  });

  it.each([
    ['JSON', 'permissive', 'refer'],
    ['BSD-4-Clause', 'permissive', 'refer'],
    ['CC0-1.0', 'public-domain', 'refer'],
    ['CC-BY-4.0', 'content', 'conditions'],
    ['CC-BY-NC-4.0', 'content', 'refer'],
    ['OFL-1.1', 'font', 'conditions'],
    ['ODbL-1.0', 'data', 'refer'],
  ] as const)('%s has a rule of its own', (id, family, expected) => {
    expect(outcomeOf(family, 'client', false, id)).toBe(expected);
  });

  it('says why to everything, in both languages, and permits nothing of a kind that limits its users', () => {
    for (const family of families) {
      for (const use of useCases) {
        for (const modified of [true, false]) {
          const { outcome, why } = decideByPolicy(policy, { id: 'LicenseRef-x', family, limits: [], use, modified });

          expect(why.en).toMatch(/[.]$/);
          expect(why['zh-CN']).toMatch(/。$/);
          const closed = ['none', 'source-available', 'model', 'proprietary', 'network'].includes(family);
          if (closed) expect(['refer', 'prohibited']).toContain(outcome);
        }
      }
    }
  });

  it('uses every reason that it gives', () => {
    const used = new Set([...policy.rules.map(({ why }) => why), policy.otherwise]);

    expect(Object.keys(policy.reasons).filter((reason) => !used.has(reason))).toEqual([]);
  });
});

describe('taking the policy for one’s own', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'ospo-policy-'));
    await write('shipped', shipped);
    await mkdir(join(root, 'own'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  async function write(layer: 'shipped' | 'own', text: string): Promise<void> {
    await mkdir(join(root, layer, 'licenses'), { recursive: true });
    await writeFile(join(root, layer, 'licenses/policy.yml'), text);
  }

  function world() {
    const store = createMemoryStore(layerCollections);
    const layers = openLayers({ shippedFrom: join(root, 'shipped'), contentDir: join(root, 'own'), store });
    const adopting = createAdopting({ store, now: () => 1_000, shipped: () => layers.shipped(0) });
    const inForce = async () => {
      const content = await loadContent({ layers: layers.all, kinds: [licensePolicy.kind], now: 0 });
      const [policy] = content.items(licensePolicy.kind);
      return { version: policy?.version, origin: layers.originOf('licenses/policy.yml') };
    };
    return { adopting, inForce };
  }

  it('is one topic, in an area of its own', async () => {
    const { adopting, inForce } = world();
    const before = await inForce();

    const outcome = await adopting.adopt('policy/licenses', { key: 'operator' });

    expect(before.origin).toBe('shipped');
    expect(outcome?.adopted.map(({ topic, area, texts }) => [topic, area, texts.length])).toEqual([
      ['policy/licenses', 'policy', 1],
    ]);
    expect(await inForce()).toEqual({ version: policy.version, origin: 'adopted' });
  });

  it('keeps the adopted rules when others ship, and tells the difference by the rule', async () => {
    const { adopting, inForce } = world();
    await adopting.adopt('policy', { key: 'operator' });
    await write('shipped', shipped.replace(/version: .*/, 'version: "2027"'));

    const outcome = await adopting.adopt('all', { key: 'operator' });

    expect(outcome?.updates[0]?.difference.split('\n').slice(1)).toEqual([
      `- version: "${policy.version}"`,
      '+ version: "2027"',
    ]);
    expect((await inForce()).version).toBe(policy.version);
  });

  it('is not needed for rules in one’s own folder', async () => {
    const { adopting, inForce } = world();
    await write('own', shipped.replace(/version: .*/, 'version: "ours"'));

    expect(await inForce()).toEqual({ version: 'ours', origin: 'own' });
    expect((await adopting.standings()).map(({ state }) => state)).toEqual(['own']);
  });

  it.each([
    ['a reason that is not there', shipped.replace('why: network }', 'why: nowhere }'), 'There is no reason nowhere.'],
    ['an unknown outcome', shipped.replace('outcome: prohibited', 'outcome: maybe'), 'is not a possible value'],
    ['a use that is missing', shipped.replace(/ {2}embedded:\n.*\n.*\n/, ''), 'This field is missing.'],
  ])('is refused with %s', async (_, text, said) => {
    await write('own', text);
    const layers = openLayers({ shippedFrom: join(root, 'shipped'), contentDir: join(root, 'own') });

    const { findings } = await loadContent({ layers: layers.all, kinds: [licensePolicy.kind], now: 0 });

    expect(findings.map(({ problem }) => problem).join()).toContain(said);
  });
});
