import { type Adoption, adoptions, type Standing, standingsOf } from '../adoption/adoption.ts';
import { checkOverrides } from '../adoption/overrides.ts';
import type { Handbook } from '../ask/ask.ts';
import { duplicateQuestions } from '../ask/duplicates.ts';
import { articleContent } from '../ask/knowledge.ts';
import type { Content } from '../content/content.ts';
import { type Finding, formatFinding } from '../core/findings.ts';
import { organizationContent } from '../core/organization.ts';
import type { Doc } from '../core/ports.ts';
import { systemClock } from '../core/time.ts';
import { handbookFrom, readCalibration } from '../handbook.ts';
import { type Layers, openLayers } from '../layers.ts';
import { type Unfilled, unfilled } from './doctor-part.ts';
import { idleFeatures } from './gallery.ts';
import { print } from './print.ts';
import { localConfig, readAdoptions, readContent } from './setup.ts';

/** Prints every mistake, what is alike together. Exits 1 when something is not used because of one. */
export async function lint(): Promise<void> {
  const { contentDir } = localConfig();
  const store = await readAdoptions();
  const layers = openLayers({ contentDir, store });
  const content = await readContent(layers);
  const shipped = await layers.shipped(systemClock.now());
  const own = ownFiles(content, layers);
  const inForce = content.findings.filter((finding) => !isCovered(finding, layers));
  const findings = [
    ...inForce,
    ...checkOverrides(own, shipped.texts, contentDir ?? ''),
    ...(await answering(content, layers)),
  ];
  const errors = findings.filter((finding) => finding.fatal);
  const notes = findings.filter((finding) => !finding.fatal);
  printGroup('Errors: not used until mended', errors);
  printGroup('Notes: used, and should be mended', notes);

  const adopted: Doc<Adoption>[] = [];
  if (store) for await (const adoption of store.scan(adoptions)) adopted.push(adoption);
  const standings = standingsOf(shipped.texts, adopted, shipped.replaced);
  printUpdates(standings.filter(({ state }) => state === 'changed'));
  printUnfilled(unfilled(content));
  print(`${errors.length} errors, ${notes.length} notes.`);
  if (errors.length > 0) process.exitCode = 1;
}

/** What shows once everything answers. Without an organization nothing does, and there is a finding that says so. */
async function answering(content: Content, { all, originOf }: Layers): Promise<readonly Finding[]> {
  if (content.items(organizationContent).length === 0) return [];
  const handbook = handbookFrom(content, await readCalibration());
  const layerOf = (file: string) => all[origins.indexOf(originOf(file))]?.name ?? '';
  const found = [...duplicateQuestions(handbook.base, handbook.search.tokensOf), ...withoutButton(handbook)];
  return found.map((finding) => ({ ...finding, file: `${layerOf(finding.file)}/${finding.file}` }));
}

/** Articles that open a command to which no button leads. */
function withoutButton(handbook: Handbook): readonly Finding[] {
  const commands = idleFeatures(handbook).flatMap((feature) => feature.commands);
  const known = commands.filter(({ button }) => button).map(({ words }) => words);
  return handbook.base.articles.flatMap(({ opens, editions }) => {
    if (opens === undefined || known.includes(opens)) return [];
    const problem = `No button leads to /ospo ${opens}; there is none below the answer.`;
    return [{ file: editions.en.file, field: 'opens', problem, mend: `Use ${known.join(', ')}.`, fatal: false }];
  });
}

// In the order of the layers.
const origins = ['shipped', 'adopted', 'own', 'published'];

function ownFiles(content: Content, layers: Layers) {
  return content
    .items(articleContent)
    .map(({ edition }) => ({ file: edition.file, replaces: edition.replaces }))
    .filter(({ file }) => ['own', 'published'].includes(layers.originOf(file)));
}

/** A finding about a file that another one lies over: nobody reads that text. */
function isCovered({ file }: Finding, { all, originOf }: Layers): boolean {
  const from = all.findIndex(({ name }) => file.startsWith(`${name}/`));
  const layer = all[from];
  if (!layer) return false;
  const top = origins.indexOf(originOf(file.slice(layer.name.length + 1)));
  return from < top;
}

/** One paragraph for findings that say the same: the sentence once, then where it holds. */
function printGroup(title: string, findings: readonly Finding[]): void {
  if (findings.length === 0) return;
  print(title);
  const alike = new Map<string, Finding[]>();
  for (const finding of findings) {
    const said = `${finding.problem} ${finding.mend}`;
    alike.set(said, [...(alike.get(said) ?? []), finding]);
  }
  for (const [said, group] of alike) {
    const [first] = group;
    if (first && group.length === 1) print(`  ${formatFinding(first)}`);
    else print(`  ${said}\n${group.map(placeOf).join('\n')}`);
  }
  print('');
}

function placeOf({ file, field }: Finding): string {
  return field ? `    ${file} (${field})` : `    ${file}`;
}

function printUnfilled(all: readonly Unfilled[]): void {
  if (all.length === 0) return;
  print('Not filled in yet, in organization.yml');
  for (const { path, why } of all) print(`  ${path}: ${why}`);
  print('');
}

function printUpdates(updates: readonly Standing[]): void {
  if (updates.length === 0) return;
  print('Updates: what ships has changed, the adopted text stays in force');
  for (const { topic } of updates) print(`  ${topic}: see it with \`ospo adopt ${topic}\``);
  print('');
}
