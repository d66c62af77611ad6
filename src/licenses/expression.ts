import { replacements } from './deprecated.ts';
import { currentIds, deprecatedIds, exceptionIds, parseTree, type Tree } from './spdx.ts';

/** One license of an expression. */
export interface License {
  readonly kind: 'license';
  /** An id of the SPDX list that is in use, in its official spelling, or `LicenseRef-...` as it was written. */
  readonly id: string;
  /** A `+` behind an id that has no `-or-later` of its own: this version or any later one. */
  readonly orLater: boolean;
  /** Id of the exception after `WITH`. */
  readonly exception?: string;
}

/** Two or more parts; an `and` holds no `and`, an `or` no `or`. */
export interface Compound {
  readonly kind: 'and' | 'or';
  readonly parts: readonly Expression[];
}

export type Expression = License | Compound;

/** What was changed while reading, so that the writer can be told. */
export interface Correction {
  /** `withdrawn`: SPDX has no id in its place. */
  readonly kind: 'spelling' | 'deprecated' | 'withdrawn';
  readonly from: string;
  /** The same as `from` when withdrawn. */
  readonly to: string;
}

/** A text read as an SPDX license expression. */
export type ReadExpression =
  | {
      readonly kind: 'expression';
      readonly expression: Expression;
      /** The expression in its one spelling; reads back as the same expression. */
      readonly text: string;
      readonly corrections: readonly Correction[];
    }
  /** Nobody says what the license is: no text, `NOASSERTION`, or `NONE`. Never allowed. */
  | { readonly kind: 'unknown'; readonly why: 'empty' | 'noassertion' | 'none' }
  /** `unknown-ids`: these words are no SPDX ids. `syntax`: the words do not make an expression. */
  | { readonly kind: 'invalid'; readonly why: 'unknown-ids'; readonly ids: readonly string[] }
  | { readonly kind: 'invalid'; readonly why: 'syntax' | 'too-long' };

// The longest expressions, of whole Linux images, are about 4,000 characters. The parser calls itself at every operator,
// and 2,000 operators are far from the end of the stack.
const longest = 10_000;
// Each parenthesis costs the parser seven calls.
const deepest = 100;

const operators = ['AND', 'OR', 'WITH'];
/** Lower case -> official spelling, of everything but references. */
const spellings = new Map(
  [...operators, ...deprecatedIds, ...currentIds, ...exceptionIds].map((word) => [word.toLowerCase(), word]),
);
const exceptions = new Set(exceptionIds);
for (const [from, to] of replacements) if (exceptions.has(to)) spellings.set(from.toLowerCase(), to);
const current = new Set(currentIds);

/** Official spelling of an SPDX id of a license written in any case, withdrawn ones included; undefined for others. */
export function spellId(text: string): string | undefined {
  const id = spellings.get(text.trim().toLowerCase());
  return id !== undefined && !operators.includes(id) && !exceptions.has(id) ? id : undefined;
}

