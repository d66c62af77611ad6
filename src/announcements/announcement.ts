import { z } from 'zod';
import { ties } from '../core/announcing.ts';
import { AuditHead, type AuditSubjects } from '../core/audit.ts';
import { locales } from '../core/i18n.ts';
import type { Collection, PersonId } from '../core/ports.ts';

const filled = z.string().min(1);
const person = z.custom<PersonId>((value) => typeof value === 'string' && value !== '');
const by = { at: z.number(), by: person };

/** Who may write, confirm and stop announcements. */
export const leadRole = 'ospo-lead';

/** What readers get in one language. The body is Markdown. */
export const Words = z.strictObject({ title: z.string().max(150), body: z.string().max(12_000) });
export type Words = z.infer<typeof Words>;

/**
 * One edition of the text: the first as long as it is a draft, one more for each change after it went out. Id: `textId`. A
 * collection of its own, since 12,000 characters in two languages and several editions would not fit into one document.
 */
export const AnnouncementText = z.strictObject({
  announcement: filled,
  edition: z.int().positive(),
  /** Absent: there is no text in that language, and its readers get the other one. */
  words: z.partialRecord(z.enum(locales), Words),
  picture: z.strictObject({ url: z.url({ protocol: /^https$/ }), alt: z.string().max(2_000) }).exactOptional(),
  links: z.array(z.strictObject({ label: filled.max(75), url: z.url({ protocol: /^https?$/ }) })).max(5),
  /** The button that asks the bot about it. */
  ask: z.boolean(),
  /** The button that opens this form of a request. */
  request: filled.exactOptional(),
  /** The article of the handbook that goes with it. */
  article: filled.exactOptional(),
  ...by,
});
export type AnnouncementText = z.infer<typeof AnnouncementText>;

/** Everybody who stands to a project like this. The name is as it was chosen: the same project may be written in several ways. */
const ProjectTie = z.strictObject({ tie: z.enum(ties), name: filled.max(150) });
export type ProjectTie = z.infer<typeof ProjectTie>;

/** Whom it is for. People named by several of these count once. */
export const Audience = z.strictObject({
  /** Every member who is neither guest, leaver nor bot, by direct message. */
  everybody: z.boolean(),
  /** Slack channel ids. */
  channels: z.array(filled).max(500),
  /** Roles of the organization; user groups as `@handle`. */
  roles: z.array(filled).max(100),
  offices: z.array(filled).max(100),
  units: z.array(filled).max(100),
  /** By what people do: names of `Doing` in core/links.ts. */
  doings: z.array(filled).max(20),
  /** By the projects that people work on; none where it is absent. */
  projects: z.array(ProjectTie).max(100).exactOptional(),
  /** Only people who read this language; everybody when absent. Channels are not narrowed. */
  locale: z.enum(locales).exactOptional(),
  /** Channels are called with `<!channel>`; only where the kind allows it. */
  callChannel: z.boolean(),
});
export type Audience = z.infer<typeof Audience>;

/** When it goes out: at a moment, or when the wall of each reader shows it. Now, where it is absent. */
export const Timing = z.union([
  z.strictObject({ kind: z.literal('moment'), at: z.number() }),
  /** Channels, and readers whose zone is unknown, count by the zone of the office. */
  z.strictObject({ kind: z.literal('local'), date: z.iso.date(), time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/) }),
]);
export type Timing = z.infer<typeof Timing>;

/** What was confirmed: how many it was said to go to. */
export const Numbers = z.strictObject({
  people: z.int().nonnegative(),
  channels: z.int().nonnegative(),
  /** Named, and left out for a reason that was shown. */
  left: z.int().nonnegative(),
});
export type Numbers = z.infer<typeof Numbers>;

/** Something that happened to an announcement once it was more than a draft being written. */
export const AnnouncementEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('begun'), ...by }),
  z.strictObject({ kind: z.literal('confirmed'), ...by, numbers: Numbers, wide: z.boolean() }),
  z.strictObject({ kind: z.literal('approved'), ...by, numbers: Numbers }),
  /** Back to a draft: by a second lead with a reason, by whoever edits it, or by the clock since nobody may send it. */
  z.strictObject({ kind: z.literal('returned'), ...by, text: z.string().max(3_000) }),
  z.strictObject({ kind: z.literal('halted'), at: z.number(), why: z.enum(['no_lead', 'nobody']) }),
  z.strictObject({ kind: z.literal('started'), at: z.number() }),
  /** All rows are there. */
  z.strictObject({ kind: z.literal('expanded'), at: z.number() }),
  /** Nothing waits any more: everything is sent, failed or unknown. */
  z.strictObject({ kind: z.literal('finished'), at: z.number() }),
  z.strictObject({ kind: z.literal('cancelled'), ...by }),
  z.strictObject({ kind: z.literal('revised'), ...by, edition: z.int().positive(), anew: z.boolean() }),
  z.strictObject({ kind: z.literal('retried'), ...by }),
  z.strictObject({ kind: z.literal('retracting'), ...by, text: z.string().max(3_000) }),
  z.strictObject({ kind: z.literal('retracted'), at: z.number() }),
]);
export type AnnouncementEvent = z.infer<typeof AnnouncementEvent>;

