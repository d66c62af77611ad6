import { folderOf, type Module } from './modules.ts';

/** The parts of a feature, by the name of the file. */
export type Role = 'wiring' | 'listeners' | 'uses' | 'views' | 'pure';

/** One thing that a row of the table may import. */
interface Allowance {
  /** A file, a folder (with its slash), a package, `own:<role>` of the same feature, `feature:<role>` of any. */
  readonly to: string;
  readonly as?: 'types';
  /** Only in these files. */
  readonly in?: readonly string[];
}

interface Row {
  readonly name: string;
  matches(path: string): boolean;
  readonly may: readonly Allowance[];
}

/** What is no feature: everything else right below src is one. */
export const houseFolders = [
  'auditing',
  'cli',
  'content',
  'core',
  'delivery',
  'licenses',
  'people',
  'playground',
  'receiving',
  'slack',
  'storage',
] as const;

const viewFiles = /(?:^|-)views?(?:-parts)?\.ts$|^(?:modals|forms|look)\.ts$|(?:^|-)samples\.ts$/;

export function isFeature(folder: string): boolean {
  return !folder.endsWith('.ts') && !houseFolders.some((house) => house === folder);
}

/** Use cases beside `<feature>.ts`; where the noun has the feature's name, its file is pure. */
const useCases = [
  'adoption/adopting.ts',
  'announcements/cards.ts',
  'announcements/desks.ts',
  'announcements/forget.ts',
  'announcements/home.ts',
  'announcements/news.ts',
  'announcements/pages.ts',
  'announcements/reaching.ts',
  'announcements/reading.ts',
  'announcements/sending-rows.ts',
  'ask/policy.ts',
  'curating/cards.ts',
  'curating/counting.ts',
  'curating/gap-list.ts',
  'curating/home.ts',
  'curating/reviewing.ts',
  'curating/settling.ts',
  'handoffs/cards.ts',
  'handoffs/home.ts',
  'licensing/sboms.ts',
  'reminders/cards.ts',
  'reminders/home.ts',
  'mentorship/cards.ts',
  'mentorship/helping.ts',
  'mentorship/home.ts',
  'mentorship/pairing.ts',
  'mentorship/source.ts',
  'requests/cards.ts',
  'requests/decide.ts',
  'requests/drafts.ts',
  'requests/find.ts',
  'requests/following.ts',
  'requests/form-filling.ts',
  'requests/form-keeping.ts',
  'requests/form-waiting.ts',
  'requests/handing-out.ts',
  'requests/home.ts',
  'requests/register.ts',
  'requests/standings.ts',
  'requests/thread.ts',
  'training/cards.ts',
  'training/completions.ts',
  'training/desk.ts',
  'training/leading.ts',
  'training/roll.ts',
  'training/sweeping.ts',
];
const nouns = ['adoption/adoption.ts'];

/** The part of its feature that a file is. */
export function roleOf(path: string): Role {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'feature.ts') return 'wiring';
  if (/(?:^|-)listeners\.ts$/.test(name)) return 'listeners';
  if (useCases.includes(path)) return 'uses';
  if (name === `${folderOf(path)}.ts` && !nouns.includes(path)) return 'uses';
  return viewFiles.test(name) ? 'views' : 'pure';
}

const all = (...names: readonly string[]): readonly Allowance[] => names.map((to) => ({ to }));
const types = (...names: readonly string[]): readonly Allowance[] => names.map((to) => ({ to, as: 'types' }));
const only = (files: readonly string[], ...names: readonly string[]): readonly Allowance[] =>
  names.map((to) => ({ to, in: files }));

const inFolder = (folder: string) => (path: string) => folderOf(path) === folder;
const inFiles =
  (...files: readonly string[]) =>
  (path: string) =>
    files.includes(path);
const asRole = (role: Role) => (path: string) => isFeature(folderOf(path)) && roleOf(path) === role;

