import type { RichTextBlock } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { message, modal } from '../../src/slack/blocks.ts';
import { type Content, fold, parseMarkdown, toMessageBlocks, toPlainText, toRichText } from '../../src/slack/render.ts';
import { hostile, shape } from './hostile.ts';

/** Elements of the first section, as short notation: text, and the styles or the address after a bar. */
function sectionOf(blocks: readonly RichTextBlock[]): readonly string[] {
  const first = blocks[0]?.elements[0];
  if (first?.type !== 'rich_text_section') return [];
  return first.elements.map((element) => {
    const style = 'style' in element && element.style ? Object.keys(element.style).join('+') : '';
    if (element.type === 'link') return `${element.text}|${element.url}${style && `|${style}`}`;
    return element.type === 'text' ? `${element.text}${style && `|${style}`}` : element.type;
  });
}

/** Messages as short notation: Markdown as it is, rich text by the kinds of its elements. */
function messageOf(source: string): readonly string[] {
  return toMessageBlocks(parseMarkdown(source)).map((block) =>
    block.type === 'markdown' ? block.text : block.elements.map((element) => element.type).join(','),
  );
}

describe('emphasis in Chinese', () => {
  it.each([
    ['in mid-sentence', '我们**修改**了程序', ['我们', '修改|bold', '了程序']],
    ['before full-width punctuation', '**修改**，再发布', ['修改|bold', '，再发布']],
    ['ending in a colon', '**重要：**后面的话', ['重要：|bold', '后面的话']],
    ['ending in a full stop', '先问。**可以用。**后来', ['先问。', '可以用。|bold', '后来']],
    ['around quotes', '他说**“可以”**吗', ['他说', '“可以”|bold', '吗']],
    ['around brackets', '用**（修改过的）**程序', ['用', '（修改过的）|bold', '程序']],
    ['ending in a Western bracket', '**AGPL (v3)**的义务', ['AGPL (v3)|bold', '的义务']],
    ['around code', '改**`NOTICE`**文件', ['改', 'NOTICE|bold+code', '文件']],
    ['beside Western words', 'Linux**“可以”**npm', ['Linux', '“可以”|bold', 'npm']],
    ['twice in a row', '**必须：**、**可以。**后', ['必须：|bold', '、', '可以。|bold', '后']],
    ['italic', '中*斜体：*文', ['中', '斜体：|italic', '文']],
    ['bold and italic', '中***重：***文', ['中', '重：|bold+italic', '文']],
  ])('%s', (_, source, expected) => {
    const section = sectionOf(toRichText(parseMarkdown(source)));

    expect(section).toEqual(expected);
  });

  it.each([
    ['escaped asterisks', '\\*\\*重要：\\*\\*后面', '**重要：**后面'],
    ['asterisks in code', '`重要：**后面`', '重要：**后面'],
    ['no partner', '重要：**后面', '重要：**后面'],
    ['a product', '宽*高', '宽*高'],
    ['in an address', '[x](https://a.b/：**后)', 'x (https://a.b/%EF%BC%9A**%E5%90%8E)'],
  ])('leaves %s alone', (_, source, expected) => {
    const text = toPlainText(parseMarkdown(source));

    expect(text).toBe(expected);
  });

  it.each([
    ['what CommonMark reads too stays Markdown', '我们**修改**了，**很好**。', ['我们**修改**了，**很好**。']],
    ['what it does not read is rich text', '**重要：**后面', ['rich_text_section']],
    ['only the block that needs it', '一\n\n**重要：**后面\n\n二', ['一', 'rich_text_section', '二']],
  ])('in a message %s', (_, source, expected) => {
    expect(messageOf(source)).toEqual(expected);
  });
});

