import { accessSync, constants, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { type Playground, startPlayground } from '../../src/playground/playground.ts';

const pictures = fileURLToPath(new URL('../../build/screenshots/', import.meta.url));
const emptyPicture = '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="180" />';
// A bot on a busy machine answers later than one on a quiet one.
const patienceMs = 30_000;

/** $CHROMIUM_PATH, or a Chromium on the PATH. @throws Error that says how to get one */
function findChromium(): string {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named;
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
  if (!found) throw new Error('No Chromium found: set CHROMIUM_PATH, or install chromium and fonts-noto-cjk.');
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface Look {
  /** Who sits at the windows, left to right. */
  readonly as?: readonly string[];
  readonly language?: 'en' | 'zh-CN';
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  /** Newcomers are shown around. */
  readonly tour?: boolean;
  readonly gallery?: boolean;
}

/** A playground and a browser that looks at it. */
export interface Theater {
  readonly playground: Playground;
  /** Opens the page in a fresh browser profile and closes the one before, which would go on reading messages. */
  open(look?: Look): Promise<Page>;
  /** Errors that pages reported. */
  readonly errors: readonly string[];
  stop(): Promise<void>;
}

export async function openTheater(): Promise<Theater> {
  const playground = await startPlayground();
  const browser: Browser = await chromium.launch({
    executablePath: findChromium(),
    args: [
      '--disable-gpu',
      '--disable-background-networking',
      '--no-first-run',
      '--disable-sync',
      '--disable-component-update',
      // Chromium's sandbox does not start as root, which is what containers run as.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  const errors: string[] = [];
  const local = new URL(playground.url).hostname;
  return {
    playground,
    errors,
    async open({ as = ['U0EMPLOYEE'], language = 'en', theme = 'light', width = 1280, height = 800, ...look } = {}) {
      await Promise.all(browser.contexts().map((before) => before.close()));
      const context = await browser.newContext({ viewport: { width, height }, locale: language });
      const page = await context.newPage();
      page.setDefaultTimeout(patienceMs);
      page.on('pageerror', (error) => void errors.push(error.message));
      // Samples name pictures on hosts that do not exist. Whatever else the page wanted from outside would be an error.
      await page.route(
        (url) => url.hostname !== local,
        (route) =>
          route.request().resourceType() === 'image'
            ? route.fulfill({ contentType: 'image/svg+xml', body: emptyPicture })
            : route.abort(),
      );
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      const query = new URLSearchParams({ as: as.join(','), lang: language, theme });
      if (!look.tour) query.set('tour', 'off');
      await page.goto(`${playground.url}?${query}${look.gallery ? '#gallery' : ''}`);
      return page;
    },
    async stop() {
      await browser.close();
      await playground.stop();
    },
  };
}

/** The window of one person. */
export function windowOf(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

/** Writes where the person is and sends it with Enter. */
export async function write(pane: Locator, text: string): Promise<void> {
  const box = pane.locator('.composer textarea').last();
  await box.fill(text);
  await box.press('Enter');
}

/** Goes to a channel by its name. */
export async function goTo(pane: Locator, name: string): Promise<void> {
  const drawer = pane.locator('.drawer-button');
  if (await drawer.isVisible()) await drawer.click();
  await pane
    .locator('.sidebar')
    .getByRole('button', { name: new RegExp(`^# ?${name}\\b`) })
    .click();
}

/** Keeps a picture as build output. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.evaluate('document.fonts.ready');
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}
