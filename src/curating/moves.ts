import type { Locale } from '../core/i18n.ts';
import type { PersonId } from '../core/ports.ts';
import { type DraftArticle, type DraftFacts, type DraftWords, localesOf } from './draft.ts';

/** What somebody wants to do with a draft. `revision`: the one that was looked at. */
export type Move =
  | {
      readonly kind: 'save';
      readonly article: string;
      readonly locale: Locale;
      readonly words: DraftWords;
      readonly facts: DraftFacts;
      /** The files that it is written over now. */
      readonly over: DraftArticle['over'];
    }
  | { readonly kind: 'submit' | 'publish'; readonly revision: number }
  | { readonly kind: 'sendBack'; readonly revision: number; readonly text: string }
  | { readonly kind: 'discard' };

/** Everything a decision rests on beside the draft itself. */
export interface Circumstances {
  readonly now: number;
  readonly actor: PersonId;
  /** Whether the actor may write articles like this one. */
  readonly mayWrite: boolean;
  /** Whether the actor may judge articles like this one; not whether this one, which may be their own. */
  readonly mayReview: boolean;
}

/** Why a move is refused. `ended`: it is in force or given up. `changed`: another revision than the one looked at. */
export type Refusal = 'not_allowed' | 'own_text' | 'ended' | 'changed' | 'not_in_review' | 'in_review' | 'empty';

/** Whether `move` may be made now. */
export function refusalOf(draft: DraftArticle, move: Move, circumstances: Circumstances): Refusal | undefined {
  const { actor, mayWrite, mayReview } = circumstances;
  if (draft.state === 'published' || draft.state === 'discarded') return 'ended';
  if (move.kind === 'save' || move.kind === 'discard') return mayWrite ? undefined : 'not_allowed';
  if (move.kind === 'submit') {
    if (!mayWrite) return 'not_allowed';
    if (draft.state === 'review') return 'in_review';
    if (localesOf(draft).length === 0 || draft.article === undefined) return 'empty';
    return move.revision === draft.revision ? undefined : 'changed';
  }
  if (!mayReview) return 'not_allowed';
  if (draft.state !== 'review') return 'not_in_review';
  // Authors may take it back themselves; only what puts it into force needs somebody else.
  if (move.kind === 'publish' && draft.authors.includes(actor)) return 'own_text';
  return move.revision === draft.revision ? undefined : 'changed';
}

/** The draft after a move that `refusalOf` let pass. */
export function applyMove(draft: DraftArticle, move: Move, { now, actor }: Circumstances): DraftArticle {
  const { note, ...rest } = draft;
  switch (move.kind) {
    case 'save': {
      const { article, locale, words, facts, over } = move;
      const texts = { ...rest.texts, [locale]: words };
      const authors = [...new Set([...rest.authors, actor])];
      // What is written on while it is reviewed goes back: nobody approves what they have not read.
      return { ...rest, article, texts, facts, over, authors, state: 'draft', revision: rest.revision + 1, since: now };
    }
    case 'submit':
      return { ...rest, state: 'review', since: now };
    case 'sendBack':
      return { ...rest, state: 'draft', since: now, note: { by: actor, at: now, text: move.text } };
    case 'publish':
      return { ...rest, state: 'published', since: now, by: actor };
    case 'discard':
      return { ...rest, state: 'discarded', since: now, by: actor, texts: {} };
  }
}
