import { beforeAll, describe, expect, it } from 'vitest';
import { declared } from '../src/features.ts';
import {
  cyclesAmong,
  edgesOf,
  folderOf,
  type Module,
  parseModule,
  readModules,
  webApiMethods,
} from './architecture/modules.ts';
import {
  forbiddenCalls,
  forbiddenGlobals,
  forbiddenImports,
  houseFolders,
  isFeature,
  roleOf,
} from './architecture/rules.ts';

let modules: readonly Module[];
beforeAll(async () => {
  modules = await readModules();
});
const paths = () => modules.map((module) => module.path);
const featureFolders = () => [...new Set(paths().map(folderOf))].filter(isFeature);

describe('the reader', () => {
  it('sees the whole house', () => {
    const folders = new Set(paths().map(folderOf));

    expect(modules.length).toBeGreaterThan(100);
    expect([...folders]).toEqual(expect.arrayContaining([...houseFolders, 'ask', 'handoffs', 'home']));
    expect(modules.filter((module) => module.imports.length > 0).length).toBeGreaterThan(modules.length / 2);
    expect(webApiMethods.length).toBeGreaterThan(200);
  });

  it('finds every kind of import, and none in text', async () => {
    const { imports } = await parseModule(
      'ask/planted.ts',
      [
        "import type { A } from '../core/a.ts';",
        'import type {',
        '  B,',
        "} from './b.ts';",
        "import { type C, c } from '@slack/web-api/dist/c';",
        "import 'yaml';",
        "export type { D } from '../d.ts';",
        "export * from './e.ts';",
        "// import { no } from './comment.ts';",
        'const text = "import { no } from \'./string.ts\'";',
        "export const later = () => import('node:fs');",
        'export { c, text };',
      ].join('\n'),
    );

    expect(new Map(imports.map(({ target, typesOnly }) => [target, typesOnly]))).toEqual(
      new Map([
        ['@slack/web-api', false],
        ['yaml', false],
        ['ask/e.ts', false],
        ['node:fs', false],
        ['core/a.ts', true],
        ['ask/b.ts', true],
        ['d.ts', true],
      ]),
    );
  });

  it.each([
    ['export const a = process.env.HOME;', ['process']],
    ['export const a = Date.now();', ['Date.now']],
    ['export const a = new Date();', ['new Date()']],
    ['export const a = new Date;', ['new Date()']],
    ['setTimeout(() => undefined, 1);', ['setTimeout']],
    ['setInterval(() => undefined, 1);', ['setInterval']],
    ['export const a = performance.now();', ['performance']],
    ['export const f = setTimeout;', ['setTimeout']],
    ['export const a = new Date(5).getTime() + Date.UTC(2026, 0);', []],
    ['// process.exit(1)\nexport const a = "Date.now()";', []],
    ['export const f = (process: { env: string }) => process.env;', []],
    ['export const f = (clock: { setTimeout(ms: number): void }) => clock.setTimeout(1);', []],
  ])('knows a global from what only looks like one: %s', async (text, expected) => {
    const { globals } = await parseModule('ask/planted.ts', text);

    expect(globals).toEqual(expected);
  });

  it.each([
    ['await client.chat.postMessage({ channel: "C1" });', ['chat.postMessage']],
    ['await client.usergroups.users.list({ usergroup: "S1" });', ['usergroups.users.list']],
    ['await client\n  .assistant.threads.setSuggestedPrompts({});', ['assistant.threads.setSuggestedPrompts']],
    ["for await (const page of client.paginate('users.list', {})) console.log(page);", ['users.list']],
    ['// client.chat.delete()', []],
  ])('finds calls of the Web API: %s', async (text, expected) => {
    const { calls } = await parseModule('slack/planted.ts', `declare const client: never;\n${text}`);

    expect(calls).toEqual(expected);
  });
});

