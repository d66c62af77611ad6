import { describe, expect, it } from 'vitest';
import { momentIn } from '../../src/core/dates.ts';
import { handoffSamples } from '../../src/handoffs/samples.ts';
import { texts } from '../../src/handoffs/texts.ts';

describe('everything that asking a human can show', () => {
  const samples = handoffSamples();

  it('tells a phone on a table nothing of what is confidential', () => {
    const confidential = samples.filter(({ name }) => /confidential|restricted/.test(name) && !name.includes('ask,'));
    const spoken = confidential.map(({ payload }) => ('text' in payload ? String(payload.text) : ''));

    expect(confidential.length).toBeGreaterThan(20);
    expect(spoken.filter((text) => /AGPL|U0ASKER|U0OFFICE|section 13|第 13 条/.test(text))).toEqual([]);
  });

  it('names the question in the label of every button on the card', () => {
    const card = samples.find(({ name }) => name === 'handoffs: card, open (en)');
    const labels = JSON.stringify(card?.payload).match(/"accessibility_label":"[^"]*"/g);

    expect(labels).toEqual([
      '"accessibility_label":"Claim: question from Mei Lin"',
      '"accessibility_label":"Answer: question from Mei Lin"',
    ]);
  });

  it('never shouts', () => {
    const words = JSON.stringify(samples.map(({ payload }) => payload).concat()).replace(/<!date/g, '');

    expect(words).not.toMatch(/[!！]/);
  });
});

describe('a moment in words', () => {
  const now = Date.UTC(2026, 10, 23, 9);

  it.each([
    ['en', now, 'Mon 23 Nov, 10:00 CET'],
    ['en', Date.UTC(2025, 10, 24, 9), 'Mon, 24 Nov 2025, 10:00 CET'],
    ['zh-CN', now, '11月23日周一 GMT+1 10:00'],
  ] as const)('in %s names its zone, and the year when it is another', (locale, ms, expected) => {
    expect(momentIn(ms, now, locale, 'Europe/Berlin').replace(/\u202f/g, ' ')).toBe(expected);
  });

  it('has the same words in both languages', () => {
    expect(Object.keys(texts['zh-CN']).sort()).toEqual(Object.keys(texts.en).sort());
  });
});
