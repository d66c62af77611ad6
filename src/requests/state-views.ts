import { joinWords, type Mrkdwn, mentionPerson, type Words } from '../slack/blocks.ts';
import { day, type Look, line, namesOf, sentences, when } from './look.ts';
import { endOf, latest, reasonOf, stageName, stageOf } from './reading.ts';
import { isOpen, type Known, type StageState } from './request.ts';
import { texts } from './texts.ts';

/** How it stands, in a sentence or a few; nothing while it is simply being decided. */
export function stateLine(request: Known, look: Look): Mrkdwn | undefined {
  const words = texts[look.reader.locale];
  switch (request.state) {
    case 'in_review':
      return undefined;
    case 'needs_info': {
      const asked = request.questions.at(-1);
      return asked && line(words.asksRequester<Words>(mentionPerson(asked.by), when(asked.at, look)));
    }
    case 'on_hold': {
      const held = latest(request, 'held');
      return held && line(words.heldBy<Words>(mentionPerson(held.by), day(held.until, look)));
    }
    case 'approved':
      return approvedLine(request, look);
    default:
      return endLine(request, look);
  }
}

function approvedLine(request: Known, look: Look): Mrkdwn {
  const words = texts[look.reader.locale];
  const until = request.validUntil === undefined ? [] : [line(words.validUntil<Words>(day(request.validUntil, look)))];
  return sentences([line(whoApproved(request, look)), ...until], look);
}

function whoApproved(request: Known, look: Look) {
  const words = texts[look.reader.locale];
  const at = when(request.since, look);
  const end = endOf(request);
  if (latest(request, 'recorded')?.at === request.since && end?.by) {
    return words.recordedBy<Words>(mentionPerson(end.by), at);
  }
  const last = latest(request, 'settled')?.stage;
  if (last !== undefined && stageOf(look.type, last)?.vote) return words.approvedByVote<Words>(at);
  if (end?.by) return words.approvedBy<Words>(mentionPerson(end.by), at);
  return latest(request, 'passed')?.standing ? words.approvedByStanding<Words>(at) : words.approvedByRule<Words>(at);
}

function endLine(request: Known, look: Look): Mrkdwn {
  const words = texts[look.reader.locale];
  const at = when(request.since, look);
  const end = endOf(request);
  const by = end?.by && mentionPerson(end.by);
  switch (request.state) {
    case 'declined':
      if (isVoted(request, look)) return line(words.declinedByVote<Words>(at));
      if (latest(request, 'recorded')?.at === request.since && by) return line(words.recordedBy<Words>(by, at));
      return line(words.declinedBy<Words>(by ?? words.somebody, at));
    case 'withdrawn':
      return line(words.withdrawnBy<Words>(by ?? words.somebody, at));
    case 'revoked':
      return line(words.revokedBy<Words>(by ?? words.somebody, at));
    case 'superseded':
      return line(words.supersededBy<Words>(end?.text ?? '', at));
    default:
      return line(end?.text === 'lapsed' ? words.lapsed<Words>(at) : words.unanswered<Words>(at));
  }
}

/** Whether a body decided by its votes: then no single person did. */
function isVoted(request: Known, { type }: Look): boolean {
  const { stage } = latest(request, 'declined') ?? {};
  return stage !== undefined && stageOf(type, stage)?.vote !== undefined;
}

/** The reason of a decline, what would change it and what to do instead; the condition of an approval: a line each. */
export function consequences(request: Known, { type, reader }: Look): readonly string[] {
  const words = texts[reader.locale];
  if (request.state === 'approved') {
    return request.conditions.map(({ text, met }) => (met === undefined ? words.condition : words.conditionMet)(text));
  }
  const end = endOf(request);
  if (request.state !== 'declined') return end?.text && request.state !== 'expired' ? [words.quote(end.text)] : [];
  const reason = reasonOf(type, end?.reason);
  return [
    ...(reason ? [words.reason(reason.label[reader.locale])] : []),
    ...(end?.text ? [words.quote(end.text)] : []),
    ...(reason ? [words.mend(reason.mend[reader.locale])] : []),
    ...(reason?.instead ? [words.instead(reason.instead[reader.locale])] : []),
  ];
}

/** All stages in one line, each with where it stands; nothing where nobody was asked. */
export function stagesLine(request: Known, look: Look): Mrkdwn | undefined {
  if (request.stages.length === 0) return undefined;
  return joinWords(request.stages.map((stage) => stageWords(request, stage, look)));
}

/** Where one stage stands. */
export function stageWords(request: Known, stage: StageState, look: Look): Mrkdwn {
  const words = texts[look.reader.locale];
  const name = stageName(look.type, stage.id, look.reader.locale);
  const body = stageOf(look.type, stage.id)?.vote;
  const last = stage.votes.findLast(({ vote }) => vote === 'approve' || vote === 'decline');
  const at = when(stage.settledAt ?? request.since, look);
  switch (stage.state) {
    case 'approved':
      return line(words.stageApproved<Words>(name, body || !last ? words.majority : mentionPerson(last.by), at));
    case 'declined':
      return line(words.stageDeclined<Words>(name, body || !last ? words.majority : mentionPerson(last.by), at));
    case 'skipped':
      return line([
        stage.votes.some(({ vote }) => vote === 'decline') ? words.stageOverruled(name) : words.stageSkipped(name),
      ]);
    case 'waiting':
      return line([isOpen(request) ? words.stageLater(name) : words.stageSkipped(name)]);
    case 'open': {
      const waited = look.waitedFor(stage.id);
      if (body) return line([votingWords(stage, waited.length, body.quorum, look)]);
      const done = stage.votes.filter(({ vote }) => vote === 'approve').map(({ by }) => mentionPerson(by));
      const names = namesOf(waited, look);
      return done.length === 0
        ? line(words.stageWaits<Words>(name, names))
        : line(words.stagePartly<Words>(name, joinWords(done, words.comma), names));
    }
  }
}

/** How many took part, and no more: how they voted is told when all have, so that nobody votes with the crowd. */
function votingWords(stage: StageState, left: number, quorum: number, { type, reader }: Look): string {
  const voted = new Set(stage.votes.filter(({ vote }) => vote !== 'conflict').map(({ by }) => by)).size;
  const name = stageName(type, stage.id, reader.locale);
  return texts[reader.locale].stageVoting(name, String(voted), String(voted + left), String(quorum));
}
