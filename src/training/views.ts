import type { ActionsBlockElement, KnownBlock, ModalView } from '@slack/types';
import type { Rendered } from '../core/ports.ts';
import { actions, button, context, header, message, modal, mrkdwn, section } from '../slack/blocks.ts';
import { parseMarkdown, toMessageBlocks, toPlainText } from '../slack/render.ts';
import type { Line } from './line.ts';
import { day, type Look, minutesLeft, stateWords } from './look.ts';
import { isOpen } from './standing.ts';
import { texts } from './texts.ts';
import type { Module, TrackEdition } from './track.ts';

/** `<track>/<module>/<page>`, as the buttons of a module carry it. */
function moduleValue(track: string, module: string, page = 0): string {
  return `${track}/${module}/${page}`;
}

/* ---------- the list ---------- */

/** All training of one person: what is assigned or begun first, then what they can take. */
export function listMessage(lines: readonly Line[], look: Look): Rendered {
  const words = texts[look.locale];
  const intro = lines.some(isOwn) ? words.yours : words.nothingYours;
  const text = [intro, ...lines.map((line) => `${line.edition.track.title[look.locale]}: ${factsOf(line, look)}`)];
  return message({ text: text.join('\n'), blocks: listBlocks(lines, look, false) });
}

/** The same where it was asked for on Home. */
export function listView(lines: readonly Line[], look: Look): ModalView {
  const words = texts[look.locale];
  return modal({
    callback: 'training.note',
    title: words.sentTitle,
    close: words.close,
    blocks: listBlocks(lines, look, true),
  });
}

// Two blocks for each of them; a message takes fifty.
const mostListed = 22;

function listBlocks(lines: readonly Line[], look: Look, fromHome: boolean): readonly KnownBlock[] {
  const words = texts[look.locale];
  const own = lines.filter(isOwn);
  const marks = !isAllStarter(lines);
  // One thing to do first: of many buttons in the color of it none would be.
  const first = own.find((line) => isOpen(line.standing) && !line.starter);
  const how = (line: Line) => ({ fromHome, marks, first: line === first });
  const other = lines.filter((line) => !isOwn(line)).slice(0, Math.max(0, mostListed - own.length));
  return [
    own.length > 0 ? header(words.yours) : section(words.nothingYours),
    ...own.slice(0, mostListed).flatMap((line) => lineBlocks(line, look, how(line))),
    ...(other.length > 0 && own.length > 0 ? [header(words.also)] : []),
    ...other.flatMap((line) => lineBlocks(line, look, how(line))),
    context([...(isAllStarter(lines) ? [words.starter] : []), words.listFoot]),
  ];
}

/** Where nothing is confirmed yet it is said once, not of each. */
function isAllStarter(lines: readonly Line[]): boolean {
  return lines.length > 1 && lines.every(({ starter }) => starter);
}

/** Whether a track is on somebody's list, or was. */
export function isOwn({ record, standing }: Line): boolean {
  return Boolean(record.assigned ?? record.completed) || standing.is === 'exempt' || standing.is === 'asked';
}

function factsOf(line: Line, look: Look): string {
  const words = texts[look.locale];
  const { edition, standing, record } = line;
  const done = edition.track.modules.length - line.left.length;
  const parts = [
    stateWords(standing, look),
    ...(isOpen(standing) || standing.is === 'free' ? [words.minutes(minutesLeft(line))] : []),
    ...(Object.keys(record.done).length > 0 ? [words.doneOf(String(done), String(edition.track.modules.length))] : []),
    ...(record.assigned?.mandatory ? [words.mandatoryMark] : []),
  ];
  return parts.join(' · ');
}

/** How a track is shown in a list. */
interface LineLook {
  /** A click has no message to answer in. */
  readonly fromHome: boolean;
  /** Whether what is not confirmed says so. */
  readonly marks: boolean;
  /** Whether it is the first thing to do. */
  readonly first: boolean;
}

