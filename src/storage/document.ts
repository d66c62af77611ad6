import type { AnyCollection, Doc } from '../core/ports.ts';

/** A document as it lies in memory: JSON text, because parsing it is a copy at half the price of structuredClone. */
export interface Stored {
  readonly version: number;
  readonly shape: number;
  /** The value without id and version. */
  readonly json: string;
  readonly index: readonly IndexEntry[];
  readonly due: number | null;
}

interface IndexEntry {
  readonly key: string;
  readonly at: number;
}

// A modal's whole state is below 250 kB; what is larger belongs into a file.
const documentLimit = 256 * 1024;
// PostgreSQL's index rows end at 2,700 bytes, and an index row may carry a key beside the id.
const idLimit = 512;
const idPattern = /^[\x21-\x7e]+$/;

/** @throws RangeError unless the id is printable ASCII without spaces: only there do JavaScript and SQL sort alike. */
export function assertId(collection: string, id: string): void {
  if (idPattern.test(id) && id.length <= idLimit) return;
  throw new RangeError(
    `${collection}: the id ${JSON.stringify(id)} is not 1 to ${idLimit} printable ASCII characters.`,
  );
}

/**
 * Turns a value into what is kept. `id` and `version` belong to the store and are left out, so that a document that was
 * read can be spread and put back.
 * @throws TypeError when the schema refuses the value as it looks after a trip through JSON
 * @throws RangeError when it is larger than 256 kB as JSON, or an index entry or due time is no finite number
 */
export function encodeDocument(collection: AnyCollection, id: string, put: object, version: number): Stored {
  const { id: _id, version: _version, ...value } = put as Record<string, unknown>;
  return encodeValue(collection, id, JSON.parse(JSON.stringify(value)), version);
}

/**
 * Takes over what a file holds, lifted to the present shape.
 * @throws TypeError when the schema refuses it
 */
export function liftDocument(
  collection: AnyCollection,
  id: string,
  found: { readonly value: unknown; readonly shape: number; readonly version: number },
): Stored {
  if (found.shape > collection.shape) {
    throw new TypeError(
      `${collection.name}/${id} has shape ${found.shape}, this program knows ${collection.shape} and older ones.`,
    );
  }
  const isOld = found.shape < collection.shape;
  const value = isOld && collection.lift ? collection.lift(found.value, found.shape) : found.value;
  return encodeValue(collection, id, value, found.version);
}

/** A fresh copy of the document. */
export function decodeDocument<T>(id: string, stored: Stored): Doc<T> {
  return Object.assign(JSON.parse(stored.json), { id, version: stored.version });
}

function encodeValue(collection: AnyCollection, id: string, value: unknown, version: number): Stored {
  const parsed = collection.schema.safeParse(value);
  if (!parsed.success) {
    // Paths and expectations only: the message may be logged, the value may be personal.
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'value'}: ${issue.message}`);
    throw new TypeError(`${collection.name}/${id} does not fit its schema: ${problems.join('; ')}`);
  }
  const json = JSON.stringify(parsed.data);
  if (Buffer.byteLength(json) > documentLimit) {
    throw new RangeError(`${collection.name}/${id} is larger than ${documentLimit} bytes.`);
  }
  const index = collection.index(parsed.data).map(({ key, at = 0 }) => ({ key, at }));
  const due = collection.due?.(parsed.data) ?? null;
  if (!index.every(({ at }) => Number.isFinite(at)) || !(due === null || Number.isFinite(due))) {
    throw new RangeError(`${collection.name}/${id}: an index entry or the due time is not a finite number.`);
  }
  return { version, shape: collection.shape, json, index, due };
}
