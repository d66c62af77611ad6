import type { Clock } from '../core/time.ts';
import type { Fields } from './json.ts';

export interface User {
  readonly id: string;
  /** The handle, e.g. "employee". */
  readonly name: string;
  readonly realName: string;
  readonly email?: string;
  /** As Slack writes it: "en-US", "zh-CN". */
  readonly locale: string;
  /** IANA time zone. */
  readonly zone: string;
  readonly deleted: boolean;
  readonly guest: boolean;
  readonly bot: boolean;
  /** Seconds since 1970 between which the person asked for quiet. */
  readonly quiet?: { readonly from: number; readonly to: number };
}

export type ChannelKind = 'public' | 'private' | 'im' | 'mpim';

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly mimetype: string;
  readonly content: Buffer;
  readonly user: string;
  /** Seconds since 1970. */
  readonly created: number;
  /** Uploaded in a form of the app, which may read it; nobody else may before it is shown somewhere. */
  readonly given?: true;
}

export interface Message {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  /** As stored, with Slack's escapes; `plain` in text.ts gives what a person reads. */
  readonly text: string;
  readonly blocks: readonly Fields[];
  readonly attachments: readonly Fields[];
  readonly files: readonly StoredFile[];
  readonly bot: boolean;
  readonly thread?: string;
  /** A thread reply that is also shown in the channel. */
  readonly broadcast?: boolean;
  readonly subtype?: string;
  readonly metadata?: Fields;
  readonly edited?: { readonly user: string; readonly ts: string };
  readonly reactions: readonly { readonly name: string; readonly users: readonly string[] }[];
  /** `channel`, `here`, `everyone`: whom the message would have pinged at once. */
  readonly pings: readonly string[];
  /** Set on messages that only this person sees. */
  readonly only?: string;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: ChannelKind;
  readonly creator: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly archived: boolean;
  readonly topic: string;
  readonly members: Set<string>;
  readonly messages: Map<string, Message>;
}

export interface UserGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly users: readonly string[];
  readonly disabled: boolean;
  /** Seconds since 1970. */
  readonly created: number;
  readonly updated: number;
}

/** The input state of one element, as Slack reports it in `state.values`. */
export type InputValue = Fields & { readonly type: string };
export type Inputs = Map<string, Map<string, InputValue>>;

export interface OpenView {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly user: string;
  readonly hash: string;
  readonly root: string;
  readonly previous: string | null;
  /** The view as the app sent it, with the block and action ids that Slack adds. */
  readonly view: Fields;
  readonly inputs: Inputs;
}

/** A short-lived right to open a modal. `at` is real time: the three seconds do not wait for a test's clock. */
export interface Trigger {
  readonly user: string;
  readonly at: number;
  /** The modal that the interaction came from, if any. */
  readonly from?: string;
  readonly used: boolean;
}

export interface ResponseUrl {
  readonly user: string;
  readonly channel: string;
  /** Milliseconds on the workspace's clock. */
  readonly at: number;
  readonly uses: number;
  /** The message that the interaction came from, if any. */
  readonly message?: Message;
}

export interface State {
  readonly users: Map<string, User>;
  readonly channels: Map<string, Channel>;
  /** Per person, the direct message channel with the app. */
  readonly directs: Map<string, string>;
  readonly groups: Map<string, UserGroup>;
  readonly ephemerals: Message[];
  readonly views: Map<string, OpenView>;
  /** Per person, the ids of the open modals, lowest first. */
  readonly stacks: Map<string, readonly string[]>;
  readonly homes: Map<string, OpenView>;
  /** What people have chosen in messages, by `messageKey`. */
  readonly messageInputs: Map<string, Inputs>;
  readonly triggers: Map<string, Trigger>;
  readonly responseUrls: Map<string, ResponseUrl>;
  readonly files: Map<string, StoredFile>;
  /** Ids of files that were there once. */
  readonly deletedFiles: Set<string>;
  /** Uploads whose content may have arrived but that are not shared yet. */
  readonly uploads: Map<string, { readonly name: string; readonly length: number; readonly content?: Buffer }>;
  /** Per conversation, what the app's assistant shows: a status line, suggested prompts. */
  readonly statuses: Map<string, string>;
  readonly prompts: Map<string, readonly Fields[]>;
  /** Tokens that were good once. */
  readonly revokedTokens: Set<string>;
  /** Types of blocks that this workspace does not know yet. */
  readonly unknownBlocks: Set<string>;
  /** A fresh id with the given letter in front, unique in the workspace. */
  newId(prefix: string): string;
  /** A fresh message timestamp, later than every one before it; `skewMs` moves the server's clock. */
  newTs(): string;
  setSkew(ms: number): void;
}

export function createState(clock: Clock): State {
  let ids = 0;
  let lastMicros = 0;
  let skewMs = 0;
  const taken = new Set<number>();

  return {
    users: new Map(),
    channels: new Map(),
    directs: new Map(),
    groups: new Map(),
    ephemerals: [],
    views: new Map(),
    stacks: new Map(),
    homes: new Map(),
    messageInputs: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    files: new Map(),
    deletedFiles: new Set(),
    uploads: new Map(),
    statuses: new Map(),
    prompts: new Map(),
    revokedTokens: new Set(),
    unknownBlocks: new Set(),
    newId(prefix) {
      ids += 1;
      return `${prefix}0${ids.toString(36).toUpperCase().padStart(8, '0')}`;
    },
    newTs() {
      // A clock that stands still would give equal timestamps, and Slack's are unique.
      let micros = Math.max((clock.now() + skewMs) * 1000, lastMicros + 1);
      while (taken.has(micros)) micros += 1;
      taken.add(micros);
      lastMicros = micros;
      return `${Math.floor(micros / 1e6)}.${String(Math.floor(micros % 1e6)).padStart(6, '0')}`;
    },
    setSkew(ms) {
      skewMs = ms;
      lastMicros = 0;
    },
  };
}

export function messageKey(message: Message, user: string): string {
  return `${message.channel}:${message.ts}:${user}`;
}

/** The direct message channel between the app and a person, made when it does not exist yet. */
export function directChannel(state: State, user: string, bot: string, now: number): Channel {
  const known = state.channels.get(state.directs.get(user) ?? '');
  if (known) return known;
  const id = state.newId('D');
  state.directs.set(user, id);
  return addChannel(state, { id, name: user, kind: 'im', creator: user, members: [user, bot] }, now);
}

/** @param now milliseconds since 1970 */
export function addChannel(
  state: State,
  channel: Pick<Channel, 'id' | 'name' | 'kind' | 'creator'> & { readonly members: readonly string[] },
  now: number,
): Channel {
  const added: Channel = {
    ...channel,
    created: Math.floor(now / 1000),
    archived: false,
    topic: '',
    members: new Set(channel.members),
    messages: new Map(),
  };
  state.channels.set(added.id, added);
  return added;
}

/** Messages in the order a person reads them: threads hang below their parent, in order of time. */
export function inOrder(channel: Channel): readonly Message[] {
  return [...channel.messages.values()].sort((a, b) => Number(a.ts) - Number(b.ts));
}
