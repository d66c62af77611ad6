import { type Locale, locales } from '../core/i18n.ts';
import { licensePick } from '../core/links.ts';
import type { PersonId } from '../core/ports.ts';
import type { Sample } from '../feature.ts';
import { section } from '../slack/blocks.ts';
import type { Article, Edition } from './article.ts';
import { articleModal, askModal, replyModal } from './modals.ts';
import { receiptMessage } from './receipt-view.ts';
import type { Reply, Shelf } from './reply.ts';
import { texts } from './texts.ts';
import { noteMessage, type Setting } from './view-parts.ts';
import { replyMessage, sharedMessage } from './views.ts';

// A fixed moment, so that the gallery is the same every day: 22 November 2026, noon UTC.
const now = Date.UTC(2026, 10, 22, 12);

const setting: Setting = { now, human: true, deskLink: () => '#it-help' };

/** An article in three lengths: one sentence, a page, and the longest that the loader takes gracefully. */
const bodies: Readonly<Record<'short' | 'long', Readonly<Record<Locale, string>>>> = {
  short: { en: 'What to do next: nothing, go ahead.', 'zh-CN': '下一步：不用申请，直接用。' },
  long: {
    en: `${'The license asks for its notice in every copy, **also in binaries**, and for nothing else.\n\n'.repeat(20)}- one\n- two`,
    'zh-CN': `${'许可证要求在每一份副本里保留声明，**二进制也一样**，此外没有别的要求。\n\n'.repeat(40)}- 一\n- 二`,
  },
};

function edition(locale: Locale, length: 'short' | 'long', reviewed: string): Edition {
  const zh = locale === 'zh-CN';
  return {
    title: zh ? '在产品里使用宽松许可证的组件' : 'Permissive components in what we ship',
    reviewed,
    aliases: [],
    scope: zh ? '我们交付给客户的产品' : 'a product that we hand out',
    short: zh ? '可以：保留版权声明和许可证全文即可。' : 'Yes: keep the copyright notice and the license text.',
    body: bodies[length][locale],
    hash: 'a'.repeat(64),
    file: `knowledge/using/sample.${locale}.md`,
  };
}

function sampleArticle(
  id: string,
  length: 'short' | 'long',
  reviewed = '2026-11-01',
  zhReviewed: string | undefined = reviewed,
): Article {
  return {
    id,
    area: 'using',
    audience: ['engineer'],
    owner: 'compliance',
    reviewEvery: 'P6M',
    licenses: ['MIT'],
    tags: [],
    related: [],
    siblings: [],
    sources: [{ title: 'MIT License', url: 'https://spdx.org/licenses/MIT.html' }],
    editions: {
      en: edition('en', length, reviewed),
      ...(zhReviewed ? { 'zh-CN': edition('zh-CN', length, zhReviewed) } : {}),
    },
  };
}

function shelfOf(article: Article, locale: Locale, translation: Shelf['translation'] = 'fine'): Shelf {
  return { article, edition: article.editions[locale] ?? article.editions.en, translation };
}

function asStarter(shelf: Shelf): Shelf {
  return { ...shelf, edition: { ...shelf.edition, starter: true } };
}

