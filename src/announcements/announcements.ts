import { appendAudit } from '../core/audit.ts';
import type { UserError } from '../core/errors.ts';
import type { Locale } from '../core/i18n.ts';
import { type Doc, type Op, type PersonId, put, remove, type Say } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import {
  type Announcement,
  type AnnouncementEvent,
  type AnnouncementText,
  type Audience,
  announcementSubject,
  announcements,
  announcementTexts,
  isOut,
  type Known,
  leadRole,
  type Timing,
  textId,
  type Words,
} from './announcement.ts';
import type { Preflight } from './audience.ts';
import {
  copyOf,
  digestOf,
  type Extras,
  lacksOf,
  newDraft,
  titlesOf,
  withExtras,
  withWords,
  writtenEdition,
} from './draft.ts';
import { announcementMove, applyEvent, type Decision, type Move, touched } from './moves.ts';
import { follows } from './question.ts';
import type { Reaching, ReachingDeps } from './reaching.ts';
import { refused } from './refusing.ts';
import { toldLeads } from './saying.ts';
import { startOf } from './timing.ts';

export interface AnnouncementDeps extends ReachingDeps {
  readonly clock: Clock;
  readonly reaching: Reaching;
}

/** A change that is ready to be committed. */
export interface Changed {
  readonly announcement: Known;
  readonly ops: readonly Op[];
  readonly say: readonly Say[];
}

/** What a lead confirms: which revision, and how many people and channels the form named. */
export interface Consent {
  readonly revision: number;
  readonly shown: number;
}

/** Writing announcements and sending them. Whoever acts is a lead, at every step; else a UserError is thrown and nothing changes. */
export interface Announcements {
  isLead(person: PersonId): boolean;
  /** Begins a draft with the template of its kind; begun with the same id before, it changes nothing. */
  begin(id: string, kind: string, actor: PersonId): Promise<Changed>;
  duplicate(of: string, id: string, actor: PersonId): Promise<Changed>;
  find(id: string): Promise<Doc<Announcement> | undefined>;
  /** The edition that readers get. */
  textOf(announcement: Known): Promise<AnnouncementText | undefined>;
  /** The edition that is written on: of what is out the changes that are not sent yet, where there are any. */
  writtenOf(announcement: Known): Promise<{ readonly text: AnnouncementText; readonly pending: boolean } | undefined>;
  /** @param revision the one that the form was opened with */
  saveWords(id: string, revision: number, actor: PersonId, locale: Locale, words: Words): Promise<Changed>;
  saveExtras(id: string, revision: number, actor: PersonId, extras: Extras): Promise<Changed>;
  saveAudience(id: string, revision: number, actor: PersonId, audience: Audience, spare: boolean): Promise<Changed>;
  saveTiming(id: string, revision: number, actor: PersonId, timing: Timing | undefined): Promise<Changed>;
  /** Drops changes that were not sent yet. */
  drop(id: string, actor: PersonId): Promise<Changed>;
  /** @returns `moved` with the numbers of the moment when they are not what was shown any more, and nothing was done */
  confirm(
    id: string,
    actor: PersonId,
    kind: 'confirm' | 'approve',
    consent: Consent,
  ): Promise<Changed | { readonly moved: Preflight; readonly announcement: Known }>;
  move(id: string, actor: PersonId, move: Exclude<Move, { kind: 'confirm' | 'approve' }>): Promise<Changed>;
  /** What delivery has come to. */
  clockMove(doc: Doc<Announcement>, kind: 'expanded' | 'finish' | 'retracted'): Promise<Changed>;
  /** What becomes of a scheduled announcement whose time has come: begun, or a draft again where it may not go out. */
  startScheduled(doc: Doc<Announcement>, now: number): Promise<Changed>;
}

// Numbers move a little all the time; more than this is another audience than the one that was confirmed.
const tolerance = 0.05;

