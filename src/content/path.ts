import type { ContentKind } from '../core/content.ts';
import type { Finding } from '../core/findings.ts';
import { type Locale, locales } from '../core/i18n.ts';

/** What a path says about the item in the file. */
export interface FileName {
  readonly id: string;
  readonly variant?: string;
  readonly locale?: Locale;
  readonly area?: string;
}

const readable = /\.(md|ya?ml)$/i;

/** Files that the loader wants to see at all: content, and what looks like content under a wrong name. */
export function looksLikeContent(path: string): boolean {
  return readable.test(path) && !/(^|\/)readme\.md$/i.test(path);
}

/** True for a relative path with forward slashes that stays where it is. */
export function isSafePath(path: string): boolean {
  return !/[\\\0]/.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** The kind that reads a file: one that names it, else the one with the closest folder. */
export function kindOfFile(path: string, kinds: readonly ContentKind<unknown>[]): ContentKind<unknown> | undefined {
  const named = kinds.find((kind) => kind.file !== undefined && path === below(kind.folder, kind.file));
  if (named) return named;
  return kinds
    .filter((kind) => kind.file === undefined && fits(kind, path))
    .toSorted((a, b) => b.folder.length - a.folder.length)[0];
}

function fits(kind: ContentKind<unknown>, path: string): boolean {
  const parts = partsBelow(kind.folder, path);
  if (!parts) return false;
  if (kind.match === 'markdown') return path.endsWith('.md') && parts.length <= 2;
  return path.endsWith('.yml') && parts.length === 1;
}

function partsBelow(folder: string, path: string): readonly string[] | undefined {
  if (folder === '') return path.split('/');
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1).split('/') : undefined;
}

/** Path of a file in a folder below the layer. */
export function below(folder: string, file: string): string {
  return folder === '' ? file : `${folder}/${file}`;
}

/** Reads id, variant, language and area from the path of a file that `kind` reads. */
export function parseFileName(
  kind: ContentKind<unknown>,
  path: string,
): { readonly name: FileName } | { readonly finding: Finding } {
  const parts = partsBelow(kind.folder, path) ?? [];
  const file = parts.at(-1) ?? '';
  if (kind.match !== 'markdown') return { name: { id: file.replace(/\.yml$/, '') } };
  const [id, ...rest] = file.replace(/\.md$/, '').split('.');
  const locale = locales.find((known) => known === rest.at(-1));
  const variant = rest.length === 2 ? rest[0] : undefined;
  if (!id || !locale || rest.length > 2 || variant === '') {
    return {
      finding: {
        file: path,
        problem: 'The name of the file does not say which item and which language it is.',
        mend: `Name it <id>.<language>.md or <id>.<variant>.<language>.md; languages: ${locales.join(', ')}.`,
        fatal: true,
      },
    };
  }
  const area = parts.length === 2 ? parts[0] : undefined;
  return { name: { id, locale, ...(variant && { variant }), ...(area && { area }) } };
}
