import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import { licensePick } from '../core/links.ts';
import type { PersonId, Rendered } from '../core/ports.ts';
import {
  actions,
  button,
  context,
  header,
  mentionPerson,
  message,
  mrkdwn,
  overflow,
  section,
} from '../slack/blocks.ts';
import { foldedBody, shortBlocks } from './edition-view.ts';
import { askedBackBlocks, licenseButton, licenseMessage, licenseText } from './license-views.ts';
import { humanValue, pickOf, type Reply } from './reply.ts';
import { texts } from './texts.ts';
import {
  alsoClose,
  articleText,
  buttonRow,
  commandButton,
  englishInstead,
  holderButtons,
  noteMessage,
  requestButton,
  type Setting,
  type Surface,
  shortVersion,
  showButton,
  sourceLines,
  thumbs,
  understoodLine,
} from './view-parts.ts';

/** The message for a reply. */
export function replyMessage(reply: Reply, surface: Surface, setting: Setting): Rendered {
  const shown = shownMessage(reply, surface, setting);
  if (reply.meant === undefined) return shown;
  return { ...shown, blocks: [context([texts[reply.locale].followsUp(reply.meant)]), ...shown.blocks] };
}

function shownMessage(reply: Reply, surface: Surface, setting: Setting): Rendered {
  switch (reply.kind) {
    case 'answer':
      return answerMessage(reply, surface, setting);
    case 'license':
      return licenseMessage(reply, surface, setting);
    case 'choices':
      return choicesMessage(reply, surface, setting);
    case 'which':
      return whichMessage(reply, setting);
    case 'unknown':
      return unknownMessage(reply, surface, setting);
    case 'help':
      return helpMessage(reply, surface);
    case 'gone':
      return noteMessage(texts[reply.locale].gone);
  }
}

/** An answer that somebody showed to a whole conversation. */
export function sharedMessage(reply: Reply, sharedBy: PersonId, setting: Setting): Rendered {
  const answer = replyMessage(reply, 'shared', setting);
  const by = mrkdwn`${texts[reply.locale].sharedBy} ${mentionPerson(sharedBy)}`;
  return { ...answer, blocks: [...answer.blocks, context([by])] };
}

type AnswerReply = Extract<Reply, { kind: 'answer' }>;

function answerMessage(reply: AnswerReply, surface: Surface, setting: Setting): Rendered {
  const { shelf, locale } = reply;
  const body = foldedBody(shelf.edition);
  const blocks: KnownBlock[] = [
    ...(reply.edited ? [context([texts[locale].changed])] : []),
    header(shelf.edition.title),
    ...shortBlocks(shelf.edition),
    ...body.blocks,
    ...englishInstead(shelf, locale),
    context([texts[locale].holdsFor(shelf.edition.scope)]),
    ...buttonRow(answerButtons(reply, surface, setting, body.rest)),
    sourceLines(shelf, locale, setting.now),
    ...understoodLine(reply),
    ...askedBackBlocks(reply, surface),
  ];
  if (surface !== 'shared') blocks.push(...alsoClose(reply));
  if (surface === 'conversation') blocks.push(thumbs(reply));
  return message({ text: answerText(reply, setting.now), blocks });
}

function answerButtons(reply: AnswerReply, surface: Surface, setting: Setting, rest: boolean): ActionsBlockElement[] {
  const { questionId, locale, shelf } = reply;
  const words = texts[locale];
  const subject = `${questionId}/${pickOf(shelf)}`;
  const readOn = button({
    id: 'ask.read_on',
    text: words.readOn,
    label: words.labeled(words.readOn, shelf.edition.title),
    value: `${subject}/${locale}`,
  });
  if (surface === 'shared') return rest ? [readOn] : [];
  const human = humanButton(reply, words.askHuman, setting);
  if (surface === 'ephemeral') {
    return [
      ...requestButton(reply),
      ...commandButton(reply),
      ...licenseButton(reply, licensePick),
      button({ id: 'ask.share', text: words.shareHere, value: subject }),
      button({ id: 'ask.keep', text: words.openInConversation, value: subject }),
      ...human,
    ];
  }
  return [
    ...requestButton(reply),
    ...commandButton(reply),
    ...(rest ? [readOn] : []),
    ...licenseButton(reply, licensePick),
    ...human,
    moreMenu(reply),
  ];
}

