import { type Clock, systemClock } from '../core/time.ts';
import { createDelivery, slackTiming, type Timing } from './delivery.ts';
import { createFaults, type Faults } from './faults.ts';
import { install } from './manifest.ts';
import { directWith } from './messages.ts';
import { createWriting, type Writing } from './person.ts';
import { channels, people, seed } from './seed.ts';
import { startServer } from './server.ts';
import { createSignal, type Waiting, waitUntil } from './signal.ts';
import { createSocketSide } from './socket.ts';
import { createState, inOrder, type Message } from './state.ts';
import { plain } from './text.ts';
import { createWire, type Wire } from './wire.ts';
import { identity, type World } from './world.ts';

export interface WorkspaceOptions {
  /** The parsed app manifest: decides scopes, events, commands and shortcuts. */
  readonly manifest: unknown;
  /** Optional scopes that the installer did not grant. */
  readonly withheld?: readonly string[];
  /** The workspace's time; the wall clock when absent. Time-outs and triggers always use real time. */
  readonly clock?: Clock;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly timing?: Partial<Timing>;
  /** A file for the calls: JSON lines of {method, args, error?, fault?, at}. */
  readonly callsFile?: string;
}

/** A Slack workspace in a box with one app installed. */
export interface Workspace {
  /** For `clientOptions.slackApiUrl`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly botUserId: string;
  readonly teamId: string;
  /** Ids of the people and channels that are there from the start. */
  readonly people: typeof people;
  readonly channels: typeof channels;
  readonly faults: Faults;
  readonly wire: Wire;
  as(person: string): Writing;
  /** Everything in a channel, threads included, in order of time. */
  messages(channel: string): readonly Message[];
  /** The direct messages between the app and a person. */
  conversation(person: string): readonly Message[];
  /** What a person reads in a message. */
  plain(message: Message): string;
  /** Resolves when `find` finds something; asked after every change. @throws Error after 5 s, or `withinMs`. */
  waitFor<T>(find: () => T | undefined | null | false, waiting?: Waiting): Promise<T>;
  /** The first message by the app in a channel after `after`, or after those that are there now. */
  nextMessage(channel: string, waiting?: Waiting & { readonly after?: Message }): Promise<Message>;
  /** The same for the direct messages from the app to a person. */
  nextDirectMessage(person: string, waiting?: Waiting & { readonly after?: Message }): Promise<Message>;
  /** Resolves when every event was acked or given up. */
  settled(waiting?: Waiting): Promise<void>;
  /** Socket Mode, seen from Slack's side. */
  readonly socket: {
    connections(): number;
    opened(): number;
    drop(): void;
    disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void;
  };
  stop(): Promise<void>;
}

/** Starts a workspace on the loopback interface. */
export async function startWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const clock = options.clock ?? systemClock;
  const installation = install(options.manifest, options.withheld);
  const signal = createSignal();
  const state = createState(clock);
  const wire = createWire(options.callsFile);
  const faults = createFaults();
  const timing = { ...slackTiming, ...options.timing };
  const delivery = createDelivery({ wire, faults, signal, timing, newId: () => state.newId('env') });
  const sockets = createSocketSide(signal);
  let origin = '';
  const world: World = { clock, installation, state, wire, faults, signal, delivery, origin: () => origin };
  seed(state, installation.name, clock.now());
  delivery.use(sockets);
  const http = await startServer(world, sockets, options.port ?? 0);
  origin = http.origin;

  const channelOf = (id: string) => {
    const channel = state.channels.get(id);
    if (!channel) throw new Error(`there is no channel ${id}`);
    return channel;
  };
  const recent = () =>
    `Last calls: ${wire.calls
      .slice(-5)
      .map(({ method, error, why = [] }) => [method, error && `-> ${error}`, ...why].filter(Boolean).join(' '))
      .join(', ')}`;
  const waitFor: Workspace['waitFor'] = (find, waiting) => waitUntil(signal, find, waiting, recent);
  const nextMessage: Workspace['nextMessage'] = (id, waiting) => {
    const last = waiting?.after ?? inOrder(channelOf(id)).at(-1);
    const fresh = () => inOrder(channelOf(id)).find(({ bot, ts }) => bot && Number(ts) > Number(last?.ts ?? 0));
    return waitFor(fresh, { what: `a message from the app in ${channelOf(id).name}`, ...waiting });
  };

  return {
    apiUrl: `${origin}/api/`,
    botToken: identity.botToken,
    appToken: identity.appToken,
    signingSecret: identity.signingSecret,
    botUserId: identity.botUser,
    teamId: identity.team,
    people,
    channels,
    faults,
    wire,
    as: (person) => createWriting(world, person),
    messages: (id) => inOrder(channelOf(id)),
    conversation: (person) => inOrder(directWith(world, person)),
    plain: (message) => plain(state, message),
    waitFor,
    nextMessage,
    nextDirectMessage: (person, waiting) => nextMessage(directWith(world, person).id, waiting),
    async settled(waiting) {
      await waitFor(() => delivery.pending() === 0, { what: 'all deliveries acked', ...waiting });
    },
    socket: sockets,
    async stop() {
      delivery.stop();
      sockets.stop();
      await http.stop();
    },
  };
}
