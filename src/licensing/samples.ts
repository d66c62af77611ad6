import { type Locale, locales } from '../core/i18n.ts';
import type { Sample } from '../feature.ts';
import { message, modal } from '../slack/blocks.ts';
import type { Advice } from './advice.ts';
import { adviceBlocks, adviceText } from './views.ts';

/** Questions that lead to every state of a card. */
const questions: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  'a verdict': { en: 'can we use AGPL-3.0-only in our SaaS?', 'zh-CN': '我们的 SaaS 能用 AGPL-3.0-only 吗' },
  'a verdict, modified': {
    en: 'can we ship a patched LGPL-2.1-only in our app?',
    'zh-CN': '我们的手机应用能用打了补丁的 LGPL-2.1-only 吗',
  },
  'a verdict that holds for both': { en: 'can we use AGPL-3.0 in our SaaS?', 'zh-CN': '我们的 SaaS 能用 AGPL-3.0 吗' },
  'an expression': {
    en: 'can we use GPL-2.0-only WITH Classpath-exception-2.0 AND (MIT OR Apache-2.0) on our servers?',
    'zh-CN': '我们的后端能用 GPL-2.0-only WITH Classpath-exception-2.0 AND (MIT OR Apache-2.0) 吗',
  },
  'no facts': { en: 'can we use LicenseRef-unheard in our app?', 'zh-CN': '我们的手机应用能用 LicenseRef-unheard 吗' },
  'a license': { en: 'what is MulanPSL-2.0', 'zh-CN': 'MulanPSL-2.0 是什么' },
  'a long license': { en: 'what is AGPL-3.0-only', 'zh-CN': 'AGPL-3.0-only 是什么' },
  'an expression for no use yet': { en: 'MIT OR GPL-3.0-only', 'zh-CN': '能用 MIT OR GPL-3.0-only 吗' },
  'a name that may mean several': { en: 'can we use BSD in our app?', 'zh-CN': '我们的手机应用能用 BSD 吗' },
  'a name that may mean several, no use': { en: 'what is the GPL', 'zh-CN': 'GPL 是什么' },
  'a pair, yes': { en: 'can I put MIT code into GPL-3.0-only', 'zh-CN': 'MIT 的代码能放进 GPL-3.0-only 的项目吗' },
  'a pair, no, direction assumed': {
    en: 'is Apache-2.0 compatible with GPL-2.0-only?',
    'zh-CN': 'Apache-2.0 和 GPL-2.0-only 兼容吗',
  },
  'a pair, it depends': { en: 'is LGPL-2.1-only compatible with MIT?', 'zh-CN': 'LGPL-2.1-only 和 MIT 兼容吗' },
  'a pair, asked back': {
    en: 'can Apache-2.0 code go into a GPLv2 project',
    'zh-CN': 'Apache-2.0 的代码能放进 GPLv2 项目吗',
  },
};

/** Every card of advice, in both languages. @param advise works out the advice on a question */
export function licensingSamples(advise: (text: string, locale: Locale) => Advice | undefined): readonly Sample[] {
  return locales.flatMap((locale) =>
    Object.entries(questions).flatMap(([what, asked]): readonly Sample[] => {
      const advice = advise(asked[locale], locale);
      if (!advice) return [];
      const request = advice.request ? { label: requestLabel[locale], value: 'component' } : undefined;
      const { blocks, buttons } = adviceBlocks(advice, 'SAMPLE', request);
      const all = [...blocks, ...buttons];
      return [
        {
          name: `licensing: ${what} (${locale})`,
          surface: 'message',
          payload: message({ text: adviceText(advice), blocks: all }),
        },
        {
          name: `licensing: ${what}, in a modal (${locale})`,
          surface: 'modal',
          payload: modal({ callback: 'ask.reply', title: titles[locale], blocks: all }),
        },
      ];
    }),
  );
}

// What the form of a request and the modal of an answer call themselves; theirs are in other features.
const requestLabel: Readonly<Record<Locale, string>> = { en: 'Request component use', 'zh-CN': '申请使用组件' };
const titles: Readonly<Record<Locale, string>> = { en: 'Answer', 'zh-CN': '答案' };
