import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMarkdown, writeMarkdown } from '../../src/content/front-matter.ts';

const file = `---
# The topic.
id: agpl   # never changes
tags: [a, "b c"]
# Who read it.
approved: { role: legal, on: 2026-05-30 }
aliases:
  - one
  # two is old
  - two
---
**Short.**

Text.
`;

describe('writing a file anew', () => {
  it('leaves what is not named, and what is the same, to the letter', () => {
    const text = writeMarkdown(
      file,
      { id: 'agpl', tags: ['a', 'b c'], aliases: ['one', 'two'] },
      '**Short.**\n\nText.',
    );

    expect(text).toBe(file);
  });

  it('replaces a field where it stands, takes one out, adds one at the end; comments stay', () => {
    const text = writeMarkdown(file, { tags: ['c'], approved: undefined, title: 'New: one' }, 'Other.');

    expect(text).toBe(`---
# The topic.
id: agpl   # never changes
tags:
  - c
# Who read it.
aliases:
  - one
  # two is old
  - two
title: "New: one"
---
Other.
`);
  });

  it.each([
    ['a number', '12345678'],
    ['a float', '1e345678'],
    ['nothing', 'null'],
    ['a date', '2026-11-22'],
    ['a mapping', 'a: b'],
    ['a comment', 'x # y'],
    ['an end of the front matter', '---'],
    ['two lines', 'one\ntwo'],
    ['a quote', `it's "so"`],
    ['a placeholder', '{{ospo.contact}}'],
    ['Chinese', '“可以”：找品牌团队'],
  ])('keeps a text that looks like %s a text', (_, value) => {
    const read = readMarkdown(writeMarkdown(undefined, { title: value, aliases: [value] }, 'Body.'));

    expect(read).toEqual({ data: { title: value, aliases: [value] }, body: 'Body.' });
  });

  it('reads back whatever was written', () => {
    const words = fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => text.replace(/\r\n?/g, '\n'));
    const property = fc.property(words, fc.array(words), (title, aliases) => {
      const text = writeMarkdown(file, { title, aliases }, 'Body.');

      expect(readMarkdown(text)?.data).toMatchObject({ id: 'agpl', title, aliases });
    });

    fc.assert(property, { seed: 20261122 });
  });
});

it.each(['no front matter', '---\nid: [broken\n---\n', ''])('reads nothing of %j', (text) => {
  expect(readMarkdown(text)).toBeUndefined();
});
