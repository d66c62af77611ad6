import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../src/core/audit.ts';
import type { Person } from '../../src/core/ports.ts';
import { covers, coversSigning, postsOf, type Standing, termsChanged } from '../../src/requests/standing.ts';
import {
  changesSince,
  nextLook,
  type StandingChange,
  type StandingWorld,
  withChanges,
} from '../../src/requests/standing-course.ts';
import { endOf, projectsIn, readGrant } from '../../src/requests/standing-grant.ts';
import { dayMs, id, peopleOf, person, staff, tuesday } from './rules-world.ts';

const asker = person('asker', { unit: 'payments', roles: ['maintainer'] });
const people = peopleOf([...staff.filter((one) => one.id !== asker.id), asker]);
const world: StandingWorld = { people, terms: () => undefined };

function standing(more: Partial<Standing> = {}): Standing {
  return {
    number: 1,
    kind: 'small',
    projects: ['apache/kafka'],
    people: [asker.id],
    posts: postsOf([asker.id], people),
    terms: { license: 'Apache-2.0' },
    note: 'Fixes.',
    grantedBy: id('lea'),
    draft: 'draft-1',
    from: tuesday,
    until: tuesday + 365 * dayMs,
    uses: 0,
    state: 'active',
    reminded: [],
    wakeAt: null,
    audit: { length: 1, hash: '0'.repeat(64) },
    ...more,
  };
}

const request = {
  requester: asker as Person | undefined,
  project: 'https://github.com/Apache/Kafka.git' as string | undefined,
  license: 'apache-2.0',
  isSmall: true,
  at: tuesday + dayMs,
};

describe('what a standing approval covers', () => {
  it.each([
    ['small', {}, {}, true],
    ['small, of a large change', {}, { isSmall: false }, false],
    ['small, unused for a year', { until: tuesday + 400 * dayMs }, { at: tuesday + 366 * dayMs }, false],
    [
      'small, used last month',
      { until: tuesday + 400 * dayMs, lastUsed: tuesday + 330 * dayMs },
      { at: tuesday + 366 * dayMs },
      true,
    ],
    ['another project', {}, { project: 'apache/flink' }, false],
    ['no project', {}, { project: undefined }, false],
    ['another license', {}, { license: 'MIT' }, false],
    ['somebody else', {}, { requester: people.get(id('olga')) }, false],
    ['somebody who left', {}, { requester: { ...asker, active: false } }, false],
    ['a guest', { kind: 'project', people: [] }, { requester: { ...asker, guest: true } }, false],
    [
      'a project, anybody',
      { kind: 'project', people: [] },
      { requester: people.get(id('olga')), isSmall: false },
      true,
    ],
    ['a project, whoever nobody knows', { kind: 'project', people: [] }, { requester: undefined }, false],
    ['trust, one of several projects', { kind: 'trust', projects: ['a/b', 'apache/kafka'] }, { isSmall: false }, true],
    ['trust, another unit', { kind: 'trust' }, { requester: { ...asker, unit: 'search' } }, false],
    ['trust, a role that is gone', { kind: 'trust' }, { requester: { ...asker, roles: [] } }, false],
    ['trust, one more role', { kind: 'trust' }, { requester: { ...asker, roles: ['maintainer', 'ospo'] } }, true],
    ['team, another unit', { kind: 'team' }, { requester: { ...asker, unit: 'search' } }, false],
    ['team, another role', { kind: 'team' }, { requester: { ...asker, roles: [] }, isSmall: false }, true],
    ['small, another unit', {}, { requester: { ...asker, unit: 'search' } }, true],
    ['before it begins', { from: tuesday + 2 * dayMs }, {}, false],
    ['in its last moment', {}, { at: tuesday + 365 * dayMs - 1 }, true],
    ['at its end', { lastUsed: tuesday + 360 * dayMs }, { at: tuesday + 365 * dayMs }, false],
    ['after it was ended', { state: 'ended' }, {}, false],
    ['a signed list', { kind: 'ccla' }, {}, false],
  ] as const)('%s', (_, more, asked, is) => {
    const found = covers(standing(more as unknown as Partial<Standing>), { ...request, ...asked } as typeof request);

    expect(found).toBe(is);
  });

  it('covers the signing by a list, and by nothing else', () => {
    const list = standing({ kind: 'ccla' });

    expect(coversSigning(list, request)).toBe(true);
    expect(coversSigning(list, { ...request, requester: people.get(id('olga')) })).toBe(false);
    expect(coversSigning(standing(), request)).toBe(false);
  });
});

