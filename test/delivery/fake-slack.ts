import {
  type Group,
  type Messenger,
  MessengerError,
  type Place,
  type Posted,
  type Rendered,
} from '../../src/core/ports.ts';
import type { Clock } from '../../src/core/time.ts';

type Method = keyof Messenger;

/**
 * What goes wrong with one call. `lost`: Slack never got it; `answer lost`: it was done, and nobody hears of it;
 * `hangs`: never comes back, not done; `hangs, done`: done after 12 s, and never comes back.
 */
export type Fault =
  | 'lost'
  | 'answer lost'
  | 'hangs'
  | 'hangs, done'
  | { readonly limited: number }
  | { readonly refused: string }
  | { readonly cannotLook: true };

interface Message {
  readonly place: Place | Group;
  readonly deliveryId: string;
  readonly at: Posted;
  /** When Slack did it (ms). */
  readonly postedAt: number;
  readonly lane: 'answers' | undefined;
  text: string;
}

export interface Call {
  readonly method: Method;
  readonly at: number;
  readonly to: string;
}

export interface FakeSlack {
  readonly messenger: Messenger;
  readonly messages: Message[];
  readonly calls: Call[];
  texts(): readonly string[];
}

/** How long a message may be in Slack without showing in its history. */
const lagMs = 20_000;

/** A Slack that knows three calls and does to each what `faultOf` says. */
export function createFakeSlack(
  clock: Clock,
  faultOf: (call: Call, nth: number) => Fault | undefined = () => undefined,
): FakeSlack {
  const messages: Message[] = [];
  const calls: Call[] = [];

  /** Does `work` with the fault of this call. */
  async function meet<T>(method: Method, to: string, work: () => T): Promise<T> {
    const call = { method, at: clock.now(), to };
    calls.push(call);
    const fault = faultOf(call, calls.length);
    if (fault === undefined) return work();
    if (typeof fault === 'object') {
      if ('limited' in fault) throw new MessengerError('limited', 'ratelimited', fault.limited);
      if ('refused' in fault) throw new MessengerError('refused', fault.refused);
      throw new MessengerError('cannot_look', 'missing_scope');
    }
    if (fault === 'hangs, done') await clock.sleep(12_000);
    if (fault === 'answer lost' || fault === 'hangs, done') work();
    if (fault === 'hangs' || fault === 'hangs, done') return new Promise(() => undefined);
    throw new MessengerError('lost', 'no_answer');
  }

  const messenger: Messenger = {
    post: ({ place, rendered, deliveryId, lane }) =>
      meet('post', nameOf(place), () => {
        assertSendable(rendered);
        const at = { channel: channelOf(place), ts: String(messages.length + 1) };
        messages.push({ place, deliveryId, at, postedAt: clock.now(), lane, text: rendered.text });
        return at;
      }),
    update: ({ at, rendered }) =>
      meet('update', at.channel, () => {
        assertSendable(rendered);
        const message = messages.find((m) => m.at.channel === at.channel && m.at.ts === at.ts);
        if (!message) throw new MessengerError('refused', 'message_not_found');
        message.text = rendered.text;
      }),
    find: ({ place, deliveryId, oldest }) =>
      meet('find', nameOf(place), () => {
        const now = clock.now();
        return messages.find(
          (m) =>
            nameOf(m.place) === nameOf(place) &&
            m.deliveryId === deliveryId &&
            m.postedAt >= oldest &&
            m.postedAt + lagMs <= now,
        )?.at;
      }),
  };

  return { messenger, messages, calls, texts: () => messages.map(({ text }) => text) };
}

function nameOf(place: Place | Group): string {
  if ('person' in place) return place.person;
  if ('group' in place) return place.group.join('+');
  return place.thread ? `${place.channel}:${place.thread}` : place.channel;
}

/** A message to a person comes back with the channel of the conversation. */
function channelOf(place: Place | Group): string {
  if ('group' in place) return `G${place.group.join('')}`;
  return 'person' in place ? `D${place.person}` : place.channel;
}

function assertSendable({ text }: Rendered): void {
  if (text === '') throw new MessengerError('refused', 'no_text');
}
