import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Audience } from '../../src/announcements/announcement.ts';
import { emptyAudience, namesNobody, resolveAudience, sampleOf } from '../../src/announcements/audience.ts';
import type { ChannelStanding } from '../../src/core/announcing.ts';
import type { People, Person, PersonId } from '../../src/core/ports.ts';

function person(id: string, more: Partial<Person> = {}): Person {
  return {
    id: id as PersonId,
    name: id,
    locale: 'en',
    zone: 'Europe/Berlin',
    active: true,
    guest: false,
    roles: [],
    ...more,
  };
}

const staff = [
  person('U1', { roles: ['legal', '@ospo'], office: 'berlin', unit: 'payments' }),
  person('U2', { roles: ['legal'], locale: 'zh-CN', office: 'shanghai' }),
  person('U3', { guest: true, roles: ['@ospo'] }),
  person('U4', { active: false, roles: ['legal'] }),
  person('U5', { unit: 'payments' }),
];

function peopleOf(all: readonly Person[]): People {
  return {
    get: (id) => all.find((one) => one.id === id),
    withRole: (role) => all.filter(({ roles }) => roles.includes(role)),
    all: () => all,
  };
}

const standings = new Map<string, ChannelStanding>([
  ['C1', { kind: 'open', name: 'one' }],
  ['C2', { kind: 'outside', name: 'two' }],
  ['C3', { kind: 'archived', name: 'three' }],
  ['C4', { kind: 'hidden' }],
  ['C5', { kind: 'unknown' }],
]);

const kafka = { tie: 'maintains', name: 'apache/kafka' } as const;
const parser = { tie: 'contributes', name: 'parser' } as const;
const workers: Readonly<Record<string, readonly string[]>> = { 'apache/kafka': ['U5', 'U4'], parser: ['U2', 'U5'] };

function reach(
  audience: Partial<Audience>,
  optedOut: readonly string[] = [],
  members: Readonly<Record<string, readonly string[]>> = {},
) {
  return resolveAudience(
    { ...emptyAudience, ...audience },
    {
      people: peopleOf(staff),
      doings: new Map([['late', ['U5', 'U1', 'U9'] as PersonId[]]]),
      projects: (audience.projects ?? []).map((tie) => ({ tie, people: (workers[tie.name] ?? []) as PersonId[] })),
      standings,
      members: new Map(Object.entries(members).map(([id, all]) => [id, new Set(all)])),
      optedOut: (id) => optedOut.includes(id),
    },
  );
}

const idsOf = ({ people }: ReturnType<typeof reach>) => people.map(({ id }) => id);

