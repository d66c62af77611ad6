import { addChannel, type State, type User } from './state.ts';
import { identity } from './world.ts';

export type NewPerson = Partial<Omit<User, 'id' | 'bot'>> & { readonly id?: string };

const english = { locale: 'en-US', zone: 'Europe/Berlin' } as const;

/** People who are there from the start: one for each part that somebody plays in a story. Names are plain roles. */
const seedPeople = {
  employee: { realName: 'Employee', ...english },
  engineer: { realName: 'Engineer', locale: 'en-US', zone: 'America/Los_Angeles' },
  manager: { realName: 'Manager', ...english },
  legal: { realName: 'Legal counsel', ...english },
  security: { realName: 'Security engineer', ...english },
  lead: { realName: 'OSPO lead', ...english },
  reviewer: { realName: 'OSPO reviewer', locale: 'en-GB', zone: 'Europe/London' },
  shanghai: { realName: 'Engineer in Shanghai', locale: 'zh-CN', zone: 'Asia/Shanghai' },
  guest: { realName: 'Guest', guest: true, ...english },
  former: { realName: 'Former employee', deleted: true, ...english },
} as const satisfies Readonly<Record<string, NewPerson>>;

export type SeedPerson = keyof typeof seedPeople;
export type SeedChannel = 'general' | 'ospo' | 'announcements' | 'questions' | 'legal';

/** Ids by name; the same in every workspace, so that content may name them. */
export const people = Object.fromEntries(
  Object.keys(seedPeople).map((name) => [name, `U0${name.toUpperCase()}`]),
) as Readonly<Record<SeedPerson, string>>;

export const channels: Readonly<Record<SeedChannel, string>> = {
  general: 'C0GENERAL',
  ospo: 'C0OSPO',
  announcements: 'C0ANNOUNCEMENTS',
  questions: 'C0QUESTIONS',
  legal: 'C0LEGAL',
};

/** Completes a person; who says nothing is an active employee who reads English. */
export function personOf(id: string, person: NewPerson): User {
  const name = person.name ?? (person.realName ?? id).toLowerCase().replaceAll(/[^a-z0-9]+/g, '.');
  return {
    name,
    realName: name,
    email: `${name}@example.com`,
    ...english,
    deleted: false,
    guest: false,
    ...person,
    id,
    bot: false,
  };
}

/** Fills an empty workspace: the people, the app's own user, and five channels. The app is in `ospo` and `legal`. */
export function seed(state: State, botName: string, more: readonly NewPerson[], now: number): void {
  for (const [name, person] of Object.entries(seedPeople)) {
    const id = people[name as SeedPerson];
    state.users.set(id, personOf(id, { name, ...person }));
  }
  for (const person of more) {
    const id = person.id ?? state.newId('U');
    state.users.set(id, personOf(id, person));
  }
  state.users.set(identity.botUser, {
    id: identity.botUser,
    name: botName,
    realName: botName,
    ...english,
    deleted: false,
    guest: false,
    bot: true,
  });

  const everybody = [...state.users.values()].filter((user) => !user.deleted && !user.bot && !user.guest);
  const all = everybody.map((user) => user.id);
  const office = [people.lead, people.reviewer, people.legal, people.security];
  const add = (name: SeedChannel, kind: 'public' | 'private', members: readonly string[]) =>
    addChannel(state, { id: channels[name], name, kind, creator: people.lead, members }, now);
  add('general', 'public', all);
  add('ospo', 'public', [...office, people.guest, identity.botUser]);
  add('announcements', 'public', all);
  add('questions', 'public', all);
  add('legal', 'private', [people.lead, people.legal, identity.botUser]);
}
