import { z } from 'zod';
import type { Collection, PersonId } from '../core/ports.ts';
import { keepDays } from './announcement.ts';

const filled = z.string().min(1);
const person = z.custom<PersonId>((value) => typeof value === 'string' && value !== '');

/** "I have read this." Id: `readId`. Written again for a later edition that asks for it. */
export const Reading = z.strictObject({
  announcement: filled,
  person,
  edition: z.int().positive(),
  at: z.number(),
  /** The unit of the moment: counts do not move when somebody changes jobs. */
  unit: z.string().exactOptional(),
});
export type Reading = z.infer<typeof Reading>;

export function readId(announcement: string, reader: PersonId): string {
  return `${announcement}/${reader}`;
}

/** Kept as long as the announcement has its people: who confirmed what is what an auditor asks for. Then only how many stays. */
export const readings: Collection<Reading> = {
  name: 'announcement_reading',
  schema: Reading,
  shape: 1,
  index: ({ announcement, person, at, unit }) => [
    { key: announcement, at },
    { key: `reader:${person}`, at },
    ...(unit ? [{ key: `${announcement}:${unit}`, at }] : []),
  ],
  retain: { days: keepDays, end: 'delete' },
  personal: ['person', 'unit'],
};
