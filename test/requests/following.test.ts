import { describe, expect, it } from 'vitest';
import type { Reminders } from '../../src/core/links.ts';
import type { PersonId } from '../../src/core/ports.ts';
import { createFollowing } from '../../src/requests/following.ts';
import type { RequestType } from '../../src/requests/type.ts';
import { edition, openRequests } from './request-office.ts';
import { approve, dayMs, hourMs, id, tuesday, typeOfAllWays } from './rules-world.ts';

const asker = id('asker');

/** Requests whose changes a reminder engine hears of; what it heard. */
function openFollowed(follow: RequestType['follow'] = 'upstream', more: Partial<RequestType> = {}) {
  const woken: { person: PersonId; at: number }[] = [];
  const refreshed: PersonId[] = [];
  const reminders: Reminders = {
    async wake(person, at) {
      woken.push({ person, at });
      return [];
    },
    async refresh(person) {
      refreshed.push(person);
      return [];
    },
    spend: async () => [],
  };
  const office = openRequests({ after: (before, request) => following.after(before, request) });
  const following = createFollowing({ requests: office.all, reminders });
  office.setTypes([edition({ ...typeOfAllWays, follow, ...more })]);
  return { office, woken, refreshed, due: (now: number) => following.source.dueFor(asker, now) };
}

async function approved(office: ReturnType<typeof openFollowed>['office']) {
  const { request } = await office.submit('any');
  return (await office.move(request.id, 'olga', approve('any'))).request;
}

describe('what became of an approved request', () => {
  it.each([
    ['upstream', 7],
    ['release', 14],
  ] as const)('is asked for after an approval of the kind %s, in %i days', async (follow, days) => {
    const { office, woken, due } = openFollowed(follow);

    const { since } = await approved(office);
    const [thing] = await due(tuesday);

    expect(thing).toMatchObject({ since: since + days * dayMs, topic: 'outcome', minutes: 1 });
    expect(thing?.buttons).toMatchObject([{ action: 'requests.follow' }]);
    expect(woken).toEqual([{ person: asker, at: since + days * dayMs }]);
  });

  it('is asked for again a month after it went out, as another thing, and never once it is told', async () => {
    const { office, woken, refreshed, due } = openFollowed();
    const { id: request } = await approved(office);
    const [first] = await due(tuesday);
    await office.clock.advance(hourMs);

    await office.move(request, 'asker', { kind: 'follow', link: 'https://example.com/1', outcome: 'submitted' });
    const [second] = await due(tuesday);
    await office.move(request, 'asker', { kind: 'follow', outcome: 'merged' });

    expect(second?.since).toBe(tuesday + hourMs + 30 * dayMs);
    expect(second?.key).not.toBe(first?.key);
    expect(woken).toHaveLength(2);
    expect(refreshed).toEqual([asker, asker]);
    expect(await due(tuesday)).toEqual([]);
  });

  it.each([
    ['of a kind that is not followed', 'none', {}, 0],
    ['that is confidential: its number alone', 'upstream', { restricted: true }, 1],
  ] as const)('%s', async (_, follow, more, count) => {
    const { office, due } = openFollowed(follow, more);
    await approved(office);

    const things = await due(tuesday);

    expect(things).toHaveLength(count);
    expect(things.map(({ title }) => title.en)).toEqual(count > 0 ? ['REQ-1'] : []);
  });

  it('is not asked for any more after half a year', async () => {
    const { office, due } = openFollowed();
    await approved(office);

    expect(await due(tuesday + 182 * dayMs)).toHaveLength(1);
    expect(await due(tuesday + 184 * dayMs)).toEqual([]);
  });
});
