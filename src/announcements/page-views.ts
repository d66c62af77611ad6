import type { ActionsBlockElement, Button, KnownBlock, ModalView } from '@slack/types';
import type { Locale } from '../core/i18n.ts';
import {
  actions,
  button,
  type ConfirmSpec,
  context,
  divider,
  header,
  joinWords,
  linkChannel,
  mentionPerson,
  modal,
  section,
  type Words,
} from '../slack/blocks.ts';
import { truncate } from '../slack/escape.ts';
import type { AnnouncementText, Known } from './announcement.ts';
import { namesNobody } from './audience.ts';
import type { Miss, Progress } from './delivery.ts';
import { titleFor } from './draft.ts';
import { texts } from './form-texts.ts';
import { type Look, line, when } from './look.ts';
import { missText, takesWords } from './progress-views.ts';
import type { NewsQuestion } from './question.ts';
import { numberLines, timeBars, timeLines, unitLines } from './result-views.ts';
import type { Results } from './results.ts';

/** Everything that a lead sees of one announcement. */
export interface Desk {
  readonly announcement: Known;
  /** The text that is written on. */
  readonly text: AnnouncementText;
  /** It holds changes that were not sent yet. */
  readonly pending: boolean;
  readonly confirm: boolean;
  /** The reader may be the second lead. */
  readonly mayApprove: boolean;
  readonly results: Results | undefined;
  /** The first of those that did not get it. */
  readonly misses: readonly Miss[];
  /** Changes that Slack takes a minute. */
  readonly changesPerMinute: number;
  readonly questions: { readonly total: number; readonly latest: readonly NewsQuestion[] };
  /** What was just done. */
  readonly note?: string;
  /** Names of roles, offices, units and doings, for the line that says for whom it is. */
  nameOf(what: string): string;
}

/** The page of one announcement. */
export function deskPage(desk: Desk, look: Look): ModalView {
  const words = texts[look.reader.locale];
  const { announcement, note } = desk;
  const title = titleFor(announcement, look.reader.locale) || words.untitled;
  return modal({
    callback: 'announcements.page',
    title: words.pageTitle,
    close: words.close,
    metadata: announcement.id,
    blocks: [
      ...(note ? [section(note)] : []),
      header(title),
      context([joinWords(stateLine(announcement, look))]),
      section(joinWords(textLines(desk, look), '\n')),
      ...(desk.pending ? [context([words.edit])] : []),
      ...rows(desk, look).map((row) => actions(row)),
      ...(desk.results ? resultBlocks(desk, desk.results, look) : []),
      ...questionBlocks(desk, look),
    ],
  });
}

function stateLine(announcement: Known, look: Look): Words[] {
  const words = texts[look.reader.locale];
  const { state, kind, author, since, wakeAt } = announcement;
  const goesOut = state === 'scheduled' && wakeAt !== null;
  return [
    words.states[state],
    look.kind(kind),
    line(words.by<Words>(look.name(author))),
    line(goesOut ? words.goesOut<Words>(when(wakeAt, look)) : words.since<Words>(when(since, look))),
  ];
}

function textLines({ announcement, text, nameOf }: Desk, look: Look): Words[] {
  const { locale } = look.reader;
  const words = texts[locale];
  const length = (one: Locale) => {
    const body = text.words[one]?.body.length;
    return body ? words.characters(body) : words.noText;
  };
  return [
    `${words.textEn}: ${length('en')}`,
    `${words.textZh}: ${length('zh-CN')}`,
    `${words.audience}: ${audienceLine(announcement, locale, nameOf)}`,
    joinWords([`${words.timing}: `, timingWords(announcement, look)], ''),
  ];
}

/** For whom it is, in words. */
function audienceLine({ audience }: Known, locale: Locale, nameOf: (what: string) => string): string {
  const words = texts[locale];
  if (namesNobody(audience)) return words.noAudience;
  const { everybody, channels, roles, offices, units, doings, projects = [] } = audience;
  const named = [...roles, ...offices, ...units, ...doings].map(nameOf);
  const tied = projects.map(({ tie, name }) => words.tiedTo(words.tied[tie], name));
  const all = [
    ...(everybody ? [words.everybody] : []),
    ...(channels.length > 0 ? [words.channels(channels.length)] : []),
    ...named,
    ...tied,
  ].join(locale === 'en' ? ', ' : '、');
  const only = audience.locale ? ` (${words.readers[audience.locale]})` : '';
  return truncate(all, 300) + (locale === 'en' ? only : only.replace(' (', '（').replace(')', '）'));
}

function timingWords({ timing }: Known, look: Look): Words {
  const words = texts[look.reader.locale];
  if (!timing) return words.atOnce;
  return timing.kind === 'moment' ? when(timing.at, look) : words.localTime(timing.date, timing.time);
}

