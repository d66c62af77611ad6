import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HrFile, parseHrFile } from '../../src/people/hr-file.ts';

function read(text: string | Uint8Array, name = 'people.csv') {
  const file = parseHrFile(typeof text === 'string' ? new TextEncoder().encode(text) : text, name);
  return { rows: rowsOf(file), lines: linesOf(file), file };
}

function rowsOf(file: HrFile) {
  return 'unusable' in file ? undefined : file.rows;
}

function linesOf(file: HrFile): readonly string[] {
  const findings = 'unusable' in file ? file.unusable : file.findings;
  return findings.map(({ field, problem }) => (field ? `${field}: ${problem}` : problem));
}

const person = {
  slackId: 'U00000001',
  email: 'one@example.com',
  facts: { manager: 'boss@example.com', office: 'berlin', start: '2026-01-01' },
};

describe('reading the HR file', () => {
  it.each([
    ['commas', 'slack_id,email,manager,office,start\nU00000001,one@example.com,boss@example.com,berlin,2026-01-01\n'],
    [
      'semicolons',
      'slack_id;email;manager;office;start\nU00000001;one@example.com;boss@example.com;berlin;2026-01-01\n',
    ],
    [
      'tabs',
      'slack_id\temail\tmanager\toffice\tstart\nU00000001\tone@example.com\tboss@example.com\tberlin\t2026-01-01\n',
    ],
    [
      'titles as people write them',
      'Slack ID,E-Mail,MANAGER,Office,Start\nU00000001,One@Example.com,boss@example.com,berlin,2026-01-01',
    ],
    [
      'a byte order mark and Windows line ends',
      '\uFEFFslack_id,email,manager,office,start\r\n U00000001 ,one@example.com,boss@example.com,berlin,2026-01-01\r\n\r\n',
    ],
    [
      'quotes',
      '"slack_id","email","manager","office","start"\n"U00000001","one@example.com","boss@example.com","berlin","2026-01-01"\n',
    ],
    [
      'empty values',
      'slack_id,email,manager,office,start,end,unit\nU00000001,one@example.com,boss@example.com,berlin,2026-01-01,,\n',
    ],
  ])('accepts %s', (_, text) => {
    const { rows, lines } = read(text);

    expect(lines).toEqual([]);
    expect(rows).toEqual([{ ...person, place: 'line 2' }]);
  });

  it('accepts a JSON list', () => {
    const entry = {
      slackId: 'U00000001',
      email: 'one@example.com',
      manager: 'boss@example.com',
      office: 'berlin',
      start: '2026-01-01',
      end: null,
    };

    const { rows, lines } = read(JSON.stringify([entry]), 'people.json');

    expect(lines).toEqual([]);
    expect(rows).toEqual([{ ...person, place: 'entry 1' }]);
  });

  it.each([
    ['neither id nor e-mail', ',', 'line 2: The person has neither a Slack id nor an e-mail.'],
    ['a wrong id', 'nobody,', 'line 2: nobody is not a Slack member id.'],
    ['a wrong e-mail', ',one(at)example.com', 'line 2: one(at)example.com is not an e-mail address.'],
    [
      'a manager by name',
      'U00000001,,Jane Boss',
      'line 2: The manager Jane Boss is neither a Slack member id nor an e-mail address.',
    ],
    ['a date in another style', 'U00000001,,,22.11.2026', 'line 2: The start 22.11.2026 is not a date.'],
    ['a day that does not exist', 'U00000001,,,,2026-02-30', 'line 2: The end 2026-02-30 is not a date.'],
    [
      'an end before the start',
      'U00000001,,,2026-02-02,2026-02-01',
      'line 2: The end 2026-02-01 lies before the start 2026-02-02.',
    ],
    ['too many values', 'U00000001,,,,,x', 'line 2: The line has more values than the header.'],
  ])('reports %s and keeps the other lines', (_, line, expected) => {
    const { rows, lines } = read(`slack id,email,manager,start,end\n${line}\nU00000002\n`);

    expect(lines).toEqual([expected]);
    expect(rows).toMatchObject([{ slackId: 'U00000002', place: 'line 3' }]);
  });

  it('says whose line is broken, so that what was known of them stays', () => {
    const { file } = read('email,start\none@example.com,soon\n');

    expect(file).toMatchObject({ broken: [{ email: 'one@example.com' }], rows: [] });
  });

  it('counts lines as an editor does, over values of several lines', () => {
    const { lines } = read('email,office\n"one@example.com","ber\nlin"\n\nnobody,x\n');

    expect(lines).toEqual(['line 5: nobody is not an e-mail address.']);
  });

  it('names the first fifty mistakes and counts the others', () => {
    const { lines } = read(`email\n${'nobody\n'.repeat(70)}`);

    expect(lines).toHaveLength(51);
    expect(lines.at(-1)).toBe('There are 20 more mistakes in this file.');
  });

  it('names columns that are not used', () => {
    const { lines } = read('email,mangaer,cost center\none@example.com,x,y\n');

    expect(lines).toEqual(['These columns are not used: mangaer, cost center.']);
  });

  it.each([
    ['nothing', '', 'people.csv', 'The file is empty.'],
    [
      'no column that names people',
      'name,office\nOne,berlin\n',
      'people.csv',
      'The header names neither a Slack id nor an e-mail column.',
    ],
    [
      'a quote that never ends',
      'email,office\n"one@example.com,berlin\n',
      'people.csv',
      'This is not valid CSV: Quote Not Closed',
    ],
    ['bytes that are not UTF-8', Uint8Array.from([0xff, 0xfe, 0x41, 0]), 'people.csv', 'The file is not UTF-8 text.'],
    ['broken JSON', '[{', 'people.json', 'This is not a JSON list of people.'],
    ['JSON of another shape', '{"people": 3}', 'people.json', 'This is not a JSON list of people.'],
  ])('does not use a file with %s', (_, text, name, expected) => {
    const { file, lines } = read(text, name);

    expect(file).toHaveProperty('unusable');
    expect(lines).toEqual([expect.stringContaining(expected)]);
  });

  it('never throws, and gives every row a person', () => {
    const cell = fc.oneof(
      fc.constantFrom('U00000001', 'one@example.com', '2026-01-01', '"', ',', '\n', ';', ''),
      fc.string({ maxLength: 5 }),
    );
    const csv = fc.array(cell, { maxLength: 30 }).map((cells) => `email,slackid,manager,end\n${cells.join(',')}`);

    fc.assert(
      fc.property(fc.oneof(csv, fc.string()), fc.constantFrom('p.csv', 'p.json'), (text, name) => {
        const rows = read(text, name).rows ?? [];

        expect(rows.every((row) => row.slackId !== undefined || row.email !== undefined)).toBe(true);
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });
});
