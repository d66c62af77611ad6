import { momentIn } from '../core/dates.ts';
import { UserError } from '../core/errors.ts';
import type { Locale } from '../core/i18n.ts';
import { texts } from './form-texts.ts';
import type { Refusal } from './moves.ts';

/** Why nothing was done. `edited`: somebody saved changes meanwhile. `fixed`: it is no draft any more. */
export type Why = Refusal | { readonly why: 'gone' | 'edited' | 'fixed' | 'unfinished' };

/** The refusal in the words of whoever acted. @param zone in which moments are told */
export function refused(why: Why, now: number, zone: string): UserError {
  return new UserError({ en: wordsFor(why, 'en', now, zone), 'zh-CN': wordsFor(why, 'zh-CN', now, zone) });
}

function wordsFor(why: Why, locale: Locale, now: number, zone: string): string {
  const words = texts[locale];
  if (why.why === 'edited') return words.edited;
  if (why.why !== 'too_late') return words.refused[why.why];
  const when = momentIn(why.at, now, locale, zone);
  const said = [words.tooLate(words.states[why.state], when).join(''), words.nothingDone];
  return said.join(locale === 'en' ? ' ' : '');
}