/** Who may import whom; docs/architecture.md says why. The first row that matches a file holds. */
const table: readonly Row[] = [
  {
    name: 'core',
    matches: inFolder('core'),
    may: [
      ...all('core/', 'zod'),
      ...types('@slack/types'),
      ...only(['core/business-time.ts'], 'temporal-polyfill'),
      ...only(['core/audit.ts', 'core/signing.ts'], 'node:crypto'),
      ...only(['core/csv.ts'], 'csv-stringify'),
    ],
  },
  {
    // What is known of licenses belongs to no feature; this one is the voice of it.
    name: 'pure files of licensing',
    matches: (path) => folderOf(path) === 'licensing' && roleOf(path) === 'pure',
    may: all('core/', 'licenses/', 'own:pure', 'zod'),
  },
  {
    name: 'pure files of a feature',
    matches: asRole('pure'),
    may: [
      ...all('core/', 'own:pure', 'zod', 'node:crypto'),
      ...all('licenses/expression.ts'),
      ...only(['ask/atoms.ts', 'ask/correct.ts'], 'stemmer'),
      ...only(['ask/correct.ts'], 'fuse.js'),
      ...only(['requests/purl.ts'], 'packageurl-js'),
      ...only(['ask/common-words.ts'], 'node:module'),
    ],
  },
  {
    name: 'views',
    matches: asRole('views'),
    may: [
      ...all('core/', 'own:pure', 'own:views', 'slack/blocks.ts', 'slack/render.ts', 'slack/escape.ts', 'zod'),
      ...only(['licensing/sbom-views.ts', 'licensing/samples.ts'], 'licenses/'),
      ...types('@slack/types', 'feature.ts'),
    ],
  },
  {
    name: 'use cases',
    matches: asRole('uses'),
    may: [
      ...all('core/', 'own:pure', 'own:views', 'own:uses', 'zod'),
      ...types('@slack/types', 'feature.ts'),
      ...only(['licensing/licensing.ts', 'licensing/sboms.ts'], 'licenses/'),
    ],
  },
  {
    name: 'listeners',
    matches: asRole('listeners'),
    may: [
      ...all('core/', 'own:pure', 'own:views', 'own:uses', 'feature.ts', 'zod'),
      ...types('slack/blocks.ts', '@slack/types'),
    ],
  },
  {
    name: 'wiring of a feature',
    matches: asRole('wiring'),
    may: [
      ...all('core/', 'own:pure', 'own:views', 'own:uses', 'own:listeners', 'slack/blocks.ts', 'zod'),
      ...types('feature.ts', '@slack/types'),
      { to: 'licenses/', as: 'types', in: ['licensing/feature.ts'] },
    ],
  },
  {
    name: 'licenses',
    matches: inFolder('licenses'),
    may: [
      ...all('core/', 'licenses/', 'zod'),
      ...only(['licenses/spdx.ts'], 'node:module'),
      ...only(['licenses/json-steps.ts'], '@streamparser/json'),
    ],
  },
  {
    name: 'content',
    matches: inFolder('content'),
    may: all(
      'core/',
      'content/',
      'yaml',
      'js-yaml',
      'chokidar',
      'node:crypto',
      'node:fs',
      'node:fs/promises',
      'node:path',
    ),
  },
  {
    name: 'people',
    matches: inFolder('people'),
    may: all('core/', 'people/', 'zod', 'csv-parse', 'node:fs/promises', 'node:path', 'node:util'),
  },
  {
    name: 'slack',
    matches: inFolder('slack'),
    may: [
      ...all('core/', 'slack/', 'zod', '@slack/bolt', '@slack/web-api', '@slack/types'),
      ...only(['slack/render-parse.ts'], 'mdast-util-from-markdown', 'mdast-util-to-string'),
      ...types('feature.ts', 'mdast'),
      { to: 'node:http', as: 'types', in: ['slack/connect.ts'] },
      { to: 'people/slack-directory.ts', as: 'types', in: ['slack/directory.ts'] },
    ],
  },
  {
    name: 'storage',
    matches: inFolder('storage'),
    may: all('core/', 'storage/', 'lowdb', 'fs-native-extensions', 'node:fs/promises', 'node:path', 'node:zlib').concat(
      // setImmediate, to leave room for others between slices; timers of it are held by the rule on clocks.
      all('node:timers/promises'),
    ),
  },
  {
    name: 'auditing',
    matches: inFolder('auditing'),
    may: all('core/', 'auditing/', 'zod', 'node:crypto', 'node:fs/promises', 'node:path'),
  },
  {
    name: 'delivery',
    matches: inFolder('delivery'),
    may: [...all('core/', 'delivery/', 'zod', 'node:events'), ...only(['delivery/webhook.ts'], 'node:fs/promises')],
  },
  {
    name: 'receiving',
    matches: inFolder('receiving'),
    may: all('core/', 'receiving/', 'zod', 'node:crypto', 'node:http'),
  },
  {
    name: "the playground's page",
    matches: (path) => path.startsWith('playground/page/'),
    may: [
      ...all('playground/page/', 'react', 'react-dom', 'slack-blocks-to-jsx'),
      ...all('playground/json.ts', 'playground/blocks.ts'),
      ...types('playground/', '@slack/types', 'core/'),
    ],
  },
  {
    name: 'playground',
    matches: inFolder('playground'),
    may: [
      ...all(
        'core/',
        'playground/',
        'zod',
        'ws',
        'yaml',
        'esbuild',
        'node:child_process',
        'node:crypto',
        'node:events',
      ),
      ...all('node:fs', 'node:fs/promises', 'node:http', 'node:net', 'node:os', 'node:path', 'node:readline'),
      ...all('node:readline/promises'),
      ...all('node:stream', 'node:url', 'node:util'),
      ...only(['playground/bot.ts'], 'app.ts', 'cli/gallery.ts', 'config.ts', 'log.ts', 'storage/file-store.ts'),
      ...only(['playground/playground.ts'], 'storage/file-store.ts'),
    ],
  },
  {
    name: 'command line',
    matches: inFolder('cli'),
    may: [
      ...all(
        'core/',
        'cli/',
        'app.ts',
        'config.ts',
        'examination.ts',
        'features.ts',
        'handbook.ts',
        'layers.ts',
        'manuscripts.ts',
        'log.ts',
        'commander',
        'zod',
        'yaml',
      ),
      ...all(
        'auditing/',
        'storage/',
        'content/',
        'licenses/',
        'feature:pure',
        'feature:views',
        'node:events',
        'node:fs/promises',
        'node:path',
        'node:readline',
        'node:url',
      ),
      ...only(['cli/csv-table.ts'], 'csv-parse'),
      ...only(['cli/requests-import.ts', 'cli/training.ts'], 'people/known.ts'),
      ...only(['cli/requests-coverage.ts'], 'people/known.ts'),
      ...types('feature.ts', 'feature:uses'),
    ],
  },
  { name: 'what a feature is', matches: inFiles('feature.ts'), may: types('core/', '@slack/types') },
  {
    name: 'configuration',
    matches: inFiles('config.ts'),
    may: [...all('core/', 'zod', 'node:path'), ...types('slack/connect.ts', 'delivery/webhook.ts')],
  },
  { name: 'log', matches: inFiles('log.ts'), may: [...all('pino', 'zod'), ...types('core/', 'config.ts')] },
  {
    name: 'handbook',
    matches: inFiles('handbook.ts', 'layers.ts', 'manuscripts.ts'),
    may: [
      ...all(
        'core/',
        'content/',
        'licenses/',
        'handbook.ts',
        'layers.ts',
        'manuscripts.ts',
        'feature:pure',
        'node:fs/promises',
        'node:url',
      ),
      ...types('feature:uses'),
    ],
  },
  {
    name: 'what features know of each other',
    matches: inFiles('links.ts'),
    may: [...all('core/', 'feature:pure'), ...types('feature:uses')],
  },
  {
    name: 'examination of the workspace',
    matches: inFiles('examination.ts'),
    may: [...all('core/', 'people/', 'slack/', 'node:path'), ...types('config.ts')],
  },
  {
    name: 'start and stop',
    matches: inFiles('main.ts'),
    may: all('app.ts', 'config.ts', 'log.ts', 'core/', 'slack/connect.ts'),
  },
  {
    name: 'composition root',
    matches: inFiles('app.ts', 'features.ts'),
    may: [
      ...all(
        'core/',
        'content/',
        'people/',
        'slack/',
        'storage/',
        'delivery/',
        'receiving/',
        'licenses/',
        'auditing/',
        'features.ts',
        'handbook.ts',
        'layers.ts',
        'links.ts',
        'manuscripts.ts',
      ),
      ...all('feature:wiring', 'feature:uses', 'feature:pure'),
      ...types('config.ts', 'feature.ts', '@slack/types'),
    ],
  },
];

