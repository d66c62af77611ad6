import { JSONParser } from '@streamparser/json';
import type { Steps } from '../core/steps.ts';

/** What JSON holds, or where it stops being JSON: a position in the text; undefined when it breaks off at the end. */
export type ReadJson =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'broken'; readonly at: number | undefined };

// Characters in a step: about a millisecond's work.
const atOnce = 16_000;

/** Reads JSON as JSON.parse does, in steps. Never throws. */
export function* readJson(text: string): Steps<ReadJson> {
  const parsing = startParsing();
  let at = 0;
  while (at < text.length) {
    const to = endOfPart(text, at + atOnce);
    if (!parsing.take(text.slice(at, to))) return { kind: 'broken', at: yield* placeOf(text, at, to) };
    at = to;
    yield;
  }
  const found = parsing.end();
  return found ? { kind: 'value', value: found.value } : { kind: 'broken', at: undefined };
}

/** The place where it breaks, between two positions: a parser that has read to the first takes what follows one by one. */
function* placeOf(text: string, from: number, to: number): Steps<number> {
  const parsing = startParsing();
  for (let at = 0; at < from; at = endOfPart(text, at + atOnce)) {
    parsing.take(text.slice(at, endOfPart(text, at + atOnce)));
    yield;
  }
  let at = from;
  for (const character of text.slice(from, to)) {
    if (!parsing.take(character)) break;
    at += character.length;
  }
  return at;
}

/** A parser that says whether it could go on, and in the end what it read. */
function startParsing() {
  let found: { readonly value: unknown } | undefined;
  let broken = false;
  const parser = new JSONParser({ paths: ['$'] });
  parser.onValue = ({ value }) => {
    found = { value };
  };
  parser.onError = () => {
    broken = true;
  };
  return {
    take(part: string): boolean {
      parser.write(part);
      return !broken;
    },
    /** Undefined when something is missing. */
    end() {
      // A number at the very top ends only here.
      if (!parser.isEnded) parser.end();
      return broken ? undefined : found;
    },
  };
}

/** Where a part ends: never between the halves of a pair, since a half alone is no character. */
function endOfPart(text: string, wanted: number): number {
  const last = text.charCodeAt(wanted - 1);
  return Math.min(text.length, last >= 0xd800 && last <= 0xdbff ? wanted + 1 : wanted);
}
