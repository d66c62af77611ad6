import type { Finding } from './findings.ts';
import type { Locale } from './i18n.ts';
import type { Steps } from './steps.ts';

/** A piece of content as it was read: a Markdown file, a YAML file, or one entry of a YAML list. */
export interface RawItem {
  /** From the file name; for an entry of a list from its own id field. */
  readonly id: string;
  readonly variant?: string;
  readonly locale?: Locale;
  /** The folder between the kind's folder and the file, if there is one. */
  readonly area?: string;
  /** Path below its layer, with forward slashes. */
  readonly file: string;
  /** Hex SHA-256 of the bytes of the file. */
  readonly hash: string;
  /** The front matter, the YAML document or the entry; to be checked by the kind's own schema. */
  readonly data: unknown;
  /** The Markdown after the front matter, lines ended by \n; empty for YAML. */
  readonly body: string;
}

/** What became of a raw item. Without `item` it is broken: its last good version stays in use. */
export interface Parsed<T> {
  readonly item?: T;
  readonly findings: readonly Finding[];
}

/**
 * A kind of content that a feature declares. The loader finds the files, lays the layers over each other and reports mistakes.
 *
 * `markdown`: files `<folder>/[<area>/]<id>[.<variant>].<locale>.md`.
 * `yaml`: every `<folder>/<id>.yml`, or the one `file`; a file is an item.
 * `list`: the one `file`, a YAML list (bare or under a single key); an entry is an item.
 */
export interface ContentKind<T> {
  readonly name: string;
  /** Folder below the layer; empty for its top. */
  readonly folder: string;
  readonly match: 'markdown' | 'yaml' | 'list';
  /** Name of the one file, with its ending. Required for `list`. */
  readonly file?: string;
  /** `list` only: the field that names an entry; `id` unless told otherwise. */
  readonly key?: string;
  parse(raw: RawItem): Parsed<T>;
  /**
   * Looks at all items together, and at other kinds through `context`. Files in findings are paths below the layer. What may
   * be looking at thousands of items does it in steps, so that nobody waits for it.
   */
  check?(all: readonly T[], context: CheckContext): readonly Finding[] | Steps<readonly Finding[]>;
}

/**
 * A kind beside articles whose shipped items count only once the organization has adopted them. A file is an item, and holds
 * all its languages.
 */
export interface Adoptable<T> {
  readonly kind: ContentKind<T>;
  /** What it is adopted by, in lower case: its area, a slash, its own name, like `policy/licenses`. */
  nameOf(item: T): string;
  /** In English. */
  titleOf(item: T): string;
}

/** Items by kind, merged over all layers. */
export interface ContentItems {
  /** In the order of their paths. Empty for a kind that was not loaded. */
  items<T>(kind: ContentKind<T>): readonly T[];
}

export interface CheckContext extends ContentItems {
  /** Milliseconds since 1970, for reviews that are overdue. */
  readonly now: number;
}