describe('parseMarkdown', () => {
  it.each([
    ['headings', '## Who decides\ntext', 'Who decides\n\ntext'],
    ['wrapped lines', 'one\ntwo', 'one two'],
    ['wrapped lines in Chinese', '一行\n二行，\n三行 and\nfour', '一行二行，三行 and four'],
    ['wrapped at the edge of a style', '**一行**\n二行', '一行二行'],
    ['hard breaks', 'one\\\ntwo', 'one\ntwo'],
    ['lists', '- a\n- b\n  1. c\n  2. d\n- e', '- a\n- b\n  1. c\n  2. d\n- e'],
    ['numbers that start later', '3. a\n4. b', '3. a\n4. b'],
    ['several paragraphs in an item', '- a\n\n  b', '- a\n  b'],
    ['quotes with lists', '> a\n> - b', 'a\n- b'],
    ['links', '[GPL](https://a.b/c "title") and https://d.e/f.', 'GPL (https://a.b/c) and https://d.e/f.'],
    ['mail', '[us](mailto:ospo@a.b)', 'us (ospo@a.b)'],
    ['links by reference', '[GPL][g]\n\n[g]: https://a.b/c', 'GPL (https://a.b/c)'],
    ['links defined inside a list', '- [GPL][g]\n\n  > [g]: https://a.b/c', '- GPL (https://a.b/c)'],
    ['links of several styles', '[a **b**](https://a.b/)', 'a b (https://a.b/)'],
    ['links to nowhere safe', '[x](javascript:alert(1)) [y](../z.md)', 'x y'],
    ['images', '![a chart](https://a.b/c.png)', 'a chart (https://a.b/c.png)'],
    ['HTML as typed, comments dropped', 'a <b>b</b> <!-- c -->', 'a <b>b</b>'],
    ['tables', '| a | b |\n|---|:-:|\n| 1 | 2 |', 'a · b\n1 · 2'],
    ['tables without outer pipes', 'a | b\n--- | ---\n1 | 2', 'a · b\n1 · 2'],
    ['pipes that are no table', 'a | b\nc | d', 'a | b c | d'],
    ['code', '```js\nif (a < b) {}\n```', 'if (a < b) {}'],
    ['strikes', 'a ~~b~~ c', 'a b c'],
    ['tildes alone', 'about ~~5', 'about ~~5'],
    ['rules and empty items', '- \n\n***\n\na', 'a'],
    ['entities that hide', 'a&#8203;b&#x202E;c', 'abc'],
    ['nothing', ' \n ', ''],
  ])('%s', (_, source, expected) => {
    const text = toPlainText(parseMarkdown(source));

    expect(text).toBe(expected);
  });
});

describe('toRichText', () => {
  it.each([
    ['styles', 'a **b** *c* ~~d~~ `e`', ['a ', 'b|bold', ' ', 'c|italic', ' ', 'd|strike', ' ', 'e|code']],
    ['strikes across styles', '~~a **b**~~', ['a |strike', 'b|bold+strike']],
    ['a bold link', '**[a](https://b.c/)**', ['a|https://b.c/|bold']],
    ['a heading', '# Who', ['Who|bold']],
  ])('%s', (_, source, expected) => {
    expect(sectionOf(toRichText(parseMarkdown(source)))).toEqual(expected);
  });

  it('puts an empty line between paragraphs, none before a list', () => {
    const [block] = toRichText(parseMarkdown('a\n\nb\n\n- c\n\nd\n\n> e\n\n```\nf\n```'));

    expect(block?.elements).toMatchObject([
      { type: 'rich_text_section', elements: [{ text: 'a' }] },
      { type: 'rich_text_section', elements: [{ text: '\n' }, { text: 'b' }] },
      { type: 'rich_text_list', style: 'bullet', indent: 0 },
      { type: 'rich_text_section', elements: [{ text: '\n' }, { text: 'd' }] },
      { type: 'rich_text_quote', elements: [{ text: 'e' }] },
      { type: 'rich_text_preformatted', elements: [{ text: 'f' }] },
    ]);
  });

  it('goes on counting after a sublist', () => {
    const [block] = toRichText(parseMarkdown('1. a\n   - b\n2. c'));

    expect(block?.elements).toMatchObject([
      { style: 'ordered', indent: 0 },
      { style: 'bullet', indent: 1 },
      { style: 'ordered', indent: 0, offset: 1 },
    ]);
  });

  it('divides long content over blocks and ends at the limit', () => {
    const blocks = toRichText(parseMarkdown('word '.repeat(300).concat('\n\n').repeat(15)));

    const text = JSON.stringify(blocks);
    expect(blocks.length).toBeGreaterThan(2);
    expect(text.length).toBeLessThan(14_000);
    expect(text).toContain('…');
  });
});

describe('toMessageBlocks', () => {
  it.each([
    [
      'what everybody reads alike',
      '# H\n\n- a **b**\n- [c](https://d.e/)\n  1. f',
      ['**H**\n\n- a **b**\n- [c](https://d.e/)\n  1. f'],
    ],
    ['two lists stay two', '- a\n\n1. b', ['- a', '1. b']],
    ['a token', 'see <!channel>', ['rich_text_section']],
    ['an entity', 'see &lt;!channel&gt;', ['rich_text_section']],
    ['everybody', 'do not use @channel', ['rich_text_section']],
    ['escaped markup', '1\\. \\# \\*a\\*', ['rich_text_section']],
    ['a heading in disguise', '\\# a', ['rich_text_section']],
    ['a file name stays Markdown', 'the `THIRD_PARTY.md` file', ['the `THIRD_PARTY.md` file']],
    ['code with brackets', '```\na < b\n```', ['rich_text_preformatted']],
    ['code', '```\nnpm ci\n```', ['```\nnpm ci\n```']],
    ['strikes', '~~a~~', ['rich_text_section']],
    ['quotes', '> a *b*', ['> a *b*']],
  ])('%s', (_, source, expected) => {
    expect(messageOf(source)).toEqual(expected);
  });

  it('stays below the limit of all markdown blocks and shows where it was cut', () => {
    const paragraphs = Array.from({ length: 40 }, (_, i) => `${i} ${'word '.repeat(100).trim()}`);

    const blocks = toMessageBlocks(parseMarkdown(paragraphs.join('\n\n')));

    const text = JSON.stringify(blocks);
    expect(text.length).toBeGreaterThan(10_000);
    expect(text.length).toBeLessThan(12_500);
    expect(text).toContain('…');
  });

  it('does not use up the blocks of a message', () => {
    const source = Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 'plain' : 'a < b')).join('\n\n');

    const blocks = toMessageBlocks(parseMarkdown(source));

    expect(blocks.length).toBeLessThanOrEqual(24);
    expect(JSON.stringify(blocks).match(/plain/g)).toHaveLength(30);
  });
});

