import type { Person } from '../core/ports.ts';
import type { HomeSection } from '../feature.ts';
import { viewOf } from './cards.ts';
import { dueSection, settingsSection } from './home-views.ts';
import type { Reminding } from './reminders.ts';

// With what waits for the reader, after what others wait for.
const dueOrder = 26;
// Settings come last of what is the reader's own.
const settingsOrder = 80;

/** What is due, on somebody's Home, and their settings. */
export function createHome({ reminding }: { readonly reminding: Pick<Reminding, 'stateOf' | 'topics'> }) {
  return async function home(person: Person): Promise<readonly HomeSection[]> {
    const state = await reminding.stateOf(person.id);
    if (!state || reminding.topics(person).length === 0) return [];
    const view = viewOf(state);
    return [
      { order: dueOrder, blocks: dueSection(state.due, state.later, view) },
      { order: settingsOrder, blocks: settingsSection(state.book, view) },
    ].filter(({ blocks }) => blocks.length > 0);
  };
}