/** Reads a text as an SPDX license expression. Ids may be in any case, withdrawn ids become today's. Never throws. */
export function readExpression(text: string): ReadExpression {
  if (text.length > longest) return { kind: 'invalid', why: 'too-long' };
  // Compatibility forms: full-width parentheses and letters of Chinese keyboards.
  const plain = text.normalize('NFKC').replace(/\s+/g, ' ').trim();
  if (plain === '') return { kind: 'unknown', why: 'empty' };
  if (/^noassertion$/i.test(plain)) return { kind: 'unknown', why: 'noassertion' };
  if (/^none$/i.test(plain)) return { kind: 'unknown', why: 'none' };

  const words = plain.match(/[\w.-]+/g) ?? [];
  const strangers = words.filter((word) => spell(word) === undefined);
  if (strangers.length > 0) return { kind: 'invalid', why: 'unknown-ids', ids: [...new Set(strangers)] };
  if ((plain.match(/\(/g)?.length ?? 0) > deepest) return { kind: 'invalid', why: 'syntax' };

  const corrections: Correction[] = [];
  const spelled = plain.replace(/[\w.-]+/g, (word) => {
    const right = spell(word) ?? word;
    if (word !== right && !operators.includes(right)) corrections.push(correctionOf(word, right));
    return right;
  });
  const tree = treeOf(spelled);
  const expression = tree && expressionOf(tree, corrections);
  if (!expression) return { kind: 'invalid', why: 'syntax' };
  return { kind: 'expression', expression, text: formatExpression(expression), corrections: distinct(corrections) };
}

/** The expression as text, with parentheses only where they change something. */
export function formatExpression(expression: Expression): string {
  if (expression.kind === 'license') {
    const { id, orLater, exception } = expression;
    return `${id}${orLater ? '+' : ''}${exception ? ` WITH ${exception}` : ''}`;
  }
  const parts = expression.parts.map((part) =>
    expression.kind === 'and' && part.kind === 'or' ? `(${formatExpression(part)})` : formatExpression(part),
  );
  return parts.join(expression.kind === 'and' ? ' AND ' : ' OR ');
}

/** Every license of an expression once, in the order in which they stand there. */
export function licensesIn(expression: Expression): readonly License[] {
  if (expression.kind === 'license') return [expression];
  const all = expression.parts.flatMap(licensesIn);
  return [...new Map(all.map((license) => [formatExpression(license), license])).values()];
}

/** Official spelling of a word of an expression; undefined when it is no word of one. */
function spell(word: string): string | undefined {
  const reference = /^(licenseref|documentref)-([A-Za-z0-9.-]+)$/i.exec(word);
  if (!reference) return spellings.get(word.toLowerCase());
  const prefix = reference[1]?.toLowerCase() === 'licenseref' ? 'LicenseRef' : 'DocumentRef';
  return `${prefix}-${reference[2]}`;
}

function correctionOf(from: string, to: string): Correction {
  return { kind: from.toLowerCase() === to.toLowerCase() ? 'spelling' : 'deprecated', from, to };
}

function treeOf(text: string): Tree | undefined {
  try {
    return parseTree(text);
  } catch {
    return undefined;
  }
}

/** Undefined when a withdrawn id that stands for an exception is given another one. */
function expressionOf(tree: Tree, corrections: Correction[]): Expression | undefined {
  if ('license' in tree) return licenseOf(tree, corrections);
  const { conjunction: kind } = tree;
  const parts: Expression[] = [];
  for (const branch of chainOf(tree)) {
    const part = expressionOf(branch, corrections);
    if (!part) return undefined;
    parts.push(...(part.kind === kind ? part.parts : [part]));
  }
  return { kind, parts };
}

/** The branches that one operator joins; a chain leans to the right, and may be long. */
function chainOf(tree: Extract<Tree, { conjunction: string }>): readonly Tree[] {
  const branches = [tree.left];
  let rest = tree.right;
  while ('conjunction' in rest && rest.conjunction === tree.conjunction) {
    branches.push(rest.left);
    rest = rest.right;
  }
  return [...branches, rest];
}

function licenseOf(leaf: Extract<Tree, { license: string }>, corrections: Correction[]): License | undefined {
  const { license: id, plus = false, exception } = leaf;
  const replacement = replacementOf(id, plus);
  if (!replacement) {
    if (!current.has(id) && deprecatedIds.includes(id)) corrections.push({ kind: 'withdrawn', from: id, to: id });
    return { kind: 'license', id, orLater: plus, ...(exception && { exception }) };
  }
  corrections.push({ kind: 'deprecated', from: plus ? `${id}+` : id, to: replacement.text });
  if (exception && replacement.exception) return undefined;
  const now = exception ?? replacement.exception;
  return { kind: 'license', id: replacement.id, orLater: replacement.orLater, ...(now && { exception: now }) };
}

interface Replacement {
  readonly id: string;
  readonly orLater: boolean;
  readonly exception?: string;
  readonly text: string;
}

/** Today's id for a withdrawn one, or for a `+` behind an id that has an `-or-later` of its own. */
function replacementOf(id: string, plus: boolean): Replacement | undefined {
  const [now = id, exception] = (replacements.get(id) ?? id).split(' WITH ');
  const base = now.replace(/-(?:only|or-later)$/, '');
  const hasLater = current.has(`${base}-or-later`);
  const wanted = !hasLater ? now : plus ? `${base}-or-later` : now === base ? `${base}-only` : now;
  const orLater = plus && !hasLater;
  if (wanted === id && orLater === plus) return undefined;
  const text = `${wanted}${orLater ? '+' : ''}${exception ? ` WITH ${exception}` : ''}`;
  return { id: wanted, orLater, ...(exception && { exception }), text };
}

function distinct(corrections: readonly Correction[]): readonly Correction[] {
  return [...new Map(corrections.map((one) => [`${one.kind} ${one.from}`, one])).values()];
}
