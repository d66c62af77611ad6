import { type Locale, locales } from '../core/i18n.ts';
import type { DueButton, DueThing } from '../core/links.ts';
import type { PersonId } from '../core/ports.ts';
import { leadTexts } from './lead-texts.ts';
import { hasLookedBack, isOf, type KnownPair, otherOf } from './pair.ts';
import { texts } from './texts.ts';

type Words = (typeof texts)['en'];

const dayMs = 24 * 60 * 60_000;
// Who has not looked back in a month does not remember much.
const lookBackMs = 30 * dayMs;

/**
 * What is due for one of the two, now or later: the check-in that is next, goals by their date, the end of the planned time, and
 * when it is over a look back.
 */
export function dueOfPair(
  pair: KnownPair,
  person: PersonId,
  name: (id: PersonId) => string | undefined,
  now: number,
): readonly DueThing[] {
  const other = (locale: Locale) => name(otherOf(pair, person)) ?? texts[locale].somebody;
  if (pair.state === 'active') {
    return [checkIn(pair, other), ...goals(pair), planned(pair, other)].flatMap((thing) => thing ?? []);
  }
  return pair.state === 'ended' ? lookBack(pair, person, other, now) : [];
}

type Named = (locale: Locale) => string;

function checkIn({ id, round, checkAt }: KnownPair, other: Named): DueThing | undefined {
  if (checkAt === undefined) return undefined;
  const value = `${id}/${round}`;
  return {
    key: `check/${id}/${round}`,
    topic: 'mine',
    title: both((words, locale) => words.dueCheck(other(locale))),
    detail: both((words) => words.dueCheckDetail),
    since: checkAt,
    buttons: [
      button('mentorship.check.met', value, (words) => words.metButton),
      button('mentorship.check.not_yet', value, (words) => words.notYetButton),
      button('mentorship.check.help', value, (words) => words.helpButton),
    ],
  };
}

function goals({ id, goals }: KnownPair): readonly DueThing[] {
  return goals
    .filter(({ state }) => state === 'open')
    .map((goal) => ({
      key: `goal/${id}/${goal.id}`,
      topic: 'mine',
      title: both((words) => words.dueGoal(goal.text).slice(0, 80)),
      detail: both((words) => words.dueGoalDetail),
      since: Date.parse(goal.due),
      due: goal.due,
      buttons: [
        button('mentorship.goal.met', `${id}/${goal.id}`, (words) => words.goalDone),
        button('mentorship.goal.dropped', `${id}/${goal.id}`, (words) => words.goalDrop),
      ],
    }));
}

/** The engine looks ahead: it is told from its day on. */
function planned({ id, until }: KnownPair, other: Named): DueThing | undefined {
  if (until === undefined) return undefined;
  return {
    key: `end/${id}/${until}`,
    topic: 'mine',
    title: both((words, locale) => words.dueEnd(other(locale))),
    detail: both((words) => words.dueEndDetail),
    since: Date.parse(until),
    buttons: [
      button('mentorship.extend', id, (words) => words.goOn),
      button('mentorship.finish', id, (words) => words.finish),
    ],
  };
}

function lookBack(pair: KnownPair, person: PersonId, other: Named, now: number): readonly DueThing[] {
  const wasPair = pair.events.some(({ kind }) => kind === 'introduced');
  if (!wasPair || hasLookedBack(pair, person) || now > pair.since + lookBackMs) return [];
  return [
    {
      key: `look/${pair.id}`,
      topic: 'mine',
      title: both((words, locale) => words.dueLook(other(locale))),
      minutes: 2,
      since: pair.since + dayMs,
      decline: true,
      buttons: [button('mentorship.look', pair.id, (words) => words.lookBack)],
    },
  ];
}

/** What waits for a lead: pairs to confirm that are not their own, and somebody to help. */
export function dueOfLead(
  pair: KnownPair,
  lead: PersonId,
  name: (id: PersonId) => string | undefined,
): readonly DueThing[] {
  const named = (id: PersonId) => (locale: Locale) => name(id) ?? texts[locale].somebody;
  const [mentor, mentee] = [named(pair.mentor), named(pair.mentee)];
  if (pair.state === 'proposed' && !isOf(pair, lead)) {
    return [
      {
        key: `proposal/${pair.id}`,
        topic: 'lead',
        title: both((words, locale) => words.dueProposal(mentor(locale), mentee(locale)).slice(0, 80)),
        minutes: 2,
        since: pair.since,
        buttons: [button('mentorship.decide', pair.id, (words) => words.look)],
      },
    ];
  }
  if (!pair.call || pair.call.by === lead) return [];
  const who = named(pair.call.by ?? pair.mentee);
  return [
    {
      key: `call/${pair.id}/${pair.call.at}`,
      topic: 'lead',
      title: both((words, locale) => words.dueCall(who(locale)).slice(0, 80)),
      since: pair.call.at,
      buttons: [
        {
          action: 'mentorship.care',
          value: pair.id,
          label: { en: leadTexts.en.cared, 'zh-CN': leadTexts['zh-CN'].cared },
        },
      ],
    },
  ];
}

function button(action: string, value: string, label: (words: Words) => string): DueButton {
  return { action, value, label: both(label) };
}

function both(words: (words: Words, locale: Locale) => string): Readonly<Record<Locale, string>> {
  const [en, zh] = locales.map((locale) => words(texts[locale], locale));
  return { en: en ?? '', 'zh-CN': zh ?? '' };
}
