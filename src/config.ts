import { isAbsolute, relative, sep } from 'node:path';
import { z } from 'zod';
import { type Mistake, OperatorError } from './core/errors.ts';
import { secretOf, shortestSecret } from './core/signing.ts';
import type { WebhookSettings } from './delivery/webhook.ts';
import type { SlackSettings } from './slack/connect.ts';

export interface Config extends LocalConfig {
  readonly slack: SlackSettings;
  /** Where state changes are told; undefined: nowhere. */
  readonly webhook: WebhookSettings | undefined;
  /** How a learning system tells completions; undefined: it does not. */
  readonly completions: CompletionSettings | undefined;
}

export const LogLevel = z.enum(['debug', 'info', 'warn', 'error', 'silent']);
export type LogLevel = z.infer<typeof LogLevel>;

/** Settings that every command needs, with or without Slack. */
export interface LocalConfig {
  readonly stateDir: string;
  readonly contentDir: string | undefined;
  readonly peopleFile: string | undefined;
  /** Where lists of the audit trail go, and what they are signed with; undefined: none are written. */
  readonly audit: AuditSettings | undefined;
  readonly logLevel: LogLevel;
}

export interface AuditSettings {
  readonly dir: string;
  readonly keyFile: string;
}

export interface CompletionSettings {
  readonly secret: Buffer;
  /** A port of its own; undefined: the one that Slack calls. */
  readonly port: number | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

// An empty variable is what a deployment template leaves behind: it counts as not set.
const text = z
  .string()
  .trim()
  .transform((value) => value || undefined)
  .optional();

const Port = z.coerce.number().int().min(1).max(65_535);

const mends: Readonly<Record<string, string>> = {
  SLACK_BOT_TOKEN:
    'Open your app at https://api.slack.com/apps, "OAuth & Permissions", install it and copy the Bot User OAuth Token (xoxb-...).',
  SLACK_APP_TOKEN:
    'Open your app at https://api.slack.com/apps, "Basic Information", "App-Level Tokens", generate one with the scope connections:write (xapp-...). Or serve HTTP: set SLACK_SIGNING_SECRET and PORT.',
  SLACK_SIGNING_SECRET:
    'Copy it from "Basic Information", "App Credentials" of your app at https://api.slack.com/apps.',
  PORT: 'Set the port that receives Slack requests over HTTP, for example PORT=3000.',
  SLACK_API_URL: 'Leave it unset for the real Slack; otherwise give a full address that ends in a slash.',
  AUDIT_DIR:
    'Set a folder outside STATE_DIR, best one whose files nobody can change afterwards; or leave AUDIT_KEY_FILE unset too.',
  AUDIT_KEY_FILE:
    'Make a key with `openssl genpkey -algorithm ed25519 -out audit.key` and set its path; or leave AUDIT_DIR unset too.',
  WEBHOOK_URL: 'Set an address that begins with https:// (http:// only on this machine); or leave it unset.',
  WEBHOOK_SECRET_FILE:
    'Make a secret with `openssl rand -base64 32 > webhook.secret` and set its path; or leave WEBHOOK_URL unset too.',
  COMPLETIONS_SECRET:
    'Make one with `openssl rand -base64 32` and give it to the learning system too; or leave COMPLETIONS_PORT unset as well.',
  COMPLETIONS_PORT:
    'Set a free port for the learning system, for example COMPLETIONS_PORT=3001; over HTTP it may stay unset, and PORT serves both.',
  LOG_LEVEL: `Use one of ${LogLevel.options.join(', ')}.`,
};

/**
 * Reads the settings that need no Slack.
 * @throws OperatorError with every mistake at once
 */
export function readLocalConfig(env: Environment): LocalConfig {
  const mistakes: Mistake[] = [];
  const local = localFrom(env, mistakes);
  if (mistakes.length > 0) throw new OperatorError(mistakes);
  return local;
}

/**
 * Reads the whole configuration from the environment.
 * @throws OperatorError with every mistake at once, each with its mend
 */
export function readConfig(env: Environment): Config {
  const mistakes: Mistake[] = [];
  const local = localFrom(env, mistakes);
  const apiUrl = text.parse(env.SLACK_API_URL) ?? 'https://slack.com/api/';
  if (!z.url({ protocol: /^https?$/ }).safeParse(apiUrl).success || !apiUrl.endsWith('/')) {
    mistakes.push(mistake('SLACK_API_URL', 'is not an address that ends in a slash.'));
  }
  const botToken = token(env, 'SLACK_BOT_TOKEN', 'xoxb-', mistakes);
  const receive = receiveFrom(env, mistakes);
  const webhook = webhookFrom(env, mistakes);
  const completions = completionsFrom(env, receive, mistakes);
  if (mistakes.length > 0 || !receive) throw new OperatorError(mistakes);
  return { ...local, slack: { apiUrl, botToken, receive }, webhook, completions };
}

function localFrom(env: Environment, mistakes: Mistake[]): LocalConfig {
  const level = LogLevel.safeParse(text.parse(env.LOG_LEVEL) ?? 'info');
  if (!level.success) mistakes.push(mistake('LOG_LEVEL', 'is not a level.'));
  const stateDir = text.parse(env.STATE_DIR) ?? '.state';
  return {
    stateDir,
    contentDir: text.parse(env.CONTENT_DIR),
    peopleFile: text.parse(env.PEOPLE_FILE),
    audit: auditFrom(env, stateDir, mistakes),
    logLevel: level.data ?? 'info',
  };
}

function auditFrom(env: Environment, stateDir: string, mistakes: Mistake[]): AuditSettings | undefined {
  const dir = text.parse(env.AUDIT_DIR);
  const keyFile = text.parse(env.AUDIT_KEY_FILE);
  if (!dir && !keyFile) return undefined;
  if (!dir) mistakes.push(mistake('AUDIT_DIR', 'is not set, but AUDIT_KEY_FILE is.'));
  if (!keyFile) mistakes.push(mistake('AUDIT_KEY_FILE', 'is not set, but AUDIT_DIR is.'));
  // Whoever changes the store would change the lists with it.
  if (dir && isWithin(dir, stateDir)) mistakes.push(mistake('AUDIT_DIR', 'lies inside STATE_DIR.'));
  return dir && keyFile ? { dir, keyFile } : undefined;
}

function webhookFrom(env: Environment, mistakes: Mistake[]): WebhookSettings | undefined {
  const url = text.parse(env.WEBHOOK_URL);
  const secretFile = text.parse(env.WEBHOOK_SECRET_FILE);
  if (!url && !secretFile) return undefined;
  if (!url) mistakes.push(mistake('WEBHOOK_URL', 'is not set, but WEBHOOK_SECRET_FILE is.'));
  if (!secretFile) mistakes.push(mistake('WEBHOOK_SECRET_FILE', 'is not set, but WEBHOOK_URL is.'));
  if (url && !isSafe(url)) mistakes.push(mistake('WEBHOOK_URL', 'is not an address that others cannot listen to.'));
  return url && secretFile ? { url, secretFile } : undefined;
}

function completionsFrom(
  env: Environment,
  receive: SlackSettings['receive'] | undefined,
  mistakes: Mistake[],
): CompletionSettings | undefined {
  const secretText = text.parse(env.COMPLETIONS_SECRET);
  const portText = text.parse(env.COMPLETIONS_PORT);
  if (!secretText && !portText) return undefined;
  const secret = secretText === undefined ? undefined : secretOf(secretText);
  if (!secretText) mistakes.push(mistake('COMPLETIONS_SECRET', 'is not set, but COMPLETIONS_PORT is.'));
  else if (!secret) mistakes.push(mistake('COMPLETIONS_SECRET', `has under ${shortestSecret} bytes.`));
  const port = portText === undefined ? undefined : Port.safeParse(portText).data;
  if (portText && !port) mistakes.push(mistake('COMPLETIONS_PORT', 'is not a port.'));
  if (!portText && receive?.kind === 'socket') {
    mistakes.push(mistake('COMPLETIONS_PORT', 'is not set, and in Socket Mode no port is open.'));
  }
  if (port && receive?.kind === 'http' && port === receive.port) {
    mistakes.push(mistake('COMPLETIONS_PORT', 'is the same as PORT.'));
  }
  return secret ? { secret, port } : undefined;
}

/** Encrypted on its way, or on its way nowhere. A name and password in it would end up in logs. */
function isSafe(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  if (username || password) return false;
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isHere);
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way.split(sep)[0] === '..' || isAbsolute(way));
}

