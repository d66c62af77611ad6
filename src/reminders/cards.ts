import type { PersonId, Rendered, Say, ShowCard } from '../core/ports.ts';
import type { Due, Standing } from './book.ts';
import type { View } from './look.ts';
import { isFit } from './place.ts';
import { isLastWord } from './plan.ts';
import { type Reminding, reminderCopy, type State } from './reminders.ts';
import { texts } from './texts.ts';
import { overMessage, reminderMessage } from './views.ts';

/** How the state of a person looks to them. */
export function viewOf({ person, place, today }: Pick<State, 'person' | 'place' | 'today'>): View {
  return { reader: { locale: person.locale, zone: place.calendar.zone }, today };
}

export interface CardDeps {
  readonly reminding: Pick<Reminding, 'stateOf'>;
  /** Whether something that was said stands in Slack. */
  stands(say: Say): Promise<boolean>;
}

/**
 * The card of a reminder, `<person>/<number>`. Drawn for the first time outside of the hours of the person, after a crash or an
 * outage in between, it is not sent at all: the engine tells again in the next slot. The same when nothing of it is due any more.
 */
export function createCard({ reminding, stands }: CardDeps): ShowCard {
  return async (id) => {
    const [person = '', number = ''] = id.split('/');
    const state = await reminding.stateOf(person as PersonId);
    if (!state) return undefined;
    const isThere = await stands(reminderCopy(state.person.id, Number(number)));
    const { standing } = state.book;
    if (standing?.number !== Number(number)) {
      return isThere ? overMessage(texts[state.person.locale].newer) : undefined;
    }
    const isNamed = state.due.some(({ key }) => standing.keys.includes(key));
    if (!isThere && !(isNamed && state.person.active && isFit(state.now, state.place))) return undefined;
    return draw(state, standing);
  };
}

function draw(state: State, standing: Standing): Rendered {
  const { book, place } = state;
  const order = new Map(standing.keys.map((key, index) => [key, index]));
  const named = state.due
    .filter(({ key }) => order.has(key))
    .toSorted((a, b) => (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0));
  const last = named.filter((thing) => isLastWord(thing, book.told[thing.key]?.times ?? 0, standing.on, place));
  const later = state.later.filter(({ key }) => order.has(key));
  const isWanted = ({ topic, mandatory }: Due) => mandatory !== undefined || !book.muted.includes(topic);
  const rest = state.due.filter((thing) => !order.has(thing.key) && isWanted(thing));
  return reminderMessage({ due: named, later, last: new Set(last.map(({ key }) => key)), rest }, viewOf(state));
}
