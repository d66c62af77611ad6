import { Organization } from '../../src/core/organization.ts';
import type { People, Person, PersonId } from '../../src/core/ports.ts';
import { circumstancesOf } from '../../src/requests/circumstances.ts';
import type { DecidingWorld } from '../../src/requests/deciding.ts';
import { decide, type Move, start } from '../../src/requests/moves.ts';
import type { Answers, Request } from '../../src/requests/request.ts';
import { route } from '../../src/requests/routing.ts';
import { begin, type Course, type Opening } from '../../src/requests/state.ts';
import { RequestType } from '../../src/requests/type.ts';

/** A Tuesday, 10:00 in Berlin, with nothing but working days around it. */
export const tuesday = Date.parse('2026-11-24T09:00:00Z');
export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

export const organization = Organization.parse({
  name: 'Example Works',
  ospo: { name: { en: 'Office', 'zh-CN': '开源办' }, sponsor: 'executive', channel: 'C0OSPO' },
  roles: Object.fromEntries(
    ['ospo', 'ospo-lead', 'legal', 'security', 'board', 'executive', 'compliance'].map((role) => [role, []]),
  ),
  offices: [
    { id: 'berlin', name: { en: 'Berlin', 'zh-CN': '柏林' }, zone: 'Europe/Berlin' },
    {
      id: 'shanghai',
      name: { en: 'Shanghai', 'zh-CN': '上海' },
      zone: 'Asia/Shanghai',
      years: { 2026: { holidays: ['2026-10-01/2026-10-07'], worked: ['2026-10-10'] } },
    },
  ],
  units: [],
});

export const id = (name: string) => `U0${name.toUpperCase()}` as PersonId;

/** Somebody of the organization; in Berlin unless told otherwise. */
export function person(name: string, more: Partial<Person> = {}): Person {
  return {
    id: id(name),
    name,
    locale: 'en',
    zone: 'Europe/Berlin',
    active: true,
    guest: false,
    office: 'berlin',
    roles: [],
    ...more,
  };
}

export const staff: readonly Person[] = [
  person('asker', { manager: id('boss') }),
  person('boss', { manager: id('chief') }),
  person('chief', { roles: ['executive'] }),
  person('olga', { roles: ['ospo'] }),
  person('otto', { roles: ['ospo'] }),
  person('lea', { roles: ['ospo-lead'] }),
  person('lina', { roles: ['legal'] }),
  person('luis', { roles: ['legal'] }),
  person('sara', { roles: ['security'] }),
  person('bea', { roles: ['board'] }),
  person('ben', { roles: ['board'] }),
  person('bob', { roles: ['board', 'ospo-lead'] }),
];

export function peopleOf(persons: readonly Person[]): People {
  const known = new Map(persons.map((one) => [one.id, one]));
  return {
    get: (one) => known.get(one),
    withRole: (role) => persons.filter(({ active, roles }) => active && roles.includes(role)),
    all: () => persons,
  };
}

export interface Situation {
  readonly persons?: readonly Person[];
  /** Who is away, and who decides for them. */
  readonly away?: Readonly<Record<string, { readonly delegate?: PersonId }>>;
  /** Whom people named as their managers. */
  readonly managers?: Readonly<Record<string, ReturnType<DecidingWorld['managers']['of']>>>;
}

export function worldOf({ persons = staff, away = {}, managers = {} }: Situation = {}): DecidingWorld {
  return {
    people: peopleOf(persons),
    organization,
    absences: { of: (one) => away[one] },
    managers: { of: (one) => managers[one] },
  };
}

const words = (text: string) => ({ en: text, 'zh-CN': text });

