import type { Snapshot } from '../protocol.ts';

/** Something that what is being typed may become. */
export interface Completion {
  readonly label: string;
  readonly hint: string;
  /** Takes the place of the last word. */
  readonly insert: string;
}

const most = 6;

/** Commands at the start of a line, people and groups after @, channels after #. */
export function completionsFor(draft: string, snapshot: Snapshot): readonly Completion[] {
  if (/^\/\S*$/.test(draft)) return commands(draft, snapshot);
  const word = /(?:^|\s)([@#]\S*)$/.exec(draft)?.[1];
  if (word === undefined) return [];
  const all = word.startsWith('@') ? people(snapshot) : channels(snapshot);
  const typed = word.slice(1).toLowerCase();
  return all.filter(({ label, hint }) => `${label} ${hint}`.toLowerCase().includes(typed)).slice(0, most);
}

/** The draft with its last word completed. */
export function complete(draft: string, { insert }: Completion): string {
  return `${draft.replace(/\S*$/, '')}${insert} `;
}

/** The text as Slack's client sends it: names become ids. */
export function stored(text: string, snapshot: Snapshot): string {
  return text.replace(/(^|\s)([@#])([\w.-]*\w)/g, (whole, before: string, sign: string, name: string) => {
    const token = sign === '@' ? personToken(name, snapshot) : channelToken(name, snapshot);
    return token ? `${before}<${token}>` : whole;
  });
}

function commands(draft: string, { app }: Snapshot): readonly Completion[] {
  return app.commands
    .filter(({ command }) => command.startsWith(draft))
    .map(({ command, hint, description }) => ({ label: `${command} ${hint}`, hint: description, insert: command }));
}

function people({ people: all, groups }: Snapshot): readonly Completion[] {
  const persons = all.map(({ name, realName }) => ({ label: `@${name}`, hint: realName, insert: `@${name}` }));
  const handles = groups.map(({ handle }) => ({ label: `@${handle}`, hint: '', insert: `@${handle}` }));
  return [...persons.toReversed(), ...handles];
}

function channels({ conversations }: Snapshot): readonly Completion[] {
  return conversations
    .filter(({ kind }) => kind === 'public' || kind === 'private')
    .map(({ name }) => ({ label: `#${name}`, hint: '', insert: `#${name}` }));
}

function personToken(name: string, { people: all, groups }: Snapshot): string | undefined {
  if (['channel', 'here', 'everyone'].includes(name)) return `!${name}`;
  const person = all.find((each) => each.name === name);
  if (person) return `@${person.id}`;
  const group = groups.find(({ handle }) => handle === name);
  return group && `!subteam^${group.id}`;
}

function channelToken(name: string, { conversations }: Snapshot): string | undefined {
  const channel = conversations.find((each) => each.name === name && each.kind !== 'im');
  return channel && `#${channel.id}|${name}`;
}
