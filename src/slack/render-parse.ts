import type { Definition, List, PhrasingContent, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { stripUnseen, truncate } from './escape.ts';
import { safeUrl } from './mrkdwn.ts';
import { easeEmphasis, literally, markStrikes, readStrikes } from './render-marks.ts';
import type { Block, Content, Item, Run } from './render-model.ts';
import { joinSoftBreaks, lineBreak, linkBareUrls, mergeRuns, plainRows, trimRuns } from './render-runs.ts';

type Style = Omit<Run, 'text'>;
type Targets = ReadonlyMap<string, string>;

// A message shows 12,000 characters; the rest is room for markup. The parser's time grows with the square of bad input.
const sourceMax = 20_000;
// More marks of quotes and lists in a row than anybody writes: 9,000 on one line took the parser 54 seconds.
const markRow = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))){12,}/gm;
// Styles deeper than anybody nests, and far from the depth of the call stack.
const depthMax = 40;

/**
 * Markdown as content. Headings become bold paragraphs, images links, tables rows of text, HTML its own source;
 * comments and rules are dropped. Links lead to http, https and mailto only. Never throws.
 * Emphasis is also read where CommonMark's rule for words between spaces fails Chinese: `**重要：**后面`.
 */
export function parseMarkdown(source: string): Content {
  return parse(easeEmphasis(markStrikes(cleaned(source))));
}

/** The same by the letter of CommonMark, as any other reader of Markdown would. */
export function parseStrictly(source: string): Content {
  return parse(cleaned(source));
}

function cleaned(source: string): string {
  return truncate(stripUnseen(source), sourceMax).replace(markRow, '');
}

function parse(source: string): Content {
  const root = fromMarkdown(source);
  const targets = new Map<string, string>();
  collectTargets(root.children, targets);
  return root.children.flatMap((node) => blocksOf(node, targets));
}

/** Definitions stand where blocks stand, also inside quotes and lists. */
function collectTargets(nodes: readonly RootContent[], targets: Map<string, string>): void {
  for (const node of nodes) {
    if (node.type === 'definition') addTarget(node, targets);
    if (node.type === 'blockquote' || node.type === 'list' || node.type === 'listItem')
      collectTargets(node.children, targets);
  }
}

function addTarget(node: Definition, targets: Map<string, string>): void {
  if (!targets.has(node.identifier)) targets.set(node.identifier, node.url);
}

function blocksOf(node: RootContent, targets: Targets): readonly Block[] {
  switch (node.type) {
    case 'heading':
      return paragraph(inline(node.children, { bold: true }, targets));
    case 'paragraph':
      return paragraph(inline(node.children, {}, targets));
    case 'blockquote': {
      const runs = finish(flatten(node.children, targets, 1));
      return runs.length > 0 ? [{ type: 'quote', runs }] : [];
    }
    case 'list': {
      const items = itemsOf(node, 0, targets);
      return items.length > 0 ? [{ type: 'list', items }] : [];
    }
    case 'code': {
      const text = literally(node.value);
      return text.trim() === '' ? [] : [{ type: 'code', text }];
    }
    case 'html':
      return paragraph(html(node.value, {}));
    default:
      return [];
  }
}

function paragraph(runs: readonly Run[]): readonly Block[] {
  const finished = finish(runs);
  return finished.length > 0 ? [{ type: 'paragraph', runs: finished }] : [];
}

function finish(runs: readonly Run[]): readonly Run[] {
  return trimRuns(mergeRuns(linkBareUrls(joinSoftBreaks(plainRows(mergeRuns(readStrikes(runs)))))));
}

function itemsOf(list: List, depth: number, targets: Targets): readonly Item[] {
  return list.children.flatMap((node, i) => {
    const own = finish(
      flatten(
        node.children.filter((child) => child.type !== 'list'),
        targets,
        depth + 1,
      ),
    );
    const below = node.children.flatMap((child) => (child.type === 'list' ? itemsOf(child, depth + 1, targets) : []));
    if (own.length === 0) return below;
    const number = list.ordered ? { number: (list.start ?? 1) + i } : {};
    return [{ depth, ...number, runs: own }, ...below];
  });
}

/** Blocks inside a quote or a list item, as lines. */
function flatten(nodes: readonly RootContent[], targets: Targets, depth: number): readonly Run[] {
  const lines = nodes.map((node): readonly Run[] => {
    switch (node.type) {
      case 'heading':
        return inline(node.children, { bold: true }, targets);
      case 'paragraph':
        return inline(node.children, {}, targets);
      case 'blockquote':
        return flatten(node.children, targets, depth + 1);
      case 'list':
        return joinLines(itemsOf(node, depth, targets).map((item) => itemLine(item, depth)));
      case 'code':
        return [{ text: literally(node.value), code: true }];
      case 'html':
        return html(node.value, {});
      default:
        return [];
    }
  });
  return joinLines(lines.filter((line) => line.length > 0));
}

function itemLine(item: Item, depth: number): readonly Run[] {
  const mark = item.number === undefined ? '-' : `${item.number}.`;
  return [{ text: `${'  '.repeat(item.depth - depth)}${mark} ` }, ...item.runs];
}

function joinLines(lines: readonly (readonly Run[])[]): readonly Run[] {
  return lines.flatMap((line, i) => (i === 0 ? line : [{ text: lineBreak }, ...line]));
}

function inline(nodes: readonly PhrasingContent[], style: Style, targets: Targets, depth = 0): readonly Run[] {
  if (depth > depthMax) return [];
  const inside = (children: readonly PhrasingContent[], more: Style) =>
    inline(children, { ...style, ...more }, targets, depth + 1);
  return nodes.flatMap((node): readonly Run[] => {
    switch (node.type) {
      case 'text':
        return [{ ...style, text: node.value }];
      case 'strong':
        return inside(node.children, { bold: true });
      case 'emphasis':
        return inside(node.children, { italic: true });
      case 'inlineCode':
        return [{ ...style, text: literally(node.value), code: true }];
      case 'break':
        return [{ ...style, text: lineBreak }];
      case 'link':
        return linked(node.url, (more) => inside(node.children, more));
      case 'linkReference':
        return linked(targets.get(node.identifier), (more) => inside(node.children, more));
      case 'image':
        return linked(node.url, (more) => [{ ...style, ...more, text: literally(node.alt ?? '') }]);
      case 'imageReference':
        return linked(targets.get(node.identifier), (more) => [{ ...style, ...more, text: literally(node.alt ?? '') }]);
      case 'html':
        return html(node.value, style);
      default:
        return [];
    }
  });
}

/** The words of a link, with its address when that is a safe one; a link without words shows its address. */
function linked(target: string | undefined, words: (style: Style) => readonly Run[]): readonly Run[] {
  const url = safeUrl(literally(target ?? ''));
  if (url === undefined) return words({});
  const runs = words({ url }).filter((run) => run.text !== '');
  return runs.length > 0 ? runs : [{ text: url, url }];
}

/** HTML is shown as what was typed; comments were not meant to be seen. */
function html(value: string, style: Style): readonly Run[] {
  const text = literally(value).replace(/<!--[\s\S]*?-->/g, '');
  return text.trim() === '' ? [] : [{ ...style, text }];
}
