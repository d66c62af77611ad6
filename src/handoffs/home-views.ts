import type { KnownBlock } from '@slack/types';
import { button, context, header, joinWords, mentionPerson, section, type Words } from '../slack/blocks.ts';
import { truncate } from '../slack/escape.ts';
import { isLate, type Look, line, when } from './look.ts';
import type { Known } from './saying.ts';
import { texts } from './texts.ts';
import { caseValue, headlineOf } from './views.ts';

// Enough for a morning; who has more opens the channel.
const mostAtHome = 10;

/** A list of questions on Home, the oldest first; nothing when there are none. `total`: also those not given. */
export function homeBlocks(
  handoffs: readonly Known[],
  total: number,
  side: 'desk' | 'asker',
  look: Omit<Look, 'unit' | 'mayAct'>,
): readonly KnownBlock[] {
  if (handoffs.length === 0) return [];
  const words = texts[look.reader.locale];
  const shown = handoffs.slice(0, mostAtHome);
  const left = total - shown.length;
  return [
    header(side === 'desk' ? words.waitingForYou : words.yourQuestions),
    ...shown.flatMap((handoff) => homeItem(handoff, side, { ...look, unit: undefined, mayAct: side === 'desk' })),
    ...(left > 0 ? [context([words.more(left)])] : []),
  ];
}

function homeItem(handoff: Known, side: 'desk' | 'asker', look: Look): readonly KnownBlock[] {
  const words = texts[look.reader.locale];
  const accessory =
    side === 'desk'
      ? button({
          id: 'handoffs.answer',
          text: words.answer,
          label: words.about(words.answer, look.name(handoff.asker)),
          value: caseValue(handoff),
        })
      : button({ id: 'handoffs.add', text: handoff.rest ? words.reply : words.add, value: handoff.id });
  const deadline = (isLate(handoff, look.now) ? words.homeLate : words.homeLine)<Words>(
    when(handoff.deadline.due, look),
  );
  const waiting = side === 'desk' ? words.homeWaiting : words.homeYours;
  const facts = [
    ...(side === 'desk' ? [headlineOf(handoff, look)] : []),
    ...(handoff.holder
      ? [line(words.stateClaimed<Words>(mentionPerson(handoff.holder), when(handoff.since, look)))]
      : [words.stateOpen]),
    handoff.rest ? waiting : line(deadline),
  ];
  return [section(words.quote(truncate(handoff.question.text, 150)), { accessory }), context([joinWords(facts)])];
}
