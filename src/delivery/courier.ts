import { Conflict } from '../core/errors.ts';
import type { Locale } from '../core/i18n.ts';
import { randomId } from '../core/ids.ts';
import {
  type Collection,
  type Doc,
  type Log,
  type Mailing,
  type Messenger,
  MessengerError,
  type Op,
  type People,
  type Place,
  type Posted,
  put,
  type Rendered,
  remove,
  type ShowCard,
  type Store,
} from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Bucket, Budget } from './budget.ts';
import {
  begin,
  callMs,
  deliver,
  drop,
  type Entry,
  fail,
  leaveToOperator,
  lookLater,
  outcomeOf,
  putOff,
  replace,
  retry,
  sendAgain,
  stepOf,
  stumble,
} from './entry.ts';
import { within } from './limit.ts';
import { refusalOf } from './refusal.ts';

/** What every lane delivers with. */
export interface CourierDeps {
  readonly store: Store;
  readonly messenger: Messenger;
  readonly clock: Clock;
  readonly log: Log;
  readonly budget: Budget;
  /** How each card is drawn, by its name. */
  readonly cards: Readonly<Record<string, ShowCard>>;
  /** Who keeps the lists of mailings, by the name of the card. */
  readonly mailings: Readonly<Record<string, Mailing>>;
  /** What follows when Slack refused a card at a place for good: operations for the commit that notes it. */
  readonly refused?: (card: string, subject: string, place: Place) => Promise<readonly Op[]>;
  readonly people: People;
  /** The language of channels, where no single person reads. */
  readonly locale: Locale;
}

/** What a lane delivers, and what it spends on it. */
export interface Route {
  readonly collection: Collection<Entry>;
  readonly lane?: 'answers';
  readonly buckets: Readonly<Record<CallStep | 'find', Bucket>>;
  /** Lets every other lane go first. */
  readonly patient?: true;
}

/** Takes an entry one step further. */
export interface Courier {
  /**
   * @param ahead how many others stand in line, for the budget
   * @param signal stops waiting for a turn; a call that has begun is finished
   * @returns when to come back to the same entry at the earliest (ms), or undefined when there is nothing more to do
   * @throws what the store throws; the entry is then found again when its lease is over
   */
  advance(id: string, ahead: number, signal: AbortSignal): Promise<number | undefined>;
}

// Clocks differ: Slack may stamp a message with a time before the one at which we began.
const clocksDifferMs = 10 * 60_000;
// Looking reads pages; nothing waits for it, it only must not hang for ever.
const lookMs = 60_000;
const drawMs = 10_000;
// Until the operator has mended the token, one attempt a minute shows whether it works again.
const mendMs = 60_000;
const shortestPauseMs = 1_000;
// Three answers lost in a row are an outage: every further call would only add a message to look for.
const outageAfter = 3;
const outageMs = 30_000;

type CallStep = 'post' | 'update';

/** One call to Slack; where the message stands then. */
type Deed = () => Promise<Posted>;

/** The verdict on a call, applied to the entry as it is by then; undefined leaves it as it is. */
type Verdict = (entry: Entry) => Entry | undefined;

