import type { Command } from 'commander';
import { type Config, readConfig } from '../config.ts';
import type { Content } from '../content/content.ts';
import { dateAfter, dateAt } from '../core/business-time.ts';
import { type Mistake, OperatorError } from '../core/errors.ts';
import { formatFinding } from '../core/findings.ts';
import { type Organization, organizationContent } from '../core/organization.ts';
import { systemClock } from '../core/time.ts';
import { type Examined, examineWorkspace, sayMistake } from '../examination.ts';
import { declared } from '../features.ts';
import { handbookKinds } from '../handbook.ts';
import { openLayers } from '../layers.ts';
import { licenseContent } from '../licenses/licenses.ts';
import { createLog } from '../log.ts';
import { closedGates } from './doctor-gates.ts';
import { unfilled } from './doctor-part.ts';
import { shippedScopes } from './manifest.ts';
import { print } from './print.ts';
import { localConfig, readAdoptions, readContent } from './setup.ts';

export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description(
      'what is wrong or missing in settings and content, each with its mend; without --online it asks Slack nothing',
    )
    .option(
      '--online',
      'hold tokens, scopes, channels and people against the live workspace too; reads all members once',
    )
    .action(examine);
}

/** Prints what is wrong first, then what is missing. Exits 1 when something is wrong. */
async function examine({ online }: { readonly online?: boolean }): Promise<void> {
  const settings = readSettings();
  const mistakes = 'mistakes' in settings ? settings.mistakes : [];
  const layers = openLayers({ contentDir: localConfig().contentDir, store: await readAdoptions() });
  const kinds = [...handbookKinds, ...licenseContent, ...declared.flatMap((feature) => feature.content)];
  const content = await readContent(layers, [...new Set(kinds)]);
  const broken = content.findings.filter(({ fatal }) => fatal);

  printSection('Settings: the bot does not start', mistakes.map(sayMistake));
  printSection('Content: not used until mended', broken.map(formatFinding));
  printSection('Training', closedGates(content, layers));
  printSection('Calendars', missingYears(content, systemClock.now()));
  printSection(
    'Not filled in yet, in organization.yml',
    unfilled(content).map(({ path, why }) => `${path}: ${why}`),
  );
  const examined = online && 'config' in settings ? await examineOnline(settings.config, content) : [];
  for (const { title, wrong, notes } of examined) {
    printSection(`${title}, in the workspace`, wrong);
    printSection(`${title}, in the workspace: worth knowing`, notes);
  }
  if (online && mistakes.length > 0) print('Slack was not asked: the settings come first.\n');
  const wrong = mistakes.length + broken.length + examined.reduce((sum, one) => sum + one.wrong.length, 0);
  print(wrong === 0 ? 'Nothing is wrong.' : `${wrong} wrong.`);
  if (wrong > 0) process.exitCode = 1;
}

function readSettings(): { readonly config: Config } | { readonly mistakes: readonly Mistake[] } {
  try {
    return { config: readConfig(process.env) };
  } catch (error) {
    if (error instanceof OperatorError) return { mistakes: error.mistakes };
    throw error;
  }
}

/** Without an organization there is nothing to hold against the workspace, and that is said already. */
async function examineOnline(config: Config, content: Content): Promise<readonly Examined[]> {
  const [organization] = content.items(organizationContent);
  if (!organization) return [];
  const [scopes, log] = [await shippedScopes(), createLog('silent')];
  return examineWorkspace({ config, organization, scopes, clock: systemClock, log });
}

/** Promised dates a few weeks ahead reach into the next year: its holidays are wanted before this one ends. */
function missingYears(content: Content, now: number): readonly string[] {
  const [organization] = content.items(organizationContent);
  return organization ? organization.offices.flatMap((office) => missingIn(office, now)) : [];
}

// China's State Council publishes the next year's days in November; a quarter is time enough to add them.
const ahead = 'P2M';

function missingIn({ id, zone, years }: Organization['offices'][number], now: number): readonly string[] {
  const today = dateAt(now, zone);
  const wanted = [...new Set([today, dateAfter(today, ahead)].map((date) => date.slice(0, 4)))];
  return wanted
    .filter((year) => !Object.hasOwn(years, year))
    .map((year) => `${id}: no holidays of ${year}; its days count by the week alone. Add offices.years.${year}.`);
}

function printSection(title: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  print(title);
  for (const line of lines) print(`  ${line}`);
  print('');
}
