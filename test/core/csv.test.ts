import { expect, it } from 'vitest';
import { csvLine } from '../../src/core/csv.ts';

it.each([
  [['plain', '中文'], 'plain,中文\r\n'],
  [['a "word", and more', 'two\nlines'], '"a ""word"", and more","two\nlines"\r\n'],
  [['', 'after nothing'], ',after nothing\r\n'],
])('%j is written as RFC 4180 says', (cells, line) => {
  expect(csvLine(cells)).toBe(line);
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('%j is text to a spreadsheet', (cell) => {
  expect(csvLine([cell]).replaceAll('"', '')).toBe(`'${cell}\r\n`);
});
