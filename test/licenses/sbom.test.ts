import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildKnowledgeBase, knowledgeContent } from '../../src/ask/knowledge.ts';
import { finish, type Steps } from '../../src/core/steps.ts';
import { createLicenses, licenseContent } from '../../src/licenses/licenses.ts';
import { readSbom } from '../../src/licenses/sbom.ts';
import { judgeSbom, sbomText } from '../../src/licenses/sbom-table.ts';
import { loadShipped } from './content.ts';

const content = await loadShipped([...licenseContent, ...knowledgeContent]);
const licenses = createLicenses({
  content,
  isStarter: () => false,
  nicknames: buildKnowledgeBase(content).licenses,
});

function componentsOf(document: unknown) {
  const read = finish(readSbom(JSON.stringify(document)));
  if (read.kind === 'broken') throw new Error(`${read.where}: ${read.problem.en}`);
  return read.components;
}

/** What steps come to, and how many they are. */
function counted<T>(work: Steps<T>): { readonly value: T; readonly steps: number } {
  for (let steps = 0; ; steps += 1) {
    const next = work.next();
    if (next.done) return { value: next.value, steps };
  }
}

const cycloneDx = (components: readonly unknown[]) => ({ bomFormat: 'CycloneDX', specVersion: '1.6', components });
const spdx2 = (packages: readonly unknown[], more: object = {}) => ({ spdxVersion: 'SPDX-2.3', packages, ...more });

describe('reading CycloneDX', () => {
  it('takes name, version, purl and every way to name a license, nested components too', () => {
    const document = {
      ...cycloneDx([
        {
          name: 'core',
          group: '@acme',
          version: '1.0',
          purl: 'pkg:npm/%40acme/core@1.0',
          licenses: [{ expression: 'MIT OR Apache-2.0' }],
          components: [
            { name: 'inner', licenses: [{ license: { id: 'ISC' } }, { license: { name: 'Apache License 2.0' } }] },
          ],
        },
        { name: 'bare' },
      ]),
      metadata: { component: { name: 'the product', licenses: [{ license: { id: 'AGPL-3.0-only' } }] } },
    };

    expect(componentsOf(document)).toEqual([
      { name: '@acme/core', version: '1.0', purl: 'pkg:npm/%40acme/core@1.0', licenses: ['MIT OR Apache-2.0'] },
      { name: 'inner', version: '', licenses: ['ISC', 'Apache License 2.0'] },
      { name: 'bare', version: '', licenses: [] },
    ]);
  });

  it('counts the same component once', () => {
    expect(componentsOf(cycloneDx([{ name: 'a' }, { name: 'a' }, { name: 'a', version: '2' }]))).toHaveLength(2);
  });
});

