import { stripUnseen } from './escape.ts';
import { safeUrl } from './mrkdwn.ts';
import { wide, widePunctuation } from './render-marks.ts';
import type { Run } from './render-model.ts';

const styles = ['bold', 'italic', 'strike', 'code', 'url'] as const;

/** Joins neighbors of one style and drops empty ones. Fields come in one order, so that equal runs have equal JSON. */
export function mergeRuns(runs: readonly Run[]): readonly Run[] {
  const merged: Run[] = [];
  for (const run of runs) {
    const last = merged.at(-1);
    if (run.text === '') continue;
    if (last && styles.every((style) => last[style] === run[style]))
      merged[merged.length - 1] = { ...last, text: last.text + run.text };
    else merged.push(ordered(run));
  }
  return merged;
}

function ordered({ text, bold, italic, strike, code, url }: Run): Run {
  return {
    text,
    ...(bold && { bold }),
    ...(italic && { italic }),
    ...(strike && { strike }),
    ...(code && { code }),
    ...(url !== undefined && { url }),
  };
}

/** Without white space at both ends. */
export function trimRuns(runs: readonly Run[]): readonly Run[] {
  const first = runs.findIndex((run) => run.text.trim() !== '');
  if (first === -1) return [];
  const last = runs.findLastIndex((run) => run.text.trim() !== '');
  return runs.slice(first, last + 1).map((run, i, kept) => {
    const start = i === 0 ? run.text.trimStart() : run.text;
    return { ...run, text: i === kept.length - 1 ? start.trimEnd() : start };
  });
}

const ruler = /(?:^|\n)[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*(?=\n|$)/g;

/** A line break that was meant, until soft ones are gone: a noncharacter, which no source has. */
export const lineBreak = '\uFDD2';

const softInWide = new RegExp(
  `(?<=[${wide}])\\n(?=[${wide}${widePunctuation}])|(?<=[${widePunctuation}])\\n(?=[${wide}])`,
  'gu',
);

/**
 * Lines that the author only wrapped become one, with a space where the script has spaces; meant breaks become line feeds.
 * What an entity (`&#8203;`) put back in is taken out again.
 */
export function joinSoftBreaks(runs: readonly Run[]): readonly Run[] {
  return runs.map((run, i) => {
    const text = run.code ? run.text : joinLines(run.text, runs[i - 1]?.text.at(-1), runs[i + 1]?.text.at(0));
    return { ...run, text: stripUnseen(text.replaceAll(lineBreak, '\n')) };
  });
}

/** What stands around the run decides at its edges. */
function joinLines(text: string, left = '', right = ''): string {
  const [before, after] = [left, right].map((edge) => (edge === '\n' ? ' ' : edge));
  const joined = `${before}${text}${after}`.replace(softInWide, '').replace(/\n/g, ' ');
  return joined.slice(left.length, joined.length - right.length);
}

/** A table in pipes: its rows as lines, the cells divided by dots, which stay readable in any width. Other runs come back as they are. */
export function plainRows(runs: readonly Run[]): readonly Run[] {
  const [head = '', rule = ''] = runs
    .map((run) => run.text)
    .join('')
    .split('\n');
  const isTable = head.includes('|') && rule.includes('|') && rule.replace(ruler, '') === '';
  if (!isTable) return runs;
  const rows = runs.map((run) => (run.code ? run : { ...run, text: plainCells(run.text) }));
  return rows.map((run, i) => {
    const start = i === 0 ? run.text.replace(/^ · /, '') : run.text;
    return { ...run, text: i === rows.length - 1 ? start.replace(/ · $/, '') : start };
  });
}

function plainCells(text: string): string {
  return text
    .replace(ruler, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\| ?(?=\n)/g, '')
    .replace(/\n ?\|? ?/g, lineBreak)
    .replace(/ ?\| ?/g, ' · ');
}

// Ends before punctuation that closes a sentence and before anything that Chinese writes right behind an address.
const bareUrl = /https?:\/\/[\w%#/:?=&.@~+,;!$'*()[\]-]*[\w%#/=&@~+$-]/g;

/** Addresses written out become links, as Slack makes them in a message. */
export function linkBareUrls(runs: readonly Run[]): readonly Run[] {
  return runs.flatMap((run) => (run.code || run.url ? [run] : splitAtUrls(run)));
}

function splitAtUrls(run: Run): readonly Run[] {
  const pieces: Run[] = [];
  let end = 0;
  for (const match of run.text.matchAll(bareUrl)) {
    const url = safeUrl(match[0]);
    if (url === undefined) continue;
    pieces.push({ ...run, text: run.text.slice(end, match.index) }, { ...run, text: match[0], url });
    end = match.index + match[0].length;
  }
  return [...pieces, { ...run, text: run.text.slice(end) }];
}
