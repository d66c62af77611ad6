import { momentIn } from '../core/dates.ts';
import { UserError } from '../core/errors.ts';
import { locales } from '../core/i18n.ts';
import type { AskedQuestions, StandsAt } from '../core/links.ts';
import type { Organization } from '../core/organization.ts';
import { type Doc, type Log, type Op, type People, type PersonId, put, type Say, type Store } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import { promise } from './deadline.ts';
import { cardSpots, mayAct, officeCalendar, waitedFor } from './desk.ts';
import { type Handoff, handoffs, hasCard, isActive, type Spot, threadKey } from './handoff.ts';
import { apply, begin, decide, type Move, type Refusal, reopenMs } from './moves.ts';
import { caseCopy, type Known, receiptCopy, refreshed, saidBecause, toldAsker } from './saying.ts';
import { texts } from './texts.ts';

export interface HandoffDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly people: People;
  organization(): Organization;
  readonly question: AskedQuestions;
  readonly standsAt: StandsAt;
  readonly log: Log;
}

/** A change that is ready to be committed. */
export interface Done {
  readonly handoff: Known;
  readonly ops: readonly Op[];
  readonly say: readonly Say[];
}

/** A question that is to go to a human. */
interface Asking {
  /** The form's draft, which becomes the id: a form sent twice asks once. */
  readonly draft: string;
  /** The question as asking kept it. */
  readonly question: string;
  readonly asker: PersonId;
  /** What the asker added. */
  readonly text: string;
  readonly restricted: boolean;
  /** Where the asker is told. */
  readonly where: Spot;
}

/** `nobody`: there is nobody whom it could go to, and nothing was done; `contact` is another way. `empty`: there is nothing to ask. */
type Asked =
  | (Done & { readonly kind: 'sent' })
  | { readonly kind: 'nobody'; readonly contact: Organization['ospo']['contact'] }
  | { readonly kind: 'empty' };

/** Bringing questions to people, and everything that follows. */
export interface Handoffs {
  /** Asks; what is with a human already is added to instead. */
  ask(asking: Asking): Promise<Asked>;
  /**
   * @param draft the form it came with: sent again, it changes nothing
   * @throws UserError when it is refused, saying who has the question and since when
   */
  move(id: string, actor: PersonId, move: Move, draft?: string): Promise<Done>;
  /** What an asker wrote in a thread; `undefined` when no human waits for it there. */
  continueInThread(person: PersonId, channel: string, thread: string, text: string): Promise<Done | undefined>;
  find(id: string): Promise<Known | undefined>;
  /** Where the thread of the card in the channel is; `undefined` when the card is not in a channel. */
  threadOf(handoff: Known): Promise<Spot | undefined>;
}

// What a stored question and a Slack text field hold.
const longest = 3_000;
// Somebody with more questions under way than this reads them on Home.
const mostLookedThrough = 20;

// What a person writes to end a conversation, and nothing else; to pass it on would open what is done.
const thanks =
  /^(ok(ay)?|great|perfect|cool|thanks?|thank you|thx|ty|cheers|so much|very much|a lot|got it|that helps|谢谢|多谢|感谢|谢了|好的|收到|明白了?|知道了|了解|辛苦了?|你|您|啦|[\s,.!~，。！～👍🙏])+$/iu;