export const AnnouncementState = z.enum([
  'draft',
  'review',
  'scheduled',
  'expanding',
  'sending',
  'sent',
  'cancelled',
  'retracting',
  'retracted',
]);
export type AnnouncementState = z.infer<typeof AnnouncementState>;

/**
 * What delivery goes through row by row: which rows, and how far it is. Set by a move, cleared when it is through.
 * `leave`: it was cancelled; rows that wait become `left`.
 */
export const Work = z.strictObject({
  task: z.enum(['expand', 'revise', 'retry', 'retract', 'leave']),
  /** Of `expand`: id of the last row that is there; empty before the first. */
  after: z.string(),
});
export type Work = z.infer<typeof Work>;

/** An announcement; its words are in `texts` of its `edition`. Everything from `state` to `wakeAt` follows from `events` and the clock. */
export const Announcement = z.strictObject({
  /** Kind of announcement, by its id in `data/announcements`. */
  kind: filled,
  author: person,
  /** For lists: the title of its edition. */
  titles: z.partialRecord(z.enum(locales), z.string()),
  audience: Audience,
  timing: Timing.exactOptional(),
  /** Grows with every change of text, audience or timing: what was previewed is what is confirmed. */
  revision: z.int().positive(),
  /** The edition that readers get. */
  edition: z.int().positive(),
  /** The first edition whose confirmation still counts: a correction of a comma asks nobody to read again. */
  confirmFrom: z.int().positive(),
  /** Readers whose budget of unasked messages is spent get it on Home and with their digest only. */
  spare: z.literal(true).exactOptional(),
  /** Slack could not load the picture: it is left out from then on. */
  pictureGone: z.literal(true).exactOptional(),
  state: AnnouncementState,
  since: z.number(),
  /** Who confirmed, and the second lead. */
  confirmedBy: person.exactOptional(),
  approvedBy: person.exactOptional(),
  numbers: Numbers.exactOptional(),
  /** When the first row may go out, ms: from `started`. */
  sentAt: z.number().exactOptional(),
  work: Work.exactOptional(),
  /** When the card that shows how far delivery is was last called for, ms. */
  drawnAt: z.number().exactOptional(),
  /** When the clock wants attention, ms. */
  wakeAt: z.number().nullable(),
  events: z.array(AnnouncementEvent).min(1),
  /** How many had confirmed when its time was over: who they were is not kept. */
  readers: z.int().nonnegative().exactOptional(),
  /** Its time is over: people are pseudonyms, and reasons are gone. */
  forgotten: z.literal(true).exactOptional(),
  audit: AuditHead.exactOptional(),
});
export type Announcement = z.infer<typeof Announcement>;
export type Known = Announcement & { readonly id: string };

/**
 * One place where it goes: a person's conversation with us, or a channel. Id: `targetId`.
 * `waiting`: its turn has not come. `queued`: on its way, handed to the outbox. `quiet`: no message of its own; it is on the
 * reader's Home and in their digest. `covered`: no message of its own either; its reader is in a channel that gets it. `left`:
 * cancelled before its turn came.
 */
export const Target = z.strictObject({
  announcement: filled,
  target: z.union([z.strictObject({ person }), z.strictObject({ channel: filled })]),
  state: z.enum(['waiting', 'queued', 'sent', 'failed', 'unknown', 'quiet', 'covered', 'left', 'retracted']),
  /** Of `covered`: the channel. */
  by: filled.exactOptional(),
  /** Not before, ms: the reader's own morning. */
  from: z.number(),
  /** Slack's code, or ours, for why it failed. */
  reason: z.string().exactOptional(),
  /** The edition that stands there; 0 = none yet. */
  shown: z.int().nonnegative(),
  posted: z.strictObject({ channel: filled, ts: filled }).exactOptional(),
  /** When it was sent first, ms. */
  sentAt: z.number().exactOptional(),
  /** When `state` or `shown` last changed, ms. */
  since: z.number(),
});
export type Target = z.infer<typeof Target>;

/** `A-` and 12 letters and digits. */
export function announcementId(random: string): string {
  return `A-${random}`;
}

export function textId(announcement: string, edition: number): string {
  return `${announcement}/${String(edition).padStart(4, '0')}`;
}

