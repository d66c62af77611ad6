import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const entry = fileURLToPath(new URL('./page/main.tsx', import.meta.url));

/** The page, ready to be served. */
export interface Bundle {
  readonly script: string;
  readonly style: string;
}

// The block renderer scopes its style to an id that it gives to every message. Ids have to be unique, so the page takes
// them off, and the style goes by the class beside them; in a layer of its own, where the page's own style wins.
const tamedStyle: Plugin = {
  name: 'tamed-style',
  setup(builder) {
    builder.onLoad({ filter: /slack-blocks-to-jsx[\\/]dist[\\/]style\.css$/ }, async ({ path }) => {
      const style = (await readFile(path, 'utf8'))
        .replaceAll('#slack_blocks_to_jsx', '.slack_blocks_to_jsx')
        .replaceAll('!important', '');
      return { contents: `@layer renderer {${style}}`, loader: 'css' };
    });
  },
};

/** Builds the page into memory. @throws when it does not build */
export async function bundlePage(): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    outdir: 'page',
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [tamedStyle],
    logLevel: 'silent',
  });
  const find = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { script: find('.js'), style: find('.css') };
}
