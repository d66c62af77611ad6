import { expect, it } from 'vitest';
import { idleFeatures } from '../src/cli/gallery.ts';
import { readHandbook } from '../src/cli/setup.ts';
import { locales } from '../src/core/i18n.ts';

it('has a whole sentence for every command, in every language', async () => {
  const commands = idleFeatures(await readHandbook()).flatMap((feature) => feature.commands);

  const fragments = commands.flatMap(({ words, help }) =>
    locales.filter((locale) => !/^[\p{Lu}\p{Script=Han}].*[.。]$/u.test(help[locale])).map((locale) => [words, locale]),
  );

  expect(commands.length).toBeGreaterThan(15);
  expect(fragments).toEqual([]);
});
