import type { ActionsBlockElement, KnownBlock, RichTextBlock } from '@slack/types';
import type { Rendered } from '../core/ports.ts';
import {
  actions,
  button,
  context,
  joinWords,
  type Mrkdwn,
  mentionPerson,
  message,
  richText,
  safeUrl,
  section,
  type Words,
} from '../slack/blocks.ts';
import { plain, truncate } from '../slack/escape.ts';
import { deskOf, type HandoffEvent, isActive } from './handoff.ts';
import { closingOf, isLate, type Look, line, when } from './look.ts';
import type { Known } from './saying.ts';
import { texts } from './texts.ts';

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
      if (event.by === handoff.asker) return undefined;
      const intro = line(words.closedBy<Words>(mentionPerson(event.by), desk));
      const reason = `${words.reasons[event.reason]}${event.text ? `\n${event.text}` : ''}`;
      return spoken(handoff, look, intro, reason, [context([words.closedNext])]);
    }
    case 'escalated':
      return sentence(handoff, look, line([words.late[desk]]));
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
