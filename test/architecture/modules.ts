import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const sourceDir = fileURLToPath(new URL('../../src/', import.meta.url));

interface Import {
  /** As the rules name it: a file relative to src ("core/ports.ts"), a package ("zod") or a built-in ("node:fs"). */
  readonly target: string;
  /** Erased before it runs. */
  readonly typesOnly: boolean;
}

export interface Module {
  /** Relative to src. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** What it uses of the runtime without importing it: `process`, `setTimeout`, `Date.now`, ... */
  readonly globals: readonly string[];
  /** The Web API methods it calls, as Slack names them: `chat.postMessage`. */
  readonly calls: readonly string[];
}

// A parser renames the real globals, so that a local variable, a string or a comment of that name is no finding.
const watched = ['process', 'Date', 'setTimeout', 'setInterval', 'performance'];
const mark = '__global_';
const uses: readonly (readonly [string, RegExp])[] = [
  ['process', /__global_process\b/],
  ['Date.now', /__global_Date\.now\b/],
  ['new Date()', /new __global_Date\b(?!\()/],
  ['setTimeout', /__global_setTimeout\b/],
  ['setInterval', /__global_setInterval\b/],
  ['performance', /__global_performance\b/],
];

/** Every module under src. */
export async function readModules(): Promise<readonly Module[]> {
  const names = await readdir(sourceDir, { recursive: true });
  const paths = names.filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts')).sort();
  return Promise.all(paths.map(async (path) => parseModule(path, await readFile(join(sourceDir, path), 'utf8'))));
}

/**
 * What one module touches. esbuild parses it; only `import type`, which esbuild drops, is read from the text, where the
 * formatter lets it start a line.
 * @param path relative to src
 */
export async function parseModule(path: string, text: string): Promise<Module> {
  const found: string[] = [];
  const collect: Plugin = {
    name: 'collect',
    setup(esbuild) {
      esbuild.onResolve({ filter: /.*/ }, (args) => {
        found.push(args.path);
        return { path: args.path, external: true };
      });
    },
  };
  const { outputFiles } = await build({
    stdin: { contents: text, loader: extname(path) === '.tsx' ? 'tsx' : 'ts', resolveDir: sourceDir },
    bundle: true,
    write: false,
    format: 'esm',
    treeShaking: false,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'silent',
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    define: Object.fromEntries(watched.map((name) => [name, `${mark}${name}`])),
    plugins: [collect],
  });
  const code = outputFiles[0]?.text ?? '';
  const types = [...text.matchAll(/^(?:import|export) type [^;']*? from '([^']+)';/gm)].map((match) => match[1] ?? '');
  return {
    path,
    lines: text.split('\n').length,
    imports: [
      ...found.map((specifier) => ({ target: targetOf(path, specifier), typesOnly: false })),
      ...types.map((specifier) => ({ target: targetOf(path, specifier), typesOnly: true })),
    ],
    globals: uses.filter(([, pattern]) => pattern.test(code)).map(([name]) => name),
    calls: webApiMethods.filter((method) => callOf(method).test(code)),
  };
}

function targetOf(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier);
  if (specifier.startsWith('node:')) return specifier;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Called as a method of a client, or named to `paginate` and `apiCall`; `usergroups.users.list` is no `users.list`. */
function callOf(method: string): RegExp {
  const parents = webApiMethods
    .filter((other) => other.endsWith(`.${method}`))
    .map((other) => other.slice(0, -method.length - 1));
  const apart = parents.length > 0 ? `(?<!\\.(?:${parents.map(quoted).join('|')}))` : '';
  const name = quoted(method);
  return new RegExp(`${apart}\\.${name}\\(|\\b(?:paginate|apiCall)\\("${name}"`);
}

function quoted(name: string): string {
  return name.replaceAll('.', '\\.');
}

/** All methods of the Web API, read from the client itself. */
export const webApiMethods: readonly string[] = methodsOfClient();

function methodsOfClient(): readonly string[] {
  const { WebClient } = createRequire(import.meta.url)('@slack/web-api') as typeof import('@slack/web-api');
  // Without its prototype: what a client inherits from an emitter is no method of Slack's.
  const families = Object.entries(new WebClient()).filter(([name]) => /^[a-z]\w*$/i.test(name));
  return families.flatMap(([name, value]) => methodsIn(name, value));
}

function methodsIn(name: string, value: unknown): readonly string[] {
  if (typeof value === 'function') return name.includes('.') ? [name] : [];
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return [];
  return Object.entries(value).flatMap(([key, inner]) => methodsIn(`${name}.${key}`, inner));
}

/** Chains of modules that import each other, types aside: each as the paths from one to itself. */
export function cyclesAmong(edges: ReadonlyMap<string, ReadonlySet<string>>): readonly (readonly string[])[] {
  const done = new Set<string>();
  const cycles: string[][] = [];
  function visit(node: string, way: readonly string[]): void {
    const start = way.indexOf(node);
    if (start >= 0) return void cycles.push([...way.slice(start), node]);
    if (done.has(node)) return;
    for (const next of edges.get(node) ?? []) visit(next, [...way, node]);
    done.add(node);
  }
  for (const node of edges.keys()) visit(node, []);
  return cycles;
}

/** What imports what, by `name`: modules by their path, or by their folder. */
export function edgesOf(
  modules: readonly Module[],
  name: (path: string) => string = (path) => path,
): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Set(modules.map((module) => module.path));
  const edges = new Map<string, Set<string>>();
  for (const { path, imports } of modules) {
    const from = edges.get(name(path)) ?? new Set();
    edges.set(name(path), from);
    for (const { target, typesOnly } of imports) {
      if (!typesOnly && known.has(target) && name(target) !== name(path)) from.add(name(target));
    }
  }
  return edges;
}

/** The folder right below src, or the file itself where it lies there. */
export function folderOf(path: string): string {
  const dir = dirname(relative('.', path));
  return dir === '.' ? path : (dir.split('/')[0] ?? path);
}
