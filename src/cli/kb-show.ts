import { editions, findByTopic, findByVersion, type KeptEdition, versionLength } from '../adoption/edition.ts';
import { OperatorError } from '../core/errors.ts';
import type { Doc } from '../core/ports.ts';
import { print } from './print.ts';
import { readAdoptions } from './setup.ts';

/**
 * Prints a text that was in force once, by its version; or every kept version of an article, by its name.
 * @throws OperatorError when nothing of that name or version is kept
 */
export async function show(what: string): Promise<void> {
  const store = await readAdoptions();
  if (!store) throw nothingKept(what, `There is no store yet: collection ${editions.name} is empty.`);
  const byVersion = /^[0-9a-f]{8,64}$/.test(what) ? await findByVersion(store, what) : [];
  if (byVersion.length > 0) {
    for (const kept of byVersion) print(`${titleOf(kept)}\n\n${kept.text}`);
    return;
  }
  const versions = await findByTopic(store, what);
  if (versions.length === 0) throw nothingKept(what, 'Nothing of that name or version is kept.');
  for (const kept of versions) print(titleOf(kept));
  print(`\nRead one: npm run ospo -- kb show ${versions[0]?.id.slice(0, versionLength)}`);
}

function titleOf({ id, file, at }: Doc<KeptEdition>): string {
  return `${id.slice(0, versionLength)}  in force from ${new Date(at).toISOString()}  ${file}  (${id})`;
}

function nothingKept(what: string, problem: string): OperatorError {
  const mend = 'Give the 8 characters of a version, or the id of an article. The running bot keeps each text it uses.';
  return new OperatorError([{ where: what, problem, mend }]);
}
