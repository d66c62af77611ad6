import type { Locale } from '../core/i18n.ts';

/** "Use: on our servers", with the colon of the language. */
export function labeled(label: string, text: string, locale: Locale): string {
  return locale === 'en' ? `${label}: ${text}` : `${label}：${text}`;
}

/** A list. @param long the parts are phrases, and may hold commas of their own */
export function joined(parts: readonly string[], locale: Locale, long = false): string {
  return parts.join(locale === 'en' ? (long ? '; ' : ', ') : long ? '；' : '、');
}
