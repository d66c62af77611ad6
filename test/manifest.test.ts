import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { followPeople } from '../src/app.ts';
import { idleFeatures } from '../src/cli/gallery.ts';
import { manifestFor } from '../src/cli/manifest.ts';
import { readHandbook } from '../src/cli/setup.ts';
import { eventScopes } from '../src/playground/events.ts';
import { install } from '../src/playground/manifest.ts';
import { catalog, isMethodName } from '../src/playground/methods/catalog.ts';
import { grants } from '../src/playground/scopes.ts';
import { readModules } from './architecture/modules.ts';
import { createRecordingGate, type RecordingGate, typed } from './wiring.ts';

/** What Slack takes: github.com/slackapi/manifest-schema, schemas/manifest.schema.2.0.0.json. Unknown keys are refused there too. */
const Url = z.url({ protocol: /^https$/ }).optional();
const Manifest = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(2), minor_version: z.literal(1) }),
  display_information: z.strictObject({
    name: z.string().max(35),
    description: z.string().max(140),
    long_description: z.string().min(175).max(4_000),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    bot_user: z.strictObject({ display_name: z.string().max(80), always_online: z.boolean() }),
    shortcuts: z
      .array(
        z.strictObject({
          name: z.string().max(24),
          type: z.enum(['message', 'global']),
          callback_id: z.string().max(255),
          description: z.string().max(150),
        }),
      )
      .max(10),
    slash_commands: z
      .array(
        z.strictObject({
          command: z.string().startsWith('/').max(32),
          description: z.string().max(2_000),
          usage_hint: z.string().max(1_000),
          should_escape: z.boolean(),
          url: Url,
        }),
      )
      .max(50),
    agent_view: z.strictObject({
      agent_description: z.string().max(300),
      suggested_prompts: z.array(z.strictObject({ title: z.string(), message: z.string() })).max(4),
    }),
  }),
  oauth_config: z.strictObject({
    scopes: z.strictObject({ bot: z.array(z.string()).max(255), bot_optional: z.array(z.string()).max(255) }),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ bot_events: z.array(z.string()).max(100), request_url: Url }),
    interactivity: z.strictObject({ is_enabled: z.boolean(), request_url: Url, message_menu_options_url: Url }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
});
type Manifest = z.infer<typeof Manifest>;

const source = readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8');
const address = 'https://ospo.example.com';
const variants = {
  'Socket Mode': manifestFor(source, {}),
  HTTP: manifestFor(source, { http: address }),
  'with questions': manifestFor(source, { questions: true }),
  'HTTP with questions': manifestFor(source, { http: address, questions: true }),
};
const read = (text: string): Manifest => Manifest.parse(parse(text));
const shipped = read(source);
const withQuestions = read(variants['with questions']);

let methods: readonly string[];
let gate: RecordingGate;
beforeAll(async () => {
  vi.stubEnv('STATE_DIR', '/nonexistent');
  vi.stubEnv('CONTENT_DIR', '');
  const handbook = await readHandbook();
  // A channel that is answered without a mention, so that messages of channels are wanted as well.
  const organization = { ...handbook.organization, channels: { C1: 'questions' as const } };
  gate = createRecordingGate();
  for (const feature of idleFeatures({ ...handbook, organization })) feature.listen(gate);
  followPeople(gate, { apply: () => Promise.resolve() });
  methods = [...new Set((await readModules()).flatMap((module) => module.calls))];
  return () => vi.unstubAllEnvs();
});

const histories = Object.values(grants.history);

/**
 * The scopes without which a method is refused, from https://docs.slack.dev/reference/methods/<method>. Conversations are
 * opened with one person or with several; history is read where the bot wrote, and `find` says so where it may not.
 */
function scopesOfMethod(method: string): readonly string[] {
  if (!isMethodName(method)) throw new Error(`the workspace does not know ${method}: add it to its catalog`);
  const { scopes } = catalog[method];
  if ('all' in scopes) return scopes.all;
  // Only channels are looked at.
  if (scopes.kind === 'read') return [grants.read.public, grants.read.private];
  return scopes.kind === 'open' ? [grants.open.im, grants.open.mpim] : [grants[scopes.kind].im];
}

