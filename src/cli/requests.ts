import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { articleContent } from '../ask/knowledge.ts';
import { type Content, loadContent } from '../content/content.ts';
import type { ContentItems } from '../core/content.ts';
import { OperatorError } from '../core/errors.ts';
import { checkShape, type Finding, formatFinding } from '../core/findings.ts';
import { type Locale, locales } from '../core/i18n.ts';
import { organizationContent } from '../core/organization.ts';
import { systemClock } from '../core/time.ts';
import { handbookKinds } from '../handbook.ts';
import { type Layers, openLayers } from '../layers.ts';
import { readExpression } from '../licenses/expression.ts';
import { judge } from '../licenses/judge.ts';
import { createLicenses, licenseContent } from '../licenses/licenses.ts';
import { useCases } from '../licenses/policy.ts';
import type { Values } from '../requests/condition.ts';
import { explain } from '../requests/explain.ts';
import { factsFrom } from '../requests/facts.ts';
import { checkAnswers, fieldsAsked, tidyAnswer } from '../requests/form.ts';
import { Answers } from '../requests/request.ts';
import type { RequestType, TypeEdition } from '../requests/type.ts';
import { checkArticles } from '../requests/type-checks.ts';
import { inOffer, requestContent } from '../requests/type-content.ts';
import { print } from './print.ts';
import { registerRequestsCoverage } from './requests-coverage.ts';
import { registerRequestsExport } from './requests-export.ts';
import { registerRequestsImport } from './requests-import.ts';
import { localConfig, readAdoptions } from './setup.ts';

interface ExplainOptions {
  readonly answers: string;
  readonly facts?: string;
  readonly lang: Locale;
}

export function registerRequests(program: Command): void {
  const requests = program
    .command('requests')
    .description('kinds of request: list, check, explain; export and import of requests; who is covered by agreements');
  requests.command('list').description('every kind of request, its version, and whether it is adopted').action(list);
  requests.command('lint').description('list every mistake in the kinds of request, with its mend').action(lint);
  requests
    .command('explain <type>')
    .description('who would decide about a request, and why, without Slack')
    .requiredOption('--answers <file>', 'JSON file with the answers by field id')
    .option(
      '--facts <file>',
      'JSON file with facts like {"project.known": "yes"}; what is missing is worked out or unknown',
    )
    .addOption(new Option('--lang <locale>', 'language of the explanation').choices(locales).default('en'))
    .action(explainRequest);
  registerRequestsExport(requests);
  registerRequestsCoverage(requests);
  registerRequestsImport(requests);
}

interface Read {
  readonly content: Content;
  readonly layers: Layers;
  readonly editions: readonly TypeEdition[];
}

async function read(): Promise<Read> {
  const layers = openLayers({ contentDir: localConfig().contentDir, store: await readAdoptions() });
  const kinds = [...new Set([...handbookKinds, ...licenseContent, requestContent])];
  const content = await loadContent({ layers: layers.all, kinds, now: systemClock.now() });
  return { content, layers, editions: inOffer(content.items(requestContent)) };
}

async function list(): Promise<void> {
  const { editions, layers } = await read();
  for (const { type, hash, file } of editions) {
    const state = layers.originOf(file) === 'shipped' ? 'starter, not adopted' : layers.originOf(file);
    const hidden = type.restricted ? ', confidential' : '';
    print(`${type.id.padEnd(16)} ${hash.slice(0, 8)}  ${type.title.en} (${state}${hidden})`);
  }
}

/** Prints every mistake of request types. Exits 1 when one of them is not used because of it. */
async function lint(): Promise<void> {
  const { content, editions } = await read();
  const articles = new Set(content.items(articleContent).map(({ id }) => id));
  const found = [
    ...content.findings.filter(({ file }) => file.includes(`/${requestContent.folder}/`)),
    ...editions.flatMap((edition) => checkArticles(edition, articles)),
  ];
  const sorted: readonly Finding[] = [...found].sort((a, b) => Number(b.fatal) - Number(a.fatal));
  for (const finding of sorted) print(`${finding.fatal ? 'Error' : 'Note'}: ${formatFinding(finding)}`);
  const errors = found.filter(({ fatal }) => fatal).length;
  print(`${editions.length} kinds of request, ${errors} errors, ${found.length - errors} notes.`);
  if (errors > 0) process.exitCode = 1;
}

/** @throws OperatorError when there is no such type, or a file cannot be read */
async function explainRequest(id: string, options: ExplainOptions): Promise<void> {
  const { content, layers, editions } = await read();
  const edition = editions.find(({ type }) => type.id === id);
  if (!edition) {
    const mend = `Write one of: ${editions.map(({ type }) => type.id).join(', ')}.`;
    throw new OperatorError([{ where: id, problem: 'There is no such kind of request.', mend }]);
  }
  const { type } = edition;
  const given = await readAnswers(options.answers);
  const facts = options.facts ? await readAnswers(options.facts) : {};
  const tidy = Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const field = type.fields.find((one) => one.id === name);
      return [name, field ? tidyAnswer(field, value, readExpression) : value];
    }),
  );
  const known = { ...factsOf(edition, tidy, content, layers), ...facts };
  for (const line of explain(type, tidy, known, options.lang)) print(line);
  printErrors(type, tidy, known, options.lang);
}

/** What can be known without Slack and the store: the license, the size, the adoption. */
function factsOf({ type, file }: TypeEdition, answers: Values, content: ContentItems, layers: Layers): Values {
  const isStarter = (path: string) => layers.originOf(path) === 'shipped';
  const license = type.find.license === undefined ? undefined : answers[type.find.license];
  const use = type.find.useCase === undefined ? undefined : answers[type.find.useCase];
  const read = typeof license === 'string' ? readExpression(license) : undefined;
  const purpose = useCases.find((one) => one === use) ?? 'internal';
  const modified = type.find.modified !== undefined && answers[type.find.modified] !== 'no';
  const licenses = createLicenses({ content, isStarter });
  const tier =
    read?.kind === 'expression' ? judge(licenses, read.expression, { use: purpose, modified }).tier : 'unknown';
  const [organization] = content.items(organizationContent);
  return factsFrom(
    type,
    answers,
    { license: tier, adopted: isStarter(file) ? 'no' : 'yes' },
    organization?.limits.smallContributionLines ?? 0,
  );
}

function printErrors(type: RequestType, answers: Values, facts: Values, locale: Locale): void {
  const errors = checkAnswers(type, { ...answers, ...facts }, locale, readExpression);
  for (const field of fieldsAsked(type, { ...answers, ...facts })) {
    const error = errors[field.id];
    if (error) print(`! ${field.id} (${field.label[locale]}): ${error}`);
  }
}

/** @throws OperatorError when it is no JSON file with answers */
async function readAnswers(file: string): Promise<Values> {
  const mend = 'Write a JSON object like {"nature": "bug_fix", "lines": 40}.';
  const text = await readFile(file, 'utf8').catch(() => {
    throw new OperatorError([{ where: file, problem: 'This file cannot be read.', mend: 'Check its path.' }]);
  });
  const checked = checkShape(Answers, parseJson(text), file);
  if (checked.findings) {
    const mistakes = checked.findings.map(({ field = '', problem }) => ({ where: `${file} ${field}`, problem, mend }));
    throw new OperatorError(mistakes);
  }
  return checked.value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
