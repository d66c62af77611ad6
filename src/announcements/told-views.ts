import type { Rendered } from '../core/ports.ts';
import { actions, button, message, section, type Words } from '../slack/blocks.ts';
import { truncate } from '../slack/escape.ts';
import type { AnnouncementEvent, Known } from './announcement.ts';
import { titleFor } from './draft.ts';
import { texts } from './form-texts.ts';
import { type Look, line } from './look.ts';

/** What a lead is told of an announcement, with the way to it; nothing where the event tells leads nothing. */
export function toldMessage(announcement: Known, event: AnnouncementEvent, look: Look): Rendered | undefined {
  const words = texts[look.reader.locale];
  const title = titleFor(announcement, look.reader.locale) || words.untitled;
  const said = saidOf(event, title, look);
  if (!said) return undefined;
  const by = 'by' in event ? [line(words.by<Words>(look.name(event.by)))] : [];
  const reason = 'text' in event && event.text ? [words.quote(event.text)] : [];
  const open = button({
    id: 'announcements.open',
    text: words.open,
    label: truncate(words.openLabel(title), 75),
    value: announcement.id,
    style: 'primary',
  });
  return message({
    text: [said, ...reason].join('\n'),
    blocks: [section(said), ...reason.map((why) => section(why)), ...by.map((who) => section(who)), actions([open])],
  });
}

function saidOf(event: AnnouncementEvent, title: string, { reader }: Look): string | undefined {
  const words = texts[reader.locale];
  switch (event.kind) {
    case 'confirmed':
      return words.toldReview(title, event.numbers.people + event.numbers.channels);
    case 'approved':
      return words.toldApproved(title);
    case 'returned':
      return words.toldReturned(title);
    case 'halted':
      return `${words.toldHalted(title)} ${event.why === 'no_lead' ? words.haltedNoLead : words.haltedNobody}`;
    case 'cancelled':
      return words.toldCancelled(title);
    case 'retracting':
      return words.toldRetracting(title);
    default:
      return undefined;
  }
}
