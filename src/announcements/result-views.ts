import type { KnownBlock } from '@slack/types';
import type { Locale } from '../core/i18n.ts';
import type { Rendered } from '../core/ports.ts';
import { actions, barChart, button, context, header, message, section, type Words } from '../slack/blocks.ts';
import { truncate } from '../slack/escape.ts';
import { parseMarkdown, toRichText } from '../slack/render.ts';
import { isOut, type Known } from './announcement.ts';
import { titleFor } from './draft.ts';
import { texts } from './form-texts.ts';
import { type Look, line, when } from './look.ts';
import { percent, type Results, type SpanCount, spanMs, type UnitCount } from './results.ts';

/** What became of one announcement. */
export interface Outcomes {
  readonly announcement: Known;
  /** Its readers confirm that they have read it. */
  readonly confirm: boolean;
  readonly results: Results;
}

/** How many places have it, and what became of the others. */
export function numberLines({ announcement, confirm, results }: Outcomes, locale: Locale): readonly string[] {
  const words = texts[locale];
  const { progress, read, people } = results;
  return [
    // What has no message of its own is not waited for.
    words.sentNumbers(progress.sent, progress.total - progress.quiet - progress.covered),
    ...(progress.waiting > 0 && isOut(announcement) ? [words.waitingNumbers(progress.waiting)] : []),
    ...(progress.failed > 0 ? [words.failedNumbers(progress.failed)] : []),
    ...(progress.unknown > 0 ? [words.unknownNumbers(progress.unknown)] : []),
    ...(progress.covered > 0 ? [words.coveredNumbers(progress.covered)] : []),
    ...(progress.quiet > 0 ? [words.quietNumbers(progress.quiet)] : []),
    ...(confirm ? [words.readNumbers(read, percent(read, people))] : []),
  ];
}

/** Reach and reading over time. */
export function timeLines({ announcement, confirm, results }: Outcomes, look: Look): readonly string[] {
  const words = texts[look.reader.locale];
  return results.spans.map((span) => {
    const moment = momentOf(span, announcement, look);
    return confirm ? words.timeLine(moment, span.sent, span.read) : words.reachLine(moment, span.sent);
  });
}

// As long as a phone shows beside the words.
const barLength = 10;

/**
 * Reading over time as bars of letters, since views show no charts: who confirmed, of all whom it was for; where nobody
 * confirms, the places that had it. Code, so that the bars stand below each other whatever the words are.
 */
export function timeBars({ announcement, confirm, results }: Outcomes, look: Look): readonly KnownBlock[] {
  const { progress, people, spans } = results;
  const all = confirm ? people : progress.total - progress.quiet - progress.covered;
  if (spans.length === 0 || all === 0) return [];
  const bars = spans.map((span) => {
    const share = percent(confirm ? span.read : span.sent, all);
    const filled = Math.floor((share * barLength) / 100);
    const bar = '█'.repeat(filled).padEnd(barLength, '░');
    return `${bar} ${`${share} %`.padStart(5)}  ${momentOf(span, announcement, look)}`;
  });
  return toRichText(parseMarkdown(['```', ...bars, '```'].join('\n')));
}

/** Reading by unit; nothing where nobody confirms. */
export function unitLines({ confirm, results }: Outcomes, locale: Locale): readonly string[] {
  if (!confirm) return [];
  return results.units.map((unit) => texts[locale].unitLine(unitName(unit, results, locale), unit.read, unit.all));
}

/** The numbers of an announcement as they are now, with charts: a message, since views show none. */
export function numbersMessage(over: Outcomes, look: Look): Rendered {
  const { announcement, results } = over;
  const { locale } = look.reader;
  const words = texts[locale];
  const title = titleFor(announcement, locale) || words.untitled;
  const said = words.numbersOf(truncate(title, 100));
  // A message is passed on easily: what so few people did would point at them.
  const told = { ...over, confirm: over.confirm && results.people >= results.smallest };
  const numbers = numberLines(told, locale);
  const overTime = timeLines(told, look);
  const byUnit = unitLines(told, locale);
  const foot = over.confirm ? [told.confirm ? words.smallUnits(results.smallest) : words.tooFew(results.smallest)] : [];
  return message({
    text: [said, ...numbers, ...titled(words.overTime, overTime), ...titled(words.readUnits, byUnit)].join('\n'),
    blocks: [
      header(title),
      section(numbers.join('\n')),
      ...timeChart(told, look),
      ...(overTime.length > 0 ? [section(overTime.join('\n'))] : []),
      ...(byUnit.length > 0 ? [...unitChart(told, locale), section(truncate(byUnit.join('\n'), 3_000))] : []),
      context([line(words.asOf<Words>(when(look.now, look))), ...foot]),
      actions([
        button({
          id: 'announcements.open',
          text: words.open,
          label: truncate(words.openLabel(title), 75),
          value: announcement.id,
        }),
      ]),
    ],
  });
}

/** Bars, since the moments are not equally far from each other: the slope of a line would say what is not so. */
function timeChart({ announcement, confirm, results }: Outcomes, look: Look): readonly KnownBlock[] {
  const words = texts[look.reader.locale];
  const { spans } = results;
  return barChart({
    title: words.overTime,
    categories: spans.map((span) => momentOf(span, announcement, look)),
    series: [
      { name: words.reached, values: spans.map(({ sent }) => sent) },
      ...(confirm ? [{ name: words.haveConfirmed, values: spans.map(({ read }) => read) }] : []),
    ],
    rest: words.otherUnits,
  });
}

function unitChart({ results }: Outcomes, locale: Locale): readonly KnownBlock[] {
  const words = texts[locale];
  const { units } = results;
  return barChart({
    title: words.readUnits,
    categories: units.map((unit) => unitName(unit, results, locale)),
    series: [
      { name: words.haveConfirmed, values: units.map(({ read }) => read) },
      // Somebody who changes units while it is counted may have read it in one and be missed in the other.
      { name: words.notYet, values: units.map(({ read, all }) => Math.max(0, all - read)) },
    ],
    rest: words.otherUnits,
    unit: words.inPeople,
  });
}

/** When it was counted; what counts up to now is not called by the span that it is part of. */
function momentOf({ span }: SpanCount, { sentAt }: Known, { reader, now }: Look): string {
  const words = texts[reader.locale];
  return sentAt !== undefined && now < sentAt + spanMs[span] ? words.untilNow : words.spans[span];
}

function unitName({ unit }: UnitCount, results: Results, locale: Locale): string {
  return unit === undefined ? texts[locale].otherUnits : results.unitName(unit, locale);
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [title, ...lines] : [];
}
