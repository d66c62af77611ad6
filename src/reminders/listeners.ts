import { UserError } from '../core/errors.ts';
import type { Locale } from '../core/i18n.ts';
import type { Person, PersonId, Rendered } from '../core/ports.ts';
import type { Effect, IncomingAction, IncomingSubmission, Opened, SlackGate, Submitted } from '../feature.ts';
import type { Reader } from '../slack/blocks.ts';
import { Rhythm } from './book.ts';
import { viewOf } from './cards.ts';
import {
  declineForm,
  laterForm,
  loadingView,
  mandatoryWords,
  ownDay,
  SettingsForm,
  sayView,
  settingsForm,
  ThingsForm,
} from './forms.ts';
import { dayIn } from './look.ts';
import type { Reminding, Settled, State } from './reminders.ts';
import { texts } from './texts.ts';
import { dueMessage, noteMessage, titleOf } from './views.ts';

export interface ReminderListenerDeps {
  readonly reminding: Reminding;
  person(id: PersonId): Person | undefined;
}

// What an answer to a command shows without being scrolled.
const mostListed = 5;

/** The buttons of reminders, wherever they stand; what is due, on demand; the settings. */
export function listenToReminders(gate: SlackGate, { reminding, person }: ReminderListenerDeps): void {
  const localeOf = (id: PersonId): Locale => person(id)?.locale ?? 'en';
  const readerOf = (id: PersonId) => ({ locale: localeOf(id), zone: person(id)?.zone ?? 'UTC' });

  gate.command('reminders', async (c) => {
    const state = await reminding.stateOf(c.person);
    if (!state) return { answer: noteMessage(texts.en.dueNothing) };
    return { answer: dueMessage(state.due, mostListed, viewOf(state)) };
  });

  gate.action('reminders.done', async (a): Promise<Effect> => {
    const settled = await reminding.settle(a.person, a.value, { how: 'done' });
    if (settled.kind === 'done') return { ops: settled.ops, say: settled.say, ...answerTo(a, doneWords(settled, a)) };
    if (settled.kind === 'refused' && !a.message) throw new UserError(settled.words);
    return answerTo(a, [wordsFor(settled, readerOf(a.person))], true);
  });

  gate.opens('reminders.later', (a) =>
    opening(a, 'laterTitle', (state) => laterForm(state.due, state.place, viewOf(state))),
  );
  gate.opens('reminders.decline', declining);
  gate.opens('reminders.settings', settings);
  gate.opens('reminders.more', (a) => (a.value === 'decline' ? declining(a) : settings(a)));

  gate.submit('reminders.later', async (s): Promise<Submitted> => {
    const words = texts[localeOf(s.person)];
    const { keys } = ThingsForm.parse(JSON.parse(s.view.metadata));
    const chosen = s.view.values.what ? chosenOf(s, 'what') : keys.map((_, index) => String(index));
    if (chosen.length === 0) return { errors: { what: words.chooseSomething } };
    const isOwn = s.view.values.when?.when === ownDay;
    const until = isOwn ? s.view.values.day?.day : s.view.values.when?.when;
    if (typeof until !== 'string' || until === '') return { errors: { day: words.chooseDay } };
    const settled = await reminding.later(s.person, pick(keys, chosen), until);
    if (settled.kind === 'done') return { ops: settled.ops, say: settled.say, ...redrawn(s) };
    if (settled.kind === 'gone') return { view: said('laterTitle', [words.goneNote], s.person) };
    return { errors: { [isOwn ? 'day' : 'when']: wordsFor(settled, readerOf(s.person)) } };
  });

  gate.submit('reminders.decline', async (s): Promise<Submitted> => {
    const words = texts[localeOf(s.person)];
    const { keys } = ThingsForm.parse(JSON.parse(s.view.metadata));
    const why = String(s.view.values.why?.why ?? '').trim();
    if (!why) return { errors: { why: words.whyEmpty } };
    const [key] = s.view.values.what ? pick(keys, chosenOf(s, 'what')) : keys;
    const settled = await reminding.settle(s.person, key ?? '', { how: 'declined', why });
    if (settled.kind === 'done') return { ops: settled.ops, say: settled.say, ...redrawn(s) };
    if (settled.kind === 'gone') return { view: said('declineTitle', [words.goneNote], s.person) };
    return { errors: { [s.view.values.what ? 'what' : 'why']: wordsFor(settled, readerOf(s.person)) } };
  });

  gate.submit('reminders.settings', async (s): Promise<Submitted> => {
    const { topics } = SettingsForm.parse(JSON.parse(s.view.metadata));
    const heard = chosenOf(s, 'topics');
    const muted = topics.filter((_, index) => !heard.includes(String(index)));
    const rhythm = Rhythm.parse(s.view.values.rhythm?.rhythm);
    const pause = s.view.values.pause?.pause;
    const done = await reminding.wish(s.person, {
      asked: topics,
      muted,
      rhythm,
      pausedUntil: typeof pause === 'string' && pause ? pause : undefined,
    });
    return { ...done, ...redrawn(s) };
  });

  function declining(a: IncomingAction): Opened {
    return opening(a, 'declineTitle', (state) => {
      const offered = state.due.filter(({ decline, mandatory }) => decline || mandatory);
      return offered.length === 0 ? undefined : declineForm(offered, viewOf(state));
    });
  }

  function settings({ person: id }: IncomingAction): Opened {
    return {
      view: loadingView('settingsTitle', readerOf(id)),
      effect: async () => {
        const state = await reminding.stateOf(id);
        if (!state) return {};
        const view = viewOf(state);
        return { reply: { kind: 'view', view: settingsForm(reminding.topics(state.person), state.book, view) } };
      },
    };
  }

  /** A form that has to read what is due: shown in place of a first view that Slack gets at once. */
  function opening(
    a: IncomingAction,
    title: 'laterTitle' | 'declineTitle',
    form: (state: State) => ReturnType<typeof sayView> | undefined,
  ): Opened {
    return {
      view: loadingView(title, readerOf(a.person)),
      effect: async () => {
        const state = await reminding.stateOf(a.person);
        const view = state && state.due.length > 0 ? form(state) : undefined;
        return { reply: { kind: 'view', view: view ?? said(title, [texts[localeOf(a.person)].goneNote], a.person) } };
      },
    };
  }

  function said(title: 'laterTitle' | 'declineTitle', sentences: readonly string[], id: PersonId) {
    const reader = readerOf(id);
    return sayView(texts[reader.locale][title], sentences, reader);
  }

  function doneWords({ things }: Extract<Settled, { kind: 'done' }>, a: IncomingAction): readonly string[] {
    const locale = localeOf(a.person);
    return things.map(({ title }) => texts[locale].doneNote(title[locale]));
  }

  /** What a click comes to where it was made: a reminder and Home are drawn anew by themselves. */
  function answerTo(a: IncomingAction, sentences: readonly string[], isRefusal = false): Effect {
    if (!a.message) return { reply: { kind: 'home', person: a.person } };
    if (a.message.ephemeral) return { reply: { kind: 'replace', rendered: noteMessage(...sentences) } };
    return isRefusal ? privately(a, noteMessage(...sentences)) : {};
  }
}

