import { stringify } from 'yaml';
import { parseMarkdown } from './text.ts';

/** A Markdown file taken apart, as the loader does; undefined when it has no front matter that can be read. */
export function readMarkdown(text: string): { readonly data: unknown; readonly body: string } | undefined {
  const parsed = parseMarkdown(text.replace(/\r\n?/g, '\n'), '');
  return 'value' in parsed ? parsed.value : undefined;
}

/**
 * Writes a Markdown file anew. What is not named stays as it was, to the letter, so that a reviewer of the file sees only
 * what somebody meant to change.
 * @param before the file as it is; undefined for a new one
 * @param fields values of the front matter, in the order in which new ones are added; undefined takes one out
 * @param body the Markdown below it
 */
export function writeMarkdown(
  before: string | undefined,
  fields: Readonly<Record<string, unknown>>,
  body: string,
): string {
  const known = before === undefined ? undefined : readMarkdown(before);
  const blocks = before === undefined ? [] : blocksOf(before);
  const written = blocks.flatMap(({ key, lines }) => {
    if (key === undefined || !Object.hasOwn(fields, key)) return [lines];
    return isSame(fieldOf(known?.data, key), fields[key]) ? [lines] : blockFor(key, fields[key]);
  });
  const there = new Set(blocks.map(({ key }) => key));
  const added = Object.entries(fields).flatMap(([key, value]) => (there.has(key) ? [] : blockFor(key, value)));
  return `---\n${[...written, ...added].join('')}---\n${body.trim()}\n`;
}

interface Block {
  /** Absent for comments between fields, which are nobody's to remove. */
  readonly key: string | undefined;
  /** The lines of the field, each with its end. */
  readonly lines: string;
}

/** The front matter by its top-level fields: each with the lines up to the next one. */
function blocksOf(text: string): readonly Block[] {
  const [, front = ''] = /^---[ \t]*\n([\s\S]*?\n)??---[ \t]*(?:\n|$)/.exec(text.replace(/\r\n?/g, '\n')) ?? [];
  const pieces = front.split(/^(?=(?:#[^\n]*\n)*[A-Za-z_][\w-]*:)/m).filter((piece) => piece !== '');
  return pieces.map((lines) => ({ key: /^([A-Za-z_][\w-]*):/.exec(lines)?.[1], lines }));
}

function blockFor(key: string, value: unknown): readonly string[] {
  // Long lines stay whole: a folded title is hard to find again.
  return value === undefined ? [] : [stringify({ [key]: value }, { lineWidth: 0 })];
}

function fieldOf(data: unknown, key: string): unknown {
  return typeof data === 'object' && data !== null ? Reflect.get(data, key) : undefined;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
