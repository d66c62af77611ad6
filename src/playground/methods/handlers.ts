import { setStatus, setSuggestedPrompts } from './assistant.ts';
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
import { completeUpload, offerUpload, showFile } from './files.ts';
import type { Handler } from './handler.ts';
import { addReaction } from './reactions.ts';
import { findUserByEmail, listGroups, listGroupUsers, listUsers, showQuiet, showUser } from './users.ts';
import { openView, publishView, pushView, updateView } from './views.ts';

/** What carries out each method of the catalog. */
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
  'views.open': openView,
  'views.push': pushView,
  'views.update': updateView,
  'views.publish': publishView,
  'reactions.add': addReaction,
  'files.getUploadURLExternal': offerUpload,
  'files.completeUploadExternal': completeUpload,
  'files.info': showFile,
  'assistant.threads.setStatus': setStatus,
  'assistant.threads.setSuggestedPrompts': setSuggestedPrompts,
};
