import type { KnownBlock } from '@slack/types';
import { actions, button, context, header, joinWords, mentionPerson, section, type Words } from '../slack/blocks.ts';
import { leadTexts } from './lead-texts.ts';
import { type Look, languagesIn, line } from './look.ts';
import type { Numbers } from './numbers.ts';
import { type KnownPair, otherOf } from './pair.ts';
import { texts } from './texts.ts';
import { namesOf, reasonsOf } from './views.ts';

/** What waits for the leads of the program, and what it comes to. */
export interface LeadState {
  readonly proposals: readonly KnownPair[];
  readonly calls: readonly KnownPair[];
  readonly numbers: Numbers;
}

// A screen's worth of each; the rest follows when these are decided.
const mostShown = 5;

export function leadBlocks({ proposals, calls, numbers }: LeadState, look: Look): readonly KnownBlock[] {
  const words = texts[look.reader.locale];
  const say = leadTexts[look.reader.locale];
  const left = Math.max(0, proposals.length - mostShown) + Math.max(0, calls.length - mostShown);
  return [
    header(say.leadTitle),
    ...calls.slice(0, mostShown).flatMap((pair) => callBlocks(pair, look)),
    ...proposals.slice(0, mostShown).flatMap((pair) => proposalBlocks(pair, look)),
    ...(left > 0 ? [context([words.more(left)])] : []),
    ...numberBlocks(numbers, look),
  ];
}

function proposalBlocks(pair: KnownPair, look: Look): readonly KnownBlock[] {
  const words = texts[look.reader.locale];
  const say = leadTexts[look.reader.locale];
  const facts = [say.fit(pair.fit.score), say.waited(pair.fit.waitedDays), ...reasonsOf(pair, look)];
  const names = `${look.name(pair.mentor)}, ${look.name(pair.mentee)}`;
  const open = button({
    id: 'mentorship.decide',
    text: words.look,
    label: words.about(words.look, names),
    value: pair.id,
  });
  return [section(namesOf(pair, look), { accessory: open }), context([joinWords(facts)])];
}

function callBlocks(pair: KnownPair, look: Look): readonly KnownBlock[] {
  const words = texts[look.reader.locale];
  const say = leadTexts[look.reader.locale];
  const by = pair.call?.by;
  const said = by
    ? say.callHelp<Words>(mentionPerson(by), mentionPerson(otherOf(pair, by)))
    : say.callStalled<Words>(mentionPerson(pair.mentor), mentionPerson(pair.mentee));
  const name = look.name(by ?? pair.mentee);
  const done = button({
    id: 'mentorship.care',
    text: say.cared,
    label: words.about(say.cared, name),
    value: pair.id,
  });
  return [section(line(said)), actions([done])];
}

function numberBlocks(numbers: Numbers, look: Look): readonly KnownBlock[] {
  const say = leadTexts[look.reader.locale];
  const counted = say.numberLines;
  const lines = [
    counted.active(numbers.active),
    counted.waiting(numbers.waiting),
    counted.free(numbers.free),
    ...(numbers.checkIns > 0 ? [counted.kept(numbers.kept, numbers.checkIns)] : []),
    ...(numbers.goals > 0 ? [counted.goals(numbers.goalsMet, numbers.goals)] : []),
    ...(numbers.reviews > 0 ? [counted.reviews(numbers.reviews)] : []),
    ...(numbers.merged > 0 ? [counted.merged(numbers.merged)] : []),
  ];
  const waits = numbers.waits.map(({ language, days }) => counted.wait(languagesIn([language], look), days));
  const missing = numbers.missing.map(({ language, count }) => say.missing(languagesIn([language], look), count));
  return [
    ...(missing.length > 0 ? [section(missing.join('\n'))] : []),
    section(say.numbers),
    context([joinWords(lines), ...(waits.length > 0 ? [joinWords(waits)] : [])]),
  ];
}
