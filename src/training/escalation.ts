import { z } from 'zod';
import type { Collection, PersonId } from '../core/ports.ts';

/** Which managers were told today that their people are late with a track; the id of the document is the track's. */
export const Escalation = z.strictObject({
  /** ISO date, UTC. */
  day: z.iso.date(),
  told: z.array(z.custom<PersonId>((value) => typeof value === 'string' && value !== '')),
});
export type Escalation = z.infer<typeof Escalation>;

export const escalations: Collection<Escalation> = {
  name: 'training_escalation',
  schema: Escalation,
  shape: 1,
  index: () => [],
  personal: ['told'],
};

// One commit takes a thousand operations, and a message is two of them.
const mostAtOnce = 300;

/** The managers who have not heard of it today, as many as one click tells. */
export function toTell(
  managers: readonly PersonId[],
  before: Escalation | undefined,
  day: string,
): { readonly now: readonly PersonId[]; readonly after: Escalation } {
  const told = before?.day === day ? before.told : [];
  const now = managers.filter((one) => !told.includes(one)).slice(0, mostAtOnce);
  return { now, after: { day, told: [...told, ...now] } };
}
