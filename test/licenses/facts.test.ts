import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { shippedDir } from '../../src/layers.ts';
import { exceptionContent, type Facts, factsContent } from '../../src/licenses/facts.ts';
import type { Family } from '../../src/licenses/policy.ts';
import { loadShipped } from './content.ts';

const require = createRequire(import.meta.url);
const listed: Readonly<Record<string, { osiApproved: boolean }>> = require('spdx-license-list/spdx.json');
const exceptionIds: readonly string[] = require('spdx-exceptions');
const ratings: readonly { name: string; licenses: readonly { id: string }[] }[] = require('@blueoak/list');
const chosen: Readonly<Record<string, { permissions: string[]; conditions: string[]; limitations: string[] }>> =
  require('choosealicense-list/licenses.json');

const content = await loadShipped([factsContent, exceptionContent]);
const all = content.items(factsContent);
const byId = new Map(all.flatMap((facts) => facts.ids.map((id) => [id, facts] as const)));
const named = all.map((facts) => [facts.key, facts] as const);

const open = [
  'permissive',
  'public-domain',
  'weak-file',
  'weak-library',
  'strong',
  'network',
  'content',
  'font',
  'data',
];
const dutiesOf = (facts: Facts) => new Set(Object.values(facts.duties).flatMap((some) => some ?? []));

describe('the facts that ship', () => {
  it('have no mistakes', () => {
    expect(content.findings.filter(({ file }) => /facts|exceptions/.test(file))).toEqual([]);
  });

  it('cover what people meet', () => {
    expect(all.length).toBeGreaterThanOrEqual(180);
    const count = (wanted: Family) => all.filter(({ family }) => family === wanted).length;
    expect(count('permissive')).toBeGreaterThanOrEqual(60);
    expect(count('content')).toBeGreaterThanOrEqual(12);
    expect(count('source-available')).toBeGreaterThanOrEqual(15);
    expect(count('model')).toBeGreaterThanOrEqual(8);
    const ccIds = Object.keys(listed).filter((id) => /^CC-BY/.test(id));
    expect(ccIds.filter((id) => !byId.has(id))).toEqual([]);
  });

  it.each(named)('%s speaks of every trigger that its family has', (_, facts) => {
    const duties = dutiesOf(facts);

    if (facts.family === 'network') expect(facts.networkIf).toBeDefined();
    if (facts.networkIf) expect(facts.family).toBe('network');
    if (facts.family === 'weak-library') expect(duties).toContain('source-library');
    if (facts.family === 'weak-file')
      expect([...duties]).toContain(facts.key === 'Vim' ? 'same-license' : 'source-files');
    if (facts.family === 'strong') expect(duties).toContain('source-work');
    if (facts.family === 'permissive' && facts.key !== 'MS-PL') {
      expect([...duties].filter((duty) => /^source-|same-license|relink/.test(duty))).toEqual([]);
    }
  });

  it('say in both languages what they say in one', () => {
    for (const { notes } of all)
      for (const note of notes) {
        expect(note.en).toMatch(/[.]$/);
        expect(note['zh-CN']).toMatch(/。$/);
      }
  });

  it('count every approved license as open, and no source-available one as approved', () => {
    for (const [id, facts] of byId) {
      const osi = listed[id]?.osiApproved;
      if (osi) expect([id, open.includes(facts.family)]).toEqual([id, true]);
      if (['source-available', 'model', 'proprietary', 'none'].includes(facts.family)) {
        expect([id, osi ?? false]).toEqual([id, false]);
      }
    }
  });
});

describe('where a package speaks too', () => {
  // Their own condition is no copyleft of others, and Blue Oak counts it as permissive.
  const rated = ratings.flatMap(({ name, licenses }) => licenses.map(({ id }) => [id, name] as const));

  it.each(rated.filter(([id]) => byId.has(id)))('%s, rated %s by Blue Oak Council, is permissive', (id, rating) => {
    const family = byId.get(id)?.family;

    // Lead: "could be improved a lot", which is where they keep the ones with conditions.
    const others = rating === 'Lead' ? ['weak-file', 'public-domain'] : ['public-domain'];
    expect(['permissive', ...others]).toContain(family);
  });

  // What choosealicense.com leaves out, or tells otherwise than the license text does.
  const differs: Readonly<Record<string, readonly string[]>> = {
    'LPPL-1.3c': ['disclose-source'],
    Vim: ['disclose-source'],
    'MS-PL': [],
    'CC0-1.0': [],
  };

  it.each(Object.entries(chosen))('%s agrees with choosealicense.com', (old, tags) => {
    const id = byId.has(old) ? old : `${old}-only`;
    const facts = byId.get(id);
    if (!facts) throw new Error(`no facts of ${old}`);
    const { copy = [], source = [], changed = [] } = facts.duties;
    const duties = dutiesOf(facts);
    const ours = {
      'include-copyright': copy.includes('notice') || copy.includes('credit'),
      'include-copyright--source': source.includes('notice'),
      'disclose-source': [...duties].some((duty) => duty.startsWith('source-')),
      'network-use-disclose': facts.networkIf !== undefined,
    };
    const excused = differs[old] ?? [];

    for (const [condition, has] of Object.entries(ours)) {
      if (!excused.includes(condition))
        expect([condition, has]).toEqual([condition, tags.conditions.includes(condition)]);
    }
    // We name more: licenses that want changes marked and that the site does not tag.
    if (tags.conditions.includes('document-changes')) expect(changed).toContain('mark');
    const copyleft = tags.conditions.find((condition) => condition.startsWith('same-license'));
    if (copyleft === 'same-license--file') expect(facts.family).toBe('weak-file');
    if (copyleft === 'same-license--library') expect(facts.family).toBe('weak-library');
    if (copyleft === 'same-license') expect(duties).toContain('same-license');
    expect(facts.patents.grant === 'express').toBe(tags.permissions.includes('patent-use'));
    expect(facts.patents.grant === 'excluded').toBe(tags.limitations.includes('patent-use'));
    if (tags.limitations.includes('trademark-use')) expect(facts.limits).toContain('no-trademark');
  });
});

describe('the Chinese of the files', () => {
  const latin = '[A-Za-z0-9]';
  const wrong = [
    new RegExp(`\\p{Script=Han}${latin}|${latin}\\p{Script=Han}`, 'u'),
    / [，。；：、（）“”]|[，。；：、（）] /,
    /\p{Script=Han}[,;:?()]/u,
    /您|！/,
  ];

  it.each(['exceptions.yml', 'policy.yml', 'compatibility.yml', ...all.map(({ key }) => `facts/${key}.yml`)])(
    'is set as Chinese is in %s',
    async (name) => {
      const text = await readFile(`${shippedDir}licenses/${name}`, 'utf8');
      const chinese = [...text.matchAll(/zh-CN: *("[^"\n]*"|[^}\n]*)/g)].map(([, words = '']) => words.trim());

      expect(chinese.filter((words) => wrong.some((pattern) => pattern.test(words)))).toEqual([]);
    },
  );
});

describe('the exceptions that ship', () => {
  it('are exceptions of SPDX, each once', () => {
    const ids = content.items(exceptionContent).map(({ id }) => id);

    expect(ids.filter((id) => !exceptionIds.includes(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are the ones that facts name', () => {
    const known = new Set(content.items(exceptionContent).map(({ id }) => id));

    expect(all.flatMap(({ exceptions }) => exceptions).filter((id) => !known.has(id))).toEqual([]);
  });
});
