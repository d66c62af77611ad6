import { describe, expect, it } from 'vitest';
import { auditParts, changedParts, verifyChain } from '../../src/core/audit.ts';
import { Conflict } from '../../src/core/errors.ts';
import type { Op } from '../../src/core/ports.ts';
import { awayIn, stepAbsence } from '../../src/requests/away.ts';
import { createNumbers } from '../../src/requests/numbering.ts';
import { absences, requestCounter, requestSubject, requests } from '../../src/requests/records.ts';
import type { Request } from '../../src/requests/request.ts';
import { replay } from '../../src/requests/state.ts';
import type { RequestType } from '../../src/requests/type.ts';
import { edition, english, openRequests } from './request-office.ts';
import { approve, decline, hourMs, id, person, staff, tuesday, typeOfAllWays } from './rules-world.ts';

describe('submitting', () => {
  it('asks the first stage where the organization says, and tells the requester once, with a date', async () => {
    const office = openRequests();

    const { request, say, number, promised } = await office.submit('order');

    expect(number).toBe(1);
    expect(promised).toBe(request.promised);
    expect(say).toEqual([
      { kind: 'copy', card: 'request', id: '00000001', place: { person: id('boss') }, lost: 'must' },
      { kind: 'copy', card: 'request.mine', id: '00000001', place: { person: id('asker') }, lost: 'must' },
      { kind: 'call', hook: 'request.state', key: 'req:00000001/2/in_review', id: '00000001/2/in_review' },
    ]);
  });

  it('goes to the channel of the role, but what is confidential to people', async () => {
    const office = openRequests();
    const restricted = { ...typeOfAllWays, restricted: true };

    const plain = await office.submit('any');
    office.setTypes([edition(restricted, 'b'.repeat(64))]);
    const secret = await office.submit('any', id('asker'), 'draft-2');

    expect(plain.request.cards).toEqual([{ channel: 'C0OSPO' }]);
    expect(secret.request.cards).toEqual([{ person: id('olga') }, { person: id('otto') }]);
  });

  it('the same draft twice is one request', async () => {
    const office = openRequests();
    await office.submit('any');

    const again = await office.submit('any');

    expect([again.number, again.ops, again.say]).toEqual([1, [], []]);
  });

  it('many at once have numbers without gaps', async () => {
    const office = openRequests();

    await Promise.all(Array.from({ length: 20 }, (_, at) => office.submit('any', id('asker'), `draft-${at}`)));

    const all = await office.store.list(requests, { key: `requester:${id('asker')}`, order: 'asc', limit: 100 });
    expect(all.docs.map(({ number }) => number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, at) => at + 1),
    );
    expect((await office.store.get(requestCounter, 'requests'))?.last).toBe(20);
  });

  it('a number that nobody committed is given again', async () => {
    const office = openRequests();
    const numbers = createNumbers(office.store, office.clock);

    const first = await numbers.next();
    const second = numbers.next();
    await office.clock.advance(1_000);

    expect([first.number, (await second).number]).toEqual([1, 1]);
  });

  it('is refused to guests, when answers are missing, and when nobody could decide', async () => {
    const office = openRequests();
    const guest = person('guest', { guest: true });
    office.setPeople([...staff, guest]);

    expect(await english(office.submit('any', guest.id))).toContain('not open to you');
    expect(
      await english(office.all.submit({ draft: 'd', edition: edition(), answers: {}, requester: id('asker') })),
    ).toContain('missing');
    office.setPeople([person('asker')]);
    expect(await english(office.submit('any'))).toContain('nobody who could decide');
  });

  it('what a rule approves is approved in the same commit, by the facts of this moment', async () => {
    const type = {
      ...typeOfAllWays,
      routes: [{ id: 'auto', level: 1, stages: [], because: typeOfAllWays.title }],
      automatic: {
        rule: 'always',
        when: { when: 'way', is: 'any' },
        otherwise: { level: 4, stages: ['any'] },
        because: typeOfAllWays.title,
      },
    } satisfies RequestType;
    const office = openRequests();
    office.setTypes([edition(type)]);

    const { request, say } = await office.submit('any');

    expect(request).toMatchObject({ state: 'approved', way: { automatic: 'always', level: 1 }, cards: [] });
    expect(request.facts['type.adopted']).toBe('yes');
    expect(say.map((one) => (one.kind === 'call' ? one.id : one.card))).toEqual([
      'request.mine',
      `${request.id}/3/approved`,
      'request.note',
    ]);
    const chain = await office.chain(request.id);
    expect(chain.map(({ kind, actor }) => [kind, actor])).toEqual([
      ['submitted', id('asker')],
      ['passed', 'system:always'],
      ['approved', 'system:always'],
    ]);
    expect(chain[0]?.versions).toEqual({ policy: '2026-11-22', form: 'a'.repeat(64) });
  });
});

