import { type Command, Option } from 'commander';
import { auditSubjects } from '../app.ts';
import { openListPlace } from '../auditing/daily.ts';
import { eraseParts, findErasable } from '../auditing/erase.ts';
import { type ExportFormat, exportAudit, exportFormats } from '../auditing/export.ts';
import { readPublicKey } from '../auditing/keys.ts';
import { type Listed, newestList, readLists } from '../auditing/lists.ts';
import { auditOwn } from '../auditing/own.ts';
import { takeHeads } from '../auditing/take.ts';
import { verifyAudit } from '../auditing/verify.ts';
import { auditEvents, auditParts } from '../core/audit.ts';
import { OperatorError } from '../core/errors.ts';
import type { Store } from '../core/ports.ts';
import { systemClock } from '../core/time.ts';
import { openStore } from '../storage/file-store.ts';
import { counted, findingLine } from './audit-lines.ts';
import { print, printPieces } from './print.ts';
import { localConfig } from './setup.ts';

export function registerAudit(program: Command): void {
  const audit = program.command('audit').description('the audit trail: verify, list, export, erase');
  audit
    .command('verify')
    .description('look for anything that was changed or removed; also while the bot runs')
    .option('--against [file]', 'also hold it against a signed list of heads; without a file the newest in AUDIT_DIR')
    .option(
      '--key <file>',
      'the public half of the key that lists are signed with; AUDIT_KEY_FILE where nothing is said',
    )
    .action(verify);
  audit
    .command('heads')
    .description('write a signed list of all heads to AUDIT_DIR now; also while the bot runs')
    .action(heads);
  audit
    .command('export')
    .description('print events with the texts beside them; also while the bot runs')
    .option('--person <id>', 'who acted or is named by this key')
    .option('--subject <name>', 'one subject, or all of a kind: req/00000142, req')
    .option('--kind <what>', 'what happened: adopted')
    .option('--from <date>', 'from this day or moment on, UTC', moment)
    .option('--to <date>', 'before this day or moment, UTC', moment)
    .addOption(new Option('--format <format>', 'how').choices(exportFormats).default('csv'))
    .action(exportTrail);
  audit
    .command('erase')
    .description('erase names and texts of a person beside the trail; the trail itself stays whole')
    .requiredOption('--person <id>', 'key of the person: a Slack member id')
    .option('--name <text...>', 'also texts of others that hold this')
    .option('--as <name>', 'the role or name in whose name you erase; kept beside the audit trail')
    .option('--dry-run', 'only say what would go; also while the bot runs')
    .action(erase);
}

async function verify(options: { readonly against?: string | true; readonly key?: string }): Promise<void> {
  const listed = options.against ? await readListed(options.against, options.key) : undefined;
  const { events, chains, findings } = await verifyAudit({
    store: await openForReading(),
    subjects: auditSubjects,
    ...(listed ? { listed: listed.heads } : {}),
  });
  for (const finding of findings) print(findingLine(finding));
  const beside = listed ? `, held against ${listed.file} with ${counted(listed.heads.size, 'chain')}` : '';
  print(`${counted(events, 'event')} in ${counted(chains, 'chain')}${beside}: ${counted(findings.length, 'problem')}.`);
  if (findings.length > 0) process.exitCode = 1;
}

async function readListed(against: string | true, keyFile: string | undefined): Promise<Listed> {
  const { audit } = localConfig();
  const key = keyFile ?? audit?.keyFile;
  if (!key) throw missing('--key', 'Nothing says which key the list was signed with.', 'Give its public half.');
  const file = against === true ? audit && (await newestList(audit.dir)) : against;
  if (!file) throw missing('--against', 'There is no list to hold it against.', 'Name a file, or set AUDIT_DIR.');
  return readLists(file, await readPublicKey(key));
}

async function heads(): Promise<void> {
  const { audit } = localConfig();
  if (!audit) {
    throw missing('AUDIT_DIR', 'is not set: nothing says where lists go.', 'Set it, and AUDIT_KEY_FILE with it.');
  }
  const place = await openListPlace(audit);
  const taken = await takeHeads(await openForReading(), place, systemClock.now(), 'all');
  print(`Listed ${counted(taken.heads, 'chain')} in ${taken.file}.`);
  for (const subject of taken.contradicted)
    print(`${subject}: is not what an earlier list says; run audit verify --against`);
  if (taken.contradicted.length > 0) process.exitCode = 1;
}

interface ExportOptions {
  readonly person?: string;
  readonly subject?: string;
  readonly kind?: string;
  readonly from?: number;
  readonly to?: number;
  readonly format: ExportFormat;
}

async function exportTrail({ format, ...choice }: ExportOptions): Promise<void> {
  await printPieces(exportAudit(await openForReading(), choice, format));
}

interface EraseOptions {
  readonly person: string;
  readonly name?: readonly string[];
  readonly as?: string;
  readonly dryRun?: boolean;
}

async function erase({ person, name: names = [], as: name, dryRun }: EraseOptions): Promise<void> {
  const erasing = { person, names };
  for (const each of [person, ...names]) {
    // One letter stands in everything.
    if (each.trim().length < 2) throw missing(`"${each}"`, 'This is too short to name anybody.', 'Give all of it.');
  }
  const store = dryRun ? await openForReading() : await openForErasing();
  try {
    const found = await findErasable(store, erasing);
    for (const { parts, names: gone } of found) print(`${parts.id}: ${gone.join(', ')}`);
    const count = found.reduce((sum, { names: gone }) => sum + gone.length, 0);
    const what = `${counted(count, 'part')} of ${counted(found.length, 'event')}`;
    if (dryRun || count === 0) return print(`${what}; nothing was erased.`);
    await eraseParts(store, erasing, found, { by: 'operator', now: systemClock.now(), ...(name ? { name } : {}) });
    print(`Erased ${what}. Backups still hold them, and so do journals on the disk`);
    print('until the store has written its next snapshot.');
  } finally {
    await store.close();
  }
}

const collections = [...new Set([auditEvents, auditParts, ...auditSubjects.map(({ collection }) => collection)])];

/** The trail at this moment, beside a running bot too. @throws OperatorError */
function openForReading(): Promise<Store> {
  return openStore(localConfig().stateDir, { collections, mode: 'read' });
}

/** @throws OperatorError when there is no store, or the bot has it */
async function openForErasing(): Promise<Store> {
  try {
    return await openStore(localConfig().stateDir, { collections: [auditEvents, auditParts, auditOwn] });
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const mend = 'Stop the bot, erase, start it again. `audit erase --dry-run` works beside it.';
    throw new OperatorError([
      ...error.mistakes,
      { where: 'audit erase', problem: 'needs the store for itself.', mend },
    ]);
  }
}

/** A day or a moment as ISO 8601, in UTC where nothing is said. */
function moment(text: string): number {
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(at)) throw missing(text, 'This is no date.', 'Write 2026-11-22, or 2026-11-22T08:00:00Z.');
  return at;
}

function missing(where: string, problem: string, mend: string): OperatorError {
  return new OperatorError([{ where, problem, mend }]);
}
