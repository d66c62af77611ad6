import { appendAudit } from '../core/audit.ts';
import { UserError } from '../core/errors.ts';
import type { Reminders } from '../core/links.ts';
import type { Organization } from '../core/organization.ts';
import {
  type Doc,
  type Log,
  type Op,
  type People,
  type Person,
  type PersonId,
  put,
  type Say,
  type Store,
} from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import { dueDate } from './assigning.ts';
import { carryOut, newLearner } from './carrying.ts';
import { dueThings } from './due.ts';
import { type Learner, learnerSubject, learners, recordOf, type TrackRecord } from './learner.ts';
import type { Line } from './line.ts';
import type { Move, Refusal } from './moves.ts';
import { type Place, placeOf } from './place.ts';
import { excuseCopies, told } from './saying.ts';
import { modulesLeft, standingOf } from './standing.ts';
import { refusalTexts } from './texts.ts';
import type { TrackEdition } from './track.ts';
import { inOffer } from './track-content.ts';

export interface TrainingDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly people: People;
  readonly log: Log;
  readonly reminders: Reminders;
  organization(): Organization;
  /** All tracks in force. */
  tracks(): readonly TrackEdition[];
  /** Whether the open source office took a track for its own, by the path of its file. */
  isAdopted(file: string): boolean;
}

/** One thing that happens in one track. */
export interface Step {
  readonly track: string;
  readonly move: Move;
}

/** A change of one person's training, ready to be committed. */
export interface Done {
  readonly learner: Learner;
  readonly ops: readonly Op[];
  readonly say: readonly Say[];
  readonly refusals: readonly { readonly track: string; readonly refusal: Refusal }[];
}

export interface Training {
  /** In the order in which they are shown. */
  editions(): readonly TrackEdition[];
  find(track: string): TrackEdition | undefined;
  isStarter(edition: TrackEdition): boolean;
  placeOf(person: PersonId): Place;
  /** The last day of a track that somebody is given today. */
  dueDate(person: PersonId, edition: TrackEdition): string;
  learner(person: PersonId): Promise<Doc<Learner> | undefined>;
  /** All tracks as this person has them. @param learner undefined for somebody to whom nothing happened yet */
  lines(person: PersonId, learner: Pick<Learner, 'tracks'> | undefined): readonly Line[];
  lineIn(person: PersonId, learner: Pick<Learner, 'tracks'> | undefined, edition: TrackEdition): Line;
  /**
   * Carries out what can be; what changes nothing is among the refusals.
   * @param actor a member id, or `rule`
   * @param more fields of the person's document that change with it
   */
  change(person: PersonId, steps: readonly Step[], actor: string, more?: Partial<Learner>): Promise<Done>;
  /** As `change` of one thing. @throws UserError when it is refused, saying why */
  changeOne(person: PersonId, step: Step, actor: string): Promise<Done>;
  /** Writes into the chain of somebody that they did something with the training of others, as operations. */
  noted(actor: PersonId, kind: string, to: Readonly<Record<string, string | number>>): Promise<readonly Op[]>;
  /** Everything that training has for a person to do, now and later. */
  dueFor(person: PersonId, learner: Learner): ReturnType<typeof dueThings>;
}

