import { checkArguments } from './arguments.ts';
import { type Content, checkContent, needContent } from './content.ts';
import { type Fields, fieldsOf, isFields } from './json.ts';
import { changeMessage, deleteMessage, postMessage, showEphemeral } from './messages.ts';
import type { Method } from './methods/catalog.ts';
import { Refusal } from './refusal.ts';
import type { Channel, Message, ResponseUrl } from './state.ts';
import { identity, type World } from './world.ts';

// docs.slack.dev/interactivity/handling-user-interaction, "Responding with the response_url".
const maxUses = 5;
const lifetimeMs = 30 * 60_000;

const bodyArguments: Method = {
  required: {},
  optional: {
    text: 'string',
    blocks: 'json',
    attachments: 'json',
    metadata: 'json',
    response_type: 'string',
    replace_original: 'boolean',
    delete_original: 'boolean',
    thread_ts: 'string',
    mrkdwn: 'boolean',
    unfurl_links: 'boolean',
    unfurl_media: 'boolean',
    parse: 'string',
    link_names: 'boolean',
  },
  scopes: { all: [] },
  token: 'bot',
};

/** Makes a response URL for an interaction of `user` in `channel`, with `message` when it came from one. */
export function newResponseUrl(world: World, channel: string, user: string, message?: Message): string {
  const id = world.state.newId('R');
  world.state.responseUrls.set(id, {
    channel,
    user,
    at: world.clock.now(),
    uses: 0,
    ...(message && { message }),
  });
  return `${world.origin()}/response/${id}`;
}

/** Says what an app answered to an interaction, whether through a response URL or with the ack of a command. */
export function showResponse(world: World, channel: Channel, to: ResponseUrl, body: Fields): void {
  const args = checkArguments(bodyArguments, body);
  const original = to.message && current(world, channel, to.message);
  if (args.flag('delete_original')) {
    if (original) removeOriginal(world, channel, original);
    return;
  }
  const { truncated: _, ...content } = checkContent(world, args);
  needContent({ ...content, truncated: false });
  if (args.flag('replace_original') && original) {
    if (original.only === undefined) changeMessage(world, channel, original, { blocks: [], ...content });
    else replaceEphemeral(world, original, { blocks: [], ...content });
    return;
  }
  const { metadata, text = '', ...rest } = content;
  const thread = args.text('thread_ts') ?? original?.thread;
  const draft = { user: identity.botUser, text, ...rest, ...(metadata && { metadata }), ...(thread && { thread }) };
  if (args.text('response_type') === 'in_channel') postMessage(world, channel, draft);
  else showEphemeral(world, channel, to.user, draft);
}

/** The message as it is now: it may have changed since the interaction. */
function current(world: World, channel: Channel, message: Message): Message | undefined {
  if (message.only === undefined) return channel.messages.get(message.ts);
  return world.state.ephemerals.find((other) => other.ts === message.ts);
}

function removeOriginal(world: World, channel: Channel, original: Message): void {
  if (original.only === undefined) {
    deleteMessage(world, channel, original);
    return;
  }
  world.state.ephemerals.splice(world.state.ephemerals.indexOf(original), 1);
  world.signal.changed();
}

function replaceEphemeral(world: World, original: Message, content: Omit<Content, 'truncated'>): void {
  const { metadata: _, ...rest } = content;
  world.state.ephemerals.splice(world.state.ephemerals.indexOf(original), 1, { ...original, ...rest });
  world.signal.changed();
}

/** Answers a POST to a response URL: Slack says `ok`, or an error code with a status that is no success. */
export function answerResponseUrl(
  world: World,
  id: string,
  body: unknown,
): { readonly status: number; readonly body: string } {
  const to = world.state.responseUrls.get(id);
  if (!to || to.uses >= maxUses || world.clock.now() - to.at > lifetimeMs) return { status: 404, body: 'used_url' };
  const channel = world.state.channels.get(to.channel);
  if (!channel) return { status: 404, body: 'channel_not_found' };
  if (!isFields(body)) return { status: 400, body: 'invalid_payload' };
  world.state.responseUrls.set(id, { ...to, uses: to.uses + 1 });
  try {
    showResponse(world, channel, to, fieldsOf(body));
    return { status: 200, body: 'ok' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: 400, body: error.code };
  }
}
