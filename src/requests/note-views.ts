import type { Button, KnownBlock } from '@slack/types';
import type { Rendered } from '../core/ports.ts';
import {
  actions,
  button,
  context,
  joinWords,
  type Mrkdwn,
  mentionPerson,
  message,
  section,
  type Words,
} from '../slack/blocks.ts';
import { type Change, changesOf } from './corrections.ts';
import { historyTexts } from './history-texts.ts';
import { buttonValue, day, type Look, labelFor, line, mentions, namesOf, shortSubject, when } from './look.ts';
import { isFollowed, stageName } from './reading.ts';
import { approversBefore, recallable } from './recalling.ts';
import { isOpen, type Known, numberOf, type RequestEvent } from './request.ts';
import { followButton } from './requester-views.ts';
import { openStages } from './state.ts';
import { consequences } from './state-views.ts';
import { changeBlock, quoteBlock } from './text-views.ts';
import { texts } from './texts.ts';

// What was written is read whole, up to about a screen.
const longestSaid = 1_500;
const mostCalled = 5;
// Enough of an answer to see what changed; the whole form is one click away.
const longestChange = 300;

/** One thing that happened: a sentence, what was written with it, and what can be done now. */
interface Note {
  readonly intro: Mrkdwn;
  readonly text?: string;
  readonly changes?: readonly Change[];
  readonly lines?: readonly string[];
  readonly foot?: readonly KnownBlock[];
}

/** What the requester is told of an event; nothing when there is nothing to tell. */
export function toldMessage(request: Known, event: RequestEvent, look: Look): Rendered | undefined {
  const note = toldNote(request, event, look);
  return note && noteMessage(request, note, look, texts[look.reader.locale].neutralNews(numberOf(request)));
}

function toldNote(request: Known, event: RequestEvent, look: Look): Note | undefined {
  const { told } = texts[look.reader.locale];
  const number = numberOf(request);
  const subject = shortSubject(request, look);
  switch (event.kind) {
    case 'asked':
      return {
        intro: line(told.asks<Words>(mentionPerson(event.by), number)),
        text: event.text,
        foot: [answerButton(request, look), context([told.asksNext])],
      };
    case 'approved': {
      const under = request.conditions.length > 0 ? told.approvedUnder : told.approved;
      const follow = isFollowed(request, look.type)
        ? [context([texts[look.reader.locale].mineFollow]), actions([followButton(request, look)])]
        : [];
      return { intro: line([under(number, subject)]), lines: consequences(request, look), foot: follow };
    }
    case 'declined':
      return {
        intro: line([told.declined(number, subject)]),
        lines: consequences(request, look),
        ...(look.type.appeal === undefined ? {} : { foot: [context([told.declinedNext])] }),
      };
    case 'opened': {
      if (event.promised === undefined) return undefined;
      return { intro: line(told.moved<Words>(number, when(event.promised, look))) };
    }
    case 'noted':
      return { intro: line(told.noted<Words>(mentionPerson(event.by), number)), text: event.text };
    case 'answered':
      return { intro: line(told.answered<Words>(mentionPerson(event.by), number)), text: event.text };
    case 'revoked':
      return { intro: line(told.revoked<Words>(number, mentionPerson(event.by))), text: event.text };
    case 'expired':
      return { intro: line([(event.because === 'lapsed' ? told.lapsed : told.unanswered)(number)]) };
    case 'reminded':
      return remindedNote(request, event, look);
    case 'recorded':
      return {
        intro: line(told.recorded<Words>(number, mentionPerson(event.by))),
        text: event.evidence,
        lines: [texts[look.reader.locale].aboutText(number, subject, texts[look.reader.locale].states[event.decision])],
      };
    case 'superseded':
      return { intro: line([told.superseded(number, event.other)]) };
    case 'withdrawn':
      return { intro: line(told.withdrawn<Words>(number, mentionPerson(event.by))), text: event.text };
    case 'reopened':
      return { intro: line(told.reopened<Words>(number, mentionPerson(event.by))), text: event.text };
    default:
      return undefined;
  }
}

function remindedNote(
  request: Known,
  { of }: Extract<RequestEvent, { kind: 'reminded' }>,
  look: Look,
): Note | undefined {
  const { told } = texts[look.reader.locale];
  const number = numberOf(request);
  if (of === 'end') {
    const { validUntil } = request;
    return validUntil === undefined
      ? undefined
      : { intro: line(told.remindEnd<Words>(number, day(validUntil, look))), lines: [shortSubject(request, look)] };
  }
  const asked = request.questions.at(-1);
  if (!asked) return undefined;
  return { intro: line([told.remindQuestion(number)]), text: asked.text, foot: [answerButton(request, look)] };
}

function answerButton(request: Known, look: Look): KnownBlock {
  const text = texts[look.reader.locale].answer;
  const value = buttonValue(request);
  return actions([
    button({ id: 'requests.answer', text, value, label: labelFor(text, request, look), style: 'primary' }),
  ]);
}

