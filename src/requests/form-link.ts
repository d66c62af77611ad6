import { isFilled, type Value } from './condition.ts';
import type { Answers } from './request.ts';
import type { Field, RequestType } from './type.ts';

/** A form to open, and what is known of its answers. */
export interface FormLink {
  readonly type: string;
  readonly prefill: Readonly<Record<string, string>>;
}

// A button carries 2,000 characters, a modal 3,000; both have more to carry.
const longest = 1_500;
// A form has fewer fields than this; whatever more a link carries is not ours.
const mostFields = 40;

/** `component?useCase=server`, as buttons carry it; what does not fit is left out, the last fields first. */
export function writeLink({ type, prefill }: FormLink): string {
  const kept = new URLSearchParams();
  for (const [id, value] of Object.entries(prefill).slice(0, mostFields)) {
    const more = new URLSearchParams([...kept, [id, value]]);
    if (type.length + more.toString().length < longest) kept.append(id, value);
  }
  const query = kept.toString();
  return query ? `${type}?${query}` : type;
}

/** @param value as `writeLink` writes it */
export function readLink(value: string): FormLink {
  const [type = '', query = ''] = value.split('?', 2);
  const pairs = [...new URLSearchParams(query)].slice(0, mostFields);
  return { type, prefill: Object.fromEntries(pairs) };
}

/** What follows a command: `component purl=pkg:npm/left-pad useCase=server summary="Left pads."`, as Slack escapes it. */
export function readTyped(text: string): FormLink {
  const [type = '', rest = ''] = splitFirst(plainText(text).trim());
  const pairs = [...rest.matchAll(/([A-Za-z][A-Za-z0-9]*)=(?:"([^"]*)"|“([^”]*)”|(\S*))/g)];
  const prefill = pairs.slice(0, mostFields).map(([, id = '', a, b, c]): [string, string] => [id, a ?? b ?? c ?? '']);
  return { type: type.toLowerCase(), prefill: Object.fromEntries(prefill) };
}

function splitFirst(text: string): readonly [string, string] {
  const at = text.search(/\s/);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** Slack writes links as `<https://...|words>`, mentions as `<@U012|name>`, and three characters as entities. */
function plainText(text: string): string {
  return text
    .replace(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g, '$1')
    .replace(/<((?:https?|mailto):[^|>]+)(?:\|[^>]*)?>/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

/** The answers that a prefill stands for: fields of the type with a value that the field can take; the rest is dropped. */
export function prefilled(type: RequestType, prefill: Readonly<Record<string, string>>): Answers {
  const answers: Answers = {};
  for (const field of type.fields) {
    const value = Object.hasOwn(prefill, field.id) ? valueFrom(field, (prefill[field.id] ?? '').trim()) : undefined;
    if (isFilled(value) && value !== undefined) answers[field.id] = typeof value === 'object' ? [...value] : value;
  }
  return answers;
}

function valueFrom(field: Field, text: string): Value {
  switch (field.kind) {
    case 'choice':
      return choiceFrom(field, text);
    case 'choices':
      return text.split(',').flatMap((one) => choiceFrom(field, one.trim()) ?? []);
    case 'yesno':
      return text === 'yes' || text === 'no' ? text : undefined;
    case 'number':
      return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined;
    case 'person':
      return /^[UW][A-Z0-9]+$/.test(text) ? text : undefined;
    case 'people':
      return text.split(',').filter((one) => /^[UW][A-Z0-9]+$/.test(one));
    case 'files':
      return text.split(/\s+/).filter((one) => one.startsWith('https://'));
    // Nobody confirms by following a link.
    case 'confirm':
      return undefined;
    default:
      return text;
  }
}

/** Ids in files are written with hyphens or underscores; a link that uses the other is meant all the same. */
function choiceFrom({ choices = [] }: Field, text: string): string | undefined {
  const same = (id: string) => id.replaceAll('_', '-') === text.replaceAll('_', '-').toLowerCase();
  return choices.find(({ id }) => same(id))?.id;
}
