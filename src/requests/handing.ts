import { z } from 'zod';
import type { FileCopied, FileCopies } from '../core/links.ts';
import type { Collection, PersonId } from '../core/ports.ts';
import type { Upload } from './uploads.ts';

const filled = z.string().min(1);
const person = z.custom<PersonId>((value) => typeof value === 'string' && value !== '');

/** A file on its way. `failed`: it was tried for long, and nobody knows why it does not work. */
const File = z.strictObject({
  file: filled,
  giver: person,
  /** As its giver called it; absent as long as nobody knows. */
  name: filled.exactOptional(),
  state: z.enum(['wanted', 'copied', 'deleted', 'unseen', 'foreign', 'too-large', 'failed']),
  /** The bot's own copy. */
  copy: filled.exactOptional(),
});

/**
 * The files of a request on their way to one person who may read it: copied one by one, then shown together. Each step can be done
 * again after a crash: a copy that is not shown is seen by nobody, and before copies are shown it is looked whether they are.
 */
export const Handing = z.strictObject({
  request: filled,
  person,
  /** When the person asked for them, ms. */
  at: z.number(),
  state: z.enum(['copying', 'showing', 'done']),
  files: z.array(File).min(1),
  /** Ids of files that came shortly before. */
  had: z.array(filled),
  /** Slack was asked to show them. */
  asked: z.boolean(),
  /** How often the step under way was tried. */
  tries: z.int().nonnegative(),
  /** When the next step is due; once it is done, when this is forgotten. */
  wakeAt: z.number(),
});
export type Handing = z.infer<typeof Handing>;

// A day: until then what could not be handed on can still be said.
const keptMs = 24 * 60 * 60_000;
/** A second press within it, or one on another copy of the card, is no second wish. */
const onceMs = 10 * 60_000;
const firstWaitMs = 5_000;
const longestWaitMs = 5 * 60_000;
// With the waits above about twenty minutes: longer, and nobody waits any more.
const mostTries = 8;

/** By request and person: one of them is under way at a time. */
export const handings: Collection<Handing> = {
  name: 'request_handing',
  schema: Handing,
  shape: 1,
  index: () => [],
  due: ({ wakeAt }) => wakeAt,
  retain: { days: 1, end: 'delete' },
  personal: ['person', 'files.giver', 'files.name'],
};

export function handingId(request: string, to: PersonId): string {
  return `${request}/${to}`;
}

/** @param had ids of files that came shortly before */
export function beginHanding(
  request: string,
  to: PersonId,
  uploads: readonly Upload[],
  now: number,
  had: readonly string[] = [],
): Handing {
  return {
    request,
    person: to,
    at: now,
    state: 'copying',
    files: uploads.map(({ file, giver }) => ({ file, giver, state: 'wanted' })),
    had: [...had],
    asked: false,
    tries: 0,
    wakeAt: now,
  };
}

/** What a press comes to: files that are on their way, or just came, are not sent again. */
export type Pressed =
  | { readonly kind: 'under-way' }
  | { readonly kind: 'had'; readonly at: number }
  | { readonly kind: 'begins'; readonly uploads: readonly Upload[]; readonly had: readonly string[] };

export function pressed(before: Handing | undefined, uploads: readonly Upload[], now: number): Pressed {
  if (!before) return { kind: 'begins', uploads, had: [] };
  if (before.state !== 'done') return { kind: 'under-way' };
  const isRecent = now - before.at < onceMs;
  const had = isRecent ? [...before.had, ...handedIn(before).map(({ file }) => file)] : [];
  const wanted = uploads.filter(({ file }) => !had.includes(file));
  return wanted.length > 0 ? { kind: 'begins', uploads: wanted, had } : { kind: 'had', at: before.at };
}

/** What is to be done next. */
export type HandingStep =
  | { readonly kind: 'copy'; readonly file: string; readonly giver: PersonId }
  | { readonly kind: 'show' }
  | { readonly kind: 'forget' };

export function nextStep({ state, files }: Handing): HandingStep {
  if (state === 'done') return { kind: 'forget' };
  const wanted = files.find((one) => one.state === 'wanted');
  return state === 'copying' && wanted ? { kind: 'copy', file: wanted.file, giver: wanted.giver } : { kind: 'show' };
}

/** After a file was copied, or could not be; where none could, there is nothing to show. */
export function afterCopy(handing: Handing, file: string, copied: FileCopied, now: number): Handing {
  if (copied.kind === 'later') {
    if (handing.tries + 1 < mostTries) return waiting(handing, now);
    return settled(handing, file, { state: 'failed' }, now);
  }
  const { kind, name } = copied;
  return settled(
    handing,
    file,
    kind === 'copied' ? { state: kind, name, copy: copied.copy } : { state: kind, name },
    now,
  );
}

type Shown = Awaited<ReturnType<FileCopies['show']>>;

/** After Slack was asked to show the copies, or was looked into. */
export function afterShow(handing: Handing, shown: Shown, now: number): Handing {
  switch (shown.kind) {
    case 'shown':
      return done(handing, now);
    case 'asked':
      return handing.tries + 1 < mostTries ? { ...waiting(handing, now), asked: true } : notShown(handing, now);
    case 'later':
      return handing.tries + 1 < mostTries ? waiting(handing, now) : notShown(handing, now);
    case 'refused':
      return notShown(handing, now);
  }
}

/** The files that the person has now. */
export function handedIn({ state, files }: Handing): Handing['files'] {
  return state === 'done' ? files.filter((one) => one.state === 'copied') : [];
}

/** The files that they will not get. */
export function missingIn({ state, files }: Handing): Handing['files'] {
  return state === 'done' ? files.filter((one) => one.state !== 'copied') : [];
}

function settled(
  handing: Handing,
  file: string,
  to: Pick<Handing['files'][number], 'state' | 'name' | 'copy'>,
  now: number,
): Handing {
  const files = handing.files.map((one) => (one.file === file ? { ...one, ...to } : one));
  const next = { ...handing, files, tries: 0, wakeAt: soon(handing, now) };
  if (files.some(({ state }) => state === 'wanted')) return next;
  return files.some(({ state }) => state === 'copied') ? { ...next, state: 'showing' } : done(next, now);
}

function notShown(handing: Handing, now: number): Handing {
  const files = handing.files.map((one): Handing['files'][number] =>
    one.state === 'copied' ? { ...one, state: 'failed' } : one,
  );
  return done({ ...handing, files }, now);
}

function done(handing: Handing, now: number): Handing {
  return { ...handing, state: 'done', wakeAt: Math.max(now, handing.wakeAt) + keptMs };
}

function waiting(handing: Handing, now: number): Handing {
  const tries = handing.tries + 1;
  const waitMs = Math.min(firstWaitMs * 2 ** (tries - 1), longestWaitMs);
  return { ...handing, tries, wakeAt: Math.max(now, handing.wakeAt) + waitMs };
}

/** At once, and still later than before: a step that does not move is none. */
function soon({ wakeAt }: Handing, now: number): number {
  return Math.max(now, wakeAt + 1);
}
