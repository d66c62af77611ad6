import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { Workspace } from '../../src/playground/workspace.ts';

/** Faults make Bolt complain; the tests look at what happens instead. */
const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

export type Mode = 'Socket Mode' | 'HTTP';

export interface RunningApp {
  readonly app: App;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A real Bolt app against the workspace, not started. Its client does not retry, so that faults are seen. */
export async function boltApp(workspace: Workspace, mode: Mode = 'Socket Mode'): Promise<RunningApp> {
  const clientOptions = { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 }, logger: silent };
  const socket = new SocketModeReceiver({
    appToken: workspace.appToken,
    logger: silent,
    // The wait before a reconnect, and how late a pong may be: shorter flaps on a busy machine.
    clientPingTimeout: 500,
    installerOptions: { clientOptions },
  });
  const http = new HTTPReceiver({ signingSecret: workspace.signingSecret, logger: silent });
  const app = new App({
    token: workspace.botToken,
    receiver: mode === 'HTTP' ? http : socket,
    logger: silent,
    clientOptions,
    deferInitialization: true,
  });
  await app.init();
  return {
    app,
    async start() {
      if (mode === 'Socket Mode') return void (await app.start());
      const server = await http.start(0);
      workspace.deliverOverHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
    },
    async stop() {
      await app.stop();
    },
  };
}
