import type { ModalView } from '@slack/types';
import { randomId } from '../core/ids.ts';
import { type PersonId, put, remove } from '../core/ports.ts';
import type { Effect, Submitted } from '../feature.ts';
import { beforeView, unneededView } from './before-views.ts';
import { chooseView } from './choose-views.ts';
import { checkAnswer, checkAnswers, tidyAnswer } from './form.ts';
import { type Draft, drafts, redrawn, sameAnswers } from './form-draft.ts';
import { createKeeping, editionOf, type FormDeps, newDraft, refusal } from './form-keeping.ts';
import { type FormLink, prefilled } from './form-link.ts';
import {
  type Filling,
  type FormMeta,
  factsIn,
  fillingOf,
  type SameRequest,
  stepBefore,
  stepFrom,
  stepOfError,
  unneededBecause,
} from './form-page.ts';
import { type Picked, pickedField, picksFor } from './form-picks.ts';
import { texts } from './form-texts.ts';
import { enteredIn, merged, type ViewValues } from './form-values.ts';
import { type FormLook, noteView, readerOf, reviewView, type StepNotes, sentView, stepView } from './form-views.ts';
import { managerError, managerIn } from './manager-views.ts';
import { numberOf } from './request.ts';
import type { RequestType, TypeEdition } from './type.ts';
import { inOffer } from './type-content.ts';

/** Forms from the first view to the request. What comes back is carried out by the caller: one commit, one view. */
export interface Forms {
  /** The first view, from memory alone. @param where the conversation it is opened from */
  open(person: PersonId, link: FormLink, where?: Draft['where']): ModalView;
  /**
   * The first page of a draft that is kept at once, since a view cannot carry all its answers; the draft as it was left, when
   * there is one already. For a modal that is open.
   */
  begin(id: string, person: PersonId, link: FormLink, where?: Draft['where']): Promise<Effect>;
  /** A draft where it was left. */
  goOn(person: PersonId, id: string): Promise<Effect>;
  /** A choice was made: it is saved, and what it leads to is shown. */
  set(person: PersonId, meta: FormMeta, values: ViewValues): Promise<Effect>;
  back(person: PersonId, meta: FormMeta, values: ViewValues): Promise<Effect>;
  /** From the last look to a step. */
  change(person: PersonId, meta: FormMeta, step: number): Promise<Effect>;
  /** The submit button of any page. */
  next(person: PersonId, meta: FormMeta, values: ViewValues): Promise<Submitted>;
  /** Discards another draft than the one that is open, whose page is then drawn anew. */
  discardOldest(person: PersonId, id: string, meta: FormMeta, values: ViewValues): Promise<Effect>;
  /** Type-ahead, from memory. @param action id of the select that is typed into */
  picks(typed: string, person: PersonId, action: string): readonly Picked[];
  /** The type, when there is one and the person may ask for it. */
  offers(person: PersonId, type: string): RequestType | undefined;
}

