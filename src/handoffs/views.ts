import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import type { PersonId, Rendered } from '../core/ports.ts';
import {
  actions,
  button,
  context,
  joinWords,
  linkChannel,
  type Mrkdwn,
  mentionPerson,
  message,
  overflow,
  type Reader,
  section,
  type Words,
} from '../slack/blocks.ts';
import { truncate } from '../slack/escape.ts';
import { askedAt, type HandoffEvent, isActive } from './handoff.ts';
import { closingOf, isLate, type Look, line, when } from './look.ts';
import type { Known } from './saying.ts';
import { texts } from './texts.ts';

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
    ...(look.mayAct ? [...buttonsFor(handoff, look), ...articleButton(handoff, look)] : []),
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

/** Who asks, and whether it is confidential. */
export function headlineOf({ asker, restricted }: Known, { reader, unit }: Look): Mrkdwn {
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

/** What one person asked others will ask: the answer as the beginning of an article. */
function articleButton({ id, state, restricted, events, asker }: Known, { reader, name }: Look): KnownBlock[] {
  const isAnswered = state === 'answered' || (state === 'closed' && events.some(({ kind }) => kind === 'answered'));
  if (!isAnswered || restricted) return [];
  const words = texts[reader.locale];
  return [
    actions([
      button({
        id: 'curating.write',
        text: words.makeArticle,
        label: words.about(words.makeArticle, name(asker)),
        value: `handoff/${id}`,
      }),
    ]),
  ];
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

/** A sentence that needs nothing more. */
export function noteMessage(words: string): Rendered {
  return message({ text: words, blocks: [section(words)] });
}
