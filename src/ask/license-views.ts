import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import type { Locale } from '../core/i18n.ts';
import type { Rendered } from '../core/ports.ts';
import { button, context, divider, message, section } from '../slack/blocks.ts';
import { parseMarkdown, toRichText } from '../slack/render.ts';
import { shortBlocks } from './edition-view.ts';
import { humanValue, pickOf, type Reply } from './reply.ts';
import { texts } from './texts.ts';
import { articleText, buttonRow, type Setting, type Surface, showButton, sourceLines, thumbs } from './view-parts.ts';

type LicenseReply = Extract<Reply, { kind: 'license' }>;
type AnswerReply = Extract<Reply, { kind: 'answer' }>;

/** The message with a license card: the card, what can be done, and what the handbook has on it. */
export function licenseMessage(reply: LicenseReply, surface: Surface, setting: Setting): Rendered {
  const blocks = [
    ...(reply.edited ? [context([texts[reply.locale].changed])] : []),
    ...cardBlocks(reply, surface !== 'shared'),
    ...buttonRow(cardButtons(reply, surface, setting)),
    ...handbookBlocks(reply, surface, setting.now),
  ];
  if (surface === 'conversation') blocks.push(thumbs(reply));
  return message({ text: licenseText(reply, setting.now), blocks });
}

/** The same inside the modal that the question was typed into. */
export function licenseViewBlocks(reply: LicenseReply, human: readonly KnownBlock[], now: number): KnownBlock[] {
  return [...cardBlocks(reply, true), ...handbookBlocks(reply, 'modal', now), ...human];
}

/** As text: the card, then the article as a whole, or what comes close. */
export function licenseText({ license, handbook, choices, locale }: LicenseReply, now: number): string {
  const words = texts[locale];
  const list = choices.map(({ edition }) => `- ${words.labeled(edition.title, edition.short)}`);
  return [
    license.text,
    ...(handbook ? [articleText(handbook.shelf, locale, now)] : []),
    ...(list.length > 0 ? [[words.alsoClose, ...list].join('\n')] : []),
  ].join('\n\n');
}

/** Below an article: what is asked back about the license that the question names. */
export function askedBackBlocks({ license }: AnswerReply, surface: Surface): readonly KnownBlock[] {
  if (license?.standing !== 'asks' || surface === 'shared') return [];
  return [divider(), ...license.blocks, ...license.buttons];
}

/** Beside an article, for a question that merely names a license. */
export function licenseButton({ license, questionId, locale }: AnswerReply, pick: string): ActionsBlockElement[] {
  if (license?.standing !== 'offered') return [];
  return [button({ id: 'ask.show:license', text: texts[locale].licenseCard, value: `${questionId}/${pick}` })];
}

function cardBlocks({ license }: LicenseReply, pressable: boolean): readonly KnownBlock[] {
  return [...license.blocks, ...(pressable ? license.buttons : [])];
}

function cardButtons(reply: LicenseReply, surface: Surface, setting: Setting): ActionsBlockElement[] {
  if (surface === 'shared') return [];
  const words = texts[reply.locale];
  const subject = `${reply.questionId}/${reply.pick}`;
  const lasting =
    surface === 'ephemeral'
      ? [
          button({ id: 'ask.share', text: words.shareHere, value: subject }),
          button({ id: 'ask.keep', text: words.openInConversation, value: subject }),
        ]
      : [];
  const human = setting.human ? [button({ id: 'ask.human', text: words.askHuman, value: humanValue(reply) })] : [];
  return [...lasting, ...human];
}

function handbookBlocks(reply: LicenseReply, surface: Surface | 'modal', now: number): KnownBlock[] {
  const { handbook, choices, locale, questionId } = reply;
  const words = texts[locale];
  if (handbook) return articleBlocks(handbook, surface, locale, now);
  if (choices.length === 0 || surface === 'shared') return [];
  return [context([words.alsoClose]), ...buttonRow(choices.map((shelf, at) => showButton(shelf, questionId, at)))];
}

/** What the article says in short, and the way to the whole. */
function articleBlocks(
  { shelf, questionId }: AnswerReply,
  surface: Surface | 'modal',
  locale: Locale,
  now: number,
): KnownBlock[] {
  const words = texts[locale];
  const value = `${questionId}/${pickOf(shelf)}/${locale}`;
  const label = words.labeled(words.readArticle, shelf.edition.title);
  const read = button({ id: 'ask.read_on', text: words.readArticle, label, value });
  return [
    divider(),
    context([words.fromHandbook]),
    section(shelf.edition.title),
    // Markdown blocks are for messages only.
    ...(surface === 'modal' ? toRichText(parseMarkdown(`**${shelf.edition.short}**`)) : shortBlocks(shelf.edition)),
    context([words.holdsFor(shelf.edition.scope)]),
    sourceLines(shelf, locale, now),
    ...(surface === 'shared' ? [] : buttonRow([read])),
  ];
}