export function createForms(deps: FormDeps): Forms {
  const { store, clock, people, desk } = deps;
  const { load, save, withAnswers } = createKeeping(deps);

  function lookOf(person: PersonId): FormLook {
    const suggests: FormLook['suggests'] = ({ suggest }) => suggest !== undefined && desk.names(suggest).length > 0;
    return { reader: readerOf(people, person), suggests };
  }

  function offered(person: PersonId): readonly TypeEdition[] {
    return inOffer(desk.types()).filter(({ type }) => !type.hidden && refusal(people, type, person) === undefined);
  }

  function refused(type: RequestType, person: PersonId): ModalView | undefined {
    const why = refusal(people, type, person);
    const reader = readerOf(people, person);
    return why === undefined ? undefined : noteView(texts[reader.locale].chooseTitle, why, reader);
  }

  function chooser(person: PersonId, said?: string): ModalView {
    const reader = readerOf(people, person);
    if (people.get(person)?.guest) {
      const { chooseTitle, guests } = texts[reader.locale];
      return noteView(chooseTitle, guests, reader);
    }
    return chooseView(offered(person), reader, said);
  }

  /** The page at a place, or the next one that there is. */
  function pageAt(filling: Filling, at: number, notes: StepNotes = {}): ModalView {
    const look = lookOf(filling.draft.person);
    const step = stepFrom(filling, at);
    return step ? stepView(filling, step, look, notes) : review(filling);
  }

  function review(filling: Filling): ModalView {
    const { draft, edition, values } = filling;
    const look = lookOf(draft.person);
    const outlook = desk.outlook(edition, draft.answers, factsIn(values), draft.person, draft.manager);
    const [because] = outlook.because;
    if (outlook.goes === 'unneeded' && because) return unneededView(filling, because, edition.type.steps.length, look);
    return reviewView(filling, outlook, look);
  }

  /** What was entered in the view, kept as it is. */
  function enter(filling: Filling, values: ViewValues): Draft {
    const { draft, edition } = filling;
    return { ...draft, answers: merged(draft.answers, enteredIn(edition.type, values)) };
  }

  /** What is drawn: the questions of a step, and how many steps there are. */
  function shape(filling: Filling, at: number): string {
    const asked = filling.steps.map(({ index, fields }) => (index === at ? fields.map(({ id }) => id) : index));
    return JSON.stringify(asked);
  }

  async function saveAndShow(filling: Filling, view: (saved: Filling, notes: StepNotes) => ModalView): Promise<Effect> {
    const saved = await save(filling);
    const notes = saved.oldest ? { oldest: saved.oldest } : {};
    return { ops: saved.ops, reply: { kind: 'view', view: view(saved.filling, notes) } };
  }

  return {
    open(person, link, where) {
      const edition = link.type === '' ? undefined : editionOf(desk, link.type);
      if (!edition) {
        const said = link.type === '' ? undefined : texts[readerOf(people, person).locale].noSuchForm(link.type);
        return chooser(person, said);
      }
      const why = refused(edition.type, person);
      if (why) return why;
      const answers = prefilled(edition.type, link.prefill);
      const draft = newDraft({ person, edition, answers, where, now: clock.now() });
      return pageAt(fillingOf(randomId(), draft, edition, desk.factsNow(edition, answers, person)), 0);
    },

    async begin(id, person, link, where) {
      if (await store.get(drafts, id)) return goOn(person, id);
      const edition = editionOf(desk, link.type);
      if (!edition) return { reply: { kind: 'view', view: chooser(person) } };
      const why = refused(edition.type, person);
      if (why) return { reply: { kind: 'view', view: why } };
      const answers = prefilled(edition.type, link.prefill);
      const draft = newDraft({ person, edition, answers, where, now: clock.now() });
      const known = await desk.facts(edition, answers, person);
      return saveAndShow(fillingOf(id, draft, edition, known), (saved, notes) => pageAt(saved, 0, notes));
    },

    goOn,

    async set(person, meta, values) {
      const loaded = await load(person, meta);
      if (loaded.kind === 'over') return { reply: { kind: 'view', view: loaded.view } };
      const before = loaded.filling;
      if (meta.page === 'review') return nameManager(before, values);
      const entered = enter(before, values);
      if (loaded.doc && !before.lifted && sameAnswers(before.draft.answers, entered.answers)) return {};
      const after = await withAnswers(before, { ...entered, at: meta.at });
      const saved = await save(after);
      const isSame = !before.lifted && !saved.oldest && shape(before, meta.at) === shape(after, meta.at);
      // The view keeps what it carries as long as nothing else is asked: it finds the stored draft all the same.
      if (isSame) return { ops: saved.ops, ...(saved.isNew ? { reply: { kind: 'home', person } } : {}) };
      const notes = saved.oldest ? { oldest: saved.oldest } : {};
      return { ops: saved.ops, reply: { kind: 'view', view: pageAt(saved.filling, meta.at, notes) } };
    },

    async back(person, meta, values) {
      const loaded = await load(person, meta);
      if (loaded.kind === 'over') return { reply: { kind: 'view', view: loaded.view } };
      const entered = await withAnswers(loaded.filling, enter(loaded.filling, values));
      // The pages between the steps stand behind the step that led to them.
      const step = stepBefore(entered, meta.at) ?? stepFrom(entered, 0);
      const at = step?.index ?? 0;
      return saveAndShow({ ...entered, draft: { ...entered.draft, at } }, (saved, notes) => pageAt(saved, at, notes));
    },

    async change(person, meta, step) {
      const loaded = await load(person, meta);
      if (loaded.kind === 'over') return { reply: { kind: 'view', view: loaded.view } };
      const { filling } = loaded;
      return saveAndShow({ ...filling, draft: { ...filling.draft, at: step } }, (saved) => pageAt(saved, step));
    },

    async next(person, meta, values) {
      const loaded = await load(person, meta);
      if (loaded.kind === 'over') return { view: loaded.view };
      if (meta.page === 'review') return send(loaded.filling, values);
      if (meta.page === 'before') return goOnFrom(await heard(loaded.filling), meta.at);
      return goOnBehind(loaded.filling, meta, values);
    },

    async discardOldest(person, id, meta, values) {
      const oldest = await store.get(drafts, id);
      const loaded = await load(person, meta);
      const ops = oldest && oldest.person === person && !oldest.sent ? [remove(drafts, oldest)] : [];
      if (loaded.kind === 'over') return { ops, reply: { kind: 'view', view: loaded.view } };
      const entered = await withAnswers(loaded.filling, enter(loaded.filling, values));
      const { ops: own, reply } = await saveAndShow(entered, (saved) => pageAt(saved, meta.at));
      return { ops: [...ops, ...(own ?? [])], ...(reply ? { reply } : {}) };
    },

    picks(typed, person, action) {
      const { type, field: id } = pickedField(action);
      const field = editionOf(desk, type)?.type.fields.find((one) => one.id === id);
      return field ? picksFor(field, typed, readerOf(people, person).locale, desk) : [];
    },

    offers(person, type) {
      const found = editionOf(desk, type)?.type;
      return found && refusal(people, found, person) === undefined ? found : undefined;
    },
  };

  async function goOn(person: PersonId, id: string): Promise<Effect> {
    const doc = await store.get(drafts, id);
    const loaded = await load(person, { draft: id, type: doc?.type ?? '', form: doc?.form ?? '' });
    if (loaded.kind === 'over') return { reply: { kind: 'view', view: loaded.view } };
    const { filling } = loaded;
    if (!filling.lifted) return { reply: { kind: 'view', view: pageAt(filling, filling.draft.at) } };
    return saveAndShow(filling, (saved) => pageAt(saved, saved.draft.at));
  }

  /** Steps are left only when their answers will do. */
  async function goOnBehind(before: Filling, meta: FormMeta, values: ViewValues): Promise<Submitted> {
    const { type } = before.edition;
    const entered = enteredIn(type, values);
    const tidied = await withAnswers(before, tidy(enter(before, values), type, Object.keys(entered)));
    const step = tidied.steps.find(({ index }) => index === meta.at);
    const { locale } = readerOf(people, before.draft.person);
    // Drawn from another edition, or overtaken by another window: shown anew, with everything that was entered.
    const again = before.lifted?.again.length ? Math.min(meta.at, before.draft.at) : meta.at;
    if (!step || before.lifted) return stay(tidied, again);

    const blocks = new Map(Object.keys(values).map((block) => [block.split('.', 1)[0], block]));
    const errors: Record<string, string> = {};
    for (const field of step.fields) {
      const block = blocks.get(field.id);
      const error = block && checkAnswer(field, tidied.values[field.id], locale, desk.readLicense);
      if (block && error) errors[block] = error;
    }
    if (Object.keys(errors).length > 0) return { errors };
    if (step.fields.some(({ id }) => !blocks.has(id))) return stay(tidied, meta.at, { more: true });

    const behind = new Set(
      tidied.steps.flatMap(({ index, fields }) => (index <= meta.at ? fields.map(({ id }) => id) : [])),
    );
    const unneeded = unneededBecause(type, tidied, behind);
    const look = lookOf(before.draft.person);
    if (unneeded)
      return keep({ ...tidied, draft: { ...tidied.draft, at: meta.at } }, (saved) =>
        unneededView(saved, unneeded, meta.at + 1, look),
      );
    const same = await unheard(tidied);
    const at = meta.at + 1;
    if (same.length > 0) return keep(tidied, (saved) => beforeView(saved, same, at, look));
    return goOnFrom(tidied, at);
  }

  function tidy(draft: Draft, type: RequestType, shown: readonly string[]): Draft {
    let tidied = draft;
    for (const field of type.fields) {
      const value = draft.answers[field.id];
      if (!shown.includes(field.id) || value === undefined) continue;
      const tidy = tidyAnswer(field, value, desk.readLicense);
      if (tidy === value || tidy === undefined) continue;
      const answers = merged(tidied.answers, { [field.id]: tidy });
      // A number reads the same as the text that was typed; anything else is shown as we understood it.
      tidied = String(tidy) === String(value) ? { ...tidied, answers } : redrawn({ ...tidied, answers }, field.id);
    }
    return tidied;
  }

  /** Requests for the same thing that the person was not told of yet. */
  async function unheard({ draft, edition }: Filling): Promise<readonly SameRequest[]> {
    const same = await desk.same(edition, draft.answers, draft.person);
    return same.filter((one) => !draft.told.includes(keyOf(one)));
  }

  async function heard(filling: Filling): Promise<Filling> {
    const told = [...filling.draft.told, ...(await unheard(filling)).map(keyOf)];
    return { ...filling, draft: { ...filling.draft, told } };
  }

  async function keep(filling: Filling, view: (saved: Filling, notes: StepNotes) => ModalView): Promise<Submitted> {
    const saved = await save(filling);
    const notes = saved.oldest ? { oldest: saved.oldest } : {};
    const person = filling.draft.person;
    return {
      ops: saved.ops,
      view: view(saved.filling, notes),
      ...(saved.isNew ? { reply: { kind: 'home' as const, person } } : {}),
    };
  }

  function stay(filling: Filling, at: number, notes: StepNotes = {}): Promise<Submitted> {
    return keep({ ...filling, draft: { ...filling.draft, at } }, (saved, more) =>
      pageAt(saved, at, { ...notes, ...more }),
    );
  }

  function goOnFrom(filling: Filling, at: number): Promise<Submitted> {
    const place = stepFrom(filling, at)?.index ?? filling.edition.type.steps.length;
    return keep({ ...filling, draft: { ...filling.draft, at: place } }, (saved, notes) => pageAt(saved, place, notes));
  }

  /** Who was chosen is saved and shown among those who decide; somebody who cannot be is refused when the form is sent. */
  async function nameManager(filling: Filling, entered: ViewValues): Promise<Effect> {
    const named = managerIn(entered, filling.draft.person, people);
    if (named.is === 'wrong') return {};
    return saveAndShow(withManager(filling, named), (saved) => review(saved));
  }

  function withManager(filling: Filling, named: ReturnType<typeof managerIn>): Filling {
    if (named.is === 'manager') return { ...filling, draft: { ...filling.draft, manager: named.id } };
    const { manager: _, ...draft } = filling.draft;
    return named.is === 'nobody' ? { ...filling, draft } : filling;
  }

  /** Everything is checked once more: types, roles and registers may have changed since. */
  async function send(last: Filling, entered: ViewValues): Promise<Submitted> {
    const reader = readerOf(people, last.draft.person);
    const named = managerIn(entered, last.draft.person, people);
    if (named.is === 'wrong') return { errors: managerError(reader.locale) };
    const filling = withManager(last, named);
    const { id, draft, edition, values, version } = filling;
    const errors = checkAnswers(edition.type, values, reader.locale, desk.readLicense);
    const wrong = stepOfError(filling, errors);
    if (wrong) return stay(filling, wrong.index, { errors });
    if (filling.lifted) return goOnFrom(filling, edition.type.steps.length);
    const { person: requester, where, manager } = draft;
    const sent = await desk.submit({
      draft: id,
      edition,
      answers: draft.answers,
      requester,
      ...(manager ? { manager } : {}),
      ...(where ? { where } : {}),
    });
    const { number, promised } = sent;
    const over: Draft = {
      ...draft,
      answers: {},
      told: [],
      sent: { number, at: clock.now(), ...(promised === undefined ? {} : { promised }) },
    };
    return {
      ops: [...sent.ops, put(drafts, id, over, version ?? 0)],
      say: sent.say,
      view: sentView(numberOf({ number }), promised, false, reader),
      reply: { kind: 'home', person: requester },
    };
  }
}

function keyOf({ number, state }: SameRequest): string {
  return `${number}/${state}`;
}