describe('fold', () => {
  const paragraph = (letter: string, length: number) => letter.repeat(length);
  const foldText = (source: string, max: number) => {
    const { shown, rest } = fold(parseMarkdown(source), max);
    return { text: toPlainText(shown), rest };
  };

  it.each([
    ['what fits is shown', `${paragraph('a', 40)}\n\n${paragraph('b', 40)}`, [40, 40], false],
    ['a little more is shown too', `${paragraph('a', 60)}\n\n${paragraph('b', 54)}`, [60, 54], false],
    ['cut between blocks', `${paragraph('a', 60)}\n\n${paragraph('b', 90)}`, [60], true],
    ['a first block that is too long', paragraph('a', 300), [84], true],
    ['a heading goes with what follows', `${paragraph('a', 40)}\n\n# B\n\n${paragraph('c', 90)}`, [40], true],
    ['a colon goes with what follows', `${paragraph('a', 40)}\n\n四点：\n\n${paragraph('c', 90)}`, [40], true],
  ])('%s', (_, source, lengths, rest) => {
    const folded = foldText(source, 100);

    expect(folded.text.split('\n\n').map((part) => part.length)).toEqual(lengths);
    expect(folded.rest).toBe(rest);
  });
});

describe('any text', () => {
  const surfaces: readonly [string, (content: Content) => unknown][] = [
    ['message', (content) => message({ text: toPlainText(content), blocks: toMessageBlocks(content) })],
    ['modal', (content) => modal({ callback: 'x', title: 'x', blocks: toRichText(content) })],
    ['text', (content) => toPlainText(content)],
    ['folded message', (content) => message({ text: 'x', blocks: toMessageBlocks(fold(content, 60).shown) })],
  ];

  it.each(surfaces)('in a %s holds no control sequence and fits', (_, render) => {
    fc.assert(
      fc.property(hostile, (source) => {
        const shown = JSON.stringify(render(parseMarkdown(source)));

        expect(shown).not.toMatch(shape.control);
        expect(shown).not.toMatch(/[\uFDD0-\uFDD2\u200B\u202E]/);
        expect(shown).not.toContain('"text":""');
        expect(shown).not.toContain('"elements":[]');
      }),
      { seed: 20261122, numRuns: 400 },
    );
  });

  it('in a markdown block holds nothing that Slack could take for its own', () => {
    fc.assert(
      fc.property(hostile, (source) => {
        const blocks = toMessageBlocks(parseMarkdown(source));

        for (const block of blocks) if (block.type === 'markdown') expect(block.text).not.toMatch(/[<&\\]|@channel/);
      }),
      { seed: 20261122, numRuns: 400 },
    );
  });

  it.each([
    ['quotes in a row', '>'.repeat(20_000)],
    ['lists in a row', '- '.repeat(10_000)],
    ['both in a row', '> 1. '.repeat(4000)],
    ['a cell of spaces', `a | b\n--|--\nx${' '.repeat(19_000)}y | z`],
    ['nested lists', Array.from({ length: 200 }, (_, i) => `${' '.repeat(i * 2)}- a`).join('\n')],
    ['nested emphasis', `${'*a **b '.repeat(1500)}`],
    ['styles in styles', '**a '.repeat(2400) + 'b** '.repeat(2400)],
    ['brackets', '['.repeat(3000)],
    ['one link for every letter', `${'[a][x]'.repeat(2000)}\n\n[x]: https://a.b/${'c'.repeat(2500)}`],
    ['asterisks beside Chinese', '重：**'.repeat(3000)],
    ['a very long word', 'x'.repeat(60_000)],
  ])('survives %s', (_, source) => {
    const content = parseMarkdown(source);

    expect(() => message({ text: toPlainText(content), blocks: toMessageBlocks(content) })).not.toThrow();
    expect(() => modal({ callback: 'x', title: 'x', blocks: toRichText(content) })).not.toThrow();
  });
});
