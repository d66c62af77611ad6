import { type Judgment, judge, type Value, type Values } from './condition.ts';
import type { StageState, Way } from './request.ts';
import { whyPeople } from './rule-texts.ts';
import type { RequestType, Route, Words } from './type.ts';

/** How a request would go. */
export interface Routed {
  readonly way: Way;
  /** In the order in which they are asked; those with the same order at the same time. Empty when nobody is asked. */
  readonly stages: readonly StageState[];
  /** Red flags from answers and rules, to be read first. */
  readonly flags: readonly Words[];
  /** Why it goes this way, the route first. */
  readonly because: readonly Words[];
  readonly restricted: boolean;
}

/** Levels on which people decide begin here; below, a request passes by itself. */
const firstWithPeople = 3;
// Specialists, the board and the sponsor are asked each time: no standing approval was given in their place.
const lastCovered = 4;

/**
 * The way of a request: the first route that holds, lifted by every red flag.
 * A fact that is not known never helps: among the routes that may hold the strictest is taken, and nothing passes without
 * a person while anything that was looked at is unknown. Neither does it while the type is not adopted, a flag is up or the
 * training that the type asks for is not current. What may pass by a standing approval follows the same rules.
 * @param answers of the fields that are asked; see `answersAsked`
 * @param facts as named in `facts`; what is missing is unknown
 */
export function route(type: RequestType, answers: Values, facts: Values): Routed {
  const values = { ...answers, ...facts };
  const found = findRoute(type, values);
  const raises = type.raises.map((raise) => ({ raise, judged: judge(raise.when, values) }));
  const raised = raises.filter(({ judged }) => judged.is === 'yes').map(({ raise }) => raise);
  const unknown = new Set(found.unknown);
  for (const { judged } of raises) if (judged.is === 'unknown') for (const name of judged.unknown) unknown.add(name);
  const flags = [...flagsOf(type, answers), ...raised.map(({ because }) => because)];

  const restricted = type.restricted || raised.some((raise) => raise.restricted);
  const base = baseOf(type, found.route, values, raised.length > 0, unknown);
  const level = Math.max(base.level, ...raised.map((raise) => raise.level));
  const stages = new Set([...base.stages, ...raised.flatMap((raise) => raise.stages)]);
  return {
    way: {
      level,
      route: found.route.id,
      raises: raised.map(({ id }) => id),
      unknown: [...unknown],
      ...(base.automatic ? { automatic: base.automatic } : {}),
      ...(base.standing ? { standing: base.standing } : {}),
    },
    stages: inOrder(type, [...stages]).map(waitingStage),
    flags,
    because: [...base.because, ...raised.map(({ because }) => because)],
    restricted,
  };
}

/** A stage that was not asked yet. */
export function waitingStage(id: string): StageState {
  return { id, state: 'waiting', asked: [], votes: [], nudges: 0, escalated: false };
}

/** Ids of stages in the order in which they are asked; what the type does not know is left out. */
export function inOrder(type: RequestType, ids: readonly string[]): readonly string[] {
  return type.stages
    .filter(({ id }) => ids.includes(id))
    .toSorted((a, b) => a.order - b.order)
    .map(({ id }) => id);
}

/** The first route that surely holds, or a stricter one before it that may hold. */
function findRoute(type: RequestType, values: Values): { readonly route: Route; readonly unknown: readonly string[] } {
  const unknown: string[] = [];
  let strictest: Route | undefined;
  for (const one of type.routes) {
    const judged = judgeRoute(one, values);
    if (judged.is === 'no') continue;
    if (!strictest || one.level > strictest.level) strictest = one;
    if (judged.is === 'yes') return { route: strictest, unknown };
    unknown.push(...judged.unknown);
  }
  if (!strictest) throw new Error(`no route of ${type.id} holds; the lint asks for a last one without a condition`);
  return { route: strictest, unknown };
}

function judgeRoute({ when }: Route, values: Values): Judgment {
  return when ? judge(when, values) : { is: 'yes' };
}

