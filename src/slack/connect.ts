import type { IncomingMessage, ServerResponse } from 'node:http';
import { App } from '@slack/bolt';
import { WebAPIPlatformError, WebClient, type WebClientOptions } from '@slack/web-api';
import { OperatorError } from '../core/errors.ts';
import type { FileCopies, ReadFile } from '../core/links.ts';
import type { Log } from '../core/ports.ts';
import { boltLog } from './bolt-log.ts';
import { createDoNotDisturb } from './do-not-disturb.ts';
import { createFileCopies } from './file-copies.ts';
import { createDownload, createFileReader } from './files.ts';
import type { Clients } from './outbound.ts';

export interface SlackSettings {
  readonly apiUrl: string;
  readonly botToken: string;
  readonly receive:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string; readonly port: number };
}

/** A path beside Slack's own, on the server that Slack calls. */
export interface Route {
  readonly path: string;
  handle(request: IncomingMessage, response: ServerResponse): void;
}

/** Who we are in the workspace. */
export interface Identity {
  readonly botUserId: string;
  readonly botId: string;
  readonly teamId: string;
}

export interface Connection {
  readonly app: App;
  readonly clients: Clients;
  readonly identity: Identity;
  readonly readFile: ReadFile;
  readonly fileCopies: FileCopies;
  readonly undisturbedUntil: ReturnType<typeof createDoNotDisturb>;
  /** The scopes of the bot's token, as Slack has them. */
  grantedScopes(): Promise<readonly string[]>;
  /** Tries what starting needs of Slack without receiving anything. @throws OperatorError when Slack does not accept the app token */
  rehearse(): Promise<void>;
  /** @throws OperatorError when Slack does not accept the app token, or the port cannot be used */
  start(): Promise<void>;
  /** Takes nothing new; what is running goes on. */
  stop(): Promise<void>;
}

// The SDK's default is no time-out at all: a call would hang for ever.
const timeout = 10_000;

/** Slack gave no answer: often nothing is wrong here, and the next start will do. */
export class SlackUnreachable extends OperatorError {}

/**
 * Bolt, its receiver and the clients, ready to start.
 * @param routes what other systems POST to; only over HTTP, since Socket Mode opens no port
 * @throws OperatorError when Slack does not accept the token
 * @throws SlackUnreachable
 */
export async function connect(settings: SlackSettings, log: Log, routes: readonly Route[] = []): Promise<Connection> {
  const logger = boltLog(log);
  const common: WebClientOptions = { slackApiUrl: settings.apiUrl, timeout, logger };
  // One attempt, and 429 is told at once: the sender owns retries, since only it can look for a lost answer first.
  const once: WebClientOptions = {
    ...common,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    maxRequestConcurrency: 4,
  };
  const clients: Clients = {
    interactive: new WebClient(settings.botToken, {
      ...common,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    }),
    answers: new WebClient(settings.botToken, { ...once, maxRequestConcurrency: 8 }),
    delivery: new WebClient(settings.botToken, once),
    background: new WebClient(settings.botToken, {
      ...common,
      retryConfig: { retries: 5, factor: 2, minTimeout: 500, maxTimeout: 30_000 },
    }),
  };

  const identity = await whoAmI(clients.interactive, settings.apiUrl);
  const { receive } = settings;
  const app = new App({
    token: settings.botToken,
    botId: identity.botId,
    botUserId: identity.botUserId,
    logger,
    // Bolt shares these with the receiver's client and would otherwise set a hundred retries.
    clientOptions: { ...common, retryConfig: { retries: 0 } },
    ...(receive.kind === 'socket'
      ? { socketMode: true, appToken: receive.appToken }
      : {
          signingSecret: receive.signingSecret,
          customRoutes: routes.map(({ path, handle }) => ({ path, method: 'POST', handler: handle })),
        }),
  });
  const download = createDownload(clients.background, { token: settings.botToken, apiUrl: settings.apiUrl });
  return {
    app,
    clients,
    identity,
    readFile: createFileReader(download),
    fileCopies: createFileCopies(clients.delivery, download),
    undisturbedUntil: createDoNotDisturb(clients.delivery),
    async grantedScopes() {
      const { response_metadata: said } = await clients.background.auth.test();
      return said?.scopes ?? [];
    },
    async rehearse() {
      if (receive.kind !== 'socket') return;
      try {
        await new WebClient(receive.appToken, { ...common, retryConfig: { retries: 0 } }).apps.connections.open();
      } catch (error) {
        throw startMistake(error, receive) ?? error;
      }
    },
    async start() {
      try {
        await app.start(...(receive.kind === 'http' ? [receive.port] : []));
      } catch (error) {
        throw startMistake(error, receive) ?? error;
      }
    },
    async stop() {
      await app.stop();
    },
  };
}

async function whoAmI(client: WebClient, apiUrl: string): Promise<Identity> {
  try {
    const answer = await client.auth.test();
    return { botUserId: answer.user_id ?? '', botId: answer.bot_id ?? '', teamId: answer.team_id ?? '' };
  } catch (error) {
    if (error instanceof WebAPIPlatformError) {
      throw new OperatorError([
        {
          where: 'SLACK_BOT_TOKEN',
          problem: `Slack does not accept this token (${error.data.error}).`,
          mend: 'Open the app at https://api.slack.com/apps, "OAuth & Permissions", reinstall it and copy the Bot User OAuth Token (xoxb-...).',
        },
      ]);
    }
    throw new SlackUnreachable([
      {
        where: 'SLACK_API_URL',
        problem: `Slack cannot be reached at ${apiUrl}.`,
        mend: 'Check the network and the proxy of this machine; leave SLACK_API_URL unset for the real Slack.',
      },
    ]);
  }
}

/** What the operator can mend when receiving does not start. */
function startMistake(error: unknown, receive: SlackSettings['receive']): OperatorError | undefined {
  if (receive.kind === 'socket') {
    if (!(error instanceof WebAPIPlatformError)) return undefined;
    return new OperatorError([
      {
        where: 'SLACK_APP_TOKEN',
        problem: `Slack does not accept this token (${error.data.error}).`,
        mend: 'Open the app at https://api.slack.com/apps, "Basic Information", "App-Level Tokens", and copy one with the scope connections:write (xapp-...).',
      },
    ]);
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return undefined;
  const problem = code === 'EACCES' ? 'needs more rights than this process has.' : 'is used by another program.';
  return new OperatorError([
    { where: `PORT ${receive.port}`, problem, mend: 'Set PORT to a free port above 1023, or stop the other program.' },
  ]);
}
