import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { OperatorError } from '../core/errors.ts';
import type { Locale } from '../core/i18n.ts';
import { finish } from '../core/steps.ts';
import type { UseCase } from '../licenses/policy.ts';
import { type ReadSbom, readSbom } from '../licenses/sbom.ts';
import { judgeSbom, sbomText } from '../licenses/sbom-table.ts';
import { texts } from '../licenses/texts.ts';
import { languageOption, purposeOption, readLicenses } from './license.ts';
import { print } from './print.ts';

interface Options {
  readonly use: UseCase;
  readonly modified?: boolean;
  readonly lang: Locale;
  readonly all?: boolean;
  readonly json?: boolean;
}

// Enough to recognize a row; --all names the rest.
const namedInARow = 8;

export function registerSbom(program: Command): void {
  program
    .command('sbom <file>')
    .description('judge every component of an SBOM (CycloneDX or SPDX, JSON) for a use')
    .addOption(purposeOption())
    .option('--modified', 'we change the components')
    .option('--all', 'name every component')
    .option('--json', 'write the whole table as JSON')
    .addOption(languageOption())
    .action(judgeFile);
}

async function judgeFile(file: string, { use, modified = false, lang, all, json }: Options): Promise<void> {
  const sbom = mended(file, finish(readSbom(await textOf(file))), lang);
  const licenses = await readLicenses();
  const table = finish(judgeSbom(licenses, sbom.components, { use, modified }));
  if (json) return print(JSON.stringify(table, null, 2));
  const words = texts[lang];
  print(words.sbom.title(file, sbom.format));
  print(words.sbom.counted(String(sbom.components.length)));
  if (!licenses.adopted) print(words.starter);
  print(`\n${sbomText(table, lang, all ? Number.POSITIVE_INFINITY : namedInARow)}`);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new OperatorError([
      { where: file, problem: `cannot be read (${why}).`, mend: 'Check its name and who may read it.' },
    ]);
  }
}

/** @throws OperatorError when the file is broken */
function mended(file: string, read: ReadSbom, lang: Locale): Extract<ReadSbom, { kind: 'sbom' }> {
  if (read.kind === 'sbom') return read;
  const where = read.where ? `${file}, ${read.where[lang]}` : file;
  throw new OperatorError([{ where, problem: read.problem[lang], mend: read.mend[lang] }]);
}