/** What the table forbids in a module, as sentences. */
export function forbiddenImports(module: Module): readonly string[] {
  const row = table.find((each) => each.matches(module.path));
  if (!row) return [`${module.path} belongs to no row of the table`];
  const allowed = (target: string, typesOnly: boolean) =>
    row.may.some(
      (one) =>
        (typesOnly || one.as !== 'types') &&
        (one.in?.includes(module.path) ?? true) &&
        labelsOf(module.path, target).some((label) =>
          one.to.endsWith('/') ? label.startsWith(one.to) : label === one.to,
        ),
    );
  return module.imports
    .filter(({ target, typesOnly }) => !allowed(target, typesOnly))
    .map(({ target, typesOnly }) => `${module.path} (${row.name}) imports ${target}${typesOnly ? ' as types' : ''}`);
}

function labelsOf(from: string, target: string): readonly string[] {
  const folder = folderOf(target);
  const isOurs = target.endsWith('.ts') || target.endsWith('.tsx');
  if (!isOurs || !isFeature(folder)) return [target];
  const role = roleOf(target);
  return folder === folderOf(from) ? [target, `own:${role}`, `feature:${role}`] : [target, `feature:${role}`];
}

/** Who may touch the process: what starts one, and the command line, whose terminal it is. */
const processFiles = ['main.ts', 'playground/main.ts', 'playground/bot.ts', 'playground/bot-process.ts'];

