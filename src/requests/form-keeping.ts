import type { ModalView } from '@slack/types';
import type { Locale } from '../core/i18n.ts';
import { type Doc, type Op, type People, type PersonId, put, remove, type Say, type Store } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Values } from './condition.ts';
import { type Draft, drafts, liftDraft } from './form-draft.ts';
import { type Filling, type FormMeta, fillingOf, type Outlook, type SameRequest } from './form-page.ts';
import type { PickSource } from './form-picks.ts';
import { texts } from './form-texts.ts';
import { noteView, type OldestDraft, readerOf, sentView, subjectOrTitle } from './form-views.ts';
import { numberOf } from './request.ts';
import { rolesInWords } from './role-texts.ts';
import type { RequestType, TypeEdition } from './type.ts';

/** What a form needs to know of requests and of the organization. */
export interface FormDesk extends PickSource {
  /** The types in force. */
  types(): readonly TypeEdition[];
  /** What is known at once, from memory. */
  factsNow(edition: TypeEdition, answers: Values, requester: PersonId): Values;
  facts(edition: TypeEdition, answers: Values, requester: PersonId): Promise<Values>;
  /** Requests for the same thing that the person may see: under way, or approved and in force. */
  same(edition: TypeEdition, answers: Values, requester: PersonId): Promise<readonly SameRequest[]>;
  outlook(edition: TypeEdition, answers: Values, facts: Values, requester: PersonId, manager?: PersonId): Outlook;
  /** Whom a person named as their manager the last time they were asked. */
  managerNamed(person: PersonId): Promise<PersonId | undefined>;
  /** Makes the request, or finds the one that this draft became. */
  submit(form: {
    readonly draft: string;
    readonly edition: TypeEdition;
    readonly answers: Values;
    readonly requester: PersonId;
    readonly manager?: PersonId;
    readonly where?: Draft['where'];
  }): Promise<{
    readonly number: number;
    /** ms; absent when nobody has to decide. */
    readonly promised?: number;
    readonly ops: readonly Op[];
    readonly say: readonly Say[];
  }>;
}

export interface FormDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly people: Pick<People, 'get'>;
  readonly desk: FormDesk;
}

/** From here on the draft that was left alone longest is offered for deletion. */
const manyDrafts = 10;
// Nobody has so many requests in the making: the oldest makes room, after being offered for deletion ten times.
const mostDrafts = 20;

/** What became of the draft that a view belongs to. */
export type Loaded =
  | { readonly kind: 'open'; readonly filling: Filling; readonly doc: Doc<Draft> | undefined }
  | { readonly kind: 'over'; readonly view: ModalView };

/** A draft on its way into the store. */
export interface Saved {
  /** The form as it will be stored. */
  readonly filling: Filling;
  readonly ops: readonly Op[];
  /** The draft that makes room, when there are many. */
  readonly oldest?: OldestDraft;
  /** Home shows it from now on. */
  readonly isNew: boolean;
}

/** Reads and stores what is being filled in. */
export interface Keeping {
  /** The draft behind a view, or the first one of it, under the type in force. */
  load(person: PersonId, meta: Pick<FormMeta, 'draft' | 'type' | 'form' | 'prefill' | 'where'>): Promise<Loaded>;
  /** The same form with other answers, and what is asked then. */
  withAnswers(filling: Filling, draft: Draft): Promise<Filling>;
  /** Stores the draft. The first time somebody has many, the one that was left alone longest is named. */
  save(filling: Filling): Promise<Saved>;
}

export function editionOf({ types }: Pick<FormDesk, 'types'>, id: string): TypeEdition | undefined {
  return types().find(({ type }) => type.id === id);
}

/** Why somebody may not ask for this; checked when a form opens and again when it is sent. */
export function refusal(people: Pick<People, 'get'>, type: RequestType, id: PersonId): string | undefined {
  const person = people.get(id);
  const words = texts[person?.locale ?? 'en'];
  if (person?.guest) return words.guests;
  if (!type.from || type.from.some((role) => person?.roles.includes(role))) return undefined;
  return words.onlyFor(type.title[person?.locale ?? 'en'], rolesInWords(type.from, person?.locale ?? 'en'));
}

