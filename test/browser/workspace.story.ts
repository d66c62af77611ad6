import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../src/core/time.ts';
import { openTheater, picture, type Theater, windowOf, write } from './browser.ts';

let theater: Theater;
beforeAll(async () => {
  theater = await openTheater();
});
// Some of the stories kill it.
beforeEach(() => theater.playground.bot.start());
afterAll(async () => {
  await theater.stop();
  expect(theater.errors).toEqual([]);
});

it('shows newcomers around in five steps', async () => {
  const page = await theater.open({ tour: true, as: ['U0ENGINEER'] });
  const tour = page.getByRole('complementary', { name: 'Tour' });

  await tour.getByText('1 of 5').waitFor();
  await picture(page, 'tour');
  await tour.getByRole('button', { name: 'Ask it for me' }).click();
  await windowOf(page, 'Engineer').getByRole('button', { name: 'This helped' }).last().waitFor();
  await tour.getByRole('button', { name: 'Next' }).click();
  await tour.getByRole('button', { name: 'Show the OSPO lead beside' }).click();
  await windowOf(page, 'OSPO lead').waitFor();
  await tour.getByRole('button', { name: 'Next' }).click();
  await tour.getByRole('button', { name: 'Next' }).click();
  await tour.getByRole('button', { name: 'Open the inspector' }).click();
  await page.getByRole('complementary', { name: 'Inspector' }).getByText('chat.postMessage').first().waitFor();
  await picture(page, 'tour-end');
  await tour.getByRole('button', { name: 'Done' }).click();

  expect(await tour.count()).toBe(0);
});

it('answers what was asked while the bot was dead, once', async () => {
  const page = await theater.open({ as: ['U0SECURITY'] });
  const pane = windowOf(page, 'Security engineer');
  const faults = page.getByRole('button', { name: 'Faults' });

  await faults.click();
  await page.getByRole('menuitem', { name: /Kill the bot/ }).click();
  await page.getByRole('status').getByText('The bot is not connected').waitFor({ state: 'attached' });
  await write(pane, 'who may sign a CLA?');
  await pane.getByRole('article').last().getByText('who may sign a CLA?').waitFor();
  await picture(page, 'bot-killed');
  await faults.click();
  await page.getByRole('menuitem', { name: /Start the bot again/ }).click();
  await pane.getByRole('button', { name: 'This helped' }).waitFor();

  expect(await pane.getByRole('button', { name: 'This helped' }).count()).toBe(1);
});

it('tells when the app cannot be reached', async () => {
  const page = await theater.open({ as: ['U0LEGAL'] });
  const pane = windowOf(page, 'Legal counsel');
  await write(pane, 'who may sign a CLA?');
  const helped = pane.getByRole('button', { name: 'This helped' });
  await helped.waitFor();

  await theater.playground.bot.kill();
  await page.getByRole('status').getByText('The bot is not connected').waitFor({ state: 'attached' });
  await helped.click();
  await pane.getByText('We had some trouble connecting').waitFor();
  await theater.playground.bot.start();
  await page.getByRole('status').getByText('The bot is running').waitFor({ state: 'attached' });

  expect(await pane.getByText('We had some trouble connecting').count()).toBe(1);
});

it('marks what is unread and rings when it is not in sight', async () => {
  const page = await theater.open({ as: ['U0LEAD'] });
  const pane = windowOf(page, 'OSPO lead');
  const { workspace } = theater.playground;

  await pane.locator('.sidebar').getByRole('button', { name: 'Home' }).click();
  workspace.as(workspace.people.lead).dm('who may sign a CLA?');
  const toast = pane.locator('.toast').last();
  await toast.waitFor();
  await picture(page, 'notification');
  const unread = pane.locator('.sidebar').getByRole('button', { name: /OSPO Advisor.*unread/ });
  await unread.waitFor();
  await toast.click();

  await unread.waitFor({ state: 'detached' });
  expect(await pane.getByRole('button', { name: 'This helped' }).isVisible()).toBe(true);
});

