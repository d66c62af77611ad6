import { z } from 'zod';
import type { Collection } from '../core/ports.ts';

/** What the HR file says about a person. Managers by Slack member id or e-mail; dates are ISO dates, both days included. */
export const HrFacts = z.strictObject({
  manager: z.string().optional(),
  office: z.string().optional(),
  unit: z.string().optional(),
  entity: z.string().optional(),
  start: z.string().optional(),
  end: z.string().optional(),
  github: z.string().optional(),
});
export type HrFacts = z.infer<typeof HrFacts>;

/**
 * What the sources say about a person, each apart, under the Slack member id. What the bot works with is derived from
 * all records and the organization's file together, so a change of that file needs no new reading of Slack.
 */
export const PersonRecord = z.strictObject({
  slack: z.strictObject({
    name: z.string(),
    email: z.string().optional(),
    locale: z.string().optional(),
    zone: z.string().optional(),
    active: z.boolean(),
    guest: z.boolean(),
  }),
  /** Handles of user groups, without the @, sorted. */
  groups: z.array(z.string()),
  hr: HrFacts.optional(),
  /** Milliseconds since 1970 when the person was first seen to have left; absent while they are here. */
  goneSince: z.number().optional(),
  /** Milliseconds since 1970 when the person was first seen here; absent for those who were here before the bot. */
  hereSince: z.number().optional(),
});
export type PersonRecord = z.infer<typeof PersonRecord>;

/** All records by Slack member id. */
export type Records = ReadonlyMap<string, PersonRecord>;

const keepLeaverDays = 365;
/** How long a person is kept who has left, ms. */
export const keepLeaversMs = keepLeaverDays * 24 * 60 * 60_000;

export const personCollection: Collection<PersonRecord> = {
  name: 'person',
  schema: PersonRecord,
  shape: 1,
  index: (record) => (record.goneSince === undefined ? [] : [{ key: 'gone', at: record.goneSince }]),
  // Requests and answers of the last year still show who acted.
  retain: { days: keepLeaverDays, end: 'delete' },
  personal: ['slack.name', 'slack.email', 'hr.manager', 'hr.start', 'hr.end', 'hr.github'],
};
