import type { KnownBlock } from '@slack/types';
import { type Content, fold, parseMarkdown, toMessageBlocks, toPlainText } from '../slack/render.ts';
import type { Edition } from './article.ts';

// A phone shows about this much before one scrolls; the rest is one tap away.
const foldAt = 1_200;

/** Parsing takes a millisecond, an answer shows the same edition in several ways, and it stays the same object while it is in force. */
function onceEach<T>(work: (edition: Edition) => T): (edition: Edition) => T {
  const done = new WeakMap<Edition, { readonly result: T }>();
  return (edition) => {
    const before = done.get(edition);
    if (before) return before.result;
    const result = work(edition);
    done.set(edition, { result });
    return result;
  };
}

const bodyOf = onceEach((edition) => parseMarkdown(edition.body));

/** The short answer and the rest in one. */
export const wholeText: (edition: Edition) => Content = onceEach(({ short, body }) =>
  parseMarkdown(`**${short}**\n\n${body}`),
);

/** The short answer, for messages. */
export const shortBlocks: (edition: Edition) => readonly KnownBlock[] = onceEach(({ short }) =>
  toMessageBlocks(parseMarkdown(`**${short}**`)),
);

/** What follows the short answer in a message, and whether that is not all. */
export const foldedBody: (edition: Edition) => { readonly blocks: readonly KnownBlock[]; readonly rest: boolean } =
  onceEach((edition) => {
    const { shown, rest } = fold(bodyOf(edition), foldAt);
    return { blocks: toMessageBlocks(shown), rest };
  });

/** What follows the short answer, without any marks. */
export const plainBody: (edition: Edition) => string = onceEach((edition) => toPlainText(bodyOf(edition)));
