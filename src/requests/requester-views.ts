import type { ActionsBlockElement, Button, KnownBlock } from '@slack/types';
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
  section,
  type Words,
} from '../slack/blocks.ts';
import { writeLink } from './form-link.ts';
import { historyTexts } from './history-texts.ts';
import { buttonValue, day, type Look, labelFor, line, shortSubject, subjectIn, when } from './look.ts';
import { isFollowed, isLate, latest, stageName } from './reading.ts';
import { isOpen, type Known, numberOf, submittedAt } from './request.ts';
import { openStages } from './state.ts';
import { consequences, stagesLine, stateLine } from './state-views.ts';
import { quoteBlock } from './text-views.ts';
import { texts } from './texts.ts';

// A question is read whole; longer ones than this are in the details.
const longestQuestion = 1_500;

/** The requester's own card: one status, one promised date. */
export function mineMessage(request: Known, look: Look): Rendered {
  const words = texts[look.reader.locale];
  const number = numberOf(request);
  const status = statusLine(request, look);
  const stages = stagesLine(request, look);
  const after = consequences(request, look);
  const said = saidToRequester(request);
  const buttons = buttonsFor(request, look);
  const asked = line(words.askedOn<Words>(when(submittedAt(request), look)));
  const blocks = [
    header(`${number} · ${subjectIn(request, look.type, look.reader.locale)}`),
    section(status),
    ...(said ? [quoteBlock(said, longestQuestion)] : []),
    ...(after.length > 0 ? [section(after.join('\n'))] : []),
    ...outcomeLine(request, look),
    ...(buttons.length > 0 ? [actions(buttons)] : []),
    ...(stages ? [context([stages])] : []),
    context([
      joinWords([look.type.title[look.reader.locale], asked]),
      ...(isOpen(request) ? [words.threadGoes] : []),
      ...(isFollowed(request, look.type) ? [words.mineFollow] : []),
      ...(request.restricted ? [words.confidential] : []),
    ]),
  ];
  if (request.restricted) return message({ text: words.neutralNews(number), blocks });
  const first = words.aboutText(number, shortSubject(request, look), words.states[request.state]);
  const text = joinWords(
    [first, status, ...(said ? [words.quote(said)] : []), ...after, ...(stages ? [stages] : [])],
    '\n',
  );
  return message({ text, blocks });
}

/** What goes with the status: the question that is open, or why it is on hold. */
function saidToRequester(request: Known): string | undefined {
  if (request.state === 'needs_info') return request.questions.at(-1)?.text;
  return request.state === 'on_hold' ? latest(request, 'held')?.text : undefined;
}

function statusLine(request: Known, look: Look): Mrkdwn {
  const words = texts[look.reader.locale];
  switch (request.state) {
    case 'in_review': {
      const names = openStages(request).map(({ id }) => stageName(look.type, id, look.reader.locale));
      const stages = names.join(words.and);
      if (request.promised === undefined) return line([words.mineWaitsOnly(stages)]);
      const due = when(request.promised, look);
      return line((isLate(request, look.now) ? words.mineLate : words.mineWaits)<Words>(stages, due));
    }
    case 'needs_info': {
      const asked = request.questions.at(-1);
      return line(words.mineAsked<Words>(asked ? mentionPerson(asked.by) : words.somebody));
    }
    case 'on_hold': {
      const held = latest(request, 'held');
      if (!held) return line([words.states.on_hold]);
      return line(words.mineHeld<Words>(mentionPerson(held.by), day(held.until, look)));
    }
    default:
      return stateLine(request, look) ?? line([words.states[request.state]]);
  }
}

function buttonsFor(request: Known, look: Look): readonly ActionsBlockElement[] {
  const words = texts[look.reader.locale];
  const value = buttonValue(request);
  const named = (id: string, text: string, style?: 'primary') =>
    button({ id, text, value, label: labelFor(text, request, look), ...(style ? { style } : {}) });
  const details = named('requests.details', words.details);
  switch (request.state) {
    case 'in_review':
    case 'on_hold':
      return [named('requests.note', words.add), details, withdrawButton(request, look)];
    case 'needs_info':
      return [named('requests.answer', words.answer, 'primary'), details, withdrawButton(request, look)];
    case 'approved':
      return approvedButtons(request, look, details);
    case 'declined': {
      const { appeal } = look.type;
      const mayAppeal = appeal !== undefined && !request.stages.some(({ id }) => id === appeal);
      return [...(mayAppeal ? [named('requests.appeal', words.appeal)] : []), againButton(request, look), details];
    }
    case 'withdrawn':
    case 'expired':
    case 'revoked':
    case 'superseded':
      return [againButton(request, look), details];
  }
}

/** To tell what became of it. */
export function followButton(request: Known, look: Look): Button {
  const text = texts[look.reader.locale].follow;
  const value = buttonValue(request);
  return button({ id: 'requests.follow', text, value, label: labelFor(text, request, look), style: 'primary' });
}

function approvedButtons(request: Known, look: Look, details: ActionsBlockElement): readonly ActionsBlockElement[] {
  const words = texts[look.reader.locale];
  const value = buttonValue(request);
  const open = request.conditions.some(({ met }) => met === undefined);
  return [
    ...(isFollowed(request, look.type) ? [followButton(request, look)] : []),
    button({ id: 'requests.receipt', text: words.receipt, value, label: labelFor(words.receipt, request, look) }),
    details,
    ...(open
      ? [
          button({
            id: 'requests.meet',
            text: words.conditionDone,
            value,
            label: labelFor(words.conditionDone, request, look),
          }),
        ]
      : []),
  ];
}

function withdrawButton(request: Known, look: Look): ActionsBlockElement {
  const words = texts[look.reader.locale];
  return button({
    id: 'requests.withdraw',
    text: words.withdraw,
    value: buttonValue(request),
    label: labelFor(words.withdraw, request, look),
    confirm: {
      title: words.withdrawTitle,
      text: words.withdrawText,
      confirm: words.withdrawConfirm,
      deny: words.withdrawDeny,
    },
  });
}

/** The same form, filled in with the same answers. */
function againButton(request: Known, look: Look): ActionsBlockElement {
  const words = texts[look.reader.locale];
  const plainAnswers = Object.entries(request.answers).flatMap(([id, value]) =>
    Array.isArray(value) ? [[id, value.join(',')] as const] : [[id, String(value)] as const],
  );
  const value = writeLink({ type: request.type, prefill: Object.fromEntries(plainAnswers) });
  return button({ id: 'requests.open', text: words.askAgain, value, label: labelFor(words.askAgain, request, look) });
}

/** Where a follow-up stands: the address and the outcome, once they are told. */
function outcomeLine(request: Known, look: Look): readonly KnownBlock[] {
  const told = [
    ...(request.outcome ? [historyTexts[look.reader.locale].outcomes[request.outcome]] : []),
    ...(request.link ? [request.link] : []),
  ];
  return told.length > 0 ? [context([joinWords(told)])] : [];
}
