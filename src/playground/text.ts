import { type Fields, fieldsOf, isFields, textOf } from './json.ts';
import type { Message, State } from './state.ts';

const control = /<(?:[@#!][^<>]*|(?:https?:\/\/|mailto:)[^<>]*)>/g;

/**
 * What Slack stores when a person types `typed`: `&`, `<` and `>` escaped, while mentions, channel names and links,
 * which the client writes as `<…>`, stay (docs.slack.dev/messaging/formatting-message-text, "Escaping text").
 */
export function storedText(typed: string): string {
  // NUL cannot be typed into Slack, so it is safe as a marker.
  const kept: string[] = [];
  const marked = typed.replace(control, (found) => `\u0000${kept.push(found) - 1}\u0000`);
  const escaped = marked.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped
    .split('\u0000')
    .map((part, at) => (at % 2 === 1 ? (kept[Number(part)] ?? '') : part))
    .join('');
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** mrkdwn as a person reads it: mentions by name, links by their label, no emphasis marks removed, escapes undone. */
function readable(state: State, mrkdwn: string): string {
  const shown = mrkdwn.replace(/<([^<>]*)>/g, (_, inner: string) => {
    const [target = '', label] = inner.split('|');
    if (target.startsWith('@')) return `@${state.users.get(target.slice(1))?.realName ?? target.slice(1)}`;
    if (target.startsWith('#')) return `#${state.channels.get(target.slice(1))?.name ?? label ?? target.slice(1)}`;
    if (target.startsWith('!subteam^'))
      return `@${state.groups.get(target.slice('!subteam^'.length))?.handle ?? label}`;
    if (target.startsWith('!date^')) return label ?? target;
    if (target.startsWith('!')) return `@${target.slice(1)}`;
    return label ?? target;
  });
  return unescaped(shown);
}

const richText: Readonly<Record<string, (state: State, node: Fields) => string>> = {
  user: (state, node) => readable(state, `<@${textOf(node.user_id)}>`),
  channel: (state, node) => readable(state, `<#${textOf(node.channel_id)}>`),
  usergroup: (state, node) => readable(state, `<!subteam^${textOf(node.usergroup_id)}>`),
  broadcast: (_, node) => `@${textOf(node.range)}`,
  emoji: (_, node) => `:${textOf(node.name)}:`,
  link: (_, node) => textOf(node.text) || textOf(node.url),
  date: (_, node) => textOf(node.fallback),
};

// In the order in which Slack shows the parts of a block, an element or a view.
const shownKeys = [
  'title',
  'rich_text_title',
  'subtitle',
  'label',
  'text',
  'caption',
  'fields',
  'body',
  'elements',
  'element',
  'accessory',
  'rows',
  'child_blocks',
  'tasks',
  'details',
  'output',
  'sources',
  'actions',
  'positive_button',
  'negative_button',
  'placeholder',
  'options',
  'option_groups',
  'description',
  'hint',
  'blocks',
  'close',
  'submit',
] as const;

function collect(state: State, node: unknown, lines: string[]): void {
  if (Array.isArray(node)) {
    for (const each of node) collect(state, each, lines);
    return;
  }
  if (!isFields(node)) return;
  if (node.type === 'rich_text_section' || node.type === 'rich_text_quote' || node.type === 'rich_text_preformatted') {
    lines.push(inline(state, node));
    return;
  }
  if (node.type === 'image') lines.push(textOf(node.alt_text));
  for (const key of shownKeys) {
    const value = node[key];
    if (typeof value !== 'string') collect(state, value, lines);
    else if (node.type === 'mrkdwn') lines.push(readable(state, value));
    else lines.push(value);
  }
}

function inline(state: State, section: Fields): string {
  const parts = Array.isArray(section.elements) ? section.elements : [];
  return parts
    .map((part) => {
      const node = fieldsOf(part);
      return richText[textOf(node.type)]?.(state, node) ?? textOf(node.text);
    })
    .join('');
}

/** Everything a person reads in blocks or a view, one line per piece of text. */
export function plainBlocks(state: State, blocks: unknown): string {
  const lines: string[] = [];
  collect(state, blocks, lines);
  return lines.filter((line) => line !== '').join('\n');
}

/** What a person reads: the blocks when there are any (the `text` is then only for notifications), else the text. */
export function plain(state: State, message: Pick<Message, 'text' | 'blocks'>): string {
  return message.blocks.length > 0 ? plainBlocks(state, message.blocks) : readable(state, message.text);
}

/**
 * The broadcast pings in a message: `<!channel>`, `<!here>`, `<!everyone>` in its text, in mrkdwn or Markdown blocks,
 * or as an element of rich text. plain_text never pings.
 */
export function broadcastPings(text: string, blocks: unknown): readonly string[] {
  const found = new Set<string>();
  const scan = (mrkdwn: string) => {
    for (const [, range] of mrkdwn.matchAll(/<!(channel|here|everyone)(?:\|[^<>]*)?>/g)) if (range) found.add(range);
  };
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const each of node) walk(each);
    if (!isFields(node)) return;
    if (node.type === 'broadcast') found.add(textOf(node.range));
    if (node.type === 'mrkdwn' || node.type === 'markdown') scan(textOf(node.text));
    for (const value of Object.values(node)) walk(value);
  };
  scan(text);
  walk(blocks);
  return [...found];
}