export function createAnnouncements(deps: AnnouncementDeps): Announcements {
  const { store, clock, people, reaching } = deps;

  const isLead = (person: PersonId) => people.get(person)?.roles.includes(leadRole) ?? false;

  async function find(id: string): Promise<Doc<Announcement> | undefined> {
    return store.get(announcements, id);
  }

  async function readFor(id: string, actor: PersonId): Promise<Doc<Announcement>> {
    if (!isLead(actor)) throw refusal({ why: 'not_lead' }, actor);
    const doc = await find(id);
    if (!doc || doc.forgotten) throw refusal({ why: 'gone' }, actor);
    return doc;
  }

  function refusal(why: Parameters<typeof refused>[0], actor: PersonId): UserError {
    return refused(why, clock.now(), people.get(actor)?.zone ?? 'UTC');
  }

  async function begin(id: string, kindId: string, actor: PersonId): Promise<Changed> {
    if (!isLead(actor)) throw refusal({ why: 'not_lead' }, actor);
    const known = await find(id);
    if (known) return unchanged(known);
    const kind = deps.kinds().find((one) => one.id === kindId);
    if (!kind) throw refusal({ why: 'gone' }, actor);
    const at = clock.now();
    const text = { announcement: id, edition: 1, words: kind.template, links: [], ask: true, by: actor, at };
    return inserted(id, newDraft(kind, actor, at), text);
  }

  async function duplicate(of: string, id: string, actor: PersonId): Promise<Changed> {
    const source = await readFor(of, actor);
    const known = await find(id);
    if (known) return unchanged(known);
    const text = await textOf(source);
    if (!text) throw refusal({ why: 'gone' }, actor);
    const copy = copyOf(source, text, id, actor, clock.now());
    return inserted(id, copy.announcement, copy.text);
  }

  function inserted(id: string, value: Announcement, text: AnnouncementText): Changed {
    const ops = [put(announcements, id, value, 0), put(announcementTexts, textId(id, 1), text, 0)];
    return { announcement: { ...value, id }, ops, say: [] };
  }

  async function textOf({ id, edition }: Known): Promise<Doc<AnnouncementText> | undefined> {
    return store.get(announcementTexts, textId(id, edition));
  }

  async function pendingOf(announcement: Known): Promise<Doc<AnnouncementText> | undefined> {
    if (!isOut(announcement)) return undefined;
    return store.get(announcementTexts, textId(announcement.id, announcement.edition + 1));
  }

  async function writtenOf(announcement: Known) {
    const pending = await pendingOf(announcement);
    const text = pending ?? (await textOf(announcement));
    return text && { text, pending: pending !== undefined };
  }

  /** Text is written on in drafts, and of what is out in the edition that comes next. What waits to go out becomes a draft again. */
  async function saveText(
    id: string,
    revision: number,
    actor: PersonId,
    change: (text: AnnouncementText) => AnnouncementText,
  ): Promise<Changed> {
    const doc = await unseen(id, revision, actor);
    const written = await writtenOf(doc);
    if (!written) throw refusal({ why: 'gone' }, actor);
    const edition = writtenEdition(doc);
    const known = await store.get(announcementTexts, textId(id, edition));
    const { id: _, version: __, ...text } = written.text as Doc<AnnouncementText>;
    const next = { ...change(text), edition, by: actor, at: clock.now() };
    const draft = isOut(doc) ? doc : { ...doc, titles: titlesOf(next.words) };
    const changed = edited(draft, doc, actor);
    return {
      ...changed,
      ops: [...changed.ops, put(announcementTexts, textId(id, edition), next, known?.version ?? 0)],
    };
  }

  /** Reads what a form was opened with; somebody else's changes since then are not written over. */
  async function unseen(id: string, revision: number, actor: PersonId): Promise<Doc<Announcement>> {
    const doc = await readFor(id, actor);
    if (doc.revision !== revision) throw refusal({ why: 'edited' }, actor);
    const isFixed = doc.state === 'cancelled' || doc.state === 'retracting' || doc.state === 'retracted';
    if (isFixed) throw refusal({ why: 'fixed' }, actor);
    return doc;
  }

  /** The announcement with what was edited; a confirmation was for what it was before. */
  function edited(value: Announcement, doc: Doc<Announcement>, actor: PersonId): Changed {
    if (doc.state === 'review' || doc.state === 'scheduled') {
      const event: AnnouncementEvent = { kind: 'returned', at: clock.now(), by: actor, text: '' };
      return happened(doc, touched(value), event, undefined);
    }
    return stored(doc, touched(value), [], []);
  }

  async function saveDraft(
    id: string,
    revision: number,
    actor: PersonId,
    change: (draft: Announcement) => Announcement,
  ): Promise<Changed> {
    const doc = await unseen(id, revision, actor);
    if (isOut(doc)) throw refusal({ why: 'fixed' }, actor);
    return edited(change(doc), doc, actor);
  }

  async function drop(id: string, actor: PersonId): Promise<Changed> {
    const doc = await readFor(id, actor);
    const pending = await pendingOf(doc);
    if (!pending) return unchanged(doc);
    return stored(doc, touched(doc), [remove(announcementTexts, pending)], []);
  }

  async function confirm(id: string, actor: PersonId, kind: 'confirm' | 'approve', { revision, shown }: Consent) {
    const doc = await readFor(id, actor);
    needFinished(await textOf(doc), actor);
    const now = clock.now();
    const flight = await reaching.preflight(doc, now);
    const { numbers, wide } = flight;
    const decision = decide(doc, { kind, revision, numbers, wide }, actor);
    const places = numbers.people + numbers.channels;
    if (!decision.refusal && Math.abs(places - shown) > Math.max(1, shown * tolerance)) {
      return { moved: flight, announcement: doc };
    }
    return decided(doc, decision, actor);
  }

  function needFinished(text: AnnouncementText | undefined, actor: PersonId): void {
    const lacks = text && lacksOf(text);
    if (!lacks || lacks.empty || lacks.blanks.length > 0) throw refusal({ why: 'unfinished' }, actor);
  }

  async function move(
    id: string,
    actor: PersonId,
    wanted: Exclude<Move, { kind: 'confirm' | 'approve' }>,
  ): Promise<Changed> {
    const doc = await readFor(id, actor);
    const pending = wanted.kind === 'revise' ? await pendingOf(doc) : undefined;
    // Somebody was quicker, or dropped the changes.
    if (wanted.kind === 'revise' && !pending) return unchanged(doc);
    if (pending) needFinished(pending, actor);
    const decision = decide(doc, wanted, actor);
    if (!pending) return decided(doc, decision, actor);
    const { pictureGone, ...rest } = doc;
    return decided(doc, decision, actor, { ...rest, titles: titlesOf(pending.words) });
  }

  function decide(doc: Announcement, wanted: Move, actor?: PersonId): Decision {
    const now = clock.now();
    return announcementMove(doc, wanted, {
      now,
      isLead,
      startAt: startOf(doc.timing, now),
      ...(actor ? { actor } : {}),
    });
  }

  async function decided(
    doc: Doc<Announcement>,
    decision: Decision,
    actor: PersonId,
    before: Announcement = doc,
  ): Promise<Changed> {
    if (decision.refusal) throw refusal(decision.refusal, actor);
    const { event } = decision;
    const edition = event.kind === 'revised' ? event.edition : doc.edition;
    const text = await store.get(announcementTexts, textId(doc.id, edition));
    return happened(doc, before, event, text);
  }

  /** Carries an event out, with its place in the chain and whatever leads have to hear of it. */
  function happened(
    doc: Doc<Announcement>,
    before: Announcement,
    event: AnnouncementEvent,
    text: AnnouncementText | undefined,
  ): Changed {
    const after = applyEvent(before, event, startOf(before.timing, event.at));
    const known: Known = { ...after, id: doc.id };
    const audited = audit(doc, known, event, text);
    const value = audited.head ? { ...after, audit: audited.head } : after;
    const begins = doc.sentAt === undefined && after.sentAt !== undefined;
    const follow = begins || event.kind === 'revised' ? followFor(known, event) : [];
    const say = toldLeads(doc, known, event, people.withRole(leadRole));
    return stored(doc, value, [...audited.ops, ...follow], say);
  }

  /** A draft has no chain before it is confirmed. */
  function audit(doc: Doc<Announcement>, after: Known, event: AnnouncementEvent, text: AnnouncementText | undefined) {
    if (!doc.audit && event.kind !== 'confirmed') return { ops: [], head: undefined };
    const actor = 'by' in event ? event.by : 'clock';
    const words = 'text' in event && event.text ? { reason: event.text } : undefined;
    const { state, edition, audience, timing } = after;
    const numbers = 'numbers' in event ? event.numbers : null;
    return appendAudit(announcementSubject(doc.id), doc.audit, {
      at: event.at,
      kind: event.kind,
      actor,
      from: { state: doc.state, edition: doc.edition },
      to: JSON.parse(JSON.stringify({ state, edition, audience, timing: timing ?? null, numbers })),
      ...(text ? { versions: { text: digestOf(text) } } : {}),
      ...(words ? { parts: words } : {}),
    });
  }

  /** Readers who have not confirmed are looked for when it is time to remind them. */
  function followFor(announcement: Known, event: AnnouncementEvent): readonly Op[] {
    const kind = deps.kinds().find(({ id }) => id === announcement.kind);
    if (!kind?.remind || (event.kind === 'revised' && !event.anew)) return [];
    const due = event.at + kind.remind.after * dayMs;
    const { edition } = announcement;
    return [put(follows, `${announcement.id}/${edition}`, { edition, after: '', due }, 0)];
  }

  /** `doc` with everything that was read left out of what is written. */
  function stored(doc: Doc<Announcement>, value: Announcement, ops: readonly Op[], say: readonly Say[]): Changed {
    const { id, version, ...rest } = value as Doc<Announcement>;
    return {
      announcement: { ...rest, id: doc.id },
      ops: [put(announcements, doc.id, rest, doc.version), ...ops],
      say,
    };
  }

  function unchanged(announcement: Known): Changed {
    return { announcement, ops: [], say: [] };
  }

  return {
    isLead,
    begin,
    duplicate,
    find,
    textOf,
    writtenOf,
    saveWords: (id, revision, actor, locale, words) =>
      saveText(id, revision, actor, (text) => withWords(text, locale, words)),
    saveExtras: (id, revision, actor, extras) => saveText(id, revision, actor, (text) => withExtras(text, extras)),
    saveAudience: (id, revision, actor, audience, spare) =>
      saveDraft(id, revision, actor, ({ spare: _, ...draft }) => ({
        ...draft,
        audience,
        ...(spare ? { spare: true as const } : {}),
      })),
    saveTiming: (id, revision, actor, timing) =>
      saveDraft(id, revision, actor, ({ timing: _, ...draft }) => ({ ...draft, ...(timing ? { timing } : {}) })),
    drop,
    confirm,
    move,
    clockMove: (doc, kind) => decided(doc, decide(doc, { kind }), doc.author),
    async startScheduled(doc, now) {
      const { confirmedBy, approvedBy } = doc;
      const consenting = [confirmedBy, approvedBy].filter((one) => one !== undefined);
      const { numbers } = await reaching.preflight(doc, now);
      const isEmpty = numbers.people + numbers.channels === 0;
      const halt = consenting.every(isLead) ? (isEmpty ? 'nobody' : undefined) : 'no_lead';
      const decision = decide(doc, halt ? { kind: 'halt', why: halt } : { kind: 'start' });
      return decision.refusal ? unchanged(doc) : decided(doc, decision, doc.author);
    },
  };
}

const dayMs = 24 * 60 * 60_000;
