import { describe, expect, it } from 'vitest';
import { auditEvents, verifyChain } from '../../src/core/audit.ts';
import { UserError } from '../../src/core/errors.ts';
import type { AnsweredQuestion } from '../../src/core/links.ts';
import { draftSubject } from '../../src/curating/draft.ts';
import { gaps } from '../../src/curating/gap.ts';
import { articleSubject, publishedArticles } from '../../src/curating/published.ts';
import { ana, bo, everybody, file, lex, mei, open, shipped, submitted, type World, written } from './world.ts';

const answer: AnsweredQuestion = {
  text: 'where do I get\nstickers',
  locale: 'zh-CN',
  answer: '可以，找品牌团队订。最多 200 张。\n\n表单：https://example.com/brand',
};

async function publish(world: World, { id, revision }: { id: string; revision: number }, by = bo) {
  const done = await world.curating.move(id, by, { kind: 'publish', revision });
  await world.commit(done.ops);
  return done;
}

const refusal = (words: string) =>
  expect.objectContaining({ texts: expect.objectContaining({ en: expect.stringContaining(words) }) });

/** An edit of the shipped article as its form gives it. */
function edited(world: World, words: Partial<ReturnType<typeof written>['words']>) {
  const current = world.manuscripts.find('agpl');
  if (!current) throw new Error('the article is there');
  const { area, owner, sources } = current;
  const now = current.files.en.words();
  return written({
    article: 'agpl',
    words: { ...now, aliases: [...now.aliases], ...words },
    facts: { area, owner, sources: sources.map((source) => ({ ...source })) },
  });
}