interface Base {
  readonly level: number;
  readonly stages: readonly string[];
  readonly because: readonly Words[];
  readonly automatic?: string;
  readonly standing?: string;
}

/** The way before flags lift it. Adds to `unknown` what it had to look at. */
function baseOf(type: RequestType, found: Route, values: Values, isRaised: boolean, unknown: Set<string>): Base {
  const because = [found.because];
  const { automatic } = type;
  if (found.level === 0 && !isRaised && unknown.size === 0) return { level: 0, stages: [], because };

  const standing = found.level <= lastCovered ? standingOf(type, values, isRaised, unknown) : undefined;
  if (found.level === 1 && automatic) {
    const judged = judge(automatic.when, values);
    if (judged.is === 'unknown') for (const name of judged.unknown) unknown.add(name);
    const passes = mayPass(type, values, unknown) && judged.is === 'yes' && !isRaised && unknown.size === 0;
    if (passes) return { level: 1, stages: [], because: [...because, automatic.because], automatic: automatic.rule };
    if (standing) return { level: 2, stages: [], because, standing };
    return { ...automatic.otherwise, because: [...because, ...whyNot(type, values, unknown)] };
  }
  if (standing) return { level: 2, stages: [], because, standing };
  if (found.level >= 2) return { level: found.level, stages: found.stages, because };
  return withPeople(type, values, because);
}

/** The standing approval that covers the request. Its own facts count when it says yes; otherwise nobody relies on it. */
function standingOf(type: RequestType, values: Values, isRaised: boolean, unknown: Set<string>): string | undefined {
  if (type.standing.length === 0) return undefined;
  const { 'standing.covers': covers, 'standing.kind': kind, 'standing.id': id } = values;
  const isOfType = type.standing.some((one) => one === kind);
  if (covers !== 'yes' || typeof id !== 'string' || !isOfType || isRaised) return undefined;
  return mayPass(type, values, unknown) && unknown.size === 0 ? id : undefined;
}

/** What everything that passes without a person needs. Adds to `unknown` what it had to look at. */
function mayPass(type: RequestType, values: Values, unknown: Set<string>): boolean {
  const needed = ['type.adopted', ...(type.training ? ['training.current'] : [])];
  const open = needed.filter((name) => judge({ when: name, is: 'yes' }, values).is === 'unknown');
  for (const name of open) unknown.add(name);
  return needed.every((name) => values[name] === 'yes');
}

/** What the requester can do something about, or should know. */
function whyNot(type: RequestType, values: Values, unknown: ReadonlySet<string>): readonly Words[] {
  return [
    ...(values['type.adopted'] === 'no' ? [whyPeople.notAdopted] : []),
    ...(type.training && values['training.current'] === 'no' ? [whyPeople.training] : []),
    ...(unknown.size > 0 ? [whyPeople.unknown] : []),
  ];
}

/** Where a way without people is closed and the type says nothing else: the mildest route with people that may hold. */
function withPeople(type: RequestType, values: Values, because: readonly Words[]): Base {
  const { automatic } = type;
  const rest = type.routes
    .filter((one) => one.level >= firstWithPeople && judgeRoute(one, values).is !== 'no')
    .toSorted((a, b) => a.level - b.level)[0];
  if (rest) return { level: rest.level, stages: rest.stages, because };
  if (automatic) return { ...automatic.otherwise, because };
  throw new Error(`${type.id} has no way with people; the lint asks for one`);
}

/** Red flags that answers carry, in the order of the form. */
function flagsOf(type: RequestType, answers: Values): readonly Words[] {
  return type.fields.flatMap((field) => {
    const value = answers[field.id];
    const own = field.flag && value === 'yes' ? [field.flag] : [];
    const chosen = (field.choices ?? []).filter(({ id, flag }) => flag && includes(value, id));
    return [...own, ...chosen.flatMap(({ flag }) => (flag ? [flag] : []))];
  });
}

function includes(value: Value, id: string): boolean {
  return Array.isArray(value) ? value.includes(id) : value === id;
}
