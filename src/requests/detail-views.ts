import type { ActionsBlockElement, KnownBlock, ModalView } from '@slack/types';
import {
  actions,
  button,
  context,
  divider,
  header,
  joinWords,
  mentionPerson,
  modal,
  section,
  type Words,
} from '../slack/blocks.ts';
import { isKnown } from './condition.ts';
import { decideTexts } from './decide-texts.ts';
import { facts as knownFacts } from './facts.ts';
import { filesButton } from './handing-views.ts';
import { deedsOf } from './history.ts';
import { buttonValue, type Look, labelFor, line, subjectIn, when } from './look.ts';
import { takeBackButton } from './note-views.ts';
import { answeredIn, groundsOf, stageOf } from './reading.ts';
import { recallable } from './recalling.ts';
import { isOpen, type Known, numberOf, submittedAt } from './request.ts';
import { standingTexts } from './standing-texts.ts';
import { openStages } from './state.ts';
import { consequences, stageWords, stateLine } from './state-views.ts';
import { boldBlock, changeBlock, factBlock, listBlock, quoteBlock } from './text-views.ts';
import { texts } from './texts.ts';
import { decideElements } from './views.ts';

// Answers stand whole here, up to what one block of text holds.
const longestAnswer = 3_000;
// Each takes two or three blocks of the hundred that a view has.
const mostEvents = 15;
const longestSaid = 1_000;
// As git shows them: enough to tell versions apart.
const shortHash = 8;

/** Everything about a request: how it stands, what to look at, the whole form, and what happened. */
export function detailView(request: Known, look: Look): ModalView {
  const { locale } = look.reader;
  const words = decideTexts[locale];
  const state = stateLine(request, look);
  const after = consequences(request, look);
  return modal({
    callback: 'requests.details',
    title: numberOf(request),
    close: words.close,
    metadata: request.id,
    blocks: [
      header(subjectIn(request, look.type, locale)),
      context([
        joinWords([
          look.type.title[locale],
          line(texts[locale].askedBy<Words>(mentionPerson(request.requester), look.unit)),
          line(texts[locale].askedOn<Words>(when(submittedAt(request), look))),
        ]),
      ]),
      ...(state ? [section(state)] : []),
      ...(after.length > 0 ? [section(after.join('\n'))] : []),
      ...groundBlocks(request, look),
      ...checklistBlocks(request, look),
      ...formBlocks(request, look),
      ...stageBlocks(request, look),
      ...historyBlocks(request, look),
      ...actionBlocks(request, look),
      context([versionsOf(request, look)]),
    ],
  });
}

function groundBlocks(request: Known, look: Look): readonly KnownBlock[] {
  const words = texts[look.reader.locale];
  const { flags, because, unknown, canFlag } = groundsOf(look.type, request, look.reader.locale);
  return [
    ...(flags.length > 0 ? [section(words.flags(flags.join(words.semicolon)))] : []),
    context([
      ...(flags.length === 0 && canFlag ? [words.noFlags] : []),
      words.why(because.join(look.reader.locale === 'en' ? ' ' : '')),
      ...(unknown.length > 0 ? [words.unknown(unknown.join(words.semicolon))] : []),
      ...(look.unsureManager ? [line(words.managerNamed<Words>(mentionPerson(look.unsureManager)))] : []),
      ...(request.restricted ? [words.confidential] : []),
    ]),
  ];
}

/** What whoever decides looks at first; for those who decide now. */
function checklistBlocks(request: Known, look: Look): readonly KnownBlock[] {
  const { locale } = look.reader;
  const own = openStages(request).filter(({ id }) => look.mine.includes(id));
  const points = own.flatMap(({ id }) => stageOf(look.type, id)?.checklist ?? []);
  if (points.length === 0) return [];
  return [divider(), boldBlock(decideTexts[locale].checklist), listBlock(points.map((point) => point[locale]))];
}

/** The form as it was sent and answered since, page by page. */
function formBlocks(request: Known, look: Look): readonly KnownBlock[] {
  const { locale } = look.reader;
  const words = decideTexts[locale];
  const answers = answeredIn(look.type, request, locale);
  const pages = look.type.steps.flatMap(({ title, fields }) => {
    const here = answers.filter(({ field }) => fields.includes(field.id));
    return here.length > 0 ? [boldBlock(title[locale]), factBlock(here, look, longestAnswer)] : [];
  });
  const found = foundFacts(request, look);
  return [
    ...(pages.length > 0 ? [divider(), header(words.formTitle), ...pages] : []),
    ...(found.length > 0 ? [boldBlock(words.foundTitle), listBlock(found)] : []),
  ];
}

