/** What a reader has to look at in a new version of a text. */
export interface Difference {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/**
 * The parts of two files that are only in one of them: of an article the lines of the front matter and the paragraphs of the
 * text; of a YAML file its lines, each with what it stands under. What only moved is no difference.
 * @param yaml the files are YAML
 */
export function differenceOf(before: string, after: string, yaml = false): Difference {
  const partsOf = yaml ? linesOf : paragraphsOf;
  const [old, fresh] = [partsOf(before), partsOf(after)];
  const [known, present] = [new Set(old), new Set(fresh)];
  return { removed: old.filter((part) => !present.has(part)), added: fresh.filter((part) => !known.has(part)) };
}

function paragraphsOf(text: string): readonly string[] {
  const normal = text.replace(/\r\n?/g, '\n');
  const [front = ''] = /^---\n[\s\S]*?\n---\n/.exec(normal) ?? [];
  const paragraphs = normal.slice(front.length).split(/\n\s*\n/);
  return [...front.split('\n'), ...paragraphs]
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '---');
}

/** "rules: > - use: [server] > outcome: refer": a line that stands in many places is told apart by the lines above it. */
function linesOf(text: string): readonly string[] {
  const above: { readonly indent: number; readonly line: string }[] = [];
  const parts: string[] = [];
  for (const full of text.split(/\r?\n/)) {
    const line = full.trim();
    if (line === '' || line.startsWith('#')) continue;
    const indent = full.length - full.trimStart().length;
    while ((above.at(-1)?.indent ?? -1) >= indent) above.pop();
    parts.push([...above.map((parent) => parent.line), line].join(' > '));
    above.push({ indent, line });
  }
  return parts;
}

/** The difference for a person: `- ` before what goes, `+ ` before what comes. */
export function formatDifference({ removed, added }: Difference): string {
  const marked = (mark: string, parts: readonly string[]) =>
    parts.map((part) => `${mark} ${part.replaceAll('\n', `\n${mark} `)}`);
  return [...marked('-', removed), ...marked('+', added)].join('\n');
}
