import type { PersonId } from '../core/ports.ts';
import { calendarFor, calendarOfOffice, monthsAfter, openClock, pause, resume } from './clocks.ts';
import { type DecidingWorld, isThere, type Panel, peopleIn, type Seat, seatOf, whoDecides } from './deciding.ts';
import type { Request, StageClock, StageRest, StageState } from './request.ts';
import type { Routed } from './routing.ts';
import type { Course } from './state.ts';
import type { RequestType, Stage } from './type.ts';

/** The way that changed answers would lead, what they are found by, and what the system found out with them. */
export interface Corrected {
  readonly routed: Routed;
  readonly keys: readonly string[];
  readonly facts: Readonly<Record<string, string>>;
}

/** Everything a move rests on beside the request itself. */
export interface Circumstances {
  readonly now: number;
  readonly actor: PersonId;
  /** The form that the move came with. */
  readonly draft?: string;
  /** The capacity in which a person may decide a stage that is open; undefined when they may not. */
  seat(request: Course, stage: StageState, person: PersonId): Seat | undefined;
  /** Who decides a stage now. */
  panel(request: Course, stageId: string): Panel;
  /** Who holds the chair of a stage in which a body votes. */
  chair(stageId: string): readonly PersonId[];
  /** Whether a person looks after requests of this kind: may hold, reopen, revoke and record. */
  manages(request: Course, person: PersonId): boolean;
  /** Whether somebody can be given a request to decide. */
  canTake(request: Course, person: PersonId): boolean;
  /** Whether somebody has left. */
  isGone(person: PersonId): boolean;
  /** The clock of a stage that is asked now. */
  clock(request: Course, stageId: string): StageClock;
  pause(stage: StageState): StageRest;
  resume(stage: StageState): StageClock;
  /** When everything that is open and still to come will be decided, if everybody keeps to their time. */
  promise(request: Course): number;
  /** When an approval that is given now ends; undefined when it does not. */
  readonly validUntil: number | undefined;
  /** What follows from changed answers; given when a move changes them. */
  readonly corrected?: Corrected;
}

/** The office and its leads look after every request that is not confidential. */
const officeRoles = ['ospo', 'ospo-lead'];
// The lead is who is left where everybody else of a confidential request has gone.
const confidentialRoles = ['ospo-lead'];

/** The circumstances of a move, from the people and the organization as they are now. */
export function circumstancesOf(
  type: RequestType,
  world: DecidingWorld,
  move: { readonly now: number; readonly actor: PersonId; readonly draft?: string; readonly corrected?: Corrected },
): Circumstances {
  const { people, organization } = world;
  const { now } = move;
  const stageOf = (id: string) => type.stages.find((stage) => stage.id === id);

  function panel(request: Course, id: string): Panel {
    const stage = stageOf(id);
    if (!stage) return { groups: [], asked: [], nobody: true };
    const votes = request.stages.find((one) => one.id === id)?.votes ?? [];
    return whoDecides(stage, request, world, votes);
  }

  function calendarOf(stage: StageState) {
    const asked = stage.asked.flatMap((one) => ('role' in one ? people.withRole(one.role) : []).map(({ id }) => id));
    const named = stage.asked.flatMap((one) => ('person' in one ? [one.person] : []));
    return calendarFor([...asked, ...named], world);
  }

  function clock(request: Course, id: string, from = now): StageClock {
    const stage = stageOf(id);
    if (!stage) return { due: from };
    return openClock(stage, peopleIn(panel(request, id)), from, world);
  }

  return {
    ...move,
    panel,
    seat: (request, stage, person) => seatOf(person, stage, request, world),
    chair: (id) => people.withRole(stageOf(id)?.vote?.chair ?? '').map((person) => person.id),
    manages(request, person) {
      const found = people.get(person);
      if (!isThere(found) || person === request.requester) return false;
      const roles = request.restricted ? [...confidentialRoles, ...rolesOf(type, request)] : officeRoles;
      return roles.some((role) => found.roles.includes(role));
    },
    canTake: (request, person) => person !== request.requester && isThere(people.get(person)),
    isGone: (person) => !isThere(people.get(person)),
    clock: (request, id) => clock(request, id),
    pause: (stage) => (stage.clock ? pause(stage.clock, now, calendarOf(stage)) : { due: 0 }),
    resume: (stage) => resume(stage.rest ?? { due: 0 }, now, calendarOf(stage)),
    promise(request) {
      const open = request.stages.flatMap((stage) => (stage.state === 'open' && stage.clock ? [stage.clock.due] : []));
      const waiting = request.stages.filter(({ state }) => state === 'waiting').map(({ id }) => id);
      let end = Math.max(now, ...open);
      for (const order of ordersOf(type, waiting)) {
        end = Math.max(...order.map(({ id }) => clock(request, id, end).due));
      }
      return end;
    },
    validUntil:
      type.validMonths === undefined
        ? undefined
        : monthsAfter(now, type.validMonths, calendarOfOffice(undefined, organization).zone),
  };
}

/** Stages by the order in which they are asked, each order together. */
export function ordersOf(type: RequestType, ids: readonly string[]): readonly (readonly Stage[])[] {
  const stages = type.stages.filter(({ id }) => ids.includes(id));
  const orders = [...new Set(stages.map(({ order }) => order))].toSorted((a, b) => a - b);
  return orders.map((order) => stages.filter((stage) => stage.order === order));
}

/** The roles that decide something about this request. */
function rolesOf(type: RequestType, request: Pick<Request, 'stages'>): readonly string[] {
  const ids = new Set(request.stages.map(({ id }) => id));
  const own = type.stages.filter(({ id }) => ids.has(id));
  return [...new Set(own.flatMap(({ who }) => ('roles' in who ? who.roles : [])))];
}
