import type { KnownBlock, ModalView } from '@slack/types';
import type { Locale } from '../core/i18n.ts';
import { button, context, divider, modal, type Reader, richText, section, type Words } from '../slack/blocks.ts';
import { plain } from '../slack/escape.ts';
import { texts } from './form-texts.ts';
import type { RequestType, TypeEdition } from './type.ts';

// Two blocks for each, and a view has 100.
const mostTypes = 45;

/** What can be asked for, the restricted ones last. @param said a sentence above: a form that was named does not exist */
export function chooseView(offered: readonly TypeEdition[], { locale }: Reader, said?: Words): ModalView {
  const words = texts[locale];
  const shown = offered.slice(0, mostTypes).map(({ type }) => type);
  const open = shown.filter((type) => !type.restricted);
  const restricted = shown.filter((type) => type.restricted);
  const none = shown.length === 0 ? [section(words.nothingOffered)] : [];
  return modal({
    callback: 'requests.choose',
    title: words.chooseTitle,
    close: words.close,
    blocks: [
      ...(said ? [section(said)] : []),
      ...none,
      ...(open.length > 0 ? [section(words.chooseIntro)] : []),
      ...open.flatMap((type) => typeBlocks(type, locale)),
      ...(restricted.length > 0 ? [divider(), context([words.chooseRestricted])] : []),
      ...restricted.flatMap((type) => typeBlocks(type, locale)),
    ],
  });
}

function typeBlocks({ id, title, what }: RequestType, locale: Locale): readonly KnownBlock[] {
  const words = texts[locale];
  const begin = button({
    id: 'requests.choose',
    text: words.begin,
    label: words.beginLabel(title[locale]),
    value: id,
  });
  // A title in bold needs rich text, which takes no button: the line with the button says what it is for.
  const bold = { type: 'text' as const, text: plain(title[locale]), style: { bold: true } };
  return [richText([{ type: 'rich_text_section', elements: [bold] }]), section(what[locale], { accessory: begin })];
}

/** While what was begun is read. */
export function openingView({ locale }: Reader): ModalView {
  const words = texts[locale];
  return modal({
    callback: 'requests.note',
    title: words.chooseTitle,
    close: words.close,
    blocks: [section(words.opening)],
  });
}
