import { hashOf, type PublishedText, standingOf } from './published.ts';
import type { ArticleReview } from './review.ts';

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

/**
 * Another editor may end lines differently, or the file without one, and a review brings a later day: that is no other text.
 * @param found a file
 * @param text what it is held against; a day of review after that of the file is a difference
 */
export function isSameText(found: string, text: string): boolean {
  const [lies, wanted] = [plainLines(found), plainLines(text)];
  if (lies === wanted) return true;
  const [dayThere, day] = [reviewDay(lies), reviewDay(wanted)];
  return dayThere !== undefined && day !== undefined && dayThere >= day && lies === withReviewDay(wanted, dayThere);
}

/** A file that gets the day of a review. */
export interface Dated {
  readonly file: string;
  readonly text: string;
}

/**
 * Writes the days of reviews into the files that were read: those with exactly the text that somebody found right, and an
 * older day.
 * @param files with their whole text
 */
export function planReviewDays(
  files: readonly Dated[],
  reviews: Iterable<Pick<ArticleReview, 'editions'>>,
): readonly Dated[] {
  const days = new Map<string, string>();
  for (const { editions } of reviews) {
    for (const { hash, on } of Object.values(editions)) if (on > (days.get(hash) ?? '')) days.set(hash, on);
  }
  return files.flatMap(({ file, text }) => {
    const [before, on] = [reviewDay(text), days.get(hashOf(text))];
    return before !== undefined && on !== undefined && on > before ? [{ file, text: withReviewDay(text, on) }] : [];
  });
}

// In the front matter alone; an article may speak of such a line.
const reviewLine = /^(---\s*\n(?:(?!---)[^\n]*\n)*?reviewed:[ \t]*["']?)(\d{4}-\d\d-\d\d)/;

function reviewDay(text: string): string | undefined {
  return reviewLine.exec(text)?.[2];
}

function withReviewDay(text: string, on: string): string {
  return text.replace(reviewLine, (_, before: string) => `${before}${on}`);
}

function plainLines(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .trim();
}
