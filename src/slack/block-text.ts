import type { MrkdwnElement, PlainTextElement, TextObject } from '@slack/types';
import { plain, truncateMrkdwn } from './escape.ts';
import type { Words } from './mrkdwn.ts';

/** Slack refuses empty text; what people left empty is shown as a dash. */
const nothing = '–';

/** A plain_text object of at most `max` characters (150 for a header, 24 for a modal's title, ...). */
export function plainText(text: string, max = 3000): PlainTextElement {
  return { type: 'plain_text', text: plain(text, max).trim() || nothing };
}

/** A string becomes plain_text, `Mrkdwn` becomes mrkdwn: text from people is never read as markup. */
export function textObject(words: Words, max = 3000): TextObject {
  return typeof words === 'string' ? plainText(words, max) : mrkdwnText(words, max);
}

function mrkdwnText(words: Exclude<Words, string>, max: number): MrkdwnElement {
  // verbatim: Slack must not turn "@channel" or a channel's name in the words into a mention by itself.
  return { type: 'mrkdwn', text: truncateMrkdwn(words.mrkdwn, max).trim() || nothing, verbatim: true };
}

/** The fields that have a value: Slack refuses a whole message for one unknown or null field. */
export function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: { [K in keyof T]?: Exclude<T[K], undefined> } = {};
  for (const key in fields) {
    const value = fields[key];
    if (isPresent(value)) kept[key] = value;
  }
  return kept;
}

function isPresent<V>(value: V): value is Exclude<V, undefined> {
  return value !== undefined;
}

/** An id, value or address, which must not be cut. @throws RangeError outside 1 to `max` characters */
export function exact(what: string, text: string, max: number): string {
  if (text.length < 1 || text.length > max) throw new RangeError(`${what}: ${text.length} characters, 1 to ${max} fit`);
  return text;
}

/** A mutable copy, as the vendor's types want it. @throws RangeError outside `min` to `max` items */
export function counted<T>(what: string, items: readonly T[], min: number, max: number): T[] {
  if (items.length < min || items.length > max) throw new RangeError(`${what}: ${items.length}, ${min} to ${max} fit`);
  return [...items];
}

/** @throws RangeError when two are the same: Slack could not tell them apart */
export function distinct(what: string, ids: readonly (string | undefined)[]): void {
  const given = ids.filter(isPresent);
  if (new Set(given).size !== given.length) throw new RangeError(`${what}: used twice`);
}

/** An id of an element or block. @throws RangeError over 255 characters */
export function exactId(id: string): string {
  return exact('id', id, 255);
}
