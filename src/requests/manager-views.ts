import type { KnownBlock } from '@slack/types';
import type { Locale } from '../core/i18n.ts';
import type { People, PersonId } from '../core/ports.ts';
import { input, usersSelect } from '../slack/blocks.ts';
import { isThere } from './deciding.ts';
import { texts } from './form-texts.ts';
import type { ViewValues } from './form-values.ts';

// No field of a form can have this id, so that what is entered here is never taken for an answer.
const block = '-manager';

/** The question who somebody's manager is, asked before the request is sent where nobody knows. @param known named before */
export function managerField(known: PersonId | undefined, locale: Locale): KnownBlock {
  const words = texts[locale];
  return input({
    blockId: block,
    label: words.managerLabel,
    hint: words.managerHint,
    optional: true,
    dispatch: true,
    element: usersSelect({
      id: 'requests.set',
      placeholder: words.managerChoose,
      ...(known === undefined ? {} : { initial: known }),
    }),
  });
}

/** Who was chosen; `nobody` where the question was left empty, `wrong` for somebody who cannot manage the person. */
type NamedManager = { readonly is: 'manager'; readonly id: PersonId } | { readonly is: 'unasked' | 'nobody' | 'wrong' };

/** What was entered on the last page. @param person who asks */
export function managerIn(values: ViewValues, person: PersonId, people: Pick<People, 'get'>): NamedManager {
  const elements = values[block];
  if (!elements) return { is: 'unasked' };
  const [value] = Object.values(elements);
  if (typeof value !== 'string' || value === '') return { is: 'nobody' };
  const id = value as PersonId;
  return id !== person && isThere(people.get(id)) ? { is: 'manager', id } : { is: 'wrong' };
}

/** Says beside the question why somebody cannot be chosen. */
export function managerError(locale: Locale): Record<string, string> {
  return { [block]: texts[locale].managerWrong };
}
