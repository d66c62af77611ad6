import type { KnownBlock, ModalView } from '@slack/types';
import { type Locale, locales } from '../core/i18n.ts';
import type { Rendered } from '../core/ports.ts';
import type { Sample } from '../feature.ts';
import { home } from '../slack/blocks.ts';
import { minutesView } from './board-views.ts';
import { askedAbout, correctable } from './corrections.ts';
import { moveView } from './decide-views.ts';
import { detailView } from './detail-views.ts';
import { findView } from './find-views.ts';
import { listTexts } from './list-texts.ts';
import {
  digestMessage,
  homeBlocks,
  type Listed,
  listMessage,
  listView,
  reminderMessage,
  type Side,
} from './list-views.ts';
import { type Look, line } from './look.ts';
import { type FormKind, kinds, type MoveForm } from './move-form.ts';
import { calledMessage, sayMessage, toldMessage } from './note-views.ts';
import { receiptMessage } from './receipt-views.ts';
import type { Known } from './request.ts';
import { mineMessage } from './requester-views.ts';
import { colleague, decider, eventsOf, hourMs, requester, start, statesOf, third } from './sample-data.ts';
import { openStages } from './state.ts';
import { texts } from './texts.ts';
import type { RequestType, TypeEdition } from './type.ts';
import { lockedMessage, requestMessage } from './views.ts';

/** The type whose cards are shown: it has a stage of every kind. */
const shownType = 'contribute';

/** Whoever looks at a sample. */
export function lookFor(locale: Locale, type: RequestType, more: Partial<Look> = {}): Look {
  const names: Readonly<Record<string, string>> =
    locale === 'en'
      ? { [requester]: 'Mei Lin', [decider]: 'Ana Costa', [colleague]: 'Bo Berg', [third]: 'Lex Law' }
      : { [requester]: '林梅', [decider]: '高安', [colleague]: '白博', [third]: '罗律' };
  return {
    reader: { locale, zone: locale === 'en' ? 'Europe/Berlin' : 'Asia/Shanghai' },
    now: start + hourMs,
    type,
    name: (id) => names[id] ?? id,
    unit: locale === 'en' ? 'Payments' : '支付',
    mine: [],
    waitedFor: () => [decider, colleague],
    manages: false,
    ...more,
  };
}

/** Everything that requests can show beside their forms. @param types those that ship */
export function requestSamples(types: readonly TypeEdition[]): readonly Sample[] {
  const type = types.find((edition) => edition.type.id === shownType)?.type;
  if (!type) return [];
  return locales.flatMap((locale) => [
    ...cardSamples(type, locale),
    ...noteSamples(type, locale),
    ...formSamplesOf(type, locale),
    ...listSamples(type, locale),
  ]);
}

/** The card of those who decide sees what is theirs, the requester's what is theirs. */
function cardSamples(type: RequestType, locale: Locale): readonly Sample[] {
  const desk = (request: Known, more: Partial<Look> = {}) =>
    lookFor(locale, type, {
      viewer: decider,
      mine: openStages(request).map(({ id }) => id),
      manages: true,
      ...(request.manager ? { unsureManager: request.manager } : {}),
      ...more,
    });
  const mine = lookFor(locale, type, { viewer: requester });
  const states = Object.entries(statesOf(type, locale));
  const [, waiting] = states[0] ?? [];
  return [
    ...states.flatMap(([name, request]) => [
      message(`card, ${name}`, locale, requestMessage(request, desk(request))),
      message(`own card, ${name}`, locale, mineMessage(request, mine)),
      modal(`details, ${name}`, locale, detailView(request, desk(request))),
      message(`receipt, ${name}`, locale, receiptMessage(request, mine, 'Example Works')),
    ]),
    ...(waiting
      ? [
          message('card, in a channel', locale, requestMessage(waiting, { ...lookFor(locale, type), mine: ['ospo'] })),
          message('card, late', locale, requestMessage(waiting, desk(waiting, { now: start + 90 * hourMs }))),
          message('card, of somebody who had their say', locale, requestMessage(waiting, desk(waiting, { mine: [] }))),
          message('own card, late', locale, mineMessage(waiting, { ...mine, now: start + 90 * hourMs })),
          modal('details, of the requester', locale, detailView(waiting, mine)),
          message('card, locked', locale, lockedMessage(waiting, mine.reader)),
        ]
      : []),
    ...states
      .filter(([, { stages }]) => stages.some(({ id, votes }) => id === 'board' && votes.length > 0))
      .map(([name, request]) => modal(`minutes, ${name}`, locale, minutesView(request, desk(request)))),
  ];
}

