import { nextWorkingMoment } from '../core/business-time.ts';
import { Conflict } from '../core/errors.ts';
import { type AnyJob, type Doc, type Op, type Person, type PersonId, put, type Say } from '../core/ports.ts';
import { nextTurn } from '../core/steps.ts';
import { followRules, isLearner } from './assigning.ts';
import { type Learner, learners, remembered } from './learner.ts';
import { placeOf } from './place.ts';
import { welcome } from './saying.ts';
import { type Sweep, sweepId, sweepSoon, sweeps, sweptTo } from './sweep.ts';
import type { Training, TrainingDeps } from './training.ts';

/** Following the rules for everybody, and welcoming who joined. */
export interface Sweeping {
  readonly jobs: readonly AnyJob[];
  /** People or tracks changed: everybody is looked at anew, a stretch at a time. */
  soon(): Promise<void>;
}

// A person without anything new costs a look-up; one to whom nine tracks are new about thirty operations of the thousand.
const mostLooked = 500;
const mostOps = 600;
const dayMs = 24 * 60 * 60_000;

export function createSweeping(deps: TrainingDeps, training: Training): Sweeping {
  const { store, clock, people, reminders } = deps;

  async function soon(): Promise<void> {
    const doc = await store.get(sweeps, sweepId);
    try {
      await store.commit([put(sweeps, sweepId, sweepSoon(doc, clock.now()), doc?.version ?? 0)]);
    } catch (error) {
      // The walk under way moved on: it is asked to begin again.
      if (!(error instanceof Conflict)) throw error;
      await soon();
    }
  }

  const walk: AnyJob = {
    collection: sweeps,
    async run(doc, now) {
      const sweep = doc as Doc<Sweep>;
      const everybody = [...people.all()].filter(isLearner).sort((a, b) => (a.id < b.id ? -1 : 1));
      const { cursor } = sweep;
      const rest = cursor === undefined ? everybody : everybody.filter(({ id }) => id > cursor);
      const ops: Op[] = [];
      const say: Say[] = [];
      let last: string | undefined;
      for (const person of rest.slice(0, mostLooked)) {
        const went = await follow(person, sweep.settledAt, now);
        ops.push(...went.ops);
        say.push(...went.say);
        last = person.id;
        if (ops.length > mostOps) break;
        // Whoever asks something meanwhile comes first.
        if (went.ops.length > 0) await nextTurn();
      }
      const isOver = last === undefined || last === rest.at(-1)?.id;
      // By the clock after the stretch: whoever was first seen in it was here before the walk was over.
      const next = sweptTo(sweep, isOver ? undefined : last, everybody.length > 0, clock.now());
      return { ops: [put(sweeps, sweepId, next, sweep.version), ...ops], say };
    },
  };

  /** @param settledAt whoever is new since then has joined, also when they began something before the walk came by */
  async function follow(
    person: Person,
    settledAt: number | undefined,
    now: number,
  ): Promise<{ ops: readonly Op[]; say: readonly Say[] }> {
    const doc = await training.learner(person.id);
    const joins = settledAt !== undefined && !doc?.joined && (doc?.since ?? now) > settledAt;
    const joined = joins || doc?.joined ? { joined: true as const } : {};
    const adopted = training.editions().filter((edition) => !training.isStarter(edition));
    const known = { tracks: doc?.tracks ?? {}, ...joined };
    const steps = followRules(known, person, adopted, training.placeOf(person.id));
    if (doc && !joins && steps.length === 0 && !doc.unannounced) return { ops: [], say: [] };
    const greets = joins && steps.some(({ move }) => move.kind === 'assign');
    return training.change(person.id, steps, 'rule', joins ? { ...joined, greetAt: greets ? now : null } : {});
  }

  /** Welcomes, in working hours and within the person's budget; and forgets what is kept no longer. */
  const upkeep: AnyJob = {
    collection: learners,
    async run(doc, now) {
      const learner = doc as Doc<Learner>;
      const { id, version, ...before } = learner;
      const person = people.get(id as PersonId);
      const isHere = person !== undefined && isLearner(person);
      const value: Learner = { ...remembered(before, isHere, now), changed: now };
      if (learner.greetAt === null || learner.greetAt > now)
        return { ops: [put(learners, id, value, version)], say: [] };
      if (!isHere) return { ops: [put(learners, id, { ...value, greetAt: null }, version)], say: [] };
      const { calendar, quiet } = placeOf(person, deps.organization(), now);
      const moment = nextWorkingMoment(now, calendar, quiet);
      if (moment > now) return { ops: [put(learners, id, { ...value, greetAt: moment }, version)], say: [] };
      const spent = await reminders.spend(person.id, now);
      if (!spent) return { ops: [put(learners, id, { ...value, greetAt: now + dayMs }, version)], say: [] };
      return { ops: [put(learners, id, { ...value, greetAt: null }, version), ...spent], say: [welcome(person.id)] };
    },
  };

  return { jobs: [walk, upkeep], soon };
}