export function forbiddenGlobals({ path, globals }: Module): readonly string[] {
  return globals
    .filter((name) => {
      if (name === 'process') return !processFiles.includes(path) && folderOf(path) !== 'cli';
      // The page runs in a browser: its clock moves nothing but what is drawn.
      return path !== 'core/time.ts' && !path.startsWith('playground/page/');
    })
    .map((name) => `${path} uses ${name}`);
}

/** Who may call the Web API, and what. Reading is the directory's; the identity is the connection's. */
const callers: Readonly<Record<string, RegExp>> = {
  'slack/outbound.ts': /^(?:chat|conversations|files|views\.publish$|assistant)/,
  'slack/modal.ts': /^views\./,
  'slack/directory.ts': /^(?:users|usergroups)\.(?:list|users\.list)$/,
  'slack/connect.ts': /^(?:auth\.test|apps\.connections\.open)$/,
  'slack/files.ts': /^files\.info$/,
  'slack/file-copies.ts': /^(?:files\.|conversations\.open$)/,
  'slack/channels.ts': /^conversations\.(?:info|list|members|join)$/,
  'slack/do-not-disturb.ts': /^dnd\.info$/,
};

export function forbiddenCalls({ path, calls }: Module): readonly string[] {
  return calls.filter((method) => !callers[path]?.test(method)).map((method) => `${path} calls ${method}`);
}
