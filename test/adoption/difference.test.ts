import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf, formatDifference } from '../../src/adoption/difference.ts';

const front = '---\nid: agpl\nreviewed: 2026-11-01\n---\n';

describe('the difference of two texts', () => {
  it.each<[string, string, string, string]>([
    [
      'a changed line of the front matter',
      `${front}One.`,
      `${front.replace('11', '12')}One.`,
      '- reviewed: 2026-11-01\n+ reviewed: 2026-12-01',
    ],
    ['a new paragraph', 'One.\n\nTwo.', 'One.\n\nTwo.\n\nThree.', '+ Three.'],
    ['a paragraph that went', 'One.\n\nTwo.', 'Two.', '- One.'],
    ['a paragraph of several lines', 'One.', '- a\n- b', '- One.\n+ - a\n+ - b'],
    ['other line ends', 'One.\r\n\r\nTwo.', 'One.\n\nTwo.', ''],
    ['another order', 'One.\n\nTwo.', 'Two.\n\nOne.', ''],
    ['everything new', '', 'One.', '+ One.'],
  ])('%s', (_, before, after, shown) => {
    const difference = formatDifference(differenceOf(before, after));

    expect(difference).toBe(shown);
  });

  it('of YAML tells lines apart by what they stand under', () => {
    const before = 'rules:\n  - use: [server]\n    outcome: refer\n  - use: [client]\n    outcome: permitted\n';
    const after = before.replace('outcome: refer', 'outcome: permitted').replace('rules', '# Ours.\nrules');

    const difference = formatDifference(differenceOf(before, after, true));

    expect(difference).toBe(
      '- rules: > - use: [server] > outcome: refer\n+ rules: > - use: [server] > outcome: permitted',
    );
  });

  it('is nothing between equal texts, and turns round with them', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', '---'), { maxLength: 6 }).map((parts) => parts.join('\n\n'));

    fc.assert(
      fc.property(text, text, (a, b) => {
        const [there, back] = [differenceOf(a, b), differenceOf(b, a)];

        expect(differenceOf(a, a)).toEqual({ removed: [], added: [] });
        expect(there).toEqual({ removed: back.added, added: back.removed });
      }),
      { seed: 20261122 },
    );
  });
});
