import { access, constants } from 'node:fs/promises';
import { z } from 'zod';
import { insertOnce } from '../core/attempts.ts';
import { OperatorError } from '../core/errors.ts';
import { type AnyJob, type Collection, type Log, put, type Store } from '../core/ports.ts';
import { readSigningKey } from './keys.ts';
import { type ListPlace, takeHeads } from './take.ts';

/** When the next list of heads is written (ms). */
const Daily = z.strictObject({ nextAt: z.number() });
type Daily = z.infer<typeof Daily>;

const dayMs = 24 * 60 * 60_000;
const only = 'heads';

export const auditDaily: Collection<Daily> = {
  name: 'audit_daily',
  schema: Daily,
  shape: 1,
  index: () => [],
  due: ({ nextAt }) => nextAt,
};

/** The lists of an installation: nothing where none are wanted. */
export interface Auditing {
  readonly jobs: readonly AnyJob[];
  /** Puts the first list on the calendar, where there is none. */
  begin(now: number): Promise<void>;
}

/**
 * @param settings undefined: no lists are written
 * @throws OperatorError when the key is none, or the folder is missing or not to be written to
 */
export async function openAuditing(deps: {
  readonly store: Store;
  readonly settings: { readonly dir: string; readonly keyFile: string } | undefined;
  readonly log: Log;
}): Promise<Auditing> {
  const { store, settings, log } = deps;
  if (!settings) return { jobs: [], begin: async () => undefined };
  const place = await openListPlace(settings);
  return {
    jobs: [dailyHeads(store, place, log)],
    begin: (now) => insertOnce(store, auditDaily, only, { nextAt: now }),
  };
}

/** @throws OperatorError when the key is none, or the folder is missing or not to be written to */
export async function openListPlace(settings: { readonly dir: string; readonly keyFile: string }): Promise<ListPlace> {
  const { dir, keyFile } = settings;
  await access(dir, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    const problem = `The folder for the lists of the audit trail cannot be written to (${error.code}).`;
    throw new OperatorError([{ where: dir, problem, mend: 'Create it for the user of the bot, or mend AUDIT_DIR.' }]);
  });
  return { dir, key: await readSigningKey(keyFile) };
}

/** A list every day. After a time without the bot one is written, not one for each day that was missed. */
function dailyHeads(store: Store, place: ListPlace, log: Log): AnyJob {
  return {
    collection: auditDaily,
    async run({ id, version }, now) {
      const { file, heads, contradicted } = await takeHeads(store, place, now);
      for (const subject of contradicted) log.error({ subject }, 'the audit trail contradicts its last list');
      log.info({ file, heads }, 'the heads of the audit trail are listed');
      const planned = (await store.get(auditDaily, id))?.nextAt ?? now;
      const missed = Math.floor((now - planned) / dayMs);
      return { ops: [put(auditDaily, id, { nextAt: planned + (missed + 1) * dayMs }, version)], say: [] };
    },
  };
}