describe('deciding', () => {
  it('refreshes every copy, tells the requester, and asks the next', async () => {
    const office = openRequests();
    const { request } = await office.submit('order');

    const { say } = await office.move(request.id, 'boss', approve('manager'));

    expect(say.map((one) => (one.kind === 'call' ? [] : [one.kind, one.card, one.place]))).toEqual([
      ['copy', 'request', { person: id('boss') }],
      ['copy', 'request', { channel: 'C0OSPO' }],
      ['copy', 'request.mine', { person: id('asker') }],
    ]);
    const declined = await office.move(request.id, 'olga', decline('any'));
    expect(declined.say.filter(({ kind }) => kind === 'notice')).toEqual([
      {
        kind: 'notice',
        key: `req:${request.id}/7:requester:@${id('asker')}`,
        card: 'request.note',
        id: `${request.id}/7/requester`,
        place: { person: id('asker') },
        lost: 'must',
      },
    ]);
  });

  it('of two at the same instant one counts, and the other hears who and when', async () => {
    const office = openRequests();
    const { request } = await office.submit('any');

    const both = await Promise.all([
      office.all.move(request.id, id('olga'), approve('any')),
      office.all.move(request.id, id('otto'), decline('any')),
    ]);
    await office.commit(both[0] ?? { ops: [], say: [] });

    await expect(office.commit(both[1] ?? { ops: [], say: [] })).rejects.toBeInstanceOf(Conflict);
    expect(await english(office.all.move(request.id, id('otto'), decline('any')))).toBe(
      'This request was approved by olga on Tue 24 Nov, 10:00 CET. Nothing was changed.',
    );
  });

  it('a form that is sent twice counts once', async () => {
    const office = openRequests();
    const { request } = await office.submit('all');
    await office.move(request.id, 'olga', approve('all'), 'form-1');

    const again = await office.move(request.id, 'olga', approve('all'), 'form-1');

    expect([again.ops, again.say]).toEqual([[], []]);
  });

  it('goes on under the type that it was asked with', async () => {
    const office = openRequests();
    const { request } = await office.submit('order');
    const stages = typeOfAllWays.stages.filter(({ id: one }) => one !== 'vote');
    office.setTypes([edition({ ...typeOfAllWays, stages, declines: [] }, 'c'.repeat(64))]);

    await office.move(request.id, 'boss', approve('manager'));
    const { request: after } = await office.move(request.id, 'olga', approve('any'));

    expect(after.stages.map(({ state }) => state)).toEqual(['approved', 'approved', 'open']);
    expect((await office.all.typeOf(after)).stages.some(({ id: one }) => one === 'vote')).toBe(true);
  });

  it('a delegate finds what waits for whom they stand in for', async () => {
    const office = openRequests();
    const { request } = await office.submit('parallel');
    const set = await office.away.set(id('sara'), {
      delegate: id('ben'),
      away: { from: tuesday, until: tuesday + 48 * hourMs, source: 'person' },
    });
    await office.store.commit(set);
    await office.away.load();

    expect((await office.all.waitingFor(id('ben'), 10)).map((doc) => doc.id)).toEqual([request.id]);
    expect((await office.move(request.id, 'ben', approve('security'))).request.stages[1]?.votes[0]).toMatchObject({
      by: id('ben'),
      inPlaceOf: id('sara'),
    });
    await office.clock.advance(48 * hourMs);
    expect(office.away.of(id('sara'))).toBeUndefined();
  });
});