it('reacts, edits, deletes, attaches a file', async () => {
  const page = await theater.open({ as: ['U0MANAGER'] });
  const pane = windowOf(page, 'Manager');
  await pane.locator('.sidebar').getByRole('button', { name: '# questions' }).click();

  await pane.locator('input[type=file]').setInputFiles({
    name: 'bom.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{}'),
  });
  await write(pane, 'our bill of materials');
  const message = pane.getByRole('article').last();
  await message.getByRole('link', { name: /bom\.json/ }).waitFor();
  await message.hover();
  await message.getByRole('button', { name: 'React', exact: true }).click();
  await pane.getByRole('menuitem', { name: /eyes/ }).click();
  await message.getByRole('button', { name: 'React with eyes' }).waitFor();
  await message.hover();
  await message.getByRole('button', { name: 'More actions' }).click();
  await pane.getByRole('menuitem', { name: 'Edit' }).click();
  await message.getByRole('textbox').fill('the bill of materials');
  await message.getByRole('button', { name: 'Save' }).click();

  await message.getByText('(edited)').waitFor();
  expect(await message.innerText()).toContain('the bill of materials');
  await message.hover();
  await message.getByRole('button', { name: 'More actions' }).click();
  await pane.getByRole('menuitem', { name: 'Delete' }).click();
  await pane.getByText('the bill of materials').waitFor({ state: 'detached' });
});

it('is driven by the keyboard alone', async () => {
  const page = await theater.open({ as: ['U0EXECUTIVE'] });
  const pane = windowOf(page, 'Executive sponsor');
  const focused = () => page.locator(':focus').innerText();

  await pane.locator('.sidebar button').first().focus();
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toContain('Home');
  await page.keyboard.press('Enter');
  await pane.getByRole('textbox').first().waitFor();
  const faults = page.getByRole('button', { name: 'Faults' });
  await faults.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toContain('429');
  await page.keyboard.press('Escape');

  expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Faults');
});

it('fits a narrow window', async () => {
  const page = await theater.open({ as: ['U0AUDITOR'], width: 360, height: 740 });
  const pane = windowOf(page, 'Auditor');
  await write(pane, 'Can we use an AGPL component in a service we run?');
  await pane.getByRole('button', { name: 'This helped' }).waitFor();
  await picture(page, 'narrow');

  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  await pane.getByRole('button', { name: 'Show conversations' }).click();
  await pane.getByRole('button', { name: '# general' }).waitFor();
  await picture(page, 'narrow-drawer');

  expect(overflow).toBe(0);
});

it('shows everything that the bot can show, feature by feature, in both languages, within its limits', {
  timeout: 300_000,
}, async () => {
  const page = await theater.open({ gallery: true });
  const choice = page.getByRole('combobox', { name: 'Part of the bot' });
  const more = page.getByRole('button', { name: /^Show more/ });
  const samples = page.locator('.sample');
  const gallery = page.locator('.gallery');

  await samples.first().waitFor();
  await picture(page, 'gallery');
  const drawnAtOnce = await samples.count();
  const features = await choice.locator('option:not([value=""])').allTextContents();
  const refused: string[] = [];
  const lopsided: string[] = [];
  const groups: string[] = [];
  let drawn = 0;
  for (const feature of features) {
    await choice.selectOption(feature);
    while ((await more.count()) > 0) {
      await gallery.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      await page.waitForTimeout(20);
    }
    const [en, zh] = await Promise.all(['en', 'zh-CN'].map((lang) => page.locator(`.edition[lang="${lang}"]`).count()));
    if (en !== zh) lopsided.push(feature);
    refused.push(...(await page.locator('.sample .field-error').allTextContents()));
    // The browser checks one radio of a name: forms beside each other must not share theirs.
    const radios = await page
      .locator('fieldset:has(input[type="radio"])')
      .evaluateAll((sets) => sets.map((set) => set.querySelector('input')?.name ?? ''));
    groups.push(...radios.filter((name, index) => radios.indexOf(name) !== index));
    drawn += await samples.count();
  }
  await page.getByRole('button', { name: 'Switch between light and dark' }).click();
  await page.getByRole('button', { name: 'Modal', exact: true }).click();
  await picture(page, 'gallery-dark');

  expect(drawnAtOnce).toBeLessThan(100);
  expect(features.length).toBeGreaterThan(8);
  expect(drawn).toBeGreaterThan(500);
  expect(lopsided).toEqual([]);
  expect(refused).toEqual([]);
  expect(groups).toEqual([]);
});

it('opens within two seconds', async () => {
  const page = await theater.open();
  const took: number[] = [];

  // The quickest of five says what the page needs; the others, what else the machine does.
  for (let round = 0; round < 5; round += 1) {
    const started = systemClock.now();
    await page.reload();
    await windowOf(page, 'Employee').getByRole('textbox').first().waitFor();
    took.push(systemClock.now() - started);
  }

  expect(Math.min(...took)).toBeLessThan(2_000);
});
