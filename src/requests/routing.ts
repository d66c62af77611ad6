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
  const judged = type.raises.map((raise) => ({ raise, is: judge(raise.when, values) }));
  const raised = judged.filter(({ is }) => is.is === 'yes').map(({ raise }) => raise);
  const unjudged = judged.flatMap(({ is }) => (is.is === 'unknown' ? is.unknown : []));

  const base = baseOf(type, found.route, values, { raised: raised.length > 0, unjudged });
  const stages = new Set([...base.stages, ...raised.flatMap((raise) => raise.stages)]);
  return {
    way: {
      level: Math.max(base.level, ...raised.map((raise) => raise.level)),
      route: found.route.id,
      raises: raised.map(({ id }) => id),
      unknown: [...new Set([...found.unknown, ...unjudged, ...base.unknown])],
      ...(base.automatic ? { automatic: base.automatic } : {}),
      ...(base.standing ? { standing: base.standing } : {}),
    },
    stages: inOrder(type, [...stages]).map(waitingStage),
    flags: flagsOf(type, answers),
    because: [found.route.because, ...base.because, ...raised.map(({ because }) => because)],
    restricted: type.restricted || raised.some((raise) => raise.restricted),
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

/**
 * The first route that surely holds, or one before it that may hold and is stricter.
 * @returns with the facts that might have led to another level
 */
function findRoute(type: RequestType, values: Values): { readonly route: Route; readonly unknown: readonly string[] } {
  const open: { readonly route: Route; readonly unknown: readonly string[] }[] = [];
  for (const one of type.routes) {
    const judged = judgeRoute(one, values);
    if (judged.is === 'unknown') open.push({ route: one, unknown: judged.unknown });
    if (judged.is !== 'yes') continue;
    const others = open.filter(({ route: { level } }) => level !== one.level);
    const strictest = others.toSorted((a, b) => b.route.level - a.route.level)[0]?.route;
    const chosen = strictest && strictest.level > one.level ? strictest : one;
    return { route: chosen, unknown: others.flatMap(({ unknown }) => unknown) };
  }
  throw new Error(`no route of ${type.id} holds; the lint asks for a last one without a condition`);
}

function judgeRoute({ when }: Route, values: Values): Judgment {
  return when ? judge(when, values) : { is: 'yes' };
}

interface Base {
  readonly level: number;
  readonly stages: readonly string[];
  /** Why it goes to people though the route would have let it pass. */
  readonly because: readonly Words[];
  /** Facts that stood in the way of passing. */
  readonly unknown: readonly string[];
  readonly automatic?: string;
  readonly standing?: string;
}

/** What the flags say: whether one is up, and the facts that left others open. */
interface Flags {
  readonly raised: boolean;
  readonly unjudged: readonly string[];
}

/** The way before flags lift it. */
function baseOf(type: RequestType, found: Route, values: Values, flags: Flags): Base {
  const noFlag = !flags.raised && flags.unjudged.length === 0;
  if (found.level === 0 && noFlag) return { level: 0, stages: [], because: [], unknown: [] };

  const standing = found.level <= lastCovered && noFlag ? standingOf(type, values) : undefined;
  if (standing) return { level: 2, stages: [], because: [], unknown: [], standing };

  const { automatic } = type;
  if (found.level === 1 && automatic) {
    const rule = both(judge(automatic.when, values), whatPassingNeeds(type, values));
    if (rule.is === 'yes' && noFlag) {
      return { level: 1, stages: [], because: [automatic.because], unknown: [], automatic: automatic.rule };
    }
    const unknown = rule.is === 'unknown' ? rule.unknown : [];
    const isOpen = unknown.length + flags.unjudged.length > 0;
    return { ...automatic.otherwise, because: whyNot(type, values, isOpen), unknown };
  }
  if (found.level >= 2) return { level: found.level, stages: found.stages, because: [], unknown: [] };
  return { ...withPeople(type, values), because: [], unknown: [] };
}

/** The standing approval that covers the request, as far as that is known. */
function standingOf(type: RequestType, values: Values): string | undefined {
  const { 'standing.covers': covers, 'standing.kind': kind, 'standing.id': id } = values;
  const isOfType = type.standing.some((one) => one === kind);
  if (covers !== 'yes' || typeof id !== 'string' || !isOfType) return undefined;
  return whatPassingNeeds(type, values).is === 'yes' ? id : undefined;
}

/** What everything that passes without a person needs: an adopted type, and current training where the type asks for it. */
function whatPassingNeeds({ training }: RequestType, values: Values): Judgment {
  const needed = ['type.adopted', ...(training ? ['training.current'] : [])];
  return judge({ all: needed.map((when) => ({ when, is: 'yes' })) }, values);
}

/** Both hold; what is open in either one stays named even when the other says no. */
function both(a: Judgment, b: Judgment): Judgment {
  const unknown = [a, b].flatMap((one) => (one.is === 'unknown' ? one.unknown : []));
  if (unknown.length > 0) return { is: 'unknown', unknown };
  return { is: a.is === 'yes' && b.is === 'yes' ? 'yes' : 'no' };
}

/** What the requester can do something about, or should know. */
function whyNot(type: RequestType, values: Values, isOpen: boolean): readonly Words[] {
  return [
    ...(values['type.adopted'] === 'no' ? [whyPeople.notAdopted] : []),
    ...(type.training && values['training.current'] === 'no' ? [whyPeople.training] : []),
    ...(isOpen ? [whyPeople.unknown] : []),
  ];
}

/** Where a way without people is closed and the type says nothing else: the mildest route with people that may hold. */
export function withPeople(type: RequestType, values: Values): Pick<Route, 'level' | 'stages'> {
  const rest = type.routes
    .filter((one) => one.level >= firstWithPeople && judgeRoute(one, values).is !== 'no')
    .toSorted((a, b) => a.level - b.level)[0];
  const chosen = rest ?? type.automatic?.otherwise;
  if (!chosen) throw new Error(`${type.id} has no way with people; the lint asks for one`);
  return { level: chosen.level, stages: chosen.stages };
}

/** Red flags that answers carry, in the order of the form. */
export function flagsOf(type: RequestType, answers: Values): readonly Words[] {
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
