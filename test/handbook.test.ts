import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAdopting } from '../src/adoption/adopting.ts';
import { sealOf } from '../src/adoption/adoption.ts';
import { editions, findByTopic, hashOf } from '../src/adoption/edition.ts';
import type { Article } from '../src/ask/article.ts';
import { OperatorError } from '../src/core/errors.ts';
import type { Log, Store } from '../src/core/ports.ts';
import { systemClock } from '../src/core/time.ts';
import { handbookKinds, type OpenHandbook, openHandbook } from '../src/handbook.ts';
import { type Layers, layerCollections, openLayers } from '../src/layers.ts';
import { createMemoryStore } from '../src/storage/memory-store.ts';
import { folderWith, writeFileAt } from './content/folder.ts';

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

const organization = `
name: Example
ospo:
  name: { en: Open Source Office, zh-CN: 开源办公室 }
  sla: { component: { en: Two days., zh-CN: 两天。 } }
roles: { compliance: ['@compliance'] }
offices: [{ id: berlin, name: { en: Berlin, zh-CN: 柏林 }, zone: Europe/Berlin }]
`;

const path = 'knowledge/using/agpl.en.md';

function english(short: string, more = ''): string {
  return `---
id: agpl
title: AGPL in a service
area: using
audience: [engineer]
owner: compliance
reviewed: 2026-11-01
reviewEvery: P6M
scope: a service we run
aliases: [can we use agpl]
sources: [{ title: The text, url: "https://example.com/text" }]
${more}---
**${short}**

{{ospo.sla.component}}
`;
}

interface World {
  readonly store: Store;
  readonly layers: Layers;
  readonly handbook: OpenHandbook;
  readonly shippedDir: string;
  readonly ownDir: string;
  agpl(): Article['editions']['en'] | undefined;
  /** Resolves when the short answer is this. */
  untilShort(short: string): Promise<void>;
}

/** A handbook over folders of its own, as the bot opens it. */
async function open(own: Readonly<Record<string, string>> = {}): Promise<World> {
  const shippedDir = await folderWith({ 'organization.yml': organization, [path]: english('First.') });
  const ownDir = await folderWith(own);
  const store = createMemoryStore(layerCollections);
  const layers = openLayers({ shippedFrom: shippedDir, contentDir: ownDir, store });
  const handbook = await openHandbook({ layers, kinds: handbookKinds, store, clock: systemClock, log: silent });
  onTestFinished(() => handbook.close());
  const agpl = () => handbook.current().base.articles.find(({ id }) => id === 'agpl')?.editions.en;
  return {
    ...{ store, layers, handbook, shippedDir, ownDir, agpl },
    untilShort: (short) => expect.poll(() => agpl()?.short, { timeout: 8_000 }).toBe(short),
  };
}

function adoptingIn({ store, layers }: World) {
  return createAdopting({ store, now: systemClock.now, shipped: () => layers.shipped(systemClock.now()) });
}

const lead = { key: 'U0LEAD' };

describe('the handbook in force', () => {
  it('marks what ships as starter text until it is adopted, and swaps at once', async () => {
    const world = await open();

    const before = world.agpl()?.starter;
    await adoptingIn(world).adopt('agpl', lead);
    await expect.poll(() => world.agpl()?.starter, { timeout: 8_000 }).toBeUndefined();

    expect(before).toBe(true);
    expect(world.agpl()?.short).toBe('First.');
  });

  it('keeps the adopted text when another one ships, until that one is accepted', async () => {
    const world = await open();
    const adopting = adoptingIn(world);
    await adopting.adopt('all', lead);
    await expect.poll(() => world.agpl()?.starter, { timeout: 8_000 }).toBeUndefined();

    await writeFileAt(world.shippedDir, path, english('Second.'));
    await world.handbook.content.reload();
    const kept = world.agpl();
    const [standing] = await adopting.standings();
    const accepted = standing && (await adopting.accept('agpl', sealOf(standing), lead));
    await world.store.commit(accepted?.ops ?? []);
    await world.untilShort('Second.');

    expect(kept).toMatchObject({ short: 'First.', hash: hashOf(english('First.')) });
    expect(kept?.starter).toBeUndefined();
    expect(standing?.state).toBe('changed');
    expect(world.agpl()?.starter).toBeUndefined();
  });

  it('keeps the adopted text when it is no longer shipped', async () => {
    const world = await open();
    await adoptingIn(world).adopt('all', lead);
    await expect.poll(() => world.agpl()?.starter, { timeout: 8_000 }).toBeUndefined();

    await writeFileAt(world.shippedDir, path, '---\nid: agpl\ndisabled: true\n---\n');
    await world.handbook.content.reload();

    expect(world.agpl()?.short).toBe('First.');
  });

  it('takes the text of the organization over an adopted one, and never calls it starter text', async () => {
    const world = await open();
    await adoptingIn(world).adopt('all', lead);

    await writeFileAt(world.ownDir, path, english('Ours.'));
    await world.untilShort('Ours.');
    const [standing] = await adoptingIn(world).standings();

    expect(world.agpl()?.starter).toBeUndefined();
    expect(standing?.state).toBe('own');
  });

  it('calls a byte for byte copy in the own folder adopted', async () => {
    const world = await open({ [path]: english('First.') });

    const edition = world.agpl();

    expect(edition?.short).toBe('First.');
    expect(edition?.starter).toBeUndefined();
  });

  it('stays on the last good text of the organization while its file is broken', async () => {
    const world = await open({ [path]: english('Ours.') });

    await writeFileAt(world.ownDir, path, 'broken');
    await world.handbook.content.reload();

    expect(world.agpl()).toMatchObject({ short: 'Ours.' });
    expect(world.agpl()?.starter).toBeUndefined();
  });
});