describe('reading SPDX', () => {
  const purl = [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: 'pkg:npm/a@1' }];

  it('takes what was concluded before what is declared, and leaves out what the SBOM is about', () => {
    const packages = [
      { SPDXID: 'SPDXRef-root', name: 'product', licenseConcluded: 'LicenseRef-ours' },
      {
        SPDXID: 'SPDXRef-a',
        name: 'a',
        versionInfo: '1',
        licenseConcluded: 'MIT',
        licenseDeclared: 'ISC',
        externalRefs: purl,
      },
      { SPDXID: 'SPDXRef-b', name: 'b', licenseConcluded: 'NOASSERTION', licenseDeclared: 'Zlib' },
      { SPDXID: 'SPDXRef-c', name: 'c', licenseConcluded: 'NONE' },
    ];
    const relationships = [
      { spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: 'SPDXRef-root' },
    ];
    const expected = [
      { name: 'a', version: '1', purl: 'pkg:npm/a@1', licenses: ['MIT'] },
      { name: 'b', version: '', licenses: ['Zlib'] },
      { name: 'c', version: '', licenses: [] },
    ];

    expect(componentsOf(spdx2(packages, { relationships }))).toEqual(expected);
    expect(componentsOf({ sbom: spdx2(packages, { documentDescribes: ['SPDXRef-root'] }) })).toEqual(expected);
    expect(finish(readSbom(JSON.stringify(spdx2(packages))))).toMatchObject({ format: 'SPDX 2.3' });
  });

  it('takes all packages when all are described, or only one is there', () => {
    const all = ['a', 'b'].map((name) => ({ SPDXID: `SPDXRef-${name}`, name }));

    expect(componentsOf(spdx2(all, { documentDescribes: ['SPDXRef-a', 'SPDXRef-b'] }))).toHaveLength(2);
    expect(componentsOf(spdx2(all.slice(1), { documentDescribes: ['SPDXRef-b'] }))).toHaveLength(1);
  });

  it('follows the relations of version 3', () => {
    const relation = (from: string, kind: string, to: string) => ({
      type: 'Relationship',
      relationshipType: kind,
      from,
      to: [to],
    });
    const graph = [
      { type: 'CreationInfo', specVersion: '3.0.1' },
      { type: 'software_Sbom', rootElement: ['urn:root'] },
      { type: 'software_Package', spdxId: 'urn:root', name: 'product' },
      {
        type: 'software_Package',
        spdxId: 'urn:a',
        name: 'a',
        software_packageVersion: '1',
        software_packageUrl: 'pkg:npm/a@1',
      },
      { type: 'software_Package', spdxId: 'urn:b', name: 'b' },
      { type: 'software_Package', spdxId: 'urn:c', name: 'c' },
      { type: 'simplelicensing_LicenseExpression', spdxId: 'urn:e', simplelicensing_licenseExpression: 'MIT OR ISC' },
      relation('urn:a', 'hasDeclaredLicense', 'urn:e'),
      relation('urn:b', 'hasConcludedLicense', 'https://spdx.org/rdf/3.0.1/terms/Licensing/NoAssertion'),
      relation('urn:b', 'hasDeclaredLicense', 'https://spdx.org/licenses/Zlib'),
    ];

    const document = { '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld', '@graph': graph };
    expect(finish(readSbom(JSON.stringify(document)))).toMatchObject({ format: 'SPDX 3.0.1' });
    expect(componentsOf(document)).toEqual([
      { name: 'a', version: '1', purl: 'pkg:npm/a@1', licenses: ['MIT OR ISC'] },
      { name: 'b', version: '', licenses: ['Zlib'] },
      { name: 'c', version: '', licenses: [] },
    ]);
  });
});

describe('a file that is broken', () => {
  it.each([
    ['nothing', '', undefined, 'The file is empty.'],
    ['XML', '<?xml version="1.0"?><bom/>', undefined, 'This is XML'],
    ['tag-value', 'SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0', undefined, 'tag-value'],
    ['JSON that breaks off', '{"bomFormat": "CycloneDX",\n "components": [', 'the end of the file', 'breaks off'],
    ['no JSON', '{"bomFormat":\n  oops}', 'line 2, column 3', 'not valid here'],
    ['another JSON', '{"name": "package"}', undefined, 'neither CycloneDX nor SPDX'],
    ['a list', '[]', undefined, 'neither CycloneDX nor SPDX'],
    [
      'a component without a name',
      JSON.stringify(cycloneDx([{ name: 'a' }, { version: '1' }])),
      'components[1].name',
      'This field',
    ],
    [
      'a component within another without a name',
      JSON.stringify(cycloneDx([{ name: 'a', components: [{ name: 'b' }, {}] }])),
      'components[0].components[1].name',
      'This field',
    ],
    ['a list in the place of a component', JSON.stringify(cycloneDx([[]])), 'components[0]', 'This field'],
    ['a package without an id', JSON.stringify(spdx2([{ name: 'a' }])), 'packages[0].SPDXID', 'This field'],
    ['a graph that holds a number', JSON.stringify({ '@graph': [{}, { to: [1] }] }), '@graph[1].to[0]', 'This field'],
    ['components that are none', JSON.stringify({ ...cycloneDx([]), components: 'x' }), 'components', 'This field'],
  ])('%s: says what, where and how to mend it', (_, text, where, problem) => {
    const read = finish(readSbom(text));

    expect(read.kind).toBe('broken');
    if (read.kind !== 'broken') return;
    expect(read.where?.en).toBe(where);
    expect(read.problem.en).toContain(problem);
    expect([read.mend.en, read.mend['zh-CN'], read.problem['zh-CN']].every((words) => words.length > 5)).toBe(true);
  });

  it('is never an error, however deep it goes', () => {
    const depth = 20_000;
    const deep = `${'{"name":"a","components":['.repeat(depth)}${']}'.repeat(depth)}`;

    const read = finish(readSbom(`{"bomFormat":"CycloneDX","specVersion":"1.6","components":[${deep}]}`));

    expect(read).toMatchObject({ kind: 'sbom', components: [{ name: 'a' }] });
  });

  it('is never an error, wherever it was cut', () => {
    const whole = JSON.stringify(cycloneDx([{ name: 'a', licenses: [{ license: { id: 'MIT' } }] }]), null, 1);

    fc.assert(
      fc.property(fc.nat(whole.length), fc.string(), (at, noise) => {
        finish(readSbom(whole.slice(0, at)));
        finish(readSbom(whole.slice(0, at) + noise + whole.slice(at)));
      }),
      { seed: 20261122 },
    );
  });
});

