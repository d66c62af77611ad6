import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { texts as asking } from '../../src/ask/texts.ts';
import { texts as home } from '../../src/home/texts.ts';
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
    person: 'Employee',
    as: 'U0EMPLOYEE',
    question: 'Can we use an AGPL component in a service we run?',
    answer: 'Ask first',
    vague: 'license',
  },
  {
    language: 'zh-CN',
    person: 'Engineer in Shanghai',
    as: 'U0SHANGHAI',
    question: '我们自己跑的服务能用 AGPL 的组件吗？',
    answer: '先问再用',
    vague: '能贡献吗',
  },
] as const;

describe.each(languages)('asking in $language', ({ language, person, as, question, answer, vague }) => {
  const bot = asking[language];
  const own = texts[language];

  it('answers in the conversation and takes feedback', async () => {
    const page = await theater.open({ language, as: [as] });
    const pane = windowOf(page, person);

    await write(pane, question);
    await pane.getByText(answer).first().waitFor();
    await pane.getByRole('button', { name: bot.helpful }).last().click();
    await pane.getByText(bot.thanks).first().waitFor();

    await picture(page, `answer-${language}`);
    expect(await pane.getByRole('button', { name: bot.helpful }).last().getAttribute('aria-pressed')).toBe('true');
  });

  it('offers up to three choices and answers the one that is pressed', async () => {
    const page = await theater.open({ language, as: [as], theme: 'dark' });
    const pane = windowOf(page, person);

    await write(pane, vague);
    await pane.getByRole('button', { name: bot.noneOfThese }).last().waitFor();
    const offered = pane.getByRole('article').last().locator('.actions:not(.quiet)').first().getByRole('button');
    const title = await offered.first().innerText();
    await picture(page, `choices-${language}`);
    await offered.first().click();

    await pane.getByRole('heading', { name: title }).last().waitFor();
    expect(await pane.getByRole('heading', { name: title }).count()).toBeGreaterThan(0);
  });

  it('opens a form from a shortcut, answers in it and closes with Escape', async () => {
    const page = await theater.open({ language, as: [as] });
    const pane = windowOf(page, person);

    await pane.getByRole('button', { name: own.shortcuts }).click();
    await pane.getByRole('menuitem', { name: 'Ask the OSPO' }).click();
    const form = pane.getByRole('dialog');
    await form.getByRole('textbox', { name: bot.askLabel }).fill(question);
    await picture(page, `form-${language}`);
    await form.getByRole('button', { name: bot.ask, exact: true }).click();
    await form.getByText(answer).first().waitFor();
    await page.keyboard.press('Escape');

    await form.waitFor({ state: 'detached' });
    expect(await pane.getByRole('dialog').count()).toBe(0);
  });

  it('answers from the Home', async () => {
    const page = await theater.open({ language, as: [as] });
    const pane = windowOf(page, person);

    await pane.locator('.sidebar').getByRole('button', { name: own.home }).click();
    const box = pane.getByRole('textbox', { name: home[language].askLabel });
    await box.fill(question);
    await picture(page, `home-${language}`);
    await box.press('Enter');

    await pane.getByRole('dialog').getByText(answer).first().waitFor();
    await picture(page, `home-answer-${language}`);
    await page.keyboard.press('Escape');

    await pane.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await box.isEditable()).toBe(true);
  });
});

it('completes a command and shows its answer to the one who typed it', async () => {
  const page = await theater.open();
  const pane = windowOf(page, 'Employee');
  const box = pane.locator('.composer textarea');

  await box.fill('/os');
  await box.press('Tab');
  await box.pressSequentially('help');
  await box.press('Enter');
  const help = pane.getByRole('article').filter({ hasText: '/ospo help' });
  await help.waitFor();

  expect(await help.innerText()).toContain('Only you can see this');
});

it('asks about a message in a channel from its menu', async () => {
  const page = await theater.open({ as: ['U0ENGINEER'] });
  const pane = windowOf(page, 'Engineer');

  await goTo(pane, 'general');
  await write(pane, 'who may sign a CLA?');
  const message = pane.getByRole('article').last();
  await message.hover();
  await message.getByRole('button', { name: 'More actions' }).click();
  await pane.getByRole('menuitem', { name: 'Ask about this message' }).click();

  const form = pane.getByRole('dialog');
  await form.waitFor();
  expect(await form.getByRole('textbox').first().inputValue()).toContain('who may sign a CLA?');
});

it('mentions the app in a channel and reads its answer in the thread', async () => {
  const page = await theater.open({ as: ['U0MANAGER'] });
  const pane = windowOf(page, 'Manager');

  await goTo(pane, 'general');
  const add = pane.getByRole('button', { name: 'Add the app' });
  if (await add.isVisible()) await add.click();
  await write(pane, '@ospo-advisor who may sign a CLA?');
  await pane.getByRole('button', { name: '1 reply' }).last().click();
  const thread = pane.getByRole('complementary', { name: 'Thread' });
  await thread.getByText('Only you can see this').waitFor();

  await picture(page, 'channel-thread');
  expect(await thread.innerText()).toContain('CLA');
});
