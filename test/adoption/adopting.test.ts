import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAdopting } from '../../src/adoption/adopting.ts';
import { adoptionSubject, adoptions, type Outcome, type Standing, sealOf } from '../../src/adoption/adoption.ts';
import { editions } from '../../src/adoption/edition.ts';
import { auditEvents, auditParts, changedParts, verifyChain } from '../../src/core/audit.ts';
import { put, type Store } from '../../src/core/ports.ts';
import { adoptionWorld, shippedText, type World } from './world.ts';

const lead = { key: 'U0LEAD' };

const shipped = [
  shippedText('agpl', 'AGPL one'),
  shippedText('agpl', 'AGPL 一', { locale: 'zh-CN' }),
  shippedText('mit', 'MIT one', { unapproved: true }),
  shippedText('fix', 'Fix one', { area: 'contributing' }),
  shippedText('fix.cn', 'Fix in China', { area: 'contributing' }),
];

async function statesIn({ adopting }: World): Promise<Record<string, string>> {
  return Object.fromEntries((await adopting.standings()).map(({ topic, state }) => [topic, state]));
}

function topicsOf(standings: readonly Standing[] | undefined): readonly string[] | undefined {
  return standings?.map(({ topic }) => topic);
}

async function verified(store: Store, topic: string) {
  const adoption = await store.get(adoptions, topic);
  const { docs } = await store.list(auditEvents, { key: adoptionSubject(topic), order: 'asc', limit: 100 });
  return { problems: verifyChain(adoptionSubject(topic), docs, adoption?.head), events: docs };
}

describe('adopting', () => {
  it.each<[string, readonly string[]]>([
    ['agpl', ['agpl']],
    ['fix', ['fix']],
    ['fix.cn', ['fix.cn']],
    ['using', ['agpl', 'mit']],
    [' Using ', ['agpl', 'mit']],
    ['all', ['fix', 'fix.cn', 'agpl', 'mit']],
  ])('%s takes %j', async (what, topics) => {
    const world = adoptionWorld(shipped);

    const outcome = await world.adopting.adopt(what, lead);

    expect(topicsOf(outcome?.adopted)).toEqual(topics);
    expect(outcome?.left).toBe(4 - topics.length);
    const states = await statesIn(world);
    expect(Object.keys(states).filter((topic) => states[topic] === 'adopted')).toEqual(topics);
  });

  it.each(['', 'nothing', 'agpl.cn', 'al'])('knows nothing called "%s"', async (what) => {
    const world = adoptionWorld(shipped);

    const outcome = await world.adopting.adopt(what, lead);

    expect(outcome).toBeUndefined();
  });

  it('keeps who, when and which texts, and the texts themselves', async () => {
    const { adopting, store } = adoptionWorld(shipped);

    await adopting.adopt('agpl', { key: 'operator', name: 'Head of the OSPO' });
    const adoption = await store.get(adoptions, 'agpl');

    const hashes = { en: shipped[0]?.hash, 'zh-CN': shipped[1]?.hash };
    expect(adoption).toMatchObject({ by: 'operator', at: 1_000, editions: hashes });
    expect(await store.get(editions, shipped[1]?.hash ?? '')).toMatchObject({ text: 'AGPL 一', topic: 'agpl' });
  });

  it('leaves an event in the audit; the name lies beside it', async () => {
    const { adopting, store } = adoptionWorld(shipped);

    await adopting.adopt('agpl', { key: 'operator', name: 'Head of the OSPO' });
    const { problems, events } = await verified(store, 'agpl');

    expect(problems).toEqual([]);
    expect(events).toMatchObject([{ kind: 'adopted', actor: 'operator', from: null, to: { en: shipped[0]?.hash } }]);
    expect(JSON.stringify(events)).not.toContain('Head');
    const parts = await store.get(auditParts, events[0]?.id ?? '');
    expect(parts?.parts.name?.text).toBe('Head of the OSPO');
    expect(events.flatMap((event) => changedParts(event, parts))).toEqual([]);
  });

  it('adopts once, however often it is asked', async () => {
    const { adopting, store } = adoptionWorld(shipped);

    await adopting.adopt('agpl', lead);
    const again = await adopting.adopt('agpl', { key: 'U0OTHER' });

    expect(again).toMatchObject({ adopted: [], updates: [] });
    expect((await verified(store, 'agpl')).events).toHaveLength(1);
  });

  it('adopts each topic once when two people adopt everything at the same moment', async () => {
    const { adopting, store } = adoptionWorld(shipped);

    const outcomes = await Promise.all([adopting.adopt('all', lead), adopting.adopt('all', { key: 'U0OTHER' })]);

    const adopted = outcomes.flatMap((outcome) => topicsOf(outcome?.adopted) ?? []);
    expect([...adopted].sort()).toEqual(['agpl', 'fix', 'fix.cn', 'mit']);
    expect((await verified(store, 'agpl')).problems).toEqual([]);
  });

  it('counts what the organization has replaced as its own', async () => {
    const world = adoptionWorld(shipped);
    world.ship(shipped, ['mit.en.md', 'agpl.en.md']);

    const outcome = await world.adopting.adopt('using', lead);

    expect(topicsOf(outcome?.adopted)).toEqual(['agpl']);
    expect((await world.store.get(adoptions, 'agpl'))?.editions).toEqual({ 'zh-CN': shipped[1]?.hash });
    expect((await statesIn(world)).mit).toBe('own');
  });
});

