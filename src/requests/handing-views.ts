import type { Button } from '@slack/types';
import type { Rendered } from '../core/ports.ts';
import { button, context, joinWords, message, type Reader, section } from '../slack/blocks.ts';
import { type Handing, missingIn } from './handing.ts';
import { handingTexts } from './handing-texts.ts';
import { buttonValue, type Look, labelFor } from './look.ts';
import { type Known, numberOf } from './request.ts';
import { texts } from './texts.ts';
import { uploadsOf } from './uploads.ts';

/** Fetches what was uploaded, for those who read a request and did not give it. Nothing where there is nothing to fetch. */
export function filesButton(request: Known, look: Look): readonly Button[] {
  const count = uploadsOf(request, look.type).length;
  if (count === 0 || request.requester === look.viewer) return [];
  const text = handingTexts[look.reader.locale].get(count);
  return [button({ id: 'requests.files', text, value: buttonValue(request), label: labelFor(text, request, look) })];
}

/** How files are called in Slack: what is confidential says its number and no more, where a phone lies on a table. */
export function titlesOf(request: Known, { files }: Handing, { locale }: Pick<Reader, 'locale'>): readonly string[] {
  const words = handingTexts[locale];
  return files.map(({ name }, index) =>
    request.restricted || !name ? words.titled(numberOf(request), index + 1) : name,
  );
}

/** What could not be handed on, and why; nothing where all was. */
export function missingMessage(request: Known, handing: Handing, { locale }: Reader): Rendered | undefined {
  const missing = missingIn(handing);
  if (missing.length === 0) return undefined;
  const words = handingTexts[locale];
  const number = numberOf(request);
  const lines = missing.map(({ file, name, state }) => {
    const index = handing.files.findIndex((one) => one.file === file) + 1;
    // Where it could not be looked into, its id stands in for its name, and says nothing to anybody.
    const called = name && name !== file ? name : words.unnamed(index);
    return words.oneOf(called, words.why[state === 'wanted' || state === 'copied' ? 'failed' : state]);
  });
  const head = words.missing(number);
  return message({
    text: request.restricted ? texts[locale].neutralNews(number) : [head, ...lines].join('\n'),
    blocks: [section(joinWords([head, ...lines], '\n')), context([words.next])],
  });
}
