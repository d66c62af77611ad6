import { optionsOf } from '../blocks.ts';
import { fieldsOf, listOf, textOf } from '../json.ts';
import type { Json, Snapshot } from '../protocol.ts';

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
