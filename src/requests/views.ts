import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import type { Rendered } from '../core/ports.ts';
import {
  actions,
  button,
  context,
  header,
  joinWords,
  type Mrkdwn,
  mentionPerson,
  message,
  overflow,
  type Reader,
  section,
  type Words,
} from '../slack/blocks.ts';
import { truncate } from '../slack/escape.ts';
import { changesOf } from './corrections.ts';
import { filesButton } from './handing-views.ts';
import { buttonValue, type Look, labelFor, line, shortSubject, subjectIn, when } from './look.ts';
import { decidingFacts, type Grounds, groundsOf, quoteOf, stageName, stageOf } from './reading.ts';
import { isOpen, type Known, numberOf, type RequestEvent, type StageState } from './request.ts';
import { openStages } from './state.ts';
import { consequences, stagesLine, stateLine } from './state-views.ts';
import { changeBlock, factBlock, quoteBlock } from './text-views.ts';
import { texts } from './texts.ts';

// About two lines on a desktop; the rest is one click away.
const longestQuote = 240;
const longestFact = 150;
// What was said last; older words are in the details.
const latestSaid = 2;
const longestSaid = 300;

/** The card of those who decide. */
export function requestMessage(request: Known, look: Look): Rendered {
  const words = texts[look.reader.locale];
  const number = numberOf(request);
  const head = headLine(request, look);
  const grounds = groundsOf(look.type, request, look.reader.locale);
  const facts = decidingFacts(look.type, request, look.reader.locale);
  const quote = quoteOf(look.type, request);
  const state = stateLine(request, look);
  const stages = stagesLine(request, look);
  const after = consequences(request, look);
  const blocks = [
    header(`${number} · ${subjectIn(request, look.type, look.reader.locale)}`),
    context([head]),
    ...flagBlocks(grounds, look),
    ...(facts.length > 0 ? [factBlock(facts, look, longestFact)] : []),
    ...(quote ? [quoteBlock(quote, longestQuote)] : []),
    ...saidBlocks(request, look),
    ...(state ? [section(state)] : []),
    ...(after.length > 0 ? [section(after.join('\n'))] : []),
    ...buttonBlocks(request, look),
    ...(stages ? [context([stages])] : []),
    ...footBlocks(request, grounds, look),
  ];
  // A phone on a table shows this line to everybody.
  if (request.restricted) return message({ text: words.neutralDesk(number), blocks });
  const text = joinWords(
    [
      firstSentence(request, look),
      head,
      ...(grounds.flags.length > 0 ? [words.flags(grounds.flags.join(words.semicolon))] : []),
      ...facts.map(({ label, value }) => `${words.fact(label)}${truncate(value, longestFact)}`),
      ...(quote ? [words.quote(truncate(quote, longestQuote))] : []),
      ...(state ? [state] : []),
      ...after,
      ...(stages ? [stages] : []),
    ],
    '\n',
  );
  return message({ text, blocks });
}

/** For somebody who had the card and may no longer see it. */
export function lockedMessage(request: Pick<Known, 'number'>, { locale }: Reader): Rendered {
  const words = texts[locale].locked(numberOf(request));
  return message({ text: words, blocks: [section(words)] });
}

/** Makes sense alone, where nothing else is read. */
function firstSentence(request: Known, look: Look): Mrkdwn {
  const words = texts[look.reader.locale];
  const number = numberOf(request);
  const subject = shortSubject(request, look);
  if (request.state !== 'in_review') return line([words.aboutText(number, subject, words.states[request.state])]);
  const due = dueOf(request, look);
  return line(
    due === undefined
      ? [words.needsYouNow(number, subject)]
      : words.needsYouText<Words>(number, subject, when(due, look)),
  );
}

/** Who asks, in which role the reader is asked, and the clock. */
function headLine(request: Known, look: Look): Mrkdwn {
  const words = texts[look.reader.locale];
  const due = dueOf(request, look);
  const roles = stagesOf(request, look).map(({ id }) => stageName(look.type, id, look.reader.locale));
  const asked = roles.join(words.comma);
  const clock = due !== undefined && due < look.now ? words.wasDue : words.by;
  return joinWords([
    line(words.askedBy<Words>(mentionPerson(request.requester), look.unit)),
    ...(roles.length > 0 ? [look.viewer ? words.needsYou(asked) : words.needs(asked)] : []),
    ...(due === undefined ? [] : [line(clock<Words>(when(due, look)))]),
    ...(roles.length === 0 ? [line(words.askedOn<Words>(when(request.events[0]?.at ?? request.since, look)))] : []),
  ]);
}

/** The open stages that are the reader's to decide. */
function stagesOf(request: Known, { mine }: Look): readonly StageState[] {
  return openStages(request).filter(({ id }) => mine.includes(id));
}

/** The clock of the reader's own stages, else the promise to the requester. */
function dueOf(request: Known, look: Look): number | undefined {
  if (request.state !== 'in_review') return undefined;
  const own = stagesOf(request, look).flatMap(({ clock }) => clock?.due ?? []);
  return own.length > 0 ? Math.min(...own) : request.promised;
}

