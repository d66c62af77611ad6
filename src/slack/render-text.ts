import { defuse } from './escape.ts';
import { safeUrl } from './mrkdwn.ts';
import type { Block, Content, Item, Run } from './render-model.ts';

/**
 * Content without any markup: lists with hyphens, links as "title (address)". For the command line as it is, and for
 * the `text` of a message through `message`, which escapes it.
 */
export function toPlainText(content: Content): string {
  return defuse(content.map(textOf).join('\n\n'));
}

function textOf(block: Block): string {
  switch (block.type) {
    case 'code':
      return block.text;
    case 'list':
      return block.items.map(itemText).join('\n');
    default:
      return runsText(block.runs);
  }
}

function itemText(item: Item): string {
  const indent = '  '.repeat(item.depth);
  const mark = item.number === undefined ? '-' : `${item.number}.`;
  const under = `\n${indent}${' '.repeat(mark.length + 1)}`;
  return `${indent}${mark} ${runsText(item.runs).replaceAll('\n', under)}`;
}

function runsText(runs: readonly Run[]): string {
  return runs.map((run, i) => (run.url === undefined ? run.text : linkText(run, run.url, runs[i + 1]))).join('');
}

/** A link of several styles is several runs: the address comes once, after the last. */
function linkText(run: Run, url: string, next: Run | undefined): string {
  if (next?.url === url || safeUrl(run.text) === url) return run.text;
  return `${run.text} (${url.replace(/^mailto:/, '')})`;
}
