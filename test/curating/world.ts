import { expect, onTestFinished } from 'vitest';
import { pastQuestions } from '../../src/ask/past.ts';
import { forgetQuestions, type Question, questions } from '../../src/ask/question.ts';
import { auditEvents, auditParts } from '../../src/core/audit.ts';
import type { Locale } from '../../src/core/i18n.ts';
import type { AnsweredQuestion, Manuscripts } from '../../src/core/links.ts';
import { type Log, type Op, type People, type Person, type PersonId, put, type Store } from '../../src/core/ports.ts';
import { type MovableClock, movableClock } from '../../src/core/time.ts';
import { type Counting, createCounting } from '../../src/curating/counting.ts';
import { type Curating, createCurating, type Written } from '../../src/curating/curating.ts';
import { curatingDeclared } from '../../src/curating/feature.ts';
import { createGapList, type GapList } from '../../src/curating/gap-list.ts';
import { createReviewing, type Reviewing } from '../../src/curating/reviewing.ts';
import { createSettling, type Settling } from '../../src/curating/settling.ts';
import { handbookKinds, type OpenHandbook, openHandbook } from '../../src/handbook.ts';
import { layerCollections, openLayers } from '../../src/layers.ts';
import { createManuscripts, meaningsOf } from '../../src/manuscripts.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { folderWith, writeFileAt } from '../content/folder.ts';

/** Monday, 23 November 2026, 10:00 in Berlin. */
export const start = Date.UTC(2026, 10, 23, 9);
export const day = 24 * 60 * 60_000;

export const ana = 'U0ANA00001' as PersonId;
export const bo = 'U0BO000001' as PersonId;
export const lex = 'U0LEX00001' as PersonId;
export const mei = 'U0MEI00001' as PersonId;

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

function person(id: PersonId, roles: readonly string[], more: Partial<Person> = {}): Person {
  return { id, name: id, locale: 'en', zone: 'Europe/Berlin', active: true, guest: false, roles, ...more };
}

/** Ana and Bo are the office, Lex is legal, Mei asks. */
export const everybody: readonly Person[] = [
  person(ana, ['ospo']),
  person(bo, ['ospo']),
  person(lex, ['legal']),
  person(mei, [], { unit: 'payments', zone: 'Asia/Shanghai' }),
];

const organization = `
name: Example
ospo:
  name: { en: Open Source Office, zh-CN: 开源办公室 }
  channel: C0SPO00001
roles: { ospo: ['@ospo'], legal: ['@legal'] }
offices: [{ id: berlin, name: { en: Berlin, zh-CN: 柏林 }, zone: Europe/Berlin }]
`;

const desks = `
- id: it
  name: { en: the IT desk, zh-CN: IT 服务台 }
  aliases: { en: [my laptop is broken], zh-CN: [电脑坏了] }
`;

export const file = 'knowledge/using/agpl.en.md';

/** An article that ships; its front matter has comments and styles that no program would write. */
export const shipped = `---
id: agpl
title: AGPL in a service
area: using
audience: [engineer]   # who it is for
owner: legal
reviewed: 2026-05-30
reviewEvery: P6M
licenses: [AGPL-3.0-only]
tags: [agpl, "network copyleft"]
approved: { role: legal, on: 2026-05-30 }
# How people ask.
aliases:
  - can we use agpl
  - affero in our service
scope: a service we run
next: { request: component, prefill: { useCase: server } }
sources:
  - title: The text
    url: https://example.com/text
---
**Ask first.**

It has one more duty.
`;

export interface World {
  readonly store: Store;
  readonly clock: MovableClock;
  readonly handbook: OpenHandbook;
  readonly manuscripts: Manuscripts;
  readonly curating: Curating;
  readonly gaps: GapList;
  readonly reviewing: Reviewing;
  readonly settling: Settling;
  readonly counting: Counting;
  readonly ownDir: string;
  commit(ops: readonly Op[]): Promise<void>;
  /** Writes into the organization's folder, and reads it. */
  own(path: string, text: string): Promise<void>;
  /** What a file says that is in force. */
  text(path: string): Promise<string | undefined>;
  asked(id: string, text: string, more?: Partial<Question>): Promise<void>;
  /** As after 90 days. */
  forget(...ids: readonly string[]): Promise<void>;
}

