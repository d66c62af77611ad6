import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import type { Locale } from '../core/i18n.ts';
import { actions, button, context, header, linkTo, richText, section, type Words } from '../slack/blocks.ts';
import type { Advice } from './advice.ts';
import { writeChoice } from './choice.ts';
import { texts } from './texts.ts';

/** What a card shows, and what can be pressed on it; apart, since a shared card has no buttons. */
export interface AdviceBlocks {
  readonly blocks: readonly KnownBlock[];
  readonly buttons: readonly KnownBlock[];
}

/**
 * The card of an advice: the answer, then the three layers under their own titles.
 * @param questionId the kept question that the buttons belong to; without it there are none
 * @param request the button that opens a request for the component, where there is one
 */
export function adviceBlocks(
  advice: Advice,
  questionId: string | undefined,
  request?: { readonly label: string; readonly value: string },
): AdviceBlocks {
  const { card, asks, each, assumed, locale } = advice;
  const ask = asks === undefined ? [] : [section(asks)];
  const blocks = [
    ...(card ? cardBlocks(card, locale) : ask),
    ...(each.length > 0 ? [listBlock(undefined, each)] : []),
    ...(assumed.length > 0 ? [context(assumed)] : []),
    ...(card ? ask : []),
  ];
  return { blocks, buttons: questionId === undefined ? [] : buttonRows(advice, questionId, request) };
}

/** The same as plain text: the first line makes sense alone. */
export function adviceText({ card, asks, each, assumed, locale }: Advice): string {
  const { labeled, layers } = texts[locale];
  if (!card) return [asks ?? '', ...each.map((line) => `- ${line}`), ...assumed].join('\n');
  const layer = (title: string, lines: readonly string[]) => [title, ...lines.map((line) => `- ${line}`), ''];
  return [
    labeled(card.title, card.answer),
    '',
    ...layer(layers.license, card.license),
    ...layer(layers.policy, card.policy),
    ...layer(layers.now, card.now),
    ...each,
    ...assumed,
    ...card.foot,
    ...(asks === undefined ? [] : [asks]),
  ].join('\n');
}

function cardBlocks(card: NonNullable<Advice['card']>, locale: Locale): readonly KnownBlock[] {
  const { layers } = texts[locale];
  return [
    header(card.title),
    richText([{ type: 'rich_text_section', elements: [{ type: 'text', text: card.answer, style: { bold: true } }] }]),
    listBlock(layers.license, card.license),
    listBlock(layers.policy, card.policy),
    listBlock(layers.now, card.now),
    // A context holds ten lines; the sources of two analyses are four.
    ...(card.foot.length > 0 ? [context(card.foot.slice(0, 10).map(footLine))] : []),
  ];
}

/** Rich text, since asterisks beside Chinese characters are printed. */
function listBlock(title: string | undefined, lines: readonly string[]): KnownBlock {
  const items = lines.map((line) => ({
    type: 'rich_text_section' as const,
    elements: [{ type: 'text' as const, text: line }],
  }));
  const list = { type: 'rich_text_list' as const, style: 'bullet' as const, elements: items };
  if (title === undefined) return richText([list]);
  const heading = { type: 'text' as const, text: title, style: { bold: true } };
  return richText([{ type: 'rich_text_section', elements: [heading] }, list]);
}

/** Addresses are shown by what tells them apart: host and last part. */
function footLine(line: string): Words {
  if (!/^https?:\/\/\S+$/.test(line)) return line;
  const { hostname, pathname } = new URL(line);
  const last = pathname.split('/').findLast((part) => part !== '');
  return linkTo(line, last === undefined ? hostname : `${hostname}/…/${last}`);
}

function buttonRows(
  { ways, prefill }: Advice,
  questionId: string,
  request: { readonly label: string; readonly value: string } | undefined,
): readonly KnownBlock[] {
  const open: ActionsBlockElement[] = request
    ? [
        button({
          id: 'requests.open',
          text: request.label,
          value: request.value,
          style: 'primary',
          ...(prefill.license && { label: `${request.label}: ${prefill.license}` }),
        }),
      ]
    : [];
  const others = ways.map(({ text, choice }, at) =>
    // Ids must differ within a block; what follows the colon is not part of the action's name.
    button({ id: `ask.show:license${at}`, text, value: `${questionId}/${writeChoice(choice)}` }),
  );
  const row = [...open, ...others];
  return row.length > 0 ? [actions(row)] : [];
}