/* ---------- what decides ---------- */

function flagBlocks(grounds: Grounds, { reader }: Look): readonly KnownBlock[] {
  const words = texts[reader.locale];
  if (grounds.flags.length > 0) return [section(words.flags(grounds.flags.join(words.semicolon)))];
  return grounds.canFlag ? [context([words.noFlags])] : [];
}

/* ---------- what was said ---------- */

/** What was said last about it, so that nobody decides past a question or an answer. */
function saidBlocks(request: Known, look: Look): readonly KnownBlock[] {
  const words = texts[look.reader.locale];
  const said = request.events.flatMap((event) => spokenIn(event, look)).slice(-latestSaid);
  return said.flatMap((event) => {
    const changes = changesOf(event, look.type, look.reader.locale);
    return [
      context([line(words.saidBy<Words>(mentionPerson(event.by), when(event.at, look)))]),
      ...(event.text ? [quoteBlock(event.text, longestSaid)] : []),
      ...(changes.length > 0 ? [changeBlock(changes, look, longestFact)] : []),
    ];
  });
}

/** Private notes are for those who decide; a channel card stands where they are. */
function spokenIn(event: RequestEvent, { mine, manages, viewer }: Look): readonly Spoken[] {
  if (!isSpoken(event)) return [];
  const isHidden = event.kind === 'noted' && event.privately && viewer !== undefined && mine.length === 0 && !manages;
  const saysSomething = event.text !== '' || (event.kind === 'answered' && event.answers !== undefined);
  return saysSomething && !isHidden ? [event] : [];
}

type Spoken = Extract<RequestEvent, { kind: 'noted' | 'asked' | 'answered' | 'held' | 'appealed' | 'reopened' }>;
const spokenKinds: ReadonlySet<RequestEvent['kind']> = new Set<Spoken['kind']>([
  'noted',
  'asked',
  'answered',
  'held',
  'appealed',
  'reopened',
]);

function isSpoken(event: RequestEvent): event is Spoken {
  return spokenKinds.has(event.kind);
}

/* ---------- buttons ---------- */

/** What the stages that are the reader's to decide allow, and everything else about it. */
function buttonBlocks(request: Known, look: Look): readonly KnownBlock[] {
  const text = texts[look.reader.locale].details;
  const label = labelFor(text, request, look);
  const details = button({ id: 'requests.details', text, label, value: buttonValue(request) });
  const [menu, ...decide] = decideElements(request, look).toReversed();
  const files = filesButton(request, look);
  return [actions(menu ? [...decide.toReversed(), ...files, details, menu] : [...files, details])];
}

/** The buttons and, last, the menu of those who decide; none when nothing is the reader's to decide. */
export function decideElements(request: Known, look: Look): readonly ActionsBlockElement[] {
  const words = texts[look.reader.locale];
  const value = buttonValue(request);
  const named = (text: string) => ({ text, value, label: labelFor(text, request, look) });
  const [first] = stagesOf(request, look);
  if (!isOpen(request) || !first) return [];
  if (request.state === 'on_hold') {
    return [button({ id: 'requests.resume', ...named(words.resume) }), moreMenu(['note'], request, look)];
  }
  const stage = stageOf(look.type, first.id);
  const care = stage?.care ? 'requests.approve_carefully' : 'requests.approve';
  const menu: readonly MoreMove[] = stage?.vote
    ? ['abstain', 'conflict', 'conditions', 'ask', 'note']
    : ['conditions', 'ask', 'hand', 'hold', 'note'];
  return [
    button({ id: care, ...named(stage?.vote ? words.voteFor : words.approve), style: 'primary' }),
    button({ id: 'requests.decline', ...named(stage?.vote ? words.voteAgainst : words.decline) }),
    moreMenu(menu, request, look),
  ];
}

/** What the menu offers; five fit, and whatever is rarer stands in the details. */
type MoreMove = keyof (typeof texts)['en']['more'];

function moreMenu(moves: readonly MoreMove[], request: Known, { reader }: Look): ActionsBlockElement {
  const { more } = texts[reader.locale];
  const choices = moves.map((move) => ({ text: more[move], value: `${buttonValue(request)}/${move}` }));
  return overflow({ id: 'requests.more', choices });
}

function footBlocks(request: Known, grounds: Grounds, look: Look): readonly KnownBlock[] {
  const words = texts[look.reader.locale];
  if (!isOpen(request)) return request.restricted ? [context([words.confidential])] : [];
  return [
    context([
      words.why(grounds.because.join(look.reader.locale === 'en' ? ' ' : '')),
      ...(grounds.unknown.length > 0 ? [words.unknown(grounds.unknown.join(words.semicolon))] : []),
      ...(look.unsureManager ? [line(words.managerNamed<Words>(mentionPerson(look.unsureManager)))] : []),
      ...(request.restricted ? [words.confidential] : []),
      ...(look.viewer ? [words.howTo] : []),
    ]),
  ];
}
