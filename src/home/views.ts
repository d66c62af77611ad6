import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import type { Locale } from '../core/i18n.ts';
import type { Rendered } from '../core/ports.ts';
import type { Command, HomeSection } from '../feature.ts';
import {
  actions,
  button,
  context,
  divider,
  header,
  home,
  input,
  message,
  modal,
  section,
  textInput,
} from '../slack/blocks.ts';
import { texts } from './texts.ts';

// Slack's limit for a view; sections that do not fit are left out whole, the last ones first.
const maxBlocks = 100;

/** The Home tab: the ask box, then what each feature has for this person; nothing empty is shown. */
export function homeView(locale: Locale, sections: readonly HomeSection[], articles: number): HomeView {
  const words = texts[locale];
  const top: KnownBlock[] = [
    header(words.title),
    input({
      blockId: 'ask',
      label: words.askLabel,
      hint: words.askHint,
      dispatch: true,
      optional: true,
      element: textInput({
        id: 'ask.home',
        max: 1_000,
        placeholder: words.askPlaceholder,
        tellOn: ['on_enter_pressed'],
      }),
    }),
    actions([button({ id: 'ask.again', text: words.askLong }), button({ id: 'home.help', text: words.helpShort })]),
  ];
  const foot = [context([words.about(articles)])];
  const blocks = [...top];
  for (const { blocks: own } of sections.toSorted((a, b) => a.order - b.order)) {
    const fits = blocks.length + own.length + 1 + foot.length <= maxBlocks;
    if (fits && own.length > 0) blocks.push(divider(), ...own);
  }
  return home({ blocks: [...blocks, ...foot] });
}

/** The help: whatever is registered and this person may use. */
export function helpMessage(locale: Locale, slash: string, commands: readonly Command[]): Rendered {
  const list = helpText(locale, slash, commands);
  return message({ text: list, blocks: [section(list)] });
}

/** The same over Home, which has no conversation for a message. */
export function helpView(locale: Locale, slash: string, commands: readonly Command[]): ModalView {
  const { helpShort, close } = texts[locale];
  return modal({
    callback: 'home.help',
    title: helpShort,
    close,
    blocks: [section(helpText(locale, slash, commands))],
  });
}

function helpText(locale: Locale, slash: string, commands: readonly Command[]): string {
  const words = texts[locale];
  const lines = commands.map(({ words: typed, help }) =>
    words.helpLine(`${slash} ${typed || words.question}`, help[locale]),
  );
  return [words.helpTitle, ...lines].join('\n');
}
