import { basename } from 'node:path';
import type { Config } from './config.ts';
import type { ChannelStanding, Channels } from './core/announcing.ts';
import { type Mistake, OperatorError } from './core/errors.ts';
import { type Finding, formatFinding } from './core/findings.ts';
import type { Organization } from './core/organization.ts';
import type { Log } from './core/ports.ts';
import type { Clock } from './core/time.ts';
import { derivePeople } from './people/derive.ts';
import { readHrFile } from './people/directory.ts';
import { withHrFile, withWorkspace } from './people/sources.ts';
import { createChannels } from './slack/channels.ts';
import { type Connection, connect } from './slack/connect.ts';
import { createSlackDirectory } from './slack/directory.ts';

/** What Slack was asked about, and what came of it; each line says what is wrong, or what goes quiet, and how to mend it. */
export interface Examined {
  readonly title: string;
  readonly wrong: readonly string[];
  readonly notes: readonly string[];
}

/** The scopes that the manifest asks for. */
export interface WantedScopes {
  readonly needed: readonly string[];
  readonly optional: readonly string[];
}

interface Examining {
  readonly config: Config;
  readonly organization: Organization;
  readonly scopes: WantedScopes;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Holds settings and organization against the live workspace: tokens, scopes, channels, people. Writes nothing there and
 * takes no events away from a running bot.
 */
export async function examineWorkspace(given: Examining): Promise<readonly Examined[]> {
  const { config, organization, scopes, clock, log } = given;
  let connection: Connection;
  try {
    connection = await connect(config.slack, log);
  } catch (error) {
    return [{ title: 'Slack', wrong: mistakesOf(error).map(sayMistake), notes: [] }];
  }
  const granted = await connection.grantedScopes();
  const receiving = await mistakesIn(connection.rehearse());
  return [
    { title: 'Slack', wrong: receiving.map(sayMistake), notes: [] },
    examineScopes(scopes, granted, organization),
    await examineChannels(organization, createChannels(connection.clients.background, clock, log)),
    await examinePeople(given, connection),
  ];
}

/* ---------- scopes ---------- */

const reinstall =
  'Paste `npm run ospo -- manifest` into "App Manifest" at https://api.slack.com/apps and install the app again.';

function examineScopes(
  { needed, optional }: WantedScopes,
  all: readonly string[],
  { channels }: Organization,
): Examined {
  const granted = new Set(all);
  const missing = needed.filter((scope) => !granted.has(scope));
  const quiet = optional.filter((scope) => !granted.has(scope));
  const unused = all.filter((scope) => !needed.includes(scope) && !optional.includes(scope));
  const overheard = Object.entries(channels).flatMap(([id, policy]) => (policy === 'questions' ? [id] : []));
  const deaf = overheard.length > 0 ? quiet.filter((scope) => histories.includes(scope)) : [];
  return {
    title: 'Scopes',
    wrong: [
      ...missing.map((scope) => `${scope} is not granted. ${reinstall}`),
      ...deaf.map(
        (scope) =>
          `${scope} is not granted, and ${overheard.join(', ')} should be answered without a mention. ${reinstall}`,
      ),
    ],
    notes: [
      ...quiet
        .filter((scope) => !deaf.includes(scope))
        .map((scope) => `${scope} is not granted: what needs it stays quiet. It is optional.`),
      ...unused.map((scope) => `${scope} is granted, and the bot has no use for it. Take it out of the app.`),
    ],
  };
}

const histories = ['channels:history', 'groups:history'];

/* ---------- channels ---------- */

async function examineChannels(organization: Organization, channels: Channels): Promise<Examined> {
  const named = channelsIn(organization);
  const standings = await channels.standings([...new Set(named.map(({ id }) => id))]);
  const lines = named.map(({ id, path }) => ({ kind: standings.get(id)?.kind ?? 'unknown', where: `${path} ${id}` }));
  const said = (wanted: (kind: ChannelStanding['kind']) => boolean) =>
    lines.flatMap(({ kind, where }) => (wanted(kind) && kind !== 'open' ? [`${where} ${channelWords[kind]}`] : []));
  return { title: 'Channels', wrong: said((kind) => kind !== 'unknown'), notes: said((kind) => kind === 'unknown') };
}

const channelWords: Readonly<Record<Exclude<ChannelStanding['kind'], 'open'>, string>> = {
  hidden:
    'is not there, or it is private and the bot is not in it. Correct the id, or invite the bot there: /invite @ospo-advisor.',
  outside: 'does not have the bot in it, so nothing arrives there. Invite it: /invite @ospo-advisor.',
  archived: 'is archived. Open it again, or name another one.',
  unknown:
    'could not be looked at: channels:read and groups:read are optional scopes. Invite the bot there, and see that it arrives.',
};

/** Every channel that the organization's file names, with the place in the file. */
function channelsIn({
  ospo,
  requests,
  channels,
}: Organization): readonly { readonly id: string; readonly path: string }[] {
  return [
    ...(ospo.channel ? [{ id: ospo.channel, path: 'ospo.channel' }] : []),
    ...Object.entries(requests.channels).map(([role, id]) => ({ id, path: `requests.channels.${role}` })),
    ...Object.entries(channels).flatMap(([id, policy]) => (policy === 'off' ? [] : [{ id, path: 'channels' }])),
  ];
}

/* ---------- people ---------- */

/** The same reading as the bot's, from nothing: what it would find wrong in Slack, the HR file and the roles. */
async function examinePeople({ config, organization, clock }: Examining, { clients }: Connection): Promise<Examined> {
  const guard = { acceptLoss: true, isActive: () => false };
  const workspace = await withWorkspace(new Map(), createSlackDirectory(clients.background), guard);
  if (!workspace.isAccepted) return peopleSaid(workspace.findings);
  const { peopleFile } = config;
  const name = peopleFile === undefined ? 'people file' : basename(peopleFile);
  const file = peopleFile === undefined ? undefined : await readHrFile(peopleFile, name);
  const reading = file ? withHrFile(workspace.records, file, name, guard) : workspace;
  return peopleSaid([...reading.findings, ...derivePeople(reading.records, organization, clock.now(), name).findings]);
}

function peopleSaid(findings: readonly Finding[]): Examined {
  const said = (fatal: boolean) => findings.filter((finding) => finding.fatal === fatal).map(formatFinding);
  return { title: 'People', wrong: said(true), notes: said(false) };
}

/* ---------- shared ---------- */

async function mistakesIn(work: Promise<void>): Promise<readonly Mistake[]> {
  try {
    await work;
    return [];
  } catch (error) {
    return mistakesOf(error);
  }
}

/** @throws what is no mistake of an operator */
function mistakesOf(error: unknown): readonly Mistake[] {
  if (error instanceof OperatorError) return error.mistakes;
  throw error;
}

export function sayMistake({ where, problem, mend }: Mistake): string {
  return `${where} ${problem} ${mend}`;
}
