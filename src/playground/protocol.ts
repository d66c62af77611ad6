import { z } from 'zod';

/** What the page and its server say to each other. The page takes only the types from here. */

/** Blocks, elements, values: as the app sent them, which the workspace has checked. */
export type Json = Readonly<Record<string, unknown>>;

export interface PersonInfo {
  readonly id: string;
  /** The handle. */
  readonly name: string;
  readonly realName: string;
  readonly locale: string;
  readonly zone: string;
  /** May be played. */
  readonly playable: boolean;
  /** Messages that ring at them and that they have not read. */
  readonly unread: number;
}

export interface MessageInfo {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly Json[];
  /** Slack's client shows the title, and saves a file under its name. */
  readonly files: readonly {
    readonly id: string;
    readonly name: string;
    readonly title: string;
    readonly size: number;
  }[];
  readonly bot: boolean;
  readonly thread?: string;
  readonly broadcast?: boolean;
  readonly edited: boolean;
  readonly reactions: readonly { readonly name: string; readonly users: readonly string[] }[];
  /** Only the reader sees it. */
  readonly onlyYou: boolean;
  /** What the app says that it is doing in this thread. */
  readonly status?: string;
  /** What the reader has chosen in its menus: block_id -> action_id -> value. */
  readonly chosen: Json;
}

export interface ConversationInfo {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'private' | 'im' | 'mpim';
  readonly members: readonly string[];
  readonly archived: boolean;
  /** The app is in it. */
  readonly app: boolean;
  readonly unread: number;
  /** Of these, those that ring. */
  readonly ringing: number;
  /** Everything after this timestamp is unread. */
  readonly readTo: string;
  readonly messages: readonly MessageInfo[];
}

export interface ViewInfo {
  readonly id: string;
  readonly hash: string;
  readonly view: Json;
  /** block_id -> action_id -> value. */
  readonly values: Json;
}

export interface NotificationInfo {
  readonly ts: string;
  readonly channel: string;
  readonly thread?: string;
  /** What a phone shows: the message's `text`. */
  readonly text: string;
}

/** The workspace as one person sees it. */
export interface Snapshot {
  readonly me: string;
  /** The workspace's time, ms. */
  readonly now: number;
  readonly people: readonly PersonInfo[];
  readonly groups: readonly { readonly id: string; readonly handle: string }[];
  readonly conversations: readonly ConversationInfo[];
  readonly home?: ViewInfo;
  /** Lowest first. */
  readonly modals: readonly ViewInfo[];
  readonly prompts: readonly { readonly title: string; readonly message: string }[];
  /** The latest, oldest first. */
  readonly notifications: readonly NotificationInfo[];
  readonly app: AppInfo;
  readonly faults: FaultsInfo;
}

export interface AppInfo {
  readonly user: string;
  readonly name: string;
  readonly description: string;
  readonly running: boolean;
  readonly commands: readonly { readonly command: string; readonly description: string; readonly hint: string }[];
  readonly shortcuts: readonly { readonly id: string; readonly name: string; readonly type: 'message' | 'global' }[];
}

export interface FaultsInfo {
  readonly slow: boolean;
  readonly limited: boolean;
}

/** Something that went over the wire, or a line of the bot's log. */
export interface WireEntry {
  readonly id: string;
  /** Real time, ms; absent while it waits for a connection. */
  readonly at?: number;
  readonly kind: 'call' | 'delivery';
  /** The method, or what was delivered. */
  readonly title: string;
  readonly outcome: 'ok' | 'refused' | 'waiting';
  /** Slack's error, the fault, how long the ack took. */
  readonly note: string;
  readonly detail: unknown;
}

/** One thing that the bot can show, in one language. */
export interface GalleryEntry {
  readonly surface: 'message' | 'modal' | 'home';
  readonly payload: Json;
  /** The notification; only messages have one. */
  readonly text?: string;
  readonly counts: readonly { readonly name: CountName; readonly count: number; readonly limit: number }[];
  /** What Slack would refuse. */
  readonly problems: readonly string[];
}

export type CountName = 'blocks' | 'blockText' | 'markdown' | 'text' | 'notification' | 'title' | 'metadata';

export interface GalleryItem {
  readonly name: string;
  readonly editions: Readonly<Record<string, GalleryEntry>>;
}

const person = z.string();
const channel = z.string();
const surface = z.union([z.object({ channel: z.string(), ts: z.string() }), z.object({ view: z.string() })]);
const element = z.object({ action: z.string(), block: z.string(), value: z.string().optional() });
const fields = z.record(z.string(), z.unknown());
/** Content in base64. */
const upload = z.object({ name: z.string(), mimetype: z.string(), content: z.string() });
export type Upload = z.infer<typeof upload>;

/** A thing that a person does, as the page reports it. */
export const Deed = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('say'),
    channel,
    text: z.string(),
    thread: z.string().optional(),
    files: z.array(upload).default([]),
  }),
  z.object({ kind: z.literal('edit'), channel, ts: z.string(), text: z.string() }),
  z.object({ kind: z.literal('remove'), channel, ts: z.string() }),
  z.object({ kind: z.literal('react'), channel, ts: z.string(), name: z.string() }),
  z.object({ kind: z.literal('click'), on: surface, element, option: z.string().optional() }),
  z.object({
    kind: z.literal('enter'),
    on: surface,
    element,
    entry: z.union([z.string(), z.number(), z.null(), fields, z.array(z.union([z.string(), fields]))]),
  }),
  z.object({ kind: z.literal('attach'), on: surface, element, files: z.array(upload) }),
  z.object({ kind: z.literal('lookUp'), on: surface, element, typed: z.string() }),
  z.object({ kind: z.literal('slash'), command: z.string(), text: z.string(), channel }),
  z.object({ kind: z.literal('shortcut'), id: z.string(), on: z.object({ channel, ts: z.string() }).optional() }),
  z.object({ kind: z.literal('submit'), view: z.string() }),
  z.object({ kind: z.literal('close'), view: z.string() }),
  z.object({ kind: z.literal('openApp'), tab: z.enum(['home', 'messages']) }),
  z.object({ kind: z.literal('read'), channel, to: z.string() }),
  z.object({ kind: z.literal('addApp'), channel }),
]);
export type Deed = z.input<typeof Deed>;

export const Act = z.object({ as: person, deed: Deed });
export type Act = z.input<typeof Act>;

/** What came of a deed. */
export type Result =
  | { readonly kind: 'done' }
  /** The app did not answer in time, or not at all. */
  | { readonly kind: 'trouble' }
  /** By block id. */
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly kind: 'options'; readonly options: readonly Json[] }
  | { readonly kind: 'refused'; readonly why: string };

/** What the one who plays with the whole workspace does. */
export const Control = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('advance'), by: z.enum(['hour', 'day', 'reminder']) }),
  z.object({ kind: z.literal('fault'), fault: z.enum(['slow', 'limited']), on: z.boolean() }),
  z.object({ kind: z.literal('dropSocket') }),
  z.object({ kind: z.literal('bot'), run: z.boolean() }),
]);
export type Control = z.infer<typeof Control>;

/** How far the clock went, ms, and whether a message came of it. */
export interface Advanced {
  readonly ms: number;
  readonly said: boolean;
}
