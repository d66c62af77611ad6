import type { People, Person, Store } from '../core/ports.ts';
import type { HomeSection } from '../feature.ts';
import type { HandoffCards } from './cards.ts';
import { mayAct } from './desk.ts';
import { handoffs } from './handoff.ts';
import { homeBlocks } from './home-views.ts';
import type { Known } from './saying.ts';

// After the ask box, with everything else that waits for the reader; then what the reader waits for.
const waitingOrder = 20;
const askedOrder = 30;
// One more than Home shows: whoever has claimed that many has enough to do.
const mostRead = 11;

/** Questions on somebody's Home: those they may answer, and those they asked. */
export function createHome(deps: { readonly store: Store; readonly cards: HandoffCards; readonly people: People }) {
  const { store, cards, people } = deps;

  return async function home(person: Person): Promise<readonly HomeSection[]> {
    const waiting = await read([...desksOf(person), `holder:${person.id}`], person);
    const asked = await read([`asking:${person.id}`]);
    const look = cards.lookOf(undefined, person, person.locale);
    return [
      { order: waitingOrder, blocks: homeBlocks(waiting.docs, waiting.total, 'desk', look) },
      { order: askedOrder, blocks: homeBlocks(asked.docs, asked.total, 'asker', look) },
    ].filter(({ blocks }) => blocks.length > 0);
  };

  function desksOf(person: Person): readonly string[] {
    const desks = [false, true].filter((restricted) => mayAct(people, { restricted }, person.id));
    return desks.map((restricted) => `desk:${restricted ? 'restricted' : 'office'}`);
  }

  /** Of each list the oldest. What the person asked does not wait for them, and what they may no longer see is left out. */
  async function read(keys: readonly string[], answerer?: Person) {
    const docs: Known[] = [];
    let total = 0;
    for (const key of keys) {
      const page = await store.list(handoffs, { key, order: 'asc', limit: mostRead });
      const seen = page.docs.filter(
        (doc) => !answerer || (doc.asker !== answerer.id && mayAct(people, doc, answerer.id)),
      );
      docs.push(...seen);
      total += (await store.count(handoffs, { key })) - (page.docs.length - seen.length);
    }
    return { docs, total };
  }
}
