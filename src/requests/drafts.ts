import type { ModalView } from '@slack/types';
import { type People, type Person, type PersonId, remove, type Store } from '../core/ports.ts';
import type { Effect, HomeSection } from '../feature.ts';
import { draftBlocks, type ShownDraft } from './draft-views.ts';
import { type Draft, drafts } from './form-draft.ts';
import { texts } from './form-texts.ts';
import { noteView, readerOf, subjectOrTitle } from './form-views.ts';
import type { TypeEdition } from './type.ts';

/** What people began and did not send. */
export interface Drafts {
  /** Their section of Home; `undefined` when there is nothing. */
  section(person: Person): Promise<HomeSection | undefined>;
  /** Deletes a draft of theirs; Home is drawn anew. */
  discard(person: PersonId, id: string): Promise<Effect>;
  /** Says that it is deleted, in the place of the form. */
  discardedView(person: PersonId): ModalView;
}

// After what waits for the person and before what they wait for.
const order = 25;
// Home has 100 blocks for everything; a draft takes three.
const mostShown = 4;

export function createDrafts(deps: {
  readonly store: Store;
  readonly people: Pick<People, 'get'>;
  types(): readonly TypeEdition[];
}): Drafts {
  const { store, people } = deps;

  function shown(draft: Draft & { readonly id: string }, { locale }: Person): ShownDraft {
    const edition = deps.types().find(({ type }) => type.id === draft.type);
    const { id, savedAt } = draft;
    if (!edition) return { id, savedAt, subject: draft.type, title: draft.type };
    return { id, savedAt, subject: subjectOrTitle({ draft, edition }, locale), title: edition.type.title[locale] };
  }

  return {
    async section(person) {
      const key = `person:${person.id}`;
      const { docs } = await store.list(drafts, { key, order: 'desc', limit: mostShown });
      if (docs.length === 0) return undefined;
      const total = docs.length < mostShown ? docs.length : await store.count(drafts, { key });
      const items = docs.map((draft) => shown(draft, person));
      return { order, blocks: draftBlocks(items, total, person) };
    },
    async discard(person, id) {
      const draft = await store.get(drafts, id);
      const mine = draft?.person === person && !draft.sent;
      return { ...(mine ? { ops: [remove(drafts, draft)] } : {}), reply: { kind: 'home', person } };
    },
    discardedView(person) {
      const reader = readerOf(people, person);
      const { chooseTitle, discardedNow } = texts[reader.locale];
      return noteView(chooseTitle, discardedNow, reader);
    },
  };
}
