import type { KnownBlock } from '@slack/types';
import type { Rendered } from '../core/ports.ts';
import { actions, button, context, joinWords, mentionPerson, message, section, type Words } from '../slack/blocks.ts';
import type { Helper } from './directory.ts';
import { directoryTexts } from './directory-texts.ts';
import { type Look, languagesIn, listed, topicsIn } from './look.ts';
import { texts } from './texts.ts';

/** What was looked for, and who was found. */
export interface Found {
  /** Skills and words that were asked for; empty for the whole list. */
  readonly wanted: readonly string[];
  /** What was asked for and is on no list. */
  readonly unknown: readonly string[];
  readonly helpers: readonly Helper[];
  /** How many mentors with a free place offer it. */
  readonly mentors: number;
}

// Two screens of a phone; whoever needs more names a topic.
const mostShown = 8;

/** Who helps with what, for one reader. `own`: whether they are in the list themselves. */
export function directoryMessage({ wanted, unknown, helpers, mentors }: Found, own: boolean, look: Look): Rendered {
  const words = { ...texts[look.reader.locale], ...directoryTexts[look.reader.locale] };
  const named = topicsIn(wanted, look);
  const missing = unknown.length > 0 ? words.also(listed(unknown, look.reader.locale)) : undefined;
  const none = wanted.length > 0 ? words.foundNone(named) : (missing ?? words.nobodyYet);
  const some = wanted.length > 0 ? words.found(named) : words.ambassadorsTitle;
  const head = helpers.length > 0 ? some : none;
  const shown = helpers.slice(0, mostShown);
  const more = helpers.length - shown.length;
  const notes = [
    ...(missing && missing !== head ? [missing] : []),
    ...(mentors > 0 ? [words.mentorsOffer(mentors)] : []),
    ...(helpers.length === 0 && mentors === 0 ? [words.foundNext] : []),
    ...(more > 0 ? [words.more(more)] : []),
  ];
  return message({
    text: [head, ...shown.map((helper) => plainLine(helper, look)), ...notes].join('\n'),
    blocks: [
      section(head),
      ...shown.flatMap((helper) => helperBlocks(helper, look)),
      ...(notes.length > 0 ? [context(notes)] : []),
      actions([
        button({ id: 'mentorship.help', text: own ? words.changeAmbassador : words.becomeAmbassador }),
        ...(mentors > 0 ? [button({ id: 'mentorship.join', text: words.joinIt })] : []),
      ]),
    ],
  });
}

function plainLine({ person, topics }: Helper, look: Look): string {
  return `${person.name}${look.reader.locale === 'en' ? ': ' : '：'}${topicsIn(topics, look)}`;
}

function helperBlocks({ person, member, topics }: Helper, look: Look): readonly KnownBlock[] {
  const words = directoryTexts[look.reader.locale];
  const facts: readonly Words[] = [
    words.ambassador,
    topicsIn(topics, look),
    ...(member.languages.length > 0 ? [words.speaks(languagesIn(member.languages, look))] : []),
  ];
  const about = member.ambassador?.about;
  return [section(joinWords([mentionPerson(person.id), ...(about ? [about] : [])])), context([joinWords(facts)])];
}