/** @param target Slack's id of the person or channel: their first letters differ */
export function targetId(announcement: string, target: string): string {
  return `${announcement}/${target}`;
}

/** The chain of everything that happened to an announcement. */
export function announcementSubject(id: string): string {
  return `announcement/${id}`;
}

/**
 * Index key of the rows of an announcement, in the order of their ids, or of those in one state: those that wait in the order in
 * which their time comes, all others in the order in which they came there.
 */
export function rowsKey(announcement: string, state?: Target['state']): string {
  return state ? `${announcement}:${state}` : announcement;
}

/** Index key of the rows that stand with an edition. */
export function shownKey(announcement: string, edition: number): string {
  return `${announcement}:sent:${edition}`;
}

/** Index key of the rows whose message is being changed or removed. */
export function changingKey(announcement: string): string {
  return `${announcement}:changing`;
}

/** Index key of the rows of those who have it from a channel. */
export function coveredKey(announcement: string, channel: string): string {
  return `${announcement}:covered:${channel}`;
}

/** Index key of the rows of an announcement by when they were sent. */
export function sentKey(announcement: string): string {
  return `${announcement}@`;
}

/** When it began, ms. */
function begunAt({ events }: Pick<Announcement, 'events'>): number {
  return events[0]?.at ?? 0;
}

const openStates: ReadonlySet<AnnouncementState> = new Set(['draft', 'review', 'scheduled', 'expanding', 'sending']);
const outStates: ReadonlySet<AnnouncementState> = new Set(['expanding', 'sending', 'sent']);

/** It stands with readers, or is on its way to them. */
export function isOut({ state }: Pick<Announcement, 'state'>): boolean {
  return outStates.has(state);
}

const dayMs = 24 * 60 * 60_000;
/** Ten years. */
export const keepDays = 3_653;

/** When its time is over, ms: so long after the last thing that happened to it. */
export function forgetAt({ events }: Pick<Announcement, 'events'>): number {
  return (events.at(-1)?.at ?? 0) + keepDays * dayMs;
}

/** Kept ten years: whether people were told of a rule, and when, is asked for in audits and in disputes. Then the people go. */
export const announcements: Collection<Announcement> = {
  name: 'announcement',
  schema: Announcement,
  shape: 1,
  index(announcement) {
    const at = announcement.sentAt ?? begunAt(announcement);
    const { state, kind, forgotten } = announcement;
    if (forgotten) return [{ key: 'all', at }];
    return [
      { key: 'all', at },
      { key: `kind:${kind}`, at },
      ...(openStates.has(state) ? [{ key: 'open', at: begunAt(announcement) }] : []),
      ...(isOut(announcement) ? [{ key: 'out', at }] : []),
    ];
  },
  due: (announcement) => (announcement.forgotten ? null : (announcement.wakeAt ?? forgetAt(announcement))),
  retain: { days: keepDays, end: 'pseudonymize' },
  personal: ['author', 'confirmedBy', 'approvedBy', 'events.by', 'events.text'],
};

/** Kept for good, as the words of the organization; after ten years without whoever wrote them. */
export const announcementTexts: Collection<AnnouncementText> = {
  name: 'announcement_text',
  schema: AnnouncementText,
  shape: 1,
  index: ({ announcement, edition }) => [{ key: announcement, at: edition }],
  retain: { days: keepDays, end: 'pseudonymize' },
  personal: ['by'],
};

const targetDays = 400;

/** Kept as long as what was said may be changed or withdrawn: 13 months. The counts stay with the announcement. */
export const targets: Collection<Target> = {
  name: 'announcement_target',
  schema: Target,
  shape: 1,
  index(row) {
    const { announcement, target, state, by, shown, posted, since } = row;
    return [
      { key: rowsKey(announcement) },
      { key: rowsKey(announcement, state), at: state === 'waiting' ? row.from : since },
      ...(state === 'sent' ? [{ key: shownKey(announcement, shown), at: since }] : []),
      ...(state === 'covered' && by ? [{ key: coveredKey(announcement, by) }] : []),
      ...(state === 'queued' && posted ? [{ key: changingKey(announcement) }] : []),
      ...(row.sentAt === undefined ? [] : [{ key: sentKey(announcement), at: row.sentAt }]),
      ...('person' in target ? [{ key: `reader:${target.person}`, at: row.sentAt ?? row.from }] : []),
    ];
  },
  due: ({ since }) => since + targetDays * dayMs,
  retain: { days: targetDays, end: 'delete' },
  personal: ['target.person', 'posted'],
};

export const announcementAudit: AuditSubjects<Announcement> = {
  collection: announcements,
  // A draft that nobody confirmed has no chain.
  subjectOf: ({ id, audit }) => (audit ? announcementSubject(id) : undefined),
  headOf: ({ audit }) => audit,
};