const allScopes = ({ oauth_config: { scopes } }: Manifest) => [...scopes.bot, ...scopes.bot_optional];

/** What the bot asks where it may, and does without where it may not: its scope is optional. */
const optionalMethods: readonly string[] = [
  'dnd.info',
  'conversations.info',
  'conversations.list',
  'conversations.members',
  'conversations.join',
];

/** What the code needs and the manifest does not ask for. */
function missingScopes(manifest: Manifest): readonly string[] {
  const { bot } = manifest.oauth_config.scopes;
  const events = manifest.settings.event_subscriptions.bot_events;
  return [
    ...methods.flatMap((method) => {
      const granted = optionalMethods.includes(method) ? allScopes(manifest) : bot;
      return scopesOfMethod(method).filter((scope) => !granted.includes(scope));
    }),
    ...events.filter((event) => !(eventScopes[event] ?? []).every((scope) => allScopes(manifest).includes(scope))),
  ];
}

/** What the manifest asks for and nothing needs. */
function idleScopes(manifest: Manifest): readonly string[] {
  const { shortcuts, slash_commands } = manifest.features;
  const events = withQuestions.settings.event_subscriptions.bot_events;
  const needed = new Set([
    ...methods.flatMap(scopesOfMethod),
    ...events.flatMap((event) => eventScopes[event] ?? []),
    // https://docs.slack.dev/reference/scopes/commands
    ...(shortcuts.length + slash_commands.length > 0 ? ['commands'] : []),
    // Without it profiles have no e-mail address, and nobody is found in the HR file:
    // https://docs.slack.dev/reference/scopes/users.read.email
    ...(methods.includes('users.list') ? ['users:read.email'] : []),
  ]);
  return allScopes(manifest).filter((scope) => !needed.has(scope));
}

/** An event as it comes in, by the name of its subscription; messages tell their kind by the conversation. */
const samples: Readonly<Record<string, object>> = {
  'message.im': { type: 'message', channel_type: 'im' },
  'message.mpim': { type: 'message', channel_type: 'mpim' },
  'message.channels': { type: 'message', channel_type: 'channel' },
  'message.groups': { type: 'message', channel_type: 'group' },
  app_mention: { type: 'app_mention' },
};
const said = { user: 'U1', channel: 'C1', ts: '1795428000.000100', text: 'May we use an AGPL database?' };

/** The subscriptions that some listener wants. */
function wantedEvents(): readonly string[] {
  const stored = Object.entries(samples).filter(([, event]) => {
    const type = 'type' in event ? String(event.type) : '';
    return gate.events.get(type)?.wants({ ...said, ...event });
  });
  return [...stored.map(([name]) => name), ...gate.glances];
}

const eventsOf = (manifest: Manifest) => manifest.settings.event_subscriptions.bot_events;

describe('every variant', () => {
  it.each(Object.entries(variants))('%s is a manifest that Slack takes', (_, text) => {
    const parsed = Manifest.safeParse(parse(text));

    expect(parsed.error?.issues ?? []).toEqual([]);
  });

  it.each(Object.entries(variants))('%s installs in the strict workspace with everything it names', (_, text) => {
    const manifest = read(text);

    const installed = install(parse(text));

    expect([...installed.events]).toEqual(eventsOf(manifest));
    expect([...installed.scopes]).toEqual(allScopes(manifest));
    expect(installed).toMatchObject({ homeTab: true, messagesTab: true, agent: true, interactive: true });
  });

  it('over HTTP names its address wherever Slack calls, and nowhere else', () => {
    const { features, settings } = read(variants.HTTP);
    const url = `${address}/slack/events`;

    expect(features.slash_commands.map((command) => command.url)).toEqual([url]);
    expect(settings).toMatchObject({
      socket_mode_enabled: false,
      event_subscriptions: { request_url: url },
      interactivity: { request_url: url, message_menu_options_url: url },
    });
    expect(variants['Socket Mode']).not.toMatch(/^\s+(?:request_)?url:/m);
    expect(shipped.settings.socket_mode_enabled).toBe(true);
  });

  it.each(['http://ospo.example.com', 'ospo.example.com', ''])('refuses the address "%s"', (http) => {
    expect(() => manifestFor(source, { http })).toThrow('is not an https address');
  });

  it('keeps the comments of the file', () => {
    expect(variants['HTTP with questions']).toContain('# The Slack app, ready to paste');
  });
});

