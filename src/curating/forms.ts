import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { type Locale, locales } from '../core/i18n.ts';
import type { CuratedArticle } from '../core/links.ts';
import { externalSelect, input, modal, type Reader, section, staticSelect, textInput } from '../slack/blocks.ts';
import { aliasOf, slugOf } from './composing.ts';
import { asksForFacts, type DraftWords, isNew, type KnownDraft, Origin } from './draft.ts';
import { areaName, roleName } from './look.ts';
import { wordsIn } from './words.ts';

/** What the form of an article carries. */
export const ArticleForm = z.strictObject({
  id: z.string().min(1),
  origin: Origin,
  revision: z.int().nonnegative(),
  locale: z.enum(locales),
  /** The list was too long for its field: what is typed is added to it. */
  adds: z.literal(true).exactOptional(),
});
export type ArticleForm = z.infer<typeof ArticleForm>;

// What a text field of Slack takes.
const longestField = 3_000;

/** Roles and areas to choose from. */
export interface Choices {
  readonly areas: readonly string[];
  readonly roles: readonly string[];
}

/** To write an article in one language. */
export function articleForm(
  draft: KnownDraft,
  locale: Locale,
  words: DraftWords,
  choices: Choices,
  reader: Reader,
): ModalView {
  const said = wordsIn(reader.locale);
  const { labels, hints } = said;
  const aliases = words.aliases.join('\n');
  const adds = aliases.length > longestField;
  const form: ArticleForm = {
    id: draft.id,
    origin: draft.origin,
    revision: draft.revision,
    locale,
    ...(adds && { adds: true as const }),
  };
  const withFacts = asksForFacts(draft, locale);
  const line = (field: 'title' | 'scope' | 'short', max: number, multiline = false) =>
    textField(field, labels[field], hints[field], { initial: words[field], max, multiline });
  return modal({
    callback: 'curating.article',
    title: isNew(draft) ? said.writeTitle : said.editTitle,
    submit: said.save,
    close: said.cancel,
    metadata: JSON.stringify(form),
    blocks: [
      section(withFacts && isNew(draft) ? said.sentences(said.writeIn[locale], said.otherFirst) : said.writeIn[locale]),
      line('title', 150),
      line('short', 300, true),
      textField('body', labels.body, hints.body, { initial: words.body, multiline: true }),
      line('scope', 200),
      textField('aliases', adds ? said.moreAliases : labels.aliases, hints.aliases, {
        initial: adds ? '' : aliases,
        multiline: true,
        optional: adds,
      }),
      ...(withFacts ? factFields(draft, choices, reader.locale) : []),
    ],
  });
}

function factFields(draft: KnownDraft, { areas, roles }: Choices, locale: Locale): KnownBlock[] {
  const { labels, hints } = wordsIn(locale);
  const { facts } = draft;
  const sources = facts.sources.map(({ title, url }) => `${title} | ${url}`).join('\n');
  const owners = [...new Set([facts.owner, ...roles])];
  const name = draft.article ?? slugOf(draft.texts.en?.title || draft.texts.en?.aliases[0] || '');
  const owner = input({
    blockId: 'owner',
    label: labels.owner,
    hint: hints.owner,
    element: staticSelect({
      id: 'owner',
      choices: owners.map((role) => ({ text: roleName(role, locale), value: role })),
      initial: facts.owner,
    }),
  });
  const place = [
    input({
      blockId: 'area',
      label: labels.area,
      hint: hints.area,
      element: staticSelect({
        id: 'area',
        choices: areas.map((area) => ({ text: areaName(area, locale), value: area })),
        initial: facts.area,
      }),
    }),
    textField('article', labels.article, hints.article, { initial: name, max: 60 }),
  ];
  return [
    textField('sources', labels.sources, hints.sources, { initial: sources, multiline: true }),
    owner,
    // Name and area are where the file lies: they are chosen once.
    ...(isNew(draft) ? place : []),
  ];
}

