import { dateAfter, dateAt } from '../core/business-time.ts';
import { UserError } from '../core/errors.ts';
import { type Locale, locales } from '../core/i18n.ts';
import type { People, PersonId } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { SlackGate } from '../feature.ts';
import type { Away } from './away.ts';
import { awayTexts } from './away-texts.ts';
import { isThere } from './deciding.ts';
import { sayMessage } from './note-views.ts';
import type { Absence } from './records.ts';

export interface AwayListenerDeps {
  readonly away: Away;
  readonly people: People;
  readonly clock: Clock;
}

// Whoever is away for longer has given their role to somebody else.
const longestYears = 1;

/** `/ospo away`: what holds, until when somebody is away, and who decides for them. */
export function listenToAbsences(gate: SlackGate, { away, people, clock }: AwayListenerDeps): void {
  gate.command('away', async ({ person, text }) => {
    const wanted = readWanted(person, text);
    const before = await away.setBy(person);
    const ops = Object.keys(wanted).length > 0 ? await away.set(person, wanted) : [];
    const after: Absence = {
      away: before?.away ?? null,
      ...(before?.delegate ? { delegate: before.delegate } : {}),
      ...wanted,
    };
    const locale = people.get(person)?.locale ?? 'en';
    return { ops, answer: sayMessage(answerTo(person, wanted, after, locale)) };
  });

  /** @throws UserError when it cannot be meant */
  function readWanted(person: PersonId, text: string): Partial<Absence> {
    const delegate = /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/.exec(text)?.[1] as PersonId | undefined;
    if (delegate === person) throw problem('notSelf');
    if (delegate && !isThere(people.get(delegate))) throw problem('notPerson');
    const named = delegate ? { delegate } : {};
    const rest = text.replace(/<@[^>]*>/g, ' ').trim();
    if (rest === '') return named;
    if (/^(off|back|end|取消|回来了?)$/iu.test(rest)) return { ...named, away: null };
    return { ...named, away: { from: clock.now(), until: endOf(rest, zoneOf(person)), source: 'person' } };
  }

  /** The end of the last day away in the person's zone, ms. @throws UserError unless it is a date within a year */
  function endOf(text: string, zone: string): number {
    const date = /\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? '';
    const today = dateAt(clock.now(), zone);
    const isDate = !Number.isNaN(Date.parse(date)) && new Date(Date.parse(date)).toISOString().startsWith(date);
    if (!isDate || date < today || date > dateAfter(today, `P${longestYears}Y`)) throw problem('badDate');
    // Midnight of the next day, found from the other side of the world: the first hour there that is a new date here.
    let moment = Date.parse(`${date}T00:00:00Z`);
    while (dateAt(moment, zone) <= date) moment += hourMs;
    return moment;
  }

  function zoneOf(person: PersonId): string {
    return people.get(person)?.zone ?? 'UTC';
  }

  function answerTo(person: PersonId, wanted: Partial<Absence>, after: Absence, locale: Locale): string {
    const words = awayTexts[locale];
    const deputy = after.delegate && people.get(after.delegate)?.name;
    if (wanted.away === null) return words.back;
    if (after.away) {
      const date = dateAt(after.away.until - 1, zoneOf(person));
      return [words.awayUntil(date), deputy ? words.delegate(deputy) : words.noDelegate].join(gapIn(locale));
    }
    return [words.there, ...(deputy ? [words.deputySet(deputy)] : []), words.how].join(gapIn(locale));
  }
}

const hourMs = 3_600_000;

function gapIn(locale: Locale): string {
  return locale === 'zh-CN' ? '' : ' ';
}

function problem(why: 'notSelf' | 'notPerson' | 'badDate'): UserError {
  const [en = '', zh = ''] = locales.map((locale) => awayTexts[locale][why]);
  return new UserError({ en, 'zh-CN': zh });
}
