import { readdir } from 'node:fs/promises';
import { pastQuestions } from '../ask/past.ts';
import { questions } from '../ask/question.ts';
import type { Doc, Store } from '../core/ports.ts';
import { systemClock } from '../core/time.ts';
import { type Gap, type GapView, gaps, isOpen, type KnownGap, sortInto, viewOf } from '../curating/gap.ts';
import { meaningsOf } from '../manuscripts.ts';
import { openStore } from '../storage/file-store.ts';
import { print } from './print.ts';
import { localConfig, readHandbook } from './setup.ts';

const keptMs = 90 * 24 * 60 * 60_000;

/** Prints what people asked and the handbook does not answer, grouped by meaning; beside a running bot too, and changes nothing. */
export async function listGaps(): Promise<void> {
  const store = await openRead();
  if (!store) return print('There is no store yet: nobody has asked anything.');
  const handbook = await readHandbook();
  const meanings = meaningsOf(() => handbook);
  const past = pastQuestions(store);
  const known: Doc<Gap>[] = [];
  for await (const gap of store.scan(gaps)) known.push(gap);

  const sorted = new Set(known.flatMap((gap) => gap.questions));
  const fresh = (await past.gaps(systemClock.now() - keptMs)).filter(({ id }) => !sorted.has(id));
  let count = 0;
  const changed = sortInto(known, fresh, meanings, () => `new-${++count}`);
  const all = new Map([...known, ...changed].map((gap) => [gap.id, gap]));
  const open = [...all.values()].filter(isOpen).toSorted((a, b) => b.size - a.size || b.last - a.last);

  for (const gap of open) {
    const kept = await Promise.all(gap.questions.map((id) => past.get(id)));
    // Units need the people, whom only the running bot knows: /ospo gaps names those with enough askers.
    const asked = kept.flatMap((one) => (one ? [{ text: one.text, person: one.person, unit: undefined }] : []));
    printGap(viewOf(gap, asked, handbook.organization.limits.smallestGroup, meanings.rarity), meanings.closest);
  }
  print(open.length === 0 ? 'Nothing is left open.' : `\n${open.length} topics. Write about one: /ospo gaps in Slack.`);
  printDesks([...all.values()]);
}

async function openRead(): Promise<Store | undefined> {
  const { stateDir } = localConfig();
  const files = await readdir(stateDir).catch(() => []);
  return files.length > 0 ? openStore(stateDir, { collections: [gaps, questions], mode: 'read' }) : undefined;
}

function printGap(view: GapView, closest: (text: string) => readonly string[]): void {
  const { example, about, asked, unhelpful, first } = view;
  const since = new Date(first).toISOString().slice(0, 10);
  const failed = unhelpful > 0 ? `, ${unhelpful} not helped` : '';
  print(`${String(asked).padStart(4)}  ${example ?? `about: ${about.join(', ')}`}`);
  const near = example === undefined ? [] : closest(example);
  print(`      since ${since}${failed}${near.length > 0 ? `; closest: ${near.join(', ')}` : ''}`);
}

/** What curators said is another desk's, ready to be copied. */
function printDesks(all: readonly KnownGap[]): void {
  const desks = all.flatMap(({ resolved }) => (resolved?.kind === 'desk' ? [resolved] : []));
  if (desks.length === 0) return;
  print('\nNot ours, for the aliases in desks.yml:');
  for (const { desk, locale, words } of desks) print(`  ${desk} (${locale}): - ${words}`);
}