describe('a new article', () => {
  it('begins with what a person answered, in the language of the question, and is kept at once', async () => {
    const world = await open({ answered: { H1: answer } });

    const { draft, ops } = await world.curating.begin('D1', { kind: 'handoff', id: 'H1' }, ana);
    await world.commit(ops);
    const again = await world.curating.begin('D2', { kind: 'handoff', id: 'H1' }, bo);

    expect(draft.texts['zh-CN']).toMatchObject({
      short: '可以，找品牌团队订。',
      body: '最多 200 张。\n\n表单：https://example.com/brand',
      aliases: ['where do I get stickers'],
    });
    expect(draft.facts.sources).toEqual([{ title: 'example.com/brand', url: 'https://example.com/brand' }]);
    expect(again.draft.id).toBe('D1');
    expect(again.ops).toEqual([]);
  });

  it('is nobody’s but the office’s to begin, and needs an answer that may be seen', async () => {
    const world = await open({ answered: { H1: answer } });

    await expect(world.curating.begin('D1', { kind: 'handoff', id: 'H1' }, mei)).rejects.toThrow(refusal('Only the'));
    await expect(world.curating.begin('D1', { kind: 'handoff', id: 'SECRET' }, ana)).rejects.toThrow(UserError);
    await expect(world.curating.begin('D1', { kind: 'blank' }, lex)).rejects.toThrow(UserError);
  });

  it.each<readonly [string, Parameters<typeof written>[0], string]>([
    ['a name with spaces', { article: 'Stickers here' }, 'article'],
    ['a name that leads elsewhere', { article: '../../stickers' }, 'article'],
    ['the name of another article', { article: 'agpl' }, 'article'],
    ['no name', { article: '' }, 'article'],
    ['no source', { facts: { area: 'people', owner: 'ospo', sources: [] } }, 'sources'],
    [
      'a source that is no address',
      { facts: { area: 'people', owner: 'ospo', sources: [{ title: 'x', url: 'javascript:1' }] } },
      'sources',
    ],
    ['an area that there is not', { facts: { ...written().facts, area: 'elsewhere' } }, 'area'],
    ['an empty title', { words: { ...written().words, title: '' } }, 'title'],
    ['no alias', { words: { ...written().words, aliases: [] } }, 'aliases'],
    ['a call to everybody', { words: { ...written().words, body: 'Ask <!channel>.' } }, 'body'],
    ['a link to a program', { words: { ...written().words, body: '[x](javascript:alert(1))' } }, 'body'],
    ['a placeholder in the short answer', { words: { ...written().words, short: 'Yes. {{ospo.contact}}' } }, 'short'],
    ['a short answer with emphasis that ends it', { words: { ...written().words, short: 'Yes** and **no' } }, 'short'],
  ])('is refused with %s, at its field', async (_, more, field) => {
    const world = await open();
    const { draft } = await world.curating.begin('D1', { kind: 'blank' }, ana);

    const saved = await world.curating.save(draft, ana, written(more));

    expect(Object.keys('problems' in saved ? saved.problems : {})).toContain(field);
    expect(await world.curating.find('D1')).toBeUndefined();
  });

  it('is in force once somebody else has read it: over all layers, reviewed today, the chain whole', async () => {
    const world = await open();
    const waiting = await submitted(world);

    await expect(publish(world, waiting, ana)).rejects.toThrow(refusal('You wrote in it'));
    await publish(world, waiting);

    const article = world.manuscripts.find('stickers');
    expect(article).toMatchObject({
      owner: 'ospo',
      due: '2027-05-23',
      files: { en: { reviewed: '2026-11-23', origin: 'published' } },
    });
    expect(world.handbook.current().search.find('where do I get stickers').article?.id).toBe('stickers');
    expect(
      world.handbook.current().base.articles.find(({ id }) => id === 'stickers')?.editions.en.starter,
    ).toBeUndefined();
    const draft = await world.curating.find(waiting.id);
    const { docs } = await world.store.list(auditEvents, { key: draftSubject(waiting.id), order: 'asc', limit: 9 });
    expect(docs.map(({ kind, actor }) => `${kind} ${actor}`)).toEqual([
      `saved ${ana}`,
      `submitted ${ana}`,
      `published ${bo}`,
    ]);
    expect(verifyChain(draftSubject(waiting.id), docs, draft?.head)).toEqual([]);
  });

  it('in Chinese alone answers in Chinese, and sends English readers there', async () => {
    const world = await open();
    const chinese = written({
      locale: 'zh-CN',
      words: {
        title: '吉祥物贴纸',
        scope: '线下活动的小礼品',
        short: '可以，找品牌团队订。',
        body: '最多 200 张。',
        aliases: ['贴纸找谁要'],
      },
    });
    const { draft } = await world.curating.begin('D1', { kind: 'blank' }, ana);
    const saved = await world.curating.save({ ...draft }, ana, chinese);
    if ('problems' in saved) expect.fail(JSON.stringify(saved.problems));
    await world.commit(saved.ops);
    await world.commit((await world.curating.move('D1', ana, { kind: 'submit', revision: 1 })).ops);
    await publish(world, { id: 'D1', revision: 1 });

    const article = world.handbook.current().base.articles.find(({ id }) => id === 'stickers');
    const notes = world.handbook.content.current().findings.map(({ problem }) => problem);
    expect(article?.editions['zh-CN']?.short).toBe('可以，找品牌团队订。');
    expect(article?.editions.en.short).toBe('So far this is answered in Chinese only; the Chinese text follows.');
    expect(notes).toContain('There is no English edition, only a text that says so.');
  });

  it('may be written on while it waits, and then waits for nobody until it is submitted again', async () => {
    const world = await open();
    const { id, revision } = await submitted(world);

    const saved = await world.curating.save({ id, origin: { kind: 'blank' }, revision }, bo, written());
    if ('problems' in saved) expect.fail('saved');
    await world.commit(saved.ops);

    await expect(publish(world, { id, revision: revision + 1 })).rejects.toThrow(
      refusal('Its author is still writing'),
    );
    await world.commit((await world.curating.move(id, bo, { kind: 'submit', revision: revision + 1 })).ops);
    await expect(publish(world, { id, revision: revision + 1 })).rejects.toThrow(refusal('You wrote in it'));
  });

  it('is not put into force as another text than the one that was read', async () => {
    const world = await open();
    const { id, revision } = await submitted(world);

    await expect(publish(world, { id, revision: revision - 1 })).rejects.toThrow(refusal('Somebody has changed it'));
    await expect(
      world.curating.save({ id, origin: { kind: 'blank' }, revision: revision - 1 }, ana, written()),
    ).rejects.toThrow(refusal('Somebody has changed it'));
  });

  it('goes back with a reason, which its author is told and the audit keeps beside the chain', async () => {
    const world = await open();
    const { id, revision } = await submitted(world);

    const { ops, say, draft } = await world.curating.move(id, bo, { kind: 'sendBack', revision, text: 'Which ones?' });

    expect(draft).toMatchObject({ state: 'draft', note: { by: bo, text: 'Which ones?' } });
    expect(say).toContainEqual(expect.objectContaining({ card: 'curating.told', place: { person: ana } }));
    const puts = (name: string) =>
      JSON.stringify(ops.flatMap((op) => (op.in.name === name && 'put' in op ? [op.put] : [])));
    expect(puts('audit')).not.toContain('Which ones?');
    expect(puts('audit_part')).toContain('Which ones?');
  });

  it('says when nobody is left to read it', async () => {
    const world = await open({ people: everybody.filter(({ id }) => id !== bo) });
    const { id } = await submitted(world);
    const draft = await world.curating.find(id);

    expect(draft && world.curating.lookOver(draft).reviewers).toBe(false);
  });
});