/** A form that was just opened. @param form.now ms */
export function newDraft(form: {
  readonly person: PersonId;
  readonly edition: TypeEdition;
  readonly answers: Draft['answers'];
  readonly where: Draft['where'] | undefined;
  readonly now: number;
}): Draft {
  const { person, edition, answers, where, now } = form;
  return {
    person,
    type: edition.type.id,
    form: edition.hash,
    answers,
    revisions: {},
    at: 0,
    told: [],
    ...(where ? { where } : {}),
    begunAt: now,
    savedAt: now,
  };
}

export function createKeeping({ store, clock, people, desk }: FormDeps): Keeping {
  async function load(
    person: PersonId,
    meta: Pick<FormMeta, 'draft' | 'type' | 'form' | 'prefill' | 'where'>,
  ): Promise<Loaded> {
    const reader = readerOf(people, person);
    const words = texts[reader.locale];
    const over = (said: string): Loaded => ({ kind: 'over', view: noteView(words.chooseTitle, said, reader) });
    const doc = await store.get(drafts, meta.draft);
    if (doc?.sent) return { kind: 'over', view: sentView(numberOf(doc.sent), doc.sent.promised, true, reader) };
    if (doc ? doc.person !== person : meta.prefill === undefined) return over(words.discarded);
    const edition = editionOf(desk, meta.type);
    if (!edition) return over(words.gone);
    const why = refusal(people, edition.type, person);
    if (why !== undefined) return over(why);
    const begun = {
      ...newDraft({ person, edition, answers: meta.prefill ?? {}, where: meta.where, now: clock.now() }),
      form: meta.form,
    };
    const { id: _, version, ...stored } = doc ?? { ...begun, id: '', version: undefined };
    const { draft, ...lifted } = liftDraft(stored, edition);
    const known = await desk.facts(edition, draft.answers, person);
    const isCurrent = stored.form === edition.hash && meta.form === edition.hash;
    const more = {
      ...(isCurrent ? {} : { lifted }),
      ...(version === undefined ? {} : { version }),
    };
    return { kind: 'open', filling: fillingOf(meta.draft, draft, edition, known, more), doc };
  }

  async function withAnswers(filling: Filling, draft: Draft): Promise<Filling> {
    const { id, edition, lifted, version } = filling;
    const known = await desk.facts(edition, draft.answers, draft.person);
    const more = { ...(lifted ? { lifted } : {}), ...(version === undefined ? {} : { version }) };
    return fillingOf(id, draft, edition, known, more);
  }

  async function save(filling: Filling): Promise<Saved> {
    const { id, version = 0 } = filling;
    const named = version === 0 ? await desk.managerNamed(filling.draft.person) : undefined;
    const draft = { ...(named ? { manager: named } : {}), ...filling.draft, savedAt: clock.now() };
    const own = put(drafts, id, draft, version);
    const saved = { ...filling, draft, version: version + 1 };
    if (version > 0) return { filling: saved, ops: [own], isNew: false };
    const key = `person:${draft.person}`;
    const count = await store.count(drafts, { key });
    if (count < manyDrafts) return { filling: saved, ops: [own], isNew: true };
    const [oldest] = (await store.list(drafts, { key, order: 'asc', limit: 1 })).docs;
    if (!oldest) return { filling: saved, ops: [own], isNew: true };
    if (count >= mostDrafts) return { filling: saved, ops: [own, remove(drafts, oldest)], isNew: true };
    const subject = subjectOf(oldest, readerOf(people, draft.person).locale);
    return { filling: saved, ops: [own], oldest: { id: oldest.id, subject, count: count + 1 }, isNew: true };
  }

  function subjectOf(draft: Draft, locale: Locale): string {
    const edition = editionOf(desk, draft.type);
    return edition ? subjectOrTitle({ draft, edition }, locale) : draft.type;
  }

  return { load, withAnswers, save };
}