/** Every reply there is, in one language. */
function replies(locale: Locale): Readonly<Record<string, Reply>> {
  const common = { questionId: 'SAMPLE', locale, edited: false, concern: false, long: false };
  const none = { alsoClose: [], related: [], corrections: [], assumed: undefined };
  const short = shelfOf(sampleArticle('sample', 'short'), locale);
  const holders = [
    { pick: 'sample.de', place: 'Example Works GmbH' },
    { pick: 'sample.', place: undefined },
  ];
  const others = ['one', 'two', 'three'].map((id) => shelfOf(sampleArticle(id, 'short'), locale));
  const full = {
    alsoClose: others.slice(0, 2),
    related: others,
    corrections: [{ from: 'lisence', to: 'license' }],
    assumed: { said: 'gpl', spdx: ['GPL-2.0-only', 'GPL-3.0-only'] },
  };
  const label = locale === 'en' ? 'Request component use' : '申请使用组件';
  const request = { label, value: 'component?useCase=server' };
  const command = { label: locale === 'en' ? 'My training' : '我的培训', value: 'training' };
  const long = sampleArticle('sample', 'long', '2024-11-01');
  const desk = {
    id: 'it',
    name: { en: 'the IT service desk', 'zh-CN': 'IT 服务台' },
    aliases: { en: ['vpn'], 'zh-CN': ['VPN'] },
  };
  const words = locale === 'en' ? 'MIT: Ask first' : 'MIT：先问再用';
  const verdict = { standing: 'answer', text: words, blocks: [section(words)], buttons: [], prefill: {} } as const;
  const handbook = { ...common, kind: 'answer', shelf: short, ...none } as const;
  const card = { ...common, kind: 'license', license: verdict, pick: licensePick } as const;
  return {
    'verdict on a license, with an article': { ...card, handbook, choices: [] },
    'verdict on a license, close topics': { ...card, handbook: undefined, choices: others },
    'verdict on a license, follow-up': { ...card, meant: words, handbook: undefined, choices: [] },
    'answer, license asked back': { ...handbook, license: { ...verdict, standing: 'asks' } },
    'answer, license card offered': { ...handbook, license: { ...verdict, standing: 'offered' } },
    'answer, short': { ...common, kind: 'answer', shelf: short, ...none },
    'answer, long, stale, with everything': { ...common, kind: 'answer', shelf: shelfOf(long, locale), ...full },
    'answer, with a request': { ...common, kind: 'answer', shelf: short, ...none, request },
    'answer, with a command': { ...common, kind: 'answer', shelf: short, ...none, command },
    'answer, question changed': { ...common, edited: true, kind: 'answer', shelf: short, ...none },
    'answer, no translation': { ...common, kind: 'answer', shelf: shelfOf(long, 'en', 'missing'), ...none },
    'answer, translation behind': { ...common, kind: 'answer', shelf: shelfOf(long, locale, 'behind'), ...none },
    'answer, starter text': { ...common, kind: 'answer', shelf: asStarter(short), ...none },
    'which place': { ...common, kind: 'which', title: short.edition.title, holders },
    'one choice': { ...common, kind: 'choices', choices: others.slice(0, 1), corrections: [] },
    'three choices': { ...common, kind: 'choices', choices: others, corrections: full.corrections },
    unknown: { ...common, kind: 'unknown', closest: [], desk: undefined },
    'unknown, two close': { ...common, kind: 'unknown', closest: others.slice(0, 2), desk: undefined },
    'another desk': { ...common, kind: 'unknown', closest: [], desk },
    'another desk with its address': { ...common, kind: 'unknown', closest: [], desk: { ...desk, link: 'desks.it' } },
    'unknown, too long to read': { ...common, long: true, kind: 'unknown', closest: [], desk: undefined },
    help: {
      ...common,
      kind: 'help',
      command: { ...command, label: locale === 'en' ? 'All that I can do' : '我能做的全部' },
    },
    gone: { ...common, kind: 'gone' },
  };
}

/** Every message and modal of asking, in both languages. */
export function askSamples(): readonly Sample[] {
  return locales.flatMap((locale) => {
    const all = replies(locale);
    const name = (what: string) => `ask: ${what} (${locale})`;
    const messages = Object.entries(all).flatMap(([what, reply]): Sample[] => [
      { name: name(what), surface: 'message', payload: replyMessage(reply, 'conversation', setting) },
      { name: name(`${what}, only you`), surface: 'message', payload: replyMessage(reply, 'ephemeral', setting) },
      {
        name: name(`${what}, shared`),
        surface: 'message',
        payload: sharedMessage(reply, 'U0SAMPLE01' as PersonId, setting),
      },
      { name: name(`${what}, in a modal`), surface: 'modal', payload: replyModal(reply, setting) },
    ]);
    const words = texts[locale];
    const notes = [words.shared, words.opened, words.kept, words.thanks, words.sorry, words.gone];
    const long = all['answer, long, stale, with everything'];
    return [
      ...messages,
      ...notes.map((note): Sample => ({ name: name(note), surface: 'message', payload: noteMessage(note) })),
      { name: name('type a question'), surface: 'modal', payload: askModal(locale) },
      { name: name('ask about a message'), surface: 'modal', payload: askModal(locale, 'x'.repeat(3_000)) },
      ...(long?.kind === 'answer'
        ? [
            {
              name: name('receipt'),
              surface: 'message' as const,
              payload: receiptMessage({
                question: 'x'.repeat(3_000),
                locale,
                shelf: asStarter(long.shelf),
                askedAt: now,
                keptAt: now,
              }),
            },
            { name: name('read on'), surface: 'modal' as const, payload: articleModal(long.shelf, locale, now) },
          ]
        : []),
    ];
  });
}
