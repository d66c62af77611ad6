import { z } from 'zod';

/** The parts of an app manifest that decide what the workspace grants and delivers. Unknown keys are left alone here. */
const Manifest = z.object({
  display_information: z.object({ name: z.string() }),
  features: z
    .object({
      app_home: z
        .object({ home_tab_enabled: z.boolean().default(false), messages_tab_enabled: z.boolean().default(false) })
        .default({ home_tab_enabled: false, messages_tab_enabled: false }),
      bot_user: z.object({ display_name: z.string() }).optional(),
      shortcuts: z
        .array(z.object({ name: z.string(), type: z.enum(['message', 'global']), callback_id: z.string() }))
        .default([]),
      slash_commands: z.array(z.object({ command: z.string(), description: z.string() })).default([]),
      agent_view: z.object({}).optional(),
    })
    .prefault({}),
  oauth_config: z.object({
    scopes: z.object({ bot: z.array(z.string()).default([]), bot_optional: z.array(z.string()).default([]) }),
  }),
  settings: z
    .object({
      event_subscriptions: z.object({ bot_events: z.array(z.string()).default([]) }).prefault({}),
      interactivity: z.object({ is_enabled: z.boolean() }).default({ is_enabled: false }),
    })
    .prefault({}),
});

/** What an installed app may do in the workspace. */
export interface Installation {
  readonly name: string;
  readonly homeTab: boolean;
  readonly messagesTab: boolean;
  readonly agent: boolean;
  readonly interactive: boolean;
  readonly commands: ReadonlySet<string>;
  readonly shortcuts: readonly {
    readonly name: string;
    readonly type: 'message' | 'global';
    readonly callbackId: string;
  }[];
  readonly events: ReadonlySet<string>;
  /** Mutable: an administrator may take a scope away while the app runs. */
  readonly scopes: Set<string>;
}

/**
 * Installs an app from its parsed manifest; optional scopes are granted unless named in `withheld`.
 * @throws ZodError when the manifest lacks what every app has
 */
export function install(manifest: unknown, withheld: readonly string[] = []): Installation {
  const { display_information, features, oauth_config, settings } = Manifest.parse(manifest);
  const { bot, bot_optional } = oauth_config.scopes;
  return {
    name: features.bot_user?.display_name ?? display_information.name,
    homeTab: features.app_home.home_tab_enabled,
    messagesTab: features.app_home.messages_tab_enabled,
    agent: features.agent_view !== undefined,
    interactive: settings.interactivity.is_enabled,
    commands: new Set(features.slash_commands.map((command) => command.command)),
    shortcuts: features.shortcuts.map(({ name, type, callback_id }) => ({ name, type, callbackId: callback_id })),
    events: new Set(settings.event_subscriptions.bot_events),
    scopes: new Set([...bot, ...bot_optional].filter((scope) => !withheld.includes(scope))),
  };
}
