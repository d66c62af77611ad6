import { type Locale, locales } from '../core/i18n.ts';
import type { Rendered } from '../core/ports.ts';
import { finish } from '../core/steps.ts';
import type { Sample } from '../feature.ts';
import type { Licenses } from '../licenses/licenses.ts';
import { useCases } from '../licenses/policy.ts';
import { judgeSbom } from '../licenses/sbom-table.ts';
import { sbomProblems } from '../licenses/sbom-texts.ts';
import { message, modal } from '../slack/blocks.ts';
import type { Advice } from './advice.ts';
import { type Bill, componentsOf } from './bill.ts';
import { noteView, sbomMessage, sbomProblemMessage, sbomUseMessage } from './sbom-views.ts';
import { texts } from './texts.ts';
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

/** An SBOM with something of every group, and one of a single component. */
const boms = {
  'a product': [
    { licenses: ['MIT'], count: 412, names: ['left-pad 1.3.0', 'express 5.1.0', 'lodash 4.17.21', 'ms 2.1.3'] },
    { licenses: ['AGPL-3.0-only'], count: 2, names: ['a-database 7.0', 'a-driver 2.4'] },
    { licenses: [], count: 3, names: ['a-file', 'another-file', 'third'] },
    { licenses: ['SSPL-1.0'], count: 1, names: ['a-search 8.1'] },
    ...['BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'Apache-2.0', 'Zlib', '0BSD'].map((license, at) => ({
      licenses: [license],
      count: 6 - at,
      names: ['one'],
    })),
  ],
  'one component': [{ licenses: ['MIT'], count: 1, names: ['left-pad 1.3.0'] }],
  'no component': [],
};

/** Every message about an SBOM, in both languages. */
export function sbomSamples(licenses: Licenses): readonly Sample[] {
  const message = (name: string, locale: Locale, payload: Rendered): Sample => ({
    name: `licensing: ${name} (${locale})`,
    surface: 'message',
    payload,
  });
  return locales.flatMap((locale) => {
    const uses = useCases.map((use) => ({ use, name: licenses.policy?.useCases[use].name[locale] ?? use }));
    const tables = Object.entries(boms).flatMap(([what, shares]) => {
      const bill: Bill = {
        person: 'U0SAMPLE01',
        file: 'F0SAMPLE01',
        name: 'bom.cdx.json',
        locale,
        format: 'CycloneDX 1.6',
        at: 0,
        shares: shares.map((share) => ({ ...share, licenses: [...share.licenses] })),
      };
      const table = finish(judgeSbom(licenses, componentsOf(bill.shares), { use: 'server', modified: false }));
      const [row, ...others] = table.request;
      const single = others.length === 0 && row?.components.length === 1;
      const request = row && (single ? requestLabel : listLabel)[locale];
      const look = { bill, id: 'SAMPLE', use: 'server' as const, table, uses, starter: !licenses.adopted, request };
      return [
        message(`SBOM of ${what}, judged`, locale, sbomMessage(look)),
        message(`SBOM of ${what}, what for`, locale, sbomUseMessage(bill, 'SAMPLE', uses)),
      ];
    });
    const { reading, sbomGone } = texts[locale];
    const views = Object.entries({ reading, gone: sbomGone }).map(
      ([what, words]): Sample => ({
        name: `licensing: SBOM, ${what}, in a modal (${locale})`,
        surface: 'modal',
        payload: noteView(words, locale),
      }),
    );
    return [
      ...tables,
      ...views,
      ...['too-large', 'unreadable', `broken ${sbomProblems.xml.problem[locale]}`].map((what) =>
        message(`SBOM that is ${what.split(' ', 1)}`, locale, sbomProblemMessage('bom.json', what, locale)),
      ),
    ];
  });
}

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
const listLabel: Readonly<Record<Locale, string>> = { en: 'Request all of these', 'zh-CN': '一次申请这些组件' };
const titles: Readonly<Record<Locale, string>> = { en: 'Answer', 'zh-CN': '答案' };