export function createCourier(deps: CourierDeps, route: Route): Courier {
  const { store, messenger, clock, log, budget } = deps;
  const { collection, buckets } = route;
  let lostInARow = 0;
  let isProbing = false;

  /** The entry, if it still wants attention: while we waited, somebody else may have been quicker. */
  async function read(id: string): Promise<Doc<Entry> | undefined> {
    const entry = await store.get(collection, id);
    const due = entry && collection.due?.(entry);
    return typeof due === 'number' && due <= clock.now() ? entry : undefined;
  }

  /** @returns undefined when done, or that the entry changed meanwhile and is to be read again now */
  async function commit(entry: Doc<Entry>, value: Entry, ops: readonly Op[] = []): Promise<number | undefined> {
    try {
      await store.commit([...(await writesOf(entry, value)), ...ops]);
      return undefined;
    } catch (error) {
      if (error instanceof Conflict) return clock.now();
      throw error;
    }
  }

  /** What is listed ends with its outcome, in the commit that writes it into the list. */
  async function writesOf(entry: Doc<Entry>, value: Entry): Promise<readonly Op[]> {
    const outcome = value.listed && outcomeOf(value);
    if (!outcome) return [put(collection, entry.id, value, entry.version), ...(await insteadOf(entry, value))];
    const ops = await deps.mailings[value.card]?.settle(entry.id, outcome, clock.now());
    return [remove(collection, entry), ...(ops ?? [])];
  }

  /** What its feature does where a card cannot stand; a mistake there must not keep us from noting that. */
  async function insteadOf(entry: Doc<Entry>, { state, card, subject, place }: Entry): Promise<readonly Op[]> {
    if (state !== 'failed' || !deps.refused || 'group' in place) return [];
    try {
      const ops = await deps.refused(card, subject, place);
      return ops.filter((op) => op.in !== collection || op.id !== entry.id);
    } catch (error) {
      const reference = randomId(6);
      log.error(
        { reference, collection: collection.name, id: entry.id, card, err: error },
        'nothing follows a refusal',
      );
      return [];
    }
  }

  /** In an outage one call at a time finds out whether it is over: every further one would be one more to look for. */
  async function send(entry: Doc<Entry>, step: CallStep): Promise<number | undefined> {
    if (lostInARow < outageAfter) return sendNow(entry, step);
    if (isProbing) return clock.now() + outageMs;
    isProbing = true;
    try {
      return await sendNow(entry, step);
    } finally {
      isProbing = false;
    }
  }

  async function sendNow(entry: Doc<Entry>, step: CallStep): Promise<number | undefined> {
    const channel = step === 'post' ? await budget.channel(entry.place) : undefined;
    if (channel && channel.freeAt > clock.now()) return channel.freeAt;

    const deed = await prepare(entry);
    if (deed === 'broken') return commit(entry, stumble(entry, clock.now()));
    if (deed === 'gone') return commit(entry, drop(entry));

    const now = clock.now();
    const sending = begin(entry, now);
    const again = await commit(entry, sending, channel ? [channel.take(now)] : []);
    if (again !== undefined) return again;

    const verdict = await call(entry.id, deed, step);
    await settle(entry.id, sending.leaseUntil, verdict);
    return undefined;
  }

  /** The call with everything that it takes. */
  async function prepare(entry: Doc<Entry>): Promise<Deed | 'gone' | 'broken'> {
    const { place, at, deliveryId } = entry;
    const rendered = await draw(entry);
    if (typeof rendered === 'string') return rendered;
    if (at) return () => messenger.update({ at, rendered, deliveryId }).then(() => at);
    return () => messenger.post({ place, rendered, deliveryId, ...(route.lane ? { lane: route.lane } : {}) });
  }

  async function draw(entry: Doc<Entry>): Promise<Rendered | 'gone' | 'broken'> {
    const { card, subject, place } = entry;
    const viewer = 'person' in place ? deps.people.get(place.person) : undefined;
    try {
      const show = deps.cards[card];
      if (!show) throw new Error(`there is no card named ${card}`);
      const drawing = show(subject, viewer, viewer?.locale ?? deps.locale);
      return (await within(clock, drawMs, drawing, () => new Error('drawing took too long'))) ?? 'gone';
    } catch (error) {
      const reference = randomId(6);
      log.error({ reference, collection: collection.name, id: entry.id, card, err: error }, 'a card cannot be drawn');
      return 'broken';
    }
  }

  async function call(id: string, deed: Deed, step: CallStep): Promise<Verdict> {
    try {
      const at = await within(clock, callMs, deed(), () => new MessengerError('lost', 'timeout'));
      lostInARow = 0;
      return (current) => deliver(current, at, clock.now());
    } catch (error) {
      return judge(id, expected(error), step);
    }
  }

  /** What a messenger throws against its contract is a bug in it, and nobody knows what it did. */
  function expected(error: unknown): MessengerError {
    if (error instanceof MessengerError) return error;
    const reference = randomId(6);
    log.error({ reference, collection: collection.name, err: error }, 'a call to Slack broke its contract');
    return new MessengerError('lost', 'unexpected', 0, error);
  }

  async function judge(id: string, error: MessengerError, step: CallStep): Promise<Verdict> {
    const { kind, code } = error;
    if (kind === 'limited') return hush(buckets[step], error.retryAfterMs, code);
    if (kind !== 'refused') return lose(code, step);

    switch (refusalOf(code)) {
      case 'later':
        return (entry) => retry(entry, clock.now(), code);
      case 'perhaps':
        return lose(code, step);
      case 'bot':
        log.error({ code }, 'Slack refuses the bot itself; nothing is sent until its token works again');
        return hush(buckets[step], mendMs, code);
      case 'gone':
        // A card is posted anew; of what is listed somebody else decides.
        return (entry) =>
          step === 'update' && !entry.listed ? replace(entry, randomId(), clock.now()) : fail(entry, code);
      case 'message':
        log.warn({ collection: collection.name, id, code }, 'Slack refused a message for good');
        return (entry) => fail(entry, code);
    }
  }

  async function hush(bucket: Bucket, ms: number, code: string): Promise<Verdict> {
    const pauseMs = Math.max(ms, shortestPauseMs);
    await budget.pause(bucket, pauseMs);
    return (entry) => putOff(entry, clock.now() + pauseMs, code);
  }

  /** Nobody knows: an update may be repeated, a post stays `sending` until it can be looked for. */
  async function lose(code: string, step: CallStep): Promise<Verdict> {
    lostInARow += 1;
    if (lostInARow >= outageAfter) await budget.pause(buckets[step], outageMs);
    return (entry) => (step === 'update' ? retry(entry, clock.now(), code) : undefined);
  }

  /** Whether it was called off before its turn; what may have been posted is looked for first. */
  async function isCalledOff({ id, card, listed }: Doc<Entry>, step: CallStep | 'look'): Promise<boolean> {
    if (!listed || step === 'look') return false;
    return (await deps.mailings[card]?.isWanted(id)) === false;
  }

  /** Writes the verdict into the entry as it is now: its subject may have called for it again meanwhile. */
  async function settle(id: string, leaseUntil: number, verdict: Verdict): Promise<void> {
    for (;;) {
      const entry = await store.get(collection, id);
      if (entry?.state !== 'sending' || entry.leaseUntil !== leaseUntil) {
        log.warn({ collection: collection.name, id }, 'a call took so long that its message was given to another');
        return;
      }
      const value = verdict(entry);
      if (!value || (await commit(entry, value)) === undefined) return;
    }
  }

  /** Was the message posted by a call that nobody heard of again? */
  async function look(entry: Doc<Entry>): Promise<number | undefined> {
    const { place, deliveryId, firstAt = clocksDifferMs } = entry;
    try {
      const search = messenger.find({ place, deliveryId, oldest: firstAt - clocksDifferMs });
      const at = await within(clock, lookMs, search, () => new MessengerError('lost', 'timeout'));
      return commit(entry, at ? deliver(entry, at, clock.now()) : sendAgain(entry, clock.now()));
    } catch (error) {
      if (!(error instanceof MessengerError)) throw error;
      return lookAgain(entry, error);
    }
  }

  async function lookAgain(entry: Doc<Entry>, error: MessengerError): Promise<number | undefined> {
    const { kind, code } = error;
    const refusal = kind === 'refused' ? refusalOf(code) : undefined;
    if (kind === 'limited' || refusal === 'bot') {
      const pauseMs = Math.max(kind === 'limited' ? error.retryAfterMs : mendMs, shortestPauseMs);
      await budget.pause(buckets.find, pauseMs);
      return clock.now() + pauseMs;
    }
    if (kind === 'lost' || refusal === 'later' || refusal === 'perhaps') {
      return commit(entry, lookLater(entry, clock.now()));
    }
    if (entry.lost === 'must') return commit(entry, sendAgain(entry, clock.now()));
    log.warn({ collection: collection.name, id: entry.id, code }, 'nobody knows whether a message was posted');
    return commit(entry, leaveToOperator(entry, code));
  }

  return {
    async advance(id, ahead, signal) {
      const before = await read(id);
      if (!before) return undefined;
      const step = stepOf(before);
      if (await isCalledOff(before, step)) return commit(before, drop(before));
      const bucket = step === 'look' ? buckets.find : buckets[step];
      if (!(await budget.take(bucket, { ahead, signal, ...(route.patient ? { patient: true } : {}) })))
        return undefined;

      const entry = await read(id);
      if (!entry) return undefined;
      if (stepOf(entry) !== step) return clock.now();
      // A turn comes seconds later: what was called off meanwhile is not said any more.
      if (await isCalledOff(entry, step)) return commit(entry, drop(entry));
      return step === 'look' ? look(entry) : send(entry, step);
    },
  };
}
