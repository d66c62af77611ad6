import { stringify } from 'csv-stringify/sync';

/** Goes before the first line: without it Excel takes UTF-8 for something else, and Chinese is lost. */
export const csvMark = '\uFEFF';

/**
 * A line of comma-separated values (RFC 4180) with its end.
 * What begins like a formula is made text: a spreadsheet would carry it out, and free text comes from anybody.
 */
export function csvLine(cells: readonly string[]): string {
  // Left to itself it quotes only line ends of the kind that ends a record.
  return stringify([[...cells]], { record_delimiter: 'windows', escape_formulas: true, quoted_match: /[\r\n]/ });
}