/** One track: what it is, where one stands, and the one thing to do. */
export function lineBlocks(line: Line, look: Look, { fromHome, marks, first }: LineLook): readonly KnownBlock[] {
  const words = texts[look.locale];
  const { track } = line.edition;
  const title = track.title[look.locale];
  const accessory = lineButton(line, look, { fromHome, first });
  return [
    section(mrkdwn`*${title}*\n${track.summary[look.locale]}`, accessory ? { accessory } : {}),
    context([factsOf(line, look), ...(marks && line.starter ? [words.starter] : [])]),
  ];
}

function lineButton(
  { edition, standing, record }: Line,
  look: Look,
  { fromHome, first }: Pick<LineLook, 'fromHome' | 'first'>,
) {
  const words = texts[look.locale];
  const { id, title } = edition.track;
  if (standing.is === 'current') {
    return button({
      id: 'training.restart',
      text: words.again,
      label: words.about(words.again, title[look.locale]),
      value: id,
      confirm: {
        title: words.againTitle,
        text: words.againText,
        confirm: words.againConfirm,
        deny: words.againDeny,
      },
    });
  }
  const begun = Object.keys(record.done).length > 0;
  const renews = standing.is === 'renew' || standing.is === 'expired';
  const text = begun ? words.goOn : renews ? words.renew : words.start;
  return button({
    id: fromHome ? 'training.begin' : 'training.open',
    text,
    label: words.about(text, title[look.locale]),
    value: id,
    ...(first ? { style: 'primary' as const } : {}),
  });
}

/* ---------- a module ---------- */

/** A module in the conversation: its page, where it is taught, and how it is completed. */
export function moduleMessage(line: Line, module: Module, page: number, look: Look): Rendered {
  const { locale } = look;
  const words = texts[locale];
  const { track } = line.edition;
  const content = parseMarkdown(look.fill(module.pages[page]?.[locale] ?? ''));
  const numbers = [track.modules.indexOf(module) + 1, track.modules.length, page + 1, module.pages.length].map(String);
  const [number = '', of = '', at = '', pages = ''] = numbers;
  const place = module.pages.length > 1 ? words.place(number, of, at, pages) : words.placeOnly(number, of);
  const facts = [track.title[locale], place, words.minutes(module.minutes)].join(' · ');
  const title = module.title[locale];
  const hint = module.complete === 'quiz' ? [words.checkHint(module.quiz.length)] : [];
  const text = [`${title}: ${module.about[locale]}`, facts, toPlainText(content)].filter(Boolean).join('\n');
  return message({
    text,
    blocks: [
      header(title),
      context([facts]),
      section(module.about[locale]),
      ...toMessageBlocks(content),
      ...articleButtons(module, look),
      actions(moduleButtons(line, module, page, look)),
      ...(hint.length > 0 || line.starter ? [context([...hint, ...(line.starter ? [words.starter] : [])])] : []),
    ],
  });
}

function articleButtons(module: Module, look: Look): readonly KnownBlock[] {
  const words = texts[look.locale];
  const found = module.articles.flatMap((id, index) => {
    const title = look.article(id);
    return title ? [button({ id: `training.article:${index}`, text: words.read(title), value: id })] : [];
  });
  return found.length > 0 ? [actions(found)] : [];
}

function moduleButtons(
  { edition, record }: Line,
  module: Module,
  page: number,
  look: Look,
): readonly ActionsBlockElement[] {
  const { locale } = look;
  const words = texts[locale];
  const { id } = edition.track;
  const title = module.title[locale];
  const isLast = page >= module.pages.length - 1;
  const turn = (name: 'back' | 'next', to: number) =>
    button({
      id: `training.page:${name}`,
      text: words[name],
      label: words.about(words[name], title),
      value: moduleValue(id, module.id, to),
    });
  const url = module.link?.[locale] ?? module.link?.en;
  const value = moduleValue(id, module.id);
  const away = record.assigned?.mandatory ? words.askExcuse : words.notForMe;
  const completes = {
    quiz: { id: 'training.check', text: words.takeCheck },
    attest: { id: 'training.attest', text: words.attest },
    evidence: { id: 'training.evidence', text: words.addEvidence },
  }[module.complete];
  return [
    ...(page > 0 ? [turn('back', page - 1)] : []),
    ...(isLast ? [] : [turn('next', page + 1)]),
    ...(url
      ? [button({ id: 'training.link', text: words.openCourse, label: words.about(words.openCourse, title), url })]
      : []),
    ...(isLast
      ? [
          button({
            ...completes,
            label: words.about(completes.text, title),
            value,
            ...(url ? {} : { style: 'primary' as const }),
          }),
        ]
      : []),
    button({ id: 'training.decline', text: away, label: words.about(away, title), value: id }),
  ];
}