describe('an audience', () => {
  it.each<[string, Partial<Audience>, readonly string[]]>([
    ['everybody', { everybody: true }, ['U1', 'U2', 'U5']],
    ['a role', { roles: ['legal'] }, ['U1', 'U2']],
    ['a user group, without its guests', { roles: ['@ospo'] }, ['U1']],
    ['an office', { offices: ['shanghai'] }, ['U2']],
    ['a unit', { units: ['payments'] }, ['U1', 'U5']],
    ['what people do', { doings: ['late'] }, ['U1', 'U5']],
    ['a project, without who left', { projects: [kafka] }, ['U5']],
    ['two projects, each person once', { projects: [kafka, parser] }, ['U2', 'U5']],
    ['readers of a language', { everybody: true, locale: 'zh-CN' }, ['U2']],
    [
      'all of it at once, each person once',
      { everybody: true, roles: ['legal'], units: ['payments'], doings: ['late'] },
      ['U1', 'U2', 'U5'],
    ],
    ['nobody', {}, []],
  ])('of %s', (_, audience, ids) => {
    expect(idsOf(reach(audience))).toEqual(ids);
  });

  it('says who is left out, and why', () => {
    const { left } = reach({ roles: ['legal', '@ospo'], doings: ['late'], locale: 'en' }, ['U5']);

    // U4 left, U9 is nobody we know; U3 is a guest; U5 turned it off; U2 reads Chinese.
    expect(left).toEqual({ gone: 2, guest: 1, opted_out: 1, language: 1 });
  });

  it('tries channels that nobody could look at, and names those that are shut with the reason', () => {
    const { channels, shut } = reach({ channels: ['C5', 'C4', 'C3', 'C2', 'C1', 'C1'] });

    expect(channels).toEqual(['C1', 'C5']);
    expect(shut).toEqual([
      { channel: 'C2', why: 'outside' },
      { channel: 'C3', why: 'archived' },
      { channel: 'C4', why: 'hidden' },
    ]);
  });

  it('says how many each project brought, of those who get it', () => {
    const { projects, left } = reach({ projects: [kafka, parser], locale: 'zh-CN' });

    expect(projects).toEqual([
      { tie: kafka, people: 0 },
      { tie: parser, people: 1 },
    ]);
    expect(left).toEqual({ gone: 1, guest: 0, opted_out: 0, language: 1 });
  });

  it('leaves whoever is in a channel that gets it to that channel, and to the first of several', () => {
    const { people, covered, unseen } = reach({ everybody: true, channels: ['C1', 'C5'] }, [], {
      C1: ['U1', 'U3'],
      C5: ['U1', 'U2'],
    });

    expect(people.map(({ id }) => id)).toEqual(['U5']);
    expect(covered.map(({ person: { id }, by }) => [id, by])).toEqual([
      ['U1', 'C1'],
      ['U2', 'C5'],
    ]);
    expect(unseen).toEqual([]);
  });

  it.each([
    ['shut', { everybody: true, channels: ['C3'] }, { C3: ['U1'] }, []],
    ['without members that anybody could see', { everybody: true, channels: ['C1'] }, {}, ['C1']],
  ])('does not count on a channel that is %s', (_, audience, members, expected) => {
    const found = reach(audience, [], members);

    expect(found.covered).toEqual([]);
    expect(idsOf(found)).toEqual(['U1', 'U2', 'U5']);
    expect(found.unseen).toEqual(expected);
  });

  it('does not ask who is in channels when nobody is named beside them', () => {
    const { unseen } = reach({ channels: ['C1', 'C5'] });

    expect(unseen).toEqual([]);
  });

  it('names each person at most once and nobody who may not get it, however it is put together', () => {
    const some = (all: readonly string[]) => fc.subarray([...all]);
    const audiences = fc.record({
      everybody: fc.boolean(),
      roles: some(['legal', '@ospo', 'none']),
      offices: some(['berlin', 'shanghai']),
      units: some(['payments']),
      doings: some(['late']),
      projects: fc.subarray([kafka, parser]),
      channels: some(['C1', 'C2', 'C5']),
    });
    const members = fc.record({ C1: some(['U1', 'U2', 'U9']), C2: some(['U5']), C5: some(['U1', 'U3']) });

    fc.assert(
      fc.property(audiences, some(['U1', 'U2', 'U5']), members, (audience, optedOut, inside) => {
        const { people, covered, channels } = reach(audience, optedOut, inside);
        const ids = [...people, ...covered.map(({ person }) => person)].map(({ id }) => id);

        expect(covered.every(({ by }) => channels.includes(by))).toBe(true);
        expect(people.some(({ id }) => channels.some((channel) => inside[channel as 'C1']?.includes(id)))).toBe(false);

        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.filter((id) => ['U3', 'U4', 'U9', ...optedOut].includes(id))).toEqual([]);
        expect(namesNobody({ ...emptyAudience, ...audience }) && ids.length > 0).toBe(false);
      }),
      { seed: 20261122 },
    );
  });
});

describe('a sample', () => {
  it.each([
    [[1, 2, 3], 5, [1, 2, 3]],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5, [1, 3, 5, 7, 9]],
    [[], 5, []],
  ])('of %j', (all, count, sample) => {
    expect(sampleOf(all, count)).toEqual(sample);
  });
});
