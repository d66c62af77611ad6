import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../src/cli/program.ts';
import { readConfig } from '../src/config.ts';
import { OperatorError } from '../src/core/errors.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const markdownIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: folder !== '.', encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => (folder === '.' ? name : `${folder}/${name}`));
const documents = [...markdownIn('.'), ...markdownIn('docs')].sort();

/** What is meant to be typed or found: fenced blocks and code spans. */
function codeIn(text: string): readonly string[] {
  const fenced = [...text.matchAll(/^ *```[^\n]*\n([\s\S]*?)^ *```/gm)].flatMap(([, block = '']) => block.split('\n'));
  const spans = [...text.replace(/^ *```[\s\S]*?^ *```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
  return [...fenced, ...spans].map((line) => line.replace(/(?:^|\s)#\s.*$/, '').trim()).filter(Boolean);
}

const scripts = (JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> }).scripts;

/** Scripts that are named and do not exist. */
function unknownScripts(code: readonly string[]): readonly string[] {
  const named = code.flatMap((line) => [
    ...[...line.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name),
    ...[...line.matchAll(/\bnpm (test|start)\b/g)].map(([, name = '']) => name),
  ]);
  return named.filter((name) => !(name in scripts));
}

/** Commands of the command line that are named and that it does not know, with their options. */
function unknownCommands(code: readonly string[]): readonly string[] {
  const lines = code.flatMap((line) =>
    [...line.matchAll(/\bnpm run ospo -- ([^|>&;]*)/g)].map(([, rest = '']) => rest),
  );
  return lines.filter((line) => !isKnown(createProgram(), line.match(/"[^"]*"|\S+/g) ?? []));
}

function isKnown(command: Command, words: readonly string[]): boolean {
  const [word, ...rest] = words;
  if (word === undefined) return true;
  if (word.startsWith('--')) return command.options.some(({ long }) => long === word) && isKnown(command, rest);
  const inner = command.commands.find((each) => each.name() === word);
  if (inner) return isKnown(inner, rest);
  // Not a command: then it is what the command, or its last option, takes.
  return command.commands.length === 0 && isKnown(command, rest);
}

/** Relative links whose file does not exist. */
function brokenLinks(path: string, text: string): readonly string[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets.filter(
    (target) => !/^(?:[a-z]+:|#)/.test(target) && !existsSync(join(root, dirname(path), target.replace(/#.*/, ''))),
  );
}

/** Files of ours that are named and do not exist; patterns and placeholders are none. */
function missingFiles(code: readonly string[]): readonly string[] {
  const named = code.filter((span) => /^(?:src|test|data|docs|bench|\.ci)\/[\w./-]+$/.test(span));
  return named.filter((path) => !existsSync(join(root, path)));
}

/** The variables that the configuration reads. */
function settings(): readonly string[] {
  const asked = new Set<string>();
  const env = new Proxy<Record<string, string | undefined>>({}, { get: (_, name) => void asked.add(String(name)) });
  expect(() => readConfig(env)).toThrow(OperatorError);
  return [...asked].toSorted();
}

// What only development reads.
const others = ['LONG', 'CHROMIUM_PATH'];

function unknownVariables(code: readonly string[], known: readonly string[]): readonly string[] {
  const named = code.flatMap((line) => line.match(/\b[A-Z]{2,}(?:_[A-Z]+)+\b/g) ?? []);
  return named.filter((name) => !known.includes(name) && !others.includes(name));
}

describe.each(documents)('%s', (path) => {
  const text = read(path);
  const code = codeIn(text);

  it('names only what exists', () => {
    expect(unknownScripts(code)).toEqual([]);
    expect(unknownCommands(code)).toEqual([]);
    expect(brokenLinks(path, text)).toEqual([]);
    expect(missingFiles(code)).toEqual([]);
    expect(unknownVariables(code, settings())).toEqual([]);
  });
});

/** The code spans that begin the rows of the table whose first heading is this one. */
function firstColumn(text: string, heading: string): readonly string[] {
  const [, table = ''] = text.split(new RegExp(`^\\| ${heading} `, 'm'));
  const [rows = ''] = table.split('\n\n', 1);
  return [...rows.matchAll(/^\| `([^`]+)`/gm)].map(([, cell = '']) => cell);
}

describe('docs/operations.md', () => {
  const text = read('docs/operations.md');

  it('lists the settings that there are', () => {
    const listed = firstColumn(text, 'variable');

    expect(listed.toSorted()).toEqual(settings());
  });

  it('quotes messages that are logged', () => {
    const quoted = firstColumn(text, 'message');
    const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const code = sources.map((name) => read(`src/${name}`)).join('\n');

    expect(quoted.length).toBeGreaterThan(3);
    expect(quoted.filter((message) => !code.includes(`'${message}'`))).toEqual([]);
  });
});

describe('decision records', () => {
  const records = documents.filter((path) => path.startsWith('docs/adr/'));

  it('are numbered without gaps, and say context, decision and consequences', () => {
    const numbers = records.map((path) => Number(path.slice('docs/adr/'.length, 'docs/adr/0000'.length)));
    const incomplete = records.filter((path) => {
      const headings = [...read(path).matchAll(/^## (\w+)/gm)].map(([, heading]) => heading);
      return headings.join() !== 'Context,Decision,Consequences';
    });

    expect(numbers).toEqual(records.map((_, index) => index + 1));
    expect(incomplete).toEqual([]);
  });
});

describe('the checks', () => {
  it('read what documents name', () => {
    expect(documents).toEqual(
      expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/operations.md']),
    );
    expect(settings()).toEqual(expect.arrayContaining(['SLACK_BOT_TOKEN', 'PORT', 'STATE_DIR', 'LOG_LEVEL']));
    expect(codeIn('Type `a b`.\n\n```sh\nc d   # why\n```\n')).toEqual(['c d', 'a b']);
  });

  it.each([
    [unknownScripts(['npm run nothing', 'npm run test:long', 'npm test']), ['nothing']],
    [unknownCommands(['npm run ospo -- kb lint', 'npm run ospo -- kb nothing']), ['kb nothing']],
    [unknownCommands(['npm run ospo -- ask "what is a CLA"', 'npm run ospo -- ask --nothing']), ['ask --nothing']],
    [unknownCommands(['npm run ospo -- manifest --http https://x.example', 'npm run ospo -- nothing']), ['nothing']],
    [brokenLinks('docs/x.md', '[a](architecture.md#the-house) [b](nothing.md) [c](https://x.example)'), ['nothing.md']],
    [missingFiles(['src/app.ts', 'src/nothing.ts', 'src/<name>.ts']), ['src/nothing.ts']],
    [unknownVariables(['STATE_DIR=/x', 'NO_SUCH_SETTING'], ['STATE_DIR']), ['NO_SUCH_SETTING']],
  ])('find what does not exist: %j', (found, expected) => {
    expect(found).toEqual(expected);
  });
});
