import type { KnownBlock } from '@slack/types';
import type { Locale } from '../core/i18n.ts';
import type { Rendered } from '../core/ports.ts';
import { actions, button, context, header, message, section } from '../slack/blocks.ts';
import { truncate } from '../slack/escape.ts';
import { type Outcome, type Standing, sealOf, type Update } from './adoption.ts';
import { texts } from './texts.ts';

// What one looks at in a chat; the rest is read on the command line.
const longestDifference = 2_500;
// All blocks of a message share 13,000 characters.
const updatesShown = 4;
// A name is shorter; the sentence around it still fits the notification of a phone.
const longestName = 60;

/** A sentence that needs nothing more. */
export function noteMessage(words: string): Rendered {
  return message({ text: words, blocks: [section(words)] });
}

/** There is nothing of that name. */
export function unknownMessage(what: string, locale: Locale): Rendered {
  const { unknown, how } = texts[locale];
  return noteMessage(`${unknown(truncate(what, longestName))} ${how}`);
}

/** Where everything stands, by area, with the updates that wait. */
export function overviewMessage(standings: readonly Standing[], updates: readonly Update[], locale: Locale): Rendered {
  const words = texts[locale];
  const lines = areaLines(standings, locale).join('\n');
  return message({
    text: [words.overview, lines, ...waitingLine(updates, locale), words.how].join('\n'),
    blocks: [header(words.overview), section(lines), ...updateBlocks(updates, locale), context([words.how])],
  });
}

/** What was adopted just now, and what is left. */
export function outcomeMessage(outcome: Outcome, locale: Locale): Rendered {
  const said = outcomeLines(outcome, locale).join('\n');
  return message({
    text: [said, ...waitingLine(outcome.updates, locale)].join('\n'),
    blocks: [section(said), ...updateBlocks(outcome.updates, locale)],
  });
}

/** The same as lines of text. */
export function outcomeLines({ adopted, left }: Outcome, locale: Locale): readonly string[] {
  const words = texts[locale];
  const unapproved = adopted.filter(({ texts: all }) => all.some((text) => text.unapproved)).length;
  return [
    ...(adopted.length > 0
      ? [words.adopted(adopted.length), adopted.map(({ topic }) => topic).join(', ')]
      : [words.nothingNew]),
    ...(unapproved > 0 ? [words.unapproved(unapproved)] : []),
    ...(left > 0 || adopted.length > 0 ? [words.left(left)] : []),
  ];
}

/** "adopted  using/agpl-saas": one line for each topic; a name with a slash says its area itself. */
export function standingLine({ state, area, topic }: Standing, locale: Locale): string {
  const states = texts[locale].states;
  const width = Math.max(...Object.values(states).map((words) => words.length));
  return `${states[state].padEnd(width)}  ${topic.includes('/') ? topic : `${area}/${topic}`}`;
}

/** "using: 3 of 12 confirmed" for each area. What the organization wrote itself counts. */
export function areaLines(standings: readonly Standing[], locale: Locale): readonly string[] {
  return [...new Set(standings.map(({ area }) => area))].map((area) => {
    const inArea = standings.filter((standing) => standing.area === area);
    const confirmed = inArea.filter(({ state }) => state !== 'starter');
    return texts[locale].areaLine(area, confirmed.length, inArea.length);
  });
}

function waitingLine(updates: readonly Update[], locale: Locale): readonly string[] {
  return updates.length > 0 ? [texts[locale].waiting(updates.length)] : [];
}

function updateBlocks(updates: readonly Update[], locale: Locale): KnownBlock[] {
  if (updates.length === 0) return [];
  const words = texts[locale];
  const hidden = updates.length - updatesShown;
  return [
    section(words.waiting(updates.length)),
    ...updates.slice(0, updatesShown).flatMap((update) => updateBlock(update, locale)),
    ...(hidden > 0 ? [context([words.more(hidden)])] : []),
  ];
}

function updateBlock({ standing, difference }: Update, locale: Locale): readonly KnownBlock[] {
  const words = texts[locale];
  const { topic, title } = standing;
  const shown = difference.length > longestDifference ? `${difference.slice(0, longestDifference)}…` : difference;
  return [
    section(`${topic} · ${title}\n${shown.toWellFormed()}`),
    actions([
      button({
        id: 'adoption.accept',
        text: words.accept,
        label: words.acceptOf(topic),
        value: `${topic}/${sealOf(standing)}`,
      }),
    ]),
  ];
}
