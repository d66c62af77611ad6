import { fieldsOf, textOf } from './json.ts';
import type { AppInfo, ConversationInfo, FaultsInfo, MessageInfo, PersonInfo, Snapshot, ViewInfo } from './protocol.ts';
import { type Reading, unreadOf } from './reading.ts';
import type { Channel, Message, OpenView, User } from './state.ts';
import type { Workspace } from './workspace.ts';

const latestNotifications = 30;

/** Draws the workspace as one person sees it. */
export function drawSnapshot(
  workspace: Workspace,
  reading: Reading,
  me: string,
  rest: { readonly now: number; readonly app: AppInfo; readonly faults: FaultsInfo },
): Snapshot {
  const home = workspace.home(me);
  return {
    me,
    ...rest,
    people: workspace.everybody().map((user) => personInfo(workspace, reading, user)),
    groups: workspace.userGroups().map(({ id, handle }) => ({ id, handle })),
    conversations: workspace.conversations(me).map((channel) => ({
      ...conversationInfo(workspace, reading, me, channel),
      ...(channel.kind === 'im' && { name: rest.app.name }),
    })),
    ...(home && { home: viewInfo(workspace, home) }),
    modals: workspace.openViews(me).map((view) => viewInfo(workspace, view)),
    prompts: workspace.prompts(me).map(({ title, message }) => ({ title: textOf(title), message: textOf(message) })),
    notifications: workspace
      .notifications(me)
      .slice(-latestNotifications)
      .map(({ ts, channel, thread, text }) => ({ ts, channel, text, ...(thread !== undefined && { thread }) })),
  };
}

function personInfo(workspace: Workspace, reading: Reading, user: User): PersonInfo {
  const { id, name, realName, locale, zone, bot, deleted } = user;
  const playable = !bot && !deleted;
  const ringing = playable ? workspace.notifications(id) : [];
  const unread = ringing.filter(({ channel, ts }) => Number(ts) > Number(reading.readTo(id, channel))).length;
  return { id, name, realName, locale, zone, playable, unread };
}

function conversationInfo(workspace: Workspace, reading: Reading, me: string, channel: Channel): ConversationInfo {
  const { id, kind, members, archived } = channel;
  const shown = [
    ...workspace.messages(id),
    ...workspace.ephemerals(me).filter((message) => message.channel === id),
  ].sort((a, b) => Number(a.ts) - Number(b.ts));
  const readTo = reading.readTo(me, id);
  const unread = unreadOf(shown, me, readTo);
  const ringing = new Set(workspace.notifications(me).map(({ ts }) => ts));
  return {
    id,
    name: nameOf(workspace, me, channel),
    kind,
    members: [...members],
    archived,
    app: members.has(workspace.botUserId),
    unread: unread.length,
    ringing: unread.filter(({ ts }) => ringing.has(ts)).length,
    readTo,
    messages: shown.map((message) => messageInfo(workspace, me, message)),
  };
}

function nameOf(workspace: Workspace, me: string, { kind, name, members }: Channel): string {
  if (kind === 'public' || kind === 'private') return name;
  return [...members]
    .filter((member) => member !== me)
    .map((member) => workspace.user(member).realName)
    .join(', ');
}

function messageInfo(workspace: Workspace, me: string, message: Message): MessageInfo {
  const { ts, channel, user, text, blocks, attachments, files, bot, thread, broadcast, edited, reactions, only } =
    message;
  const status = thread === undefined ? workspace.status(message) : undefined;
  return {
    ts,
    channel,
    user,
    text,
    blocks: [...blocks, ...attachments.flatMap((attachment) => blocksOf(attachment))],
    files: files.map(({ id, name, title, content }) => ({ id, name, title, size: content.length })),
    bot,
    ...(thread !== undefined && { thread }),
    ...(broadcast !== undefined && { broadcast }),
    edited: edited !== undefined,
    reactions,
    onlyYou: only !== undefined,
    ...(status && { status }),
    chosen: workspace.chosen(message, me),
  };
}

function blocksOf(attachment: unknown) {
  const { blocks } = fieldsOf(attachment);
  return Array.isArray(blocks) ? blocks.map(fieldsOf) : [];
}

function viewInfo(workspace: Workspace, view: OpenView): ViewInfo {
  return { id: view.id, hash: view.hash, view: view.view, values: workspace.entered(view) };
}