/** What is said of every event, to the requester and to those who decide. */
function noteSamples(type: RequestType, locale: Locale): readonly Sample[] {
  const look = lookFor(locale, type);
  const events = eventsOf(locale);
  const states = statesOf(type, locale);
  const samples = Object.entries(states).flatMap(([name, request]) => {
    const event = request.events.at(-1);
    const told = event && toldMessage(request, event, look);
    return told ? [message(`told, ${name}`, locale, told)] : [];
  });
  const { waiting, restricted } = states;
  if (!waiting || !restricted) return samples;
  const called = {
    opened: events.opened('ospo'),
    answered: events.answered('ospo'),
    noted: events.noted,
    handed: events.handed('ospo'),
    nudged: events.nudged('ospo'),
    escalated: events.escalated('ospo'),
    rerouted: events.rerouted('ospo'),
    recorded: events.recorded,
  };
  const others = {
    moved: events.opened('ospo'),
    replied: events.replied,
    'reminded of a question': events.reminded('question'),
    'reminded of the end': events.reminded('end'),
    reopened: events.reopened,
    recorded: events.recorded,
    'answered in their place': { ...events.answered('ospo'), by: decider },
    'withdrawn in their place': { ...events.withdrawn, by: decider },
  };
  return [
    ...samples,
    ...Object.entries(others).flatMap(([name, event]) => {
      const request = name.includes('end')
        ? states.approved
        : name.includes('question')
          ? states['needs information']
          : waiting;
      const rendered = request && toldMessage(request, event, look);
      return rendered ? [message(`told, ${name}`, locale, rendered)] : [];
    }),
    ...Object.entries(called).flatMap(([name, event]) =>
      [waiting, restricted].flatMap((request) => {
        const rendered = calledMessage(request, event, look);
        return rendered
          ? [message(`called, ${name}${request.restricted ? ', restricted' : ''}`, locale, rendered)]
          : [];
      }),
    ),
    ...['corrected after an approval', 'asked again'].flatMap((name) => {
      const request = states[name];
      const event = request?.events.findLast(({ kind }) => kind === (name === 'asked again' ? 'recalled' : 'answered'));
      const rendered = request && event && calledMessage(request, event, { ...look, viewer: decider });
      return rendered ? [message(`called, ${name}`, locale, rendered)] : [];
    }),
    message('passed on', locale, sayMessage(texts[locale].told.passedOn)),
    message('passed on to the requester', locale, sayMessage(line(texts[locale].told.passedToRequester('Mei Lin')))),
  ];
}

/** Every form of deciding and of what follows. */
function formSamplesOf(type: RequestType, locale: Locale): readonly Sample[] {
  const states = statesOf(type, locale);
  const requestOf: Partial<Record<FormKind, Known | undefined>> = {
    careful: states['with care'],
    answer: states['needs information'],
    meet: states['approved under conditions'],
    abstain: states['being voted on'],
  };
  const stageOf: Partial<Record<FormKind, string>> = { careful: 'executive', abstain: 'board' };
  const look = lookFor(locale, type);
  return kinds.flatMap((kind) => {
    const request = requestOf[kind] ?? states.waiting;
    if (!request) return [];
    const form: MoveForm = { kind, draft: 'SAMPLE', id: request.id, seen: 1, stage: stageOf[kind] ?? 'ospo' };
    const views = [modal(`form, ${kind}`, locale, moveView(form, request, look))];
    if (kind === 'answer') return [...views, ...answerSamples(form, states, look)];
    if (kind !== 'decline') return views;
    const [first] = type.declines;
    const reason = first ? { reason: first.id } : {};
    const against = moveView({ ...form, stage: 'board' }, request, look);
    return [
      ...views,
      modal('form, decline with a reason', locale, moveView(form, request, look, reason)),
      modal('form, vote against', locale, against),
    ];
  });
}

/** With every answer to be corrected, and with what that asks for. */
function answerSamples(form: MoveForm, states: ReturnType<typeof statesOf>, look: Look): readonly Sample[] {
  const { locale } = look.reader;
  const request = states['asked about answers'];
  if (!request) return [];
  const all = { ...form, fields: correctable(look.type, request).map(({ id }) => id) };
  const asked = { ...form, fields: [...askedAbout(look.type, request)] };
  return [
    modal('form, answer with everything to correct', locale, moveView(all, request, look)),
    modal(
      'form, answer with more to correct',
      locale,
      moveView(asked, request, look, { text: '-', answers: request.answers }),
    ),
  ];
}

function listSamples(type: RequestType, locale: Locale): readonly Sample[] {
  const words = listTexts[locale];
  const look = { reader: lookFor(locale, type).reader, now: start + hourMs };
  const late = { ...look, now: start + 90 * hourMs };
  const items = Object.values(statesOf(type, locale)).map((request): Listed => {
    const isOpen = openStages(request).length > 0;
    return { request, type, ...(isOpen ? { waitsOn: 'Ana Costa, Bo Berg' } : {}) };
  });
  const page = (side: Side, all: readonly Listed[]) =>
    listView(
      { title: words.title, items: all, empty: words.none, side, page: 1, pages: 3, key: 'find/x', hasNext: true },
      look,
    );
  const onHome = (title: string, all: readonly Listed[], total: number, side: Side) =>
    homeBlocks(title, all, total, side, late);
  const reminder = reminderMessage(items.slice(0, 2), 2, look);
  return [
    onHomeSample('waiting', locale, onHome(words.waitingForYou, items.slice(0, 6), 500, 'desk')),
    onHomeSample('yours', locale, onHome(words.yourRequests, items.slice(0, 5), 5, 'requester')),
    onHomeSample('late', locale, onHome(words.lateOnes, items.slice(0, 3), 3, 'lead')),
    modal('list, a page', locale, page('lead', items.slice(0, 10))),
    modal('list, nothing on the page', locale, page('desk', [])),
    modal('find', locale, findView([type], look.reader)),
    message('list', locale, listMessage(items.slice(0, 10), 'requester', words.noneMine, true, look)),
    message('list, empty', locale, listMessage([], 'requester', words.noneMine, false, look)),
    ...(reminder ? [message('reminder', locale, reminder)] : []),
    message('digest', locale, digestMessage(items.slice(0, 8), 37, 5, late)),
    message('digest, nothing open', locale, digestMessage([], 0, 0, look)),
  ];
}

function message(name: string, locale: Locale, payload: Rendered): Sample {
  return { name: `requests: ${name} (${locale})`, surface: 'message', payload };
}

function modal(name: string, locale: Locale, payload: ModalView): Sample {
  return { name: `requests: ${name} (${locale})`, surface: 'modal', payload };
}

function onHomeSample(name: string, locale: Locale, blocks: readonly KnownBlock[]): Sample {
  return { name: `requests: home, ${name} (${locale})`, surface: 'home', payload: home({ blocks }) };
}
