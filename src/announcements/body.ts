/** What a text field of Slack takes. */
export const fieldMax = 3_000;
/** Four fields: as much as a message of Slack holds. */
export const bodyFields = 4;
export const bodyMax = fieldMax * bodyFields;

/**
 * A long text in pieces that fit into text fields. Cut between paragraphs where possible, else between lines, else after the
 * last space; `joinBody` puts them together again, so a cut within a paragraph becomes the start of a new one.
 */
export function splitBody(body: string): readonly string[] {
  const parts: string[] = [];
  let rest = body.trim();
  while (rest.length > fieldMax && parts.length < bodyFields - 1) {
    const cut = cutOf(rest);
    parts.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).replace(/^\n+/, '').trimEnd();
  }
  return rest || parts.length === 0 ? [...parts, rest] : parts;
}

function cutOf(text: string): number {
  // The latest border in the last two thirds: a piece that is nearly empty would cost a field.
  const window = text.slice(0, fieldMax);
  for (const border of ['\n\n', '\n', '。', ' ']) {
    const at = window.lastIndexOf(border);
    if (at > fieldMax / 3) return at + (border === '。' ? 1 : 0);
  }
  return fieldMax;
}

/** The pieces as one text. Within a code block a line follows the line before; everywhere else a paragraph begins. */
export function joinBody(parts: readonly string[]): string {
  return parts
    .map((part) => part.replace(/\r\n?/g, '\n').replace(/^\n+|\s+$/g, ''))
    .filter((part) => part !== '')
    .reduce((body, part) => (body === '' ? part : `${body}${isInCode(body) ? '\n' : '\n\n'}${part}`), '');
}

function isInCode(text: string): boolean {
  return (text.match(/^\s*(?:```|~~~)/gm)?.length ?? 0) % 2 === 1;
}
