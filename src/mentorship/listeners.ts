import { dateAfter, dateAt } from '../core/business-time.ts';
import { UserError } from '../core/errors.ts';
import type { Locale } from '../core/i18n.ts';
import { randomId } from '../core/ids.ts';
import type { People, Person, PersonId, Rendered } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Effect, IncomingAction, IncomingSubmission, Opened, SlackGate, Submitted } from '../feature.ts';
import type { MentorshipCards } from './cards.ts';
import { directoryTexts } from './directory-texts.ts';
import { texts as formTexts } from './form-texts.ts';
import {
  breakForm,
  decideForm,
  endForm,
  goalForm,
  loadingView,
  lookBackForm,
  mergeForm,
  PairForm,
  sayView,
} from './forms.ts';
import type { Helping } from './helping.ts';
import type { Looking } from './home.ts';
import { draftOf, helpForm, joinForm, joiningOf, readDraft } from './join-views.ts';
import { leadTexts } from './lead-texts.ts';
import { leadBlocks } from './lead-views.ts';
import type { Mentorship, Moved } from './mentorship.ts';
import type { Move } from './moves.ts';
import { Answer, Doubt, Helped } from './pair.ts';
import { standingMessage } from './status-views.ts';
import { texts } from './texts.ts';
import { noteMessage, outlookLines } from './views.ts';

export interface MentorshipListenerDeps {
  readonly mentorship: Mentorship;
  readonly looking: Looking;
  readonly helping: Helping;
  readonly cards: MentorshipCards;
  readonly people: Pick<People, 'get'>;
  readonly clock: Clock;
}

// What "go on" on a reminder gives; another term is chosen with the leads.
const goOnMonths = 3;

