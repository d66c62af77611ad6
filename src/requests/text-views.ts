import type { RichTextBlock, RichTextSection } from '@slack/types';
import { richText, safeUrl } from '../slack/blocks.ts';
import { plain, truncate } from '../slack/escape.ts';
import type { Change } from './corrections.ts';
import type { Look } from './look.ts';
import type { Fact } from './reading.ts';
import { texts } from './texts.ts';
import { uploadIn } from './uploads.ts';

type Reading = Pick<Look, 'reader' | 'viewer'>;
type Pieces = RichTextSection['elements'];
type Piece = Pieces[number];

const address = /(https?:\/\/[^\s<>"'，。；、）]+)/u;
const member = /^[UW][A-Z0-9]{2,}$/;

/**
 * A line for each answer, the answer in bold. Rich text, since Slack prints the asterisks of its own markup beside Chinese.
 * @param longest characters of an answer that are shown
 */
export function factBlock(facts: readonly Fact[], look: Reading, longest: number): RichTextBlock {
  const words = texts[look.reader.locale];
  const elements = facts.flatMap(
    (fact, index): Pieces => [
      ...(index > 0 ? [text('\n')] : []),
      text(words.fact(fact.label)),
      ...answerPieces(fact, look, longest),
    ],
  );
  return richText([{ type: 'rich_text_section', elements }]);
}

function answerPieces({ field, value }: Fact, { reader, viewer }: Reading, longest: number): Pieces {
  if (field.kind === 'person' || field.kind === 'people') return value.split(/[,、]\s*/).map(personPiece);
  if (field.kind === 'files')
    return value
      .split(listed)
      .flatMap((link, index) => [...(index > 0 ? [text(texts[reader.locale].comma)] : []), filePiece(link, viewer)]);
  const words = plain(truncate(value, longest));
  const url = field.kind === 'url' && words === value ? safeUrl(value) : undefined;
  if (url) return [{ type: 'link', url, text: words }];
  return [{ type: 'text', text: words, style: { bold: true } }];
}

/** A line for each answer that was corrected: what it was, struck through, and what it is. */
export function changeBlock(changes: readonly Change[], look: Reading, longest: number): RichTextBlock {
  const words = texts[look.reader.locale];
  const elements = changes.flatMap(({ field, label, before, after }, index): Pieces => {
    const none = text(words.notAnswered);
    return [
      ...(index > 0 ? [text('\n')] : []),
      text(words.fact(label)),
      ...(before ? struck(answerPieces({ field, label, value: before }, look, longest)) : [none]),
      text(' → '),
      ...(after ? answerPieces({ field, label, value: after }, look, longest) : [none]),
    ];
  });
  return richText([{ type: 'rich_text_section', elements }]);
}

function struck(pieces: Pieces): Pieces {
  return pieces.map((piece) =>
    piece.type === 'text' || piece.type === 'link' ? { ...piece, style: { strike: true } } : piece,
  );
}

// As answers in words join what they list.
const listed = /, |、/;

/** A file by its name, with the link that opens it; an upload's opens for its uploader alone, and leads nobody else anywhere. */
function filePiece(link: string, viewer: string | undefined): Piece {
  const upload = uploadIn(link);
  const url = upload && upload.by !== viewer ? undefined : safeUrl(link);
  const name = plain(nameOf(link));
  return url ? { type: 'link', url, text: name } : text(name);
}

/** The name that an upload was kept with, else the last part of an address, as people write names. */
function nameOf(link: string): string {
  const url = URL.parse(link);
  const kept = uploadIn(link) && url?.hash.slice(1);
  const last = kept || url?.pathname.split('/').findLast((part) => part !== '');
  if (!last) return link;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function personPiece(id: string): Piece {
  return member.test(id) ? { type: 'user', user_id: id } : text(id);
}

/** Somebody's own words, set apart, with the addresses in them as links that show where they lead. */
export function quoteBlock(words: string, longest: number): RichTextBlock {
  const pieces = plain(truncate(words, longest)).split(address).filter(Boolean);
  return richText([{ type: 'rich_text_quote', elements: pieces.map(linkedPiece) }]);
}

function linkedPiece(piece: string): Piece {
  const url = address.test(piece) ? safeUrl(piece) : undefined;
  return url ? { type: 'link', url, text: piece } : text(piece);
}

/** A list of sentences. */
export function listBlock(lines: readonly string[]): RichTextBlock {
  const elements = lines.map((line): RichTextSection => ({ type: 'rich_text_section', elements: [text(plain(line))] }));
  return richText([{ type: 'rich_text_list', style: 'bullet', elements }]);
}

/** A line that stands out. */
export function boldBlock(words: string): RichTextBlock {
  const elements: Pieces = [{ type: 'text', text: plain(words), style: { bold: true } }];
  return richText([{ type: 'rich_text_section', elements }]);
}

function text(words: string): Piece {
  return { type: 'text', text: words };
}
