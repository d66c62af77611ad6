import type { ModalView } from '@slack/types';
import { type Locale, locales } from '../core/i18n.ts';
import type { Person, PersonId, Rendered } from '../core/ports.ts';
import type { Sample } from '../feature.ts';
import { home } from '../slack/blocks.ts';
import { directoryMessage } from './directory-views.ts';
import { texts as formTexts } from './form-texts.ts';
import { breakForm, decideForm, endForm, goalForm, loadingView, lookBackForm, mergeForm, sayView } from './forms.ts';
import { draftOf, helpForm, joinForm } from './join-views.ts';
import { leadBlocks } from './lead-views.ts';
import type { Look } from './look.ts';
import type { KnownMember } from './member.ts';
import { apply, propose } from './moves.ts';
import type { Numbers } from './numbers.ts';
import type { KnownPair, PairEvent } from './pair.ts';
import type { Program } from './program.ts';
import { type Standing, standingBlocks, standingMessage } from './status-views.ts';
import { texts } from './texts.ts';
import { introductionMessage, memberMessage, noteMessage, outlookLines, toldMessage, waitingMessage } from './views.ts';
import type { Outlook } from './waiting.ts';

// A fixed moment, so that the gallery is the same every day: Monday, 23 November 2026, 10:00 UTC.
const start = Date.UTC(2026, 10, 23, 10);
const dayMs = 24 * 60 * 60_000;
const mentor = 'U0MENTOR01' as PersonId;
const mentee = 'U0MENTEE01' as PersonId;
const lead = 'U0LEAD0001' as PersonId;

type ToSample<T> = (what: string, payload: T) => Sample;

/** Every message, modal and Home state of the mentorship program, in both languages. */
export function mentorshipSamples(program: Program): readonly Sample[] {
  return locales.flatMap((locale) => {
    const name = (what: string) => `mentorship: ${what} (${locale})`;
    const message = (what: string, payload: Rendered): Sample => ({ name: name(what), surface: 'message', payload });
    const modal = (what: string, payload: ModalView): Sample => ({ name: name(what), surface: 'modal', payload });
    const look = lookFor(locale, program);
    return [
      ...pairSamples(look, message),
      ...memberSamples(look, message),
      ...directorySamples(look, message),
      ...formSamples(look, modal),
      ...homeSamples(look).map(
        ({ what, blocks }): Sample => ({ name: name(`home, ${what}`), surface: 'home', payload: home({ blocks }) }),
      ),
    ];
  });
}

function lookFor(locale: Locale, program: Program, viewer: PersonId = mentee): Look {
  const names: Readonly<Record<string, string>> =
    locale === 'en' ? { [mentor]: 'The mentor', [mentee]: 'The mentee' } : { [mentor]: '导师', [mentee]: '学员' };
  return {
    reader: { locale, zone: locale === 'en' ? 'Europe/Berlin' : 'Asia/Shanghai' },
    viewer,
    now: start,
    program,
    name: (id) => names[id] ?? texts[locale].somebody,
  };
}

/** A pair with everything that happened to it. */
function pairWith(look: Look, events: readonly PairEvent[]): KnownPair {
  const { program, reader } = look;
  const [first, second] = program.skills;
  const wish =
    reader.locale === 'en' ? 'My first change in a project that we use.' : '给我们在用的项目提交第一个改动。';
  const proposed = propose(
    {
      mentor,
      mentee,
      language: program.languages.find(({ locale }) => locale === reader.locale)?.id ?? 'en',
      fit: {
        score: 86,
        topics: [first, second].flatMap((skill) => skill?.id ?? []),
        overlap: 7,
        waitedDays: 9,
      },
      wish,
    },
    start - 20 * dayMs,
    start,
  );
  const pair = events.reduce((now, event) => apply(now, event, program.checkIns), proposed);
  return { ...pair, id: 'SAMPLE' };
}

/** One of every event that is told of. */
function eventsIn({ reader }: Look) {
  const text = reader.locale === 'en' ? 'A first fix merged in the client library.' : '给客户端库合并第一个修复。';
  const at = start - 2 * dayMs;
  const began: readonly PairEvent[] = [
    { kind: 'confirmed', at: start - 18 * dayMs, by: lead, until: '2027-05-05' },
    { kind: 'introduced', at: start - 17 * dayMs, checkAt: start - 3 * dayMs },
    { kind: 'reached', at: start - 17 * dayMs, channel: 'G0SAMPLE01' },
  ];
  const goal: PairEvent = { kind: 'goal_set', at, by: mentee, goal: 'G1', text, due: '2026-12-18' };
  const told = {
    'goal set': goal,
    'goal met': { kind: 'goal_ended', at, by: mentee, goal: 'G1', outcome: 'met' },
    merged: { kind: 'merged', at, by: mentee, link: 'https://example.com/pull/12' },
    'on a break': { kind: 'paused', at, by: mentor, until: '2026-12-31', resumeAt: start + 39 * dayMs },
    resumed: { kind: 'resumed', at, checkAt: start + 7 * dayMs },
    extended: { kind: 'extended', at, by: mentor, until: '2027-08-05' },
    'not met for long': { kind: 'missed', at, round: 1, checkAt: start + 7 * dayMs },
    finished: { kind: 'ended', at, by: mentor, why: 'finished' },
    'another match': { kind: 'ended', at, by: mentor, why: 'rematch' },
    'left the company': { kind: 'ended', at, why: 'departed' },
    'left the program': { kind: 'ended', at, by: mentor, why: 'left' },
  } as const satisfies Readonly<Record<string, PairEvent>>;
  return { began, goal, told };
}

