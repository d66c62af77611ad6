import type { People } from '../core/ports.ts';
import type { Effect, IncomingAction, SlackGate } from '../feature.ts';
import { waitView } from './before-views.ts';
import { openingView } from './choose-views.ts';
import type { Drafts } from './drafts.ts';
import type { Forms } from './form-filling.ts';
import { readLink, readTyped, writeLink } from './form-link.ts';
import { FormMeta } from './form-page.ts';
import { readerOf } from './form-views.ts';
import type { WaitingList } from './form-waiting.ts';

export interface FormListenerDeps {
  readonly forms: Forms;
  readonly drafts: Drafts;
  readonly waiting: WaitingList;
  readonly people: Pick<People, 'get'>;
}

/** Everything that opens a form, its pages, and the drafts on Home. */
export function listenToForms(gate: SlackGate, { forms, drafts, waiting, people }: FormListenerDeps): void {
  const again = { action: 'requests.open', value: '' };

  /* opening: from memory alone */

  gate.shortcut('request_approval', ({ person }) => forms.open(person, { type: '', prefill: {} }), again);
  gate.command('request', async ({ person, text }) => {
    const link = readTyped(text);
    return { view: forms.open(person, link), again: { action: 'requests.open', value: writeLink(link) } };
  });
  gate.opens('requests.open', (a) => ({
    view: forms.open(a.person, readLink(a.value), a.message && conversationOf(a.message.channel, a.message.thread)),
  }));
  gate.opens('requests.go_on', (a) => ({
    view: openingView(readerOf(people, a.person)),
    effect: () => forms.goOn(a.person, a.value),
  }));
  gate.action('requests.choose', async (a) => ({
    reply: { kind: 'view', view: forms.open(a.person, { type: a.value, prefill: {} }) },
  }));

  /* filling in */

  gate.action('requests.set', (a) => inForm(a, (meta, values) => forms.set(a.person, meta, values)));
  gate.action('requests.pick', (a) => inForm(a, (meta, values) => forms.set(a.person, meta, values)));
  gate.action('requests.back', (a) => inForm(a, (meta, values) => forms.back(a.person, meta, values)));
  gate.action('requests.change', (a) => inForm(a, (meta) => forms.change(a.person, meta, Number(a.value))));
  gate.action('requests.discard_oldest', (a) =>
    inForm(a, (meta, values) => forms.discardOldest(a.person, a.value, meta, values)),
  );
  gate.action('requests.await', (a) =>
    inForm(a, async ({ draft }) => {
      const done = await waiting.wait(a.person, a.value, draft);
      return {
        ...done,
        reply: { kind: 'view', view: waitView(a.value, done !== undefined, readerOf(people, a.person)) },
      };
    }),
  );
  gate.options('requests.pick', (typed, person, action) => forms.picks(typed, person, action));
  gate.submit('requests.form', ({ person, view }) => forms.next(person, metaOf(view.metadata), view.values));

  /* drafts */

  gate.action('requests.discard', (a) => drafts.discard(a.person, a.value));
  gate.action('requests.discard_this', async (a) => {
    const { ops = [] } = await drafts.discard(a.person, a.value);
    return { ops, reply: { kind: 'view', view: drafts.discardedView(a.person) } };
  });
}

function inForm(
  { view }: IncomingAction,
  run: (meta: FormMeta, values: NonNullable<IncomingAction['view']>['values']) => Promise<Effect>,
): Promise<Effect> {
  return view ? run(metaOf(view.metadata), view.values) : Promise.resolve({});
}

function metaOf(metadata: string): FormMeta {
  return FormMeta.parse(JSON.parse(metadata));
}

/** The requester is told in our conversation with them, where the form was opened there; elsewhere others would read it. */
function conversationOf(channel: string, thread?: string) {
  return channel.startsWith('D') && thread ? { channel, thread } : undefined;
}
