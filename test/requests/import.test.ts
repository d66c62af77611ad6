import { describe, expect, it } from 'vitest';
import { auditEvents, auditParts, verifyChain } from '../../src/core/audit.ts';
import type { PersonId } from '../../src/core/ports.ts';
import { readExpression } from '../../src/licenses/expression.ts';
import { commitImport, planImport } from '../../src/requests/import.ts';
import { checkColumns, type ImportLine } from '../../src/requests/import-rows.ts';
import { projectKey } from '../../src/requests/keys.ts';
import {
  requestCollections,
  requestCounter,
  requestForms,
  requestSubject,
  requests,
} from '../../src/requests/records.ts';
import { standingSubject, standings } from '../../src/requests/standing.ts';
import { RequestType } from '../../src/requests/type.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { openRequests } from './request-office.ts';
import { approve, dayMs, id, peopleOf, person, staff, tuesday } from './rules-world.ts';

const both = (text: string) => ({ en: text, 'zh-CN': text });
const type = RequestType.parse({
  id: 'contribute',
  title: both('Contribute'),
  short: both('Contribute'),
  what: both('Send a fix.'),
  subject: both('Contribution to {project}'),
  order: 1,
  fields: [
    { id: 'project', kind: 'text', label: both('Project') },
    { id: 'license', kind: 'license', label: both('License') },
    {
      id: 'flags',
      kind: 'choices',
      label: both('Flags'),
      choices: ['none', 'patent'].map((one) => ({ id: one, label: both(one) })),
    },
  ],
  steps: [{ title: both('What'), fields: ['project', 'license', 'flags'] }],
  stages: [{ id: 'legal', name: both('Legal'), order: 1, who: { roles: ['legal'] }, days: 2 }],
  routes: [{ id: 'all', level: 5, stages: ['legal'], because: both('Always.') }],
  find: { project: 'project', license: 'license' },
  declines: [{ id: 'license', label: both('License'), mend: both('Another one.') }],
});
const members = [...staff, person('gone', { active: false })];
const world = {
  file: 'past.csv',
  types: [{ type, hash: 'b'.repeat(64), file: 'requests/contribute.yml' }],
  people: peopleOf(members),
  readLicense: readExpression,
  now: tuesday,
};
const context = { by: id('lea'), people: world.people, now: tuesday };

const past = {
  external: 'OLD-1',
  kind: 'contribute',
  people: id('asker'),
  decision: 'approved',
  decided: '2025-03-03',
  decider: id('lina'),
  evidence: 'https://example.com/minutes/7',
  submitted: '2025-03-01',
  'answer.project': 'apache/kafka',
  'answer.license': 'apache-2.0',
};
const list = {
  external: 'CLA-1',
  kind: 'standing/ccla',
  people: `${id('asker')}; ${id('boss')}`,
  decided: '2024-05-06',
  decider: 'A lead who left',
  evidence: 'Signed copy in the archive',
  projects: 'apache/kafka',
};

/** Lines as they stand below the header. */
function lines(...rows: readonly Readonly<Record<string, string>>[]): readonly ImportLine[] {
  return rows.map((row, index) => ({
    place: `line ${index + 2}`,
    cells: Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== '')),
  }));
}

function open() {
  return createMemoryStore([...requestCollections, standings, auditEvents, auditParts]);
}

async function bring(store: ReturnType<typeof open>, ...rows: readonly Readonly<Record<string, string>>[]) {
  const plan = await planImport(store, lines(...rows), world);
  await commitImport(store, plan.rows, context);
  return plan;
}

