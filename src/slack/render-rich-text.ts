import type { RichTextBlock, RichTextBlockElement, RichTextElement, RichTextList } from '@slack/types';
import { defuse } from './escape.ts';
import { type Block, type Content, clip, type Item, type Run, weigh } from './render-model.ts';

/** All rich text of one view or message; like the limit of markdown blocks, since Slack documents none here. */
const totalMax = 12_000;
/** One block, like the text of a section. */
const blockMax = 3000;
/** Slack indents lists up to eight steps. */
const indentMax = 8;

/** Slack has `offset` (numbers start after it), the vendor's type does not. */
type NumberedList = RichTextList & { offset?: number };

/** Content for modals and Home, at most `max` of weight; what does not fit ends in an ellipsis. */
export function toRichText(content: Content, max = totalMax): RichTextBlock[] {
  const groups: Block[][] = [];
  let room = 0;
  for (const block of fitted(content, max)) {
    const weight = weigh(block);
    const group = groups.at(-1);
    if (group && weight <= room) group.push(block);
    else {
      groups.push([block]);
      room = blockMax;
    }
    room -= weight;
  }
  return groups.map((group) => ({ type: 'rich_text', elements: elementsOf(group) }));
}

function fitted(content: Content, max: number): Content {
  let left = max;
  const kept: Block[] = [];
  for (const block of content) {
    const fitting = clip(block, left);
    if (fitting) kept.push(fitting);
    if (fitting !== block) break;
    left -= weigh(block);
  }
  return kept;
}

function elementsOf(blocks: Content): RichTextBlockElement[] {
  return blocks.flatMap((block, i) => elementsOfBlock(block, blocks[i - 1]?.type));
}

function elementsOfBlock(block: Block, before: Block['type'] | undefined): RichTextBlockElement[] {
  switch (block.type) {
    case 'paragraph':
      return [{ type: 'rich_text_section', elements: [...gap(before), ...block.runs.map(elementOf)] }];
    case 'quote':
      return [{ type: 'rich_text_quote', elements: block.runs.map(elementOf) }];
    case 'code':
      return [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: defuse(block.text) }] }];
    case 'list':
      return listsOf(block.items);
  }
}

/** Sections stand on lines right below each other; an empty line between them has to be written. */
function gap(before: Block['type'] | undefined): RichTextElement[] {
  return before === 'paragraph' || before === 'list' ? [{ type: 'text', text: '\n' }] : [];
}

/** Slack has no nested lists: every change of depth or kind starts another one, and numbers go on where they stopped. */
function listsOf(items: readonly Item[]): RichTextList[] {
  const groups: Item[][] = [];
  for (const item of items) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const goesOn = last && last.depth === item.depth && follows(last, item);
    if (group && goesOn) group.push(item);
    else groups.push([item]);
  }
  return groups.map((group): NumberedList => {
    const { depth = 0, number } = group[0] ?? {};
    return {
      type: 'rich_text_list',
      style: number === undefined ? 'bullet' : 'ordered',
      indent: Math.min(depth, indentMax),
      elements: group.map((item) => ({ type: 'rich_text_section', elements: item.runs.map(elementOf) })),
      ...(number !== undefined && number > 1 ? { offset: number - 1 } : {}),
    };
  });
}

function follows(last: Item, item: Item): boolean {
  return last.number === undefined ? item.number === undefined : item.number === last.number + 1;
}

function elementOf(run: Run): RichTextElement {
  const { text, url, ...style } = run;
  const styled = Object.keys(style).length > 0 ? { style } : {};
  if (url !== undefined) return { type: 'link', url, text: defuse(text), ...styled };
  return { type: 'text', text: defuse(text), ...styled };
}
