// What no reader can see but a parser or a neighbor can be fooled by: controls except tab and line feed, lone surrogates,
// noncharacters, soft hyphen, zero-width space, word joiner, byte order mark and everything that turns the direction of
// text around. The zero-width joiner and non-joiner stay: emoji and Persian need them.
const unseen =
  /(?![\t\n])\p{Cc}|\p{Surrogate}|\p{Noncharacter_Code_Point}|[\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

// Slack's own tokens: broadcasts, user groups, dates, people, channels. Honest code does not match (`<!-- -->`, `<@types/node>`),
// so what is copied from an answer is what was written.
const control = /<(?=!(?:[Cc]hannel|[Hh]ere|[Ee]veryone|[Gg]roup|subteam\^|date\^)|@[UW][A-Z0-9]|#[CDG][A-Z0-9])/g;
const broadcast = /@(?=(?:channel|here|everyone|group)\b)/gi;
const wordJoiner = '\u2060';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const ellipsis = '…';

/** The text without characters that nobody sees; line ends become line feeds. */
export function stripUnseen(text: string): string {
  return text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(unseen, '');
}

/**
 * Breaks Slack's control sequences with a character that nobody sees. For places that show text as it is (plain_text,
 * rich_text): there it changes nothing for the reader, and the text stays harmless when something copies it elsewhere.
 */
export function defuse(text: string): string {
  return text.replace(control, `<${wordJoiner}`);
}

/**
 * At most `max` UTF-16 units, as Slack counts; what was cut ends in an ellipsis. Never cuts a surrogate pair or a combined emoji.
 * @throws RangeError when `max` is below 1
 */
export function truncate(text: string, max: number): string {
  if (max < 1) throw new RangeError(`Cannot truncate to ${max} characters`);
  if (text.length <= max) return text;
  const cut = graphemes.segment(text).containing(max - 1)?.index ?? 0;
  return text.slice(0, cut).trimEnd() + ellipsis;
}

/** Like `truncate`, for escaped mrkdwn: never cuts one of our own tokens (`<...>`) or an entity (`&lt;`) in two. */
export function truncateMrkdwn(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = truncate(text, max).slice(0, -ellipsis.length);
  const token = kept.lastIndexOf('<');
  if (token > kept.lastIndexOf('>')) return kept.slice(0, token).trimEnd() + ellipsis;
  return kept.replace(/&[a-z]*$/, '').trimEnd() + ellipsis;
}

/** Text from people for plain_text and rich_text: nothing unseen, no control sequence, at most `max` UTF-16 units. */
export function plain(text: string, max = 3000): string {
  return truncate(defuse(stripUnseen(text)), max);
}

/**
 * Text from people for mrkdwn fields and the `text` of a message: the three characters that Slack reads as control
 * characters become entities (https://docs.slack.dev/messaging/formatting-message-text). Asterisks stay as typed:
 * mrkdwn has no escape for them, and they cannot do more than decorate.
 */
export function escapeMrkdwn(text: string): string {
  return stripUnseen(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(broadcast, `@${wordJoiner}`);
}

/**
 * Text from people inside a `markdown` block: one line of words that starts no block, holds no markup, links nowhere
 * and calls nobody. Slack reads its own `<...>` tokens there too; as entities they are shown, not obeyed.
 */
export function escapeMarkdown(text: string): string {
  return stripUnseen(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_~[\]|]/g, '\\$&')
    .replace(/^([-+=#]|\d+(?=[.)]))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`))
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/:(?=\/\/)|\b(?:www(?=\.)|mailto:)/gi, `$&${wordJoiner}`)
    .replace(broadcast, `@${wordJoiner}`);
}
