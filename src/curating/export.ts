import { hashOf, type PublishedText, standingOf } from './published.ts';

/** What an export does with one text. */
export interface Planned {
  readonly text: PublishedText;
  /** `conflict`: the folder has another file than the text was written over; it is written only when asked to. */
  readonly step: 'write' | 'there' | 'conflict';
}

/**
 * Compares what was put into force from Slack with a folder of content.
 * @param lies the file at a path of that folder; undefined where there is none
 */
export function planExport(
  texts: readonly PublishedText[],
  lies: (file: string) => string | undefined,
): readonly Planned[] {
  return texts
    .toSorted((a, b) => (a.file < b.file ? -1 : 1))
    .map((text) => {
      const found = lies(text.file);
      const is = found === undefined ? 'none' : isSameText(found, text.text) ? 'same' : 'other';
      const standing = standingOf(text, { is, hash: found === undefined ? undefined : hashOf(found) });
      return { text, step: standing === 'arrived' ? 'there' : standing === 'waiting' ? 'write' : 'conflict' };
    });
}

/** Another editor may end lines differently, or the file without one: that is no other text. */
export function isSameText(a: string, b: string): boolean {
  return plainLines(a) === plainLines(b);
}

function plainLines(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .trim();
}
