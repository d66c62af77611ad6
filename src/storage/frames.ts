import { crc32 } from 'node:zlib';

/** One document in a file: `c` collection, `k` id, `v` version (0 = removed), `t` shape, `d` value. */
export interface Change {
  readonly c: string;
  readonly k: string;
  readonly v: number;
  readonly t?: number;
  readonly d?: unknown;
}

/**
 * One commit in the journal: `s` its number, without gaps; `a` the number up to which everything was durable when it was
 * written; `o` its changes.
 */
export interface Frame {
  readonly s: number;
  readonly a: number;
  readonly o: readonly Change[];
}

const frameStart = '{"s":';
// Eight digits and a space.
const prefixLength = 9;

/** A change as JSON text; `json` is the value, undefined when the document is removed. */
export function encodeChange(
  collection: string,
  id: string,
  stored?: { version: number; shape: number; json: string },
): string {
  const name = `{"c":${JSON.stringify(collection)},"k":${JSON.stringify(id)}`;
  return stored ? `${name},"v":${stored.version},"t":${stored.shape},"d":${stored.json}}` : `${name},"v":0}`;
}

/** A commit as a line; `changes` are joined by commas already. */
export function encodeFrame(seq: number, durable: number, changes: string): string {
  return encodeLine(`${frameStart}${seq},"a":${durable},"o":[${changes}]}`);
}

/** `<CRC-32 of the text, eight hex digits> <text>\n`: one flipped bit anywhere is always found. */
export function encodeLine(text: string): string {
  return `${crc32(text).toString(16).padStart(8, '0')} ${text}\n`;
}

/**
 * What a line (without its line feed) says, or undefined when it is damaged.
 * The checksum vouches for the shape: only this program writes lines that pass it.
 */
export function decodeLine<T>(line: Buffer): T | undefined {
  if (line.length <= prefixLength || line[prefixLength - 1] !== 0x20) return undefined;
  const expected = line.toString('latin1', 0, prefixLength - 1);
  const text = line.subarray(prefixLength);
  if (crc32(text).toString(16).padStart(8, '0') !== expected) return undefined;
  return JSON.parse(text.toString('utf8'));
}

/** The commit at the end of a damaged line, when it was the line feed before it that was damaged. */
export function findFrame(line: Buffer): Frame | undefined {
  for (let at = line.indexOf(frameStart); at >= 0; at = line.indexOf(frameStart, at + 1)) {
    const frame = at > prefixLength ? decodeLine<Frame>(line.subarray(at - prefixLength)) : undefined;
    if (frame) return frame;
  }
  return undefined;
}