/** What a module came to, and what is next. @param line after it was done */
export function doneMessage(line: Line, module: Module | undefined, look: Look): Rendered {
  const words = texts[look.locale];
  const said = [...(module ? [words.moduleDone(module.title[look.locale])] : []), outcomeOf(line, look)];
  const next = nextButton(line, look);
  const blocks = [section(said.join(' ')), ...(next ? [actions([next])] : [])];
  return message({ text: said.join(' '), blocks });
}

/** What is left after a step. */
export function outcomeOf({ edition, standing, left }: Line, look: Look): string {
  const words = texts[look.locale];
  const title = edition.track.title[look.locale];
  const [first] = left;
  if (standing.is === 'current') {
    return standing.until ? words.trackDoneUntil(title, day(standing.until, look)) : words.trackDone(title);
  }
  return first ? words.nextModule(first.title[look.locale]) : words.nothingLeft(title);
}

/** The next module of a track that is not complete. */
export function nextButton({ edition, standing, left }: Line, look: Look) {
  const words = texts[look.locale];
  const [first] = left;
  if (standing.is === 'current' || !first) return undefined;
  return button({
    id: 'training.open',
    text: words.goOn,
    label: words.about(words.goOn, first.title[look.locale]),
    value: edition.track.id,
    style: 'primary',
  });
}

/* ---------- what comes by itself ---------- */

/** For somebody who joined. Undefined when nothing is theirs any more. */
export function welcomeMessage(lines: readonly Line[], look: Look): Rendered | undefined {
  const words = texts[look.locale];
  const open = lines.filter((line) => line.record.assigned && isOpen(line.standing));
  const [first] = open;
  if (!first) return undefined;
  const items = open.map((line) =>
    words.welcomeLine(
      line.edition.track.title[look.locale],
      words.minutes(minutesLeft(line)),
      stateWords(line.standing, look),
    ),
  );
  const list = items.map((item) => `• ${item}`).join('\n');
  const title = first.edition.track.title[look.locale];
  return message({
    text: [words.welcome, list, words.welcomeFoot].join('\n'),
    blocks: [
      section(words.welcome),
      section(list),
      actions([
        button({
          id: 'training.open',
          text: words.start,
          label: words.about(words.start, title),
          value: first.edition.track.id,
          style: 'primary',
        }),
      ]),
      context([words.welcomeFoot]),
    ],
  });
}

/** What a lead decided about being excused. */
export function toldMessage(
  { track }: TrackEdition,
  decided: { readonly kind: 'exempt' | 'keep'; readonly who: string; readonly reason: string },
  look: Look,
): Rendered {
  const words = texts[look.locale];
  const title = track.title[look.locale];
  const said = decided.kind === 'exempt' ? words.toldExempt(title, decided.who) : words.toldKept(title, decided.who);
  const because = decided.reason ? [words.because(decided.reason)] : [];
  const start = button({
    id: 'training.open',
    text: words.start,
    label: words.about(words.start, title),
    value: track.id,
  });
  return message({
    text: [said, ...because].join('\n'),
    blocks: [
      section(said),
      ...(because.length > 0 ? [section(because.join(''))] : []),
      ...(decided.kind === 'keep' ? [actions([start])] : []),
    ],
  });
}

/** A sentence that needs nothing more. */
export function noteMessage(words: string): Rendered {
  return message({ text: words, blocks: [section(words)] });
}
