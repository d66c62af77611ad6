import { z } from 'zod';
import type { People, PersonId } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Effect, IncomingSubmission, Opened, SlackGate, Submitted } from '../feature.ts';
import type { FindArticle, TrainingCards } from './cards.ts';
import {
  articleView,
  checkForm,
  declineForm,
  evidenceForm,
  failedView,
  ModuleForm,
  noteView,
  passedView,
  questionBlock,
  TrackForm,
} from './forms.ts';
import type { Line } from './line.ts';
import { type Answers, grade } from './quiz.ts';
import type { Roll } from './roll.ts';
import { moduleNotice } from './saying.ts';
import { refusalTexts, texts } from './texts.ts';
import type { Module } from './track.ts';
import type { Training } from './training.ts';
import { doneMessage, listMessage, listView } from './views.ts';

export interface LearningListenerDeps {
  readonly training: Training;
  readonly cards: TrainingCards;
  readonly roll: Roll;
  readonly people: People;
  readonly clock: Clock;
  readonly article: FindArticle;
}

const evidenceUrl = z.url({ protocol: /^https?$/ }).max(2_000);

/** The buttons, forms and command of those who learn. */
export function listenToLearning(gate: SlackGate, deps: LearningListenerDeps): void {
  const { training, cards, roll, people, clock, article } = deps;
  const localeOf = (person: PersonId) => people.get(person)?.locale ?? 'en';
  const lookOf = (person: PersonId) => cards.lookOf(people.get(person));

  gate.command('training', async ({ person }) => {
    const lines = training.lines(person, await training.learner(person));
    return { answer: listMessage(lines, lookOf(person)) };
  });

  gate.opens('training.list', ({ person }) => ({
    view: listView(training.lines(person, roll.get(person)), lookOf(person)),
  }));

  /* opening a module: it is read in the conversation */

  gate.action('training.open', ({ person, value }) => open(person, value));
  gate.opens('training.begin', ({ person, value }): Opened => {
    const { locale } = lookOf(person);
    const words = texts[locale];
    return { view: noteView(words.sentTitle, words.sentToMessages, locale), effect: () => open(person, value) };
  });

  async function open(person: PersonId, track: string): Promise<Effect> {
    const edition = training.find(track);
    if (!edition) return { say: [] };
    const line = training.lineIn(person, await training.learner(person), edition);
    const [first] = line.left.length > 0 ? line.left : edition.track.modules;
    if (!first) return {};
    const notice = moduleNotice(person, track, first.id, clock.now());
    const isListed = line.record.assigned !== undefined || line.standing.is === 'exempt';
    if (isListed) return { say: [notice] };
    // Whoever begins it has it on their list, and is asked how it goes.
    const step = { track, move: { kind: 'assign' as const, mandatory: false } };
    const done = await training.changeOne(person, step, person);
    return { ops: done.ops, say: [...done.say, notice] };
  }

  gate.action('training.page', async ({ person, value }) => {
    const [track = '', module = '', page = '0'] = value.split('/');
    const rendered = await cards.page(person, track, module, Number(page));
    return rendered ? { reply: { kind: 'replace', rendered } } : {};
  });

  // The address opens in the browser; there is nothing to do here.
  gate.action('training.link', async () => ({}));

  gate.opens('training.article', ({ person, value }) => {
    const locale = localeOf(person);
    const found = article(value, locale);
    return { view: found ? articleView(found, locale) : gone(person) };
  });

  gate.action('training.restart', async ({ person, value, message }) => {
    const edition = training.find(value);
    // What is mandatory stays so, with a new last day.
    const due = edition && training.dueDate(person, edition);
    const move = { kind: 'restart' as const, ...(due ? { due } : {}) };
    const done = await training.changeOne(person, { track: value, move }, person);
    const rendered = edition && doneMessage(training.lineIn(person, done.learner, edition), undefined, lookOf(person));
    return {
      ops: done.ops,
      say: done.say,
      ...(message && rendered ? { reply: { kind: 'replace' as const, rendered } } : {}),
    };
  });

  /* completing a module */

  gate.action('training.attest', async ({ person, value, message }) => {
    const [track = '', module = ''] = value.split('/');
    const { line, found, effect } = await finish(person, { track, module }, { how: 'attest' });
    if (!message) return effect;
    return { ...effect, reply: { kind: 'replace', rendered: doneMessage(line, found, lookOf(person)) } };
  });

  gate.opens('training.check', ({ person, value }) => {
    const [track = '', id = ''] = value.split('/');
    const module = moduleOf(track, id);
    if (!module) return { view: gone(person) };
    return { view: checkForm(module, { track, module: id, attempt: 0 }, localeOf(person)) };
  });

  gate.submit('training.check', async (s): Promise<Submitted> => {
    const form = ModuleForm.parse(JSON.parse(s.view.metadata));
    const module = moduleOf(form.track, form.module);
    const locale = localeOf(s.person);
    if (!module) return { view: gone(s.person) };
    const answers = answersOf(s, module);
    const missing = module.quiz.flatMap((_, at) => (answers[at] === undefined ? [questionBlock(at)] : []));
    if (missing.length > 0) {
      return { errors: Object.fromEntries(missing.map((block) => [block, texts[locale].chooseOne])) };
    }
    const graded = grade(module, answers);
    if (!graded.passed) return { view: failedView(module, graded, form, locale) };
    const score = { right: graded.right, of: graded.of };
    const { line, effect } = await finish(s.person, form, { how: 'quiz', score });
    return { ...effect, view: passedView(module, graded, line, lookOf(s.person)) };
  });

  gate.submit('training.retry', async ({ person, view }): Promise<Submitted> => {
    const form = ModuleForm.parse(JSON.parse(view.metadata));
    const module = moduleOf(form.track, form.module);
    return { view: module ? checkForm(module, form, localeOf(person)) : gone(person) };
  });

  gate.opens('training.evidence', ({ person, value }) => {
    const [track = '', id = ''] = value.split('/');
    const module = moduleOf(track, id);
    if (!module) return { view: gone(person) };
    return { view: evidenceForm(module, { track, module: id, attempt: 0 }, localeOf(person)) };
  });

  gate.submit('training.evidence', async ({ person, view }): Promise<Submitted> => {
    const form = ModuleForm.parse(JSON.parse(view.metadata));
    const words = texts[localeOf(person)];
    const url = evidenceUrl.safeParse(view.values.evidence?.url);
    if (!url.success) return { errors: { evidence: words.evidenceMissing } };
    const { line, found, effect } = await finish(person, form, { how: 'evidence', evidence: url.data });
    const { text } = doneMessage(line, found, lookOf(person));
    return { ...effect, view: noteView(words.sentTitle, text, localeOf(person)) };
  });

  async function finish(
    person: PersonId,
    { track, module }: Pick<ModuleForm, 'track' | 'module'>,
    how: {
      readonly how: 'attest' | 'quiz' | 'evidence';
      readonly score?: { right: number; of: number };
      readonly evidence?: string;
    },
  ): Promise<{ readonly line: Line; readonly found: Module | undefined; readonly effect: Effect }> {
    const done = await training.changeOne(person, { track, move: { kind: 'finish', module, ...how } }, person);
    const edition = training.find(track);
    if (!edition) throw new Error('a track that was changed is there');
    return {
      line: training.lineIn(person, done.learner, edition),
      found: moduleOf(track, module),
      effect: { ops: done.ops, say: done.say },
    };
  }

  /* not for me */

  gate.opens('training.decline', ({ person, value }) => {
    const edition = training.find(value);
    const line = edition && training.lineIn(person, roll.get(person), edition);
    if (!line) return { view: gone(person) };
    const locale = localeOf(person);
    if (!line.record.assigned || line.record.asked) {
      const why = line.record.asked ? refusalTexts.done_already : refusalTexts.not_assigned;
      return { view: noteView(texts[locale].declineTitle, why[locale], locale) };
    }
    return { view: declineForm(line, { track: value }, locale) };
  });

  gate.submit('training.decline', async ({ person, view }): Promise<Submitted> => {
    const { track } = TrackForm.parse(JSON.parse(view.metadata));
    const locale = localeOf(person);
    const words = texts[locale];
    const text = view.values.reason?.text;
    const reason = typeof text === 'string' ? text.trim().toWellFormed() : '';
    if (!reason) return { errors: { reason: words.reasonMissing } };
    const done = await training.changeOne(person, { track, move: { kind: 'decline', reason } }, person);
    const waits = done.learner.tracks[track]?.asked !== undefined;
    return {
      ops: done.ops,
      say: done.say,
      view: noteView(waits ? words.askExcuse : words.declineTitle, waits ? words.asked : words.declined, locale),
    };
  });

  function moduleOf(track: string, module: string): Module | undefined {
    return training.find(track)?.track.modules.find(({ id }) => id === module);
  }

  function gone(person: PersonId) {
    const locale = localeOf(person);
    return noteView(texts[locale].sentTitle, refusalTexts.gone[locale], locale);
  }
}

function answersOf({ view }: IncomingSubmission, module: Module): Answers {
  return Object.fromEntries(
    module.quiz.flatMap((_, at) => {
      const chosen = view.values[questionBlock(at)]?.answer;
      return typeof chosen === 'string' && /^\d$/.test(chosen) ? [[at, Number(chosen)]] : [];
    }),
  );
}