/** Why nothing came of it. */
function wordsFor(settled: Exclude<Settled, { kind: 'done' }>, reader: Reader): string {
  const words = texts[reader.locale];
  switch (settled.kind) {
    case 'gone':
      return words.goneNote;
    case 'too_soon':
      return words.dayTooSoon;
    case 'too_late': {
      const view = { reader, today: settled.today };
      const day = dayIn(settled.until, view);
      return settled.thing.mandatory ? words.mandatoryUntil(titleOf(settled.thing, view), day) : words.dayTooLate(day);
    }
    case 'mandatory':
      return mandatoryWords(settled.thing, reader).join(' ');
    case 'refused':
      return settled.words[reader.locale];
  }
}

function privately(a: IncomingAction, rendered: Rendered): Effect {
  if (!a.message) return {};
  const { channel, thread } = a.message;
  return {
    reply: { kind: 'ephemeral', place: thread ? { channel, thread } : { channel }, person: a.person, rendered },
  };
}

/** Forms are opened from Home as well: it shows what they changed. */
function redrawn(s: IncomingSubmission): Pick<Effect, 'reply'> {
  return { reply: { kind: 'home', person: s.person } };
}

function chosenOf(s: IncomingSubmission, field: 'what' | 'topics'): readonly string[] {
  const value = s.view.values[field]?.[field];
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

function pick(keys: readonly string[], chosen: readonly string[]): readonly string[] {
  return chosen.flatMap((index) => keys[Number(index)] ?? []);
}
