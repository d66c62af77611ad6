import type { Locale } from './i18n.ts';

const hourAndDay = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;

/** British dates in English: a day before its month is read the same everywhere. */
function languageFor(locale: Locale): string {
  return locale === 'en' ? 'en-GB' : locale;
}

/** An ISO date as people write it: "3 Dec 2026"; the year always, since such days are often of another one. */
export function dayOf(date: string, locale: Locale): string {
  const format = new Intl.DateTimeFormat(languageFor(locale), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return format.format(Date.parse(date));
}

/** An ISO date near another one: "Fri 4 Dec", with the year when it is another one than that of `today`. */
export function dayNear(date: string, today: string, locale: Locale): string {
  const format = new Intl.DateTimeFormat(languageFor(locale), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(date.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' }),
    timeZone: 'UTC',
  });
  return format.format(Date.parse(date)).replace(/^(\w+), /, '$1 ');
}

/** "Nov 2026". @param month `2026-11` */
export function monthName(month: string, locale: Locale): string {
  const format = new Intl.DateTimeFormat(languageFor(locale), { month: 'short', year: 'numeric', timeZone: 'UTC' });
  return format.format(Date.parse(`${month}-01`));
}

/** A moment in words with its zone, for places where Slack fills in nothing; the year when it is another one than `now`'s. @param ms since 1970 */
export function momentIn(ms: number, now: number, locale: Locale, zone: string): string {
  const yearOf = (moment: number) => new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: zone }).format(moment);
  const format = new Intl.DateTimeFormat(languageFor(locale), {
    ...hourAndDay,
    ...(yearOf(ms) === yearOf(now) ? {} : { year: 'numeric' }),
    hourCycle: 'h23',
    timeZone: zone,
    timeZoneName: 'short',
  });
  return format.format(ms);
}