describe('an update of what was adopted', () => {
  const before = '---\nid: agpl\nreviewed: 2026-11-01\n---\n**Ask first.**\n\nThe same.';
  const after = '---\nid: agpl\nreviewed: 2026-12-01\n---\n**Ask first.**\n\nThe same.\n\nMore.';
  const old = [shippedText('agpl', before)];
  const fresh = [shippedText('agpl', after)];

  async function updated(): Promise<World & { readonly outcome: Outcome | undefined }> {
    const world = adoptionWorld(old);
    await world.adopting.adopt('all', lead);
    world.ship(fresh);
    return { ...world, outcome: await world.adopting.adopt('all', lead) };
  }

  it('waits, and says what changed', async () => {
    const { outcome, store } = await updated();

    expect(outcome?.adopted).toEqual([]);
    expect(outcome?.updates[0]?.difference.split('\n')).toEqual([
      'knowledge/using/agpl.en.md',
      '- reviewed: 2026-11-01',
      '+ reviewed: 2026-12-01',
      '+ More.',
    ]);
    expect((await store.get(adoptions, 'agpl'))?.editions.en).toBe(old[0]?.hash);
  });

  it('is accepted by the seal of what was looked at, with an event of its own', async () => {
    const { adopting, store, outcome } = await updated();
    const seal = sealOf(outcome?.updates[0]?.standing as Standing);

    const accepted = await adopting.accept('agpl', seal, lead);
    await store.commit(accepted?.ops ?? []);

    const { problems, events } = await verified(store, 'agpl');
    expect(problems).toEqual([]);
    expect(events.map(({ from, to }) => ({ from, to }))).toEqual([
      { from: null, to: { en: old[0]?.hash } },
      { from: { en: old[0]?.hash }, to: { en: fresh[0]?.hash } },
    ]);
  });

  it('is not accepted when yet another text ships by now', async () => {
    const { adopting, outcome, ship } = await updated();
    ship([shippedText('agpl', 'Third')]);

    const accepted = await adopting.accept('agpl', sealOf(outcome?.updates[0]?.standing as Standing), lead);

    expect(accepted).toBeUndefined();
  });

  it('does not take adopting away when the file is no longer shipped', async () => {
    const { store, ship, adopting } = await updated();
    ship([]);

    const standings = await adopting.standings();

    expect(standings).toEqual([]);
    expect((await store.get(adoptions, 'agpl'))?.editions.en).toBe(old[0]?.hash);
  });

  it('waits for a language that is added later, and keeps the adopted one', async () => {
    const world = adoptionWorld(old);
    await world.adopting.adopt('all', lead);
    const chinese = shippedText('agpl', '新', { locale: 'zh-CN' });
    world.ship([...old, chinese]);

    const outcome = await world.adopting.adopt('agpl', lead);

    expect(outcome?.updates).toMatchObject([{ difference: `${chinese.file}\n+ 新` }]);
  });
});

describe('whatever happens in whatever order', () => {
  // A story: texts change, somebody adopts or accepts, the organization replaces files.
  const step = fc.oneof(
    fc.record({
      ship: fc.array(fc.record({ topic: fc.constantFrom('a', 'b'), text: fc.constantFrom('1', '2', '3') }), {
        maxLength: 2,
      }),
    }),
    fc.record({ adopt: fc.constantFrom('a', 'b', 'all') }),
    fc.record({ accept: fc.constantFrom('a', 'b') }),
  );

  it('an adopted text changes only by accepting, chains stay whole, every adopted text is kept', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const world = adoptionWorld([shippedText('a', '1'), shippedText('b', '1')]);
        for (const one of steps) {
          const before = await editionsIn(world.store);
          if ('ship' in one) {
            const texts = new Map(one.ship.map(({ topic, text }) => [topic, shippedText(topic, text)]));
            world.ship([...texts.values()]);
          } else if ('adopt' in one) await world.adopting.adopt(one.adopt, lead);
          else {
            const standing = (await world.adopting.standings()).find(({ topic }) => topic === one.accept);
            const accepted = standing && (await world.adopting.accept(one.accept, sealOf(standing), lead));
            if (accepted) await world.store.commit(accepted.ops);
          }
          const after = await editionsIn(world.store);
          if (!('accept' in one)) expect(after).toMatchObject(before);
        }
        for (const topic of ['a', 'b']) expect((await verified(world.store, topic)).problems).toEqual([]);
        for (const hash of Object.values(await editionsIn(world.store))) {
          expect(await world.store.get(editions, hash)).toBeDefined();
        }
      }),
      { seed: 20261122, numRuns: 80 },
    );
  });
});

async function editionsIn(store: Store): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const doc of store.scan(adoptions)) if (doc.editions.en) found[doc.id] = doc.editions.en;
  return found;
}

describe('a conflict', () => {
  it('with somebody who keeps the same text is tried again', async () => {
    const { adopting, store } = adoptionWorld(shipped);
    const [text] = shipped;
    if (!text) throw new Error('no text');
    const { topic, locale, file, hash } = text;
    // Kept between the look and the commit, as the running bot does.
    let interfering = true;
    const racing: Store = {
      ...store,
      async get(collection, id) {
        const found = await store.get(collection, id);
        if (interfering && collection.name === editions.name && id === hash) {
          interfering = false;
          await store.commit([put(editions, hash, { topic, locale, file, text: text.text, at: 1 }, 0)]);
        }
        return found;
      },
    };
    const other = createAdopting({
      store: racing,
      now: () => 1,
      shipped: async () => ({ texts: shipped, replaced: new Set() }),
    });

    const outcome = await other.adopt('agpl', lead);

    expect(topicsOf(outcome?.adopted)).toEqual(['agpl']);
    expect(topicsOf(await adopting.standings())).toContain('agpl');
  });
});
