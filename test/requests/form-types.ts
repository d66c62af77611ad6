import { fileURLToPath } from 'node:url';
import { loadContent } from '../../src/content/content.ts';
import { folderLayer } from '../../src/content/layer.ts';
import type { Field, RequestType, TypeEdition } from '../../src/requests/type.ts';
import { RequestType as Shape } from '../../src/requests/type.ts';
import { requestContent } from '../../src/requests/type-content.ts';

const data = fileURLToPath(new URL('../../data/', import.meta.url));

/** The types that ship. */
export async function shippedTypes(): Promise<readonly TypeEdition[]> {
  const content = await loadContent({ layers: [folderLayer('data', data)], kinds: [requestContent], now: 0 });
  return content.items(requestContent);
}

const both = (en: string) => ({ en, 'zh-CN': `${en}？` });

/** A field as a type file would hold it. */
export function field(id: string, kind: Field['kind'], more: Partial<Field> = {}): object {
  const choices = ['choice', 'choices'].includes(kind) ? [choice('one'), choice('two'), choice('three')] : undefined;
  return { id, kind, label: both(id), ...(choices ? { choices } : {}), ...more };
}

export function choice(id: string): object {
  return { id, label: both(id) };
}

/** A small type: a page for each list of fields, and one stage that the office decides. */
export function typeOf(pages: readonly (readonly object[])[], more: object = {}): RequestType {
  return Shape.parse({
    id: 'small',
    title: both('Small thing'),
    short: both('Small'),
    what: both('Something small.'),
    subject: { en: 'Small {name}', 'zh-CN': '小事 {name}' },
    order: 1,
    fields: pages.flat(),
    steps: pages.map((fields, i) => ({
      title: both(`Page ${i + 1}`),
      fields: fields.map((one) => (one as { readonly id: string }).id),
    })),
    stages: [{ id: 'office', name: both('Office'), order: 1, who: { roles: ['ospo'] }, days: 2 }],
    routes: [{ id: 'office', level: 4, stages: ['office'], because: both('The office looks at it.') }],
    ...more,
  });
}

export function editionOf(type: RequestType, hash = 'a'.repeat(64)): TypeEdition {
  return { type, hash, file: `requests/${type.id}.yml` };
}
