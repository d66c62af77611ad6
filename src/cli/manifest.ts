import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { type Document, parse, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { z } from 'zod';
import { OperatorError } from '../core/errors.ts';
import { print } from './print.ts';

const manifestFile = fileURLToPath(new URL('../../manifest.yml', import.meta.url));

interface Variant {
  /** The public address of the bot, when Slack reaches it over HTTP. */
  readonly http?: string;
  /** Channels may be set to be answered without a mention. */
  readonly questions?: boolean;
}

export function registerManifest(program: Command): void {
  program
    .command('manifest')
    .description('print the app manifest to paste at https://api.slack.com/apps')
    .option('--http <url>', 'for HTTP instead of Socket Mode: the public https address of the bot')
    .option('--questions', 'with the events that channels set to "questions" need')
    .action(async (variant: Variant) => print(manifestFor(await readFile(manifestFile, 'utf8'), variant).trimEnd()));
}

const Scopes = z.object({
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()), bot_optional: z.array(z.string()) }) }),
});

/** The scopes that the shipped manifest asks for. */
export async function shippedScopes(): Promise<{
  readonly needed: readonly string[];
  readonly optional: readonly string[];
}> {
  const { oauth_config } = Scopes.parse(parse(await readFile(manifestFile, 'utf8')));
  return { needed: oauth_config.scopes.bot, optional: oauth_config.scopes.bot_optional };
}

/**
 * The manifest of a variant, comments kept.
 * @param source manifest.yml as it ships
 * @throws OperatorError when the address is not one that Slack would call
 */
export function manifestFor(source: string, variant: Variant): string {
  const manifest = parseDocument(source);
  if (variant.http !== undefined) overHttp(manifest, variant.http);
  if (variant.questions) {
    const events = manifest.getIn(['settings', 'event_subscriptions', 'bot_events']) as YAMLSeq;
    for (const event of ['message.channels', 'message.groups']) events.add(event);
  }
  return manifest.toString({ lineWidth: 0 });
}

function overHttp(manifest: Document, address: string): void {
  if (!z.url({ protocol: /^https$/ }).safeParse(address).success) {
    const mend = 'Give the address that Slack reaches, for example https://ospo.example.com.';
    throw new OperatorError([{ where: '--http', problem: 'is not an https address.', mend }]);
  }
  const url = new URL('/slack/events', address).href;
  manifest.setIn(['settings', 'socket_mode_enabled'], false);
  manifest.setIn(['settings', 'event_subscriptions', 'request_url'], url);
  manifest.setIn(['settings', 'interactivity', 'request_url'], url);
  manifest.setIn(['settings', 'interactivity', 'message_menu_options_url'], url);
  const commands = manifest.getIn(['features', 'slash_commands']) as YAMLSeq<YAMLMap>;
  for (const command of commands.items) command.set('url', url);
}
