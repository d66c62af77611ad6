import type { AnsweredQuestions } from '../core/links.ts';
import type { Store } from '../core/ports.ts';
import { handoffs } from './handoff.ts';

/** Lets other features read what a person of the office answered; what legal and compliance keep to themselves is not read. */
export function answeredQuestions(store: Store): AnsweredQuestions {
  return async (id) => {
    const handoff = await store.get(handoffs, id);
    if (!handoff || handoff.restricted) return undefined;
    const answer = handoff.events.findLast((event) => event.kind === 'answered');
    if (answer?.kind !== 'answered' || answer.text === '') return undefined;
    const { text, locale } = handoff.question;
    return { text, locale, answer: answer.text };
  };
}