describe('a change of an article', () => {
  it('leaves to the letter what nobody changed, and says which shipped version it lies over', async () => {
    const world = await open();
    await publish(
      world,
      await submitted(world, { kind: 'article', id: 'agpl' }, edited(world, { short: 'Ask first, always.' })),
    );

    const text = await world.text(file);

    const line = (start: string) => shipped.split('\n').find((one) => one.startsWith(start)) ?? '';
    for (const kept of ['audience:', 'tags:', 'licenses:', 'next:', '# How people ask.', '  - title: The text']) {
      expect(text).toContain(line(kept));
    }
    expect(text).toContain('**Ask first, always.**');
    expect(text).toMatch(/^replaces: "?[0-9a-f]{8}"?$/m);
    expect(text).toContain('reviewed: 2026-11-23');
  });

  it('of what people are told takes the approval off, unless its role puts it into force', async () => {
    const [byOffice, byLegal] = [await open(), await open()];
    await publish(
      byOffice,
      await submitted(byOffice, { kind: 'article', id: 'agpl' }, edited(byOffice, { short: 'No.' })),
    );
    await publish(
      byLegal,
      await submitted(byLegal, { kind: 'article', id: 'agpl' }, edited(byLegal, { short: 'No.' })),
      lex,
    );

    expect(await byOffice.text(file)).not.toContain('approved:');
    expect(byOffice.manuscripts.find('agpl')?.unapproved).toBe(true);
    expect(await byLegal.text(file)).toContain('on: 2026-11-23');
    expect(byLegal.manuscripts.find('agpl')?.unapproved).toBe(false);
  });

  it('of the ways to ask is no review and no other answer', async () => {
    const world = await open();
    const proposed = await world.curating.propose('D1', 'agpl', ana, {
      kind: 'alias',
      locale: 'en',
      alias: 'is affero fine',
    });
    await world.commit(proposed.ops);
    await publish(world, { id: 'D1', revision: 1 });

    const text = await world.text(file);
    expect(text).toContain('reviewed: 2026-05-30');
    expect(text).toContain('approved: { role: legal, on: 2026-05-30 }');
    expect(text).toContain('  - is affero fine');
  });

  it('of the owner waits for somebody else, and then holds', async () => {
    const world = await open();
    const proposed = await world.curating.propose('D1', 'agpl', lex, { kind: 'owner', owner: 'ospo' });
    await world.commit(proposed.ops);
    await expect(publish(world, { id: 'D1', revision: 1 }, lex)).rejects.toThrow(UserError);
    await publish(world, { id: 'D1', revision: 1 });

    expect(proposed.draft.state).toBe('review');
    expect(world.manuscripts.find('agpl')?.owner).toBe('ospo');
  });

  it('is added to what somebody is writing, without sending that to review', async () => {
    const world = await open();
    const form = { id: 'D1', origin: { kind: 'article', id: 'agpl' } as const, revision: 0 };
    const saved = await world.curating.save(form, bo, edited(world, { short: 'Half a sentence.' }));
    if ('problems' in saved) expect.fail('saved');
    await world.commit(saved.ops);

    const proposed = await world.curating.propose('D2', 'agpl', ana, {
      kind: 'alias',
      locale: 'en',
      alias: 'is affero fine',
    });

    expect(proposed.draft).toMatchObject({ id: 'D1', state: 'draft', authors: [bo, ana] });
    expect(proposed.draft.texts.en?.short).toBe('Half a sentence.');
  });

  it('waits when the text in force has changed meanwhile, until it is saved over the new one', async () => {
    const world = await open();
    const waiting = await submitted(world, { kind: 'article', id: 'agpl' }, edited(world, { short: 'No.' }));
    await world.own(file, shipped.replace('Ask first.', 'Ask twice.'));

    await expect(publish(world, waiting)).rejects.toThrow(refusal('has changed meanwhile'));
    const draft = await world.curating.find(waiting.id);

    expect(draft && world.curating.lookOver(draft)).toMatchObject({
      movedOn: ['en'],
      before: { en: { short: 'Ask twice.' } },
    });
  });

  it('may be made by the role that owns it, and by nobody else', async () => {
    const world = await open();

    const { draft } = await world.curating.begin('D1', { kind: 'article', id: 'agpl' }, lex);
    const strangers = world.curating.begin('D2', { kind: 'article', id: 'agpl' }, mei);

    expect(draft.article).toBe('agpl');
    await expect(strangers).rejects.toThrow(UserError);
  });
});

