import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import type { Rendered } from '../core/ports.ts';
import {
  actions,
  button,
  context,
  header,
  joinWords,
  mentionPerson,
  message,
  overflow,
  section,
  type Words,
} from '../slack/blocks.ts';
import { truncate } from '../slack/escape.ts';
import { day, type Look, line, when } from './look.ts';
import { isPaused, type KnownMember } from './member.ts';
import { type KnownPair, otherOf } from './pair.ts';
import { texts } from './texts.ts';
import { outlookLines } from './views.ts';
import type { Outlook } from './waiting.ts';

/** What somebody sees of their own mentoring. */
export interface Standing {
  readonly member: KnownMember | undefined;
  /** Open ones, the latest first. */
  readonly pairs: readonly KnownPair[];
  /** For somebody who waits. */
  readonly outlook: Outlook | undefined;
}

// A mentor of more has them in the groups, too.
const mostPairs = 6;
const mostGoals = 3;

/**
 * Where somebody stands in the program, and what they can do. Home shows nothing to whoever is not in it, and asks whether they
 * have met where it shows all that is due.
 */
export function standingBlocks(standing: Standing, look: Look, where: 'home' | 'message'): readonly KnownBlock[] {
  const words = texts[look.reader.locale];
  const { member, pairs, outlook } = standing;
  const isIn = member !== undefined && (member.mentor !== undefined || member.mentee !== undefined);
  if (!isIn && pairs.length === 0) {
    if (where === 'home') return [];
    const join = button({ id: 'mentorship.join', text: words.joinIt, style: 'primary' });
    return [header(words.title), section(words.notJoined), actions([join])];
  }
  const shown = pairs.slice(0, mostPairs);
  return [
    header(words.title),
    ...lines(standing, look),
    ...(outlook ? [section(outlookLines(outlook, look).join('\n'))] : []),
    ...shown.flatMap((pair) => pairBlocks(pair, look, where)),
    ...(pairs.length > shown.length ? [context([words.morePairs(pairs.length - shown.length)])] : []),
    actions(ownButtons(member, look)),
  ];
}

function lines({ member, pairs }: Standing, look: Look): readonly KnownBlock[] {
  const words = texts[look.reader.locale];
  const said: Words[] = [];
  if (member?.mentor) said.push(words.mentorLine(member.mentor.pairs.length, member.mentor.places));
  if (member?.pausedUntil) said.push(line(words.onBreak<Words>(day(member.pausedUntil, look))));
  const isProposed = pairs.some((pair) => pair.state === 'proposed' && pair.mentee === look.viewer);
  if (isProposed) said.push(words.proposed);
  return said.length > 0 ? [section(joinWords(said, '\n'))] : [];
}

/** A mentor learns of a pair when it is confirmed, a mentee that one is proposed; with whom only then. */
function pairBlocks(pair: KnownPair, look: Look, where: 'home' | 'message'): readonly KnownBlock[] {
  const { viewer } = look;
  if (pair.state === 'proposed' || !viewer) return [];
  const words = texts[look.reader.locale];
  const other = otherOf(pair, viewer);
  const who = pair.mentor === viewer ? words.youGuide : words.youLearn;
  const facts: Words[] = [
    words.states[pair.state],
    ...(pair.checkAt && pair.checkAt > look.now ? [line(words.nextCheck<Words>(when(pair.checkAt, look)))] : []),
    ...(pair.until ? [line(words.plannedEnd<Words>(day(pair.until, look)))] : []),
  ];
  const canMove = pair.state === 'active' || pair.state === 'paused';
  return [
    section(line(who<Words>(mentionPerson(other))), canMove ? { accessory: menuOf(pair, look) } : {}),
    context([joinWords(facts)]),
    ...(where === 'message' ? checkIn(pair, look) : []),
    ...pair.goals
      .filter(({ state }) => state === 'open')
      .slice(0, mostGoals)
      .flatMap((goal) => goalBlocks(pair, goal, look)),
  ];
}

function menuOf({ id, state }: KnownPair, { reader }: Look) {
  const words = texts[reader.locale];
  const active = state === 'active' ? [{ text: words.morePause, value: `rest/${id}` }] : [];
  return overflow({
    id: 'mentorship.more',
    choices: [
      { text: words.moreGoal, value: `goal/${id}` },
      { text: words.moreMerged, value: `merge/${id}` },
      ...active,
      { text: words.moreFinish, value: `finish/${id}` },
      { text: words.moreRematch, value: `rematch/${id}` },
    ],
  });
}

/** A check-in that is open now. */
function checkIn(pair: KnownPair, look: Look): readonly KnownBlock[] {
  if (pair.state !== 'active' || pair.checkAt === undefined || pair.checkAt > look.now || !look.viewer) return [];
  const words = texts[look.reader.locale];
  const name = look.name(otherOf(pair, look.viewer));
  const answer = (what: string, text: string): ActionsBlockElement =>
    button({
      id: `mentorship.check.${what}`,
      text,
      label: words.about(text, name),
      value: `${pair.id}/${pair.round}`,
    });
  return [
    context([words.dueCheckDetail]),
    actions([answer('met', words.metButton), answer('not_yet', words.notYetButton), answer('help', words.helpButton)]),
  ];
}

function goalBlocks(pair: KnownPair, goal: KnownPair['goals'][number], look: Look): readonly KnownBlock[] {
  const words = texts[look.reader.locale];
  const value = `${pair.id}/${goal.id}`;
  return [
    section(words.goalLine(truncate(goal.text, 200), day(goal.due, look)), {
      accessory: overflow({
        id: 'mentorship.goal_ended',
        choices: [
          { text: words.goalDone, value: `met/${value}` },
          { text: words.goalDrop, value: `dropped/${value}` },
        ],
      }),
    }),
  ];
}

function ownButtons(member: KnownMember | undefined, { reader }: Look): ActionsBlockElement[] {
  const words = texts[reader.locale];
  const change = button({ id: 'mentorship.join', text: member ? words.changeIt : words.joinIt });
  if (!member) return [change];
  const rest = isPaused(member)
    ? button({ id: 'mentorship.back', text: words.backNow })
    : button({ id: 'mentorship.break', text: words.takeBreak });
  const leave = button({
    id: 'mentorship.leave',
    text: words.leaveIt,
    confirm: { title: words.leaveTitle, text: words.leaveText, confirm: words.leaveConfirm, deny: words.leaveDeny },
  });
  return [change, rest, leave];
}

/** The same as a message, for whoever asks for it. @param lead what leads see below */
export function standingMessage(standing: Standing, lead: readonly KnownBlock[], look: Look): Rendered {
  const words = texts[look.reader.locale];
  const blocks = [...standingBlocks(standing, look, 'message'), ...lead].slice(0, 48);
  const said = standing.outlook ? outlookLines(standing.outlook, look) : [words.notJoined];
  return message({ text: [words.title, ...said].join('\n'), blocks });
}
