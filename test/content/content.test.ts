import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createContentLoader, loadContent } from '../../src/content/content.ts';
import type { Layer } from '../../src/content/layer.ts';
import type { ContentKind } from '../../src/core/content.ts';
import { checkShape, formatFinding } from '../../src/core/findings.ts';
import { inSteps, nextTurn } from '../../src/core/steps.ts';
import { layerOf } from './folder.ts';

const now = Date.UTC(2026, 10, 22);
const Note = z.strictObject({ id: z.string(), title: z.string().min(3), on: z.iso.date().optional() });

interface NoteItem {
  readonly title: string;
  readonly locale?: string;
  readonly variant?: string;
  readonly area?: string;
  readonly body: string;
  readonly hash: string;
}

const notes: ContentKind<NoteItem> = {
  name: 'notes',
  folder: 'notes',
  match: 'markdown',
  parse(raw) {
    const checked = checkShape(Note, raw.data, raw.file);
    if (checked.findings) return { findings: checked.findings };
    const { locale, variant, area, body, hash } = raw;
    const place = { ...(locale && { locale }), ...(variant && { variant }), ...(area && { area }) };
    return { item: { title: checked.value.title, ...place, body, hash }, findings: [] };
  },
  check: (all) =>
    all.length > 3 ? [{ file: 'notes/a.en.md', problem: 'Too many.', mend: 'Write fewer.', fatal: false }] : [],
};

const Rule = z.strictObject({ id: z.string(), word: z.string() });
type Rule = z.infer<typeof Rule>;
const rules: ContentKind<Rule> = { name: 'rules', folder: 'notes', match: 'list', file: 'rules.yml', parse: parseRule };
const settings: ContentKind<Rule> = {
  name: 'settings',
  folder: '',
  match: 'yaml',
  file: 'settings.yml',
  parse: parseRule,
};
const kinds = [notes, rules, settings];

function parseRule(raw: Parameters<ContentKind<Rule>['parse']>[0]): ReturnType<ContentKind<Rule>['parse']> {
  const checked = checkShape(Rule, raw.data, raw.file);
  return checked.findings ? { findings: checked.findings } : { item: checked.value, findings: [] };
}

function note(title: string, more = ''): string {
  return `---\nid: a\ntitle: ${title}\n${more}---\nText of ${title}.\n`;
}

async function load(...layers: readonly Layer[]) {
  const content = await loadContent({ layers, kinds, now });
  return {
    titles: content.items(notes).map((item) => item.title),
    rules: content.items(rules),
    settings: content.items(settings),
    findings: content.findings,
    lines: content.findings.map(formatFinding),
    content,
  };
}

