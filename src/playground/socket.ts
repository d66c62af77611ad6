import { setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { randomId } from '../core/ids.ts';
import { systemClock } from '../core/time.ts';
import type { Attempt, Outcome, Transport } from './delivery.ts';
import { fieldsOf, parseJson, textOf } from './json.ts';
import type { Signal } from './signal.ts';
import { identity } from './world.ts';

// docs.slack.dev/apis/events-api/using-socket-mode, "Using multiple connections".
const maxConnections = 10;
// A client that hears no ping for 30 s hangs up (serverPingTimeout of @slack/socket-mode 3).
const pingEveryMs = 10_000;

/** Socket Mode, seen from Slack's side. */
export interface SocketSide extends Transport {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  connections(): number;
  /** How many sockets were ever opened: grows with every reconnect. */
  opened(): number;
  /** Cuts every connection without a closing handshake. */
  drop(): void;
  /** Asks every client to reconnect, as Slack does every few hours. */
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void;
  stop(): void;
}

export function createSocketSide(signal: Signal): SocketSide {
  const server = new WebSocketServer({ noServer: true });
  const open = new Set<WebSocket>();
  const waiting = new Map<string, { readonly socket: WebSocket; acked(response: unknown): void; gaveUp(): void }[]>();
  const stopped = new AbortController();
  // Every payload under way listens.
  setMaxListeners(0, stopped.signal);
  let opened = 0;
  let turn = 0;

  function hear(socket: WebSocket, data: string): void {
    // What arrives after the cut never reached Slack.
    if (!open.has(socket)) return;
    const { envelope_id, payload } = fieldsOf(parseJson(data));
    const entries = waiting.get(textOf(envelope_id)) ?? [];
    entries.find((entry) => entry.socket === socket)?.acked(payload);
  }

  function cut(socket: WebSocket): void {
    open.delete(socket);
    socket.terminate();
    signal.changed();
  }

  // Frames are read in order: the pong to a ping behind an envelope says that the envelope arrived. Its ack is not heard.
  function cutOnceHeard(socket: WebSocket): void {
    open.delete(socket);
    const mark = randomId();
    socket.on('pong', (data) => {
      if (data.toString() === mark) cut(socket);
    });
    socket.ping(mark);
  }

  async function keepAlive(socket: WebSocket): Promise<void> {
    while (open.has(socket) && !stopped.signal.aborted) {
      socket.ping();
      await systemClock.sleep(pingEveryMs, stopped.signal);
    }
  }

  server.on('connection', (socket: WebSocket) => {
    open.add(socket);
    opened += 1;
    socket.on('message', (data) => hear(socket, data.toString()));
    socket.on('error', () => cut(socket));
    socket.on('close', () => {
      open.delete(socket);
      signal.changed();
    });
    const hello = {
      type: 'hello',
      num_connections: open.size,
      connection_info: { app_id: identity.app },
      debug_info: { host: 'playground', approximate_connection_time: 18_060 },
    };
    socket.send(JSON.stringify(hello));
    void keepAlive(socket);
    signal.changed();
  });

  return {
    upgrade(request, socket, head) {
      if (open.size >= maxConnections) return void socket.end('HTTP/1.1 429 Too Many Requests\r\n\r\n');
      server.handleUpgrade(request, socket, head, (ws) => server.emit('connection', ws, request));
    },
    connections: () => open.size,
    opened: () => opened,
    ready: () => open.size > 0,
    send(attempt: Attempt, withinMs: number): Promise<Outcome> {
      const sockets = [...open];
      turn += 1;
      const socket = sockets[turn % sockets.length];
      if (!socket) return Promise.resolve({ kind: 'timeout' });
      const { envelope, retry, reason, drop } = attempt;
      const message = {
        envelope_id: envelope.id,
        type: envelope.type,
        payload: envelope.payload,
        accepts_response_payload: envelope.type !== 'events_api',
        ...(envelope.type === 'events_api' && { retry_attempt: retry, retry_reason: reason }),
      };
      return new Promise((resolve) => {
        const timer = new AbortController();
        const settle = (outcome: Outcome) => {
          const left = (waiting.get(envelope.id) ?? []).filter((other) => other !== entry);
          if (left.length > 0) waiting.set(envelope.id, left);
          else waiting.delete(envelope.id);
          timer.abort();
          resolve(outcome);
        };
        const entry = {
          socket,
          acked: (response: unknown) => settle({ kind: 'acked', response }),
          gaveUp: () => settle({ kind: 'timeout' }),
        };
        waiting.set(envelope.id, [...(waiting.get(envelope.id) ?? []), entry]);
        socket.send(JSON.stringify(message));
        if (drop) cutOnceHeard(socket);
        void systemClock.sleep(withinMs, timer.signal).then(() => {
          if (!timer.signal.aborted) settle({ kind: 'timeout' });
        });
      });
    },
    drop() {
      for (const socket of [...open]) cut(socket);
    },
    disconnect(reason) {
      const message = JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'playground' } });
      for (const socket of open) socket.send(message);
    },
    stop() {
      stopped.abort();
      open.clear();
      for (const entries of [...waiting.values()]) for (const entry of entries) entry.gaveUp();
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}