function receiveFrom(env: Environment, mistakes: Mistake[]): SlackSettings['receive'] | undefined {
  const secret = text.parse(env.SLACK_SIGNING_SECRET);
  const portText = text.parse(env.PORT);
  if (!secret && !portText) {
    return { kind: 'socket', appToken: token(env, 'SLACK_APP_TOKEN', 'xapp-', mistakes) };
  }
  // An app token beside half of the HTTP settings is Socket Mode on a platform that sets PORT, not a mistake.
  if (!secret && text.parse(env.SLACK_APP_TOKEN)) {
    return { kind: 'socket', appToken: token(env, 'SLACK_APP_TOKEN', 'xapp-', mistakes) };
  }
  const port = Port.safeParse(portText);
  if (!port.success) mistakes.push(mistake('PORT', portText ? 'is not a port.' : 'is not set.'));
  if (!secret) mistakes.push(mistake('SLACK_SIGNING_SECRET', 'is not set.'));
  if (!port.success || !secret) return undefined;
  return { kind: 'http', signingSecret: secret, port: port.data };
}

function token(env: Environment, name: string, prefix: string, mistakes: Mistake[]): string {
  const value = text.parse(env[name]);
  if (!value) mistakes.push(mistake(name, 'is not set.'));
  else if (!value.startsWith(prefix))
    mistakes.push(mistake(name, `does not start with ${prefix}: it is another kind of token.`));
  return value ?? '';
}

/** `problem` never shows the value: it ends up in logs, and a token may have been pasted into any variable. */
function mistake(where: string, problem: string): Mistake {
  return { where, problem, mend: mends[where] ?? '' };
}