describe('a change while questions come in', () => {
  it('leaves the old texts in force, and everything else its turn, until the new handbook is whole', async () => {
    const many = Array.from({ length: 30 }, (_, n) => `knowledge/using/more-${n}.en.md`);
    const world = await open();
    const before = world.handbook.content.current();
    const articles = () => world.handbook.current().base.articles.length;
    const seen: number[] = [];
    // From before the first file: on a busy machine the watcher may be quicker than the writing.
    const watching = (async () => {
      while (articles() <= many.length) {
        if (world.handbook.content.current() !== before) seen.push(articles());
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();

    for (const [n, file] of many.entries()) {
      await writeFileAt(world.ownDir, file, english(`More ${n}.`).replace('id: agpl', `id: more-${n}`));
    }
    await world.handbook.content.reload();
    await watching;

    expect(seen.length).toBeGreaterThan(many.length);
    expect(articles()).toBe(many.length + 1);
  });

  it('takes changes that come meanwhile together', async () => {
    const world = await open();
    const seen: (string | undefined)[] = [];
    world.handbook.changed(() => seen.push(world.agpl()?.short));

    await writeFileAt(world.ownDir, path, english('Second.'));
    const first = world.handbook.content.reload();
    await writeFileAt(world.ownDir, path, english('Third.'));
    await writeFileAt(world.ownDir, path, english('Fourth.'));
    await Promise.all([first, ...Array.from({ length: 5 }, () => world.handbook.content.reload())]);

    expect(seen.length).toBeLessThanOrEqual(2);
    expect(seen.at(-1)).toBe('Fourth.');
  });
});

describe('texts that were in force', () => {
  it('are all kept, byte for byte', async () => {
    const world = await open();
    const texts = ['Second.', 'Third.'].map((short) => english(short));

    for (const text of texts) {
      await writeFileAt(world.ownDir, path, text);
      await world.handbook.content.reload();
    }
    await world.handbook.close();

    const kept = await findByTopic(world.store, 'agpl');
    expect(kept.map(({ text }) => text).toSorted()).toEqual([english('First.'), ...texts].toSorted());
    expect(kept.every(({ id, text }) => id === hashOf(text))).toBe(true);
  });

  it('can be shown again, in the words of the organization', async () => {
    const world = await open();
    const version = hashOf(english('First.')).slice(0, 8);
    await writeFileAt(world.ownDir, path, english('Second.'));
    await world.untilShort('Second.');

    await expect
      .poll(() => world.handbook.pastEdition(version), { timeout: 8_000 })
      .toMatchObject({ short: 'First.', body: 'Two days.' });
    expect(await world.handbook.pastEdition('00000000')).toBeUndefined();
  });

  it('keep a byte order mark and foreign line ends, since the hash is of the bytes', async () => {
    const odd = `\ufeff${english('Odd.').replaceAll('\n', '\r\n')}`;
    const world = await open({ [path]: odd });

    await world.handbook.close();

    expect((await world.store.get(editions, hashOf(odd)))?.text).toBe(odd);
  });
});

describe('without the file of the organization', () => {
  const layersOver = async (files: Readonly<Record<string, string>>) =>
    openLayers({ shippedFrom: await folderWith(files), contentDir: undefined, store: undefined });
  const openOver = (layers: Layers) =>
    openHandbook({
      layers,
      kinds: handbookKinds,
      store: createMemoryStore(layerCollections),
      clock: systemClock,
      log: silent,
    });

  it.each([
    ['it is missing', {}, 'is missing.'],
    ['it is broken', { 'organization.yml': 'name: 5\n' }, 'organization.yml'],
  ])('nothing starts, and it says why: %s', async (_, files, words) => {
    const opening = openOver(await layersOver({ ...files, [path]: english('First.') }));

    await expect(opening).rejects.toThrow(OperatorError);
    await expect(opening).rejects.toThrow(words);
  });

  it('a running bot stays on what it knows', async () => {
    const world = await open();

    await rm(join(world.shippedDir, 'organization.yml'));
    await world.handbook.content.reload();

    expect(world.handbook.current().organization.name).toBe('Example');
    expect(world.agpl()?.short).toBe('First.');
  });
});
