import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTheater, picture, type Theater, windowOf, write } from './browser.ts';

let theater: Theater;
beforeAll(async () => {
  theater = await openTheater();
});
afterAll(async () => {
  await theater.stop();
  expect(theater.errors).toEqual([]);
});

describe.each([
  {
    language: 'en',
    person: 'Employee',
    as: 'U0EMPLOYEE',
    verdict: 'can we use AGPL-3.0 in our SaaS?',
    layer: 'What to do now',
    pair: 'can Apache-2.0 code go into a GPLv2 project',
    asked: 'GPL-2.0-only',
  },
  {
    language: 'zh-CN',
    person: 'Engineer in Shanghai',
    as: 'U0SHANGHAI',
    verdict: '我们的 SaaS 能用 AGPL-3.0 吗',
    layer: '现在怎么做',
    pair: 'Apache 2.0 的代码能放进 GPLv2 项目吗',
    asked: 'GPL-2.0-only',
  },
] as const)('licenses in $language', ({ language, person, as, verdict, layer, pair, asked }) => {
  it('come as cards of three layers, and are asked back', async () => {
    const page = await theater.open({ language, as: [as], height: 1_400 });
    const pane = windowOf(page, person);

    await write(pane, verdict);
    await pane.getByText(layer).first().waitFor();
    await picture(page, `license-${language}`);
    await write(pane, pair);
    await pane.getByRole('button', { name: asked }).last().waitFor();
    await picture(page, `license-pair-${language}`);

    expect(await pane.getByText(layer).count()).toBeGreaterThan(0);
  });
});
