import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    human: 'Ask a human',
    send: 'Send the question',
    sent: 'Your question is with the open source office',
    answer: 'Yes, if we leave it unchanged. I will look at your request today.',
    nextReminder: 'To the next reminder',
    further: 'The clock is',
  },
  {
    language: 'zh-CN',
    asker: 'Engineer in Shanghai',
    as: 'U0SHANGHAI',
    question: '我们自己跑的服务能用 AGPL 的组件吗？',
    human: '找人问',
    send: '发送问题',
    sent: '你的问题已转给开源项目办公室',
    answer: '可以，只要不改动它。今天就看你的申请。',
    nextReminder: '到下一次提醒',
    further: '时间快进了',
  },
] as const;

describe.each(languages)('a human answers in $language', (words) => {
  it('from the question to the answer, two people side by side, and the clock in between', async () => {
    const { language, asker, as } = words;
    const page = await theater.open({ language, as: [as, 'U0REVIEWER'], width: 1440, height: 900 });
    const left = windowOf(page, asker);
    const right = windowOf(page, 'OSPO reviewer');

    await write(left, words.question);
    await left.getByRole('button', { name: words.human }).last().click();
    await left.getByRole('dialog').locator('button[type=submit]').click();
    await left.getByText(words.sent).first().waitFor();
    await goTo(right, 'ospo');
    const card = right.getByRole('article').filter({ hasText: words.question });
    await card.waitFor();
    await picture(page, `human-card-${language}`);

    await page.getByRole('button', { name: words.nextReminder }).click();
    await page.getByText(words.further).waitFor();
    await picture(page, `human-reminder-${language}`);

    await card
      .getByRole('button', { name: /Answer/ })
      .first()
      .click();
    const form = right.getByRole('dialog');
    await form.getByRole('textbox').first().fill(words.answer);
    await form.locator('button[type=submit]').click();
    await left.getByText(words.answer).first().waitFor();

    await picture(page, `human-answer-${language}`);
    expect(await left.getByText(words.answer).count()).toBeGreaterThan(0);
  });
});
