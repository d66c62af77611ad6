import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { App, ReceiverEvent } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { parse } from 'yaml';
import type { PersonId, Place, Rendered, Store } from '../../src/core/ports.ts';
import { type MovableClock, movableClock, systemClock } from '../../src/core/time.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { createSender, deliveryCollections } from '../../src/delivery/sender.ts';
import type { Message } from '../../src/playground/state.ts';
import { startWorkspace, type Workspace } from '../../src/playground/workspace.ts';
import { actions, button, message, section } from '../../src/slack/blocks.ts';
import { createCharts } from '../../src/slack/charts.ts';
import { connect } from '../../src/slack/connect.ts';
import { createGate, type Gate, showNow } from '../../src/slack/gate.ts';
import { createIntake, inbox } from '../../src/slack/intake.ts';
import { createModals } from '../../src/slack/modal.ts';
import { createOutbound, type Outbound } from '../../src/slack/outbound.ts';
import { problemCard, problems } from '../../src/slack/problem.ts';
import { seen } from '../../src/slack/seen.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { type RecordedLog, recordLog } from '../delivery/world.ts';
import { letters } from './letters.ts';

/** The manifest that ships. */
export const manifest: unknown = parse(readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8'));

export type Mode = 'Socket Mode' | 'HTTP';

/** The Slack adapter with real Bolt and a strict workspace, and whatever handlers a test registers; no feature. */
export interface House {
  readonly workspace: Workspace;
  readonly gate: Gate;
  readonly app: App;
  readonly outbound: Outbound;
  readonly clock: MovableClock;
  readonly log: RecordedLog;
  readonly store: Store;
  /** Whose Home was drawn anew. */
  readonly drawn: readonly PersonId[];
  /** Commits throw this from now on; undefined: they work. */
  refuse(error: Error | undefined): void;
  /** What handlers kept, oldest first. */
  letters(): Promise<readonly string[]>;
  /** Brings a message with one button to a person's conversation or a channel. */
  postButton(place: Place, action: string, value?: string): Promise<Message>;
  /** A payload that no screen of the workspace sends; resolves with what was acked, or undefined. */
  hand(body: Readonly<Record<string, unknown>>): Promise<{ readonly ack: unknown } | undefined>;
  stop(): Promise<void>;
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

export async function openHouse(mode: Mode): Promise<House> {
  const clock = movableClock(systemClock.now(), true);
  const timing = { ackWithinMs: 1_000, retryAfterMs: [20, 50] };
  const workspace = await startWorkspace({ manifest, clock, timing });
  const log = recordLog();
  const memory = createMemoryStore([...deliveryCollections, inbox, seen, problems, letters]);
  let refusal: Error | undefined;
  const store: Store = {
    ...memory,
    async commit(ops) {
      if (refusal) throw refusal;
      return memory.commit(ops);
    },
  };
  const port = await freePort();
  const connection = await connect(
    {
      apiUrl: workspace.apiUrl,
      botToken: workspace.botToken,
      receive:
        mode === 'HTTP'
          ? { kind: 'http', signingSecret: workspace.signingSecret, port }
          : { kind: 'socket', appToken: workspace.appToken },
    },
    log,
  );
  const charts = createCharts(clock, log);
  const outbound = createOutbound(connection.clients, charts);
  const modals = createModals(connection.clients.interactive);
  const outbox = createOutbox(store, clock);
  const drawn: PersonId[] = [];
  const drawHome = async (person: PersonId) => void drawn.push(person);
  const show = (reply: Parameters<typeof showNow>[1]) => showNow({ outbound, modals, charts, drawHome, log }, reply);
  const people = {
    get: (id: PersonId) => {
      const { name, deleted, guest } = workspace.user(id);
      const locale = id === workspace.people.shanghai ? ('zh-CN' as const) : ('en' as const);
      return { id, name, locale, zone: 'UTC', active: !deleted, guest, roles: [] };
    },
    withRole: () => [],
    all: () => [],
  };
  const intake = createIntake({ store, outbox, clock, log, show });
  const gate = createGate({ intake, store, outbox, outbound, modals, charts, drawHome, people, clock, log });
  gate.attach(connection.app, '/ospo');
  const cards = { problem: problemCard(memory) };
  // The sender keeps working when the store refuses what handlers commit.
  const sender = createSender({
    store: memory,
    messenger: outbound,
    clock,
    log,
    cards,
    mailings: {},
    people,
    locale: 'en',
    owner: 'test',
  });
  sender.start();
  await connection.start();
  if (mode === 'HTTP') workspace.deliverOverHttp(`http://127.0.0.1:${port}/slack/events`);

  return {
    workspace,
    gate,
    app: connection.app,
    outbound,
    clock,
    log,
    store,
    drawn,
    refuse(error) {
      refusal = error;
    },
    async letters() {
      const ids: string[] = [];
      for await (const doc of memory.scan(letters)) ids.push(doc.id);
      return ids;
    },
    async postButton(place, action, value = 'v') {
      const { channel, ts } = await outbound.post({ place, rendered: withButton(action, value), deliveryId: action });
      const posted = workspace.messages(channel).find((one) => one.ts === ts);
      if (!posted) throw new Error(`nothing stands at ${ts}`);
      return posted;
    },
    async hand(body) {
      let acked: { readonly ack: unknown } | undefined;
      const received: ReceiverEvent = {
        body: { ...body },
        async ack(response) {
          acked = { ack: response };
        },
      };
      await connection.app.processEvent(received);
      return acked;
    },
    async stop() {
      await connection.stop();
      await sender.drain(1_000);
      await workspace.stop();
    },
  };
}

/** A message with one button. */
function withButton(action: string, value: string): Rendered {
  const blocks: KnownBlock[] = [section('Press it.'), actions([button({ id: action, text: 'Press', value })])];
  return message({ text: 'Press it.', blocks });
}