/** The buttons of its state, the next step first. */
function rows(desk: Desk, look: Look): ActionsBlockElement[][] {
  const { announcement, pending, mayApprove, confirm, results } = desk;
  const words = texts[look.reader.locale];
  const { id, state, sentAt } = announcement;
  const press = (what: string, text: string, value = id, style?: 'primary' | 'danger') =>
    button({ id: `announcements.${what}`, text, value, ...(style ? { style } : {}) });
  const publish = (what: string, text: string) => {
    const sure = sureOf(desk, text, look.reader.locale);
    return button({
      id: `announcements.${what}`,
      text,
      value: id,
      ...(what === 'publish' ? { style: 'primary' as const } : {}),
      ...(sure ? { confirm: sure } : {}),
    });
  };
  const text = [
    press('text_en', words.textEn),
    press('text_zh', words.textZh),
    press('extras', words.extras),
    press('preview', words.preview),
  ];
  const plan = [press('audience', words.audience), press('when', words.timing)];
  const copy = press('copy', words.duplicate);
  const numbers = press('numbers', words.asMessage);
  const stop = press('cancel', sentAt === undefined ? words.cancelSending : words.stopNow, id, 'danger');
  const retract = press('retract', words.retract, id, 'danger');
  switch (state) {
    case 'draft':
      return [
        text,
        [...plan, press('check', words.check, id, 'primary')],
        [copy, press('cancel', words.discard, id, 'danger')],
      ];
    case 'review':
    case 'scheduled': {
      const approve = state === 'review' && mayApprove ? [press('check', words.approve, id, 'primary')] : [];
      return [text, [...plan, ...approve, press('return', words.sendBack)], [copy, stop]];
    }
    case 'expanding':
    case 'sending':
    case 'sent': {
      const failed = (results?.progress.failed ?? 0) > 0 && state === 'sent';
      const changes = pending
        ? [
            publish('publish', words.publish),
            ...(confirm ? [publish('publish_anew', words.publishAnew)] : []),
            press('drop', words.drop),
          ]
        : [];
      return [
        text,
        ...(changes.length > 0 ? [changes] : []),
        [
          ...(failed ? [press('retry', words.retry, id, 'primary')] : []),
          numbers,
          press('export', words.exportAll),
          copy,
          ...(state === 'sent' ? [] : [stop]),
          retract,
        ],
      ];
    }
    case 'cancelled':
      return [[copy, ...(sentAt === undefined ? [] : [numbers, press('export', words.exportAll), retract])]];
    default:
      return [[numbers, press('export', words.exportAll), copy]];
  }
}

/** Asked before what was sent is changed, where that takes long; nothing where it is soon done. */
function sureOf({ results, changesPerMinute }: Desk, text: string, locale: Locale): ConfirmSpec | undefined {
  const words = texts[locale];
  const sent = results?.progress.sent ?? 0;
  const span = takesWords(sent, changesPerMinute, locale);
  if (!span) return undefined;
  return {
    title: words.changeTitle,
    text: words.changesTake(sent, span, changesPerMinute),
    confirm: truncate(text, 30),
    deny: words.cancel,
  };
}

function resultBlocks({ confirm, announcement, misses }: Desk, results: Results, look: Look): KnownBlock[] {
  const { locale } = look.reader;
  const words = texts[locale];
  const over = { announcement, confirm, results };
  const byUnit = unitLines(over, locale);
  const overTime = timeLines(over, look);
  return [
    divider(),
    section(numberLines(over, locale).join('\n')),
    ...misses.slice(0, mostMisses).map((miss) => section(joinWords([placeOf(miss), missText(miss, locale)], ' '))),
    ...(overTime.length > 0
      ? [section(confirm ? words.readOverTime : words.overTime), ...timeBars(over, look), section(overTime.join('\n'))]
      : []),
    ...(byUnit.length > 0
      ? [
          section(truncate([words.readUnits, ...byUnit].join('\n'), 3_000)),
          context([words.smallUnits(results.smallest)]),
        ]
      : []),
  ];
}

function questionBlocks({ questions }: Desk, { reader }: Look): KnownBlock[] {
  if (questions.total === 0) return [];
  const words = texts[reader.locale];
  return [
    divider(),
    section(words.questions(questions.total)),
    ...questions.latest.map(({ text }) => context([words.quote(truncate(text, 300))])),
  ];
}

// What is mended first; the export names all of them.
const mostMisses = 5;

function placeOf({ target }: Miss): Words {
  return 'person' in target ? mentionPerson(target.person) : linkChannel(target.channel);
}

/** What a sender may do on the card that shows how far it is. */
export function progressButtons({ id, state, sentAt }: Known, { failed }: Progress, locale: Locale): readonly Button[] {
  const words = texts[locale];
  const isUnderWay = state === 'expanding' || state === 'sending';
  return [
    button({ id: 'announcements.open', text: words.open, value: id }),
    ...(failed > 0 && (state === 'sent' || state === 'retracted')
      ? [button({ id: 'announcements.retry', text: words.retry, value: id, style: 'primary' as const })]
      : []),
    ...(isUnderWay && sentAt !== undefined
      ? [button({ id: 'announcements.cancel', text: words.stopNow, value: id, style: 'danger' as const })]
      : []),
  ];
}
