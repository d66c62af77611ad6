import type { KnownBlock } from '@slack/types';
import {
  actions,
  button,
  context,
  dateToken,
  header,
  joinWords,
  type Reader,
  section,
  type Words,
} from '../slack/blocks.ts';
import { keptUntil } from './form-draft.ts';
import { texts } from './form-texts.ts';

/** A draft on Home. */
export interface ShownDraft {
  readonly id: string;
  readonly subject: string;
  /** Title of its form, in the reader's language. */
  readonly title: string;
  readonly savedAt: number;
}

/** What was begun and not sent, the newest first; nothing when there is nothing. `total`: also those not given. */
export function draftBlocks(shown: readonly ShownDraft[], total: number, reader: Reader): readonly KnownBlock[] {
  if (shown.length === 0) return [];
  const words = texts[reader.locale];
  const left = total - shown.length;
  return [
    header(words.draftsTitle),
    ...shown.flatMap((draft) => draftItem(draft, reader)),
    ...(left > 0 ? [context([words.moreDrafts(left)])] : []),
  ];
}

function draftItem({ id, subject, title, savedAt }: ShownDraft, reader: Reader): readonly KnownBlock[] {
  const words = texts[reader.locale];
  const until = dateToken(keptUntil({ savedAt }), 'date', reader);
  const discard = button({
    id: 'requests.discard',
    text: words.discard,
    label: words.discardLabel(subject),
    value: id,
    confirm: {
      title: words.discardAsk,
      text: words.discardText,
      confirm: words.discard,
      deny: words.keep,
      style: 'danger',
    },
  });
  return [
    section(subject),
    context([joinWords(words.saved<Words>(title, dateToken(savedAt, 'dateTime', reader), until), '')]),
    actions([
      button({ id: 'requests.go_on', text: words.goOn, label: words.goOnLabel(subject), value: id, style: 'primary' }),
      discard,
    ]),
  ];
}

/** Where everybody begins. */
export function newRequestBlocks({ locale }: Reader): readonly KnownBlock[] {
  return [actions([button({ id: 'requests.open', text: texts[locale].newRequest })])];
}
