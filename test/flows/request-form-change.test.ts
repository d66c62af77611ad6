import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Workspace } from '../../src/playground/workspace.ts';
import { choice, field, typeOf } from '../requests/form-types.ts';
import { type Bot, startBot } from './bot.ts';

const shipped = new URL('../../data/', import.meta.url);

let bot: Bot;
let workspace: Workspace;
let contentDir: string;
beforeAll(async () => {
  contentDir = await mkdtemp(join(tmpdir(), 'ospo-forms-'));
  await cp(new URL('organization.yml', shipped), join(contentDir, 'organization.yml'));
  await mkdir(join(contentDir, 'requests'));
  await write('Name', ['one', 'two', 'three']);
  bot = await startBot({ office: true, contentDir });
  ({ workspace } = bot);
});
afterAll(async () => {
  await bot.stop();
  await rm(contentDir, { recursive: true, force: true });
});

const top = (person: string) => workspace.openViews(person).at(-1);
const words = (person: string) => JSON.stringify(top(person)?.view ?? {});

/** Writes the type as an office does: in its file, while the bot runs. */
async function write(label: string, kinds: readonly string[]): Promise<void> {
  const fields = [
    { ...field('name', 'text'), label: { en: label, 'zh-CN': label } },
    { ...field('kind', 'choice'), choices: kinds.map(choice) },
  ];
  const type = typeOf([fields, [field('why', 'long')]]);
  await writeFile(join(contentDir, 'requests', 'small.yml'), stringify(type));
}

describe('a form that changes while it is open', () => {
  it('keeps what fits, asks the rest again and says so, in the words of the new edition', async () => {
    const { employee, engineer } = workspace.people;
    const actor = workspace.as(employee);
    await actor.slash('/ospo', 'request small name=left-pad kind=two');
    await workspace.waitFor(() => words(employee).includes('left-pad'));
    await actor.submit();
    await workspace.waitFor(() => words(employee).includes('why.1.0'));

    await write('Full name', ['one', 'four']);
    // Files are watched; a form that opens in the new words says that they are in force.
    await workspace.waitFor(
      async () => {
        await workspace.as(engineer).slash('/ospo', 'request small');
        return words(engineer).includes('Full name');
      },
      { withinMs: 30_000, what: 'the new edition' },
    );
    const submitted = await actor.submit({ 'why.1.0': 'Because.' });

    expect(submitted.kind).toBe('update');
    expect(words(employee)).toContain('The form has changed since you began.');
    expect(words(employee)).toContain('Answer again: kind.');
    expect(words(employee)).toContain('Full name');
    expect(words(employee)).toContain('"initial_value":"left-pad"');
    expect(workspace.complaints).toEqual([]);
  }, 40_000);
});