export async function open(
  options: {
    readonly people?: readonly Person[];
    readonly answered?: Readonly<Record<string, AnsweredQuestion>>;
    readonly own?: Readonly<Record<string, string>>;
    /** Whose budget of unasked messages is spent. */
    readonly spent?: ReadonlySet<string>;
  } = {},
): Promise<World> {
  const all = options.people ?? everybody;
  const people: People = {
    get: (id) => all.find((one) => one.id === id),
    withRole: (role) => all.filter((one) => one.roles.includes(role)),
    all: () => all,
  };
  const shippedFrom = await folderWith({
    'organization.yml': organization,
    'knowledge/desks.yml': desks,
    [file]: shipped,
  });
  const ownDir = await folderWith(options.own ?? {});
  const clock = movableClock(start);
  const store = createMemoryStore([
    ...layerCollections.filter(({ name }) => !curatingDeclared.collections.some((one) => one.name === name)),
    ...curatingDeclared.collections,
    ...[questions, auditEvents, auditParts].filter(({ name }) => !layerCollections.some((one) => one.name === name)),
  ]);
  const layers = openLayers({ shippedFrom, contentDir: ownDir, store });
  const handbook = await openHandbook({ layers, kinds: handbookKinds, store, clock, log: silent });
  onTestFinished(() => handbook.close());
  const manuscripts = createManuscripts({ layers, handbook: handbook.current });
  const deps = {
    store,
    clock,
    people,
    log: silent,
    organization: () => handbook.current().organization,
    manuscripts,
    meanings: meaningsOf(handbook.current),
    past: pastQuestions(store),
    answered: async (id: string) => options.answered?.[id],
  };
  const gaps = createGapList(deps);
  const world: World = {
    store,
    clock,
    handbook,
    manuscripts,
    gaps,
    ownDir,
    curating: createCurating({ ...deps, examples: (id) => gaps.examples(id, 10) }),
    reviewing: createReviewing({
      ...deps,
      gaps,
      spend: async (person) => (options.spent?.has(person) ? undefined : []),
    }),
    settling: createSettling(deps),
    counting: createCounting(deps),
    async commit(ops) {
      await store.commit(ops);
      await handbook.content.reload();
    },
    async own(path, text) {
      await writeFileAt(ownDir, path, text);
      await handbook.content.reload();
    },
    text: async (path) => layers.textOf(path),
    async asked(id, text, more = {}) {
      const question: Question = {
        person: mei,
        text,
        locale: 'en',
        at: clock.now(),
        via: 'conversation',
        outcome: 'unknown',
        offered: [],
        corrections: [],
        ...more,
      };
      await store.commit([put(questions, id, question, 0)]);
    },
    async forget(...ids) {
      const job = forgetQuestions(world.counting.lastLook);
      for (const id of ids) {
        const question = await store.get(questions, id);
        if (question) await store.commit((await job.run(question, clock.now())).ops);
      }
    },
  };
  return world;
}

/** What the form of a new article gives. */
export function written(more: Partial<Written> & { readonly locale?: Locale } = {}): Written {
  return {
    article: 'stickers',
    locale: 'en',
    words: {
      title: 'Stickers with our mascot',
      scope: 'small gifts for meetups',
      short: 'Yes: order them from the brand team.',
      body: 'They send up to 200.\n\nWhat to do next: fill in the form.',
      aliases: ['where do I get stickers', 'may I give away stickers'],
    },
    facts: { area: 'people', owner: 'ospo', sources: [{ title: 'Brand', url: 'https://example.com/brand' }] },
    ...more,
  };
}

/** Writes, saves and submits as Ana; returns the id and the revision that waits for review. */
export async function submitted(
  world: World,
  origin: Parameters<Curating['begin']>[1] = { kind: 'blank' },
  ...texts: readonly Written[]
): Promise<{ readonly id: string; readonly revision: number }> {
  const { draft, ops } = await world.curating.begin('D1', origin, ana);
  if (ops.length > 0) await world.commit(ops);
  let revision = draft.revision;
  for (const text of texts.length > 0 ? texts : [written()]) {
    const saved = await world.curating.save({ id: draft.id, origin, revision }, ana, text);
    if ('problems' in saved) expect.fail(JSON.stringify(saved.problems));
    await world.commit(saved.ops);
    ({ revision } = saved.draft);
  }
  const done = await world.curating.move(draft.id, ana, { kind: 'submit', revision });
  await world.commit(done.ops);
  return { id: draft.id, revision };
}
