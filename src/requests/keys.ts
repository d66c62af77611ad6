import { createHash } from 'node:crypto';
import type { Value, Values } from './condition.ts';
import { readPurl } from './purl.ts';
import type { RequestType } from './type.ts';

// Index keys are compared as a whole; a name longer than this is no name.
const longest = 200;

// A document is found by so many keys at most; a longer list stands where its request says.
const mostComponents = 200;

/**
 * The keys that a request is found by, from its answers: `project:apache/kafka`, `license:apache-2.0` for each license of
 * an expression, `component:pkg:npm/left-pad`, `name:left-pad`, and `same:...`, which two requests for the same thing share.
 * A component field of several lines names one component a line.
 */
export function keysOf(type: RequestType, answers: Values): readonly string[] {
  const { project, license, component } = type.find;
  const textOf = (field: string | undefined) => {
    const value = field === undefined ? undefined : answers[field];
    return typeof value === 'string' && value.trim() !== '' ? value : undefined;
  };
  const [projectText, licenseText, componentText] = [project, license, component].map(textOf);
  const isList = type.fields.some(({ id, kind }) => id === component && kind === 'long');
  const components = isList ? listedIn(componentText ?? '') : [componentText ?? []].flat();
  return [
    ...(projectText ? [projectKey(projectText)] : []),
    ...(licenseText ? licenseKeys(licenseText) : []),
    ...new Set(components.map(componentKey)),
    ...new Set([...(projectText ? [projectText] : []), ...components].map(nameKey)),
    ...(sameKey(type, answers) ? [sameKey(type, answers) ?? ''] : []),
  ];
}

/** The components of a list, one a line: `pkg:npm/left-pad@1.3.0 · MIT`, `left-pad 1.3.0 · MIT`; versions of names left out. */
function listedIn(text: string): readonly string[] {
  const names = text.split('\n').flatMap((line) => {
    const [what = ''] = line.split(' · ', 1);
    return what.trim().replace(/\s+v?\d\S*$/, '') || [];
  });
  return [...new Set(names)].slice(0, mostComponents);
}

/** `https://github.com/Apache/Kafka.git` and `apache/kafka` are the same project; other hosts stay in the name. */
export function projectKey(text: string): string {
  const name = plain(text)
    .replace(/^[a-z+]+:\/\//, '')
    .replace(/^(www\.)?github\.com[/:]/, '')
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
  return `project:${name}`;
}

/** A package URL without its version; any other name as it is written, but for case. */
export function componentKey(text: string): string {
  return `component:${readPurl(text)?.component ?? plain(text)}`;
}

/** The bare name of a project or component, as people say it: `kafka`, `left-pad`. */
export function nameKey(text: string): string {
  const purl = readPurl(text);
  const [, path = ''] = projectKey(text).split(/:(.*)/s);
  return `name:${plain(purl?.name ?? path.slice(path.lastIndexOf('/') + 1))}`;
}

/** A key for each license of an SPDX expression. */
export function licenseKeys(expression: string): readonly string[] {
  const words = expression.replace(/\bWITH\s+[\w.-]+/gi, ' ').match(/[\w.:+-]+/g) ?? [];
  const ids = words.map((word) => word.toLowerCase()).filter((word) => word !== 'and' && word !== 'or');
  return [...new Set(ids)].map((id) => `license:${id}`);
}

/** What two requests for the same thing share; undefined when one of the fields that say so is empty. */
export function sameKey(type: RequestType, answers: Values): string | undefined {
  if (type.same.length === 0) return undefined;
  const values = type.same.map((field) => normal(field, answers[field], type));
  if (values.some((value) => value === '')) return undefined;
  return `same:${type.id}:${createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 24)}`;
}

function normal(field: string, value: Value, { find }: RequestType): string {
  if (value === undefined) return '';
  const text = Array.isArray(value) ? value.toSorted().join(' ') : String(value);
  if (field === find.project) return projectKey(text);
  return field === find.component ? componentKey(text) : plain(text);
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim().slice(0, longest);
}
