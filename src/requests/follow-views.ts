import type { DueThing } from '../core/links.ts';
import { truncate } from '../slack/escape.ts';
import { followTexts } from './follow-texts.ts';
import { subjectOf } from './form.ts';
import { buttonValue } from './look.ts';
import { latest } from './reading.ts';
import { type Known, numberOf } from './request.ts';
import type { RequestType } from './type.ts';

// What a reminder takes for a title.
const longestTitle = 80;

/** What its owner still has to tell of an approved request. @param when the topic, and the moment from which it is asked, ms */
export function followThing(
  request: Known,
  type: RequestType,
  { topic, since }: Pick<DueThing, 'topic' | 'since'>,
): DueThing {
  const told = latest(request, 'followed');
  const asksOutcome = told !== undefined && told.at >= request.since;
  const inBoth = (words: (texts: (typeof followTexts)['en'], subject: string) => string) => ({
    en: words(followTexts.en, subjectOf(type, request.answers, 'en')),
    'zh-CN': words(followTexts['zh-CN'], subjectOf(type, request.answers, 'zh-CN')),
  });
  const number = numberOf(request);
  return {
    key: `${request.id}/${asksOutcome ? told.at : request.since}`,
    topic,
    // What is confidential says its number and no more, where a phone lies on a table.
    title: inBoth((_, subject) => (request.restricted ? number : truncate(`${number} · ${subject}`, longestTitle))),
    detail: inBoth((texts) => (asksOutcome ? texts.outcome : type.follow === 'release' ? texts.release : texts.link)),
    minutes: 1,
    since,
    buttons: [{ action: 'requests.follow', value: buttonValue(request), label: inBoth((texts) => texts.tell) }],
  };
}
