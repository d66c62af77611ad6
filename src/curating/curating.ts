import { appendAudit } from '../core/audit.ts';
import { dateAt } from '../core/business-time.ts';
import type { Locale } from '../core/i18n.ts';
import type { AnsweredQuestions, Manuscripts } from '../core/links.ts';
import type { Organization } from '../core/organization.ts';
import { type Doc, type Op, type People, type PersonId, put, type Say, type Store } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import { mayLookAfter, reviewersOf, reviewSpots } from './access.ts';
import {
  aliasOf,
  beginningOf,
  type Composed,
  compose,
  type FormField,
  fieldOf,
  movedOn,
  nameOf,
  type Overview,
  overOf,
  problemsOf,
} from './composing.ts';
import {
  type DraftArticle,
  type DraftFacts,
  type DraftWords,
  draftArticles,
  draftSubject,
  isNew,
  type KnownDraft,
  type Origin,
  originKey,
} from './draft.ts';
import { gaps, resolve } from './gap.ts';
import { applyMove, type Move, refusalOf } from './moves.ts';
import { articleSubject, hashesOf, type PublishedArticle, publishedArticles } from './published.ts';
import { refused } from './refusing.ts';
import { draftCopies, toldOfDraft } from './saying.ts';
import { texts } from './texts.ts';

export interface CuratingDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly people: People;
  organization(): Organization;
  readonly manuscripts: Manuscripts;
  readonly answered: AnsweredQuestions;
  /** Ways in which the questions of a group were asked. */
  examples(gap: string): Promise<readonly string[]>;
}

/** A change that is ready to be committed. */
export interface Done {
  readonly draft: KnownDraft;
  readonly ops: readonly Op[];
  readonly say: readonly Say[];
}

/** What somebody wrote in the form of one language. */
export interface Written {
  readonly article: string;
  readonly locale: Locale;
  readonly words: DraftWords;
  readonly facts: DraftFacts;
}

/** Where a text is wrong, and what its reader is told: English as the check says it. */
export type Problems = Readonly<Partial<Record<FormField, { readonly key: FormField; readonly said: string }>>>;

/** Writing articles from Slack: drafts, their review, and putting them into force. */
export interface Curating {
  find(id: string): Promise<KnownDraft | undefined>;
  /**
   * Begins to write; what is being written already for the same reason is gone on with.
   * @param id names the draft when it is a new one
   * @throws UserError when there is nothing to write about, or it is somebody else's to write
   */
  begin(id: string, origin: Origin, by: PersonId): Promise<{ readonly draft: KnownDraft; readonly ops: readonly Op[] }>;
  /**
   * Keeps what was written, or says what is wrong with it.
   * @param form the draft as it was when the form was opened
   * @throws UserError when it is refused
   */
  save(
    form: Pick<KnownDraft, 'id' | 'origin' | 'revision'>,
    by: PersonId,
    written: Written,
  ): Promise<Done | { readonly problems: Problems }>;
  /** @throws UserError when it is refused, saying why */
  move(id: string, by: PersonId, move: Exclude<Move, { kind: 'save' }>): Promise<Done>;
  /** A change without a form: written, and given to somebody else to review at once. @throws UserError */
  propose(id: string, article: string, by: PersonId, change: Change): Promise<Done>;
  /** Takes back what was put into force from Slack: what lies below it answers again. @throws UserError */
  withdraw(article: string, by: PersonId): Promise<readonly Op[]>;
  /** What is not wrong, but should be known to whoever reviews it. */
  lookOver(draft: KnownDraft): Overview;
  /** What a form of this language starts with. */
  wordsFor(draft: KnownDraft, locale: Locale): DraftWords;
}

/** What changes: another owner, or one more way to ask. */
export type Change =
  | { readonly kind: 'owner'; readonly owner: string }
  | { readonly kind: 'alias'; readonly locale: Locale; readonly alias: string };

const noWords: DraftWords = { title: '', scope: '', short: '', body: '', aliases: [] };