function pairSamples(look: Look, sample: ToSample<Rendered>): readonly Sample[] {
  const { began, goal, told } = eventsIn(look);
  const pair = pairWith(look, began);
  const { wish: _, ...bare } = pair;
  const messages = Object.entries(told).flatMap(([what, event]) => {
    const after = pairWith(look, event.kind === 'goal_set' ? [...began, event] : [...began, goal, event]);
    return [mentee, mentor].flatMap((viewer) => {
      const drawn = toldMessage(after, event, { ...look, viewer });
      return drawn ? [sample(`${what}, to the ${viewer === mentee ? 'mentee' : 'mentor'}`, drawn)] : [];
    });
  });
  return [
    sample('introduction', introductionMessage(pair, { ...look, viewer: undefined }, undefined)),
    sample('introduction without a wish', introductionMessage({ ...bare, wish: '' }, look, undefined)),
    sample('introduction apart', introductionMessage(pair, look, mentee)),
    ...messages,
  ];
}

/** What somebody who waits may be told. */
function outlooks(): Readonly<Record<string, Outlook>> {
  const expected = { half: 9, most: 21, of: 14 };
  return {
    'waiting, a place is free': { place: 3, total: 12, expected, free: 2, fitting: 4 },
    'waiting, all are full': { place: 3, total: 12, expected, free: 0, fitting: 4 },
    'waiting alone': { place: 1, total: 1, free: 1, fitting: 1 },
    'waiting, nobody speaks the language': { place: 2, total: 5, free: 0, fitting: 0, bar: 'language' },
    'waiting, nobody offers it': { place: 2, total: 5, free: 0, fitting: 0, bar: 'topics' },
    'waiting, other hours': { place: 2, total: 5, free: 0, fitting: 0, bar: 'overlap' },
  };
}

function memberSamples(look: Look, sample: ToSample<Rendered>): readonly Sample[] {
  const words = texts[look.reader.locale];
  return [
    ...Object.entries(outlooks()).map(([what, outlook]) => sample(what, waitingMessage(outlook, look))),
    sample('break over', memberMessage('resumed', [], false, look)),
    sample('term over', memberMessage('over', ['mentee'], false, look)),
    sample('term over, still guiding', memberMessage('over', ['mentor'], true, look)),
    ...Object.entries(standings(look)).map(([what, standing]) =>
      sample(`mentors, ${what}`, standingMessage(standing, [], look)),
    ),
    ...Object.entries(words.refused).map(([why, said]) => sample(`refused, ${why}`, noteMessage(said))),
    ...Object.entries(words.answered).flatMap(([what, said]) =>
      [1, 3, 7, 14, 28].map((days) => sample(`check-in, ${what}, ${days}`, noteMessage(said(days)))),
    ),
  ];
}

function memberWith(look: Look, hats: Partial<Pick<KnownMember, 'mentor' | 'mentee' | 'pausedUntil'>>): KnownMember {
  const languages = look.program.languages.slice(0, 1).map(({ id }) => id);
  return { id: mentee, joinedAt: start, languages, blocked: [], met: [], wakeAt: null, ...hats };
}

function standings(look: Look): Readonly<Record<string, Standing>> {
  const { began, goal, told } = eventsIn(look);
  const skills = look.program.skills.slice(0, 2).map(({ id }) => id);
  const mentorHat = { skills, words: '', hours: 4, places: 2, reviews: 1, pairs: ['SAMPLE'], reading: [], read: [] };
  const menteeHat = { skills, words: '', goals: '', hours: 4, since: start - 9 * dayMs, toldAt: start };
  const [outlook] = Object.values(outlooks());
  const pair = pairWith(look, [...began, goal]);
  return {
    'not in it': { member: undefined, pairs: [], outlook: undefined },
    waiting: { member: memberWith(look, { mentee: menteeHat }), pairs: [], outlook },
    proposed: {
      member: memberWith(look, { mentee: { ...menteeHat, pair: 'SAMPLE' } }),
      pairs: [pairWith(look, [])],
      outlook: undefined,
    },
    'under way': {
      member: memberWith(look, { mentee: { ...menteeHat, pair: 'SAMPLE' } }),
      pairs: [pair],
      outlook: undefined,
    },
    'both hats, on a break': {
      member: memberWith(look, { mentor: mentorHat, mentee: menteeHat, pausedUntil: '2026-12-31' }),
      pairs: [pairWith(look, [...began, told['on a break']])],
      outlook: undefined,
    },
  };
}

