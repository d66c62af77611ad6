import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OperatorError } from '../core/errors.ts';
import { type Planned, planExport } from '../curating/export.ts';
import { type PublishedText, publishedArticles, textsOf } from '../curating/published.ts';
import { print } from './print.ts';
import { localConfig, readAdoptions } from './setup.ts';

/**
 * Writes what was put into force from Slack as files, in the layout of CONTENT_DIR; beside a running bot too.
 * Exits 1 when a file was left as it is because somebody changed it meanwhile.
 * @param folder the organization's content, or a checkout of it; CONTENT_DIR when left out
 * @throws OperatorError when there is no folder to write to
 */
export async function exportPublished(
  folder: string | undefined,
  { force }: { readonly force?: boolean },
): Promise<void> {
  const target = folder ?? localConfig().contentDir;
  if (!target) throw noFolder();
  const texts = await publishedTexts();
  const found = new Map(
    await Promise.all(texts.map(async ({ file }) => [file, await readIfThere(join(target, file))] as const)),
  );
  const plan = planExport(texts, (file) => found.get(file));
  for (const { text, step } of plan) if (step === 'write' || (step === 'conflict' && force)) await write(target, text);
  report(plan, target, force ?? false);
}

async function publishedTexts(): Promise<readonly PublishedText[]> {
  const store = await readAdoptions();
  const texts: PublishedText[] = [];
  if (store) for await (const article of store.scan(publishedArticles)) texts.push(...textsOf(article));
  return texts;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function write(target: string, { file, text }: PublishedText): Promise<void> {
  await mkdir(dirname(join(target, file)), { recursive: true });
  await writeFile(join(target, file), text);
}

function report(plan: readonly Planned[], target: string, force: boolean): void {
  const files = (step: Planned['step']) => plan.filter((one) => one.step === step).map(({ text }) => text.file);
  const [fresh, conflicts] = [files('write'), files('conflict')];
  for (const file of fresh) print(`wrote     ${join(target, file)}`);
  for (const file of files('there')) print(`has it    ${join(target, file)}`);
  for (const file of conflicts) print(`${force ? 'replaced' : 'conflict'}  ${join(target, file)}`);
  if (plan.length === 0) print('Nothing to export: every text lies among the files.');
  if (fresh.length > 0)
    print(
      '\nNext: let a colleague look at the change. Once the file is in CONTENT_DIR, the copy in the store steps back.',
    );
  if (conflicts.length === 0 || force) return;
  print('\nThese files have changed since the text was written in Slack, and were left as they are.');
  print(
    'Compare them with `npm run ospo -- kb show` and the version on the answer. Then write over them with --force, or withdraw the text: /ospo article and its name.',
  );
  process.exitCode = 1;
}

function noFolder(): OperatorError {
  const mend = 'Set CONTENT_DIR, or name a folder: npm run ospo -- kb export /path/to/your/content.';
  return new OperatorError([{ where: 'kb export', problem: 'There is no folder to write to.', mend }]);
}
