/** What a reader has to look at in a new version of a text. */
export interface Difference {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/**
 * The parts of two article files that are only in one of them: lines of the front matter, paragraphs of the text.
 * What only moved is no difference.
 */
export function differenceOf(before: string, after: string): Difference {
  const [old, fresh] = [partsOf(before), partsOf(after)];
  const [known, present] = [new Set(old), new Set(fresh)];
  return { removed: old.filter((part) => !present.has(part)), added: fresh.filter((part) => !known.has(part)) };
}

function partsOf(text: string): readonly string[] {
  const normal = text.replace(/\r\n?/g, '\n');
  const [front = ''] = /^---\n[\s\S]*?\n---\n/.exec(normal) ?? [];
  const paragraphs = normal.slice(front.length).split(/\n\s*\n/);
  return [...front.split('\n'), ...paragraphs]
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '---');
}

/** The difference for a person: `- ` before what goes, `+ ` before what comes. */
export function formatDifference({ removed, added }: Difference): string {
  const marked = (mark: string, parts: readonly string[]) =>
    parts.map((part) => `${mark} ${part.replaceAll('\n', `\n${mark} `)}`);
  return [...marked('-', removed), ...marked('+', added)].join('\n');
}