function directorySamples(look: Look, sample: ToSample<Rendered>): readonly Sample[] {
  const skills = look.program.skills.slice(0, 2).map(({ id }) => id);
  const about =
    look.reader.locale === 'en' ? 'Ask me anything about first steps.' : '第一次参与有什么不清楚都可以问我。';
  const person: Person = {
    id: mentor,
    name: look.name(mentor),
    locale: 'en',
    zone: 'UTC',
    active: true,
    guest: false,
    roles: [],
  };
  const member = { ...memberWith(look, {}), ambassador: { skills, words: '', about, since: start } };
  const helper = { person, member, topics: skills };
  const many = Array.from({ length: 12 }, () => helper);
  return [
    sample('ambassadors', directoryMessage({ wanted: [], unknown: [], helpers: [helper], mentors: 0 }, false, look)),
    sample(
      'ambassadors, many',
      directoryMessage({ wanted: skills, unknown: ['tokio'], helpers: many, mentors: 2 }, true, look),
    ),
    sample(
      'ambassadors, none',
      directoryMessage({ wanted: skills, unknown: [], helpers: [], mentors: 0 }, false, look),
    ),
    sample(
      'ambassadors, nobody yet',
      directoryMessage({ wanted: [], unknown: [], helpers: [], mentors: 0 }, false, look),
    ),
  ];
}

function formSamples(look: Look, sample: ToSample<ModalView>): readonly Sample[] {
  const { program, reader } = look;
  const { locale } = reader;
  const words = texts[locale];
  const say = formTexts[locale];
  const empty = draftOf(undefined, locale, program);
  const [outlook] = Object.values(outlooks());
  return [
    sample('join', joinForm(empty, program, locale)),
    sample('join as a mentee', joinForm({ ...empty, hats: ['mentee'] }, program, locale)),
    sample('join as a mentor', joinForm({ ...empty, hats: ['mentor'] }, program, locale)),
    sample(
      'join as both',
      joinForm({ ...empty, hats: ['mentor', 'mentee'], goals: 'x'.repeat(1_000) }, program, locale),
    ),
    sample(
      'joined',
      sayView(say.joined, [say.joinedMentor, ...(outlook ? outlookLines(outlook, look) : [])].join('\n'), locale),
    ),
    sample('ambassador', helpForm(undefined, program, locale)),
    sample('decide', decideForm(pairWith(look, []), look)),
    sample('decided already', sayView(say.decideTitle, words.refused.decided, locale)),
    sample('goal', goalForm('SAMPLE', '2026-12-23', locale)),
    sample('break', breakForm(undefined, '2026-12-07', locale)),
    sample('break of a pair', breakForm('SAMPLE', '2026-12-07', locale)),
    sample('merged', mergeForm('SAMPLE', locale)),
    sample('finish', endForm('SAMPLE', 'finished', locale)),
    sample('rematch', endForm('SAMPLE', 'rematch', locale)),
    sample('look back', lookBackForm('SAMPLE', locale)),
    sample('loading', loadingView(say.title, locale)),
  ];
}

function homeSamples(look: Look) {
  const { began, told } = eventsIn(look);
  const numbers: Numbers = {
    active: 41,
    checkIns: 120,
    kept: 97,
    goals: 60,
    goalsMet: 38,
    reviews: 25,
    merged: 17,
    waiting: 12,
    free: 5,
    waits: look.program.languages.slice(0, 2).map(({ id }) => ({ language: id, days: 9 })),
    missing: look.program.languages.slice(1, 2).map(({ id }) => ({ language: id, count: 2 })),
  };
  const none: Numbers = { ...numbers, active: 1, waiting: 1, free: 1, waits: [], missing: [] };
  const proposals = Array.from({ length: 7 }, () => pairWith(look, []));
  const stalled = [1, 2, 3].map((round): PairEvent => ({ ...told['not met for long'], round }));
  const helped: PairEvent = {
    kind: 'answered',
    at: start,
    by: mentee,
    round: 1,
    answer: 'help',
    checkAt: start + 14 * dayMs,
  };
  const calls = [pairWith(look, [...began, helped]), pairWith(look, [...began, ...stalled])];
  return [
    ...Object.entries(standings(look))
      .map(([what, standing]) => ({ what, blocks: standingBlocks(standing, look, 'home') }))
      .filter(({ blocks }) => blocks.length > 0),
    { what: 'for leads', blocks: leadBlocks({ proposals, calls, numbers }, { ...look, viewer: lead }) },
    { what: 'for leads, little', blocks: leadBlocks({ proposals: [], calls: [], numbers: none }, look) },
  ];
}
