// One content model, three renderings: parse once, then show it as a message, in a modal or on Home, or as text.
export { toMessageBlocks } from './render-markdown.ts';
export { type Content, fold } from './render-model.ts';
export { parseMarkdown } from './render-parse.ts';
export { toRichText } from './render-rich-text.ts';
export { toPlainText } from './render-text.ts';
