import { Refusal } from '../refusal.ts';
import { openConnection, testAuth } from './auth.ts';
import type { MethodName } from './catalog.ts';
import { linkTo, postOnlyTo, postToChannel, removeMessage, updateMessage } from './chat.ts';
import {
  joinConversation,
  listConversations,
  listMembers,
  openConversation,
  readHistory,
  readReplies,
  showConversation,
} from './conversations.ts';
import type { Handler } from './handler.ts';
import { findUserByEmail, listGroups, listGroupUsers, listUsers, showQuiet, showUser } from './users.ts';

const later: Handler = () => {
  throw new Refusal('unknown_method');
};

export const handlers: Readonly<Record<MethodName, Handler>> = {
  'auth.test': testAuth,
  'apps.connections.open': openConnection,
  'chat.postMessage': postToChannel,
  'chat.update': updateMessage,
  'chat.delete': removeMessage,
  'chat.postEphemeral': postOnlyTo,
  'chat.getPermalink': linkTo,
  'conversations.open': openConversation,
  'conversations.info': showConversation,
  'conversations.list': listConversations,
  'conversations.members': listMembers,
  'conversations.history': readHistory,
  'conversations.replies': readReplies,
  'conversations.join': joinConversation,
  'users.info': showUser,
  'users.list': listUsers,
  'users.lookupByEmail': findUserByEmail,
  'usergroups.list': listGroups,
  'usergroups.users.list': listGroupUsers,
  'dnd.info': showQuiet,
  'views.open': later,
  'views.push': later,
  'views.update': later,
  'views.publish': later,
  'reactions.add': later,
  'files.getUploadURLExternal': later,
  'files.completeUploadExternal': later,
  'files.info': later,
  'assistant.threads.setStatus': later,
  'assistant.threads.setSuggestedPrompts': later,
};