describe('an absence', () => {
  const status = (more: object) => ({ type: 'user_change', user: { id: id('sara'), profile: more } });
  const week = 7 * 24 * hourMs;

  it.each([
    [
      'a vacation with an end',
      { status_emoji: ':palm_tree:', status_expiration: (tuesday + week) / 1_000 },
      tuesday + week,
    ],
    ['one without', { status_text: 'Out of office' }, tuesday + 2 * week],
    ['in Chinese', { status_text: '休年假，下周一回来' }, tuesday + 2 * week],
    ['lunch', { status_emoji: ':sandwich:', status_text: 'Lunch' }, undefined],
    ['nothing', {}, undefined],
  ])('is read from a Slack status: %s', (_, profile, until) => {
    expect(awayIn(status(profile), tuesday)).toEqual({ person: id('sara'), ...(until ? { until } : {}) });
  });

  it('follows the status, but what the person said comes first; who stands in is kept', async () => {
    const { away, store, clock } = openRequests();
    const commit = async (ops: Promise<readonly Op[]>) => {
      await store.commit(await ops);
      await away.load();
    };
    const isAway = () => away.of(id('sara'));

    await commit(away.set(id('sara'), { delegate: id('ben') }));
    expect(isAway()).toBeUndefined();
    await commit(away.follow(id('sara'), tuesday + week));
    expect(isAway()).toEqual({ delegate: id('ben') });
    await commit(away.follow(id('sara'), undefined));
    expect(isAway()).toBeUndefined();
    await commit(away.set(id('sara'), { away: { from: tuesday, until: tuesday + week, source: 'person' } }));
    expect(await away.follow(id('sara'), undefined)).toEqual([]);
    await clock.advance(week);
    const stored = await store.get(absences, id('sara'));
    await store.commit(stored ? await stepAbsence(stored, clock.now(), async () => []) : []);
    expect(await away.setBy(id('sara'))).toMatchObject({ delegate: id('ben'), away: null });
  });
});

describe('whoever stands in', () => {
  const olga = id('olga');
  const away = { away: { from: tuesday + hourMs, until: tuesday + 100 * hourMs, source: 'person' as const } };

  /** What the job of absences does for somebody at a moment; the requests that it wakes. */
  async function looked(office: ReturnType<typeof openRequests>, at: number) {
    const doc = await office.store.get(absences, olga);
    if (!doc || (absences.due?.(doc) ?? Number.POSITIVE_INFINITY) > at) return undefined;
    await office.store.commit(await stepAbsence(doc, at, office.all.askedOf));
    return (await office.store.due(requests, { now: at, limit: 10 })).map(({ number }) => number);
  }

  it('is asked when the absence begins, not before, and once', async () => {
    const office = openRequests();
    await office.submit('any');
    await office.submit('manager');
    await office.store.commit(await office.away.set(olga, { ...away, delegate: id('sara') }));

    const [before, then, again] = [
      await looked(office, tuesday),
      await looked(office, tuesday + hourMs),
      await looked(office, tuesday + 2 * hourMs),
    ];

    expect([before, then, again]).toEqual([undefined, [1], undefined]);
  });

  it('is asked at once when they are named while somebody is away already', async () => {
    const office = openRequests();
    await office.submit('any');
    await office.store.commit(await office.away.set(olga, away));
    const alone = await looked(office, tuesday + hourMs);
    await office.store.commit(await office.away.set(olga, { delegate: id('sara') }));

    const named = await looked(office, tuesday + 2 * hourMs);

    expect([alone, named]).toEqual([[], [1]]);
  });
});

