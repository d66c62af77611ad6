import { optionsOf } from '../blocks.ts';
import { fieldsOf, listOf, textOf } from '../json.ts';
import type { Deed, Json, Snapshot } from '../protocol.ts';
import { useOwn, useSurface } from './context.tsx';

export interface FieldProps {
  readonly block: string;
  readonly element: Json;
  readonly label: string;
  readonly id?: string;
  /** Ids of what describes it. */
  readonly described?: string;
  readonly wrong?: boolean;
}

export type Entry = Extract<Deed, { kind: 'enter' }>['entry'];

/** What an element holds now, and how to change it. */
export function useEntry({ block, element }: FieldProps) {
  const { act } = useOwn();
  const { on, values } = useSurface();
  const action = textOf(element.action_id);
  const stored = fieldsOf(fieldsOf(values[block])[action]);
  return {
    /** As Slack reports it; what the app put there when nothing was entered yet. */
    value: stored.type === undefined ? initialOf(element) : stored,
    enter: (entry: Entry) => act({ kind: 'enter', on, element: { action, block }, entry }),
    lookUp: async (typed: string): Promise<readonly Json[]> => {
      const result = await act({ kind: 'lookUp', on, element: { action, block }, typed });
      return result.kind === 'options' ? result.options : [];
    },
  };
}

// Only samples come without state.
function initialOf(element: Json): Json {
  return Object.fromEntries(
    Object.entries(element)
      .filter(([key]) => key.startsWith('initial_'))
      .map(([key, value]) => [key.replace('initial_', key === 'initial_value' ? '' : 'selected_'), value]),
  );
}

/** The values of what was chosen in a menu, whatever kind it is. */
export function chosenOf(value: Json): readonly string[] {
  return chosenThings(value).map((each) => (typeof each === 'string' ? each : textOf(fieldsOf(each).value)));
}

/** What was chosen: ids, or whole options. */
export function chosenThings(value: Json): readonly unknown[] {
  const { type: _, ...rest } = value;
  return Object.values(rest).flatMap((given) =>
    given === null || given === undefined ? [] : Array.isArray(given) ? listOf(given) : [given],
  );
}

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly description: string;
  readonly group: string;
}

/** What a menu offers: its own options, or the people and conversations of the workspace. */
export function choicesOf(element: Json, snapshot: Snapshot): readonly Choice[] {
  const type = textOf(element.type);
  const plain = (value: string, text: string): Choice => ({ value, text, description: '', group: '' });
  if (type.includes('users_select')) {
    return snapshot.people.filter(({ playable }) => playable).map(({ id, realName }) => plain(id, realName));
  }
  if (type.includes('channels_select') || type.includes('conversations_select')) {
    return snapshot.conversations
      .filter(({ kind }) => kind === 'public' || kind === 'private')
      .map(({ id, name }) => plain(id, `#${name}`));
  }
  const groups = listOf(element.option_groups).map(fieldsOf);
  return optionsOf(element).map((option) => ({
    value: textOf(option.value),
    text: textOf(fieldsOf(option.text).text),
    description: textOf(fieldsOf(option.description).text),
    group: textOf(fieldsOf(groups.find(({ options }) => listOf(options).includes(option))?.label).text),
  }));
}