describe('who may import whom', () => {
  it('holds everywhere', () => {
    expect(modules.flatMap(forbiddenImports)).toEqual([]);
  });

  it.each([
    ['core/planted.ts', "import { put } from '../storage/engine.ts';"],
    ['core/planted.ts', "import { readFile } from 'node:fs/promises';"],
    ['core/planted.ts', "import { section } from '@slack/types';"],
    ['ask/rank.ts', "import { openStore } from '../storage/file-store.ts';"],
    ['ask/rank.ts', "import { readFile } from 'node:fs';"],
    ['ask/rank.ts', "import { decide } from '../handoffs/moves.ts';"],
    ['ask/rank.ts', "import { replyMessage } from './views.ts';"],
    ['ask/rank.ts', "import fuse from 'fuse.js';"],
    ['ask/views.ts', "import { createOutbound } from '../slack/outbound.ts';"],
    ['ask/views.ts', "import { createAsk } from './ask.ts';"],
    ['ask/ask.ts', "import { App } from '@slack/bolt';"],
    ['ask/ask.ts', "import type { Handoffs } from '../handoffs/handoffs.ts';"],
    ['ask/listeners.ts', "import { WebClient } from '@slack/web-api';"],
    ['ask/listeners.ts', "import { createMemoryStore } from '../storage/memory-store.ts';"],
    ['content/read.ts', "import { articleContent } from '../ask/knowledge.ts';"],
    ['people/derive.ts', "import { changeOf } from '../slack/directory.ts';"],
    ['slack/gate.ts', "import { texts } from '../ask/texts.ts';"],
    ['slack/directory.ts', "import { derive } from '../people/derive.ts';"],
    ['slack/gate.ts', "import { createSender } from '../delivery/sender.ts';"],
    ['storage/engine.ts', "import { questions } from '../ask/question.ts';"],
    ['delivery/courier.ts', "import { WebClient } from '@slack/web-api';"],
    ['playground/server.ts', "import { createApp } from '../app.ts';"],
    ['cli/ask.ts', "import { createAsk } from '../ask/ask.ts';"],
    ['cli/ask.ts', "import { startWorkspace } from '../playground/workspace.ts';"],
    ['main.ts', "import { openStore } from './storage/file-store.ts';"],
    ['app.ts', "import { startWorkspace } from './playground/workspace.ts';"],
    ['planted.ts', 'export const a = 1;'],
  ])('%s may not: %s', async (path, text) => {
    const planted = await parseModule(path, text);

    expect(forbiddenImports(planted)).toHaveLength(1);
  });

  it.each([
    ['core/planted.ts', "import type { KnownBlock } from '@slack/types';"],
    ['core/business-time.ts', "import { Temporal } from 'temporal-polyfill';"],
    ['slack/directory.ts', "import type { SlackDirectory } from '../people/slack-directory.ts';"],
    ['cli/ask.ts', "import type { Handbook } from '../ask/ask.ts';"],
  ])('%s may: %s', async (path, text) => {
    const planted = await parseModule(path, text);

    expect(forbiddenImports(planted)).toEqual([]);
  });

  it('leaves no circle between folders, nor between modules', () => {
    expect(cyclesAmong(edgesOf(modules, folderOf))).toEqual([]);
    expect(cyclesAmong(edgesOf(modules))).toEqual([]);
  });

  it('sees a circle', () => {
    const imports = (target: string) => [{ target, typesOnly: false }];
    const rest = { lines: 1, globals: [], calls: [] };
    const planted = [
      { path: 'a/one.ts', imports: imports('b/two.ts'), ...rest },
      { path: 'b/two.ts', imports: imports('a/three.ts'), ...rest },
      { path: 'a/three.ts', imports: [], ...rest },
    ];

    expect(cyclesAmong(edgesOf(planted))).toEqual([]);
    expect(cyclesAmong(edgesOf(planted, folderOf))).toEqual([['a', 'b', 'a']]);
  });
});

describe('one place for each effect', () => {
  it('only what starts a process touches it, and only core/time.ts reads a clock', () => {
    expect(modules.flatMap(forbiddenGlobals)).toEqual([]);
  });

  it('only outbound.ts, modal.ts and file-copies.ts write to Slack', () => {
    const calls = modules.flatMap((module) => module.calls);

    expect(modules.flatMap(forbiddenCalls)).toEqual([]);
    expect(calls).toEqual(expect.arrayContaining(['chat.postMessage', 'views.open', 'users.list']));
  });

  it('sees who breaks it', async () => {
    const gate = await parseModule(
      'slack/gate.ts',
      'export const f = (client: any) => client.chat.postMessage({ text: String(process.pid + Date.now()) });',
    );
    const directory = await parseModule(
      'slack/directory.ts',
      'export const f = (client: any) => client.users.setPresence({});',
    );

    expect(forbiddenGlobals(gate)).toEqual(['slack/gate.ts uses process', 'slack/gate.ts uses Date.now']);
    expect(forbiddenCalls(gate)).toEqual(['slack/gate.ts calls chat.postMessage']);
    expect(forbiddenCalls(directory)).toEqual(['slack/directory.ts calls users.setPresence']);
  });
});

describe('features', () => {
  it('have the files that every feature has', () => {
    const missing = featureFolders().flatMap((folder) =>
      ['feature.ts', 'texts.ts', 'views.ts']
        .filter((name) => !paths().includes(`${folder}/${name}`))
        .map((name) => `${folder}/${name}`),
    );
    const withoutUseCases = featureFolders().filter(
      (folder) => !paths().some((path) => folderOf(path) === folder && roleOf(path) === 'uses'),
    );

    expect(missing).toEqual([]);
    expect(withoutUseCases).toEqual([]);
  });

  it('are all listed in features.ts', () => {
    const features = modules.find((module) => module.path === 'features.ts');
    const imported = features?.imports.map(({ target }) => target) ?? [];

    const forgotten = featureFolders().filter((folder) => !imported.includes(`${folder}/feature.ts`));

    expect(forgotten).toEqual([]);
    expect(declared.map(({ name }) => name).toSorted()).toEqual(featureFolders().toSorted());
  });
});

describe('length', () => {
  // Words in two languages are long and simple; splitting them would only hide half of them.
  const longer: readonly string[] = [];

  it('no file is over 400 lines', () => {
    const tooLong = modules.filter(({ lines, path }) => lines > 400 && !longer.includes(path));

    expect(tooLong.map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });
});
