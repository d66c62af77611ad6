import { appendAudit } from '../core/audit.ts';
import { type Calendar, calendarOf, dateAt, workingMoment } from '../core/business-time.ts';
import type { CuratedArticle, Manuscripts, Reminders } from '../core/links.ts';
import type { Organization } from '../core/organization.ts';
import {
  type AnyJob,
  type Doc,
  type Op,
  type People,
  type PersonId,
  put,
  type Say,
  type Store,
} from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import { mayLookAfter, ownersOf, type Recipient, reviewSpots } from './access.ts';
import type { GapList } from './gap-list.ts';
import { refused } from './refusing.ts';
import { articleReviews, reviewed, reviewSubject } from './review.ts';
import {
  type CuratingClock,
  curatingClocks,
  isDueSoon,
  isTimeFor,
  nextMorning,
  type Told,
  tellAgain,
  weekOf,
} from './times.ts';

export interface ReviewingDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly people: People;
  organization(): Organization;
  readonly manuscripts: Manuscripts;
  readonly gaps: Pick<GapList, 'sort' | 'news'>;
  /** What a person gets unasked is counted with everything else that they get so. */
  readonly spend: Reminders['spend'];
}

/** Keeping articles right: who is reminded of what, and confirming that a text still holds. */
export interface Reviewing {
  /** What is due for a recipient, see `Recipient`, or soon will be; the longest overdue first. */
  dueFor(recipient: string): readonly CuratedArticle[];
  /** What is due for a person, by their roles. */
  dueOf(person: PersonId): readonly CuratedArticle[];
  /**
   * Records that somebody read an article and found it right.
   * @param hash beginning of the hash of the English text that was looked at
   * @throws UserError when it is refused, or another text is in force by now
   */
  confirm(article: string, hash: string, by: PersonId): Promise<readonly Op[]>;
  /** Lets both clocks run: once for a store, safe to repeat. */
  begin(): Promise<readonly Op[]>;
  readonly clock: AnyJob;
}

export function createReviewing(deps: ReviewingDeps): Reviewing {
  const { store, clock, people, manuscripts } = deps;

  function officeCalendar(): Calendar {
    const [first] = deps.organization().offices;
    if (!first) throw new Error('an organization has at least one office');
    return calendarOf(first);
  }

  const today = () => dateAt(clock.now(), officeCalendar().zone);

  function dueSoon(): readonly CuratedArticle[] {
    const day = today();
    return manuscripts
      .all()
      .filter((article) => isDueSoon(article, day))
      .toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.name < b.name ? -1 : 1));
  }

  /** Each recipient with everything that is due for them: one message, however many roles they have. */
  function byRecipient(): ReadonlyMap<string, { readonly recipient: Recipient; readonly due: CuratedArticle[] }> {
    const found = new Map<string, { readonly recipient: Recipient; readonly due: CuratedArticle[] }>();
    for (const article of dueSoon()) {
      for (const recipient of ownersOf(people, deps.organization(), article.owner)) {
        const known = found.get(recipient.key) ?? { recipient, due: [] };
        known.due.push(article);
        found.set(recipient.key, known);
      }
    }
    return found;
  }

  /** The office's days, on the clock of a person's own place. */
  function calendarFor({ place }: Recipient): Calendar {
    const office = officeCalendar();
    return 'person' in place ? { ...office, zone: people.get(place.person)?.zone ?? office.zone } : office;
  }

  async function remind(doc: Extract<CuratingClock, { kind: 'reviews' }>, now: number) {
    const told: Record<string, Told> = {};
    const say: Say[] = [];
    const ops: Op[] = [];
    let wakeAt = nextMorning(now, officeCalendar());
    for (const [key, { recipient, due }] of byRecipient()) {
      const before = doc.told[key];
      const moment = workingMoment(now, calendarFor(recipient));
      if (!isTimeFor(before, due, now) || moment > now) {
        if (before) told[key] = before;
        if (moment > now) wakeAt = Math.min(wakeAt, moment);
        continue;
      }
      const spent = 'person' in recipient.place ? await deps.spend(recipient.place.person, now) : [];
      if (!spent) {
        // Their budget is spent: tomorrow is early enough.
        if (before) told[key] = before;
        continue;
      }
      ops.push(...spent);
      const next = tellAgain(before, due, now);
      told[key] = next;
      say.push({
        kind: 'notice',
        key: `curating:reviews:${key}:${today()}`,
        card: 'curating.reviews',
        id: key,
        place: recipient.place,
        lost: 'may',
      });
    }
    return { value: { ...doc, told, wakeAt }, say, ops };
  }

  /** Once a week, on its first working morning, and only when there is something new. */
  async function digest(doc: Extract<CuratingClock, { kind: 'gaps' }>, now: number) {
    const calendar = officeCalendar();
    const moment = workingMoment(now, calendar);
    if (moment > now) return { value: { ...doc, wakeAt: moment }, say: [], ops: [] };
    const wakeAt = nextMorning(now, calendar);
    const week = weekOf(now, calendar);
    if (week === weekOf(doc.since, calendar)) return { value: { ...doc, wakeAt }, say: [], ops: [] };

    await deps.gaps.sort();
    const isNews = (await deps.gaps.news(doc.since)) > 0;
    const places = isNews ? reviewSpots(people, deps.organization(), 'ospo', []) : [];
    const say = places.map((place): Say => {
      const to = 'person' in place ? `@${place.person}` : place.channel;
      const key = `curating:gaps:${week}:${to}`;
      return { kind: 'notice', key, card: 'curating.gaps', id: String(doc.since), place, lost: 'may' };
    });
    return { value: { ...doc, since: now, wakeAt }, say, ops: [] };
  }

  return {
    dueFor: (recipient) => byRecipient().get(recipient)?.due ?? [],
    dueOf: (person) => dueSoon().filter(({ owner }) => people.get(person)?.roles.includes(owner)),
    async confirm(name, hash, by) {
      const article = manuscripts.find(name);
      if (!article) throw refused('no_article');
      if (!mayLookAfter(people, article.owner, by)) throw refused('not_allowed');
      if (!article.files.en.hash.startsWith(hash)) throw refused('moved_on');
      const before = await store.get(articleReviews, name);
      const on = today();
      if (before?.editions.en?.hash === article.files.en.hash && before.editions.en.on === on) {
        throw refused('reviewed_already');
      }
      const editions = reviewed(article, on);
      const at = clock.now();
      const audit = appendAudit(reviewSubject(name), before?.head, {
        at,
        kind: 'reviewed',
        actor: by,
        from: before ? { ...before.editions } : null,
        to: { ...editions },
      });
      return [put(articleReviews, name, { editions, at, by, head: audit.head }, before?.version ?? 0), ...audit.ops];
    },
    async begin() {
      const now = clock.now();
      const wakeAt = nextMorning(now, officeCalendar());
      const wanted: Readonly<Record<string, CuratingClock>> = {
        gaps: { kind: 'gaps', wakeAt, since: now },
        reviews: { kind: 'reviews', wakeAt, told: {} },
      };
      const ops = await Promise.all(
        Object.entries(wanted).map(async ([id, value]) =>
          (await store.get(curatingClocks, id)) ? [] : [put(curatingClocks, id, value, 0)],
        ),
      );
      return ops.flat();
    },
    clock: {
      collection: curatingClocks,
      async run(stored, now) {
        const doc = stored as Doc<CuratingClock>;
        const { value, say, ops } = doc.kind === 'gaps' ? await digest(doc, now) : await remind(doc, now);
        return { ops: [put(curatingClocks, doc.id, value, doc.version), ...ops], say };
      },
    },
  };
}