/** What is known, and what was looked for in vain; who somebody's manager is, is no news. */
function foundFacts({ facts, way }: Known, { reader }: Look): readonly string[] {
  return Object.entries(facts).flatMap(([name, value]) => {
    const what = knownFacts[name]?.words[reader.locale];
    const isSaid = name !== 'requester.manager' && (isKnown(value) || way.unknown.includes(name));
    return what === undefined || !isSaid
      ? []
      : [`${texts[reader.locale].fact(what)}${decideTexts[reader.locale].factValue(String(value))}`];
  });
}

function stageBlocks(request: Known, look: Look): readonly KnownBlock[] {
  if (request.stages.length === 0) return [];
  const lines = request.stages.map((stage) => stageWords(request, stage, look));
  return [divider(), header(decideTexts[look.reader.locale].stagesTitle), section(joinWords(lines, '\n'))];
}

/** What happened, the latest last. Private notes are for those who decide. */
function historyBlocks(request: Known, look: Look): readonly KnownBlock[] {
  const { locale } = look.reader;
  const words = decideTexts[locale];
  const maySeeAll = request.requester !== look.viewer;
  const deeds = deedsOf<Words>(visibleEvents(request, look), look.type, locale, mentionPerson).filter(
    ({ privately }) => maySeeAll || !privately,
  );
  const shown = deeds.slice(-mostEvents);
  const left = deeds.length - shown.length;
  return [
    divider(),
    header(words.historyTitle),
    ...(left > 0 ? [context([words.earlier(left)])] : []),
    ...shown.flatMap(({ at, said, text, changes }) => [
      context([joinWords([when(at, look), line(said)])]),
      ...(text ? [quoteBlock(text, longestSaid)] : []),
      ...(changes.length > 0 ? [changeBlock(changes, look, longestSaid)] : []),
    ]),
  ];
}

/** While a body votes, only one's own vote is there to be read. */
export function visibleEvents({ events, stages }: Known, { type, viewer }: Pick<Look, 'type' | 'viewer'>) {
  const voting = new Set(
    stages.filter(({ id, state }) => state === 'open' && stageOf(type, id)?.vote).map(({ id }) => id),
  );
  return events.filter((event) => event.kind !== 'voted' || !voting.has(event.stage) || event.by === viewer);
}

/** What is rarer than what the card offers. */
function actionBlocks(request: Known, look: Look): readonly KnownBlock[] {
  const { locale } = look.reader;
  const words = decideTexts[locale];
  const value = buttonValue(request);
  const named = (id: string, text: string) => button({ id, text, value, label: labelFor(text, request, look) });
  const own = openStages(request).filter(({ id }) => look.mine.includes(id));
  const decides = isOpen(request) && own.length > 0;
  const isRequester = request.requester === look.viewer;
  const hasVote = request.stages.some(({ id, votes }) => votes.length > 0 && stageOf(look.type, id)?.vote);
  const elements: ActionsBlockElement[] = [
    ...decideElements(request, look),
    ...filesButton(request, look),
    ...(look.viewer && isOpen(request) && recallable(request, look.type, look.viewer)
      ? [takeBackButton(request, look)]
      : []),
    ...(isRequester ? [] : [named('requests.similar', words.similar)]),
    ...(decides && !isVoteOnly(own, look) ? [named('requests.conflict', words.conflict)] : []),
    ...(look.manages && isOpen(request) && !isRequester ? [named('requests.record', words.record)] : []),
    ...(hasVote ? [named('requests.minutes', words.minutes)] : []),
    ...(isOpen(request) ? [] : [named('requests.receipt', texts[locale].receipt)]),
    ...(look.manages && request.state === 'approved' ? [named('requests.revoke', words.revoke)] : []),
    ...(look.manages && request.state === 'approved' && look.type.standing.length > 0
      ? [named('standing.make', standingTexts[locale].make)]
      : []),
    ...(look.manages && ['declined', 'withdrawn', 'expired', 'revoked'].includes(request.state)
      ? [named('requests.reopen', words.reopen)]
      : []),
  ];
  return elements.length > 0 ? [divider(), actions(elements)] : [];
}

/** A body's card has the conflict of interest in its menu. */
function isVoteOnly(own: readonly { readonly id: string }[], { type }: Look): boolean {
  return own.every(({ id }) => stageOf(type, id)?.vote);
}

function versionsOf({ form, versions }: Known, { reader }: Look): string {
  const rest = Object.entries(versions).map(([name, version]) => `${name} ${version.slice(0, shortHash)}`);
  return decideTexts[reader.locale].versions(form.slice(0, shortHash), rest.join(' · '));
}