export function createCurating(deps: CuratingDeps): Curating {
  const { store, clock, people, manuscripts } = deps;

  const today = () => dateAt(clock.now(), deps.organization().offices[0]?.zone ?? 'UTC');

  async function find(id: string): Promise<Doc<DraftArticle> | undefined> {
    return store.get(draftArticles, id);
  }

  /** Whose article it is: of one that there is its owner, of a new one the office. */
  function ownerOf(draft: Pick<DraftArticle, 'article'>): string | undefined {
    return draft.article === undefined ? undefined : manuscripts.find(draft.article)?.owner;
  }

  async function begin(id: string, origin: Origin, by: PersonId) {
    if (origin.kind !== 'blank') {
      const key = originKey(origin);
      const { docs } = await store.list(draftArticles, { key, order: 'desc', limit: 1 });
      if (docs[0]) return { draft: docs[0], ops: [] };
    }
    const begun = await beginningFor(origin, by);
    const draft: KnownDraft = { ...begun, id };
    // What comes from a question is kept at once: it was asked by somebody who waits for it. The rest when it is saved first.
    if (origin.kind === 'article' || origin.kind === 'blank') return { draft, ops: [] };
    const made = recorded(draft, undefined, 'began', by);
    return { draft: made.draft, ops: [...made.ops, ...(await resolved(origin, id, by))] };
  }

  async function beginningFor(origin: Origin, by: PersonId): Promise<DraftArticle> {
    const bare = (locale: Locale, facts: DraftFacts, more: Partial<DraftArticle> = {}): DraftArticle => ({
      origin,
      locale,
      facts,
      texts: {},
      over: {},
      authors: [by],
      state: 'draft',
      revision: 0,
      since: clock.now(),
      cards: [],
      ...more,
    });
    const locale = people.get(by)?.locale ?? 'en';
    const office: DraftFacts = { area: 'using', owner: 'ospo', sources: [] };
    switch (origin.kind) {
      case 'handoff': {
        mustLookAfter(undefined, by);
        const question = await deps.answered(origin.id);
        if (!question) throw refused('gone');
        const { facts, words } = beginningOf(question.text, question.answer, 'ospo');
        return bare(question.locale, facts, { texts: { [question.locale]: words } });
      }
      case 'gap': {
        mustLookAfter(undefined, by);
        const gap = await store.get(gaps, origin.id);
        if (!gap) throw refused('gone');
        const aliases = [...new Set((await deps.examples(gap.id)).map(aliasOf))].filter((alias) => alias !== '');
        return bare(gap.locale, office, { texts: { [gap.locale]: { ...noWords, aliases } } });
      }
      case 'article': {
        const current = manuscripts.find(origin.id);
        if (!current) throw refused('no_article');
        mustLookAfter(current.owner, by);
        const { area, owner, sources } = current;
        const facts = { area, owner, sources: sources.map((source) => ({ ...source })) };
        return bare('en', facts, { article: current.name, over: overOf({ article: current.name }, manuscripts) });
      }
      case 'blank':
        mustLookAfter(undefined, by);
        return bare(locale, office);
    }
  }

  /** A group of questions that somebody writes about waits for nobody else. */
  async function resolved(origin: Origin, draft: string, by: PersonId): Promise<readonly Op[]> {
    if (origin.kind !== 'gap') return [];
    const gap = await store.get(gaps, origin.id);
    return gap ? [put(gaps, gap.id, resolve(gap, { kind: 'article', at: clock.now(), by, draft }), gap.version)] : [];
  }

  function mustLookAfter(owner: string | undefined, by: PersonId): void {
    if (!mayLookAfter(people, owner, by)) throw refused('not_allowed');
  }

  async function save(form: Pick<KnownDraft, 'id' | 'origin' | 'revision'>, by: PersonId, written: Written) {
    const stored = await find(form.id);
    const from = stored ?? (await begin(form.id, form.origin, by)).draft;
    if (from.revision !== form.revision) throw refused('changed');
    const { article, locale } = written;
    const wrongName = isNew(from) ? nameProblem(article) : undefined;
    if (wrongName) return { problems: { article: { key: 'article', said: wrongName } } as const };
    const next = decided(from, { kind: 'save', ...written, over: overOf({ article }, manuscripts) }, by);
    const problems = fatalIn(next, locale);
    if (Object.keys(problems).length > 0) return { problems };
    return done({ ...next, id: from.id }, stored, 'saved', by);
  }

  /** The name is where the file lies: checked before anything is made of it. */
  function nameProblem(name: string): string | undefined {
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return texts.en.rules.article;
    return manuscripts.find(name) ? texts.en.idTaken(name) : undefined;
  }

  /** What keeps the draft from being a file of the handbook, by the field of the form. */
  function fatalIn(draft: DraftArticle, locale: Locale): Problems {
    const problems: Record<string, { key: FormField; said: string }> = {};
    const findings = problemsOf(composed(draft, false), manuscripts);
    for (const finding of findings.filter(({ fatal }) => fatal)) {
      const key = fieldOf(finding);
      const here = finding.locale === locale || ['article', 'area', 'owner', 'sources'].includes(key);
      if (here) problems[key] ??= { key, said: `${finding.problem} ${finding.mend}` };
    }
    return problems;
  }

  function composed(draft: DraftArticle, byOwner: boolean): readonly Composed[] {
    if (draft.article === undefined) return [];
    return compose(draft, { manuscripts, today: today(), byOwner, standIn: texts.en.standIn });
  }

  async function move(id: string, by: PersonId, wanted: Exclude<Move, { kind: 'save' }>): Promise<Done> {
    const draft = await find(id);
    if (!draft) throw refused('gone');
    const next = { ...decided(draft, wanted, by), id };
    if (wanted.kind === 'submit') return submitted(next, draft, by);
    if (wanted.kind === 'publish') return published(next, draft, by);
    const event = wanted.kind === 'sendBack' ? 'sent back' : 'discarded';
    const finished = done(next, draft, event, by);
    return { ...finished, ops: [...finished.ops, ...(wanted.kind === 'discard' ? await reopened(draft) : [])] };
  }

  function decided(draft: DraftArticle, wanted: Move, by: PersonId): DraftArticle {
    const owner = ownerOf(draft);
    const circumstances = {
      now: clock.now(),
      actor: by,
      mayWrite: mayLookAfter(people, owner, by),
      mayReview: mayLookAfter(people, owner ?? draft.facts.owner, by),
    };
    const refusal = refusalOf(draft, wanted, circumstances);
    if (refusal) throw refused(refusal);
    return applyMove(draft, wanted, circumstances);
  }

  function submitted(next: KnownDraft, before: Doc<DraftArticle> | undefined, by: PersonId): Done {
    const { cards, facts, authors } = next;
    const spots = cards.length > 0 ? cards : reviewSpots(people, deps.organization(), facts.owner, authors);
    return done({ ...next, cards: [...spots] }, before, 'submitted', by);
  }

  async function published(next: KnownDraft, draft: Doc<DraftArticle>, by: PersonId): Promise<Done> {
    if (movedOn(draft, manuscripts).length > 0) throw refused('moved_on');
    const name = nameOf(draft);
    const byOwner = people.get(by)?.roles.includes(draft.facts.owner) ?? false;
    const files = composed(draft, byOwner);
    if (problemsOf(files, manuscripts).some(({ fatal }) => fatal)) throw refused('not_valid');
    const lies = await store.get(publishedArticles, name);
    const fresh = Object.fromEntries(files.map(({ locale, ...text }) => [locale, text]));
    const finished = done(next, draft, 'published', by);
    return {
      ...finished,
      ops: [...finished.ops, ...liesNow(name, lies, { ...lies?.texts, ...fresh }, 'published', by, draft.id)],
    };
  }

  /** What lies over the files of an article from now on. */
  function liesNow(
    name: string,
    before: Doc<PublishedArticle> | undefined,
    texts: PublishedArticle['texts'],
    kind: string,
    by: PersonId,
    draft?: string,
  ): readonly Op[] {
    const at = clock.now();
    const audit = appendAudit(articleSubject(name), before?.head, {
      at,
      kind,
      actor: by,
      from: hashesOf(before?.texts ?? {}),
      to: hashesOf(texts),
      ...(draft ? { versions: { draft } } : {}),
    });
    return [put(publishedArticles, name, { texts, at, by, head: audit.head }, before?.version ?? 0), ...audit.ops];
  }

  async function reopened({ origin, id }: KnownDraft): Promise<readonly Op[]> {
    const gap = origin.kind === 'gap' ? await store.get(gaps, origin.id) : undefined;
    if (gap?.resolved?.kind !== 'article' || gap.resolved.draft !== id) return [];
    const { resolved: _, ...open } = gap;
    return [put(gaps, gap.id, open, gap.version)];
  }

  function done(next: KnownDraft, before: Doc<DraftArticle> | undefined, kind: string, by: PersonId): Done {
    const made = recorded(next, before, kind, by);
    return { ...made, say: [...draftCopies(made.draft), ...toldOfDraft(made.draft, kind)] };
  }

  /** The draft with its event in the audit. */
  function recorded(draft: KnownDraft, before: Doc<DraftArticle> | undefined, kind: string, by: PersonId) {
    const standing = (one: DraftArticle | undefined) =>
      one ? { state: one.state, revision: one.revision, article: one.article ?? null } : null;
    const audit = appendAudit(draftSubject(draft.id), before?.head, {
      at: clock.now(),
      kind,
      actor: by,
      from: standing(before),
      to: standing(draft),
      ...(kind === 'sent back' && draft.note ? { parts: { note: draft.note.text } } : {}),
    });
    const value: KnownDraft = { ...draft, head: audit.head };
    return { draft: value, ops: [put(draftArticles, draft.id, value, before?.version ?? 0), ...audit.ops] };
  }

  return {
    find,
    begin,
    save,
    move,
    async propose(id, article, by, change) {
      const { draft } = await begin(id, { kind: 'article', id: article }, by);
      const stored = await find(draft.id);
      const over = overOf({ article }, manuscripts);
      const next = { ...decided(draft, { kind: 'save', article, ...changed(draft, change), over }, by), id: draft.id };
      // Somebody writes at it: then it goes to review when they are ready.
      if (stored?.state === 'draft') return done(next, stored, 'saved', by);
      return submitted({ ...next, state: 'review' }, stored, by);
    },
    async withdraw(article, by) {
      const lies = await store.get(publishedArticles, article);
      if (!lies || Object.keys(lies.texts).length === 0) throw refused('not_published');
      mustLookAfter(manuscripts.find(article)?.owner, by);
      return liesNow(article, lies, {}, 'withdrawn', by);
    },
    lookOver(draft) {
      const current = draft.article === undefined ? undefined : manuscripts.find(draft.article);
      const notes = problemsOf(composed(draft, false), manuscripts).filter(({ fatal }) => !fatal);
      return {
        notes: [...new Set(notes.map(({ problem, mend }) => `${problem} ${mend}`))],
        movedOn: movedOn(draft, manuscripts),
        before: {
          ...(current ? { en: current.files.en.words() } : {}),
          ...(current?.files['zh-CN'] ? { 'zh-CN': current.files['zh-CN'].words() } : {}),
        },
        reviewers: reviewersOf(people, draft.facts.owner, draft.authors).length > 0,
      };
    },
    wordsFor,
  };

  function wordsFor(draft: KnownDraft, locale: Locale): DraftWords {
    const current = draft.article === undefined ? undefined : manuscripts.find(draft.article)?.files[locale]?.words();
    return draft.texts[locale] ?? (current ? { ...current, aliases: [...current.aliases] } : noWords);
  }

  function changed(draft: KnownDraft, change: Change): Pick<Written, 'locale' | 'words' | 'facts'> {
    if (change.kind === 'owner') {
      return { locale: 'en', words: wordsFor(draft, 'en'), facts: { ...draft.facts, owner: change.owner } };
    }
    const words = wordsFor(draft, change.locale);
    return {
      locale: change.locale,
      words: { ...words, aliases: [...new Set([...words.aliases, change.alias])] },
      facts: draft.facts,
    };
  }
}