function humanButton(reply: Reply, text: string, { human }: Setting): ActionsBlockElement[] {
  return human ? [button({ id: 'ask.human', text, value: humanValue(reply) })] : [];
}

/** "..." holds the receipt and the related topics: Slack's menu takes five entries. */
function moreMenu({ questionId, related, shelf, locale }: AnswerReply): ActionsBlockElement {
  const receipt = `receipt/${questionId}/${pickOf(shelf)}/${shortVersion(shelf.edition)}`;
  const topics = related
    .slice(0, 4)
    .map((other) => ({ text: other.edition.title, value: `show/${questionId}/${other.article.id}` }));
  return overflow({ id: 'ask.more', choices: [{ text: texts[locale].keepAnswer, value: receipt }, ...topics] });
}

function choicesMessage(reply: Extract<Reply, { kind: 'choices' }>, surface: Surface, setting: Setting): Rendered {
  const { choices, locale, questionId } = reply;
  const words = texts[locale];
  const question = words.whichOne(choices.length);
  const elements = choices.map((shelf, i) => showButton(shelf, questionId, i));
  const blocks: KnownBlock[] = [
    section(question),
    ...buttonRow(elements),
    ...understoodLine(reply),
    ...buttonRow([...requestButton(reply), ...humanButton(reply, words.noneOfThese, setting)]),
  ];
  if (surface === 'conversation') blocks.push(thumbs(reply));
  const list = choices.map((shelf) => `- ${words.labeled(shelf.edition.title, shelf.edition.short)}`).join('\n');
  return message({ text: `${question}\n${list}`, blocks });
}

/** The topic has texts for several places: the asker says which one is theirs. */
function whichMessage(reply: Extract<Reply, { kind: 'which' }>, setting: Setting): Rendered {
  const { locale, title, holders } = reply;
  const words = texts[locale];
  const question = words.whichPlace(title);
  const human = buttonRow([...requestButton(reply), ...humanButton(reply, words.askHuman, setting)]);
  const list = holders.map(({ place }) => `- ${place ?? words.elsewhere}`).join('\n');
  return message({ text: `${question}\n${list}`, blocks: [section(question), ...holderButtons(reply), ...human] });
}

function unknownMessage(reply: Extract<Reply, { kind: 'unknown' }>, surface: Surface, setting: Setting): Rendered {
  const { closest, desk, locale, questionId } = reply;
  const words = texts[locale];
  const link = desk && setting.deskLink(desk.link, locale);
  const said = desk ? (link ? words.deskAt(desk.name[locale], link) : words.desk(desk.name[locale])) : words.nothing;
  const blocks: KnownBlock[] = [section(said), ...understoodLine(reply)];
  if (closest.length > 0) {
    blocks.push(section(words.closest), actions(closest.map((shelf, i) => showButton(shelf, questionId, i))));
  }
  blocks.push(...buttonRow([...requestButton(reply), ...humanButton(reply, words.askHuman, setting)]));
  if (surface === 'conversation') blocks.push(thumbs(reply));
  const list = closest.map((shelf) => `- ${shelf.edition.title}`);
  return message({ text: [said, ...(list.length > 0 ? [words.closest, ...list] : [])].join('\n'), blocks });
}

/** What the bot is for, with three questions to try. */
function helpMessage(reply: Extract<Reply, { kind: 'help' }>, surface: Surface): Rendered {
  const words = texts[reply.locale];
  const examples = words.example.map((example) => `- ${example}`).join('\n');
  const list = `${words.examples}\n${examples}`;
  const more = surface === 'shared' ? [] : buttonRow(commandButton(reply));
  return message({ text: `${words.help}\n${list}`, blocks: [section(words.help), section(list), ...more] });
}

/** A reply as plain text, whatever it is. */
export function replyText(reply: Reply, setting: Setting): string {
  if (reply.kind === 'answer') return answerText(reply, setting.now);
  // Whole: only Slack's messages are cut.
  return reply.kind === 'license' ? licenseText(reply, setting.now) : replyMessage(reply, 'shared', setting).text;
}

function answerText({ shelf, locale, license }: AnswerReply, now: number): string {
  const article = articleText(shelf, locale, now);
  return license?.standing === 'asks' ? `${article}\n\n${license.text}` : article;
}
