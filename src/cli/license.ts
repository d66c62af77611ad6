import { createInterface } from 'node:readline';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { buildKnowledgeBase, knowledgeContent } from '../ask/knowledge.ts';
import { loadContent } from '../content/content.ts';
import { OperatorError } from '../core/errors.ts';
import { type Locale, locales } from '../core/i18n.ts';
import { systemClock } from '../core/time.ts';
import { openLayers } from '../layers.ts';
import { cardText, compatibilityCard, judgementCard, licenseCard, readingLines, reasonOf } from '../licenses/cards.ts';
import { compatibility } from '../licenses/compatibility.ts';
import type { Verdict } from '../licenses/compatibility-table.ts';
import { type Expression, readExpression } from '../licenses/expression.ts';
import { judge } from '../licenses/judge.ts';
import { createLicenses, type Licenses, licenseContent } from '../licenses/licenses.ts';
import { type UseCase, useCases } from '../licenses/policy.ts';
import { texts } from '../licenses/texts.ts';
import { print } from './print.ts';
import { localConfig, readAdoptions } from './setup.ts';

/** Ids or nicknames of two licenses, as `license compat --batch` reads them. */
const Pair = z.object({ inbound: z.string(), outbound: z.string() });

/** What `license compat --batch` writes for a pair: one JSON object a line. */
interface BatchVerdict {
  readonly verdict: Verdict;
  readonly reason: string;
}

/** What can be asked about a purpose, for every command that judges. */
export const purposeOption = () =>
  new Option('--use <case>', 'what it is used for').choices(useCases).makeOptionMandatory();
export const languageOption = () =>
  new Option('--lang <language>', 'language of the answer').choices(locales).default('en');

interface Language {
  readonly lang: Locale;
}

export function registerLicense(program: Command): void {
  const license = program.command('license').description('licenses: what they say, what our policy says, what to do');
  license
    .command('show <id>')
    .description('everything about one license, with our tier for each use')
    .addOption(languageOption())
    .action(async (id: string, { lang }: Language) => show(await readLicenses(), id, lang));
  license
    .command('check <expression>')
    .description('judge an SPDX expression for a use')
    .addOption(purposeOption())
    .option('--modified', 'we change it')
    .addOption(languageOption())
    .action(async (text: string, options: Language & { readonly use: UseCase; readonly modified?: boolean }) => {
      const licenses = await readLicenses();
      const expression = expressionOf(licenses, text, options.lang);
      const found = judge(licenses, expression, { use: options.use, modified: options.modified ?? false });
      print(cardText(judgementCard(licenses, expression, found, options.lang), options.lang));
    });
  license
    .command('compat [inbound]')
    .description('may code under one license go into a work under another')
    .option('--into <outbound>', 'the license of the work')
    .option('--batch', 'read JSON lines {"inbound": "...", "outbound": "..."}, write {"verdict", "reason"} for each')
    .addOption(languageOption())
    .action(async (inbound: string | undefined, options: Language & { into?: string; batch?: boolean }) => {
      const licenses = await readLicenses();
      if (options.batch) return compareLines(licenses, options.lang);
      if (!inbound || !options.into) throw withoutPair();
      const [from, into] = [inbound, options.into].map((text) => expressionOf(licenses, text, options.lang));
      if (from && into) print(cardText(compatibilityCard(licenses, from, into, options.lang), options.lang));
    });
}

// The names of licenses, without the articles.
const kinds = [...licenseContent, ...knowledgeContent.filter(({ folder }) => folder === 'licenses')];

/** Everything known of licenses on this machine, with the organization's own rules. @throws OperatorError */
export async function readLicenses(): Promise<Licenses> {
  const layers = openLayers({ contentDir: localConfig().contentDir, store: await readAdoptions() });
  const content = await loadContent({ layers: layers.all, kinds, now: systemClock.now() });
  return createLicenses({
    content,
    isStarter: (path) => layers.originOf(path) === 'shipped',
    nicknames: buildKnowledgeBase(content).licenses,
  });
}

function show(licenses: Licenses, text: string, lang: Locale): void {
  const expression = expressionOf(licenses, text, lang);
  if (expression.kind !== 'license') {
    const mend = 'Show one license, or judge the expression: npm run ospo -- license check "MIT OR ISC" --use server.';
    throw new OperatorError([{ where: text, problem: 'This names several licenses.', mend }]);
  }
  print(cardText(licenseCard(licenses, expression, lang), lang));
}

/** What was typed as an expression; corrections are printed. @throws OperatorError for what may mean several, or nothing */
function expressionOf(licenses: Licenses, text: string, lang: Locale): Expression {
  const meant = meaningOf(licenses, text, lang);
  if ('expression' in meant) {
    for (const line of meant.corrections) print(line);
    return meant.expression;
  }
  throw new OperatorError([{ where: text, problem: meant.problem, mend: meant.candidates.join(', ') }]);
}

type Meaning =
  | { readonly expression: Expression; readonly corrections: readonly string[] }
  | { readonly problem: string; readonly candidates: readonly string[] };

/** An expression, else the one license that the words name; what may mean several is never guessed. */
function meaningOf(licenses: Licenses, text: string, lang: Locale): Meaning {
  const read = readExpression(text);
  if (read.kind === 'expression') return { expression: read.expression, corrections: readingLines(read, lang) };
  const [mention, other] = licenses.mentionedIn(text);
  if (mention?.kind === 'license' && !other) return { expression: mention.expression, corrections: [] };
  if (mention?.kind === 'ambiguous') {
    return { problem: texts[lang].which(mention.name), candidates: mention.candidates };
  }
  return { problem: readingLines(read, lang).join(' '), candidates: [] };
}

async function compareLines(licenses: Licenses, lang: Locale): Promise<void> {
  let number = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    number += 1;
    if (line.trim() === '') continue;
    print(JSON.stringify(verdictOf(licenses, pairOf(line, number), lang)));
  }
}

function pairOf(line: string, number: number): z.infer<typeof Pair> {
  try {
    return Pair.parse(JSON.parse(line));
  } catch {
    const mend = 'Write {"inbound": "MIT", "outbound": "GPL-3.0-only"}.';
    throw new OperatorError([{ where: `line ${number}`, problem: 'is not a JSON object with two licenses.', mend }]);
  }
}

/** What cannot be read, or may mean several licenses, is unknown. */
function verdictOf(licenses: Licenses, { inbound, outbound }: z.infer<typeof Pair>, lang: Locale): BatchVerdict {
  const [from, into] = [inbound, outbound].map((text) => meaningOf(licenses, text, lang));
  for (const meant of [from, into]) {
    if (meant && 'problem' in meant) {
      return { verdict: 'unknown', reason: [meant.problem, meant.candidates.join(', ')].filter(Boolean).join(' ') };
    }
  }
  if (!from || !into || 'problem' in from || 'problem' in into) return { verdict: 'unknown', reason: '' };
  const found = compatibility(licenses, from.expression, into.expression);
  return { verdict: found.verdict, reason: reasonOf(found, lang) };
}

function withoutPair(): OperatorError {
  const mend = 'Write: npm run ospo -- license compat Apache-2.0 --into GPL-3.0-only.';
  return new OperatorError([{ where: 'license compat', problem: 'needs two licenses.', mend }]);
}
