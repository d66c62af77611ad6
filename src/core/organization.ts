import { z } from 'zod';
import type { ContentKind } from './content.ts';
import { checkShape } from './findings.ts';

/** Ids that people write in files: lower-case words joined by hyphens. */
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');
const slackPerson = z.string().regex(/^[UW][A-Z0-9]{5,}$/, 'a Slack member id like U012ABCDEF');
const slackChannel = z.string().regex(/^[CG][A-Z0-9]{5,}$/, 'a Slack channel id like C012ABCDEF');
const email = z.email();
const isoDate = z.iso.date();
const groupHandle = z.string().regex(/^@[a-z0-9._-]+$/, 'a user group handle like @ospo');

/** The same words in every language. */
const Words = z.strictObject({ en: z.string().min(1), 'zh-CN': z.string().min(1) });
/** A name, address or channel that needs no translation, or words that do. */
const Value = z.union([z.string().min(1), Words]);

const sentence = z.string().regex(/[.!?。！？]$/, 'a whole sentence with its full stop');
const Sentences = z.strictObject({ en: sentence, 'zh-CN': sentence });

/** A person, by Slack member id or e-mail. */
const Who = z.union([slackPerson, email], 'a Slack member id like U012ABCDEF, or an e-mail address');
/** Who holds a role: people, or everybody in a user group. */
const Holder = z.union(
  [slackPerson, email, groupHandle],
  'a Slack member id, an e-mail address, or a user group like @ospo',
);

/** Wall-clock time of a day, 24 hours. */
const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time like 09:00');
/** A stretch of a day. Working hours lie within one day; quiet hours may go over midnight. */
export const Hours = z.strictObject({ from: Time, to: Time });
export type Hours = z.infer<typeof Hours>;

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** An IANA time zone. */
export const Zone = z
  .string()
  .refine(isZone, { error: 'This is not a time zone.', params: { mend: 'Write one like Europe/Berlin.' } });

/** A day, or two days joined by a slash for all days from the first to the last. */
const Days = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(\/\d{4}-\d{2}-\d{2})?$/, 'a date like 2026-01-01, or 2026-01-01/2026-01-03')
  .refine((days) => days.split('/').every((day) => isoDate.safeParse(day).success), {
    error: 'This day does not exist.',
    params: { mend: 'Correct the date.' },
  });

/** What differs from the working week in one year, as published by the authority of the place. */
const Year = z.strictObject({
  holidays: z.array(Days).default([]),
  /** Weekend days that are worked to make up for a long holiday: China's adjusted working days. */
  worked: z.array(Days).default([]),
});

/** A place with its own clock and its own holidays. */
export const Office = z
  .strictObject({
    id,
    name: Words,
    /** IANA time zone. */
    zone: Zone,
    hours: Hours.default({ from: '09:00', to: '18:00' }),
    /** When the bot starts no conversation; may go over midnight. */
    quiet: Hours.default({ from: '18:30', to: '08:30' }),
    week: z.array(z.enum(weekdays)).min(1).default(['mon', 'tue', 'wed', 'thu', 'fri']),
    years: z.record(z.string().regex(/^\d{4}$/, 'a year like 2026'), Year).default({}),
  })
  .check((context) => {
    const { hours, years } = context.value;
    if (hours.from >= hours.to) {
      context.issues.push(issue(hours, ['hours'], 'Working hours end before they start.', 'Write from before to.'));
    }
    for (const [year, { holidays, worked }] of Object.entries(years)) {
      for (const days of [...holidays, ...worked]) {
        const ends = days.split('/');
        const [first = '', last = first] = ends;
        if (ends.some((day) => !day.startsWith(year)) || last < first) {
          const problem = `${days} is not inside ${year}, or ends before it starts.`;
          context.issues.push(issue(days, ['years', year], problem, 'Correct it or move it to its year.'));
        }
      }
    }
  });
export type Office = z.infer<typeof Office>;

/** What a person's profile and the HR file do not say, or say wrongly. Only what is written here replaces them. */
const Exception = z.strictObject({
  who: Who,
  manager: Who.optional(),
  office: id.optional(),
  unit: id.optional(),
  entity: id.optional(),
  github: z.string().min(1).optional(),
  active: z.boolean().optional(),
});

