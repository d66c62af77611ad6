import type {
  ActionsBlock,
  ActionsBlockElement,
  ContextActionsBlock,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  HomeView,
  ImageBlock,
  InputBlock,
  InputBlockElement,
  KnownBlock,
  MarkdownBlock,
  ModalView,
  RichTextBlock,
  RichTextBlockElement,
  SectionBlock,
  SectionBlockAccessory,
} from '@slack/types';
import type { Rendered } from '../core/ports.ts';
import { optionalText } from './block-base.ts';
import { counted, distinct, exact, exactId, plainText, present, textObject } from './block-text.ts';
import { truncateMrkdwn } from './escape.ts';
import { markupOf, safeUrl, type Words } from './mrkdwn.ts';

export { option } from './block-base.ts';
export * from './block-buttons.ts';
export * from './block-charts.ts';
export * from './block-choices.ts';
export * from './block-inputs.ts';
export * from './mrkdwn.ts';

// Limits: https://docs.slack.dev/reference/block-kit/blocks. Text meant for people is cut; a mistake in the code throws RangeError.

/** Every block may carry an id, unique in its message or view. */
interface Identified {
  readonly blockId?: string;
}

function identified(spec: Identified | undefined) {
  return present({ block_id: spec?.blockId === undefined ? undefined : exactId(spec.blockId) });
}

/** Up to 150 characters. */
export function header(text: string, spec?: Identified): HeaderBlock {
  return { type: 'header', ...identified(spec), text: plainText(text, 150) };
}

/** Up to 3,000 characters. `expand`: never folded behind "see more". */
export function section(
  text: Words,
  spec?: Identified & { readonly accessory?: SectionBlockAccessory; readonly expand?: boolean },
): SectionBlock {
  return {
    type: 'section',
    ...identified(spec),
    text: textObject(text),
    ...present({ accessory: spec?.accessory, expand: spec?.expand }),
  };
}

/** Two columns of short facts, up to 2,000 characters each. @throws RangeError outside 1 to 10 */
export function fields(facts: readonly Words[], spec?: Identified): SectionBlock {
  return {
    type: 'section',
    ...identified(spec),
    fields: counted('fields', facts, 1, 10).map((fact) => textObject(fact, 2000)),
  };
}

/** Small gray lines. @throws RangeError outside 1 to 10 */
export function context(lines: readonly Words[], spec?: Identified): ContextBlock {
  return {
    type: 'context',
    ...identified(spec),
    elements: counted('context', lines, 1, 10).map((line) => textObject(line)),
  };
}

/** @throws RangeError outside 1 to 25 elements, or when two share an id */
export function actions(elements: readonly ActionsBlockElement[], spec?: Identified): ActionsBlock {
  distinct(
    'action_id',
    elements.map((element) => element.action_id),
  );
  return { type: 'actions', ...identified(spec), elements: counted('actions', elements, 1, 25) };
}

export function divider(spec?: Identified): DividerBlock {
  return { type: 'divider', ...identified(spec) };
}

/** @throws RangeError when the address is not http(s) or does not fit */
export function image(
  spec: Identified & { readonly url: string; readonly alt: string; readonly title?: string },
): ImageBlock {
  const url = safeUrl(spec.url);
  if (!url?.startsWith('http')) throw new RangeError('image: not a web address');
  return {
    type: 'image',
    ...identified(spec),
    image_url: url,
    alt_text: plainText(spec.alt, 2000).text,
    ...present({ title: optionalText(spec.title, 2000) }),
  };
}

/** A field of a form. `dispatch`: the app hears of every change. */
export function input(
  spec: Identified & {
    readonly label: string;
    readonly element: InputBlockElement;
    readonly hint?: string;
    readonly optional?: boolean;
    readonly dispatch?: boolean;
  },
): InputBlock {
  return {
    type: 'input',
    ...identified(spec),
    label: plainText(spec.label, 2000),
    element: spec.element,
    ...present({
      hint: optionalText(spec.hint, 2000),
      optional: spec.optional,
      dispatch_action: spec.dispatch,
    }),
  };
}

export function richText(elements: readonly RichTextBlockElement[], spec?: Identified): RichTextBlock {
  return { type: 'rich_text', ...identified(spec), elements: counted('rich text', elements, 1, 1000) };
}

/** All markdown blocks of one message share this many characters. */
const markdownMax = 12_000;

/**
 * Messages only. The source must come from `toMessageBlocks` or be built with `escapeMarkdown`.
 * @throws RangeError outside 1 to 12,000 characters
 */
export function markdown(source: string): MarkdownBlock {
  return { type: 'markdown', text: exact('markdown', source, markdownMax) };
}

interface FeedbackSpec {
  readonly text: string;
  readonly value: string;
  /** What a screen reader says. */
  readonly label?: string;
}

/** Thumbs up and down; messages only. @throws RangeError when a value is over 2,000 characters */
export function feedback(
  spec: Identified & { readonly id: string; readonly positive: FeedbackSpec; readonly negative: FeedbackSpec },
): ContextActionsBlock {
  return {
    type: 'context_actions',
    ...identified(spec),
    elements: [
      {
        type: 'feedback_buttons',
        action_id: exactId(spec.id),
        positive_button: thumb(spec.positive),
        negative_button: thumb(spec.negative),
      },
    ],
  };
}

