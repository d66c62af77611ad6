import { z } from 'zod';
import { locales } from '../core/i18n.ts';
import { allBlocks } from './blocks.ts';
import { checkBlocks } from './check-blocks.ts';
import { checkView } from './check-views.ts';
import { fieldsOf, isFields, listOf, textOf } from './json.ts';
import { blockCounts, messageLimits, viewLimits } from './limits.ts';
import type { GalleryEntry, GalleryItem, Json } from './protocol.ts';
import { Refusal } from './refusal.ts';

const Samples = z.array(
  z.object({
    name: z.string(),
    surface: z.enum(['message', 'modal', 'home']),
    payload: z.record(z.string(), z.unknown()),
  }),
);

// The first sentence of a message is all that a locked phone shows.
const notificationLength = 150;

/**
 * The samples by what they show, their languages beside each other.
 * @param samples names end in the language: "ask: unknown (zh-CN)"
 */
export function arrangeGallery(samples: unknown): readonly GalleryItem[] {
  const items = new Map<string, Record<string, GalleryEntry>>();
  for (const { name, surface, payload } of Samples.parse(samples)) {
    const locale = locales.find((each) => name.endsWith(`(${each})`)) ?? 'en';
    const what = name.replace(`(${locale})`, '').trim();
    const editions = items.get(what) ?? {};
    editions[locale] = entryOf(surface, payload);
    items.set(what, editions);
  }
  return [...items].map(([name, editions]) => ({ name, editions }));
}

function entryOf(surface: GalleryEntry['surface'], payload: Json): GalleryEntry {
  const blocks = listOf(payload.blocks);
  const every = allBlocks(blocks);
  const markdown = every
    .filter(({ type }) => type === 'markdown')
    .reduce((sum, { text }) => sum + textOf(text).length, 0);
  const text = textOf(payload.text);
  const shared = [{ name: 'blocks', count: blocks.length, limit: blockCounts[surface] }] as const;
  if (surface !== 'message') {
    const title = textOf(fieldsOf(payload.title).text);
    return {
      surface,
      payload,
      counts: [
        ...shared,
        ...(surface === 'modal' ? [{ name: 'title', count: title.length, limit: viewLimits.title } as const] : []),
        { name: 'metadata', count: textOf(payload.private_metadata).length, limit: viewLimits.privateMetadata },
      ],
      problems: viewProblems(payload, surface),
    };
  }
  return {
    surface,
    payload,
    text,
    counts: [
      { name: 'notification', count: text.split('\n', 1).join('').length, limit: notificationLength },
      { name: 'text', count: text.length, limit: messageLimits.updateText },
      ...shared,
      { name: 'blockText', count: shownText(blocks), limit: messageLimits.blockText },
      { name: 'markdown', count: markdown, limit: messageLimits.markdownBlocks },
    ],
    problems: checkBlocks(blocks, 'message', '/blocks').problems,
  };
}

/** Characters of every `text` in the blocks. */
function shownText(node: unknown): number {
  if (Array.isArray(node)) return node.reduce((sum: number, each) => sum + shownText(each), 0);
  if (!isFields(node)) return 0;
  const own = textOf(node.text).length;
  return own + Object.values(node).reduce((sum: number, each) => sum + shownText(each), 0);
}

function viewProblems(payload: Json, surface: 'modal' | 'home'): readonly string[] {
  try {
    checkView(payload, surface);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [`${error.code} ${JSON.stringify(error.details)}`];
  }
}