export function createHandoffs(deps: HandoffDeps): Handoffs {
  const { store, clock, people } = deps;

  async function find(id: string): Promise<Doc<Handoff> | undefined> {
    const doc = await store.get(handoffs, id);
    return doc?.forgotten ? undefined : doc;
  }

  async function ask(asking: Asking): Promise<Asked> {
    const again = await find(asking.draft);
    if (again) return { kind: 'sent', handoff: again, ops: [], say: [] };

    const known = await underWay(asking);
    if (known) return { kind: 'sent', ...(await addTo(known, asking)) };

    const { draft, asker, restricted, where } = asking;
    const question = await questionOf(asking);
    if (!question) return { kind: 'empty' };
    const cards = cardSpots(people, deps.organization(), { restricted, asker });
    if (cards.length === 0) {
      deps.log.warn({ restricted }, 'a question has nobody to go to: set ospo.channel, or people for its roles');
      return { kind: 'nobody', contact: deps.organization().ospo.contact };
    }

    const now = clock.now();
    const deadline = promise(now, officeCalendar(deps.organization()));
    const opening = { asker, question, restricted, where, cards: [...cards] };
    const value = begin(opening, { kind: 'asked', at: now, by: asker, text: '', deadline });
    const handoff = { ...value, id: draft };
    return { kind: 'sent', handoff, ops: [put(handoffs, draft, value, 0)], say: refreshed(handoff) };
  }

  /** The same question of the same person at the same desk, if it is with a human or was until lately. */
  async function underWay({ question, asker, restricted }: Asking): Promise<Doc<Handoff> | undefined> {
    if (!question) return undefined;
    const key = `question:${question}`;
    const { docs } = await store.list(handoffs, { key, order: 'desc', limit: mostLookedThrough });
    const own = docs.filter((doc) => doc.asker === asker && doc.restricted === restricted);
    return own.find((doc) => isActive(doc) || clock.now() - doc.since <= reopenMs);
  }

  async function addTo(known: Doc<Handoff>, { asker, text, draft }: Asking): Promise<Done> {
    if (isActive(known) && !text) return { handoff: known, ops: [], say: [] };
    return change(known, asker, { kind: 'write', text }, { draft });
  }

  /** What was asked before and what was added to it, as one text. */
  async function questionOf({ question: id, asker, text }: Asking): Promise<Handoff['question'] | undefined> {
    const asked = id ? await deps.question(id) : undefined;
    const words = [asked?.text, text].filter(Boolean).join('\n\n').trim();
    if (!words) return undefined;
    const locale = asked?.locale ?? people.get(asker)?.locale ?? 'en';
    const kept = asked ? { id, outcome: asked.outcome, ...(asked.shown ? { shown: { ...asked.shown } } : {}) } : {};
    return { text: words.slice(0, longest).toWellFormed(), locale, ...kept };
  }

  async function move(id: string, actor: PersonId, wanted: Move, draft?: string): Promise<Done> {
    const doc = await find(id);
    if (!doc) throw new UserError({ en: texts.en.refused.gone, 'zh-CN': texts['zh-CN'].refused.gone });
    return change(doc, actor, wanted, draft ? { draft } : {});
  }

  async function change(
    doc: Doc<Handoff>,
    actor: PersonId,
    wanted: Move,
    how: { readonly draft?: string; readonly inThread?: Spot } = {},
  ): Promise<Done> {
    const { draft, inThread } = how;
    if (draft && doc.events.some((event) => 'draft' in event && event.draft === draft)) {
      return { handoff: doc, ops: [], say: [] };
    }
    const decision = decide(doc, wanted, {
      now: clock.now(),
      actor,
      mayAct: (id) => mayAct(people, doc, id),
      calendar: officeCalendar(deps.organization()),
      ...(draft ? { draft } : {}),
    });
    if (decision.refusal) throw refused(decision.refusal, actor);

    const value = withCard(apply(doc, decision.event));
    const handoff = { ...value, id: doc.id };
    const at = { waitedFor: waitedFor(people, handoff), thread: await threadOf(handoff) };
    return {
      handoff,
      ops: [put(handoffs, doc.id, value, doc.version)],
      say: [...refreshed(handoff), ...saidBecause(handoff, at, inThread)],
    };
  }

  /** Who is given a question by direct message gets its card; in a channel it stands already. */
  function withCard(handoff: Handoff): Handoff {
    const { holder, cards } = handoff;
    if (!holder || channelOf(handoff) || hasCard(handoff, holder)) return handoff;
    return { ...handoff, cards: [...cards, { person: holder }] };
  }

  async function threadOf(handoff: Known): Promise<Spot | undefined> {
    const channel = channelOf(handoff);
    if (!channel) return undefined;
    const card = await deps.standsAt(caseCopy(handoff.id, { channel }));
    return card ? { channel: card.channel, thread: card.ts } : { channel };
  }

  async function continueInThread(
    person: PersonId,
    channel: string,
    thread: string,
    text: string,
  ): Promise<Done | undefined> {
    const words = text.trim().slice(0, longest).toWellFormed();
    const doc = words ? await inThread(person, channel, thread) : undefined;
    if (!doc || isOver(doc)) return undefined;
    if (thanks.test(words)) return acknowledge(doc, person);
    return change(doc, person, { kind: 'write', text: words }, { inThread: { channel, thread } });
  }

  /** Thanks end what was answered, and say nothing new while somebody is still at it. */
  async function acknowledge(doc: Doc<Handoff>, person: PersonId): Promise<Done> {
    if (doc.state !== 'answered') return { handoff: doc, ops: [], say: [] };
    return change(doc, person, { kind: 'close', reason: 'helped', text: '' });
  }

  /** What the asker ended is over; what the office ended may be answered back for a week. */
  function isOver(handoff: Handoff): boolean {
    if (isActive(handoff)) return false;
    if (clock.now() - handoff.since > reopenMs) return true;
    const last = handoff.events.at(-1);
    return last?.kind === 'closed' && last.by === handoff.asker;
  }

  /** The latest question of the person that was asked, or told of, in this thread; one that is under way comes first. */
  async function inThread(person: PersonId, channel: string, thread: string): Promise<Doc<Handoff> | undefined> {
    const limit = mostLookedThrough;
    const here = await store.list(handoffs, { key: threadKey(channel, thread), order: 'desc', limit });
    const mine = here.docs.filter((doc) => doc.asker === person);
    if (mine.length > 0) return mine.find(isActive) ?? mine[0];

    const from = clock.now() - reopenMs * 2;
    const recent = await store.list(handoffs, { key: `asker:${person}`, from, order: 'desc', limit });
    const active = await store.list(handoffs, { key: `asking:${person}`, order: 'desc', limit });
    for (const doc of [...active.docs, ...recent.docs]) {
      if ('person' in doc.where && (await isToldIn(doc, channel, thread))) return doc;
    }
    return undefined;
  }

  /** Messages that went to a person start threads whose places only delivery knows. */
  async function isToldIn(handoff: Known, channel: string, thread: string): Promise<boolean> {
    const said = [receiptCopy(handoff), ...handoff.events.map((_, index) => toldAsker(handoff, index))];
    for (const say of said) {
      const at = await deps.standsAt(say);
      if (at?.channel === channel && at.ts === thread) return true;
    }
    return false;
  }

  function refused(refusal: Refusal, actor: PersonId): UserError {
    const zone = people.get(actor)?.zone ?? 'UTC';
    const [en, zh] = locales.map((locale) => {
      const at = (ms: number) => momentIn(ms, clock.now(), locale, zone);
      return wordsFor(refusal, texts[locale], (id) => people.get(id)?.name ?? texts[locale].somebody, at);
    });
    return new UserError({ en: en ?? '', 'zh-CN': zh ?? '' });
  }

  return { ask, move, continueInThread, find, threadOf };
}

/** The channel of the card, where it stands in one. */
export function channelOf({ cards: [first] }: Pick<Handoff, 'cards'>): string | undefined {
  return first && 'channel' in first ? first.channel : undefined;
}

function wordsFor(
  refusal: Refusal,
  words: (typeof texts)['en'],
  name: (id: PersonId) => string,
  at: (ms: number) => string,
): string {
  switch (refusal.why) {
    case 'held':
      return words.held(name(refusal.by), at(refusal.at));
    case 'yours_already':
      return words.yoursAlready(at(refusal.at));
    case 'answered':
      return words.alreadyAnswered(name(refusal.by), at(refusal.at));
    case 'closed':
      return words.alreadyClosed(name(refusal.by), at(refusal.at));
    case 'moved_on':
      return words.movedOn(at(refusal.at));
    case 'too_late':
      return words.tooLate(at(refusal.at));
    case 'cannot_take':
      return words.cannotTake(name(refusal.by));
    default:
      return words.refused[refusal.why];
  }
}
