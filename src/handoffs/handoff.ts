import { z } from 'zod';
import { locales } from '../core/i18n.ts';
import type { Collection, PersonId } from '../core/ports.ts';

const filled = z.string().min(1);
const person = z.custom<PersonId>((value) => typeof value === 'string' && value !== '');
/** What a person wrote: as long as a Slack text field takes. */
const words = z.string().max(3_000);

/** A conversation, a thread in it, or a person's conversation with us. */
export const Spot = z.union([
  z.strictObject({ channel: filled, thread: filled.exactOptional() }),
  z.strictObject({ person }),
]);
export type Spot = z.infer<typeof Spot>;

/** When the office is reminded and when it is late, ms. */
export const Deadline = z.strictObject({ nudgeAt: z.number(), due: z.number() });
export type Deadline = z.infer<typeof Deadline>;

/** What is left of a deadline while the clock stands, in ms of working time. */
export const Rest = z.strictObject({ nudge: z.number(), due: z.number() });
export type Rest = z.infer<typeof Rest>;

/** Why a question ended without, or after, an answer; the asker has the first two. */
export const Reason = z.enum(['helped', 'withdrawn', 'duplicate', 'elsewhere', 'unneeded']);
export type Reason = z.infer<typeof Reason>;

const moved = { at: z.number(), by: person, draft: filled.exactOptional() };

/** Something that happened to a question; `draft` names the form it came with, so that a form sent twice counts once. */
export const HandoffEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('asked'), ...moved, text: words, deadline: Deadline }),
  z.strictObject({ kind: z.literal('claimed'), ...moved }),
  /** Without `to` it is everybody's again. */
  z.strictObject({ kind: z.literal('handed'), ...moved, to: person.exactOptional(), text: words }),
  z.strictObject({ kind: z.literal('answered'), ...moved, text: words }),
  /** The office asks back: the clock stands until the asker writes. */
  z.strictObject({ kind: z.literal('queried'), ...moved, text: words, rest: Rest }),
  /** With `deadline` the clock that stood runs again. */
  z.strictObject({ kind: z.literal('added'), ...moved, text: words, deadline: Deadline.exactOptional() }),
  /** Without `holder` nobody is left who had it. */
  z.strictObject({
    kind: z.literal('reopened'),
    ...moved,
    text: words,
    deadline: Deadline,
    holder: person.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('closed'), ...moved, reason: Reason, text: words }),
  z.strictObject({ kind: z.literal('nudged'), at: z.number() }),
  z.strictObject({ kind: z.literal('escalated'), at: z.number(), to: z.array(person) }),
]);
export type HandoffEvent = z.infer<typeof HandoffEvent>;

/** A question that went to a human. Everything from `state` to `escalated` follows from `events`. */
export const Handoff = z.strictObject({
  asker: person,
  question: z.strictObject({
    /** As asking kept it, when it came from there. */
    id: filled.exactOptional(),
    text: words,
    locale: z.enum(locales),
    outcome: z.enum(['answer', 'choices', 'unknown', 'help']).exactOptional(),
    /** What the bot had answered. */
    shown: z.strictObject({ id: filled, title: filled }).exactOptional(),
  }),
  /** Seen by legal and compliance only. */
  restricted: z.boolean(),
  /** Where the asker is told. */
  where: Spot,
  /** Where the card of those who answer stands. */
  cards: z.array(Spot).min(1),
  state: z.enum(['open', 'claimed', 'answered', 'closed']),
  /** Who has it, or had it last: always in `claimed` and `answered`, never in `open`. */
  holder: person.exactOptional(),
  /** When state or holder last changed, ms. */
  since: z.number(),
  /** Grows by one each time the asker opens it again. */
  round: z.int().positive(),
  /** The promise of this round; kept after its end, for the numbers. */
  deadline: Deadline,
  /** There while the office waits for the asker. */
  rest: Rest.exactOptional(),
  nudged: z.boolean(),
  escalated: z.boolean(),
  /** When the clock wants attention, ms. */
  wakeAt: z.number().nullable(),
  events: z.array(HandoffEvent).min(1),
  /** Its time is over: words and people are gone, and people in it are pseudonyms. */
  forgotten: z.literal(true).exactOptional(),
});
export type Handoff = z.infer<typeof Handoff>;

/** Which desk it is on: everybody in the office sees one, legal and compliance the other. */
export function deskOf(handoff: Pick<Handoff, 'restricted'>): 'office' | 'restricted' {
  return handoff.restricted ? 'restricted' : 'office';
}

/** The office owes something: it is open or claimed. */
export function isActive(handoff: Pick<Handoff, 'state'>): boolean {
  return handoff.state === 'open' || handoff.state === 'claimed';
}

/** Whether a person has a card of their own, by direct message. */
export function hasCard({ cards }: Pick<Handoff, 'cards'>, id: PersonId): boolean {
  return cards.some((spot) => 'person' in spot && spot.person === id);
}

/** When it is to be forgotten, if nothing more happens to it, ms. */
export function forgetAt({ events }: Pick<Handoff, 'events'>): number {
  return (events.at(-1)?.at ?? 0) + keepDays * dayMs;
}

/** When it was asked, ms. */
export function askedAt(handoff: Pick<Handoff, 'events'>): number {
  return handoff.events[0]?.at ?? 0;
}

const dayMs = 24 * 60 * 60_000;
const keepDays = 400;

/**
 * Kept 13 months, so that a year's times to answer can be compared with the year before, and a person can still show
 * what they were told. Then the words and the people go and the times stay.
 */
export const handoffs: Collection<Handoff> = {
  name: 'handoff',
  schema: Handoff,
  shape: 1,
  index(handoff) {
    const at = askedAt(handoff);
    const { asker, state, holder, where, question } = handoff;
    if (handoff.forgotten) return [{ key: `state:${state}`, at }];
    return [
      { key: `state:${state}`, at },
      { key: `asker:${asker}`, at },
      ...(isActive(handoff) ? [{ key: `asking:${asker}`, at }] : []),
      ...(state === 'open' ? [{ key: `desk:${deskOf(handoff)}`, at }] : []),
      ...(state === 'claimed' && holder ? [{ key: `holder:${holder}`, at }] : []),
      ...(question.id ? [{ key: `question:${question.id}`, at }] : []),
      ...('thread' in where && where.thread ? [{ key: threadKey(where.channel, where.thread), at }] : []),
    ];
  },
  due: (handoff) => (handoff.forgotten ? null : (handoff.wakeAt ?? forgetAt(handoff))),
  retain: { days: keepDays, end: 'pseudonymize' },
  personal: [
    'asker',
    'holder',
    'question.id',
    'question.text',
    'where',
    'cards',
    'events.by',
    'events.draft',
    'events.to',
    'events.holder',
    'events.text',
  ],
};

/** Finds what was asked in a thread. */
export function threadKey(channel: string, thread: string): string {
  return `thread:${channel}:${thread}`;
}
