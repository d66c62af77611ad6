import type { KnownBlock } from '@slack/types';
import { actions, button, context, header } from '../slack/blocks.ts';
import type { Line } from './line.ts';
import type { Look } from './look.ts';
import { isOpen } from './standing.ts';
import { texts } from './texts.ts';
import { isOwn, lineBlocks } from './views.ts';

// What is due now; everything else is one tap away.
const mostAtHome = 3;

/** Somebody's own training on Home: what is to be done, and the way to the rest. Nothing for who has none. */
export function homeBlocks(lines: readonly Line[], look: Look): readonly KnownBlock[] {
  const words = texts[look.locale];
  const own = lines.filter(isOwn);
  if (own.length === 0) return [];
  const open = own.filter(({ standing }) => isOpen(standing));
  return [
    header(words.homeTitle),
    ...open.slice(0, mostAtHome).flatMap((line) => lineBlocks(line, look, true)),
    ...(open.length === 0 ? [context([words.homeDone])] : []),
    actions([button({ id: 'training.list', text: words.homeAll })]),
  ];
}
