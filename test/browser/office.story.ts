import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { texts as asking } from '../../src/ask/texts.ts';
import { texts as handoffs } from '../../src/handoffs/texts.ts';
import { texts } from '../../src/playground/page/texts.ts';
import { goTo, openTheater, picture, type Theater, windowOf, write } from './browser.ts';

let theater: Theater;
beforeAll(async () => {
  theater = await openTheater();
});
afterAll(async () => {
  await theater.stop();
  expect(theater.errors).toEqual([]);
});

const languages = [
  {
    language: 'en',
    asker: 'Employee',
    as: 'U0EMPLOYEE',
    question: 'Can we use an AGPL component in a service we run?',
    answer: 'Yes, if we leave it unchanged. I will look at your request today.',
  },
  {
    language: 'zh-CN',
    asker: 'Engineer in Shanghai',
    as: 'U0SHANGHAI',
    question: '我们自己跑的服务能用 AGPL 的组件吗？',
    answer: '可以，只要不改动它。今天就看你的申请。',
  },
] as const;

describe.each(languages)('a human answers in $language', ({ language, asker, as, question, answer }) => {
  it('from the question to the answer, two people side by side, and the clock in between', async () => {
    const page = await theater.open({ language, as: [as, 'U0REVIEWER'], width: 1440, height: 900 });
    const left = windowOf(page, asker);
    const right = windowOf(page, 'OSPO reviewer');

    await write(left, question);
    await left.getByRole('button', { name: asking[language].askHuman }).last().click();
    await left.getByRole('dialog').locator('button[type=submit]').click();
    await left.getByText(handoffs[language].seenBy('office')).first().waitFor();
    await goTo(right, 'ospo');
    const card = right.getByRole('article').filter({ hasText: question });
    await card.waitFor();
    await picture(page, `human-card-${language}`);

    await page.getByRole('button', { name: texts[language].nextReminder }).click();
    await page.getByText(texts[language].somethingSaid).waitFor();
    await picture(page, `human-reminder-${language}`);

    await card
      .getByRole('button', { name: /Answer/ })
      .first()
      .click();
    const form = right.getByRole('dialog');
    await form.getByRole('textbox').first().fill(answer);
    await form.locator('button[type=submit]').click();
    await left.getByText(answer).first().waitFor();

    await picture(page, `human-answer-${language}`);
    expect(await left.getByText(answer).count()).toBeGreaterThan(0);
  });
});