function thumb(spec: FeedbackSpec) {
  return {
    text: plainText(spec.text, 75),
    value: exact('feedback value', spec.value, 2000),
    ...present({ accessibility_label: spec.label === undefined ? undefined : plainText(spec.label, 75).text }),
  };
}

// Documented for markdown blocks alone; over all blocks Slack answered msg_blocks_too_long from about 13,200 (slackapi/bolt-js#2509).
const allBlocksMax = 13_000;
// Not documented; a third was refused live (vercel/chat#696).
const mostCharts = 2;

/**
 * A message. `text` is what phones and screen readers get: a string is data and escaped; up to 4,000 characters, which
 * is what chat.update takes.
 * @throws RangeError over 50 blocks or 2 charts, for a block id used twice, for more text than Slack takes, for blocks that messages do not have
 */
export function message(spec: { readonly text: Words; readonly blocks: readonly KnownBlock[] }): Rendered {
  const blocks = counted('blocks of a message', spec.blocks, 0, 50);
  checkIds(blocks);
  if (textLength(blocks) > allBlocksMax) throw new RangeError(`blocks of a message: over ${allBlocksMax} characters`);
  if (blocks.some((block) => block.type === 'alert')) throw new RangeError('alert: not in messages');
  counted('charts of a message', blocks.filter(isChart), 0, mostCharts);
  return { text: truncateMrkdwn(markupOf(spec.text), 4000).trim() || '–', blocks };
}

function isChart({ type }: { readonly type: string }): boolean {
  return type === 'data_visualization';
}

function checkIds(blocks: readonly KnownBlock[]): void {
  distinct(
    'block_id',
    blocks.map((block) => block.block_id),
  );
}

/** Characters that readers see, over all fields called `text` or `alt_text`. */
function textLength(node: unknown): number {
  if (Array.isArray(node)) return node.reduce<number>((sum, item) => sum + textLength(item), 0);
  if (typeof node !== 'object' || node === null) return 0;
  return Object.entries(node).reduce(
    (sum, [key, value]) =>
      sum + (typeof value === 'string' ? (/text$/.test(key) ? value.length : 0) : textLength(value)),
    0,
  );
}

// Blocks that Slack shows in messages only; a view with one of them is refused as a whole.
const messageOnly: ReadonlySet<string> = new Set([
  'markdown',
  'context_actions',
  'table',
  'data_table',
  'data_visualization',
  'task_card',
  'plan',
  'container',
  'file',
]);

function viewBlocks(all: readonly KnownBlock[]): KnownBlock[] {
  const blocks = counted('blocks of a view', all, 0, 100);
  checkIds(blocks);
  const misplaced = blocks.find((block) => messageOnly.has(block.type));
  if (misplaced) throw new RangeError(`${misplaced.type}: only in messages`);
  return blocks;
}

/** view_too_large comes at 250 kB. */
function checkedSize<V extends object>(view: V): V {
  const bytes = Buffer.byteLength(JSON.stringify(view));
  if (bytes > 250_000) throw new RangeError(`view: ${bytes} bytes, 250,000 fit`);
  return view;
}

export interface ModalSpec {
  readonly callback: string;
  /** Title and buttons up to 24 characters. */
  readonly title: string;
  readonly submit?: string;
  readonly close?: string;
  readonly blocks: readonly KnownBlock[];
  /** Comes back with every payload of the view; up to 3,000 characters. */
  readonly metadata?: string;
  readonly externalId?: string;
  readonly clearOnClose?: boolean;
  readonly notifyOnClose?: boolean;
}

/** @throws RangeError over 100 blocks, for inputs without `submit`, for blocks that modals do not have, when metadata or the view do not fit */
export function modal(spec: ModalSpec): ModalView {
  const blocks = viewBlocks(spec.blocks);
  if (spec.submit === undefined && blocks.some((block) => block.type === 'input'))
    throw new RangeError('modal: inputs need a submit button');
  return checkedSize({
    type: 'modal',
    callback_id: exactId(spec.callback),
    title: plainText(spec.title, 24),
    blocks,
    ...present({
      submit: optionalText(spec.submit, 24),
      close: optionalText(spec.close, 24),
      private_metadata: spec.metadata === undefined ? undefined : exact('metadata', spec.metadata, 3000),
      external_id: spec.externalId === undefined ? undefined : exactId(spec.externalId),
      clear_on_close: spec.clearOnClose,
      notify_on_close: spec.notifyOnClose,
    }),
  });
}

/** @throws RangeError over 100 blocks, for blocks that Home does not have, when metadata or the view do not fit */
export function home(spec: { readonly blocks: readonly KnownBlock[]; readonly metadata?: string }): HomeView {
  const blocks = viewBlocks(spec.blocks);
  if (blocks.some((block) => block.type === 'alert')) throw new RangeError('alert: only in modals');
  return checkedSize({
    type: 'home',
    blocks,
    ...present({ private_metadata: spec.metadata === undefined ? undefined : exact('metadata', spec.metadata, 3000) }),
  });
}
