import type { Fields } from './json.ts';
import { Refusal } from './refusal.ts';

const prefix = 'at:';

/**
 * One page of `items`, and the cursor for the next in Slack's `response_metadata` ('' on the last page).
 * @throws Refusal `invalid_cursor` when the cursor is not one that was given out
 */
export function pageOf<T>(
  items: readonly T[],
  cursor: string | undefined,
  limit: number,
): { readonly items: readonly T[]; readonly more: boolean; readonly metadata: Fields } {
  const from = cursor === undefined || cursor === '' ? 0 : startOf(cursor);
  if (from === undefined || from > items.length) throw new Refusal('invalid_cursor');
  const next = from + limit;
  const more = next < items.length;
  return {
    items: items.slice(from, next),
    more,
    metadata: { next_cursor: more ? Buffer.from(`${prefix}${next}`).toString('base64') : '' },
  };
}

function startOf(cursor: string): number | undefined {
  const decoded = Buffer.from(cursor, 'base64').toString();
  const at = decoded.startsWith(prefix) ? Number(decoded.slice(prefix.length)) : Number.NaN;
  return Number.isInteger(at) && at >= 0 ? at : undefined;
}