describe('what is taken in', () => {
  it('is a request as it was decided, marked as imported, which nobody is asked about', async () => {
    const store = open();

    const plan = await bring(store, past);

    expect(plan.findings).toEqual([]);
    expect(await store.get(requests, '00000001')).toMatchObject({
      number: 1,
      imported: true,
      external: 'OLD-1',
      requester: id('asker'),
      state: 'approved',
      since: Date.parse('2025-03-03T12:00:00Z'),
      answers: { project: 'apache/kafka', license: 'Apache-2.0' },
      stages: [],
      cards: [],
      wakeAt: null,
      events: [
        { kind: 'submitted', at: Date.parse('2025-03-01T12:00:00Z') },
        {
          kind: 'recorded',
          at: tuesday,
          by: id('lea'),
          decision: 'approved',
          decider: { person: id('lina') },
          evidence: 'https://example.com/minutes/7',
        },
      ],
    });
    expect(await store.get(requestForms, 'b'.repeat(64))).toMatchObject({ type: { id: 'contribute' } });
    expect(await store.count(requests, { key: `approved:${projectKey('apache/kafka')}` })).toBe(1);
  });

  it('is a decline with its reason, by somebody who has no account here', async () => {
    const store = open();

    await bring(store, { ...past, decision: 'declined', reason: 'license', decider: 'The former board' });

    expect(await store.get(requests, '00000001')).toMatchObject({
      state: 'declined',
      events: [{}, { decision: 'declined', reason: 'license', decider: { name: 'The former board' } }],
    });
  });

  it.each([
    ['has lapsed when its end is past', '2026-01-31', 'expired', null],
    ['ends by itself on its last day', '2027-01-31', 'approved', Date.parse('2027-02-01T00:00:00Z')],
  ])('an approval %s', async (_, until, state, wakeAt) => {
    const store = open();

    await bring(store, { ...past, until });

    expect(await store.get(requests, '00000001')).toMatchObject({ state, wakeAt });
  });

  it('is a signed list with its people, in the name of whoever imports it when its lead has left', async () => {
    const store = open();

    await bring(store, list);

    expect(await store.get(standings, '00000001')).toMatchObject({
      kind: 'ccla',
      external: 'CLA-1',
      projects: ['apache/kafka'],
      people: [id('asker'), id('boss')],
      grantedBy: id('lea'),
      from: Date.parse('2024-05-06T12:00:00Z'),
      note: 'Signed copy in the archive\nA lead who left',
      state: 'active',
    });
  });

  it('is told in the audit trail at the moment of importing, with when it happened', async () => {
    const store = open();

    await bring(store, past, list);

    const request = await store.get(requests, '00000001');
    const standing = await store.get(standings, '00000001');
    const chain = async (key: string) => (await store.list(auditEvents, { key, order: 'asc', limit: 10 })).docs;
    const [told, granted] = [await chain(requestSubject('00000001')), await chain(standingSubject('00000001'))];
    expect(verifyChain(requestSubject('00000001'), told, request?.audit)).toEqual([]);
    expect(verifyChain(standingSubject('00000001'), granted, standing?.audit)).toEqual([]);
    expect(told).toMatchObject([
      { at: tuesday, kind: 'submitted', to: { happenedAt: Date.parse('2025-03-01T12:00:00Z') } },
      { at: tuesday, kind: 'recorded', actor: id('lea'), to: { decidedAt: Date.parse('2025-03-03T12:00:00Z') } },
    ]);
    expect(granted).toMatchObject([{ at: tuesday, kind: 'granted', actor: id('lea'), to: { grantedBy: id('lea') } }]);
  });

  it('gets the next numbers, more than one commit holds too, and comes once', async () => {
    const store = open();
    const rows = Array.from({ length: 130 }, (_, index) => ({ ...past, external: `OLD-${index}` }));
    await bring(store, { ...past, external: 'OLD-7' });

    const first = await bring(store, ...rows);
    const second = await bring(store, ...rows);

    expect([first.rows.length, first.known]).toEqual([129, 1]);
    expect([second.rows.length, second.known]).toEqual([0, 130]);
    expect(await store.get(requestCounter, 'requests')).toMatchObject({ last: 130 });
    expect(await store.get(requests, '00000130')).toMatchObject({ number: 130, external: 'OLD-129' });
  });
});

