import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { z } from 'zod';
import { promised } from '../ask/calibrate.ts';
import { untrained } from '../ask/decide.ts';
import { calibrateBy, evaluate, GoldenLine, LaterTopics, tableOf, withLaterTopics } from '../ask/evaluate.ts';
import { OperatorError } from '../core/errors.ts';
import { calibrationFile, handbookFrom } from '../handbook.ts';
import { openLayers, shippedDir } from '../layers.ts';
import { exportPublished } from './kb-export.ts';
import { listGaps } from './kb-gaps.ts';
import { lint } from './kb-lint.ts';
import { show } from './kb-show.ts';
import { print } from './print.ts';
import { readContent, readHandbook } from './setup.ts';

export function registerKb(program: Command): void {
  const kb = program.command('kb').description('the knowledge base: check, measure, calibrate');
  kb.command('lint').description('list every mistake in articles and other content, with its mend').action(lint);
  kb.command('show <what>')
    .description('a text that was in force once, by the version on an answer; or all versions of an article')
    .action(show);
  kb.command('export [folder]')
    .description('write what was put into force from Slack as files, for a pull request; CONTENT_DIR without a folder')
    .option('--force', 'also over files that were changed meanwhile')
    .action(exportPublished);
  kb.command('gaps')
    .description('what people ask and the handbook does not answer, grouped, without names')
    .action(listGaps);
  kb.command('eval')
    .description('measure the answers on both golden sets')
    .option('--misses', 'list the tuning questions that went wrong')
    .action((options: { readonly misses?: boolean }) => measure(options.misses ?? false));
  kb.command('calibrate')
    .description('fit the thresholds to the content as it is now; writes data/calibration/weights.json')
    .action(recalibrate);
}

async function measure(misses: boolean): Promise<void> {
  const { search } = await readHandbook();
  for (const set of ['tuning', 'measure'] as const) {
    const lines = await readLines(`${shippedDir}golden/${set}.jsonl`);
    const evaluation = evaluate(search, set === 'measure' ? withLaterTopics(lines, await readLaterTopics()) : lines);
    print(`${set}\n${tableOf(evaluation)}\n`);
    // The measuring set is never looked at line by line: what is known is tuned on.
    if (!misses || set === 'measure') continue;
    for (const { line, outcome, got } of evaluation.misses)
      print(`${line.id} ${outcome} [${got.join(', ')}] ${line.q}`);
  }
}

async function recalibrate(): Promise<void> {
  const { search } = handbookFrom(await readContent(openLayers({})), untrained);
  const calibration = calibrateBy(search, await readLines(`${shippedDir}calibration/questions.jsonl`), promised);
  await writeFile(calibrationFile, `${JSON.stringify(calibration, null, 2)}\n`);
  print(`Wrote ${calibrationFile}. Next: npm run ospo -- kb eval.`);
}

/** @throws OperatorError naming the line that is no golden line */
function readLines(file: string): Promise<readonly GoldenLine[]> {
  return readJsonLines(file, GoldenLine, 'Give it id, added, q, lang, kind and expect, or decline and near.');
}

/** @throws OperatorError naming the line that is wrong */
function readLaterTopics(): Promise<readonly LaterTopics[]> {
  return readJsonLines(`${shippedDir}golden/measure-also.jsonl`, LaterTopics, 'Give it id, added and also.');
}

async function readJsonLines<T>(file: string, schema: z.ZodType<T>, mend: string): Promise<readonly T[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, at) => {
    const parsed = schema.safeParse(JSON.parse(line));
    if (parsed.success) return parsed.data;
    throw new OperatorError([{ where: `${file}, line ${at + 1}`, problem: parsed.error.message, mend }]);
  });
}