/** Commands, buttons and forms of the mentorship program. */
export function listenToMentorship(gate: SlackGate, deps: MentorshipListenerDeps): void {
  const { mentorship, looking, helping, cards, people, clock } = deps;

  gate.command('mentors', async ({ person }) => {
    const look = cards.lookFor(person);
    const lead = await looking.leading(person);
    return { answer: standingMessage(await looking.standing(person), lead ? leadBlocks(lead, look) : [], look) };
  });
  gate.command('ambassadors', async ({ person, text }) => ({
    answer: await helping.list(person, localeOf(person), text),
  }));

  /* joining */

  gate.opens('mentorship.join', ({ person }) => {
    const locale = localeOf(person);
    return opened(formTexts[locale].joinTitle, locale, async () => {
      const program = mentorship.program();
      return joinForm(draftOf(await mentorship.member(person), locale, program), program, locale);
    });
  });
  gate.action('mentorship.hats', async ({ person, view }) => {
    if (!view) return {};
    const locale = localeOf(person);
    const program = mentorship.program();
    const before = draftOf(await mentorship.member(person), locale, program);
    // Fields of a hat that was not chosen yet begin with what is known; those that are shown keep what was typed.
    const typed = readDraft(view.values);
    const shown = Object.fromEntries(Object.entries(typed).filter(([field]) => Object.hasOwn(view.values, field)));
    return { reply: { kind: 'view', view: joinForm({ ...before, ...shown }, program, locale) } };
  });
  gate.submit('mentorship.join', async (s) => {
    const person = personOf(s.person);
    const locale = localeOf(s.person);
    const read = joiningOf(readDraft(s.view.values), locale);
    if ('errors' in read) return { errors: read.errors };
    return beside('hats', locale, async () => {
      const { ops, say } = await mentorship.join(person, read.form);
      return { ops, say, view: sayView(formTexts[locale].joined, await afterJoining(person, read.form), locale) };
    });
  });

  /** The truth about waiting, as it is the moment after the form is stored. */
  async function afterJoining(person: Person, form: Parameters<Mentorship['join']>[1]): Promise<string> {
    const look = cards.lookFor(person.id);
    const say = formTexts[look.reader.locale];
    const outlook = form.mentee ? await mentorship.outlookWith(person, form) : undefined;
    return [...(form.mentor ? [say.joinedMentor] : []), ...(outlook ? outlookLines(outlook, look) : [])].join('\n');
  }

  gate.opens('mentorship.help', ({ person }) => {
    const locale = localeOf(person);
    return opened(formTexts[locale].helpTitle, locale, async () =>
      helpForm(await mentorship.member(person), mentorship.program(), locale),
    );
  });
  gate.submit('mentorship.help', async (s) => {
    const person = personOf(s.person);
    const words = directoryTexts[localeOf(s.person)];
    const skills = listIn(s, 'topics');
    const hat = { skills: [...skills], words: textIn(s, 'words'), about: textIn(s, 'about') };
    const isEmpty = skills.length === 0 && !hat.words && !hat.about;
    const { ops, say } = await mentorship.help(person, isEmpty ? undefined : hat, listIn(s, 'languages'));
    return {
      ops,
      say,
      view: sayView(words.ambassadorsTitle.slice(0, 24), isEmpty ? words.takenOut : words.entered, localeOf(s.person)),
    };
  });

  gate.opens('mentorship.break', (a) => ({
    view: breakForm(undefined, dayAhead(a.person, 'P14D'), localeOf(a.person)),
  }));
  gate.submit('mentorship.break', (s) =>
    beside('until', localeOf(s.person), async () => mentorship.pause(personOf(s.person), textIn(s, 'until'))),
  );
  gate.action('mentorship.back', (a) =>
    clicked(
      a,
      (words) => words.brokenOff,
      () => mentorship.pause(personOf(a.person), undefined),
    ),
  );
  gate.action('mentorship.leave', (a) =>
    clicked(
      a,
      (words) => words.left,
      () => mentorship.leave(a.person, 'left'),
    ),
  );

  /* a pair */

  for (const answer of Answer.options) {
    gate.action(`mentorship.check.${answer}`, (a) => {
      const [pair = '', round] = a.value.split('/');
      return moves(a, pair, { kind: 'answer', round: Number(round), answer }, (words) => {
        const { soonDays, everyDays } = mentorship.program().checkIns;
        return words.answered[answer](answer === 'not_yet' ? soonDays : everyDays);
      });
    });
  }
  for (const outcome of ['met', 'dropped'] as const)
    gate.action(`mentorship.goal.${outcome}`, (a) => endGoal(a, a.value, outcome));
  gate.action('mentorship.goal_ended', (a) => {
    const [outcome, ...goal] = a.value.split('/');
    return endGoal(a, goal.join('/'), outcome === 'met' ? 'met' : 'dropped');
  });
  gate.action('mentorship.extend', (a) =>
    moves(a, a.value, { kind: 'extend', months: goOnMonths }, (words) => words.saved),
  );
  gate.action('mentorship.care', (a) =>
    moves(a, a.value, { kind: 'care' }, () => leadTexts[localeOf(a.person)].caredDone),
  );

  function endGoal(a: IncomingAction, value: string, outcome: 'met' | 'dropped'): Promise<Effect> {
    const [pair = '', goal = ''] = value.split('/');
    return moves(a, pair, { kind: 'end_goal', goal, outcome }, (words) => words.goalClosed);
  }

  const forms: Readonly<Record<string, (pair: string, person: PersonId) => Opened>> = {
    goal: (pair, person) => ({ view: goalForm(pair, dayAhead(person, 'P1M'), localeOf(person)) }),
    rest: (pair, person) => ({ view: breakForm(pair, dayAhead(person, 'P14D'), localeOf(person)) }),
    merge: (pair, person) => ({ view: mergeForm(pair, localeOf(person)) }),
    finish: (pair, person) => ({ view: endForm(pair, 'finished', localeOf(person)) }),
    rematch: (pair, person) => ({ view: endForm(pair, 'rematch', localeOf(person)) }),
    look: (pair, person) => ({ view: lookBackForm(pair, localeOf(person)) }),
  };
  for (const [what, form] of Object.entries(forms)) {
    gate.opens(`mentorship.${what}`, ({ value, person }) => form(value, person));
  }
  gate.opens('mentorship.more', ({ value, person }) => {
    const [what = '', pair = ''] = value.split('/');
    return forms[what]?.(pair, person);
  });

  gate.submit('mentorship.goal', (s) => {
    const text = textIn(s, 'text');
    return submitted(s, 'due', { kind: 'set_goal', goal: randomId(8), text, due: textIn(s, 'due') });
  });
  gate.submit('mentorship.rest', (s) => submitted(s, 'until', { kind: 'pause', until: textIn(s, 'until') }));
  gate.submit('mentorship.merge', async (s) => {
    const link = textIn(s, 'link');
    if (!/^https?:\/\/\S+$/.test(link)) return { errors: { link: formTexts[localeOf(s.person)].noLink } };
    return submitted(s, 'link', { kind: 'merge', link });
  });
  gate.submit('mentorship.finish', (s) => ended(s, 'finished'));
  gate.submit('mentorship.rematch', (s) => ended(s, 'rematch'));
  gate.submit('mentorship.look', (s) => submitted(s, 'helped', lookIn(s)));

  /** Whoever ends a pair looks back with the same form. */
  function ended(s: IncomingSubmission, why: 'finished' | 'rematch'): Promise<Submitted> {
    return beside('helped', localeOf(s.person), () =>
      mentorship.moves(pairIn(s), s.person, [{ kind: 'end', why }, lookIn(s)]),
    );
  }

  function lookIn(s: IncomingSubmission): Move {
    return { kind: 'look_back', helped: Helped.parse(textIn(s, 'helped')), text: textIn(s, 'text') };
  }

  /* leads */

  gate.opens('mentorship.decide', ({ person, value }) => {
    const locale = localeOf(person);
    const words = texts[locale];
    const title = formTexts[locale].decideTitle;
    return opened(title, locale, async () => {
      const pair = await mentorship.pair(value);
      if (!pair || !mentorship.isLead(person)) return sayView(title, words.refused[pair ? 'not_lead' : 'gone'], locale);
      if (pair.state !== 'proposed') return sayView(title, words.refused.decided, locale);
      return decideForm(pair, cards.lookFor(person));
    });
  });
  gate.submit('mentorship.decide', async (s) => {
    const locale = localeOf(s.person);
    const isConfirmed = textIn(s, 'decision') === 'yes';
    const why = Doubt.safeParse(textIn(s, 'why'));
    if (!isConfirmed && !why.success) return { errors: { why: formTexts[locale].decideMissing } };
    const move: Move = isConfirmed
      ? { kind: 'confirm', months: Number(textIn(s, 'months')) }
      : { kind: 'decline', why: why.data ?? 'other', text: textIn(s, 'text') };
    return beside('decision', locale, async () => {
      const { ops, say } = await mentorship.move(pairIn(s), s.person, move);
      const said = leadTexts[locale][isConfirmed ? 'confirmed' : 'declined'];
      return { ops, say, view: sayView(formTexts[locale].decideTitle, said, locale) };
    });
  });

  /* what they share */

  function moves(
    a: IncomingAction,
    pair: string,
    move: Move,
    said: (words: (typeof texts)['en']) => string,
  ): Promise<Effect> {
    return clicked(a, said, () => mentorship.move(pair, a.person, move));
  }

  /** What the click comes to, and a word on it where they clicked: on Home it shows by itself. */
  async function clicked(
    a: IncomingAction,
    said: (words: (typeof texts)['en']) => string,
    run: () => Promise<Pick<Moved, 'ops' | 'say'>>,
  ): Promise<Effect> {
    const locale = localeOf(a.person);
    try {
      const { ops, say } = await run();
      const reply: Pick<Effect, 'reply'> = a.message
        ? privately(a, noteMessage(said(texts[locale])))
        : { reply: { kind: 'home', person: a.person } };
      return { ops, say, ...reply };
    } catch (error) {
      if (!(error instanceof UserError) || !a.message) throw error;
      return privately(a, noteMessage(error.texts[locale]));
    }
  }

  function privately({ message, person }: IncomingAction, rendered: Rendered): Pick<Effect, 'reply'> {
    if (!message) return {};
    const { channel, thread } = message;
    return { reply: { kind: 'ephemeral', place: thread ? { channel, thread } : { channel }, person, rendered } };
  }

  function submitted(s: IncomingSubmission, field: string, move: Move): Promise<Submitted> {
    return beside(field, localeOf(s.person), () => mentorship.move(pairIn(s), s.person, move));
  }

  function opened(title: string, locale: Locale, view: () => Promise<ReturnType<typeof sayView>>): Opened {
    return {
      view: loadingView(title, locale),
      effect: async () => {
        try {
          return { reply: { kind: 'view', view: await view() } };
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          return { reply: { kind: 'view', view: sayView(title, error.texts[locale], locale) } };
        }
      },
    };
  }

  function localeOf(person: PersonId): Locale {
    return people.get(person)?.locale ?? 'en';
  }

  /** Somebody whom the directory has not read yet takes part all the same. */
  function personOf(id: PersonId): Person {
    return people.get(id) ?? { id, name: '', locale: 'en', zone: 'UTC', active: true, guest: false, roles: [] };
  }

  function dayAhead(person: PersonId, duration: string): string {
    return dateAfter(dateAt(clock.now(), mentorship.zoneOf(person)), duration);
  }
}

/** What is refused is said beside the field: what was typed stays. */
async function beside(
  field: string,
  locale: Locale,
  run: () => Promise<Pick<Effect, 'ops' | 'say'> & { readonly view?: ReturnType<typeof sayView> }>,
): Promise<Submitted> {
  try {
    const { ops, say, view } = await run();
    return { ...(ops ? { ops } : {}), ...(say ? { say } : {}), ...(view ? { view } : {}) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { errors: { [field]: error.texts[locale] } };
  }
}

function pairIn({ view }: IncomingSubmission): string {
  return PairForm.parse(JSON.parse(view.metadata)).pair;
}

function textIn({ view }: IncomingSubmission, field: string): string {
  const value = view.values[field]?.[field];
  return typeof value === 'string' ? value.trim() : '';
}

function listIn({ view }: IncomingSubmission, field: string): readonly string[] {
  const value = view.values[field]?.[field];
  return Array.isArray(value) ? value : [];
}
