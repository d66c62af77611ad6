import { describe, expect, it } from 'vitest';
import { planExport } from '../../src/curating/export.ts';
import { hashOf, type PublishedText, standingOf } from '../../src/curating/published.ts';

function text(words: string, over?: string): PublishedText {
  const file = `knowledge/using/${words}.en.md`;
  return {
    file,
    text: `${words}\n`,
    hash: hashOf(`${words}\n`),
    ...(over === undefined ? {} : { over: hashOf(over) }),
  };
}

describe('a text from Slack, held against a folder', () => {
  it.each<readonly [string, string | undefined, string | undefined, string]>([
    ['a new one that the folder has not got', undefined, undefined, 'write'],
    ['a new one that somebody else has put there too', undefined, 'theirs\n', 'conflict'],
    ['one over a file that is as it was', 'old\n', 'old\n', 'write'],
    ['one over a file that changed', 'old\n', 'newer\n', 'conflict'],
    ['one over a file that is gone', 'old\n', undefined, 'write'],
    ['the very same', 'old\n', 'topic\n', 'there'],
    ['the same with other line ends', 'old\n', 'topic\r\n\r\n', 'there'],
  ])('%s', (_, over, lies, step) => {
    const plan = planExport([text('topic', over)], () => lies);

    expect(plan.map((one) => one.step)).toEqual([step]);
  });

  it('is written in the order of the files', () => {
    const plan = planExport([text('b'), text('a')], () => undefined);

    expect(plan.map((one) => one.text.text)).toEqual(['a\n', 'b\n']);
  });

  it('stands as an export would find it', () => {
    expect(standingOf(text('a'), { is: 'same' })).toBe('arrived');
  });
});
