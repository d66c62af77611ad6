import type { ModalView } from '@slack/types';
import { input, modal, type Reader, radioButtons, staticSelect, textInput, usersSelect } from '../slack/blocks.ts';
import { listTexts } from './list-texts.ts';
import { Query } from './query.ts';
import { requestStates } from './request.ts';
import { texts } from './texts.ts';
import type { RequestType } from './type.ts';

const scopes = ['mine', 'waiting', 'all'] as const;
// Slack's limit of a menu.
const mostTypes = 100;

/** To look for requests. */
export function findView(types: readonly RequestType[], { locale }: Reader): ModalView {
  const words = listTexts[locale];
  const states = requestStates.map((value) => ({ text: texts[locale].states[value], value }));
  const kinds = types.slice(0, mostTypes).map(({ id, title }) => ({ text: title[locale], value: id }));
  return modal({
    callback: 'requests.find',
    title: words.findTitle,
    submit: words.find,
    close: words.close,
    blocks: [
      input({
        blockId: 'words',
        label: words.wordsLabel,
        hint: words.wordsHint,
        optional: true,
        element: textInput({ id: 'words', max: 200, focus: true }),
      }),
      input({
        blockId: 'scope',
        label: words.scopeLabel,
        element: radioButtons({
          id: 'scope',
          choices: scopes.map((value) => ({ text: words.scopes[value], value })),
          initial: 'all',
        }),
      }),
      input({
        blockId: 'state',
        label: words.stateLabel,
        optional: true,
        element: staticSelect({ id: 'state', placeholder: words.any, choices: states }),
      }),
      ...(kinds.length > 0
        ? [
            input({
              blockId: 'type',
              label: words.typeLabel,
              optional: true,
              element: staticSelect({ id: 'type', placeholder: words.any, choices: kinds }),
            }),
          ]
        : []),
      input({
        blockId: 'person',
        label: words.personLabel,
        optional: true,
        element: usersSelect({ id: 'person', placeholder: words.any }),
      }),
    ],
  });
}

/** A search as buttons carry it. */
export function queryKey(query: Query): string {
  return `find/${encodeURIComponent(JSON.stringify(query))}`;
}

/** The search that a button carries; one's own requests when it carries none. */
export function queryFrom(key: string): Query {
  const [, text = ''] = key.split('/');
  const parsed = Query.safeParse(parsedJson(decodeURIComponent(text)));
  return parsed.success ? parsed.data : { scope: 'mine' };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
