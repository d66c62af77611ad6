import { foldTraditional } from './traditional.ts';

/** A question is at most a long paragraph; what comes after is story, and unbounded input is a risk. */
const longest = 1_000;

/**
 * A message as plain lower-case text: Slack's mark-up, code blocks, addresses and emoji codes are gone, entities are read,
 * widths, accents and Traditional characters are folded, and at most 1,000 characters are left.
 */
export function clean(message: string): string {
  // Cut twice: early, so that a huge paste costs nothing, and at the end, because folding may lengthen.
  const plain = message
    .slice(0, longest * 8)
    .replace(/```[\s\S]*?(```|$)/g, ' ')
    .replace(/<(?:https?|mailto|tel):[^|>\s]*\|([^>]*)>/gi, ' $1 ')
    .replace(/<[@#!][^>]*>|<(?:https?|mailto|tel):[^>]*>/gi, ' ')
    .replace(/\bhttps?:\/\/\S+/gi, ' ')
    .replace(/(^|[^\p{L}\p{N}]):[a-z0-9_+'-]+(?:::?[a-z0-9_+'-]+)*:/giu, '$1 ')
    .replace(/&(amp|lt|gt);/g, (_, name: string) => (name === 'amp' ? '&' : ' '));
  return normalize(plain).replace(/\s+/g, ' ').trim().slice(0, longest);
}

/** Text that is trusted to be content: folded, but neither stripped nor cut. */
export function normalize(text: string): string {
  const folded = fold(text);
  if (!/[’‘'+]|-mail|-only|-or-later/.test(folded)) return folded;
  return folded
    .replace(/[’‘']/g, '')
    .replace(/\be-mail/g, 'email')
    .replace(/(\d)-only\b/g, '$1')
    .replace(/(\d)(?:-or-later\b|\+)/g, '$1 or later');
}

function fold(text: string): string {
  if (/^\p{ASCII}*$/u.test(text)) return text.toLowerCase();
  const composed = text.normalize('NFKC').toLowerCase();
  // Beside Chinese characters and their punctuation nothing can be taken apart.
  const plain = /[^\p{ASCII}\p{Script=Han}、。《》「」“”‘’—]/u.test(composed)
    ? composed
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .normalize('NFKC')
    : composed;
  return foldTraditional(plain);
}
