import type { KnownBlock, ModalView } from '@slack/types';
import { context, header, joinWords, mentionPerson, modal, section, type Words } from '../slack/blocks.ts';
import { decideTexts } from './decide-texts.ts';
import { deedsOf } from './history.ts';
import { buttonValue, type Look, line, subjectIn, when } from './look.ts';
import { stageName, stageOf } from './reading.ts';
import { type Known, numberOf, type StageState } from './request.ts';
import { quoteBlock } from './text-views.ts';

const longestReason = 1_000;

/** What a body decided, by whose votes and for what reasons; told when it is over, so that nobody votes with the crowd. */
export function minutesView(request: Known, look: Look): ModalView {
  const { locale } = look.reader;
  const words = decideTexts[locale];
  const bodies = request.stages.filter(({ id, votes }) => votes.length > 0 && stageOf(look.type, id)?.vote);
  return modal({
    callback: 'requests.minutes',
    title: words.minutes,
    close: words.close,
    metadata: buttonValue(request),
    blocks: [
      section(`${numberOf(request)} · ${subjectIn(request, look.type, locale)}`),
      ...bodies.flatMap((stage) => bodyBlocks(request, stage, look)),
    ],
  });
}

function bodyBlocks(request: Known, stage: StageState, look: Look): readonly KnownBlock[] {
  const { locale } = look.reader;
  const words = decideTexts[locale];
  const head = header(stageName(look.type, stage.id, locale));
  if (stage.state === 'open') return [head, section(words.minutesOpen)];
  const events = request.events.filter((event) => event.kind === 'voted' && event.stage === stage.id);
  const deeds = deedsOf<Words>(events, look.type, locale, mentionPerson);
  return [
    head,
    section(resultLines(stage, look).join('\n')),
    ...deeds.flatMap(({ at, said, text }) => [
      context([joinWords([when(at, look), line(said)])]),
      ...(text ? [quoteBlock(text, longestReason)] : []),
    ]),
  ];
}

/** The count, and what came of it. */
function resultLines(stage: StageState, { type, reader }: Look): readonly string[] {
  const words = decideTexts[reader.locale];
  const count = (vote: StageState['votes'][number]['vote']) => stage.votes.filter((one) => one.vote === vote).length;
  const [yes, no, abstain] = [count('approve'), count('decline'), count('abstain')];
  const quorum = stageOf(type, stage.id)?.vote?.quorum ?? 0;
  const took = yes + no + abstain;
  const isCarried = stage.state === 'approved';
  return [
    words.minutesQuorum(String(took), String(quorum)),
    words.minutesVotes(String(yes), String(no), String(abstain)),
    ...(yes === no && isCarried ? [words.minutesTie] : []),
    isCarried ? words.carried : words.notCarried,
  ];
}
