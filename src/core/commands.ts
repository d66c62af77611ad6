import type { Locale } from './i18n.ts';
import type { PersonId } from './ports.ts';

/** The action of a button on a message that does what the command in its value does; only whoever pressed it sees the answer. */
export const commandAction = 'command';

/**
 * The button for a command.
 * @param words of the command: `training numbers`
 * @returns undefined where none leads there, or the person may not use it
 */
export type OpenCommand = (
  words: string,
  person: PersonId,
  locale: Locale,
) => { readonly label: string; readonly value: string } | undefined;
