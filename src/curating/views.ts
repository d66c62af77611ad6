import type { ActionsBlockElement, Button, KnownBlock, ModalView } from '@slack/types';
import { type Locale, locales } from '../core/i18n.ts';
import type { ArticleWords } from '../core/links.ts';
import type { Rendered } from '../core/ports.ts';
import {
  actions,
  button,
  context,
  divider,
  header,
  joinWords,
  type Mrkdwn,
  mentionPerson,
  message,
  modal,
  section,
  type Words,
} from '../slack/blocks.ts';
import { truncate } from '../slack/escape.ts';
import { type Content, fold, parseMarkdown, toMessageBlocks, toRichText } from '../slack/render.ts';
import { changesOf, type Overview } from './composing.ts';
import { asksForFacts, type DraftWords, isNew, type KnownDraft, localesOf } from './draft.ts';
import { areaName, type Look, line, roleName, titleOf, when } from './look.ts';
import { wordsIn } from './words.ts';

// A phone shows about this much before one scrolls; the whole is one tap away.
const foldAt = 1_000;
// Two languages, their changes and the notes share the 13,000 characters of a message.
const longestChange = 1_500;
const longestAliases = 400;
const longestNotes = 800;

/** The card of those who review. */
export function draftMessage(draft: KnownDraft, overview: Overview, look: Look): Rendered {
  const { locale } = look.reader;
  const words = wordsIn(locale);
  const title = titleOf(draft, locale);
  const state = stateLine(draft, look);
  const isOpen = draft.state === 'draft' || draft.state === 'review';
  const blocks: KnownBlock[] = [
    header(words.draftOf(title)),
    context([bylineOf(draft, look), factsLine(draft, locale)]),
    ...(isOpen ? localesOf(draft).flatMap((one) => languageBlocks(draft, one, overview, look, inMessage)) : []),
    section(state),
    ...noteBlocks(draft, look),
    ...(isOpen ? adviceBlocks(draft, overview, locale) : []),
    ...(draft.state === 'published' ? [context([words.exportNext])] : []),
    ...(draft.state === 'review'
      ? [actions([...reviewButtons(draft, title, locale), openButton(draft, title, locale)])]
      : []),
    ...(draft.state === 'draft' ? [actions([openButton(draft, title, locale)])] : []),
  ];
  const shorts = localesOf(draft).flatMap((one) => draft.texts[one]?.short ?? []);
  const first = draft.state === 'review' ? words.reviewWanted(title) : words.draftOf(title);
  return message({ text: joinWords([first, state, ...shorts], '\n'), blocks });
}

/** All of the draft, with what its reader can do next. @param mayReview whether they could put it into force */
export function draftPage(draft: KnownDraft, overview: Overview, look: Look, mayReview = false): ModalView {
  const { locale } = look.reader;
  const words = wordsIn(locale);
  const title = titleOf(draft, locale);
  return modal({
    callback: 'curating.page',
    title: words.pageTitle,
    close: words.close,
    blocks: [
      header(words.draftOf(title)),
      context([bylineOf(draft, look), factsLine(draft, locale)]),
      section(stateLine(draft, look)),
      ...noteBlocks(draft, look),
      ...(mayReview && draft.state === 'review' ? [actions(reviewButtons(draft, title, locale))] : []),
      ...pageButtons(draft, title, locale),
      ...localesOf(draft).flatMap((one) => [divider(), ...languageBlocks(draft, one, overview, look, inModal)]),
      ...adviceBlocks(draft, overview, locale),
    ],
  });
}

function bylineOf(draft: KnownDraft, look: Look): Mrkdwn {
  const words = wordsIn(look.reader.locale);
  return line(words.byline<Words>(joinWords(draft.authors.map(mentionPerson), words.together('', ''))));
}

function factsLine(draft: KnownDraft, locale: Locale): string {
  const words = wordsIn(locale);
  const { area, owner } = draft.facts;
  const name = draft.article ?? words.untitled;
  const written = localesOf(draft).map((one) => words.languages[one]);
  const languages = written.length > 0 ? [written.reduce((one, other) => words.together(one, other))] : [];
  const what = isNew(draft) ? words.newArticle(name) : words.changedArticle(name);
  return [what, words.facts(areaName(area, locale), roleName(owner, locale)), ...languages].join(' · ');
}

function stateLine({ state, by, since }: KnownDraft, look: Look): Words {
  const words = wordsIn(look.reader.locale);
  if (state === 'published' && by) return line(words.inForce<Words>(mentionPerson(by), when(since, look)));
  if (state === 'discarded' && by) return line(words.givenUp<Words>(mentionPerson(by), when(since, look)));
  return words.states[state];
}

function noteBlocks({ note }: KnownDraft, look: Look): KnownBlock[] {
  if (!note) return [];
  const words = wordsIn(look.reader.locale);
  return [context([line(words.sentBack<Words>(mentionPerson(note.by), when(note.at, look)))]), section(note.text)];
}

/** Where a text is shown: all of it, or what fits. */
interface Surface {
  readonly folds: boolean;
  toBlocks(content: Content): readonly KnownBlock[];
}
const inMessage: Surface = { folds: true, toBlocks: (content) => toMessageBlocks(content) };
const inModal: Surface = { folds: false, toBlocks: (content) => toRichText(content) };

