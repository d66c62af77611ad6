import { describe, expect, it } from 'vitest';
import type { ChangeToRead, Mentors } from '../../src/core/links.ts';
import { type PersonId, put } from '../../src/core/ports.ts';
import { absences } from '../../src/requests/records.ts';
import { RequestType } from '../../src/requests/type.ts';
import { edition, openRequests } from './request-office.ts';
import { approve, hourMs, id, person, staff, tuesday, typeOfAllWays } from './rules-world.ts';

const preReview = RequestType.parse({
  ...typeOfAllWays,
  id: 'pre-review',
  stages: [
    { id: 'read', name: { en: 'R', 'zh-CN': '读' }, order: 1, who: { roles: ['mentor'] }, days: 3, instead: ['ospo'] },
  ],
  routes: [{ id: 'read', level: 3, stages: ['read'], because: { en: 'It is read.', 'zh-CN': '有人看。' } }],
  raises: [],
  find: { project: 'way' },
});
const withMentor = [...staff, person('mila', { roles: ['mentor'] }), person('max'), person('moe')];

/** Mentorship as requests see it: who has room, and what it was told. */
function mentorship(free: readonly string[]) {
  const told: string[] = [];
  const asked: ChangeToRead[] = [];
  const mentors: Mentors = {
    async withRoom(change) {
      asked.push(change);
      return free.map(id);
    },
    async took(mentor, request) {
      told.push(`${mentor} took ${request}`);
      return [];
    },
    async gave(mentor, request, outcome) {
      told.push(`${mentor} ${outcome} ${request}`);
      return [];
    },
  };
  return { mentors, told, asked };
}

function openWith(free: readonly string[] | undefined) {
  const program = mentorship(free ?? []);
  const office = openRequests({
    links: {
      license: () => 'permitted',
      policyVersion: () => undefined,
      project: () => ({ known: 'yes' }),
      training: () => 'yes',
      agreement: async () => 'unknown',
      standing: async () => 'none',
      ...(free ? { mentors: program.mentors } : {}),
    },
  });
  office.setPeople(withMentor);
  office.setTypes([edition(preReview)]);
  return { ...office, ...program };
}

const places = (cards: readonly object[]) => cards.map((card) => ('person' in card ? card.person : card));

describe('a pre-review', () => {
  it.each([
    ['the role is asked where there is no mentorship', undefined, ['mila']],
    ['the role is asked where nobody has room', [], ['mila']],
    ['the best fit is asked, and nobody else', ['max', 'moe'], ['max']],
    ['nobody reads their own', ['asker', 'moe'], ['moe']],
  ] as const)('%s', async (_, free, wanted) => {
    const office = openWith(free);

    const { request } = await office.submit('any');

    expect(places(request.cards)).toEqual(wanted.map(id));
  });

  it('tells mentorship what the change is, who took it, and that it was read', async () => {
    const office = openWith(['max', 'moe']);

    const { request } = await office.submit('any');
    await office.move(request.id, 'max', approve('read'));

    expect(office.asked).toEqual([{ asker: id('asker'), project: 'any' }]);
    expect(office.told).toEqual([`${id('max')} took ${request.id}`, `${id('max')} read ${request.id}`]);
  });

  it.each([
    ['withdrawn', 'asker', { kind: 'withdraw', text: '' }, ['max dropped']],
    ['handed over', 'max', { kind: 'hand', stage: 'read', to: id('moe'), text: '' }, ['max dropped', 'moe took']],
    ['refused for an interest', 'max', { kind: 'conflict', stage: 'read', text: 'Mine.' }, ['max dropped', 'moe took']],
  ] as const)('gives it back when it is %s', async (_, actor, move, wanted) => {
    const office = openWith(['max', 'moe']);
    const { request } = await office.submit('any');
    office.told.length = 0;

    await office.move(request.id, actor, move);

    expect(office.told.map((line) => line.replace(/U0(\w+)/, (__, name: string) => name.toLowerCase()))).toEqual(
      wanted.map((line) => `${line} ${request.id}`),
    );
  });

  it('goes to the next of those who had room when the mentor is away', async () => {
    const office = openWith(['max', 'moe']);
    const away = { away: { from: tuesday, until: tuesday + 100 * hourMs, source: 'person' as const } };
    await office.store.commit([put(absences, 'U0MAX', away, 0)]);
    await office.away.load();

    const { request } = await office.submit('any');

    expect(places(request.cards)).toEqual(['U0MOE' as PersonId]);
  });
});
