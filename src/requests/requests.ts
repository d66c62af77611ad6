import { momentIn } from '../core/dates.ts';
import type { StandsAt } from '../core/links.ts';
import type { Organization } from '../core/organization.ts';
import {
  type Doc,
  type ListQuery,
  type Op,
  type Page,
  type People,
  type PersonId,
  type Place,
  put,
  type Say,
  type Store,
} from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import { auditOps } from './audit.ts';
import type { Away } from './away.ts';
import { outlookOf, withTraining } from './before.ts';
import { type Corrected, circumstancesOf } from './circumstances.ts';
import type { Values } from './condition.ts';
import { type DecidingWorld, isThere, type NamedManagers, type Subject, whoDecides } from './deciding.ts';
import { createFactFinding, type FactFinding, type RequestLinks } from './fact-finding.ts';
import { answersAsked, checkAnswers, type ReadLicense } from './form.ts';
import type { Outlook } from './form-page.ts';
import { wakeOf } from './jobs.ts';
import { keysOf } from './keys.ts';
import { createLookups, type Lookups } from './lookups.ts';
import type { Managers } from './managers.ts';
import { asksMentor, mentorsFor, readingOps } from './mentors.ts';
import { decide, type Move, start } from './moves.ts';
import { createNumbers } from './numbering.ts';
import { distinct, placesByEvent, placesInstead } from './places.ts';
import { requestForms, requests } from './records.ts';
import { problem, refused } from './refusal-texts.ts';
import { isQuiet, type Known, type Request, requestId, type Spot } from './request.ts';
import { type Routed, route } from './routing.ts';
import { calledOut, refreshed, requestCopy, saidBecause, spotKey } from './says.ts';
import { begin, type Course, type LaterEvent, type Opening } from './state.ts';
import type { RequestType, TypeEdition } from './type.ts';
import { inOffer } from './type-content.ts';

export interface RequestDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly people: People;
  readonly away: Away;
  readonly managers: NamedManagers & Pick<Managers, 'named'>;
  readonly links: RequestLinks;
  readonly readLicense: ReadLicense;
  readonly standsAt: StandsAt;
  organization(): Organization;
  /** The types in force. */
  types(): readonly TypeEdition[];
  /** Whether the open source office took a type for its own, by the path of its file. */
  isAdopted(file: string): boolean;
  /** What else follows from a change, beside the request itself; for the commit that makes it. */
  after?(before: Request | undefined, request: Known): Promise<Pick<Done, 'ops' | 'say'>>;
}

/** A form that is sent. */
export interface Sent {
  /** Its draft: sent twice, it is one request. */
  readonly draft: string;
  readonly edition: TypeEdition;
  readonly answers: Values;
  readonly requester: PersonId;
  /** Whom the requester named as their manager; left out where the directory knows one. */
  readonly manager?: PersonId;
  /** The conversation it was asked from. */
  readonly where?: Request['where'];
}

/** A change that is ready to be committed. */
export interface Done {
  readonly request: Known;
  readonly ops: readonly Op[];
  readonly say: readonly Say[];
}

/** Asking for approval, deciding, and everything that follows. */
export interface Requests extends FactFinding, Lookups {
  /** The types in force, in the order in which they are offered. */
  types(): readonly TypeEdition[];
  /** The type that a request goes on under, whatever is in force now. */
  typeOf(request: Pick<Request, 'type' | 'form'>): Promise<RequestType>;
  outlook(edition: TypeEdition, answers: Values, facts: Values, requester: PersonId, manager?: PersonId): Outlook;
  /** @throws UserError when it cannot be asked, or nobody could decide */
  submit(sent: Sent): Promise<Done & { readonly number: number; readonly promised?: number }>;
  /**
   * @param draft the form it came with: sent again, it changes nothing
   * @throws UserError when it is refused, saying who decided and when
   */
  move(id: string, actor: PersonId, move: Move, draft?: string): Promise<Done>;
  find(id: string): Promise<Doc<Request> | undefined>;
  /** By index key; see `requests`. */
  list(query: ListQuery): Promise<Page<Request>>;
  /** People, organization and absences as they are now. */
  world(): DecidingWorld;
  /** Where to write below the card at a place. */
  threadOf(request: Known, place: Spot): Promise<Spot>;
  /** The card cannot stand at a place: it goes to those who are asked there, each by direct message. */
  refusedAt(id: string, place: Place): Promise<Pick<Done, 'ops' | 'say'>>;
  /** What a change comes to, for those who step requests themselves: the document, its audit, its messages. */
  changed(before: Doc<Request>, after: Course, events: readonly LaterEvent[]): Promise<Done>;
}

