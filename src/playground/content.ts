import type { Arguments } from './arguments.ts';
import { keepBlocks } from './blocks.ts';
import { checkBlocks } from './check-blocks.ts';
import { type Fields, isFields } from './json.ts';
import { messageLimits } from './limits.ts';
import { Refusal, refuse } from './refusal.ts';
import type { World } from './world.ts';

/** The content of a message, checked. What the call did not name is absent. */
export interface Content {
  readonly text?: string;
  readonly blocks?: readonly Fields[];
  readonly attachments?: readonly Fields[];
  /** null: the call takes the metadata away. */
  readonly metadata?: Fields | null;
  /** The text was longer than Slack keeps. */
  readonly truncated: boolean;
}

/**
 * Checks what a call wants to say, as chat.postMessage and its relatives do.
 * @throws Refusal with the error that Slack documents for it
 */
export function checkContent(world: World, args: Arguments): Content {
  const markdown = args.text('markdown_text');
  const given = args.text('text');
  if (markdown !== undefined && (given !== undefined || args.json('blocks') !== undefined)) {
    throw new Refusal('markdown_text_conflict');
  }
  if (markdown !== undefined && markdown.length > messageLimits.markdownText) throw new Refusal('msg_too_long');
  const blocks = blocksOf(world, args.json('blocks'));
  const attachments = attachmentsOf(world, args.json('attachments'));
  const metadata = metadataOf(args.json('metadata'));
  const text = markdown ?? given;
  return {
    ...(text !== undefined && { text: text.slice(0, messageLimits.text) }),
    ...(blocks && { blocks }),
    ...(attachments && { attachments }),
    ...(metadata !== undefined && { metadata }),
    truncated: (text?.length ?? 0) > messageLimits.text,
  };
}

/** @throws Refusal `no_text` when nothing would be seen */
export function needContent({ text, blocks, attachments }: Content): void {
  if (!text?.trim() && !blocks?.length && !attachments?.length) throw new Refusal('no_text');
}

function blocksOf(world: World, blocks: unknown): readonly Fields[] | undefined {
  if (blocks === undefined || blocks === null) return undefined;
  if (!Array.isArray(blocks)) throw new Refusal('invalid_blocks_format');
  const found = checkBlocks(blocks, 'message', '/blocks', world.state.unknownBlocks);
  if (found.tooLong) throw refuse('msg_blocks_too_long', ['blocks are too long [json-pointer:/blocks]']);
  if (found.problems.length > 0) throw refuse('invalid_blocks', found.problems);
  return keepBlocks(blocks.filter(isFields), () => world.state.newId('b'));
}

function attachmentsOf(world: World, attachments: unknown): readonly Fields[] | undefined {
  if (attachments === undefined || attachments === null) return undefined;
  if (!Array.isArray(attachments) || !attachments.every(isFields)) throw new Refusal('invalid_attachments');
  if (attachments.length > messageLimits.attachments) throw new Refusal('too_many_attachments');
  return attachments.map((attachment) => {
    const blocks = blocksOf(world, attachment.blocks);
    return blocks ? { ...attachment, blocks } : attachment;
  });
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Values may be scalars, lists, and objects one level deep (@slack/types, MessageMetadata). */
function isPayloadValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((item) => isScalar(item) || isFlat(item));
  return isScalar(value) || isFlat(value);
}

function isFlat(value: unknown): boolean {
  return isFields(value) && Object.values(value).every(isScalar);
}

function metadataOf(metadata: unknown): Fields | null | undefined {
  if (metadata === undefined) return undefined;
  if (!isFields(metadata)) throw new Refusal('invalid_metadata_format');
  if (Object.keys(metadata).length === 0) return null;
  const { event_type, event_payload, ...others } = metadata;
  if (typeof event_type !== 'string' || event_type === '' || !isFields(event_payload)) {
    throw new Refusal('invalid_metadata_format');
  }
  if (Object.keys(others).length > 0 || !Object.values(event_payload).every(isPayloadValue)) {
    throw new Refusal('invalid_metadata_schema');
  }
  if (JSON.stringify(metadata).length > messageLimits.metadata) throw new Refusal('metadata_too_large');
  return metadata;
}
