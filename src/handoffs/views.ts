import type { ActionsBlockElement, KnownBlock, RichTextBlock } from '@slack/types';
import type { PersonId, Rendered } from '../core/ports.ts';
import {
  actions,
  button,
  context,
  dateToken,
  header,
  joinWords,
  linkChannel,
  type Mrkdwn,
  mentionPerson,
  message,
  overflow,
  type Reader,
  richText,
  safeUrl,
  section,
  type Words,
} from '../slack/blocks.ts';
import { plain, truncate } from '../slack/escape.ts';
import { askedAt, deskOf, type HandoffEvent, isActive } from './handoff.ts';
import type { Known } from './saying.ts';
import { type Parts, texts } from './texts.ts';

/** Who looks, and what they need to know beside the question. */
export interface Look {
  readonly reader: Reader;
  /** ms */
  readonly now: number;
  /** A person in words. */
  name(id: PersonId): string;
  /** The asker's unit, in the reader's language. */
  readonly unit: string | undefined;
  /** Whether the reader may answer: without it no buttons. */
  readonly mayAct: boolean;
}

// The card shows what was written last; a phone shows about this much of each before one scrolls.
const latest = 3;
const shortened = 600;

/** The card of those who answer. `alone`: it stands in a direct message, where no colleague reads a thread. */
export function caseMessage(handoff: Known, look: Look, alone: boolean): Rendered {
  const words = texts[look.reader.locale];
  const { question, restricted } = handoff;
  const headline = headlineOf(handoff, look);
  const facts = joinWords([
    line(words.asked(when(askedAt(handoff), look))),
    line(words.dueBy(when(handoff.deadline.due, look))),
    words.writesIn[question.locale],
  ]);
  const state = stateLine(handoff, look);
  const blocks = [
    section(headline),
    context([facts]),
    section(words.quote(question.text)),
    context([knownLine(handoff, look)]),
    ...dialogueBlocks(handoff, look),
    section(state),
    ...(look.mayAct ? buttonsFor(handoff, look) : []),
    ...(look.mayAct && isActive(handoff) ? [context([alone ? words.howToAlone : words.howTo])] : []),
    ...(restricted ? [context([words.confidentialSeen])] : []),
  ];
  // A phone on a table shows this line to everybody.
  if (restricted) return message({ text: words.neutralDesk, blocks });
  const text = joinWords([headline, facts, words.quote(question.text), knownLine(handoff, look), state], '\n');
  return message({ text, blocks });
}

/** For somebody who had the card and may no longer see it. */
export function lockedMessage(reader: Reader): Rendered {
  const { lockedCard } = texts[reader.locale];
  return message({ text: lockedCard, blocks: [section(lockedCard)] });
}

function headlineOf({ asker, restricted }: Known, { reader, unit }: Look): Mrkdwn {
  const words = texts[reader.locale];
  const from = restricted ? words.confidentialFrom : words.questionFrom;
  return line(from<Words>(mentionPerson(asker), unit));
}

/** What the bot had answered. */
function knownLine({ question }: Known, { reader }: Look): string {
  const words = texts[reader.locale];
  if (question.shown) return words.shown(question.shown.title);
  return question.outcome ? words.outcome[question.outcome] : words.notAskedBefore;
}

/** What was said since it was asked, the latest last. */
function dialogueBlocks({ events }: Known, look: Look): KnownBlock[] {
  return events
    .flatMap(spokenIn)
    .slice(-latest)
    .flatMap((said) => [
      context([line(texts[look.reader.locale].wrote<Words>(mentionPerson(said.by), when(said.at, look)))]),
      section(truncate(said.text, shortened)),
    ]);
}

function spokenIn(
  event: HandoffEvent,
): readonly { readonly by: PersonId; readonly at: number; readonly text: string }[] {
  return 'text' in event && event.kind !== 'asked' && event.text ? [event] : [];
}

