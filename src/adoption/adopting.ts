import { appendAudit } from '../core/audit.ts';
import { Conflict } from '../core/errors.ts';
import { locales } from '../core/i18n.ts';
import { type Doc, type Op, put, type Store } from '../core/ports.ts';
import {
  type Adopter,
  type Adoption,
  adoptionSubject,
  adoptions,
  chooseStandings,
  type Outcome,
  type ShippedContent,
  type Standing,
  sealOf,
  standingsOf,
  type Update,
} from './adoption.ts';
import { differenceOf, formatDifference } from './difference.ts';
import { editions, keepOp } from './edition.ts';

export interface Adopting {
  /** Where every shipped topic stands. */
  standings(): Promise<readonly Standing[]>;
  /** The updates that wait. */
  updates(standings: readonly Standing[]): Promise<readonly Update[]>;
  /**
   * Adopts what nobody has adopted yet of a topic, an area or `all`, topic by topic, each with its audit event.
   * @returns undefined when nothing has that name
   */
  adopt(what: string, by: Adopter): Promise<Outcome | undefined>;
  /**
   * Accepts the text that ships now in place of the one adopted before.
   * @param seal names the texts that were looked at; see `sealOf`
   * @returns what belongs in one commit, or undefined when other texts ship by now or there is nothing to accept
   */
  accept(topic: string, seal: string, by: Adopter): Promise<{ standing: Standing; ops: readonly Op[] } | undefined>;
}

// Somebody else adopting at the same moment is rare; three readings are plenty.
const attempts = 3;

// Commits that wait for the disk together share a flush: a thousand articles within the three seconds of a command.
const together = 50;

/** @param deps.now ms */
export function createAdopting(deps: {
  readonly store: Store;
  now(): number;
  shipped(): Promise<ShippedContent>;
}): Adopting {
  const { store, now } = deps;

  async function standings(): Promise<readonly Standing[]> {
    const { texts, replaced } = await deps.shipped();
    const adopted: Doc<Adoption>[] = [];
    for await (const doc of store.scan(adoptions)) adopted.push(doc);
    return standingsOf(texts, adopted, replaced);
  }

  async function updateOf(standing: Standing): Promise<Update> {
    const differences = await Promise.all(
      standing.texts.map(async (text) => {
        const adopted = standing.adoption?.editions[text.locale];
        if (adopted === text.hash) return [];
        const before = adopted ? await store.get(editions, adopted) : undefined;
        return [
          `${text.file}\n${formatDifference(differenceOf(before?.text ?? '', text.text, !text.file.endsWith('.md')))}`,
        ];
      }),
    );
    return { standing, difference: differences.flat().join('\n\n') };
  }

  function updates(all: readonly Standing[]): Promise<readonly Update[]> {
    return Promise.all(all.filter((standing) => standing.state === 'changed').map(updateOf));
  }

  /** The adoption of what ships now, with the texts themselves and the audit event. */
  async function opsOf({ topic, texts, adoption }: Standing, by: Adopter): Promise<readonly Op[]> {
    const at = now();
    const keep = await Promise.all(
      texts.map(async (text) => ((await store.get(editions, text.hash)) ? [] : [keepOp(text, at)])),
    );
    const shipped = Object.fromEntries(texts.map(({ locale, hash }) => [locale, hash]));
    // A language that ships no longer, or that the organization has replaced, keeps what was adopted.
    const kept = { ...adoption?.editions, ...shipped };
    const audit = appendAudit(adoptionSubject(topic), adoption?.head, {
      at,
      kind: 'adopted',
      actor: by.key,
      from: adoption ? hashes(adoption.editions) : null,
      to: hashes(kept),
      ...(by.name ? { parts: { name: by.name } } : {}),
    });
    const value: Adoption = { editions: kept, at, by: by.key, head: audit.head };
    return [put(adoptions, topic, value, adoption?.version ?? 0), ...audit.ops, ...keep.flat()];
  }

  /** @returns false when somebody else adopted it meanwhile */
  async function adoptOne(standing: Standing, by: Adopter): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      if (await store.get(adoptions, standing.topic)) return false;
      try {
        await store.commit(await opsOf(standing, by));
        return true;
      } catch (error) {
        if (!(error instanceof Conflict) || attempt === attempts) throw error;
      }
    }
  }

  return {
    standings,
    updates,
    async adopt(what, by) {
      const chosen = chooseStandings(await standings(), what);
      if (chosen.length === 0) return undefined;
      const open = chosen.filter((standing) => standing.state === 'starter');
      const adopted: Standing[] = [];
      for (let start = 0; start < open.length; start += together) {
        const some = open.slice(start, start + together);
        const done = await Promise.all(some.map((standing) => adoptOne(standing, by)));
        adopted.push(...some.filter((_, at) => done[at]));
      }
      const left = (await standings()).filter((standing) => standing.state === 'starter').length;
      return { adopted, updates: await updates(chosen), left };
    },
    async accept(topic, seal, by) {
      const standing = (await standings()).find((one) => one.topic === topic);
      if (standing?.state !== 'changed' || sealOf(standing) !== seal) return undefined;
      return { standing, ops: await opsOf(standing, by) };
    },
  };
}

function hashes(all: Adoption['editions']): Record<string, string> {
  return Object.fromEntries(locales.flatMap((locale) => (all[locale] ? [[locale, all[locale]]] : [])));
}