/** What those who decide and those who lead are told of an event; nothing when there is nothing to tell. */
export function calledMessage(request: Known, event: RequestEvent, look: Look): Rendered | undefined {
  const note = calledNote(request, event, look);
  return note && noteMessage(request, note, look, texts[look.reader.locale].neutralDesk(numberOf(request)));
}

function calledNote(request: Known, event: RequestEvent, look: Look): Note | undefined {
  const { call } = texts[look.reader.locale];
  const number = numberOf(request);
  const stage = 'stage' in event ? stageName(look.type, event.stage, look.reader.locale) : '';
  const lines = [shortSubject(request, look)];
  switch (event.kind) {
    case 'opened':
      return { intro: line(call.opened<Words>(number, stage, when(event.clock.due, look))), lines };
    case 'rerouted': {
      const because = historyTexts[look.reader.locale].rerouted[event.because];
      return { intro: line([call.rerouted(number, stage, because)]), lines };
    }
    case 'nudged': {
      // A longer list calls nobody in particular.
      const who = event.who.length <= mostCalled ? mentions(event.who, look) : stage;
      const due = request.stages.find(({ id }) => id === event.stage)?.clock?.due ?? event.at;
      const nudge = due < event.at ? call.nudgedLate : call.nudged;
      return { intro: line(nudge<Words>(who, number, when(due, look))), lines };
    }
    case 'answered':
      return {
        intro: line(call.answered<Words>(mentionPerson(event.by), number)),
        text: event.text,
        changes: changesOf(event, look.type, look.reader.locale),
        foot: correctedFoot(request, event, look),
      };
    case 'recalled': {
      const corrected = request.events
        .slice(0, request.events.indexOf(event))
        .findLast(({ kind }) => kind === 'answered');
      return {
        intro: line([call.recalled(number, stage)]),
        changes: corrected ? changesOf(corrected, look.type, look.reader.locale) : [],
        foot: [detailsButton(request, look)],
      };
    }
    case 'noted':
      return { intro: line(call.noted<Words>(mentionPerson(event.by), number)), text: event.text };
    case 'handed':
      return {
        intro: line(call.handed<Words>(number, mentionPerson(event.by))),
        text: event.text,
        lines,
      };
    case 'escalated': {
      const due = request.stages.find(({ id }) => id === event.stage)?.clock?.due ?? event.at;
      const waited = namesOf(look.waitedFor(event.stage), look);
      const isOver = !openStages(request).some(({ id }) => id === event.stage);
      return {
        intro: line(call.escalated<Words>(number, stage, when(due, look))),
        lines,
        foot: [...(isOver ? [] : [section(line(call.waitsFor<Words>(waited)))]), detailsButton(request, look)],
      };
    }
    case 'recorded':
      return {
        intro: line(call.recorded<Words>(mentionPerson(event.by), number)),
        text: event.evidence,
        foot: [context([call.recordedNext])],
      };
    default:
      return undefined;
  }
}

/** Whoever approved before a correction may take that back, as long as it stands. */
function correctedFoot(request: Known, event: RequestEvent, look: Look): readonly KnownBlock[] {
  const { viewer } = look;
  const isApprover = viewer !== undefined && approversBefore(request, event).includes(viewer);
  if (!isApprover || !isOpen(request) || !recallable(request, look.type, viewer)) return [detailsButton(request, look)];
  return [
    context([texts[look.reader.locale].call.correctedSince]),
    actions([takeBackButton(request, look), detailsElement(request, look)]),
  ];
}

/** Takes an own approval back. */
export function takeBackButton(request: Known, look: Look): Button {
  const text = texts[look.reader.locale].call.takeBack;
  return button({ id: 'requests.recall', text, value: buttonValue(request), label: labelFor(text, request, look) });
}

/** Opens everything about the request. */
function detailsButton(request: Known, look: Look): KnownBlock {
  return actions([detailsElement(request, look)]);
}

function detailsElement(request: Known, look: Look): Button {
  const text = texts[look.reader.locale].details;
  return button({ id: 'requests.details', text, value: buttonValue(request), label: labelFor(text, request, look) });
}

function noteMessage(request: Known, note: Note, look: Look, neutral: string): Rendered {
  const { intro, text, changes = [], lines = [], foot = [] } = note;
  const blocks = [
    section(intro),
    ...(text ? [quoteBlock(text, longestSaid)] : []),
    ...(changes.length > 0 ? [changeBlock(changes, look, longestChange)] : []),
    ...(lines.length > 0 ? [section(lines.join('\n'))] : []),
    ...foot,
  ];
  // A phone on a table shows this line to everybody.
  if (request.restricted) return message({ text: neutral, blocks });
  const corrected = changes.map(({ label, before, after }) => `${label}: ${before} → ${after}`);
  return message({ text: joinWords([intro, ...(text ? [text] : []), ...corrected, ...lines], '\n'), blocks });
}

/** A sentence that needs nothing more. */
export function sayMessage(words: Words): Rendered {
  return message({ text: words, blocks: [section(words)] });
}
