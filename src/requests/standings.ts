import { UserError } from '../core/errors.ts';
import type { Locale } from '../core/i18n.ts';
import { everyDoc } from '../core/pages.ts';
import {
  type AnyJob,
  type Doc,
  type Op,
  type Person,
  type PersonId,
  put,
  type Rendered,
  type Say,
  type Store,
} from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Values } from './condition.ts';
import { coverageCsv, coveredFrom } from './coverage.ts';
import { isThere } from './deciding.ts';
import type { Found } from './facts.ts';
import { projectKey } from './keys.ts';
import { requestCounter } from './records.ts';
import { requestId } from './request.ts';
import {
  type CoveredRequest,
  coversSigning,
  firstCovering,
  type KnownStanding,
  postsOf,
  type Standing,
  standingCounterId,
  standings,
} from './standing.ts';
import {
  changesSince,
  type StandingChange,
  type StandingCourse,
  type StandingWorld,
  withChanges,
} from './standing-course.ts';
import type { Grant } from './standing-grant.ts';
import { standingTexts } from './standing-texts.ts';
import { newsFrom, newsMessage } from './standing-views.ts';
import type { RequestType } from './type.ts';

export interface StandingsDeps extends StandingWorld {
  readonly store: Store;
  readonly clock: Clock;
  /** Changed lines up to which a contribution counts as small. */
  smallLines(): number;
}

/** A change that is ready to be committed. */
export interface StandingDone {
  readonly standing: KnownStanding;
  readonly ops: readonly Op[];
  readonly say: readonly Say[];
}

/** Approvals that are given beforehand: granting, using, renewing and ending them. */
export interface Standings {
  /** What covers a request, as conditions look at it. */
  covering(type: RequestType, answers: Values, requester: PersonId): Promise<NonNullable<Found['standing']>>;
  /** Whether the requester is on the signed list of a project; `unknown` where no list is kept. */
  signing(project: string, agreement: string, requester: PersonId): Promise<'yes' | 'no' | 'unknown'>;
  /** Operations for the commit in which a request passes by it. */
  used(id: string, request: string, requester: PersonId): Promise<readonly Op[]>;
  /** @throws UserError when the person may not, or would cover themselves */
  grant(by: PersonId, grant: Grant, form: { readonly draft: string; readonly request?: string }): Promise<StandingDone>;
  /** Whoever it covers says that it is needed on; whoever may grant it renews it at once. @throws UserError */
  needed(by: PersonId, id: string): Promise<StandingDone & { readonly isRenewed: boolean }>;
  /** For a year from its end. @throws UserError */
  renew(by: PersonId, id: string): Promise<StandingDone>;
  /** @throws UserError */
  revoke(by: PersonId, id: string, text: string): Promise<StandingDone>;
  /** @throws UserError */
  list(by: PersonId, id: string, people: readonly PersonId[]): Promise<StandingDone>;
  find(id: string): Promise<Doc<Standing> | undefined>;
  /** Those that cover somebody by name. */
  of(person: PersonId): Promise<readonly Doc<Standing>[]>;
  /** All in force, those that end first at the top. */
  page(page: number, size: number): Promise<{ readonly docs: readonly Doc<Standing>[]; readonly hasNext: boolean }>;
  /** The signed lists in force as a table, for those who keep them and those who lead. @throws UserError */
  coverage(by: PersonId): Promise<string>;
  /** How many are in force, and how many of them end within 30 days. */
  counts(): Promise<{ readonly all: number; readonly soon: number }>;
  /** Wakes those that people who left or moved are on: called whenever people have changed. */
  peopleChanged(): Promise<void>;
  readonly job: AnyJob;
  /** `standing.news` `<id>/<what>/<person or reason>/<person>`. */
  news(subject: string, viewer: Person | undefined, locale: Locale): Promise<Rendered | undefined>;
}

