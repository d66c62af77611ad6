import type { Placed } from './blocks.ts';
import { inputsOf, inputsShape } from './inputs.ts';
import { compact, type Fields, listOf } from './json.ts';
import { newResponseUrl } from './response-url.ts';
import { messageShape } from './shapes.ts';
import { type Message, messageKey, type OpenView } from './state.ts';
import { newTrigger, viewShape } from './views.ts';
import { identity, type World } from './world.ts';

/** Where an interaction takes place. */
export type Where =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'view'; readonly view: OpenView };

function actor(world: World, user: string): Fields {
  const name = world.state.users.get(user)?.name ?? user;
  return { id: user, username: name, name, team_id: identity.team };
}

/** What every interactive payload carries (docs.slack.dev/reference/interaction-payloads). */
function envelope(world: World, type: string, user: string): Fields {
  return {
    type,
    user: actor(world, user),
    api_app_id: identity.app,
    token: identity.verificationToken,
    team: { id: identity.team, domain: identity.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

function channelName(world: World, id: string): Fields {
  const channel = world.state.channels.get(id);
  const names = { im: 'directmessage', private: 'privategroup', mpim: channel?.name, public: channel?.name } as const;
  return { id, name: channel ? names[channel.kind] : id };
}

function place(world: World, user: string, where: Where): Fields {
  if (where.kind === 'view') {
    return { container: { type: 'view', view_id: where.view.id }, view: viewShape(where.view) };
  }
  const { message } = where;
  const blocks = [...message.blocks, ...message.attachments.flatMap((attachment) => listOf(attachment.blocks))];
  const inputs = inputsOf(blocks, world.state.messageInputs.get(messageKey(message, user)));
  return {
    container: compact({
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: message.only !== undefined,
      thread_ts: message.thread,
    }),
    channel: channelName(world, message.channel),
    // Slack does not keep ephemeral messages, so it cannot send them back.
    ...(message.only === undefined && { message: messageShape(world, message) }),
    state: { values: inputsShape(inputs) },
  };
}

function viewOf(where: Where): string | undefined {
  return where.kind === 'view' && where.view.type === 'modal' ? where.view.id : undefined;
}

/** @param chosen what the action itself reports: a button's value, a chosen option */
export function blockActions(world: World, user: string, where: Where, placed: Placed, chosen: Fields): Fields {
  const { element, blockId, actionId } = placed;
  const action = compact({
    type: element.type,
    action_id: actionId,
    block_id: blockId,
    text: element.text,
    placeholder: element.placeholder,
    ...chosen,
    action_ts: world.state.newTs(),
  });
  return {
    ...envelope(world, 'block_actions', user),
    trigger_id: newTrigger(world, user, viewOf(where)),
    ...place(world, user, where),
    ...(where.kind === 'message' && {
      response_url: newResponseUrl(world, where.message.channel, user, where.message),
    }),
    actions: [action],
  };
}

export function blockSuggestion(world: World, user: string, where: Where, placed: Placed, typed: string): Fields {
  return {
    ...envelope(world, 'block_suggestion', user),
    ...place(world, user, where),
    action_id: placed.actionId,
    block_id: placed.blockId,
    value: typed,
  };
}

export function viewSubmission(world: World, user: string, view: OpenView): Fields {
  return {
    ...envelope(world, 'view_submission', user),
    trigger_id: newTrigger(world, user, view.id),
    view: viewShape(view),
    response_urls: [],
  };
}

export function viewClosed(world: World, user: string, view: OpenView, cleared: boolean): Fields {
  return { ...envelope(world, 'view_closed', user), view: viewShape(view), is_cleared: cleared };
}

export function globalShortcut(world: World, user: string, callbackId: string): Fields {
  return {
    ...envelope(world, 'shortcut', user),
    callback_id: callbackId,
    trigger_id: newTrigger(world, user),
    action_ts: world.state.newTs(),
  };
}

export function messageShortcut(world: World, user: string, callbackId: string, message: Message): Fields {
  return {
    ...envelope(world, 'message_action', user),
    callback_id: callbackId,
    trigger_id: newTrigger(world, user),
    response_url: newResponseUrl(world, message.channel, user, message),
    action_ts: world.state.newTs(),
    message_ts: message.ts,
    channel: channelName(world, message.channel),
    message: messageShape(world, message),
  };
}

/** docs.slack.dev/interactivity/implementing-slash-commands: all fields are strings. */
export function slashCommand(world: World, user: string, command: string, text: string, channel: string): Fields {
  return {
    token: identity.verificationToken,
    team_id: identity.team,
    team_domain: identity.domain,
    channel_id: channel,
    channel_name: channelName(world, channel).name,
    user_id: user,
    user_name: world.state.users.get(user)?.name ?? user,
    command,
    text,
    api_app_id: identity.app,
    is_enterprise_install: 'false',
    response_url: newResponseUrl(world, channel, user),
    trigger_id: newTrigger(world, user),
  };
}
