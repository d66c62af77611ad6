import type { KnownBlock, ModalView } from '@slack/types';
import { dayOf } from '../core/dates.ts';
import type { Rendered } from '../core/ports.ts';
import { actions, button, context, divider, message, modal, section } from '../slack/blocks.ts';
import type { GapView } from './gap.ts';
import type { Look } from './look.ts';
import { wordsIn } from './words.ts';

/** What there is to do about, and how many there are beside those given. */
export interface GapPage {
  readonly views: readonly GapView[];
  readonly total: number;
}

/** The list of questions without an answer, for `/ospo gaps` and the digest. */
export function gapsMessage(page: GapPage, look: Look): Rendered {
  const words = wordsIn(look.reader.locale);
  if (page.total === 0) return message({ text: words.gapsNone, blocks: [section(words.gapsNone)] });
  const found = words.gapsFound(page.total);
  const list = page.views.map((view) => words.entry(labelOf(view, look), factsOf(view, look)));
  return message({ text: [found, ...list].join('\n'), blocks: [section(found), ...listBlocks(page, look)] });
}

/** The same in a modal. */
export function gapsModal(page: GapPage, look: Look): ModalView {
  const words = wordsIn(look.reader.locale);
  const found = page.total === 0 ? words.gapsNone : words.gapsFound(page.total);
  return modal({
    callback: 'curating.gaps',
    title: words.showGaps,
    close: words.close,
    blocks: [section(found), ...listBlocks(page, look)],
  });
}

function listBlocks({ views, total }: GapPage, look: Look): KnownBlock[] {
  if (views.length === 0) return [];
  const words = wordsIn(look.reader.locale);
  const hidden = total - views.length;
  return [
    ...views.flatMap((view) => [divider(), ...gapBlocks(view, look)]),
    ...(hidden > 0 ? [context([words.more(hidden)])] : []),
    context([words.noNames]),
  ];
}

function gapBlocks(view: GapView, look: Look): KnownBlock[] {
  const words = wordsIn(look.reader.locale);
  const label = labelOf(view, look);
  const doing = (id: string, text: string) => button({ id, text, label: words.about(text, label), value: view.id });
  return [
    section(label),
    context([factsOf(view, look)]),
    actions([
      button({
        id: 'curating.write',
        text: words.write,
        label: words.about(words.write, label),
        value: `gap/${view.id}`,
      }),
      doing('curating.alias', words.alias),
      doing('curating.desk', words.notOurs),
    ]),
  ];
}

function labelOf({ example, about }: GapView, look: Look): string {
  return example ?? wordsIn(look.reader.locale).forgotten(about.join(' · '));
}

function factsOf({ asked, unhelpful, first, units }: GapView, look: Look): string {
  const { locale } = look.reader;
  const words = wordsIn(locale);
  return [
    words.asked(asked),
    ...(unhelpful > 0 ? [words.didNotHelp(unhelpful)] : []),
    words.since(dayOf(new Date(first).toISOString().slice(0, 10), locale)),
    ...units.map(({ unit, askers }) => words.fromUnit(look.unit(unit), askers)),
  ].join(' · ');
}