function stateLine(handoff: Known, look: Look): Mrkdwn {
  const words = texts[look.reader.locale];
  const { state, holder, since, rest } = handoff;
  const who = mentionPerson(holder ?? handoff.asker);
  const late = isLate(handoff, look.now) ? [words.stateLate] : [];
  if (rest && holder) return line(words.stateWaiting<Words>(who));
  switch (state) {
    case 'open':
      return joinWords([...late, words.stateOpen]);
    case 'claimed':
      return joinWords([...late, line(words.stateClaimed<Words>(who, when(since, look)))]);
    case 'answered':
      return line(words.stateAnswered<Words>(who, when(since, look)));
    case 'closed': {
      const { by, reason } = closingOf(handoff);
      return line(words.stateClosed<Words>(mentionPerson(by), when(since, look), words.reasons[reason]));
    }
  }
}

function closingOf({ events, asker }: Known) {
  const closed = events.findLast((event) => event.kind === 'closed');
  return closed?.kind === 'closed' ? closed : { by: asker, reason: 'withdrawn' as const, text: '' };
}

function isLate(handoff: Known, now: number): boolean {
  return isActive(handoff) && !handoff.rest && now > handoff.deadline.due;
}

/** The value of every button of those who answer: which question, the round that is seen, and its desk. */
export function caseValue({ id, round, restricted }: Known): string {
  return `${id}/${round}/${restricted ? 'r' : 'o'}`;
}

function buttonsFor(handoff: Known, look: Look): KnownBlock[] {
  if (!isActive(handoff)) return [];
  const words = texts[look.reader.locale];
  const value = caseValue(handoff);
  const label = (action: string) => words.about(action, look.name(handoff.asker));
  const claim: ActionsBlockElement[] =
    handoff.state === 'open'
      ? [button({ id: 'handoffs.claim', text: words.claim, label: label(words.claim), value, style: 'primary' })]
      : [];
  return [
    actions([
      ...claim,
      button({ id: 'handoffs.answer', text: words.answer, label: label(words.answer), value }),
      overflow({
        id: 'handoffs.more',
        choices: [
          { text: words.handOver, value: `${value}/hand` },
          { text: words.closeIt, value: `${value}/close` },
        ],
      }),
    ]),
  ];
}

/* ---------- the asker's side ---------- */

/** The asker's own copy. */
export function receiptMessage(handoff: Known, look: Look): Rendered {
  const words = texts[look.reader.locale];
  const status = receiptLine(handoff, look);
  const blocks = [
    section(status),
    context([words.quote(truncate(handoff.question.text, 150))]),
    ...(isActive(handoff) ? [actions(receiptButtons(handoff, look)), context([words.seenBy(deskOf(handoff))])] : []),
  ];
  return message({ text: handoff.restricted ? words.neutralAsker : status, blocks });
}

function receiptLine(handoff: Known, look: Look): Mrkdwn {
  const words = texts[look.reader.locale];
  const { state, holder, since, rest, deadline, asker } = handoff;
  const due = when(deadline.due, look);
  if (state === 'closed') {
    const { by } = closingOf(handoff);
    if (by === asker) return line([words.receiptOver]);
    return line(words.receiptClosed<Words>(mentionPerson(by), when(since, look)));
  }
  if (!holder)
    return line((isLate(handoff, look.now) ? words.receiptLate : words.receipt)<Words>(deskOf(handoff), due));
  const who = mentionPerson(holder);
  if (state === 'answered') return line(words.receiptAnswered<Words>(who, when(since, look)));
  if (rest) return line(words.receiptWaiting<Words>(who));
  if (isLate(handoff, look.now)) return line(words.receiptLate<Words>(deskOf(handoff), due));
  return line(words.receiptClaimed<Words>(who, due));
}

function receiptButtons({ id }: Known, { reader }: Look): ActionsBlockElement[] {
  const words = texts[reader.locale];
  return [
    button({ id: 'handoffs.add', text: words.add, value: id }),
    button({
      id: 'handoffs.withdraw',
      text: words.withdraw,
      value: id,
      confirm: {
        title: words.withdrawTitle,
        text: words.withdrawText,
        confirm: words.withdrawConfirm,
        deny: words.withdrawDeny,
      },
    }),
  ];
}