describe('what becomes of it', () => {
  const inTime = (days: number, more: Partial<Standing> = {}, of: StandingWorld = world) =>
    changesSince(standing(more), of, tuesday + days * dayMs);
  const without = (gone: Person): StandingWorld => ({ ...world, people: peopleOf([gone]) });

  it.each([
    ['nothing for months', 300, {}, []],
    ['a month before its end', 335, { lastUsed: tuesday + 300 * dayMs }, [{ kind: 'reminded', days: [30] }]],
    ['said already', 340, { lastUsed: tuesday + 300 * dayMs, reminded: [30] }, []],
    ['two weeks before', 351, { lastUsed: tuesday + 300 * dayMs, reminded: [30] }, [{ kind: 'reminded', days: [14] }]],
    ['after a pause, in one', 363, { lastUsed: tuesday + 300 * dayMs }, [{ kind: 'reminded', days: [30, 14, 3] }]],
    ['at its end', 365, {}, [{ kind: 'ended', because: 'lapsed' }]],
    ['a year without use', 365, { until: tuesday + 390 * dayMs }, [{ kind: 'ended', because: 'unused' }]],
    ['a week long, on its first day', 0, { until: tuesday + 7 * dayMs }, []],
    ['a week long, near its end', 5, { until: tuesday + 7 * dayMs }, [{ kind: 'reminded', days: [3] }]],
    ['without an end', 4_000, { kind: 'ccla' }, []],
    ['over', 400, { state: 'ended' }, []],
  ] as const)('%s', (_, days, more, changes) => {
    const { until: __, ...endless } = standing();
    const given =
      (more as Partial<Standing>).kind === 'ccla'
        ? { ...endless, kind: 'ccla' as const }
        : standing(more as Partial<Standing>);

    expect(changesSince(given, world, tuesday + days * dayMs)).toEqual(changes);
  });

  it('loses people who left, and is over with the last of them', () => {
    const gone = inTime(1, {}, without({ ...asker, active: false }));
    const one = inTime(
      1,
      { people: [asker.id, id('olga')] },
      { ...world, people: peopleOf([{ ...asker, active: false }, ...staff.slice(1)]) },
    );
    const list = inTime(1, { kind: 'ccla' }, without({ ...asker, active: false }));

    expect(gone).toEqual([
      { kind: 'removed', person: asker.id, because: 'left' },
      { kind: 'ended', because: 'nobody' },
    ]);
    expect(one).toEqual([{ kind: 'removed', person: asker.id, because: 'left' }]);
    expect(list).toEqual([{ kind: 'removed', person: asker.id, because: 'left' }]);
  });

  it.each([
    ['license', { license: 'BUSL-1.1' }, true],
    ['agreement', { license: 'Apache-2.0', agreement: 'ccla' }, true],
    ['owner', { owner: 'somebody-else' }, true],
    ['nothing', { license: 'Apache-2.0', agreement: 'icla', owner: 'foundation' }, false],
    ['what was not known before', { agreement: 'icla', owner: 'foundation' }, false],
  ])('is over when the terms of the project change: %s', (_, now, changed) => {
    const terms = { license: 'Apache-2.0', agreement: 'icla', owner: 'foundation' };
    const given = standing({ terms });

    const changes = changesSince(given, { ...world, terms: () => now }, tuesday + dayMs);

    expect(termsChanged(given, now)).toBe(changed);
    expect(changes).toEqual(changed ? [{ kind: 'ended', because: 'project' }] : []);
  });

  it('is looked at each day, and in the moment of its end and its reminders', () => {
    const soon = standing({ until: tuesday + 30 * dayMs + 3_600_000 });

    expect(nextLook(standing(), tuesday)).toBe(tuesday + dayMs);
    expect(nextLook(soon, tuesday)).toBe(tuesday + 3_600_000);
    expect(nextLook(standing({ until: tuesday + 60_000 }), tuesday)).toBe(tuesday + 60_000);
    expect(nextLook(standing({ state: 'ended' }), tuesday)).toBeNull();
  });

  it('never covers after its end whatever happened, and its chain is whole', () => {
    const change: fc.Arbitrary<StandingChange> = fc.oneof(
      fc.constant<StandingChange>({ kind: 'used', by: asker.id, request: '00000001' }),
      fc.constant<StandingChange>({ kind: 'needed', by: asker.id }),
      fc
        .integer({ min: 1, max: 400 })
        .map((days): StandingChange => ({ kind: 'renewed', by: id('lea'), until: tuesday + days * dayMs })),
      fc
        .subarray([asker.id, id('olga')])
        .map((named): StandingChange => ({ kind: 'listed', by: id('lea'), people: named })),
      fc.constant<StandingChange>({ kind: 'removed', person: asker.id, because: 'left' }),
      fc.constant<StandingChange>({ kind: 'revoked', by: id('lea'), text: 'No more.' }),
      fc.constant<StandingChange>({ kind: 'ended', because: 'unused' }),
    );

    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), fc.integer({ min: 0, max: 500 }), (changes, days) => {
        const { audit: _, wakeAt: __, ...fresh } = standing();
        const granted: StandingChange = { kind: 'granted', by: id('lea') };
        const { value, ops } = withChanges('00000001', fresh, [granted, ...changes], tuesday, people);
        const events = ops.flatMap((op) => ('put' in op && op.in.name === 'audit' ? [op.put as never] : []));
        const at = tuesday + days * dayMs;
        const isCovered = covers(value, { ...request, at });

        expect(verifyChain('standing/00000001', events, value.audit)).toEqual([]);
        if (isCovered) {
          expect(value.state).toBe('active');
          expect(at).toBeLessThan(value.until ?? 0);
          expect(value.people).toContain(asker.id);
        }
      }),
      { seed: 20261122 },
    );
  });
});

