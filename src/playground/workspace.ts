import { type Clock, systemClock } from '../core/time.ts';
import { type Admin, createAdmin } from './admin.ts';
import { createDelivery, type Outcome, slackTiming, type Timing } from './delivery.ts';
import { createFaults, type Faults } from './faults.ts';
import { createForms, type Forms } from './forms.ts';
import { createHttpTransport } from './http-events.ts';
import { createInteracting, type Interacting } from './interacting.ts';
import { install } from './manifest.ts';
import { directWith } from './messages.ts';
import { createOverview, type Overview } from './overview.ts';
import { createPace } from './pace.ts';
import { channels, type NewPerson, people, seed } from './seed.ts';
import { startServer } from './server.ts';
import { createSignal, type Waiting, waitUntil } from './signal.ts';
import { createSocketSide, type SocketSide } from './socket.ts';
import { createState, inOrder, type Message } from './state.ts';
import { createWatching, type Watching } from './watching.ts';
import { createWire, type RecordedEnvelope, type Wire } from './wire.ts';
import { identity, type World } from './world.ts';
import { createWriting, type Writing } from './writing.ts';

export interface WorkspaceOptions {
  /** The parsed app manifest: decides scopes, events, commands and shortcuts. */
  readonly manifest: unknown;
  /** Optional scopes that the installer did not grant. */
  readonly withheld?: readonly string[];
  /** People besides those of the seed; they have been there all along. */
  readonly morePeople?: readonly NewPerson[];
  /** Enforces Slack's rate limits by the workspace's clock. */
  readonly rateLimits?: boolean;
  /** The workspace's time; the wall clock when absent. Time-outs and triggers always use real time. */
  readonly clock?: Clock;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly timing?: Partial<Timing>;
  /** A file for the calls: JSON lines of {method, args, error?, why?, fault?, at}. */
  readonly callsFile?: string;
}

/** Everything that one person can do. */
export type Actor = Writing & Interacting & Forms;

interface NextWaiting extends Waiting {
  /** Looks at messages after this one; by default after those that are there now. */
  readonly after?: Message;
}

/** A Slack workspace in a box with one app installed. */
export interface Workspace extends Admin, Watching, Overview {
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

  as(person: string): Actor;

  /** What goes over the wire: Web API calls, envelopes and their acks. */
  readonly wire: Wire;
  readonly faults: Faults;
  /** Answers of the app that Slack could not use: a broken view in an ack, options over their limits. */
  readonly complaints: readonly string[];
  /** Socket Mode, seen from Slack's side. */
  readonly socket: Pick<SocketSide, 'connections' | 'opened' | 'drop' | 'disconnect'>;
  /** From now on, payloads go to this URL, signed; undefined goes back to Socket Mode. */
  deliverOverHttp(url: string | undefined): void;
  /** Delivers an envelope once more, as when its ack got lost. */
  redeliver(envelope: RecordedEnvelope): Promise<Outcome>;
  /** Moves the server's clock against the workspace's: message timestamps are off by this. */
  setClockSkew(ms: number): void;

  /** Resolves when `find` finds something; asked after every change. @throws Error after 20 s, or `withinMs`. */
  waitFor<T>(
    find: () => T | undefined | null | false | Promise<T | undefined | null | false>,
    waiting?: Waiting,
  ): Promise<T>;
  /** The next message by the app in a channel. */
  nextMessage(channel: string, waiting?: NextWaiting): Promise<Message>;
  /** The next direct message from the app to a person. */
  nextDirectMessage(person: string, waiting?: NextWaiting): Promise<Message>;
  /** Resolves when every event was acked or given up. */
  settled(waiting?: Waiting): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a workspace on the loopback interface. @throws ZodError when the manifest is none */
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
  const complaints: string[] = [];
  let origin = '';
  const pace = options.rateLimits ? createPace(clock) : undefined;
  const world: World = { clock, installation, state, wire, faults, signal, delivery, pace, origin: () => origin };
  seed(state, installation.name, options.morePeople ?? [], clock.now());
  delivery.use(sockets);
  const http = await startServer(world, sockets, options.port ?? 0);
  origin = http.origin;

  const recentCalls = () => {
    const said = wire.calls
      .slice(-5)
      .map(({ method, error, why = [] }) => [method, error, ...why].filter(Boolean).join(' '));
    return `Last calls: ${said.join(', ') || 'none'}`;
  };
  const waitFor: Workspace['waitFor'] = (find, waiting) => waitUntil(signal, find, waiting, recentCalls);
  const admin = createAdmin(world);
  const nextMessage: Workspace['nextMessage'] = (id, waiting) => {
    const last = waiting?.after ?? inOrder(admin.channel(id)).at(-1);
    const fresh = () => inOrder(admin.channel(id)).find(({ bot, ts }) => bot && Number(ts) > Number(last?.ts ?? 0));
    return waitFor(fresh, { what: `a message from the app in ${admin.channel(id).name}`, ...waiting });
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
    ...admin,
    ...createWatching(world),
    ...createOverview(world),
    as(person) {
      if (admin.user(person).deleted) throw new Error(`${person} is deactivated and cannot act`);
      const complain = (what: string) => void complaints.push(what);
      const interacting = createInteracting(world, person, complain);
      return { ...createWriting(world, person), ...interacting, ...createForms(world, person, interacting, complain) };
    },
    wire,
    faults,
    complaints,
    socket: sockets,
    deliverOverHttp: (url) => delivery.use(url === undefined ? sockets : createHttpTransport(url)),
    redeliver: (envelope) => delivery.redeliver(envelope),
    setClockSkew: (ms) => state.setSkew(ms),
    waitFor,
    nextMessage,
    nextDirectMessage: (person, waiting) => nextMessage(directWith(world, person).id, waiting),
    async settled(waiting) {
      await waitFor(() => delivery.pending() === 0, { what: 'all deliveries acked', ...waiting });
    },
    async stop() {
      delivery.stop();
      sockets.stop();
      await http.stop();
    },
  };
}
