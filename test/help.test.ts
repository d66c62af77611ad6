import { expect, it } from 'vitest';
import { idleFeatures } from '../src/cli/gallery.ts';
import { readHandbook } from '../src/cli/setup.ts';
import { locales } from '../src/core/i18n.ts';

it('is led to by answers only with commands that have a button', async () => {
  const handbook = await readHandbook();
  const commands = idleFeatures(handbook).flatMap((feature) => feature.commands);
  const opened = handbook.base.articles.flatMap(({ opens }) => opens ?? []);

  expect(opened.length).toBeGreaterThan(5);
  expect(opened.filter((words) => !commands.some((one) => one.words === words && one.button))).toEqual([]);
});

it('has a whole sentence for every command, in every language', async () => {
  const commands = idleFeatures(await readHandbook()).flatMap((feature) => feature.commands);

  const fragments = commands.flatMap(({ words, help }) =>
    locales.filter((locale) => !/^[\p{Lu}\p{Script=Han}].*[.。]$/u.test(help[locale])).map((locale) => [words, locale]),
  );

  expect(commands.length).toBeGreaterThan(15);
  expect(fragments).toEqual([]);
});