describe('judging an SBOM', () => {
  const purpose = { use: 'installable', modified: false } as const;
  const component = (name: string, ...texts: readonly string[]) => ({ name, version: '1', licenses: texts });

  it('sorts components into what is to be done', () => {
    const table = finish(
      judgeSbom(
        licenses,
        [
          component('a', 'MIT'),
          component('b', 'mit'),
          component('c', 'MIT License'),
          component('d', 'Apache 2.0'),
          component('e', 'GPL-3.0-only'),
          component('f', 'GPL-3.0-only OR MIT'),
          component('g', 'MIT', 'GPL-3.0-only'),
          component('h', 'BSD'),
          component('i', 'see LICENSE, probably MIT'),
          component('j'),
          component('k', 'LicenseRef-none'),
        ],
        purpose,
      ),
    );

    const names = (rows: readonly { license: string; components: readonly { name: string }[] }[]) =>
      rows.map(({ license, components }) => `${license}: ${components.map(({ name }) => name).join('')}`);
    expect(names(table.fine)).toEqual(['MIT: abc', 'Apache-2.0: d', 'GPL-3.0-only OR MIT: f']);
    expect(names(table.request)).toEqual(['GPL-3.0-only: e', 'MIT AND GPL-3.0-only: g']);
    expect(names(table.unknown)).toEqual([': j', 'BSD: h', 'see LICENSE, probably MIT: i']);
    expect(names(table.prohibited)).toEqual(['LicenseRef-none: k']);
  });

  it('is told with what needs doing first', () => {
    const table = finish(judgeSbom(licenses, [component('a', 'MIT'), component('b'), component('c', 'MIT')], purpose));

    expect(sbomText(table, 'en', 1)).toBe(
      [
        'Unknown (1)',
        'Nobody knows their license, so they are not allowed.',
        '  no license named (1): b 1',
        '',
        'Fine (2)',
        'No request is needed. The conditions still hold.',
        '  MIT (2): a 1, and 1 more',
        '',
      ].join('\n'),
    );
    expect(sbomText(table, 'zh-CN', 2)).toContain('没有写明许可证 (1)：b 1');
  });

  it('finds nothing fine that nobody knows, in every order of statements', () => {
    const some = fc.constantFrom('MIT', 'GPL-3.0-only', 'Unknown thing', 'BSD', 'NOASSERTION', 'LicenseRef-x');

    fc.assert(
      fc.property(fc.array(some, { maxLength: 4 }), (texts) => {
        const table = finish(judgeSbom(licenses, [component('a', ...texts)], purpose));
        const known = texts.length > 0 && texts.every((text) => text === 'MIT' || text === 'GPL-3.0-only');

        expect(table.fine.length === 1).toBe(known && !texts.includes('GPL-3.0-only'));
        expect(table.unknown.length === 1).toBe(!known);
      }),
      { seed: 20261122 },
    );
  });

  it('takes 20,000 components in many steps', () => {
    const spelled = ['MIT', 'Apache-2.0', 'GPL-2.0-or-later WITH Classpath-exception-2.0', 'BSD-3-Clause AND ISC'];
    const all = Array.from({ length: 20_000 }, (_, n) => ({
      name: `component-${n}`,
      version: '1.2.3',
      purl: `pkg:npm/component-${n}@1.2.3`,
      licenses: [{ expression: spelled[n % spelled.length] }],
    }));
    const text = JSON.stringify(cycloneDx(all));

    const read = counted(readSbom(text));
    const components = read.value.kind === 'sbom' ? read.value.components : [];
    const table = counted(judgeSbom(licenses, components, purpose));

    expect(table.value.fine.flatMap((row) => row.components)).toHaveLength(20_000);
    // A step has at most so many characters to read, components to check, or components to judge.
    expect(read.steps).toBeGreaterThan(text.length / 20_000 + all.length / 120);
    expect(table.steps).toBeGreaterThanOrEqual(all.length / 500);
  });

  it('pauses more often where every component has a license of its own', () => {
    const all = Array.from({ length: 200 }, (_, n) => component(`c${n}`, `a license called ${n}`));

    expect(counted(judgeSbom(licenses, all, purpose)).steps).toBeGreaterThanOrEqual(20);
  });
});