function languageBlocks(
  draft: KnownDraft,
  written: Locale,
  overview: Overview,
  look: Look,
  { folds, toBlocks }: Surface,
): readonly KnownBlock[] {
  const own = draft.texts[written];
  if (!own) return [];
  const words = wordsIn(look.reader.locale);
  const before = overview.before[written];
  const body = parseMarkdown(own.body);
  return [
    context([`${words.languages[written]} · ${own.title || words.untitled}`]),
    ...(own.short ? toBlocks(parseMarkdown(`**${own.short}**`)) : []),
    ...(own.body ? toBlocks(folds ? fold(body, foldAt).shown : body) : []),
    ...(own.scope ? [context([words.holdsFor(own.scope)])] : []),
    ...(before ? [] : aliasLine(own.aliases, look.reader.locale)),
    ...(before ? changeBlocks(before, own, look.reader.locale) : []),
  ];
}

function aliasLine(aliases: readonly string[], locale: Locale): KnownBlock[] {
  if (aliases.length === 0) return [];
  return [context([truncate(wordsIn(locale).alsoFoundBy(aliases.join(' · ')), longestAliases)])];
}

/** What a reader of the old text has to look at. */
function changeBlocks(before: ArticleWords, after: DraftWords, locale: Locale): KnownBlock[] {
  const words = wordsIn(locale);
  const whole = (one: ArticleWords) => [one.title, one.scope, one.short, one.body].join('\n\n');
  const { gone, come } = changesOf(whole(before), whole(after));
  const added = after.aliases.filter((alias) => !before.aliases.includes(alias));
  const dropped = before.aliases.filter((alias) => !after.aliases.includes(alias));
  const lines = [
    ...gone.map((part) => `− ${part}`),
    ...come.map((part) => `+ ${part}`),
    ...(added.length > 0 ? [words.moreAliasesChange(added.join(' · '))] : []),
    ...(dropped.length > 0 ? [words.fewerAliases(dropped.length)] : []),
  ];
  return lines.length > 0 ? [section(truncate([words.changesTitle, ...lines].join('\n'), longestChange))] : [];
}

function adviceBlocks(draft: KnownDraft, { notes, movedOn, reviewers }: Overview, locale: Locale): KnownBlock[] {
  const words = wordsIn(locale);
  const absent = isNew(draft) ? locales.filter((one) => !draft.texts[one]) : [];
  const advice = [
    ...(movedOn.length > 0 ? [words.movedOn] : []),
    ...(reviewers ? [] : [words.nobodyReviews(roleName(draft.facts.owner, locale))]),
    ...(absent.length < locales.length ? absent.map((one) => words.missing[one]) : []),
  ];
  return [
    ...(advice.length > 0 ? [section(advice.join('\n'))] : []),
    ...(notes.length > 0 ? [context([truncate([words.notesTitle, ...notes].join(' '), longestNotes)])] : []),
  ];
}

/** What a button of a card is about: the draft, and the text that was looked at. */
function draftValue({ id, revision }: KnownDraft): string {
  return `${id}/${revision}`;
}

function reviewButtons(draft: KnownDraft, title: string, locale: Locale): ActionsBlockElement[] {
  const words = wordsIn(locale);
  const value = draftValue(draft);
  return [
    button({
      id: 'curating.publish',
      text: words.publish,
      label: words.about(words.publish, title),
      value,
      style: 'primary',
      confirm: { title: words.publishTitle, text: words.publishText, confirm: words.publish, deny: words.cancel },
    }),
    button({ id: 'curating.back', text: words.back, label: words.about(words.back, title), value }),
  ];
}

export function openButton(draft: KnownDraft, title: string, locale: Locale): Button {
  const words = wordsIn(locale);
  return button({ id: 'curating.open', text: words.open, label: words.about(words.open, title), value: draft.id });
}

function pageButtons(draft: KnownDraft, title: string, locale: Locale): KnownBlock[] {
  if (draft.state !== 'draft' && draft.state !== 'review') return [];
  const words = wordsIn(locale);
  const hasFacts = locales.some((one) => asksForFacts(draft, one) && draft.texts[one] !== undefined);
  // What all languages share comes first: without it the other language has no place to go.
  const offered = locales.filter((one) => hasFacts || asksForFacts(draft, one) || !isNew(draft));
  const writing = offered.map((one) =>
    button({
      id: `curating.turn:${one}`,
      text: draft.texts[one] ? words.edit[one] : words.add[one],
      value: `${draft.id}/${one}`,
    }),
  );
  const submit =
    draft.state === 'draft' && draft.revision > 0
      ? [button({ id: 'curating.submit', text: words.submit, value: draftValue(draft), style: 'primary' })]
      : [];
  const discard = button({
    id: 'curating.discard',
    text: words.discard,
    label: words.about(words.discard, title),
    value: draft.id,
    confirm: {
      title: words.discardTitle,
      text: words.discardText,
      confirm: words.discard,
      deny: words.keep,
      style: 'danger',
    },
  });
  return [actions([...submit, ...writing, discard])];
}

/** What an author is told of their text. */
export function toldMessage(draft: KnownDraft, event: string, look: Look): Rendered | undefined {
  const words = wordsIn(look.reader.locale);
  const title = titleOf(draft, look.reader.locale);
  if (event === 'published' && draft.by) {
    const said = line(words.toldPublished<Words>(mentionPerson(draft.by), title));
    return message({ text: said, blocks: [section(said), context([words.exportNext])] });
  }
  if (!draft.note) return undefined;
  const said = line(words.toldBack<Words>(mentionPerson(draft.note.by), title));
  return message({
    text: joinWords([said, draft.note.text], '\n'),
    blocks: [section(said), section(draft.note.text), actions([openButton(draft, title, look.reader.locale)])],
  });
}

/** A sentence that needs nothing more. */
export function noteMessage(words: string): Rendered {
  return message({ text: words, blocks: [section(words)] });
}
