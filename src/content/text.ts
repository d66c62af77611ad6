import { parseDocument } from 'yaml';
import type { Finding } from '../core/findings.ts';
import { readQuickly } from './quick-yaml.ts';

export type Outcome<T> = { readonly value: T } | { readonly findings: readonly Finding[] };

/** Bytes as text: UTF-8 only, without a byte order mark, lines ended by \n. */
export function decodeText(bytes: Uint8Array, file: string): Outcome<string> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { value: text.replace(/\r\n?/g, '\n') };
  } catch {
    return broken(file, 'The file is not UTF-8 text.', 'Save it as UTF-8.');
  }
}

/** Front matter (between two lines of ---) as data, and the rest as trimmed Markdown. */
export function parseMarkdown(text: string, file: string): Outcome<{ readonly data: unknown; readonly body: string }> {
  const match = /^---[ \t]*\n(?:([\s\S]*?)\n)??---[ \t]*(?:\n|$)/.exec(text);
  if (!match) {
    return broken(file, 'The file has no front matter.', 'Start it with a line of ---, the fields, and a line of ---.');
  }
  // The fields start on the second line of the file.
  const front = parseYaml(match[1] ?? '', file, 1);
  if ('findings' in front) return front;
  return { value: { data: front.value, body: text.slice(match[0].length).trim() } };
}

/** YAML as data; each error with the line of the file it is on. `lineOffset`: lines of the file before `text`. */
export function parseYaml(text: string, file: string, lineOffset = 0): Outcome<unknown> {
  const usual = readQuickly(text);
  if (usual) return usual;
  const document = parseDocument(text, { prettyErrors: true, logLevel: 'silent' });
  const findings = document.errors.map((error) => {
    const line = (error.linePos?.[0].line ?? 1) + lineOffset;
    // The pretty message goes on with a picture of the place; its first line says what is wrong.
    const [first = error.message] = error.message.split(/ at line \d+|\n/);
    return yamlFinding(file, line, first);
  });
  if (findings.length > 0) return { findings };
  try {
    return { value: document.toJS() };
  } catch (error) {
    // Too many or circular aliases show only when the document is turned into data.
    return { findings: [yamlFinding(file, 1 + lineOffset, error instanceof Error ? error.message : 'unknown')] };
  }
}

function yamlFinding(file: string, line: number, message: string): Finding {
  return {
    file,
    field: `line ${line}`,
    problem: `This is not valid YAML: ${message.replace(/[.:]$/, '')}.`,
    mend: 'Check indentation, quotes and colons on this line and the one before.',
    fatal: true,
  };
}

function broken(file: string, problem: string, mend: string): { readonly findings: readonly Finding[] } {
  return { findings: [{ file, problem, mend, fatal: true }] };
}