/** A type with one stage of each way to decide; the field `way` chooses which are asked. */
export const typeOfAllWays = RequestType.parse({
  id: 'every-way',
  title: words('Every way'),
  short: words('Every way'),
  what: words('What'),
  subject: words('{way}'),
  order: 1,
  fields: [
    {
      id: 'way',
      kind: 'choice',
      label: words('Way'),
      choices: ['any', 'all', 'each', 'two', 'vote', 'manager', 'care', 'parallel', 'order'].map((one) => ({
        id: one,
        label: words(one),
      })),
    },
    { id: 'risky', kind: 'yesno', label: words('Risky'), required: false },
    { id: 'why', kind: 'long', label: words('Why'), required: false },
  ],
  steps: [{ title: words('Step'), fields: ['way', 'risky', 'why'] }],
  stages: [
    { id: 'manager', name: words('Manager'), order: 1, who: { manager: true }, days: 2 },
    { id: 'any', name: words('Any'), order: 2, who: { roles: ['ospo'] }, days: 2 },
    { id: 'all', name: words('All'), order: 2, who: { roles: ['ospo'] }, decide: 'all', days: 2 },
    { id: 'each', name: words('Each'), order: 2, who: { roles: ['legal', 'security'] }, decide: 'each', days: 3 },
    { id: 'two', name: words('Two'), order: 2, who: { roles: ['ospo', 'legal'] }, decide: { of: 2 }, days: 3 },
    { id: 'legal', name: words('Legal'), order: 2, who: { roles: ['legal'] }, days: 5 },
    { id: 'security', name: words('Security'), order: 2, who: { roles: ['security'] }, days: 3 },
    {
      id: 'vote',
      name: words('Vote'),
      order: 3,
      who: { roles: ['board'] },
      vote: { quorum: 2, chair: 'ospo-lead' },
      days: 5,
    },
    { id: 'care', name: words('Care'), order: 4, who: { roles: ['executive'] }, days: 2, care: true },
    { id: 'appeal', name: words('Appeal'), order: 9, who: { roles: ['ospo-lead'] }, days: 3 },
  ],
  routes: [
    ...['any', 'all', 'each', 'two', 'vote', 'manager', 'care'].map((way) => ({
      id: way,
      when: { when: 'way', is: way },
      level: 4,
      stages: [way],
      because: words(way),
    })),
    {
      id: 'parallel',
      when: { when: 'way', is: 'parallel' },
      level: 5,
      stages: ['legal', 'security'],
      because: words('p'),
    },
    { id: 'order', level: 4, stages: ['manager', 'any', 'vote'], because: words('o') },
  ],
  raises: [
    { id: 'risky', when: { when: 'risky', is: 'yes' }, level: 5, stages: ['security'], because: words('risky') },
  ],
  validMonths: 12,
  declines: [{ id: 'no', label: words('No'), mend: words('Mend') }],
  appeal: 'appeal',
});

/** A request of this type on its way, nobody having said anything yet. */
export function asked(way: string, world: DecidingWorld = worldOf(), requester: PersonId = id('asker')): Course {
  const opening = openingOf(way, requester);
  const began = begin(opening, { kind: 'submitted', at: tuesday, by: requester });
  return start(began, typeOfAllWays, circumstances(world, requester, tuesday)).request;
}

export function openingOf(way: string, requester: PersonId = id('asker')): Opening {
  const routed = route(typeOfAllWays, { way }, { 'type.adopted': 'yes' });
  return {
    number: 142,
    type: typeOfAllWays.id,
    form: 'f'.repeat(64),
    versions: {},
    requester,
    locale: 'en',
    draft: 'draft-1',
    answers: { way },
    facts: { 'type.adopted': 'yes' },
    keys: [],
    restricted: false,
    way: routed.way,
    stages: routed.stages.map((stage) => stage.id),
  };
}

export function circumstances(world: DecidingWorld, actor: PersonId, now: number) {
  return circumstancesOf(typeOfAllWays, world, { now, actor });
}

/** The same for an answer that corrects the form, as the use case finds it. */
export function correcting(request: Course, answers: Answers, world: DecidingWorld, actor: PersonId, now: number) {
  const facts = Object.fromEntries(Object.entries(request.facts).map(([name, value]) => [name, String(value)]));
  const routed = route(typeOfAllWays, { ...request.answers, ...answers }, facts);
  return circumstancesOf(typeOfAllWays, world, { now, actor, corrected: { routed, keys: [], facts } });
}

/** Makes a move that must not be refused. */
export function moved(request: Course, actor: string, move: Move, world = worldOf(), now = tuesday + hourMs): Course {
  const decision = decide(request, typeOfAllWays, move, circumstances(world, id(actor), now));
  if (decision.refusal) throw new Error(`${actor} was refused: ${JSON.stringify(decision.refusal)}`);
  return decision.request;
}

/** Why a move is refused; undefined when it is not. */
export function refusalFor(request: Course, actor: string, move: Move, world = worldOf(), now = tuesday + hourMs) {
  return decide(request, typeOfAllWays, move, circumstances(world, id(actor), now)).refusal;
}

export const approve = (stage: string, more: { conditions?: readonly string[]; typed?: number } = {}): Move => ({
  kind: 'approve',
  stage,
  text: '',
  conditions: [],
  ...more,
});
export const decline = (stage: string): Move => ({ kind: 'decline', stage, reason: 'no', text: 'No.' });
export const ask = (stage: string): Move => ({ kind: 'ask', stage, text: 'Which version?' });
export const answer: Move = { kind: 'answer', text: 'Version 3.' };

export function stateIn(request: Pick<Request, 'stages'>, stage: string) {
  return request.stages.find((one) => one.id === stage)?.state;
}
