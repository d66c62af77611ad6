import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UserError } from '../../src/core/errors.ts';
import { locales } from '../../src/core/i18n.ts';
import type { PersonId } from '../../src/core/ports.ts';
import { forgetProblems, problemCard, problemModal, problems, tell, wordsFor } from '../../src/slack/problem.ts';
import { forgetSeen, seen } from '../../src/slack/seen.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { recordLog, start } from '../delivery/world.ts';

const person = 'U1' as PersonId;
const words = { en: 'There is no such license.', 'zh-CN': '没有这个许可证。' };
const Fields = z.object({ reference: z.string(), event: z.literal('Ev1') });

describe('the words for an error', () => {
  it("are the error's own when it was meant to be read, and nothing is logged", () => {
    const log = recordLog();

    const said = wordsFor(new UserError(words), log, {});

    expect(said).toEqual(words);
    expect(log.lines).toEqual([]);
  });

  it.each([new Error('a bug'), 'a string', undefined])('name a reference for a bug: %s', (bug) => {
    const log = recordLog();

    const said = wordsFor(bug, log, { event: 'Ev1' });
    const { reference } = Fields.parse(log.lines[0]?.fields);

    expect(locales.map((locale) => said[locale].includes(reference))).toEqual([true, true]);
  });

  it('name another reference each time', () => {
    const log = recordLog();

    const said = Array.from({ length: 100 }, () => wordsFor(new Error('a bug'), log, {}).en);

    expect(new Set(said).size).toBe(100);
  });
});

describe('telling a person', () => {
  it('is kept for as long as it may take to say it, and rendered in their language', async () => {
    const store = createMemoryStore([problems]);
    const told = tell(words, { person }, start);
    await store.commit(told.ops);
    const id = told.say[0]?.id ?? '';

    const cards = await Promise.all(locales.map((locale) => problemCard(store)(id, undefined, locale)));

    expect(cards.map((card) => card?.text)).toEqual([words.en, words['zh-CN']]);
    expect(told.say).toMatchObject([{ kind: 'notice', card: 'problem', place: { person }, lane: 'answers' }]);
  });

  it('has nothing to show once it is forgotten', async () => {
    const store = createMemoryStore([problems]);

    expect(await problemCard(store)('gone', undefined, 'en')).toBeUndefined();
  });

  it.each(locales)('opens a modal in %s', (locale) => {
    const view = problemModal(words[locale], locale);

    expect(JSON.stringify(view.blocks)).toContain(words[locale]);
    expect(view.submit).toBeUndefined();
  });
});

describe('what is kept for a day only', () => {
  const day = 24 * 60 * 60_000;

  it.each([
    ['a problem', problems, forgetProblems, { ...words, at: start }],
    ['what was done', seen, forgetSeen, { at: start }],
  ] as const)('%s', async (_, collection, forget, value) => {
    const store = createMemoryStore([collection]);
    await store.commit([{ put: value, in: collection, id: 'x', expect: 0 }]);

    const early = await store.due<object>(collection, { now: start + day - 1, limit: 9 });
    const [due] = await store.due<object>(collection, { now: start + day, limit: 9 });
    if (due) await store.commit((await forget.run(due, start + day)).ops);

    expect(early).toEqual([]);
    expect(await store.get<object>(collection, 'x')).toBeUndefined();
  });
});