/** What the bot knows about the organization that runs it: `organization.yml`. */
export const Organization = z
  .strictObject({
    name: Value,
    ospo: z.strictObject({
      name: Words,
      /** Where people of the open source office take questions and requests. */
      channel: slackChannel.optional(),
      /** The role of the leader who stands behind the office. */
      sponsor: id.optional(),
      /** How to reach the office outside the bot, a whole sentence: `{{ospo.contact}}`. */
      contact: Sentences.optional(),
      /** Promises by name, each a whole sentence: `{{ospo.sla.component}}`. */
      sla: z.record(id, Sentences).default({}),
    }),
    /** Who holds which role; people may also be named by a user group. */
    roles: z.record(id, z.array(Holder)).default({}),
    offices: z.array(Office).min(1),
    units: z.array(z.strictObject({ id, name: Words })).default([]),
    /** Legal entities. */
    entities: z.array(z.strictObject({ id, name: Words })).default([]),
    /** Where the bot answers without being mentioned, and where not at all. Every other channel: mentions. */
    channels: z.record(slackChannel, z.enum(['mentions', 'questions', 'off'])).default({}),
    limits: z
      .strictObject({
        /** Changed lines up to which a contribution counts as small. 100 is the figure of Amazon's and Google's rules. */
        smallContributionLines: z.int().positive().default(100),
        /** Receivers from which an announcement needs a second lead. */
        wideAudience: z.int().positive().default(500),
        /** People from whom on a group is shown in numbers; smaller ones could point at a person. */
        smallestGroup: z.int().min(2).default(5),
        /** Messages that nobody asked for, to one person. */
        unaskedPerDay: z.int().positive().default(2),
        unaskedPerWeek: z.int().positive().default(5),
      })
      .prefault({}),
    /** How those who decide about requests are reached, and when they meet. */
    requests: z
      .strictObject({
        /** Channel in which a role is asked. Roles without one are asked by direct message, and so is whatever is confidential. */
        channels: z.record(id, slackChannel).default({}),
        /** When a role meets to decide: every so many days from the first date on. */
        meetings: z.record(id, z.strictObject({ first: isoDate, everyDays: z.int().positive() })).default({}),
      })
      .prefault({}),
    /** Addresses by name, bare or in a whole sentence: `{{links.policy}}`. */
    links: z.record(id, z.union([z.url({ protocol: /^https?$/ }), Sentences])).default({}),
    /** Where the other desks are found, by name: `{{desks.it}}`. */
    desks: z.record(id, Value).default({}),
    people: z.array(Exception).default([]),
  })
  .check((context) => {
    const { offices, units, entities, people, roles, ospo } = context.value;
    for (const [field, all] of Object.entries({ offices, units, entities })) {
      for (const twice of duplicates(all.map((one) => one.id))) {
        context.issues.push(issue(twice, [field], `${twice} is there twice.`, 'Give one of them another id.'));
      }
    }
    const ids = {
      office: new Set(offices.map((o) => o.id)),
      unit: new Set(units.map((u) => u.id)),
      entity: new Set(entities.map((e) => e.id)),
    };
    for (const [index, person] of people.entries()) {
      for (const field of ['office', 'unit', 'entity'] as const) {
        const named = person[field];
        if (named === undefined || ids[field].has(named)) continue;
        context.issues.push(
          issue(named, ['people', index, field], `There is no ${field} ${named}.`, 'Add it above or correct the id.'),
        );
      }
    }
    if (ospo.sponsor !== undefined && !Object.hasOwn(roles, ospo.sponsor)) {
      context.issues.push(
        issue(ospo.sponsor, ['ospo', 'sponsor'], `There is no role ${ospo.sponsor}.`, 'Add it to roles.'),
      );
    }
  });
export type Organization = z.infer<typeof Organization>;

/** `organization.yml` at the top of a layer. A later layer replaces it as a whole. */
export const organizationContent: ContentKind<Organization> = {
  name: 'organization',
  folder: '',
  match: 'yaml',
  file: 'organization.yml',
  parse(raw) {
    const checked = checkShape(Organization, raw.data, raw.file);
    return checked.findings ? { findings: checked.findings } : { item: checked.value, findings: [] };
  },
};

function issue(input: unknown, path: PropertyKey[], message: string, mend: string) {
  return { code: 'custom' as const, input, path, message, params: { mend } };
}

function duplicates(ids: readonly string[]): readonly string[] {
  return [...new Set(ids.filter((one, index) => ids.indexOf(one) !== index))];
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}
