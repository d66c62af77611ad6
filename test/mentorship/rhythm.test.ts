import { describe, expect, it } from 'vitest';
import { texts } from '../../src/mentorship/texts.ts';

describe('what is said of the rhythm of the program', () => {
  it.each([
    { days: 1, en: 'Good. I ask again tomorrow.', zh: '很好。明天我再问。' },
    { days: 3, en: 'Good. I ask again in 3 days.', zh: '很好。3 天后我再问。' },
    { days: 7, en: 'Good. I ask again in a week.', zh: '很好。一周后我再问。' },
    { days: 14, en: 'Good. I ask again in two weeks.', zh: '很好。两周后我再问。' },
    { days: 28, en: 'Good. I ask again in 4 weeks.', zh: '很好。4 周后我再问。' },
    { days: 30, en: 'Good. I ask again in 30 days.', zh: '很好。30 天后我再问。' },
  ])('is how often it asks: every $days days', ({ days, en, zh }) => {
    const said = { en: texts.en.answered.met(days), zh: texts['zh-CN'].answered.met(days) };

    expect(said).toEqual({ en, zh });
  });

  it.each([
    { days: 1, en: 'on the next working day' },
    { days: 5, en: 'every 5 days' },
  ])('is how often people are matched: every $days days', ({ days, en }) => {
    expect(texts.en.backWaiting(days)).toContain(en);
    expect(texts['zh-CN'].backWaiting(days)).toContain(days === 1 ? '下一个工作日' : `每 ${days} 天`);
  });
});
