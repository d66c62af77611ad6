import { munkres } from 'munkres';

/**
 * The assignment of rows to columns with the largest sum of worths; of each row and each column at most one.
 * @param worths whole numbers, 0 where the two never go together; rows of equal length. Sums up to 2^53 are exact.
 * @returns pairs of row and column, only those with a worth
 */
export function assign(worths: readonly (readonly number[])[]): readonly (readonly [row: number, column: number])[] {
  if (worths.length === 0 || worths[0]?.length === 0) return [];
  const most = worths.reduce((max, row) => row.reduce((best, worth) => Math.max(best, worth), max), 0);
  const costs = worths.map((row) => row.map((worth) => most - worth));
  return munkres(costs).filter(([row, column]) => (worths[row]?.[column] ?? 0) > 0);
}