/** What the asker is told of an event; nothing when there is nothing to tell. `done`: after a button was pressed on it. */
export function toldMessage(handoff: Known, event: HandoffEvent, look: Look, done?: string): Rendered | undefined {
  const words = texts[look.reader.locale];
  const desk = deskOf(handoff);
  switch (event.kind) {
    case 'answered': {
      const buttons = [
        button({ id: 'handoffs.helped', text: words.helps, value: handoff.id }),
        button({ id: 'handoffs.again', text: words.another, value: handoff.id }),
      ];
      const foot = done ? [context([done])] : [actions(buttons), context([words.answerNext])];
      return spoken(handoff, look, line(words.answers<Words>(mentionPerson(event.by), desk)), event.text, foot);
    }
    case 'queried': {
      const foot = [actions([button({ id: 'handoffs.add', text: words.reply, value: handoff.id })])];
      const intro = line(words.queries<Words>(mentionPerson(event.by), desk));
      return spoken(handoff, look, intro, event.text, [...foot, context([words.queryNext])]);
    }
    case 'closed': {
      const intro = line(words.closedBy<Words>(mentionPerson(event.by), desk));
      const reason = `${words.reasons[event.reason]}${event.text ? `\n${event.text}` : ''}`;
      return spoken(handoff, look, intro, reason, [context([words.closedNext])]);
    }
    case 'escalated':
      return sentence(handoff, look, line([words.late(desk)]));
    case 'added': {
      const { holder } = handoff;
      return sentence(
        handoff,
        look,
        holder ? line(words.passedOn<Words>(mentionPerson(holder))) : line([words.passedToDesk(desk)]),
      );
    }
    case 'reopened':
      return sentence(handoff, look, line(words.reopened<Words>(when(event.deadline.due, look))));
    default:
      return undefined;
  }
}

function spoken({ restricted }: Known, look: Look, intro: Mrkdwn, text: string, foot: readonly KnownBlock[]): Rendered {
  const { neutralAsker } = texts[look.reader.locale];
  return message({
    text: restricted ? neutralAsker : joinWords([intro, text], '\n'),
    blocks: [section(intro), linked(text), ...foot],
  });
}

function sentence({ restricted }: Known, { reader }: Look, words: Mrkdwn): Rendered {
  return message({ text: restricted ? texts[reader.locale].neutralAsker : words, blocks: [section(words)] });
}

