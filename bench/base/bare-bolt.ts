import { readFile } from 'node:fs/promises';
import { App, type Logger, LogLevel } from '@slack/bolt';
import { parse } from 'yaml';
import type { Message } from '../../src/playground/state.ts';
import { startWorkspace, type Workspace } from '../../src/playground/workspace.ts';

/** The manifest that ships. */
export async function manifest(): Promise<unknown> {
  return parse(await readFile(new URL('../../manifest.yml', import.meta.url), 'utf8'));
}

/** A Bolt app with nothing in it, on a workspace of its own: the floor that the bot is held against. */
export interface BareBolt {
  readonly workspace: Workspace;
  readonly app: App;
  /** Brings a message with one button, `press`, to a person. */
  post(person: string): Promise<Message>;
  stop(): Promise<void>;
}

/** @param prepare registers what the app does; it starts afterwards */
export async function startBareBolt(prepare: (app: App) => void): Promise<BareBolt> {
  const workspace = await startWorkspace({ manifest: await manifest() });
  const nothing = () => undefined;
  const logger: Logger = {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
    setLevel: nothing,
    setName: nothing,
    getLevel: () => LogLevel.ERROR,
  };
  const app = new App({
    token: workspace.botToken,
    appToken: workspace.appToken,
    botId: 'B0',
    botUserId: workspace.botUserId,
    socketMode: true,
    logger,
    clientOptions: { slackApiUrl: workspace.apiUrl },
  });
  prepare(app);
  await app.start();
  return {
    workspace,
    app,
    async post(person) {
      const known = workspace.conversation(person).length;
      const button = {
        type: 'button',
        action_id: 'press',
        text: { type: 'plain_text', text: 'Press' },
        value: 'v',
      } as const;
      await app.client.chat.postMessage({
        channel: person,
        text: 'Press it.',
        blocks: [{ type: 'actions', elements: [button] }],
      });
      return workspace.waitFor(() => workspace.conversation(person)[known]);
    },
    async stop() {
      await app.stop();
      await workspace.stop();
    },
  };
}