/** Who grants, renews and revokes. */
export const standingLead = 'ospo-lead';
/** Who keeps the lists of corporate agreements, and hears at once when somebody on one leaves. */
export const listKeeper = 'cla-manager';

// A project has few; whoever has more of them than this has one that covers it all.
const mostLooked = 200;
const dayMs = 24 * 60 * 60_000;
const soonMs = 30 * dayMs;
const yearMs = 365 * dayMs;
// Those who are told by name; a longer list is told by its keeper.
const mostTold = 30;

export function createStandings(deps: StandingsDeps): Standings {
  const { store, clock, people } = deps;

  async function forProject(project: string): Promise<readonly Doc<Standing>[]> {
    return (await store.list(standings, { key: projectKey(project), order: 'desc', limit: mostLooked })).docs;
  }

  function requestOf({ find }: RequestType, answers: Values, requester: PersonId): CoveredRequest {
    const textOf = (field: string | undefined) => {
      const value = field === undefined ? undefined : answers[field];
      return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const project = textOf(find.project);
    const terms = project === undefined ? undefined : deps.terms(project);
    const license = textOf(find.license) ?? terms?.license;
    const agreement = textOf(find.agreement) ?? terms?.agreement;
    const lines = find.size === undefined ? undefined : answers[find.size];
    return {
      requester: people.get(requester),
      project,
      ...(license ? { license } : {}),
      ...(agreement ? { agreement } : {}),
      isSmall: typeof lines === 'number' && lines <= deps.smallLines(),
      at: clock.now(),
    };
  }

  async function read(id: string): Promise<Doc<Standing>> {
    const doc = await store.get(standings, id);
    if (!doc || doc.state === 'ended') throw refused('over');
    return doc;
  }

  /** @throws UserError when the person may not decide about it */
  function checkLead(by: PersonId, covered: readonly PersonId[]): void {
    const person = people.get(by);
    if (!isThere(person) || !person.roles.includes(standingLead)) throw refused('leadsOnly');
    if (covered.includes(by)) throw refused('own');
  }

  function changed(
    before: Doc<Standing>,
    changes: readonly StandingChange[],
    tell: (standing: KnownStanding) => readonly Say[],
  ): StandingDone {
    const { id, version, ...standing } = before;
    const now = clock.now();
    const { value, ops } = withChanges(id, standing, changes, now, people);
    const known = { ...value, id };
    return { standing: known, ops: [put(standings, id, value, version), ...ops], say: tell(known) };
  }

  function told(standing: KnownStanding, what: string, to: readonly PersonId[], lost: 'must' | 'may' = 'must') {
    const there = [...new Set(to)].filter((one) => isThere(people.get(one))).slice(0, mostTold);
    return there.map((person): Say => {
      const id = `${standing.id}/${what}/${person}`;
      const key = `standing:${standing.audit.length}:${id}`;
      return { kind: 'notice', key, card: 'standing.news', id, place: { person }, lost };
    });
  }

  /** Who granted it, or the leads where that person is no lead any more. */
  function granters({ grantedBy, people: covered }: Standing): readonly PersonId[] {
    const leads = people.withRole(standingLead).filter(isThere);
    const own = leads.filter(({ id }) => id === grantedBy);
    return (own.length > 0 ? own : leads).map(({ id }) => id).filter((id) => !covered.includes(id));
  }

  function keepers(standing: Standing): readonly PersonId[] {
    const keeping = people.withRole(listKeeper).filter(isThere);
    return keeping.length > 0 ? keeping.map(({ id }) => id) : granters(standing);
  }

  /** What follows from time, people and projects, as messages. */
  function newsOf(standing: KnownStanding, before: Standing, changes: readonly StandingChange[]): readonly Say[] {
    return changes.flatMap((change): readonly Say[] => {
      switch (change.kind) {
        case 'removed': {
          const to = standing.kind === 'ccla' ? keepers(before) : granters(before);
          return told(standing, `removed.${change.because}/${change.person}`, to);
        }
        case 'reminded': {
          // A list is told to whoever granted it: nobody on it decides whether the others are covered.
          const isPersonal = ['small', 'major', 'trust'].includes(standing.kind);
          return told(
            standing,
            `remind/${Math.min(...change.days)}`,
            isPersonal ? standing.people : granters(standing),
          );
        }
        case 'ended':
          return told(standing, 'ended/', [...before.people, ...granters(before)]);
        default:
          return [];
      }
    });
  }

  const job: AnyJob = {
    collection: standings,
    async run(doc, now) {
      const { id, version, ...standing } = doc as Doc<Standing>;
      const changes = changesSince(standing, deps, now);
      const { value, ops } = withChanges(id, standing, changes, now, people);
      return {
        ops: [put(standings, id, value, version), ...ops],
        say: newsOf({ ...value, id }, standing, changes),
      };
    },
  };

  async function renew(by: PersonId, id: string): Promise<StandingDone> {
    const doc = await read(id);
    checkLead(by, doc.people);
    const now = clock.now();
    // Twice pressed, or by two leads, it is one year: what was renewed is far from its end.
    if (doc.until !== undefined && doc.until - now > soonMs + dayMs) return { standing: doc, ops: [], say: [] };
    const until = Math.max(now, doc.until ?? now) + yearMs;
    return changed(doc, [{ kind: 'renewed', by, until }], (one) => told(one, 'renewed/', one.people));
  }

  return {
    async covering(type, answers, requester) {
      const request = requestOf(type, answers, requester);
      if (request.project === undefined) return 'none';
      const kinds = new Set<string>(type.standing);
      const all = (await forProject(request.project)).filter(({ kind }) => kinds.has(kind));
      const found = firstCovering(all, request);
      return found ? { kind: found.kind, id: found.id } : 'none';
    },
    async signing(project, agreement, requester) {
      if (agreement !== 'ccla') return 'unknown';
      const lists = (await forProject(project)).filter(({ kind }) => kind === 'ccla');
      if (lists.length === 0) return 'unknown';
      const request = { requester: people.get(requester), project, at: clock.now() };
      return lists.some((one) => coversSigning(one, request)) ? 'yes' : 'no';
    },
    async used(id, request, requester) {
      const doc = await store.get(standings, id);
      return doc ? changed(doc, [{ kind: 'used', by: requester, request }], () => []).ops : [];
    },
    async grant(by, grant, { draft, request }) {
      const sent = await store.list(standings, { key: `draft:${draft}`, order: 'asc', limit: 1 });
      const [known] = sent.docs;
      if (known?.grantedBy === by) return { standing: known, ops: [], say: [] };
      // Being on a signed list approves nothing, so whoever keeps it may be on it.
      checkLead(by, grant.kind === 'ccla' ? [] : grant.people);
      const now = clock.now();
      const counter = await store.get(requestCounter, standingCounterId);
      const number = (counter?.last ?? 0) + 1;
      const id = requestId(number);
      const course: StandingCourse = {
        number,
        kind: grant.kind,
        projects: [...grant.projects],
        people: [...grant.people],
        posts: postsOf(grant.people, people),
        terms: {
          ...ownerOf(grant),
          ...(grant.license ? { license: grant.license } : {}),
          ...(grant.agreement ? { agreement: grant.agreement } : {}),
        },
        note: grant.note,
        grantedBy: by,
        ...(request ? { request } : {}),
        draft,
        from: now,
        ...(grant.until === undefined ? {} : { until: grant.until }),
        uses: 0,
        state: 'active',
        reminded: [],
      };
      const { value, ops } = withChanges(id, course, [{ kind: 'granted', by }], now, people);
      const standing = { ...value, id };
      return {
        standing,
        ops: [
          put(standings, id, value, 0),
          put(requestCounter, standingCounterId, { last: number }, counter?.version ?? 0),
          ...ops,
        ],
        say: told(
          standing,
          `granted/${by}`,
          grant.people.filter((one) => one !== by),
        ),
      };
    },
    async needed(by, id) {
      const doc = await read(id);
      const person = people.get(by);
      const isLead = isThere(person) && person.roles.includes(standingLead);
      if (isLead && !doc.people.includes(by)) return { ...(await renew(by, id)), isRenewed: true };
      if (!doc.people.includes(by)) throw refused('leadsOnly');
      const done = changed(doc, [{ kind: 'needed', by }], (one) => told(one, `needed/${by}`, granters(one)));
      return { ...done, isRenewed: false };
    },
    renew,
    async revoke(by, id, text) {
      const doc = await read(id);
      // Taking back needs nobody else: also what covers oneself.
      checkLead(by, []);
      const others = doc.people.filter((one) => one !== by);
      return changed(doc, [{ kind: 'revoked', by, text }], (one) => told(one, 'ended/', others));
    },
    async list(by, id, wanted) {
      const doc = await read(id);
      const person = people.get(by);
      const keepsIt = isThere(person) && doc.kind === 'ccla' && person.roles.includes(listKeeper);
      const fresh = wanted.filter((one) => !doc.people.includes(one));
      if (!keepsIt) checkLead(by, doc.kind === 'ccla' ? [] : fresh);
      if (doc.kind === 'project') throw refused('over');
      return changed(doc, [{ kind: 'listed', by, people: wanted }], (one) =>
        told(
          one,
          `granted/${by}`,
          fresh.filter((each) => each !== by),
        ),
      );
    },
    find: (id) => store.get(standings, id),
    async of(person) {
      return (await store.list(standings, { key: `person:${person}`, order: 'desc', limit: mostLooked })).docs;
    },
    async page(page, size) {
      const { docs } = await store.list(standings, { key: 'active', order: 'asc', limit: (page + 1) * size + 1 });
      return { docs: docs.slice(page * size, (page + 1) * size), hasNext: docs.length > (page + 1) * size };
    },
    async coverage(by) {
      const person = people.get(by);
      const mayRead = isThere(person) && [standingLead, listKeeper].some((role) => person.roles.includes(role));
      if (!mayRead) throw refused('leadsOnly');
      const docs: Doc<Standing>[] = [];
      for await (const doc of everyDoc(store, standings, { key: 'active:ccla', order: 'asc' })) docs.push(doc);
      return [...coverageCsv(docs, (id) => coveredFrom(people.get(id)))].join('');
    },
    async counts() {
      const [all, soon] = await Promise.all([
        store.count(standings, { key: 'active' }),
        store.count(standings, { key: 'active', to: clock.now() + soonMs }),
      ]);
      return { all, soon };
    },
    async peopleChanged() {
      const now = clock.now();
      for await (const { id, version, ...standing } of everyDoc(store, standings, { key: 'active', order: 'asc' })) {
        const gone = changesSince(standing, deps, now).some(({ kind }) => kind === 'removed' || kind === 'ended');
        // The job makes the change and says it; here it is only called earlier than its daily look.
        if (gone) await store.commit([put(standings, id, { ...standing, wakeAt: now }, version)]);
      }
    },
    job,
    async news(subject, viewer, locale) {
      const [id = '', what = '', about = '', to = ''] = subject.split('/');
      const standing = await store.get(standings, id);
      const news = newsFrom(what, about as PersonId);
      if (!standing || !news) return undefined;
      const reader = { locale, zone: viewer?.zone ?? 'UTC' };
      return newsMessage(
        standing,
        news,
        reader,
        standing.people.some((one) => one === to),
      );
    },
  };

  function ownerOf({ projects }: Grant): { readonly owner?: string } {
    const owner = deps.terms(projects[0] ?? '')?.owner;
    return owner ? { owner } : {};
  }
}

function refused(why: 'leadsOnly' | 'over' | 'own'): UserError {
  return new UserError({ en: standingTexts.en[why], 'zh-CN': standingTexts['zh-CN'][why] });
}
