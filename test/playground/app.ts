import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { Workspace } from '../../src/playground/workspace.ts';

/** A real Bolt app in Socket Mode against the workspace, not started; quick to reconnect. */
export function socketApp(workspace: Workspace): App {
  const clientOptions = { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 } };
  const receiver = new SocketModeReceiver({
    appToken: workspace.appToken,
    logLevel: LogLevel.ERROR,
    clientPingTimeout: 100,
    installerOptions: { clientOptions },
  });
  return new App({
    token: workspace.botToken,
    receiver,
    logLevel: LogLevel.ERROR,
    clientOptions,
    deferInitialization: true,
  });
}
