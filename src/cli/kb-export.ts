import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { articleContent } from '../ask/knowledge.ts';
import { OperatorError } from '../core/errors.ts';
import { type Dated, type Planned, planExport, planReviewDays } from '../curating/export.ts';
import { type PublishedText, publishedArticles, textsOf } from '../curating/published.ts';
import { type ArticleReview, articleReviews } from '../curating/review.ts';
import { print } from './print.ts';
import { localConfig, readAdoptions } from './setup.ts';

/**
 * Writes what was put into force from Slack as files, in the layout of CONTENT_DIR, and the days of reviews that were done
 * there into the files that were read; beside a running bot too. Reviews of shipped texts stay in the store, as adoptions do.
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
  const { texts, reviews } = await fromSlack();
  const found = new Map(
    await Promise.all(texts.map(async ({ file }) => [file, await readIfThere(join(target, file))] as const)),
  );
  const plan = planExport(texts, (file) => found.get(file));
  for (const { text, step } of plan) if (step === 'write' || (step === 'conflict' && force)) await write(target, text);
  const dated = planReviewDays(await articleFiles(target), reviews);
  for (const one of dated) await write(target, one);
  report({ plan, dated, target, force: force ?? false });
}

async function fromSlack(): Promise<{
  readonly texts: readonly PublishedText[];
  readonly reviews: readonly ArticleReview[];
}> {
  const store = await readAdoptions();
  const texts: PublishedText[] = [];
  const reviews: ArticleReview[] = [];
  if (store) {
    for await (const article of store.scan(publishedArticles)) texts.push(...textsOf(article));
    for await (const review of store.scan(articleReviews)) reviews.push(review);
  }
  return { texts, reviews };
}

/** Every article file of a folder, by its path there. */
async function articleFiles(target: string): Promise<readonly Dated[]> {
  const { folder } = articleContent;
  const names = await readdir(join(target, folder), { recursive: true }).catch(() => []);
  const files = names
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .toSorted();
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(join(target, file), 'utf8') })));
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function write(target: string, { file, text }: Dated): Promise<void> {
  await mkdir(dirname(join(target, file)), { recursive: true });
  await writeFile(join(target, file), text);
}

function report(done: {
  readonly plan: readonly Planned[];
  readonly dated: readonly Dated[];
  readonly target: string;
  readonly force: boolean;
}): void {
  const { plan, dated, target, force } = done;
  const files = (step: Planned['step']) => plan.filter((one) => one.step === step).map(({ text }) => text.file);
  const [fresh, conflicts] = [files('write'), files('conflict')];
  for (const file of fresh) print(`wrote     ${join(target, file)}`);
  for (const file of files('there')) print(`has it    ${join(target, file)}`);
  for (const file of conflicts) print(`${force ? 'replaced' : 'conflict'}  ${join(target, file)}`);
  for (const { file } of dated) print(`reviewed  ${join(target, file)}`);
  if (plan.length === 0 && dated.length === 0) print('Nothing to export: every text lies among the files.');
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
