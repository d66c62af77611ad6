import type { KnownBlock } from '@slack/types';
import type { PersonId, Rendered } from '../core/ports.ts';
import {
  actions,
  button,
  context,
  joinWords,
  type Mrkdwn,
  mentionPerson,
  message,
  section,
  type Words,
} from '../slack/blocks.ts';
import { truncate } from '../slack/escape.ts';
import { day, type Look, languagesIn, line, topicsIn } from './look.ts';
import { type KnownPair, otherOf, type PairEvent } from './pair.ts';
import { texts } from './texts.ts';
import type { Outlook } from './waiting.ts';

const shortened = 600;

/** Why two people were matched, as facts in one line. */
export function reasonsOf({ fit, language }: Pick<KnownPair, 'fit' | 'language'>, look: Look): readonly string[] {
  const words = texts[look.reader.locale];
  return [
    ...(fit.topics.length > 0 ? [words.sharedTopics(topicsIn(fit.topics, look))] : []),
    words.sharedLanguage(languagesIn([language], look)),
    words.sharedHours(Math.round(fit.overlap)),
  ];
}

/**
 * Brings two people together: who they are to each other, what they have in common, what the mentee wants, and what to talk about
 * first.
 * @param apart to one of the two alone, where there is no group
 */
export function introductionMessage(pair: KnownPair, look: Look, apart: PersonId | undefined): Rendered {
  const words = texts[look.reader.locale];
  const [mentor, mentee] = [mentionPerson(pair.mentor), mentionPerson(pair.mentee)];
  const intro = apart
    ? line(words.introductionApart<Words>(mentionPerson(otherOf(pair, apart))))
    : line(words.introduction<Words>(mentor, mentee));
  const reasons = joinWords([line(words.roles<Words>(mentor, mentee)), ...reasonsOf(pair, look)]);
  const agenda = [words.agenda, ...look.program.agenda[look.reader.locale].map((one) => `• ${one}`)].join('\n');
  const wish = pair.wish ? [line(words.wish<Words>(mentee)), pair.wish] : [];
  const goal = button({ id: 'mentorship.goal', text: words.moreGoal, value: pair.id });
  const next = words.introductionNext(look.program.checkIns.firstDays);
  return message({
    text: joinWords([intro, reasons, ...wish, agenda, next], '\n'),
    blocks: [
      section(intro),
      context([reasons]),
      ...wish.map((one) => section(one)),
      section(agenda),
      actions([goal]),
      context([next]),
    ],
  });
}

/** Tells of something that happened to a pair; undefined where there is nothing to tell. */
export function toldMessage(pair: KnownPair, event: PairEvent, look: Look): Rendered | undefined {
  const words = texts[look.reader.locale];
  const say = (intro: Words, ...blocks: readonly KnownBlock[]): Rendered =>
    message({ text: intro, blocks: [section(intro), ...blocks] });
  switch (event.kind) {
    case 'goal_set':
      return say(line(words.goalSet<Words>(mentionPerson(event.by), day(event.due, look))), section(event.text));
    case 'goal_ended': {
      const goal = pair.goals.find(({ id }) => id === event.goal);
      return goal && say(line(words.goalMet<Words>(mentionPerson(event.by))), section(goal.text));
    }
    case 'merged':
      return say(line(words.merged<Words>(mentionPerson(event.by))), ...(event.link ? [section(event.link)] : []));
    case 'paused':
      return say(line(words.paused<Words>(mentionPerson(event.by), day(event.until, look))));
    case 'resumed':
      return say(words.resumed(look.program.checkIns.firstDays));
    case 'extended':
      return say(line(words.extended<Words>(mentionPerson(event.by), day(event.until, look))));
    case 'answered':
    case 'missed':
      return say(words.stalled, actions([...breakButtons(pair, look)]));
    case 'ended':
      return endedMessage(pair, event, look);
    default:
      return undefined;
  }
}

function breakButtons({ id }: KnownPair, { reader }: Look) {
  const words = texts[reader.locale];
  return [
    button({ id: 'mentorship.rest', text: words.morePause, value: id }),
    button({ id: 'mentorship.rematch', text: words.moreRematch, value: id }),
  ];
}

function endedMessage(pair: KnownPair, event: Extract<PairEvent, { kind: 'ended' }>, look: Look): Rendered {
  const words = texts[look.reader.locale];
  const isMentee = look.viewer === pair.mentee;
  const other = isMentee ? pair.mentor : pair.mentee;
  const intro = line(words.ended[event.why]<Words>(mentionPerson(other)));
  const finished = event.why === 'finished';
  const next = isMentee
    ? finished
      ? words.finishedNext
      : words.backWaiting(look.program.rounds.everyDays)
    : words.placeFree;
  const lookBack = button({ id: 'mentorship.look', text: words.lookBack, value: pair.id });
  return message({
    text: joinWords([intro, next, words.lookBackAsk], '\n'),
    blocks: [section(intro), section(next), context([words.lookBackAsk]), actions([lookBack])],
  });
}

/** Where somebody stands who waits, as sentences. */
export function outlookLines(outlook: Outlook, look: Look): readonly string[] {
  const words = texts[look.reader.locale];
  const { place, total, expected, free, fitting, bar } = outlook;
  const mentors =
    fitting === 0
      ? [words.waitNone, ...(bar ? [words.bars[bar]] : [])]
      : [free > 0 ? words.waitFree(free) : words.waitFull(fitting)];
  const wait = expected ? words.waitExpected(expected.half, expected.most, expected.of) : words.waitUnknown;
  return [words.waiting(place, total), ...mentors, ...(fitting === 0 ? [] : [wait])];
}

/** News for somebody who waits. */
export function waitingMessage(outlook: Outlook, look: Look): Rendered {
  const words = texts[look.reader.locale];
  const lines = outlookLines(outlook, look);
  const change = button({ id: 'mentorship.join', text: words.changeIt });
  return message({ text: lines.join('\n'), blocks: [section(lines.join('\n')), actions([change])] });
}

/** A break or a term is over. */
export function memberMessage(what: string, hats: readonly string[], isGuiding: boolean, look: Look): Rendered {
  const words = texts[look.reader.locale];
  const over = hats.includes('mentor') && isGuiding ? words.termOverMentor : words.termOver;
  const text = what === 'resumed' ? words.breakOver : over;
  const again = button({ id: 'mentorship.join', text: words.joinIt });
  return message({ text, blocks: [section(text), ...(what === 'resumed' ? [] : [actions([again])])] });
}

/** A sentence that needs nothing more. */
export function noteMessage(words: string): Rendered {
  return message({ text: words, blocks: [section(words)] });
}

/** Both names of a pair, for a lead. */
export function namesOf(pair: KnownPair, { reader }: Look): Mrkdwn {
  return line(texts[reader.locale].proposal<Words>(mentionPerson(pair.mentor), mentionPerson(pair.mentee)));
}

/** What the mentee wants, for a lead. */
export function wishOf({ wish, mentee }: KnownPair, { reader }: Look): readonly KnownBlock[] {
  if (!wish) return [];
  return [section(line(texts[reader.locale].wish<Words>(mentionPerson(mentee)))), section(truncate(wish, shortened))];
}