function textField(
  id: string,
  label: string,
  hint: string | undefined,
  more: {
    readonly initial?: string;
    readonly max?: number;
    readonly multiline?: boolean;
    readonly optional?: boolean;
  } = {},
): KnownBlock {
  const { initial, max = longestField, multiline = false, optional = false } = more;
  return input({
    blockId: id,
    label,
    optional,
    element: textInput({ id, max, multiline, ...(initial ? { initial } : {}) }),
    ...(hint ? { hint } : {}),
  });
}

/** Shown while what belongs there is read. */
export function loadingView(title: string, { locale }: Reader): ModalView {
  return sayView(title, wordsIn(locale).loading, { locale, zone: '' });
}

/** Says one thing and needs nothing. */
export function sayView(title: string, words: string, { locale }: Reader): ModalView {
  return modal({ callback: 'curating.note', title, close: wordsIn(locale).close, blocks: [section(words)] });
}

/** To send a draft back to its author. */
export function backForm(value: string, { locale }: Reader): ModalView {
  const words = wordsIn(locale);
  return modal({
    callback: 'curating.back',
    title: words.backTitle,
    submit: words.back,
    close: words.cancel,
    metadata: value,
    blocks: [textField('text', words.backLabel, undefined, { multiline: true })],
  });
}

/** What a form about something that has an id carries, and a name for what may come of it. */
export const SubjectForm = z.strictObject({ draft: z.string(), subject: z.string() });
export type SubjectForm = z.infer<typeof SubjectForm>;

/** To give an article one more way to be asked for. @param closest the one that comes closest */
export function aliasForm(
  form: SubjectForm,
  alias: string,
  closest: CuratedArticle | undefined,
  { locale }: Reader,
): ModalView {
  const words = wordsIn(locale);
  return modal({
    callback: 'curating.alias',
    title: words.aliasTitle,
    submit: words.aliasSend,
    close: words.cancel,
    metadata: JSON.stringify(form),
    blocks: [
      input({
        blockId: 'article',
        label: words.aliasArticle,
        element: externalSelect({
          id: 'curating.choose',
          minLength: 0,
          ...(closest ? { initial: articleChoice(closest, locale) } : {}),
        }),
      }),
      textField('alias', words.aliasWords, words.aliasHint, { initial: aliasOf(alias), max: 200 }),
    ],
  });
}

/** An article to choose. */
export function articleChoice({ name, files }: CuratedArticle, locale: Locale) {
  return { text: (files[locale] ?? files.en).title, value: name };
}

/** To say that another desk is for it. */
export function deskForm(
  form: SubjectForm,
  example: string,
  desks: readonly { readonly id: string; readonly name: Readonly<Record<Locale, string>> }[],
  { locale }: Reader,
): ModalView {
  const words = wordsIn(locale);
  return modal({
    callback: 'curating.desk',
    title: words.deskTitle,
    submit: words.deskSend,
    close: words.cancel,
    metadata: JSON.stringify(form),
    blocks: [
      input({
        blockId: 'desk',
        label: words.deskLabel,
        element: staticSelect({
          id: 'desk',
          choices: desks.slice(0, 100).map(({ id, name }) => ({ text: name[locale], value: id })),
        }),
      }),
      textField('words', words.deskWords, words.deskHint, { initial: aliasOf(example), max: 200 }),
    ],
  });
}

/** To choose who answers for an article. */
export function handForm(form: SubjectForm, owner: string, roles: readonly string[], { locale }: Reader): ModalView {
  const words = wordsIn(locale);
  const others = roles.filter((role) => role !== owner);
  return modal({
    callback: 'curating.hand',
    title: words.handTitle,
    submit: words.aliasSend,
    close: words.cancel,
    metadata: JSON.stringify(form),
    blocks: [
      input({
        blockId: 'owner',
        label: words.handLabel,
        hint: words.handHint,
        element: staticSelect({
          id: 'owner',
          choices: others.map((role) => ({ text: roleName(role, locale), value: role })),
        }),
      }),
    ],
  });
}
