import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument, stringify } from 'yaml';
import { readQuickly } from '../../src/content/quick-yaml.ts';
import { parseYaml } from '../../src/content/text.ts';

const data = fileURLToPath(new URL('../../data/', import.meta.url));
// The measuring set is no content, and nobody opens it.
const shipped = readdirSync(data, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(md|yml)$/.test(path) && !path.startsWith('golden'))
  .map((path) => ({ path, text: yamlOf(readFileSync(data + path, 'utf8')) }));

/** What both readers are given of a file: the front matter of an article, all of another. */
function yamlOf(text: string): string {
  return /^---\n([\s\S]*?)\n---\n/.exec(text)?.[1] ?? text;
}

/** What the careful reader makes of a text; undefined where it finds a mistake. */
function readCarefully(text: string): { readonly value: unknown } | undefined {
  const document = parseDocument(text, { logLevel: 'silent' });
  return document.errors.length > 0 ? undefined : { value: document.toJS() };
}

/** What makes YAML mean something, in pieces. */
const pieces =
  `a|b c|key|: |:|- |-|\n|\n  |\n- |\n    | |#| # c|"|'|[|]|{|}|, |,|0|1|-0|012|1.5|.5|5.|1e3|1e400|0x1f|0o17|0b1|1_000|+1|.inf|-.inf|.nan|true|True|TRUE|yes|no|null|NULL|~|2026-11-22|2026-11-22T00:00:00Z|12:30|<<|=|\t|中文|？|\\|\\n|\u00a0|%|@|\`|!|&|*|>|?|a: b|\nkey: |\nother: |\ntags: [|\u2028|\ufeff|9007199254740993|__proto__|constructor|---|\n...\n`.split(
    '|',
  );

describe('the quick reader', () => {
  it('takes nearly all that ships, and gives what the careful one gives', () => {
    const read = shipped.map(({ path, text }) => ({ path, text, quick: readQuickly(text) }));
    const articles = read.filter(({ path }) => path.endsWith('.md'));

    expect(articles.filter(({ quick }) => quick === undefined)).toEqual([]);
    expect(articles.length).toBeGreaterThan(150);
    for (const { path, text, quick } of read) {
      if (quick) expect(isDeepStrictEqual(quick, readCarefully(text)), path).toBe(true);
    }
  });

  it('gives what the careful one gives for any data written as YAML', () => {
    const scalar = fc.oneof(
      fc.string(),
      fc.constantFrom(...pieces),
      fc.boolean(),
      fc.integer(),
      fc.double({ noNaN: true }),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        scalar,
        fc.constant(null),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(fc.string({ minLength: 1 }), tie('tree'), { maxKeys: 4 }),
      ),
    }));

    fc.assert(
      fc.property(tree, fc.constantFrom(0, 20, 80), (value, lineWidth) => {
        const text = stringify({ value }, { lineWidth });
        const quick = readQuickly(text);

        if (quick) expect(isDeepStrictEqual(quick, readCarefully(text)), text).toBe(true);
      }),
      { seed: 20261122, numRuns: 1_000 },
    );
  });

  it('gives what the careful one gives for anything it takes, mistakes included', () => {
    const text = fc
      .tuple(fc.constantFrom('', 'id: x\n', 'a: ', '- '), fc.array(fc.constantFrom(...pieces), { maxLength: 12 }))
      .map(([start, rest]) => start + rest.join(''));
    let taken = 0;

    fc.assert(
      fc.property(text, (yaml) => {
        const quick = readQuickly(yaml);
        if (!quick) return;
        taken += 1;
        expect(isDeepStrictEqual(quick, readCarefully(yaml)), yaml).toBe(true);
      }),
      { seed: 20261122, numRuns: 5_000 },
    );
    expect(taken).toBeGreaterThan(500);
  });

  it('gives what the careful one gives for what ships with a piece put in or taken out', () => {
    const change = fc.record({
      file: fc.constantFrom(...shipped.filter(({ text }) => text.length < 3_000)),
      at: fc.nat(3_000),
      cut: fc.nat(3),
      piece: fc.constantFrom('', ...pieces),
    });

    fc.assert(
      fc.property(change, ({ file: { text }, at, cut, piece }) => {
        const place = at % text.length;
        const changed = text.slice(0, place) + piece + text.slice(place + cut);
        const quick = readQuickly(changed);

        if (quick) expect(isDeepStrictEqual(quick, readCarefully(changed)), changed).toBe(true);
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });

  it.each([
    ['an anchor', 'a: &x 1\nb: *x'],
    ['a tag', 'a: !!str 1'],
    ['a block text', 'a: |\n  b'],
    ['a merged key', '<<: { a: 1 }'],
    ['an empty key', 'a: { : b }'],
    ['a key that is null', 'null: b'],
    ['a tab', 'a:\tb'],
    ['two documents', 'a: 1\n---\nb: 2'],
    ['a number beyond counting', 'a: 1e999'],
    ['the same key twice', 'a: 1\na: 2'],
    ['an open bracket', 'a: [1'],
    ['nothing', ''],
  ])('leaves %s to the careful one', (_, text) => {
    expect(readQuickly(text)).toBeUndefined();
  });

  it('is never in the way of what a mistake is called', () => {
    const read = parseYaml('id: x\ntags: [a, b\nowner: c', 'x.yml', 1);

    expect(read).toMatchObject({ findings: [{ file: 'x.yml', fatal: true }] });
  });
});