/** What a person wrote, with its web addresses as links that show where they lead. */
function linked(text: string): RichTextBlock {
  const pieces = plain(text)
    .split(/(https?:\/\/[^\s<>"'，。；、）]+)/u)
    .filter(Boolean);
  const elements = pieces.map((piece) => {
    const url = /^https?:\/\//.test(piece) ? safeUrl(piece) : undefined;
    return url ? { type: 'link' as const, url, text: piece } : { type: 'text' as const, text: piece };
  });
  return richText([{ type: 'rich_text_section', elements }]);
}

/* ---------- calls to those who answer ---------- */

// A longer list calls nobody in particular.
const mostNamed = 5;

/** Calls those who answer because of an event. `called`: who is named, in a channel. */
export function callMessage(
  handoff: Known,
  event: HandoffEvent,
  look: Look,
  at: { readonly called: readonly PersonId[]; readonly channel: string | undefined },
): Rendered | undefined {
  const words = texts[look.reader.locale];
  const names = at.called.length <= mostNamed ? joinWords(at.called.map(mentionPerson), ' ') : undefined;
  const due = when(handoff.deadline.due, look);
  const quote = section(words.quote(truncate(handoff.question.text, shortened)));
  const foot = context([words.nudgeNext]);
  const say = (intro: Mrkdwn, ...blocks: KnownBlock[]): Rendered =>
    message({ text: handoff.restricted ? words.neutralDesk : intro, blocks: [section(intro), ...blocks] });
  switch (event.kind) {
    case 'nudged': {
      const nobody = line(words.nudgeAll<Words>(due));
      const intro = handoff.holder && names ? line(words.nudge<Words>(names, due)) : nobody;
      return say(handoff.holder || !names ? intro : joinWords([names, nobody], ' '), quote, foot);
    }
    case 'handed': {
      const note = event.text ? [section(event.text)] : [];
      if (!event.to) return undefined;
      return say(line(words.handedTo<Words>(mentionPerson(event.to), mentionPerson(event.by))), ...note, quote);
    }
    case 'added':
      return say(line(names ? words.added<Words>(names) : [words.addedAll]), section(event.text));
    case 'reopened':
      return say(
        line(names ? words.opened<Words>(names) : [words.openedAll]),
        section(event.text || words.quote(handoff.question.text)),
      );
    case 'escalated': {
      const { holder, since, asker } = handoff;
      const held = holder
        ? line(words.escalatedHeld<Words>(mentionPerson(holder), when(since, look)))
        : words.escalatedOpen;
      const where = at.channel ? line(words.escalatedIn<Words>(linkChannel(at.channel))) : words.escalatedHere;
      const intro = line(words.escalated<Words>(mentionPerson(asker), due));
      return say(intro, quote, section(held), ...(look.mayAct ? [context([where])] : []));
    }
    default:
      return undefined;
  }
}

/* ---------- Home ---------- */

// Enough for a morning; who has more opens the channel.
const mostAtHome = 10;

/** A list of questions on Home, the oldest first; nothing when there are none. `total`: also those not given. */
export function homeBlocks(
  handoffs: readonly Known[],
  total: number,
  side: 'desk' | 'asker',
  look: Omit<Look, 'unit' | 'mayAct'>,
): readonly KnownBlock[] {
  if (handoffs.length === 0) return [];
  const words = texts[look.reader.locale];
  const shown = handoffs.slice(0, mostAtHome);
  const left = total - shown.length;
  return [
    header(side === 'desk' ? words.waitingForYou : words.yourQuestions),
    ...shown.flatMap((handoff) => homeItem(handoff, side, { ...look, unit: undefined, mayAct: side === 'desk' })),
    ...(left > 0 ? [context([words.more(left)])] : []),
  ];
}

function homeItem(handoff: Known, side: 'desk' | 'asker', look: Look): readonly KnownBlock[] {
  const words = texts[look.reader.locale];
  const accessory =
    side === 'desk'
      ? button({
          id: 'handoffs.answer',
          text: words.answer,
          label: words.about(words.answer, look.name(handoff.asker)),
          value: caseValue(handoff),
        })
      : button({ id: 'handoffs.add', text: handoff.rest ? words.reply : words.add, value: handoff.id });
  const deadline = (isLate(handoff, look.now) ? words.homeLate : words.homeLine)<Words>(
    when(handoff.deadline.due, look),
  );
  const waiting = side === 'desk' ? words.homeWaiting : words.homeYours;
  const facts = [
    ...(side === 'desk' ? [headlineOf(handoff, look)] : []),
    ...(handoff.holder
      ? [line(words.stateClaimed<Words>(mentionPerson(handoff.holder), when(handoff.since, look)))]
      : [words.stateOpen]),
    handoff.rest ? waiting : line(deadline),
  ];
  return [section(words.quote(truncate(handoff.question.text, 150)), { accessory }), context([joinWords(facts)])];
}

/* ---------- pieces ---------- */

/** A sentence that needs nothing more. */
export function noteMessage(words: string): Rendered {
  return message({ text: words, blocks: [section(words)] });
}

function when(ms: number, { reader }: Look): Mrkdwn {
  return dateToken(ms, 'dateTime', reader);
}

/** A sentence in pieces as one. */
export function line(parts: Parts<Words>): Mrkdwn {
  return joinWords(parts, '');
}
