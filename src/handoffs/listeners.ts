import { z } from 'zod';
import { UserError } from '../core/errors.ts';
import type { Locale } from '../core/i18n.ts';
import { randomId } from '../core/ids.ts';
import type { People, PersonId, Rendered } from '../core/ports.ts';
import type { Effect, IncomingAction, IncomingSubmission, IncomingView, SlackGate, Submitted } from '../feature.ts';
import type { Reader } from '../slack/blocks.ts';
import type { HandoffCards } from './cards.ts';
import { mayAct } from './desk.ts';
import {
  AskForm,
  answerForm,
  askForm,
  CaseForm,
  closeForm,
  handForm,
  officeReasons,
  sayView,
  sentView,
  writeForm,
} from './forms.ts';
import { deskOf, type Spot } from './handoff.ts';
import type { Done, Handoffs } from './handoffs.ts';
import type { Move } from './moves.ts';
import { texts } from './texts.ts';
import { noteMessage } from './views.ts';

export interface HandoffListenerDeps {
  readonly handoffs: Handoffs;
  readonly cards: HandoffCards;
  readonly people: People;
}

/** The buttons and forms of questions that go to a human. */
export function listenToHandoffs(gate: SlackGate, { handoffs, cards, people }: HandoffListenerDeps): void {
  /* asking */

  gate.opens('ask.human', (a) => {
    const [question = '', flag] = a.value.split('/');
    const where = conversationOf(a);
    const form = { draft: randomId(), question, where: where ?? { person: a.person }, elsewhere: !where };
    return { view: askForm(form, flag === 'r', readerOf(a.person)) };
  });

  gate.submit('handoffs.ask', async ({ person, view }): Promise<Submitted> => {
    const form = AskForm.parse(JSON.parse(view.metadata));
    const restricted = !form.openly && Boolean(view.values.who?.restricted?.length);
    const text = textOf(view);
    const reader = readerOf(person);
    const words = texts[reader.locale];
    const { draft, question, where } = form;
    try {
      const asked = await handoffs.ask({ draft, question, asker: person, text, restricted, where });
      if (asked.kind === 'empty') return { errors: { text: words.emptyQuestion } };
      if (asked.kind === 'nobody') {
        const { contact } = asked;
        const said = contact ? `${words.nobody} ${contact[reader.locale]}` : words.nobody;
        return {
          view: restricted
            ? askForm({ ...form, openly: true }, false, reader, text)
            : sayView(words.askTitle, said, reader),
        };
      }
      const { ops, say, handoff } = asked;
      return form.elsewhere
        ? { ops, say, view: sentView(deskOf(handoff), handoff.deadline.due, reader) }
        : { ops, say };
    } catch (error) {
      return beside('text', error, reader.locale);
    }
  });

  /* those who answer */

  gate.action('handoffs.claim', (a) => {
    const { id } = caseOf(a.value);
    return clicked(a, id, { kind: 'claim' }, async (done) => cards.caseNow(done.handoff, viewerOf(a)));
  });

  gate.opens('handoffs.answer', (a) => openFor(a, answerForm));
  gate.opens('handoffs.more', (a) => openFor(a, a.value.endsWith('/hand') ? handForm : closeForm));

  gate.submit('handoffs.answer', (s) => {
    const kind = s.view.values.kind?.kind === 'query' ? 'query' : 'answer';
    return written(s, (text, { round }) => ({ kind, round, text }));
  });

  gate.submit('handoffs.hand', (s) => {
    const chosen = s.view.values.to?.person;
    const to = typeof chosen === 'string' ? (chosen as PersonId) : undefined;
    return submitted(s, 'to', { kind: 'hand', to, text: textOf(s.view) });
  });

  gate.submit('handoffs.close', (s) => {
    const reason = officeReasons.parse(s.view.values.reason?.reason);
    return submitted(s, 'reason', { kind: 'close', reason, text: textOf(s.view) });
  });

  /* the asker */

  gate.opens('handoffs.add', (a) => ({ view: writeForm(newForm(a.value, 0), false, readerOf(a.person)) }));
  gate.opens('handoffs.again', (a) => ({ view: writeForm(newForm(a.value, 0), true, readerOf(a.person)) }));
  gate.submit('handoffs.write', (s) => written(s, (text) => ({ kind: 'write', text })));

  gate.action('handoffs.withdraw', (a) => clicked(a, a.value, { kind: 'close', reason: 'withdrawn', text: '' }));
  gate.action('handoffs.helped', (a) =>
    clicked(a, a.value, { kind: 'close', reason: 'helped', text: '' }, async (done) => cards.answerDone(done.handoff)),
  );

  /** A click that changes something; `shown` is what the clicked message becomes at once. */
  async function clicked(
    a: IncomingAction,
    id: string,
    move: Move,
    shown?: (done: Done) => Promise<Rendered | undefined>,
  ): Promise<Effect> {
    try {
      const done = await handoffs.move(id, a.person, move);
      const rendered = a.message ? await shown?.(done) : undefined;
      const { ops, say } = done;
      return rendered ? { ops, say, reply: { kind: 'replace', rendered } } : { ops, say };
    } catch (error) {
      return refusedPrivately(a, error);
    }
  }

  /** Only the person who clicked sees why it was refused, where they clicked. */
  function refusedPrivately(a: IncomingAction, error: unknown): Effect {
    if (!(error instanceof UserError) || !a.message) throw error;
    const { channel, thread } = a.message;
    const rendered = noteMessage(error.texts[readerOf(a.person).locale]);
    return {
      reply: { kind: 'ephemeral', place: thread ? { channel, thread } : { channel }, person: a.person, rendered },
    };
  }

  /** Roles are known in memory, so that nobody writes an answer that is refused when it is sent. */
  function openFor(a: IncomingAction, form: typeof answerForm) {
    const { id, round, restricted } = caseOf(a.value);
    const reader = readerOf(a.person);
    const words = texts[reader.locale];
    if (!mayAct(people, { restricted }, a.person)) {
      return { view: sayView(words.answerTitle, words.notYours(deskOf({ restricted })), reader) };
    }
    return { view: form(newForm(id, round), reader) };
  }

  function written(s: IncomingSubmission, moveOf: (text: string, form: CaseForm) => Move): Promise<Submitted> {
    const text = textOf(s.view);
    if (text) return submitted(s, 'text', moveOf(text, formOf(s.view)));
    return Promise.resolve({ errors: { text: texts[readerOf(s.person).locale].emptyText } });
  }

  /** What is refused is said beside the field: what was typed stays. */
  async function submitted(s: IncomingSubmission, field: string, move: Move): Promise<Submitted> {
    const { id, draft } = formOf(s.view);
    try {
      const { ops, say } = await handoffs.move(id, s.person, move, draft);
      return { ops, say };
    } catch (error) {
      return beside(field, error, readerOf(s.person).locale);
    }
  }

  function readerOf(id: PersonId): Reader {
    const { locale, zone } = people.get(id) ?? { locale: 'en' as const, zone: 'UTC' };
    return { locale, zone };
  }

  /** In a direct message the card is its reader's own; in a channel it is nobody's. */
  function viewerOf(a: IncomingAction) {
    return conversationOf(a) ? people.get(a.person) : undefined;
  }
}

function beside(field: string, error: unknown, locale: Locale): Submitted {
  if (!(error instanceof UserError)) throw error;
  return { errors: { [field]: error.texts[locale] } };
}

/** The thread of our conversation that the click was in; direct messages have ids that start with D. */
function conversationOf({ message }: IncomingAction): Spot | undefined {
  if (!message?.channel.startsWith('D')) return undefined;
  return { channel: message.channel, thread: message.thread ?? message.ts };
}

const CaseValue = z.tuple([z.string().min(1), z.coerce.number<string>().int(), z.enum(['o', 'r'])]).rest(z.string());

/** `<id>/<round>/<o or r>`, as the buttons of the card carry it. */
function caseOf(value: string): { readonly id: string; readonly round: number; readonly restricted: boolean } {
  const [id, round, desk] = CaseValue.parse(value.split('/'));
  return { id, round, restricted: desk === 'r' };
}

function newForm(id: string, round: number): CaseForm {
  return { draft: randomId(), id, round };
}

function formOf(view: IncomingView): CaseForm {
  return CaseForm.parse(JSON.parse(view.metadata));
}

function textOf({ values }: IncomingView): string {
  const text = values.text?.text;
  return typeof text === 'string' ? text.trim() : '';
}