describe('what came from Slack', () => {
  it('steps back when the folder has the same text, whatever its lines end with', async () => {
    const world = await open();
    await publish(world, await submitted(world));
    const path = 'knowledge/people/stickers.en.md';
    const text = (await world.text(path)) ?? '';

    await world.own(path, text.replaceAll('\n', '\r\n'));
    await world.settling.settle();
    await world.handbook.content.reload();
    await world.own(path, text.replace('up to 200', 'up to 300'));

    expect(await world.settling.waiting()).toEqual([]);
    expect(world.manuscripts.find('stickers')?.files.en).toMatchObject({ origin: 'own' });
    expect(world.manuscripts.find('stickers')?.files.en.words().body).toContain('up to 300');
    const { docs } = await world.store.list(auditEvents, { key: articleSubject('stickers'), order: 'asc', limit: 9 });
    expect(docs.map(({ kind }) => kind)).toEqual(['published', 'taken over by files']);
  });

  it('stays, and says so, when the folder has another text', async () => {
    const world = await open();
    await publish(world, await submitted(world, { kind: 'article', id: 'agpl' }, edited(world, { short: 'No.' })));

    await world.own(file, shipped.replace('Ask first.', 'Ask twice.'));
    await world.settling.settle();

    expect(await world.settling.conflicts()).toEqual(['agpl']);
    expect(world.manuscripts.find('agpl')?.files.en.words().short).toBe('No.');
  });

  it('is withdrawn by whoever looks after it: what lies below answers again', async () => {
    const world = await open();
    await publish(world, await submitted(world, { kind: 'article', id: 'agpl' }, edited(world, { short: 'No.' })));

    await expect(world.curating.withdraw('agpl', mei)).rejects.toThrow(UserError);
    await world.commit(await world.curating.withdraw('agpl', lex));

    expect(world.manuscripts.find('agpl')?.files.en.words().short).toBe('Ask first.');
    await expect(world.curating.withdraw('agpl', lex)).rejects.toThrow(
      refusal('Nothing of this article comes from Slack'),
    );
    const article = await world.store.get(publishedArticles, 'agpl');
    const { docs } = await world.store.list(auditEvents, { key: articleSubject('agpl'), order: 'asc', limit: 9 });
    expect(verifyChain(articleSubject('agpl'), docs, article?.head)).toEqual([]);
  });
});

describe('a group of questions', () => {
  it('waits for nobody while somebody writes about it, and again when they give up', async () => {
    const world = await open();
    await world.asked('Q1', 'how long does a sourdough starter keep');
    await world.gaps.sort();
    const [view] = (await world.gaps.open(5)).views;
    const origin = { kind: 'gap', id: view?.id ?? '' } as const;

    const { draft, ops } = await world.curating.begin('D1', origin, ana);
    await world.commit(ops);
    const meanwhile = await world.gaps.open(5);
    await world.commit((await world.curating.move('D1', ana, { kind: 'discard' })).ops);

    expect(draft.texts.en?.aliases).toEqual(['how long does a sourdough starter keep']);
    expect(meanwhile.total).toBe(0);
    expect((await world.gaps.open(5)).total).toBe(1);
    expect(await world.store.count(gaps, { key: 'all' })).toBe(1);
  });
});