describe('the form', () => {
  const filled = (more: Record<string, string | readonly string[]> = {}) => {
    const given = {
      kind: 'small',
      projects: 'apache/kafka',
      people: [asker.id],
      until: '2027-06-30',
      note: 'Fixes.',
      ...more,
    };
    return Object.fromEntries(Object.entries(given).map(([block, value]) => [block, { [block]: value }]));
  };
  const read = (more: Record<string, string | readonly string[]> = {}) =>
    readGrant(filled(more), tuesday, 'Europe/Berlin', (text) => (text === 'Apache-2.0' ? text : undefined));

  it('is read with a day as its last moment where its reader lives', () => {
    const until = Date.parse('2027-06-30T22:00:00Z');

    expect(read({ license: 'Apache-2.0', agreement: 'icla' })).toEqual({
      grant: {
        kind: 'small',
        projects: ['apache/kafka'],
        people: [asker.id],
        license: 'Apache-2.0',
        agreement: 'icla',
        note: 'Fixes.',
        until,
      },
    });
    expect(endOf('2027-06-30', 'Asia/Shanghai')).toBe(Date.parse('2027-06-30T16:00:00Z'));
    expect(endOf('tomorrow', 'UTC')).toBeUndefined();
  });

  it.each([
    [{ projects: ' , ' }, { projects: 'noProject' }],
    [{ projects: 'a/b\nc/d' }, { projects: 'oneProject' }],
    [{ people: [] }, { people: 'noPeople' }],
    [{ kind: 'project' }, { people: 'noPeopleHere' }],
    [{ kind: 'trust', people: ['U1', 'U2'] }, { people: 'onePerson' }],
    [{ license: 'Apache' }, { license: 'license' }],
    [{ until: '2026-11-01' }, { until: 'badUntil' }],
    [{ until: '2028-11-01' }, { until: 'badUntil' }],
    [{ until: '' }, { until: 'badUntil' }],
  ])('says what is wrong with %j', (more, mistakes) => {
    expect(read(more)).toEqual({ mistakes });
  });

  it('takes a list without an end, and the same project once', () => {
    const list = read({ kind: 'ccla', until: '' });

    expect('grant' in list && list.grant.until).toBeUndefined();
    expect(projectsIn('apache/kafka, https://github.com/Apache/Kafka；a/b')).toEqual([
      'https://github.com/Apache/Kafka',
      'a/b',
    ]);
  });
});