describe('what waits', () => {
  it('is found by role and person, the most urgent first, and not once somebody had their say', async () => {
    const office = openRequests();
    const slow = await office.submit('two');
    const quick = await office.submit('all');
    await office.submit('manager');

    const waiting = async (who: string) => (await office.all.waitingFor(id(who), 10)).map(({ number }) => number);

    expect(await waiting('olga')).toEqual([quick.number, slow.number]);
    expect(await waiting('boss')).toEqual([3]);
    await office.move(quick.request.id, 'olga', approve('all'));
    expect(await waiting('olga')).toEqual([slow.number]);
    expect(await waiting('otto')).toEqual([quick.number, slow.number]);
    expect(await waiting('asker')).toEqual([]);
  });

  it('what is confidential is in no list but those of whom it concerns', async () => {
    const office = openRequests();
    office.setTypes([edition({ ...typeOfAllWays, restricted: true, same: ['way'] })]);
    const { request } = await office.submit('any');

    const keys = requests.index(request as Request).map(({ key }) => key);

    expect(keys.filter((key) => !/^(?:requester|requesting|draft|restricted|waiting):/.test(key))).toEqual([]);
    expect(await office.all.same(edition({ ...typeOfAllWays, same: ['way'] }), { way: 'any' }, id('otto'))).toEqual([]);
  });

  it('the same thing asked before is shown while it is under way or approved', async () => {
    const type = { ...typeOfAllWays, same: ['way'] };
    const office = openRequests();
    office.setTypes([edition(type)]);
    const { request } = await office.submit('any');

    const same = () => office.all.same(edition(type), { way: 'any' }, id('otto'));

    expect(await same()).toMatchObject([{ number: 'REQ-1', state: 'open', at: request.promised }]);
    await office.move(request.id, 'olga', approve('any'));
    expect(await same()).toMatchObject([{ state: 'approved' }]);
    await office.move(request.id, 'lea', { kind: 'revoke', text: '' });
    expect(await same()).toEqual([]);
  });
});

describe('the audit', () => {
  it('has every event in its chain, with who, from what to what, and the form beside it', async () => {
    const office = openRequests();
    const { request } = await office.submit('order');
    await office.move(request.id, 'boss', approve('manager', { conditions: ['Keep the notice.'] }));
    const { request: after } = await office.move(request.id, 'olga', decline('any'));

    const chain = await office.chain(request.id);

    expect(verifyChain(requestSubject(request.id), chain, after.audit)).toEqual([]);
    expect(chain.map(({ kind }) => kind)).toEqual(after.events.map(({ kind }) => kind));
    expect(chain.map(({ actor }) => actor)).toEqual([
      id('asker'),
      'system:route/order',
      id('boss'),
      'system:votes',
      'system:route/order',
      id('olga'),
      'system:votes',
      'system:votes',
    ]);
    expect(chain.at(-1)).toMatchObject({ from: { state: 'in_review' }, to: { state: 'declined', reason: 'no' } });
    const parts = await office.store.get(auditParts, `${requestSubject(request.id)}/000001`);
    expect(JSON.parse(parts?.parts.form?.text ?? '{}')).toMatchObject({ answers: { way: 'order' } });
    expect(chain[0] && changedParts(chain[0], parts)).toEqual([]);
    const said = await office.store.get(auditParts, `${requestSubject(request.id)}/000003`);
    expect(said?.parts.conditions?.text).toBe('Keep the notice.');
    expect(JSON.stringify(chain)).not.toContain('Keep the notice');
  });

  it('replays to the state that is stored', async () => {
    const office = openRequests();
    const { request } = await office.submit('parallel');
    await office.move(request.id, 'lina', { kind: 'ask', stage: 'legal', text: 'Which?' });
    await office.move(request.id, 'asker', { kind: 'answer', text: 'That.' });
    await office.move(request.id, 'lina', approve('legal'));
    const { request: after } = await office.move(request.id, 'sara', approve('security'));
    const stored = await office.all.find(request.id);

    const { stages, events, state: _, ...rest } = after;
    const replayed = replay({ ...rest, stages: stages.map((stage) => stage.id) }, events);

    expect(stored).toMatchObject({ state: 'approved' });
    expect({ state: replayed.state, stages: replayed.stages, validUntil: replayed.validUntil }).toEqual({
      state: stored?.state,
      stages: stored?.stages,
      validUntil: stored?.validUntil,
    });
  });
});
