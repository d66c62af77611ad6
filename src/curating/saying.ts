import type { Say } from '../core/ports.ts';
import type { KnownDraft } from './draft.ts';

/** Every copy of a draft's card there is: whatever happens, all of them change. */
export function draftCopies({ id, cards }: Pick<KnownDraft, 'id' | 'cards'>): readonly Say[] {
  return cards.map((place) => ({ kind: 'copy', card: 'curating.draft', id, place, lost: 'must' }));
}

/** Tells whoever wrote last what became of it; of their own doing nobody is told. */
export function toldOfDraft(draft: KnownDraft, kind: string): readonly Say[] {
  const by = draft.state === 'published' ? draft.by : draft.note?.by;
  const author = draft.authors.at(-1);
  if (!['sent back', 'published'].includes(kind) || !author || author === by) return [];
  const id = `${draft.id}/${draft.state === 'published' ? 'published' : 'back'}`;
  const key = `curating:${id}:${draft.revision}:${draft.since}`;
  return [{ kind: 'notice', key, card: 'curating.told', id, place: { person: author }, lost: 'must' }];
}
