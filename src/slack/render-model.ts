import { truncate } from './escape.ts';

/** A stretch of text in one style. `text` may hold line feeds; `url` has passed `safeUrl`. */
export interface Run {
  readonly text: string;
  readonly bold?: true;
  readonly italic?: true;
  readonly strike?: true;
  readonly code?: true;
  readonly url?: string;
}

/** `depth` counts from 0; `number` is there for ordered items. */
export interface Item {
  readonly depth: number;
  readonly number?: number;
  readonly runs: readonly Run[];
}

/** A list with its sublists is one block: flat items, as Slack wants them. */
export type Block =
  | { readonly type: 'paragraph'; readonly runs: readonly Run[] }
  | { readonly type: 'quote'; readonly runs: readonly Run[] }
  | { readonly type: 'list'; readonly items: readonly Item[] }
  | { readonly type: 'code'; readonly text: string };

/** What is said, parsed once; each surface has its renderer. */
export type Content = readonly Block[];

/** The characters a reader sees. */
function lengthOf(block: Block): number {
  return measure(block, (run) => run.text.length);
}

/** What a block costs against Slack's limits: the characters, the addresses, and the JSON around every run. */
export function weigh(block: Block): number {
  // 16 characters a run keep 12,000 of weight below 100 kB of JSON, far from the 250 kB of a view.
  return measure(block, weighRun);
}

function weighRun(run: Run): number {
  return run.text.length + (run.url?.length ?? 0) + 16;
}

function measure(block: Block, size: (run: Run) => number): number {
  const runs = (all: readonly Run[]) => all.reduce((sum, run) => sum + size(run), 0);
  switch (block.type) {
    case 'code':
      return size({ text: block.text });
    case 'list':
      return block.items.reduce((sum, item) => sum + runs(item.runs), 0);
    default:
      return runs(block.runs);
  }
}

/** The block up to a weight of `max`, ended by an ellipsis; undefined when nothing readable is left. */
export function clip(block: Block, max: number): Block | undefined {
  if (weigh(block) <= max) return block;
  switch (block.type) {
    case 'code':
      return max < 32 ? undefined : { type: 'code', text: truncate(block.text, max - 16) };
    case 'list': {
      const items = clipItems(block.items, max);
      return items.length > 0 ? { type: 'list', items } : undefined;
    }
    default: {
      const runs = clipRuns(block.runs, max);
      return runs.length > 0 ? { ...block, runs } : undefined;
    }
  }
}

function clipItems(items: readonly Item[], max: number): readonly Item[] {
  const kept: Item[] = [];
  let left = max;
  for (const item of items) {
    const weight = item.runs.reduce((sum, run) => sum + weighRun(run), 0);
    if (weight > left) {
      const runs = clipRuns(item.runs, left);
      return runs.length > 0 ? [...kept, { ...item, runs }] : kept;
    }
    kept.push(item);
    left -= weight;
  }
  return kept;
}

function clipRuns(runs: readonly Run[], max: number): readonly Run[] {
  const kept: Run[] = [];
  let left = max;
  for (const run of runs) {
    const weight = weighRun(run);
    if (weight > left) {
      const room = left - (weight - run.text.length);
      return room < 1 ? kept : [...kept, { ...run, text: truncate(run.text, room) }];
    }
    kept.push(run);
    left -= weight;
  }
  return kept;
}

/**
 * The beginning of the content, for "Read on".
 * @param maxChars about how many characters a reader sees; cut between blocks, and inside the first one only if that alone is longer.
 *   A little more is shown rather than folded: nobody wants to tap for one more line.
 * @returns `rest`: whether anything was left out
 */
export function fold(content: Content, maxChars: number): { readonly shown: Content; readonly rest: boolean } {
  const lengths = content.map(lengthOf);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total <= maxChars * 1.15) return { shown: content, rest: false };
  let used = 0;
  let count = lengths.findIndex((length) => {
    used += length;
    return used > maxChars;
  });
  if (count === 0) {
    const first = content[0] && clip(content[0], maxChars);
    return { shown: first ? [first] : [], rest: true };
  }
  while (count > 1 && announces(content[count - 1])) count -= 1;
  return { shown: content.slice(0, count), rest: true };
}

/** Headings and "Four things decide:" belong to what follows. */
function announces(block: Block | undefined): boolean {
  if (block?.type !== 'paragraph') return false;
  return block.runs.every((run) => run.bold) || /[:：]$/.test(block.runs.at(-1)?.text ?? '');
}
