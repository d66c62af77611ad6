import type { KnownBlock } from '@slack/types';
import { actions, button, context, header, section } from '../slack/blocks.ts';
import type { Line } from './line.ts';
import { type Look, stateWords } from './look.ts';
import { isOpen } from './standing.ts';
import { texts } from './texts.ts';
import { isOwn, lineBlocks } from './views.ts';

// What comes next; everything else is one tap away.
const mostNext = 3;
// A line each; a section takes 3,000 characters.
const mostListed = 10;

/**
 * Somebody's own training on Home: what is next, what they have and until when, and the way to the rest. Nothing for who has none.
 * @param due tracks that stand on Home already, with all that is due: they are not said twice
 */
export function homeBlocks(lines: readonly Line[], due: ReadonlySet<string>, look: Look): readonly KnownBlock[] {
  const words = texts[look.locale];
  const own = lines.filter(isOwn);
  if (own.length === 0) return [];
  const here = own.filter(({ edition }) => !due.has(edition.track.id));
  const next = here.filter(({ standing }) => isOpen(standing));
  const settled = here.filter(({ standing }) => !isOpen(standing));
  const isAbove = own.length > here.length;
  return [
    header(words.homeTitle),
    ...next.slice(0, mostNext).flatMap((line) => lineBlocks(line, look, { fromHome: true, marks: true, first: false })),
    ...(settled.length > 0 ? [section(settledLines(settled, look))] : []),
    ...(next.length === 0 ? [context([isAbove ? words.homeAbove : words.homeDone])] : []),
    actions([button({ id: 'training.list', text: words.homeAll })]),
  ];
}

/** What somebody completed, is excused from, or asked to be: a line each. */
function settledLines(lines: readonly Line[], look: Look): string {
  const words = texts[look.locale];
  const left = lines.length - mostListed;
  const said = lines
    .slice(0, mostListed)
    .map(({ edition, standing }) => words.homeLine(edition.track.title[look.locale], stateWords(standing, look)));
  return [...said, ...(left > 0 ? [words.homeMore(left)] : [])].join('\n');
}
