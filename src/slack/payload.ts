import { z } from 'zod';
import type { PersonId } from '../core/ports.ts';
import type { IncomingAction, IncomingShortcut, IncomingView, InputValue } from '../feature.ts';

// The parts of Slack's interaction payloads that we rely on; everything else is ignored.

const team = z.object({ id: z.string() }).nullish();
const user = z.object({ id: z.string().transform((id) => id as PersonId) });

const option = z.object({ value: z.string().optional() });
const inputState = z.looseObject({
  type: z.string(),
  value: z.string().nullish(),
  selected_option: option.nullish(),
  selected_options: z.array(option).nullish(),
  selected_user: z.string().nullish(),
  selected_users: z.array(z.string()).nullish(),
  selected_conversation: z.string().nullish(),
  selected_conversations: z.array(z.string()).nullish(),
  selected_channel: z.string().nullish(),
  selected_channels: z.array(z.string()).nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
  selected_date_time: z.number().nullish(),
  files: z.array(z.object({ id: z.string(), name: z.string().nullish(), permalink: z.string().optional() })).nullish(),
});

const view = z.object({
  id: z.string(),
  type: z.string().default(''),
  hash: z.string().default(''),
  callback_id: z.string().default(''),
  private_metadata: z.string().default(''),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), inputState)) }).optional(),
});

const message = z.object({
  ts: z.string(),
  thread_ts: z.string().optional(),
  text: z.string().default(''),
});

export const ActionBody = z.object({
  user,
  team,
  actions: z
    .array(
      z.looseObject({
        action_id: z.string(),
        action_ts: z.string().default(''),
        // null: Enter was pressed in an empty input.
        value: z.string().nullish(),
        selected_option: option.nullish(),
      }),
    )
    .min(1),
  container: z
    .looseObject({
      is_ephemeral: z.boolean().optional(),
      message_ts: z.string().optional(),
      thread_ts: z.string().optional(),
    })
    .optional(),
  channel: z.object({ id: z.string() }).optional(),
  message: message.optional(),
  view: view.optional(),
  trigger_id: z.string().default(''),
  response_url: z.string().optional(),
});
export type ActionBody = z.infer<typeof ActionBody>;

export const ShortcutBody = z.object({
  user,
  team,
  trigger_id: z.string(),
  channel: z.object({ id: z.string() }).optional(),
  message: message.optional(),
});
export type ShortcutBody = z.infer<typeof ShortcutBody>;

export const SubmissionBody = z.object({ user, team, view });
export type SubmissionBody = z.infer<typeof SubmissionBody>;

export const CommandBody = z.object({
  user_id: z.string().transform((id) => id as PersonId),
  team_id: z.string().default(''),
  channel_id: z.string(),
  text: z.string().default(''),
  trigger_id: z.string().default(''),
});

export const OptionsBody = z.object({ user, value: z.string().default('') });

/** An interaction with a message, a modal or Home. */
export function actionOf(body: ActionBody, now: number): IncomingAction {
  const [action] = body.actions;
  const ts = body.message?.ts ?? body.container?.message_ts;
  const thread = body.message?.thread_ts ?? body.container?.thread_ts;
  return {
    person: body.user.id,
    team: body.team?.id ?? '',
    at: now,
    action: action?.action_id ?? '',
    value: action?.value ?? action?.selected_option?.value ?? '',
    ...(body.channel && ts
      ? {
          message: {
            channel: body.channel.id,
            ts,
            ...(thread ? { thread } : {}),
            ephemeral: body.container?.is_ephemeral ?? false,
          },
        }
      : {}),
    ...(body.view ? { view: viewOf(body.view) } : {}),
  };
}

export function shortcutOf(body: ShortcutBody, now: number): IncomingShortcut {
  const { message: m, channel } = body;
  return {
    person: body.user.id,
    team: body.team?.id ?? '',
    at: now,
    ...(m && channel
      ? { message: { channel: channel.id, ts: m.ts, text: m.text, ...(m.thread_ts ? { thread: m.thread_ts } : {}) } }
      : {}),
  };
}

/** A view with its inputs' values, as listeners see it. */
export function viewOf(raw: z.infer<typeof view>): IncomingView {
  const values: Record<string, Record<string, InputValue>> = {};
  for (const [block, inputs] of Object.entries(raw.state?.values ?? {})) {
    values[block] = Object.fromEntries(Object.entries(inputs).map(([id, state]) => [id, inputValue(state)]));
  }
  return { id: raw.id, hash: raw.hash, callback: raw.callback_id, metadata: raw.private_metadata, values };
}

/** A link opens the file for whoever may see it, the id alone opens nothing. Of a name Slack's links keep plain ASCII only. */
function fileLink({
  id,
  name,
  permalink,
}: {
  readonly id: string;
  readonly name?: string | null | undefined;
  readonly permalink?: string | undefined;
}): string {
  if (!permalink) return id;
  return name && !permalink.endsWith(`/${name}`) ? `${permalink}#${encodeURIComponent(name)}` : permalink;
}

function inputValue(state: z.infer<typeof inputState>): InputValue {
  const many =
    state.selected_options?.flatMap((o) => (o.value === undefined ? [] : [o.value])) ??
    state.selected_users ??
    state.selected_conversations ??
    state.selected_channels ??
    state.files?.map(fileLink);
  if (many) return many;
  const one =
    state.value ??
    state.selected_option?.value ??
    state.selected_user ??
    state.selected_conversation ??
    state.selected_channel ??
    state.selected_date ??
    state.selected_time;
  if (one !== null && one !== undefined) return one;
  return state.selected_date_time === null || state.selected_date_time === undefined
    ? undefined
    : String(state.selected_date_time);
}

/** `ask.show:2` and `ask.show` are the same action: Slack wants ids unique within a block. */
export function handlerId(actionId: string): string {
  return actionId.split(':', 1)[0] ?? actionId;
}

/** The type of an event, or nothing. */
export function eventType(body: Readonly<Record<string, unknown>>): string {
  const event = body.event;
  return typeof event === 'object' && event !== null && 'type' in event ? String(event.type) : '';
}
