import { drafts } from '../../src/requests/form-draft.ts';
import { mei, type openForms } from './form-office.ts';
import { editionOf, field, typeOf } from './form-types.ts';

/** Three pages; the second is there for "two", the third for everybody, and "three" asks more on the first page. */
export const type = typeOf([
  [
    field('name', 'text'),
    field('kind', 'choice'),
    field('more', 'text', { ask: { when: 'kind', is: 'three' } } as never),
  ],
  [field('why', 'long', { ask: { when: 'kind', is: 'two' } } as never)],
  [field('license', 'license'), field('lines', 'number', { required: false } as never)],
]);
export const edition = editionOf(type);
export const answered = { name: 'A thing', kind: 'one' };

/** The drafts of a person. */
export const stored = async (office: ReturnType<typeof openForms>, person = mei) =>
  (await office.store.list(drafts, { key: `person:${person}`, order: 'asc', limit: 100 })).docs;
