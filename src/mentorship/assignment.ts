import { inSteps, type Steps } from '../core/steps.ts';

/** How much each row is worth in each column. */
export type Worths = readonly ArrayLike<number>[];

/** Of each row and each column at most one. */
export type Assignment = readonly (readonly [row: number, column: number])[];

// Looking at a cell takes some nanoseconds: this many are about a millisecond.
const cellsAtOnce = 100_000;

function rowsAtOnce(length: number): number {
  return Math.max(1, Math.floor(cellsAtOnce / Math.max(1, length)));
}

/**
 * The assignment of rows to columns with the largest sum of worths: the Hungarian method with shortest augmenting paths (Jonker and
 * Volgenant 1987), in steps. For n rows and m columns, n being the smaller, it looks at no more than n * n * m cells.
 * @param worths whole numbers, 0 where the two never go together; rows of equal length. Sums up to 2^53 are exact.
 * @returns only pairs with a worth
 */
export function* assign(worths: Worths): Steps<Assignment> {
  const columns = worths[0]?.length ?? 0;
  if (columns === 0) return [];
  if (worths.length > columns) {
    const across = Array.from({ length: columns }, () => new Float64Array(worths.length));
    yield* inSteps(across, rowsAtOnce(worths.length), (row, at) => {
      for (let to = 0; to < row.length; to += 1) row[to] = worths[to]?.[at] ?? 0;
    });
    const turned = yield* assignRows(across);
    return turned.map(([row, column]) => [column, row]);
  }
  return yield* assignRows(worths);
}

/** One row after another finds its column, and moves others where that is better for all. Rows are not more than columns. */
function* assignRows(worths: Worths): Steps<Assignment> {
  const [rows, columns] = [worths.length, worths[0]?.length ?? 0];
  let most = 0;
  yield* inSteps(worths, rowsAtOnce(columns), (row) => {
    for (let at = 0; at < columns; at += 1) most = Math.max(most, row[at] ?? 0);
  });
  // Counted from 1: column 0 stands for the row that looks for its place.
  const ofRow = new Float64Array(rows + 1);
  const ofColumn = new Float64Array(columns + 1);
  const rowAt = new Int32Array(columns + 1);
  let cells = 0;

  for (let row = 1; row <= rows; row += 1) {
    rowAt[0] = row;
    const from = new Int32Array(columns + 1);
    const least = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
    const seen = new Uint8Array(columns + 1);
    let column = 0;
    do {
      seen[column] = 1;
      const next = nearest(column);
      shift(next.distance, seen, least);
      column = next.column;
      cells += columns;
      if (cells >= cellsAtOnce) {
        cells = 0;
        yield;
      }
    } while (rowAt[column] !== 0);
    for (let at = column; at !== 0; at = from[at] ?? 0) rowAt[at] = rowAt[from[at] ?? 0] ?? 0;

    /** The column not seen yet that is nearest to all that were seen. */
    function nearest(at: number): { readonly column: number; readonly distance: number } {
      const here = rowAt[at] ?? 0;
      const own = worths[here - 1];
      let best = 0;
      let distance = Number.POSITIVE_INFINITY;
      for (let to = 1; to <= columns; to += 1) {
        if (seen[to] === 1) continue;
        const reduced = most - (own?.[to - 1] ?? 0) - (ofRow[here] ?? 0) - (ofColumn[to] ?? 0);
        if (reduced < (least[to] ?? 0)) {
          least[to] = reduced;
          from[to] = at;
        }
        if ((least[to] ?? 0) < distance) {
          distance = least[to] ?? 0;
          best = to;
        }
      }
      return { column: best, distance };
    }
  }

  /** Keeps reduced costs from falling below zero: what was seen comes nearer by `distance`. */
  function shift(distance: number, seen: Uint8Array, least: Float64Array): void {
    for (let at = 0; at <= columns; at += 1) {
      if (seen[at] === 1) {
        const row = rowAt[at] ?? 0;
        ofRow[row] = (ofRow[row] ?? 0) + distance;
        ofColumn[at] = (ofColumn[at] ?? 0) - distance;
      } else {
        least[at] = (least[at] ?? 0) - distance;
      }
    }
  }

  return Array.from(rowAt.subarray(1), (row, column): readonly [number, number] => [row - 1, column]).filter(
    ([row, column]) => row >= 0 && (worths[row]?.[column] ?? 0) > 0,
  );
}
