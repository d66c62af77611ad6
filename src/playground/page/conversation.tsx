import { Fragment, useEffect, useRef } from 'react';
import type { ConversationInfo, MessageInfo } from '../protocol.ts';
import { Composer } from './composer.tsx';
import { useLook, useOwn, useWords } from './context.tsx';
import { dayOf, msOf } from './format.ts';
import { Avatar } from './icons.tsx';
import { MessageRow } from './message.tsx';

interface Props {
  readonly conversation: ConversationInfo;
  openThread(root: string): void;
}

// Messages of one person within this time stand together.
const togetherMs = 3 * 60_000;

/** The messages of a conversation and the place to write. */
export function Conversation({ conversation, openThread }: Props) {
  const words = useWords();
  const { snapshot, act } = useOwn();
  const { id, kind, name, messages, archived, app } = conversation;
  const unread = useUnread(conversation);
  const label = words.writeTo(kind === 'im' || kind === 'mpim' ? name : `#${name}`);
  return (
    <>
      <MessageList key={id} messages={messages} unread={unread} inline={kind === 'im'} openThread={openThread} />
      {kind === 'im' && snapshot.prompts.length > 0 && messages.length === 0 && <Prompts channel={id} />}
      {!app && kind === 'public' && (
        <p className="note">
          {words.appMissing}{' '}
          <button type="button" className="action" onClick={() => void act({ kind: 'addApp', channel: id })}>
            {words.addApp}
          </button>
        </p>
      )}
      {archived ? (
        <p className="note">{words.archived}</p>
      ) : (
        <Composer key={`${id}-composer`} channel={id} label={label} />
      )}
    </>
  );
}

/** What was unread at the moment the conversation was opened: after one timestamp, up to another. */
interface Unread {
  readonly after: string;
  readonly upTo: string;
}

/** Remembers what was unread on opening, and marks as read what is in sight. */
function useUnread({ id, readTo, messages, unread }: ConversationInfo): Unread {
  const { act } = useOwn();
  const latest = messages.at(-1)?.ts ?? '0';
  const opened = useRef({ id, after: readTo, upTo: latest });
  if (opened.current.id !== id) opened.current = { id, after: readTo, upTo: latest };
  useEffect(() => {
    if (unread > 0) void act({ kind: 'read', channel: id, to: latest });
  }, [act, id, latest, unread]);
  return opened.current;
}

// A glimpse of what the latest message follows.
const glimpse = 90;

/** Scrolls to the latest message when there is one more: to its end, or to its beginning when it is longer than the list. */
function useLatestInSight(count: number) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = list.current;
    const last = box?.lastElementChild;
    if (!box || !(last instanceof HTMLElement) || count === 0) return;
    const start = last.offsetTop - box.offsetTop - glimpse;
    box.scrollTo({ top: Math.min(start, box.scrollHeight) });
  }, [count]);
  return list;
}

interface ListProps {
  readonly messages: readonly MessageInfo[];
  readonly unread: Unread;
  /** Threads are open in the conversation itself. */
  readonly inline: boolean;
  openThread(root: string): void;
}

function MessageList({ messages, unread, inline, openThread }: ListProps) {
  const words = useWords();
  const { locale } = useLook();
  const { snapshot } = useOwn();
  const list = useLatestInSight(messages.length);
  const zone = snapshot.people.find(({ id }) => id === snapshot.me)?.zone ?? 'UTC';
  const roots = messages.filter(({ thread, broadcast }) => thread === undefined || broadcast === true);
  const shown = inline ? roots.flatMap((root) => [root, ...repliesTo(root, messages)]) : roots;
  const firstNew = shown.find(
    ({ ts, user }) => user !== snapshot.me && Number(ts) > Number(unread.after) && Number(ts) <= Number(unread.upTo),
  )?.ts;

  return (
    <div className="messages" ref={list} role="log" aria-label={words.messages}>
      {shown.length === 0 && (inline ? <Welcome /> : <p className="empty">{words.empty}</p>)}
      {shown.map((message, at) => {
        const before = shown[at - 1];
        const day = dayOf(locale, zone, message.ts);
        const newDay = before === undefined || dayOf(locale, zone, before.ts) !== day;
        const nested = inline && message.thread !== undefined;
        return (
          <Fragment key={message.ts}>
            {newDay && !nested && (
              <p className="day">
                <span>{day}</span>
              </p>
            )}
            {message.ts === firstNew && (
              <p className="new-mark">
                <span>{words.newMessages}</span>
              </p>
            )}
            <div className={nested ? 'nested' : undefined}>
              <MessageRow
                message={message}
                replies={inline ? 0 : repliesTo(message, messages).length}
                follows={!newDay && followsUp(before, message)}
                reply={() => openThread(message.thread ?? message.ts)}
              />
            </div>
          </Fragment>
        );
      })}
    </div>
  );
}

/** A thread beside its conversation. */
export function Thread({ conversation, root }: { readonly conversation: ConversationInfo; readonly root: string }) {
  const words = useWords();
  const { messages, id } = conversation;
  const parent = messages.find(({ ts }) => ts === root);
  const shown = parent ? [parent, ...repliesTo(parent, messages)] : [];
  const list = useLatestInSight(shown.length);
  return (
    <>
      <div className="messages" ref={list} role="log" aria-label={words.thread}>
        {shown.map((message) => (
          <MessageRow key={message.ts} message={message} />
        ))}
      </div>
      <Composer channel={id} thread={root} label={words.replyHere} />
    </>
  );
}

function Welcome() {
  const { snapshot } = useOwn();
  return (
    <div className="welcome">
      <Avatar name={snapshot.app.name} app size={56} />
      <strong>{snapshot.app.name}</strong>
      <p>{snapshot.app.description}</p>
    </div>
  );
}

function Prompts({ channel }: { readonly channel: string }) {
  const words = useWords();
  const { snapshot, act } = useOwn();
  return (
    <fieldset className="prompts">
      <legend>{words.try}</legend>
      {snapshot.prompts.map(({ title, message }) => (
        <button
          key={title}
          type="button"
          className="prompt"
          onClick={() => void act({ kind: 'say', channel, text: message })}
        >
          <strong>{title}</strong>
          <span>{message}</span>
        </button>
      ))}
    </fieldset>
  );
}

function repliesTo(root: MessageInfo, messages: readonly MessageInfo[]): readonly MessageInfo[] {
  return messages.filter(({ thread, broadcast }) => thread === root.ts && broadcast !== true);
}

function followsUp(before: MessageInfo | undefined, message: MessageInfo): boolean {
  if (!before || before.user !== message.user || before.onlyYou || message.onlyYou || message.bot) return false;
  return before.thread === message.thread && msOf(message.ts) - msOf(before.ts) < togetherMs;
}
