import type { KnownBlock } from '@slack/types';
import type { Rendered } from '../core/ports.ts';
import { actions, button, context, header, message, section } from '../slack/blocks.ts';
import type { KnownDraft } from './draft.ts';
import { type Look, titleOf } from './look.ts';
import { openButton } from './views.ts';
import { wordsIn } from './words.ts';

// Enough for a morning; the rest is in the office's channel.
const mostShown = 5;

/** What waits for those who look after the handbook. */
export interface State {
  /** Drafts of others that the reader may review. */
  readonly waiting: readonly KnownDraft[];
  /** The reader's own drafts that are not in force. */
  readonly own: readonly KnownDraft[];
  readonly reviews: number;
  readonly gaps: number;
  readonly unexported: number;
  readonly conflicts: readonly string[];
}

/** Drafts on somebody's Home, under a heading; nothing when there are none. */
export function draftList(drafts: readonly KnownDraft[], side: 'waiting' | 'own', look: Look): readonly KnownBlock[] {
  if (drafts.length === 0) return [];
  const { locale } = look.reader;
  const words = wordsIn(locale);
  return [
    header(side === 'waiting' ? words.waitingTitle : words.yoursTitle),
    ...drafts.slice(0, mostShown).flatMap((draft) => {
      const title = titleOf(draft, locale);
      return [section(title, { accessory: openButton(draft, title, locale) }), context([words.states[draft.state]])];
    }),
  ];
}

/** The numbers, with a button for each that is not nothing. */
export function numberBlocks(state: State, look: Look): readonly KnownBlock[] {
  const words = wordsIn(look.reader.locale);
  const { counts } = words;
  const lines = [
    ...(state.reviews > 0 ? [counts.reviews(state.reviews)] : []),
    ...(state.gaps > 0 ? [counts.gaps(state.gaps)] : []),
    ...(state.unexported > 0 ? [counts.unexported(state.unexported)] : []),
  ];
  const buttons = [
    ...(state.reviews > 0 ? [button({ id: 'curating.show_due', text: words.showDue })] : []),
    ...(state.gaps > 0 ? [button({ id: 'curating.show_gaps', text: words.showGaps })] : []),
  ];
  if (lines.length === 0 && state.conflicts.length === 0) return [];
  return [
    header(words.overviewTitle),
    ...(lines.length > 0 ? [section(lines.join(' · '))] : []),
    ...(state.conflicts.length > 0 ? [section(words.conflictIn(state.conflicts.join(', ')))] : []),
    ...(buttons.length > 0 ? [actions(buttons)] : []),
  ];
}

/** All of it in one message, for `/ospo articles`. */
export function overviewMessage(state: State, look: Look): Rendered {
  const words = wordsIn(look.reader.locale);
  const { locale } = look.reader;
  const blocks = [
    ...draftList(state.waiting, 'waiting', look),
    ...draftList(state.own, 'own', look),
    ...numberBlocks(state, look),
  ];
  const write = actions([button({ id: 'curating.write', text: words.write, value: 'blank' })]);
  const lines = [
    ...state.waiting.map((draft) => `- ${titleOf(draft, locale)} · ${words.states[draft.state]}`),
    ...state.own.map((draft) => `- ${titleOf(draft, locale)} · ${words.states[draft.state]}`),
    words.counts.reviews(state.reviews),
    words.counts.gaps(state.gaps),
  ];
  if (blocks.length === 0) {
    return message({ text: words.overviewEmpty, blocks: [section(words.overviewEmpty), write] });
  }
  return message({ text: [words.overviewTitle, ...lines].join('\n'), blocks: [...blocks, write] });
}