describe('scopes', () => {
  it.each(Object.entries(variants))('%s asks for what the code needs', (_, text) => {
    expect(missingScopes(read(text))).toEqual([]);
  });

  it('asks for nothing that nothing needs', () => {
    // Looking for a lost message in a channel and hearing its questions are the same scopes, and both can be done without.
    const optional = [...histories, ...optionalMethods.flatMap(scopesOfMethod)];
    expect(withQuestions.oauth_config.scopes.bot_optional.filter((scope) => !optional.includes(scope))).toEqual([]);
    expect(idleScopes(shipped)).toEqual([]);
  });

  it('are named once', () => {
    expect(new Set(allScopes(shipped)).size).toBe(allScopes(shipped).length);
  });

  it.each(shipped.oauth_config.scopes.bot)('would miss %s', (scope) => {
    const { bot, bot_optional } = shipped.oauth_config.scopes;
    const poorer = {
      ...shipped,
      oauth_config: { scopes: { bot: bot.filter((each) => each !== scope), bot_optional } },
    };
    const structural = ['commands', 'users:read.email'];

    expect(missingScopes(poorer).length > 0).toBe(!structural.includes(scope));
  });

  it('would notice one that is asked for in vain', () => {
    const { bot, bot_optional } = shipped.oauth_config.scopes;
    const greedy = { ...shipped, oauth_config: { scopes: { bot: [...bot, 'reactions:write'], bot_optional } } };

    expect(idleScopes(greedy)).toEqual(['reactions:write']);
  });
});

describe('events', () => {
  it('are subscribed exactly when a listener wants them', () => {
    expect(eventsOf(withQuestions).toSorted()).toEqual(wantedEvents().toSorted());
  });

  it('of channels are only in the variant for questions', () => {
    const more = eventsOf(withQuestions).filter((event) => !eventsOf(shipped).includes(event));

    expect(more).toEqual(['message.channels', 'message.groups']);
  });

  it('have a sample here when a listener stores them', () => {
    const types = new Set(Object.values(samples).map((event) => ('type' in event ? event.type : undefined)));

    expect([...gate.events.keys()].filter((type) => !types.has(type))).toEqual([]);
  });
});

describe('surfaces', () => {
  it('has the shortcuts that listeners open, and no other', () => {
    const ids = shipped.features.shortcuts.map((shortcut) => shortcut.callback_id);

    expect(ids.toSorted()).toEqual([...gate.shortcuts].toSorted());
  });

  it('has the command that help speaks of', async () => {
    const answered = await gate.commands.get('help')?.(typed(''));

    const named = new Set(answered?.answer?.text.match(/(?<!\w)\/[a-z]+/g));
    expect(shipped.features.slash_commands.map(({ command }) => command)).toEqual([...named]);
  });

  it('lets people talk to it and open its Home', () => {
    const { app_home } = shipped.features;

    expect(app_home.home_tab_enabled).toBe(methods.includes('views.publish'));
    expect(app_home).toMatchObject({ messages_tab_enabled: true, messages_tab_read_only_enabled: false });
    expect(shipped.settings.interactivity.is_enabled).toBe(gate.actions.size > 0);
  });

  it('escapes what is typed after the command, so that mentions arrive as ids', () => {
    expect(shipped.features.slash_commands.every((command) => command.should_escape)).toBe(true);
  });
});