describe('what is refused, by row and column', () => {
  it.each<readonly [string, Readonly<Record<string, string>>, string, string]>([
    ['a line without an id', { ...past, external: '' }, 'external', 'It is empty.'],
    ['an unknown kind', { ...past, kind: 'permit' }, 'kind', '"permit" is no kind of request.'],
    ['a name for the requester', { ...past, people: 'Somebody' }, 'people', '"Somebody" is no Slack member id.'],
    ['no decision', { ...past, decision: 'maybe' }, 'decision', '"maybe" is no decision.'],
    ['no day', { ...past, decided: '3.3.2025' }, 'decided', '"3.3.2025" is no day.'],
    ['a day to come', { ...past, decided: '2026-12-01' }, 'decided', '2026-12-01 has not come yet.'],
    ['a decision before the request', { ...past, submitted: '2025-03-04' }, 'submitted', 'It was decided before'],
    ['an end before the beginning', { ...past, until: '2025-01-01' }, 'until', 'The approval ends before'],
    ['an approval of one’s own', { ...past, decider: id('asker') }, 'decider', 'Nobody approves their own request.'],
    ['no evidence', { ...past, evidence: '' }, 'evidence', 'It is empty.'],
    ['a decline without a reason', { ...past, decision: 'declined' }, 'reason', 'It is empty.'],
    ['an approval with a reason', { ...past, reason: 'license' }, 'reason', 'Only a decline has a reason.'],
    ['an unknown field', { ...past, 'answer.colour': 'red' }, 'answer.colour', 'has no field "colour"'],
    ['an answer that does not fit', { ...past, 'answer.flags': 'patnt' }, 'answer.flags', 'does not fit'],
    ['a request without its project', { ...past, 'answer.project': '' }, 'answer.project', 'names the request'],
    ['cells of the other kind', { ...past, projects: 'apache/kafka' }, 'projects', 'A request has no such cell.'],
    ['an unknown standing kind', { ...list, kind: 'standing/all' }, 'kind', 'all is no kind of standing approval.'],
    ['people who left', { ...list, people: id('gone') }, 'people', 'is nobody who works here'],
    ['a list without a project', { ...list, projects: '' }, 'projects', 'Names no project'],
    ['no end where one is needed', { ...list, kind: 'standing/small' }, 'until', 'The end is missing'],
    [
      'trust in oneself',
      { ...list, kind: 'standing/trust', people: id('lea'), decider: id('lea'), until: '2027-03-01' },
      'decider',
      'would be covered',
    ],
    ['answers in a list', { ...list, 'answer.project': 'x' }, 'answer.project', 'has no such cell'],
  ])('%s', async (_, row, column, problem) => {
    const { findings, rows } = await planImport(open(), lines({ ...past, external: 'FINE' }, row), world);

    const found = findings.find(({ field }) => field === `line 3, ${column}`);
    expect(found?.problem).toContain(problem);
    expect(found?.mend).toMatch(/\.$/);
    expect(rows).toEqual([]);
  });

  it('an id that stands there twice', async () => {
    const { findings } = await planImport(open(), lines(past, past, { ...list, external: past.external }), world);

    expect(findings).toMatchObject([{ field: 'line 3, external', problem: '"OLD-1" stands on line 2 too.' }]);
  });

  it('a header with strange, repeated and missing columns', () => {
    const found = checkColumns(
      ['external', 'kind', 'people', 'people', 'decided', 'decider', 'who', 'answer.x'],
      'a.csv',
    );

    expect(found.map(({ problem }) => problem)).toEqual([
      'The column "who" is not known.',
      'The column "people" is there twice.',
      'The column "evidence" is missing.',
    ]);
  });

  it('nothing that was imported before, whatever has become of its people', async () => {
    const store = open();
    await bring(store, list);
    const later = {
      ...world,
      now: tuesday + 900 * dayMs,
      people: { get: (_: PersonId) => undefined, withRole: () => [], all: () => [] },
    };

    const plan = await planImport(store, lines(list), later);

    expect(plan).toEqual({ rows: [], known: 1, findings: [] });
  });
});

describe('what is taken up again', () => {
  it('asks those who decide, and tells its requester, like any other', async () => {
    const office = openRequests();
    office.setTypes(world.types);
    const declined = { ...past, decision: 'declined', reason: 'license' };
    const plan = await planImport(office.store, lines(declined), world);
    await commitImport(office.store, plan.rows, context);

    const done = await office.move('00000001', 'olga', { kind: 'reopen', text: 'The license is another one now.' });
    const approved = await office.move('00000001', 'lina', approve('legal'));

    expect(plan.findings).toEqual([]);
    expect(done.request.state).toBe('in_review');
    expect(done.request.cards).toEqual([{ person: id('lina') }, { person: id('luis') }]);
    expect(done.say.map((say) => ('card' in say ? say.card : say.kind))).toContain('request.mine');
    expect(approved.say).toContainEqual(
      expect.objectContaining({ card: 'request.note', place: { person: id('asker') } }),
    );
  });
});
