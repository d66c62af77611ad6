import { describe, expect, it } from 'vitest';
import { locales } from '../../src/core/i18n.ts';
import type { Command, HomeSection } from '../../src/feature.ts';
import { helpMessage, homeView } from '../../src/home/views.ts';
import { section } from '../../src/slack/blocks.ts';

function sectionOf(order: number, words: string, blocks = 1): HomeSection {
  return { order, blocks: Array.from({ length: blocks }, () => section(words)) };
}

const said = (view: unknown) => JSON.stringify(view);

describe('Home', () => {
  it('shows the sections by their order, whatever order they come in', () => {
    const view = said(homeView('en', [sectionOf(3, 'third'), sectionOf(1, 'first'), sectionOf(2, 'second')], 5));

    expect(view.indexOf('first')).toBeLessThan(view.indexOf('second'));
    expect(view.indexOf('second')).toBeLessThan(view.indexOf('third'));
  });

  it('shows nothing for an empty section', () => {
    const empty = homeView('en', [{ order: 1, blocks: [] }], 5);

    expect(empty).toEqual(homeView('en', [], 5));
  });

  it.each([1, 7, 40, 94, 95])('keeps to a hundred blocks with sections of %i, each whole or not at all', (size) => {
    const sections = Array.from({ length: 30 }, (_, n) => sectionOf(n, `part ${n} `, size));

    const { blocks } = homeView('en', sections, 5);

    expect(blocks.length).toBeLessThanOrEqual(100);
    for (let n = 0; n < 30; n += 1) {
      expect([0, size]).toContain(blocks.filter((block) => said(block).includes(`"part ${n} "`)).length);
    }
  });

  it('always ends with where answers come from', () => {
    const { blocks } = homeView('en', [sectionOf(1, 'x', 200)], 41);

    expect(said(blocks.at(-1))).toContain('41 articles');
  });

  it.each([
    ['en', 1, 'one article'],
    ['en', 2, '2 articles'],
    ['zh-CN', 1, '1 篇'],
  ] as const)('counts articles in %s: %i', (locale, count, words) => {
    expect(said(homeView(locale, [], count))).toContain(words);
  });
});

describe('help', () => {
  const commands: readonly Command[] = [
    { words: '', help: { en: 'asks', 'zh-CN': '提问' } },
    { words: 'adopt <topic>', help: { en: 'adopts & keeps', 'zh-CN': '采用' } },
  ];

  it.each(locales)('lists each command once, with its words in %s', (locale) => {
    const { text, blocks } = helpMessage(locale, '/ospo', commands);
    const lines = text.split('\n').slice(1);

    expect(lines).toHaveLength(2);
    expect(lines.every((line) => line.startsWith('- /ospo '))).toBe(true);
    expect(blocks.length).toBeGreaterThan(0);
  });

  it('has no markup where Slack would read it', () => {
    const { text, blocks } = helpMessage('en', '/ospo', commands);

    expect(text).toContain('/ospo adopt &lt;topic&gt;: adopts &amp; keeps');
    expect(said(blocks)).not.toContain('mrkdwn');
  });
});