export function createRequests(deps: RequestDeps): Requests {
  const { store, clock, people, links } = deps;
  const numbers = createNumbers(store, clock);
  const finding = createFactFinding(deps);
  const lookups = createLookups({ store, away: deps.away, world, typeOf });

  function world(): DecidingWorld {
    return { people, organization: deps.organization(), absences: deps.away, managers: deps.managers };
  }

  async function typeOf({ type, form }: Pick<Request, 'type' | 'form'>): Promise<RequestType> {
    const inForce = deps.types().find(({ hash }) => hash === form);
    const kept = inForce ?? (await store.get(requestForms, form));
    if (!kept) throw new Error(`the edition ${form} of ${type} was not kept`);
    return kept.type;
  }

  async function submit(sent: Sent) {
    const again = await store.list(requests, { key: `draft:${sent.draft}`, order: 'asc', limit: 1 });
    const known = again.docs.find(({ requester }) => requester === sent.requester);
    if (known) return { request: known, ops: [], say: [], ...answerTo(known) };

    const opening = await openingOf(sent);
    const { number, op } = await numbers.next();
    const id = requestId(number);
    const { type } = sent.edition;
    const now = clock.now();
    const submitted = { kind: 'submitted', at: now, by: sent.requester, draft: sent.draft } as const;
    const began = begin({ ...opening, number }, submitted);
    const { request, events } = start(began, type, circumstancesOf(type, world(), { now, actor: sent.requester }));
    const audit = auditOps(id, undefined, began, events);
    const value: Request = {
      ...request,
      cards: [...placesAfter(request, [], events)],
      wakeAt: wakeOf(request, world(), now),
      audit: audit.head,
    };
    const done: Known = { ...value, id };
    const { standing } = value.way;
    const used = standing === undefined ? [] : await links.standingUsed?.(standing, id, sent.requester);
    const taken = await readingOps(links.mentors, id, undefined, value, now);
    const kept = await keepType(sent.edition, now);
    const { manager } = value;
    const named = manager ? await deps.managers.named(sent.requester, manager) : { ops: [], say: [] };
    const more = await deps.after?.(undefined, done);
    return {
      request: done,
      ops: [
        put(requests, id, value, 0),
        op,
        ...audit.ops,
        ...(used ?? []),
        ...taken,
        ...kept,
        ...named.ops,
        ...(more?.ops ?? []),
      ],
      say: [
        ...refreshed(done),
        ...calledOut(done),
        ...saidBecause(
          done,
          1,
          () => [],
          (place) => place,
        ),
        ...named.say,
        ...(more?.say ?? []),
      ],
      ...answerTo(done),
    };
  }

  /** @throws UserError */
  async function openingOf(sent: Sent): Promise<Omit<Opening, 'number'>> {
    const { edition, requester, where, manager } = sent;
    const { type, hash } = edition;
    const person = people.get(requester);
    if (!isThere(person) || (type.from && !type.from.some((role) => person.roles.includes(role)))) {
      throw problem('notOffered');
    }
    // Facts of this moment, not of the one in which the form was opened: what passes by a rule passes by them.
    const known = await finding.facts(edition, sent.answers, requester);
    const answers = answersAsked(type, { ...sent.answers, ...known });
    const errors = checkAnswers(type, { ...answers, ...known }, person.locale, deps.readLicense);
    if (Object.keys(errors).length > 0) throw problem('incomplete');
    const routed = route(type, answers, known);
    const stages = routed.stages.map((stage) => stage.id);
    const asked = asksMentor(type, stages) ? await mentorsFor(links.mentors, type, sent, clock.now()) : {};
    const isNamed = manager !== undefined && manager !== requester && isThere(people.get(manager));
    const named = isNamed && known['requester.manager'] === 'no' ? { manager } : {};
    const subject = { requester, answers, ...named, ...asked };
    if (!canBeDecided(type, routed, subject)) throw problem('nobody');
    const policy = links.policyVersion();
    return {
      type: type.id,
      form: hash,
      versions: policy ? { policy } : {},
      requester,
      ...named,
      ...asked,
      locale: person.locale,
      ...(where ? { where } : {}),
      draft: sent.draft,
      answers,
      facts: factsKept(known),
      keys: [...keysOf(type, answers)],
      restricted: routed.restricted,
      way: routed.way,
      stages,
    };
  }

  function canBeDecided(type: RequestType, routed: Routed, subject: Subject): boolean {
    const ids = new Set(routed.stages.map(({ id }) => id));
    return type.stages.every((stage) => !ids.has(stage.id) || !whoDecides(stage, subject, world()).nobody);
  }

  async function keepType({ type, hash }: TypeEdition, at: number): Promise<readonly Op[]> {
    const kept = await store.get(requestForms, hash);
    return kept ? [] : [put(requestForms, hash, { type, at }, 0)];
  }

  async function move(id: string, actor: PersonId, wanted: Move, draft?: string): Promise<Done> {
    const doc = await store.get(requests, id);
    if (!doc) throw problem('gone');
    if (draft && doc.events.some((event) => 'draft' in event && event.draft === draft)) {
      return { request: doc, ops: [], say: [] };
    }
    const type = await typeOf(doc);
    const now = clock.now();
    const corrected =
      wanted.kind === 'answer' && wanted.answers ? await lookAtAnswers(doc, type, wanted.answers) : undefined;
    const circumstances = circumstancesOf(type, world(), {
      now,
      actor,
      ...(draft ? { draft } : {}),
      ...(corrected ? { corrected } : {}),
    });
    const decision = decide<Course>(doc, type, wanted, circumstances);
    if (decision.refusal) throw refusedFor(decision.refusal, actor);
    return changed(doc, decision.request, decision.events);
  }

  /** What changed answers lead to, under the type that the request goes on under. @throws UserError when they will not do */
  async function lookAtAnswers(doc: Doc<Request>, type: RequestType, changes: Values): Promise<Corrected> {
    const file = deps.types().find((edition) => edition.type.id === doc.type)?.file ?? '';
    const edition = { type, hash: doc.form, file };
    const known = await finding.facts(edition, { ...doc.answers, ...changes }, doc.requester);
    const answers = answersAsked(type, { ...doc.answers, ...changes, ...known });
    const errors = checkAnswers(type, { ...answers, ...known }, doc.locale, deps.readLicense);
    if (Object.keys(changes).some((id) => Object.hasOwn(errors, id))) throw problem('incomplete');
    return { routed: route(type, answers, known), keys: keysOf(type, answers), facts: factsKept(known) };
  }

  async function changed(before: Doc<Request>, after: Course, events: readonly LaterEvent[]): Promise<Done> {
    const audit = auditOps(before.id, before.audit, before, events);
    const fresh = placesAfter(after, before.cards, events);
    const cards = [...before.cards, ...fresh];
    const { id, version: _, ...course } = { ...before, ...after };
    const value: Request = {
      ...course,
      cards,
      wakeAt: wakeOf(after, world(), clock.now()),
      audit: audit.head,
    };
    const request: Known = { ...value, id };
    const isFresh = new Set(fresh.map(spotKey));
    const threads = await threadsOf(request);
    const more = await deps.after?.(before, request);
    const read = await readingOps(links.mentors, id, before, after, clock.now());
    const say = saidBecause(
      request,
      before.events.length,
      (event) => placesByEvent(event, request, world()).filter((place) => !isFresh.has(spotKey(place))),
      (place) => threads.get(spotKey(place)) ?? place,
    );
    return {
      request,
      ops: [put(requests, id, value, before.version), ...audit.ops, ...read, ...(more?.ops ?? [])],
      say: [
        ...refreshed(request, before.events.length),
        ...say,
        ...(request.state === before.state ? [] : calledOut(request)),
        ...(more?.say ?? []),
      ],
    };
  }

  /** Places where the card is to stand and does not yet. */
  function placesAfter(request: Course, cards: readonly Spot[], events: readonly LaterEvent[]): readonly Spot[] {
    if (isQuiet(request)) return [];
    const known = new Set(cards.map(spotKey));
    const wanted = events.flatMap((event) => placesByEvent(event, request, world()));
    return distinct(wanted).filter((place) => !known.has(spotKey(place)));
  }

  async function refusedAt(id: string, place: Place): Promise<Pick<Done, 'ops' | 'say'>> {
    const doc = await store.get(requests, id);
    if (!doc || !('channel' in place)) return { ops: [], say: [] };
    const { id: _, version, ...request } = doc;
    const left = request.cards.filter((card) => spotKey(card) !== spotKey(place));
    if (left.length === request.cards.length) return { ops: [], say: [] };
    const known = new Set(left.map(spotKey));
    const fresh = placesInstead(place.channel, request, world()).filter((one) => !known.has(spotKey(one)));
    return {
      ops: [put(requests, id, { ...request, cards: [...left, ...fresh] }, version)],
      say: fresh.map((one) => requestCopy(id, one)),
    };
  }

  /** Below the card of a channel; the place itself where the card does not stand yet, or is a person's. */
  async function threadOf(request: Known, place: Spot): Promise<Spot> {
    if (!('channel' in place)) return place;
    const at = await deps.standsAt(requestCopy(request.id, place));
    return at ? { channel: at.channel, thread: at.ts } : place;
  }

  /** The threads below the cards in channels, by the key of the channel. */
  async function threadsOf(request: Known): Promise<ReadonlyMap<string, Spot>> {
    const threads = request.cards.map(async (place) => [spotKey(place), await threadOf(request, place)] as const);
    return new Map(await Promise.all(threads));
  }

  function refusedFor(refusal: Parameters<typeof refused>[0], actor: PersonId) {
    const zone = people.get(actor)?.zone ?? 'UTC';
    const now = clock.now();
    return refused(
      refusal,
      (id) => people.get(id)?.name,
      (ms, locale) => momentIn(ms, now, locale, zone),
    );
  }

  return {
    types: () => inOffer(deps.types()),
    typeOf,
    ...finding,
    ...lookups,
    outlook: ({ type }, answers, known, requester, manager) =>
      withTraining(
        outlookOf(type, { answers, facts: known, requester, ...(manager ? { manager } : {}) }, clock.now(), world()),
        type.training ? deps.links.trainingGate?.(requester, type.training) : undefined,
      ),
    submit,
    move,
    find: (id) => store.get(requests, id),
    list: (query) => store.list(requests, query),
    world,
    threadOf,
    refusedAt,
    changed,
  };
}

/** What was found out, as it is kept. */
function factsKept(known: Values): Record<string, string> {
  const found = Object.entries(known).filter(([, value]) => value !== undefined);
  return Object.fromEntries(found.map(([name, value]) => [name, String(value)]));
}

function answerTo(request: Known): { readonly number: number; readonly promised?: number } {
  const { number, promised } = request;
  return promised === undefined ? { number } : { number, promised };
}
