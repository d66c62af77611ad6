import { type Locale, locales } from '../core/i18n.ts';
import type { Sample } from '../feature.ts';
import { detailView } from './detail-views.ts';
import { noteView } from './form-views.ts';
import { beginHanding, type Handing } from './handing.ts';
import { handingTexts } from './handing-texts.ts';
import { missingMessage } from './handing-views.ts';
import { line, sentences, when } from './look.ts';
import type { Known } from './request.ts';
import { decider, requester, start, statesOf } from './sample-data.ts';
import { lookFor } from './samples.ts';
import { openStages } from './state.ts';
import type { Field, RequestType, TypeEdition } from './type.ts';
import { requestMessage } from './views.ts';

const papers: Field = {
  id: 'papers',
  kind: 'files',
  label: { en: 'Papers', 'zh-CN': '材料' },
  required: false,
  fact: true,
  quote: false,
  confidential: false,
};
const links = [
  `https://example.slack.com/files/${requester}/F0PAPERS01/agreement.pdf`,
  `https://example.slack.com/files/${requester}/F0PAPERS02/__.pdf#${encodeURIComponent('合同.pdf')}`,
  'https://drive.example.com/plan',
];

/** Everything that is shown of files on their way to those who decide. @param types those that ship */
export function handingSamples(types: readonly TypeEdition[]): readonly Sample[] {
  const shown = types.find(({ type }) => type.id === 'contribute')?.type;
  return shown ? locales.flatMap((locale) => samplesIn(withPapers(shown), locale)) : [];
}

function withPapers(type: RequestType): RequestType {
  const [first, ...rest] = type.steps;
  const steps = first ? [{ ...first, fields: [...first.fields, papers.id] }, ...rest] : [];
  return { ...type, fields: [...type.fields, papers], steps };
}

function samplesIn(type: RequestType, locale: Locale): readonly Sample[] {
  const [waiting] = Object.values(statesOf(type, locale));
  if (!waiting) return [];
  const request: Known = { ...waiting, answers: { ...waiting.answers, papers: links } };
  const desk = lookFor(locale, type, { viewer: decider, mine: openStages(request).map(({ id }) => id) });
  const own = lookFor(locale, type, { viewer: requester });
  const words = handingTexts[locale];
  const missing = missingMessage(request, missingHanding(), desk.reader);
  const neutral = missingMessage({ ...request, restricted: true }, missingHanding(), desk.reader);
  const name = (what: string) => `requests: files, ${what} (${locale})`;
  const modal = (what: string, said: Parameters<typeof noteView>[1]): Sample => ({
    name: name(what),
    surface: 'modal',
    payload: noteView(words.title, said, desk.reader),
  });
  return [
    { name: name('card'), surface: 'message', payload: requestMessage(request, desk) },
    { name: name('details'), surface: 'modal', payload: detailView(request, desk) },
    { name: name('details of their giver'), surface: 'modal', payload: detailView(request, own) },
    modal('on their way', words.onTheWay),
    modal('on their way, below the card', sentences([words.onTheWayBelow, words.left(1)], desk)),
    modal('on their way, the first of many', sentences([words.onTheWay, words.left(2)], desk)),
    modal('had before', line(words.had(when(start, desk)))),
    modal('none', words.none),
    ...[missing, neutral].flatMap((payload, index): readonly Sample[] =>
      payload ? [{ name: name(index === 0 ? 'missing' : 'missing, confidential'), surface: 'message', payload }] : [],
    ),
  ];
}

/** A file for everything that can be in the way. */
function missingHanding(): Handing {
  const states = ['deleted', 'unseen', 'foreign', 'too-large', 'failed'] as const;
  const uploads = states.map((_, index) => ({ file: `F0PAPERS${index}`, giver: requester }));
  const begun = beginHanding('00000142', decider, uploads, start);
  const files = begun.files.map((one, index) => {
    const state = states[index] ?? 'failed';
    return { ...one, state, name: state === 'unseen' ? one.file : `${state}.pdf` };
  });
  return { ...begun, state: 'done', files };
}
