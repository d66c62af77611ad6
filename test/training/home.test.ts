import { beforeEach, describe, expect, it } from 'vitest';
import type { PersonId } from '../../src/core/ports.ts';
import { day, mei, openSchool, type School, staff } from './school.ts';
import { editionOf, moduleOf } from './tracks.ts';

const both = (text: string) => ({ en: text, 'zh-CN': text });
const titled = (id: string, order: number, more: object = {}) =>
  editionOf({ id, order, title: both(`Track ${id}`), modules: [moduleOf('only')], ...more });
const editions = [
  titled('given', 1, { for: [{}], mandatory: true }),
  titled('chosen', 2),
  titled('done', 3),
  titled('never', 4),
];

let at: School;
beforeEach(async () => {
  at = await openSchool(editions);
});

/** What stands on somebody's Home, by the feature that says it. */
async function home(person: PersonId, name: string): Promise<string> {
  const found = staff.find(({ id }) => id === person);
  const feature = at.features.find((one) => one.name === name);
  const sections = found ? ((await feature?.home?.(found)) ?? []) : [];
  return JSON.stringify(sections.map(({ blocks }) => blocks));
}

describe('training on Home', () => {
  it('leaves out what stands there already with everything that is due', async () => {
    const [due, own] = [await home(mei, 'reminders'), await home(mei, 'training')];

    expect(due).toContain('Track given');
    expect(own).not.toContain('Track given');
    expect(own).toContain('What is due now stands above');
  });

  it('shows what is next before it is due, and takes it back when it moves up', async () => {
    await at.click('training.open', mei, 'chosen');
    const early = [await home(mei, 'reminders'), await home(mei, 'training')];
    await at.wait(6 * day);
    const later = [await home(mei, 'reminders'), await home(mei, 'training')];

    expect(early.map((said) => said.includes('Track chosen'))).toEqual([false, true]);
    expect(later.map((said) => said.includes('Track chosen'))).toEqual([true, false]);
  });

  it('says what is complete and until when, and nothing of what one never began', async () => {
    await at.click('training.open', mei, 'done');
    await at.click('training.attest', mei, 'done/only/0');

    const own = await home(mei, 'training');

    expect(own).toMatch(/Track done: complete, holds until \S+ 23 Nov 2027/);
    expect(own).not.toContain('Track never');
  });

  it('says that nothing is due once everything is done, and is not there for who has none', async () => {
    await at.click('training.attest', mei, 'given/only/0');
    const done = await home(mei, 'training');
    await at.teaches([titled('never', 4)]);
    const stranger = staff.at(-1)?.id;

    expect(done).toContain('Nothing is due.');
    expect(stranger && (await home(stranger, 'training'))).toBe('[]');
  });
});
