import type { Rendered } from '../core/ports.ts';
import { context, header, instantText, message, section } from '../slack/blocks.ts';
import type { Change } from './corrections.ts';
import { decideTexts } from './decide-texts.ts';
import { visibleEvents } from './detail-views.ts';
import { deedsOf } from './history.ts';
import { type Look, subjectIn } from './look.ts';
import { answeredIn } from './reading.ts';
import { type Known, numberOf, submittedAt } from './request.ts';
import { consequences } from './state-views.ts';
import { texts } from './texts.ts';
import type { Field } from './type.ts';

// What a message holds beside its head; the file has everything.
const longestInMessage = 2_800;

/**
 * What an employee keeps of a request: what was asked for, who decided and when, under which conditions, and where the audit
 * trail proves it. Plain Markdown, with zones written out, since it is read outside of Slack.
 * @param organization its name, in the reader's language
 */
export function receiptText(request: Known, look: Look, organization: string): string {
  const { locale } = look.reader;
  const words = decideTexts[locale];
  return [
    `# ${words.receiptTitle(numberOf(request))}`,
    '',
    oneLine(subjectIn(request, look.type, locale)),
    '',
    ...stateLines(request, look).map((line) => `- ${line}`),
    '',
    `## ${words.receiptDecisions}`,
    '',
    ...deedLines(request, look),
    '',
    `## ${words.receiptForm}`,
    '',
    ...answerLines(request, look).map((line) => `- ${line}`),
    '',
    words.receiptProof(String(request.audit.length), request.audit.hash),
    words.receiptFrom(organization),
    '',
  ].join('\n');
}

/** The name of its file. */
export function receiptName(request: Pick<Known, 'number'>): string {
  return `${numberOf(request)}.md`;
}

/** The same as a message, as far as it fits. */
export function receiptMessage(request: Known, look: Look, organization: string): Rendered {
  const { locale } = look.reader;
  const words = decideTexts[locale];
  const head = words.receiptHead(numberOf(request));
  const body = [oneLine(subjectIn(request, look.type, locale)), ...stateLines(request, look)].join('\n');
  const decisions = deedLines(request, look).join('\n').slice(0, longestInMessage);
  const proof = words.receiptProof(String(request.audit.length), request.audit.hash);
  return message({
    text: request.restricted ? texts[locale].neutralNews(numberOf(request)) : [head, body, decisions].join('\n'),
    blocks: [
      header(words.receiptTitle(numberOf(request))),
      section(body),
      section(decisions),
      context([proof, words.receiptFrom(organization)]),
    ],
  });
}

function stateLines(request: Known, look: Look): readonly string[] {
  const { locale } = look.reader;
  const words = decideTexts[locale];
  const until = request.validUntil === undefined ? [] : [words.receiptUntil(moment(request.validUntil, look))];
  return [
    words.receiptState(texts[locale].states[request.state], moment(request.since, look)),
    words.receiptAsked(look.name(request.requester), moment(submittedAt(request), look)),
    ...consequences(request, look).map(oneLine),
    ...until,
  ];
}

/** What people did, as far as the requester sees it. */
function deedLines(request: Known, look: Look): readonly string[] {
  const own = { ...look, viewer: request.requester };
  return deedsOf<string>(visibleEvents(request, own), look.type, look.reader.locale, look.name)
    .filter(({ privately }) => !privately)
    .flatMap(({ at, said, text, changes }) => [
      `- ${decideTexts[look.reader.locale].receiptDeed(moment(at, look), said.join(''))}`,
      ...(text ? text.split('\n').map((line) => `  > ${line}`) : []),
      ...changes.map((change) => `  - ${changeLine(change, look)}`),
    ]);
}

function answerLines(request: Known, look: Look): readonly string[] {
  const { locale } = look.reader;
  return answeredIn(look.type, request, locale).map(
    ({ field, label, value }) => `${texts[locale].fact(label)}${shownIn(field, value, look)}`,
  );
}

function changeLine({ field, label, before, after }: Change, look: Look): string {
  const { fact, notAnswered } = texts[look.reader.locale];
  const [from, to] = [before, after].map((value) => (value ? shownIn(field, value, look) : notAnswered));
  return `${fact(label)}${from} → ${to}`;
}

/** An answer on one line, people by their names. */
function shownIn({ kind }: Field, value: string, look: Look): string {
  const isPerson = kind === 'person' || kind === 'people';
  return oneLine(isPerson ? value.replace(/\b[UW][A-Z0-9]{5,}\b/g, (id) => look.name(id as never)) : value);
}

function moment(ms: number, { reader }: Look): string {
  return instantText(ms, 'dateTime', reader);
}

/** A line of a list stays one. */
function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' / ');
}
