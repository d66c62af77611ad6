import { describe, expect, it } from 'vitest';
import { auditEvents, verifyChain } from '../../src/core/audit.ts';
import { UserError } from '../../src/core/errors.ts';
import type { Doc } from '../../src/core/ports.ts';
import { articleReviews, reviewSubject } from '../../src/curating/review.ts';
import { type CuratingClock, curatingClocks } from '../../src/curating/times.ts';
import { ana, bo, day, everybody, file, lex, mei, open, shipped, type World } from './world.ts';

const english = (world: World) => world.handbook.current().base.articles.find(({ id }) => id === 'agpl')?.editions.en;
const version = (world: World) => world.manuscripts.find('agpl')?.files.en.hash.slice(0, 8) ?? '';

/** Steps both clocks whenever they are due, over so many days; what they say, with the day. */
async function live(world: World, days: number): Promise<readonly string[]> {
  await world.store.commit(await world.reviewing.begin());
  const said: string[] = [];
  for (let hours = 0; hours < days * 24; hours += 1) {
    await world.clock.advance(60 * 60_000);
    const due: readonly Doc<CuratingClock>[] = await world.store.due(curatingClocks, {
      now: world.clock.now(),
      limit: 9,
    });
    for (const doc of due) {
      const { ops, say } = await world.reviewing.clock.run(doc, world.clock.now());
      await world.store.commit(ops);
      const when = new Date(world.clock.now()).toISOString().slice(0, 13);
      for (const one of say) {
        if ('card' in one) said.push(`${when} ${one.card} ${JSON.stringify(Object.values(one.place))}`);
      }
    }
  }
  return said;
}

describe('"still right"', () => {
  it('moves the date of this very text, at once and in the audit; another text is not reviewed by it', async () => {
    const world = await open();

    await world.commit(await world.reviewing.confirm('agpl', version(world), lex));
    const after = english(world)?.reviewed;
    await world.own(file, shipped.replace('one more duty', 'two more duties'));

    expect(after).toBe('2026-11-23');
    expect(english(world)?.reviewed).toBe('2026-05-30');
    const review = await world.store.get(articleReviews, 'agpl');
    const { docs } = await world.store.list(auditEvents, { key: reviewSubject('agpl'), order: 'asc', limit: 9 });
    expect(docs.map(({ kind, actor }) => [kind, actor])).toEqual([['reviewed', lex]]);
    expect(verifyChain(reviewSubject('agpl'), docs, review?.head)).toEqual([]);
  });

  it('takes the note off that the review is due', async () => {
    const world = await open();
    await world.clock.advance(20 * day);
    const due = () =>
      world.handbook.content.current().findings.some(({ problem }) => problem.startsWith('The review was due'));
    await world.own('knowledge/readme.md', 'so that it is read again');

    await world.commit(await world.reviewing.confirm('agpl', version(world), lex));

    expect(due()).toBe(false);
  });

  it('says nothing of a translation that lags behind', async () => {
    const chinese =
      '---\nid: agpl\ntitle: 服务里的 AGPL\nreviewed: 2026-01-01\naliases: [能用 AGPL 吗]\nscope: 自己运行的服务\n---\n**先问。**\n';
    const world = await open({ own: { 'knowledge/using/agpl.zh-CN.md': chinese } });

    await world.commit(await world.reviewing.confirm('agpl', version(world), lex));

    const article = world.handbook.current().base.articles.find(({ id }) => id === 'agpl');
    expect(article?.editions['zh-CN']?.reviewed).toBe('2026-01-01');
  });

  it.each<readonly [string, (world: World) => Promise<unknown>, string]>([
    [
      'by somebody else',
      (world) => world.reviewing.confirm('agpl', version(world), mei),
      'Only the open source office',
    ],
    ['of another text', (world) => world.reviewing.confirm('agpl', '00000000', lex), 'has changed meanwhile'],
    ['of nothing', (world) => world.reviewing.confirm('nothing', '', ana), 'no article of that name'],
    [
      'a second time that day',
      async (world) => {
        await world.commit(await world.reviewing.confirm('agpl', version(world), lex));
        return world.reviewing.confirm('agpl', version(world), ana);
      },
      'confirmed it today',
    ],
  ])('is refused %s', async (_, confirm, why) => {
    const world = await open();

    const error: unknown = await confirm(world).catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toContain(why);
  });
});

describe('reminders of reviews', () => {
  it('come from two weeks before on, in the morning, to the people of the role, ever more seldom', async () => {
    const world = await open();

    const said = await live(world, 70);

    // Due on 30 November: told on the first morning, then on the first two weeks later, then four.
    expect(said).toEqual([
      '2026-11-24T08 curating.reviews ["U0LEX00001"]',
      '2026-12-08T08 curating.reviews ["U0LEX00001"]',
      '2027-01-05T08 curating.reviews ["U0LEX00001"]',
    ]);
  });

  it('go to the office when nobody holds the role, in the morning of each', async () => {
    const people = everybody
      .filter(({ id }) => id !== lex)
      .map((one) => (one.id === bo ? { ...one, zone: 'Asia/Shanghai' } : one));
    const world = await open({ people });

    const said = await live(world, 4);

    expect(said).toEqual([
      expect.stringMatching(/^2026-11-2\dT0[1-9] curating.reviews \["U0BO000001"\]$|U0ANA00001/),
      expect.stringMatching(/U0ANA00001|U0BO000001/),
    ]);
  });

  it('wait for the next morning while their person has had enough of messages', async () => {
    const spent = new Set([lex]);
    const world = await open({ spent });

    const before = await live(world, 5);
    spent.clear();
    const after = await live(world, 2);

    expect(before).toEqual([]);
    expect(after).toHaveLength(1);
  });

  it('stop when it is done', async () => {
    const world = await open();
    await world.commit(await world.reviewing.confirm('agpl', version(world), lex));

    expect(await live(world, 40)).toEqual([]);
  });
});

describe('the digest of gaps', () => {
  it('comes once a week, on its first working morning, and only with news', async () => {
    const world = await open();
    await world.commit(await world.reviewing.confirm('agpl', version(world), lex));
    await world.store.commit(await world.reviewing.begin());
    await world.clock.advance(60_000);
    await world.asked('Q1', 'how long does a sourdough starter keep');

    const said = await live(world, 21);

    expect(said).toEqual(['2026-11-30T08 curating.gaps ["C0SPO00001"]']);
  });
});
