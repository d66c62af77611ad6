import type { PersonId } from '../core/ports.ts';
import { ordersOf } from './circumstances.ts';
import { openClock } from './clocks.ts';
import type { Values } from './condition.ts';
import { type DecidingWorld, peopleIn, whoDecides } from './deciding.ts';
import { answersAsked } from './form.ts';
import type { Outlook, TrainingGate } from './form-page.ts';
import { type Routed, route } from './routing.ts';
import { whyPeople } from './rule-texts.ts';
import type { RequestType } from './type.ts';

// More names than this say less than the name of the group.
const mostNamed = 3;

/**
 * What will happen to a request that is sent now: the same rules that will carry it out, looked at beforehand.
 * @param now ms
 */
export function outlookOf(
  type: RequestType,
  form: {
    readonly answers: Values;
    readonly facts: Values;
    readonly requester: PersonId;
    /** Whom the requester named. */
    readonly manager?: PersonId;
  },
  now: number,
  world: DecidingWorld,
): Outlook {
  const answers = answersAsked(type, { ...form.facts, ...form.answers });
  const routed = route(type, answers, form.facts);
  const { requester, manager } = form;
  const subject = { requester, answers, ...(manager ? { manager } : {}) };
  const orders = ordersOf(
    type,
    routed.stages.map(({ id }) => id),
  );
  let promised = now;
  const stages = orders.flatMap((stagesNow) => {
    const from = promised;
    return stagesNow.map((stage) => {
      const { groups, ...panel } = whoDecides(stage, subject, world);
      const people = peopleIn({ ...panel, groups: groups.filter(({ isBeside }) => !isBeside) });
      promised = Math.max(promised, openClock(stage, peopleIn({ ...panel, groups }), from, world).due);
      return { name: stage.name, order: stage.order, people: people.length <= mostNamed ? people : [] };
    });
  });
  return {
    goes: goesOf(routed),
    stages,
    ...(stages.length > 0 ? { promised } : {}),
    because: routed.because,
    flags: routed.flags,
    unknown: routed.way.unknown,
    restricted: routed.restricted,
    asksManager:
      form.facts['requester.manager'] === 'no' && orders.flat().some(({ who }) => 'manager' in who && who.manager),
  };
}

/** The outlook with the words and the button of the training that is missing, where nothing else is. */
export function withTraining(outlook: Outlook, gate: TrainingGate | undefined): Outlook {
  const { training, notAdopted, unknown } = whyPeople;
  const { because } = outlook;
  const isAll = because.includes(training) && !because.includes(notAdopted) && !because.includes(unknown);
  if (!gate || !isAll) return outlook;
  return { ...outlook, because: because.filter((one) => one !== training), training: gate };
}

function goesOf({ way, stages }: Routed): Outlook['goes'] {
  if (way.level === 0) return 'unneeded';
  if (way.standing !== undefined) return 'covered';
  return stages.length === 0 ? 'passes' : 'people';
}
