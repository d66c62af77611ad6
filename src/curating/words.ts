import type { Locale } from '../core/i18n.ts';
import { texts as listTexts } from './list-texts.ts';
import { texts } from './texts.ts';

const all = {
  en: { ...texts.en, ...listTexts.en },
  'zh-CN': { ...texts['zh-CN'], ...listTexts['zh-CN'] },
} as const;

/** Everything that can be said, in one language. */
export function wordsIn(locale: Locale): (typeof all)['en'] {
  return all[locale];
}
