import type { MarkdownBlock, RichTextBlock } from '@slack/types';
import { safeUrl } from './mrkdwn.ts';
import { type Block, type Content, type Item, type Run, weigh } from './render-model.ts';
import { parseStrictly } from './render-parse.ts';
import { toRichText } from './render-rich-text.ts';

// All markdown blocks of one message share 12,000 characters; header, context and buttons want some of the 13,000 of the whole message.
const totalMax = 12_000;
// A message has 50 blocks; a card around the text needs some of them.
const blocksMax = 20;

/**
 * Content for a message, at most `max` characters over all blocks. What every reader of Markdown reads alike becomes
 * `markdown` blocks; the rest becomes `rich_text`, where nothing is parsed: text that Slack might take for its own
 * tokens or for markup, and emphasis that CommonMark refuses (`**重要：**后面`).
 */
export function toMessageBlocks(content: Content, max = totalMax): (MarkdownBlock | RichTextBlock)[] {
  const groups = grouped(content, max);
  if (groups.length > blocksMax) return toRichText(content, max);
  return groups.flatMap((group): (MarkdownBlock | RichTextBlock)[] =>
    group.markdown ? [{ type: 'markdown', text: group.sources.join('\n\n') }] : toRichText(group.blocks, group.max),
  );
}

type Group =
  | { readonly markdown: true; readonly sources: string[]; last: Block }
  | { readonly markdown: false; readonly blocks: Block[]; readonly max: number };

function grouped(content: Content, max: number): readonly Group[] {
  const groups: Group[] = [];
  let left = max;
  for (const block of content) {
    const source = portableSource(block);
    const group = groups.at(-1);
    const cost = source === undefined ? weigh(block) : source.length + 2;
    if (source === undefined || cost > left) {
      if (group?.markdown === false) group.blocks.push(block);
      else groups.push({ markdown: false, blocks: [block], max: left });
    } else if (group?.markdown && !(group.last.type === 'list' && block.type === 'list')) {
      group.sources.push(source);
      group.last = block;
    } else groups.push({ markdown: true, sources: [source], last: block });
    left -= cost;
    if (left <= 0) break;
  }
  return groups;
}

/**
 * The block as Markdown, when that means the same to every reader, else undefined. Proved rather than assumed: nothing
 * is escaped; the source has to come back as the very same block when it is parsed by the letter of CommonMark.
 */
function portableSource(block: Block): string | undefined {
  if (textsOf(block).some((text) => doubtful.test(text))) return undefined;
  const source = sourceOf(block);
  return JSON.stringify(parseStrictly(source)) === JSON.stringify([block]) ? source : undefined;
}

// Characters of Slack's tokens, of entities, escapes, tables and strikes, and words that call everybody: read one way
// by CommonMark and perhaps another way by Slack.
const doubtful = /[<>&\\|~`]|@(?:channel|here|everyone|group)/i;

function textsOf(block: Block): readonly string[] {
  switch (block.type) {
    case 'code':
      return [block.text];
    case 'list':
      return block.items.flatMap((item) => item.runs.map((run) => run.text));
    default:
      return block.runs.map((run) => run.text);
  }
}

function sourceOf(block: Block): string {
  switch (block.type) {
    case 'code':
      return `\`\`\`\n${block.text}\n\`\`\``;
    case 'quote':
      return `> ${runsSource(block.runs)}`;
    case 'paragraph':
      return runsSource(block.runs);
    case 'list':
      return listSource(block.items);
  }
}

/** A sublist starts where the text of the item above it starts. */
function listSource(items: readonly Item[]): string {
  const columns: number[] = [];
  return items
    .map((item) => {
      const mark = item.number === undefined ? '- ' : `${item.number}. `;
      const column = item.depth === 0 ? 0 : (columns[item.depth - 1] ?? 0);
      columns[item.depth] = column + mark.length;
      return `${' '.repeat(column)}${mark}${runsSource(item.runs)}`;
    })
    .join('\n');
}

function runsSource(runs: readonly Run[]): string {
  return runs.map(runSource).join('');
}

function runSource(run: Run): string {
  const marks = `${run.bold ? '**' : ''}${run.italic ? '*' : ''}`;
  const words = run.code ? `\`${run.text}\`` : run.text;
  const linked = run.url === undefined || safeUrl(run.text) === run.url ? words : `[${words}](${run.url})`;
  return `${marks}${linked}${marks}`;
}