export function createTraining(deps: TrainingDeps): Training {
  const { store, clock, people, reminders } = deps;

  const editions = () => inOffer(deps.tracks());
  const find = (track: string) => deps.tracks().find((edition) => edition.track.id === track);
  const place = (person: PersonId) => placeOf(people.get(person), deps.organization(), clock.now());

  function lineIn(person: PersonId, learner: Pick<Learner, 'tracks'> | undefined, edition: TrackEdition): Line {
    const { track } = edition;
    const { today } = place(person);
    const record = recordOf(learner ?? { tracks: {} }, track.id);
    return {
      edition,
      starter: !deps.isAdopted(edition.file),
      record,
      standing: standingOf(record, track, today),
      left: modulesLeft(record, track, today),
    };
  }

  function dueFor(person: PersonId, learner: Learner) {
    return dueThings(
      learner,
      editions().map(({ track }) => track),
      place(person),
    );
  }

  async function change(
    person: PersonId,
    steps: readonly Step[],
    actor: string,
    more: Partial<Learner> = {},
  ): Promise<Done> {
    const doc = await store.get(learners, person);
    const now = clock.now();
    const { today } = place(person);
    const { unannounced, ...before } = doc ? withoutKeys(doc) : newLearner(now);
    const known = steps.map((step) => ({ edition: find(step.track) ?? goneEdition(step.track), move: step.move }));
    const carried = carryOut(person, { ...before, ...more }, known, { now, today, actor });
    const { learner, ops, changes, refusals } = carried;
    const isNews = ops.length > 0 || unannounced === true;
    if (doc && !isNews && Object.keys(more).length === 0) return { learner: before, ops: [], say: [], refusals };
    const engine = isNews ? await toldEngine(person, learner) : { ops: [], say: [] };
    const asked = changes.flatMap(({ track, before: was, after }) => excuseNews(person, track, was, after));
    return {
      learner,
      ops: [put(learners, person, learner, doc?.version ?? 0), ...ops, ...engine.ops],
      say: [...asked, ...engine.say],
      refusals,
    };
  }

  /** The engine looks when the first thing begins, and what stands of it is drawn anew. */
  async function toldEngine(person: PersonId, learner: Learner): Promise<{ ops: readonly Op[]; say: readonly Say[] }> {
    const begins = dueFor(person, learner).map(({ since }) => since);
    const say = await reminders.refresh(person);
    if (begins.length === 0) return { ops: [], say };
    return { ops: await reminders.wake(person, Math.max(clock.now(), Math.min(...begins))), say };
  }

  return {
    editions,
    find,
    isStarter: (edition) => !deps.isAdopted(edition.file),
    placeOf: place,
    dueDate(person, { track }) {
      const { today, calendar } = place(person);
      return dueDate(today, track.due, calendar);
    },
    learner: (person) => store.get(learners, person),
    lineIn,
    lines: (person, learner) => editions().map((edition) => lineIn(person, learner, edition)),
    dueFor,
    change,
    async changeOne(person, step, actor) {
      if (!find(step.track)) throw new UserError(refusalTexts.gone);
      const done = await change(person, [step], actor);
      const [refused] = done.refusals;
      if (refused) throw new UserError(refusalTexts[refused.refusal.why]);
      return { ...done, say: [...done.say, ...answered(person, step, done)] };
    },
    async noted(actor, kind, to) {
      const doc = await store.get(learners, actor);
      const now = clock.now();
      const before = doc ? withoutKeys(doc) : newLearner(now);
      const { ops, head } = appendAudit(learnerSubject(actor), before.audit, { at: now, kind, actor, from: null, to });
      const after: Learner = { ...before, audit: head, changed: now };
      return [put(learners, actor, after, doc?.version ?? 0), ...ops];
    },
  };

  /** The question whether somebody is excused goes to those who decide, and its cards follow what becomes of it. */
  function excuseNews(person: PersonId, track: string, before: TrackRecord, after: TrackRecord): readonly Say[] {
    const asked = after.asked ?? before.asked;
    const isNews = before.asked !== after.asked && asked !== undefined;
    return isNews ? excuseCopies(person, track, asked.at, leadsFor(people, person)) : [];
  }
}

/** Whoever asked to be excused hears what was decided. */
function answered(person: PersonId, { track, move: { kind } }: Step, { learner }: Done): readonly Say[] {
  return kind === 'exempt' || kind === 'keep' ? [told(person, track, kind, learner.changed)] : [];
}

/** A document that was read carries its id and version. */
function withoutKeys(learner: Learner & { readonly id?: string; readonly version?: number }): Learner {
  const { id, version, ...rest } = learner;
  return rest;
}

/** What is left of a track that is no longer there: enough to take its assignments back. */
function goneEdition(id: string): TrackEdition {
  const words = { en: id, 'zh-CN': id };
  const track = {
    id,
    kind: 'technical' as const,
    title: words,
    summary: words,
    order: 0,
    mandatory: false,
    for: [],
    due: 'P30D',
    renewal: { before: 'P30D' },
    reviewed: '2000-01-01',
    sources: [],
    modules: [],
  };
  return { track, hash: 'gone', file: '' };
}

const leadRoles = ['training', 'ospo-lead'] as const;

/** Those who assign, excuse and see how far everybody is. */
export function isLead(person: Pick<Person, 'roles' | 'active' | 'guest'> | undefined): boolean {
  if (!person?.active || person.guest) return false;
  return leadRoles.some((role) => person.roles.includes(role));
}

/** Who decides about somebody's training: never they themselves. */
function leadsFor(people: People, person: PersonId): readonly PersonId[] {
  for (const role of leadRoles) {
    const holders = people.withRole(role).filter((one) => one.id !== person && isLead(one));
    if (holders.length > 0) return holders.map(({ id }) => id);
  }
  return [];
}