describe('reading one layer', () => {
  it('takes id, variant, language and area from the path', async () => {
    const layer = layerOf('data', { 'notes/law/a.cn.zh-CN.md': note('Fine') });

    const { content } = await load(layer);

    expect(content.items(notes)).toMatchObject([
      { title: 'Fine', locale: 'zh-CN', variant: 'cn', area: 'law', body: 'Text of Fine.' },
    ]);
  });

  it('names a file by the SHA-256 of its bytes', async () => {
    const { content } = await load(layerOf('data', { 'notes/a.en.md': '---\nid: a\ntitle: One\n---\n' }));

    expect(content.items(notes)[0]?.hash).toBe('a8c88cc5cdb852ffff5f98fee0454daa8ee1b869d3d850373cc8ae01e55a655f');
  });

  it.each([
    ['a byte order mark', `\uFEFF${note('Fine')}`],
    ['Windows line ends', note('Fine').replaceAll('\n', '\r\n')],
    ['no line end after the front matter', '---\nid: a\ntitle: Fine\n---'],
    ['three hyphens in the text', `${note('Fine')}\n---\nmore`],
  ])('accepts %s', async (_, text) => {
    const { titles, lines } = await load(layerOf('data', { 'notes/a.en.md': text }));

    expect(lines).toEqual([]);
    expect(titles).toEqual(['Fine']);
  });

  it.each([
    ['no front matter', 'Just text', /has no front matter\. Start it with a line of ---/],
    ['broken YAML', '---\nid: a\ntitle: "open\n---\n', /\(line [34]\): This is not valid YAML: Missing closing "quote/],
    [
      'a field twice',
      '---\nid: a\ntitle: One\ntitle: Two\n---\n',
      /\(line 4\): This is not valid YAML: Map keys must be unique/,
    ],
    ['a wrong field', note('No', 'on: soon\n'), /\(title\).*(too short|at least 3)/],
    ['an unknown field', note('Fine', 'tilte: x\n'), /\(tilte\): This field is not known\. Remove it/],
    ['a missing field', '---\nid: a\n---\n', /\(title\): This field is missing\. Add it: text\./],
    [
      'an empty front matter',
      '---\n---\nx',
      /data\/notes\/a.en.md: This is empty\. Write fields with values instead\./,
    ],
    [
      'an alias bomb',
      `---\na: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(20)}]\nc: [${'*b,'.repeat(20)}]\n---\n`,
      /not valid YAML: Excessive alias/,
    ],
    ['bytes that are not UTF-8', Uint8Array.from([0x2d, 0xff, 0xfe]), /is not UTF-8 text\. Save it as UTF-8\./],
  ])('reports %s and leaves the file out', async (_, text, expected) => {
    const { titles, findings, lines } = await load(
      layerOf('data', { 'notes/a.en.md': text, 'notes/b.en.md': note('Good') }),
    );

    expect(titles).toEqual(['Good']);
    expect(lines.join('\n')).toMatch(expected);
    expect(lines[0]).toMatch(/^data\/notes\/a\.en\.md.*Until then it is left out\.$/);
    expect(findings.every((finding) => finding.fatal)).toBe(true);
  });

  it('reports all mistakes of all files at once', async () => {
    const { findings } = await load(
      layerOf('data', {
        'notes/a.en.md': '---\nid: a\ntitle: x\non: soon\nodd: 1\n---\n',
        'notes/b.en.md': 'nothing',
        'notes/rules.yml': '- { id: r, word: 3 }\n- { word: x }\n',
      }),
    );

    expect(findings.map(({ file, field }) => [file, field])).toEqual([
      ['data/notes/a.en.md', 'title'],
      ['data/notes/a.en.md', 'on'],
      ['data/notes/a.en.md', 'odd'],
      ['data/notes/b.en.md', undefined],
      ['data/notes/rules.yml', 'word'],
      ['data/notes/rules.yml', '1'],
    ]);
  });

  it.each([
    ['notes/a.md', 'does not say which item and which language'],
    ['notes/a.fr.md', 'languages: en, zh-CN'],
    ['notes/a.b.c.en.md', 'does not say which item'],
    ['notes/.en.md', 'does not say which item'],
    ['notes/one/two/a.en.md', 'Nothing reads this file'],
    ['notes/rule.yml', 'Nothing reads this file'],
    ['notes/rules.yaml', 'Rename it: the ending is .yml'],
    ['notes/../../etc/a.en.md', 'Nothing reads this file'],
    ['notes/x\\a.en.md', 'Nothing reads this file'],
  ])('says that %s is not content', async (path, expected) => {
    const { titles, lines } = await load(layerOf('data', { [path]: note('Fine') }));

    expect(titles).toEqual([]);
    expect(lines).toEqual([expect.stringContaining(expected)]);
  });

  it('does not mind a README', async () => {
    const { lines } = await load(layerOf('data', { 'notes/README.md': 'About these notes', 'README.md': 'x' }));

    expect(lines).toEqual([]);
  });

  it.each([
    ['a bare list', '- { id: one, word: x }\n- { id: two, word: y }\n'],
    ['a list under one key', 'rules:\n  - { id: one, word: x }\n  - { id: two, word: y }\n'],
  ])('reads %s', async (_, text) => {
    const { rules: found, lines } = await load(layerOf('data', { 'notes/rules.yml': text }));

    expect(lines).toEqual([]);
    expect(found.map((rule) => rule.id)).toEqual(['one', 'two']);
  });

  it('keeps the good entries of a list with a broken one, and the first of two with one id', async () => {
    const text = '- { id: one, word: x }\n- { id: one, word: z }\n- { id: two, word: 3 }\n- { id: three, word: y }\n';

    const { rules: found, lines } = await load(layerOf('data', { 'notes/rules.yml': text }));

    expect(found.map((rule) => `${rule.id} ${rule.word}`)).toEqual(['one x', 'three y']);
    expect(lines).toHaveLength(2);
  });

  it('reports the same item in two folders and uses the first', async () => {
    const { titles, lines } = await load(
      layerOf('data', { 'notes/x/a.en.md': note('First'), 'notes/y/a.en.md': note('Second') }),
    );

    expect(titles).toEqual(['First']);
    expect(lines).toEqual([
      expect.stringContaining('data/notes/y/a.en.md: The same item is already in notes/x/a.en.md.'),
    ]);
  });
});

describe('layers', () => {
  const shipped = {
    'notes/a.en.md': note('Shipped'),
    'notes/a.zh-CN.md': note('Shipped zh'),
    'notes/b.en.md': note('Other'),
  };

  it('lets the later one win per id and language', async () => {
    const own = layerOf('own', { 'notes/elsewhere/a.en.md': note('Own') });

    const { titles } = await load(layerOf('data', shipped), own);

    expect(titles).toEqual(['Shipped zh', 'Other', 'Own']);
  });

  it('merges lists by entry and replaces single files as a whole', async () => {
    const base = layerOf('data', {
      'notes/rules.yml': '- { id: one, word: x }\n- { id: two, word: y }\n',
      'settings.yml': 'id: s\nword: base\n',
    });
    const own = layerOf('own', {
      'notes/rules.yml': '- { id: two, word: own }\n- { id: one, disabled: true }\n',
      'settings.yml': 'id: s\nword: own\n',
    });

    const { rules: found, settings: all, lines } = await load(base, own);

    expect(lines).toEqual([]);
    expect(found).toEqual([{ id: 'two', word: 'own' }]);
    expect(all).toEqual([{ id: 's', word: 'own' }]);
  });

  it('hides one language, or the topic when its English is hidden', async () => {
    const hide = '---\nid: a\ndisabled: true\n---\n';

    const oneLanguage = await load(layerOf('data', shipped), layerOf('own', { 'notes/a.zh-CN.md': hide }));
    const topic = await load(layerOf('data', shipped), layerOf('own', { 'notes/a.en.md': hide }));

    expect(oneLanguage.titles).toEqual(['Shipped', 'Other']);
    expect(topic.titles).toEqual(['Other']);
  });

  it('shows nothing in place of a broken override: the text below was replaced on purpose', async () => {
    const { titles } = await load(layerOf('data', shipped), layerOf('own', { 'notes/a.en.md': 'broken' }));

    expect(titles).toEqual(['Shipped zh', 'Other']);
  });

  it('puts the name of the winning layer before the file of a check', async () => {
    const own = layerOf('own', { 'notes/a.en.md': note('Own'), 'notes/c.en.md': note('More') });

    const { lines } = await load(layerOf('data', shipped), own);

    expect(lines).toEqual(['own/notes/a.en.md: Too many. Write fewer.']);
  });
});

describe('reading again', () => {
  it('keeps the last good version of what broke, however often it is read', async () => {
    const files: Record<string, string> = {
      'notes/a.en.md': note('First'),
      'notes/rules.yml': '- { id: one, word: x }\n',
    };
    const loader = createContentLoader([layerOf('data', files)], kinds);
    await loader.load(now);

    files['notes/a.en.md'] = 'broken';
    files['notes/rules.yml'] = '- {';
    await loader.load(now);
    files['notes/a.en.md'] = 'broken in another way';
    files['notes/rules.yml'] = '- { id: one, word: 3 }\n';
    const content = await loader.load(now);

    expect(content.items(notes).map((item) => item.title)).toEqual(['First']);
    expect(content.items(rules)).toEqual([{ id: 'one', word: 'x' }]);
    expect(content.findings.map((finding) => finding.mend)).toEqual([
      expect.stringContaining('Until then its last good version is used.'),
      expect.stringContaining('Until then its last good version is used.'),
    ]);
  });

  it('takes the mended version and forgets what was removed', async () => {
    const files: Record<string, string> = { 'notes/a.en.md': note('First'), 'notes/b.en.md': note('Second') };
    const loader = createContentLoader([layerOf('data', files)], kinds);
    await loader.load(now);

    files['notes/a.en.md'] = 'broken';
    await loader.load(now);
    files['notes/a.en.md'] = note('Mended');
    delete files['notes/b.en.md'];
    const content = await loader.load(now);

    expect(content.items(notes).map((item) => item.title)).toEqual(['Mended']);
    expect(content.findings).toEqual([]);
  });

  it('keeps a layer that cannot be read for a while', async () => {
    let isThere = true;
    const good = layerOf('own', { 'notes/a.en.md': note('Own') });
    const layer: Layer = {
      name: 'own',
      files: (folder, wanted) => (isThere ? good.files(folder, wanted) : Promise.reject(new Error('gone'))),
    };
    const loader = createContentLoader([layer], kinds);
    const first = await loader.load(now);

    isThere = false;
    const second = await loader.load(now);

    expect(second.items(notes)).toEqual(first.items(notes));
    expect(second.findings.map(formatFinding)).toEqual([
      expect.stringContaining('own: This content cannot be read (gone).'),
    ]);
    expect(second.fingerprint).not.toBe(first.fingerprint);
  });

  it('survives more findings than a call takes arguments', async () => {
    const bad = Array.from({ length: 200_000 }, () => ({
      file: 'notes/a.en.md',
      problem: 'x',
      mend: 'y',
      fatal: false,
    }));
    const strict: ContentKind<NoteItem> = { ...notes, check: () => bad };

    const { findings } = await loadContent({
      layers: [layerOf('data', { 'notes/a.en.md': note('First') })],
      kinds: [strict],
      now,
    });

    expect(findings).toHaveLength(200_000);
  });

  it('gives equal content an equal fingerprint', async () => {
    const loader = createContentLoader([layerOf('data', { 'notes/a.en.md': note('First') })], kinds);

    const first = await loader.load(now);
    const second = await loader.load(now + 1);

    expect(second.fingerprint).toBe(first.fingerprint);
  });

  it('gives the very content of before when nothing changed, and looks again on another day', async () => {
    const files = { 'notes/a.en.md': note('First'), 'notes/rules.yaml': '' };
    const loader = createContentLoader([layerOf('data', files)], kinds);

    const first = await loader.load(now);
    const again = await loader.load(now + 1);
    const tomorrow = await loader.load(now + 24 * 60 * 60_000);

    expect(again).toBe(first);
    expect(tomorrow).not.toBe(first);
    expect(tomorrow.findings).toEqual(first.findings);
  });

  it.each([
    ['a text', { 'notes/a.en.md': note('Second') }],
    ['a file that nobody reads', { 'notes/more.yaml': '' }],
    ['a new file', { 'notes/b.en.md': note('Beside').replace('id: a', 'id: b') }],
  ])('sees %s', async (_, change) => {
    const held: Record<string, string> = { 'notes/a.en.md': note('First') };
    const loader = createContentLoader([layerOf('data', held)], kinds);
    const first = await loader.load(now);

    Object.assign(held, change);
    const second = await loader.load(now);

    expect(second.fingerprint === first.fingerprint && second.findings.length === first.findings.length).toBe(false);
  });

  it('sees that a file is gone', async () => {
    const held: Record<string, string> = { 'notes/a.en.md': note('First'), 'notes/b.en.md': note('Second') };
    const loader = createContentLoader([layerOf('data', held)], kinds);
    await loader.load(now);

    delete held['notes/b.en.md'];
    const second = await loader.load(now);

    expect(second.items(notes).map(({ title }) => title)).toEqual(['First']);
  });

  it('lets others have their turn while it reads, puts together and checks', async () => {
    const many = Array.from({ length: 200 }, (_, n) => [`notes/n${n}.en.md`, note(`Note ${n}`)] as const);
    const stepwise: ContentKind<NoteItem> = {
      ...notes,
      *check(all) {
        yield* inSteps(all, 10, () => undefined);
        return [{ file: 'notes/n0.en.md', problem: 'Looked at in steps.', mend: 'Nothing.', fatal: false }];
      },
    };
    let turns = 0;
    let loading = true;
    const others = (async () => {
      for (; loading; turns += 1) await nextTurn();
    })();

    const { findings } = await loadContent({
      layers: [layerOf('data', Object.fromEntries(many))],
      kinds: [stepwise],
      now,
    });
    loading = false;
    await others;

    expect(findings.map(formatFinding)).toEqual(['data/notes/n0.en.md: Looked at in steps. Nothing.']);
    expect(turns).toBeGreaterThan(200 + 20);
  });

  it('survives any bytes anywhere', async () => {
    const anyText = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string().map((s) => `---\n${s}\n---\n${s}`),
    );
    const files = fc.record({ 'notes/a.en.md': anyText, 'notes/rules.yml': anyText, 'settings.yml': anyText });

    await fc.assert(
      fc.asyncProperty(files, files, async (before, after) => {
        const held: Record<string, string | Uint8Array> = { ...before, 'notes/good.en.md': note('Good') };
        const loader = createContentLoader([layerOf('data', held)], kinds);
        await loader.load(now);
        Object.assign(held, after);
        const content = await loader.load(now);

        expect(content.items(notes).map((item) => item.title)).toContain('Good');
      }),
      { seed: 20261122, numRuns: 150 },
    );
  });
});
