import { useState } from 'react';
import type { MessageInfo } from '../protocol.ts';
import { Blocks } from './blocks.tsx';
import { SurfaceProvider, useLook, useOwn, useWords } from './context.tsx';
import { fileUrl } from './file-links.ts';
import { emojiOf, reactionNames, timeOf } from './format.ts';
import { Avatar, Icon } from './icons.tsx';
import { Menu, type MenuItem } from './menu.tsx';
import { Written } from './mrkdwn.tsx';

interface Props {
  readonly message: MessageInfo;
  /** Opens the thread; absent where it is open already. */
  readonly reply?: () => void;
  /** How many replies there are, shown as a way into the thread. */
  readonly replies?: number;
  /** The one before is by the same person, moments ago. */
  readonly follows?: boolean;
}

/** One message with everything that can be done to it. */
export function MessageRow({ message, reply, replies = 0, follows = false }: Props) {
  const words = useWords();
  const { locale } = useLook();
  const { snapshot, act } = useOwn();
  const [editing, setEditing] = useState(false);
  const author = snapshot.people.find(({ id }) => id === message.user);
  const zone = snapshot.people.find(({ id }) => id === snapshot.me)?.zone ?? 'UTC';
  const name = message.bot ? snapshot.app.name : (author?.realName ?? message.user);
  const at = timeOf(locale, zone, message.ts);
  const on = { channel: message.channel, ts: message.ts };
  return (
    <article className="message" data-only-you={message.onlyYou} data-follows={follows} aria-label={`${name}, ${at}`}>
      <div className="message-side">
        {follows ? <time className="message-side-at">{at}</time> : <Avatar name={name} app={message.bot} />}
      </div>
      <div className="message-main">
        {message.onlyYou && (
          <p className="only-you">
            <Icon name="eye" size={14} /> {words.onlyYou}
          </p>
        )}
        {!follows && (
          <header>
            <strong>{name}</strong>
            {message.bot && <span className="tag">{words.appBadge}</span>}
            <time className="message-at">{at}</time>
          </header>
        )}
        {editing ? <EditBox message={message} close={() => setEditing(false)} /> : <Body message={message} />}
        {message.files.map((file) => (
          <a key={file.id} className="file" href={fileUrl(file.id, snapshot.me)} download={file.name}>
            <Icon name="file" /> <span>{file.title}</span>
            <span className="hint">{Math.max(1, Math.round(file.size / 1024))} kB</span>
          </a>
        ))}
        {message.reactions.length > 0 && (
          <div className="reactions">
            {message.reactions.map(({ name: reaction, users }) => (
              <button
                key={reaction}
                type="button"
                className="reaction"
                aria-pressed={users.includes(snapshot.me)}
                aria-label={words.reactWith(reaction)}
                onClick={() => void act({ kind: 'react', ...on, name: reaction })}
              >
                {emojiOf(reaction)} {users.length}
              </button>
            ))}
          </div>
        )}
        {message.status && (
          <p className="status" role="status">
            {snapshot.app.name} {message.status}
          </p>
        )}
        {replies > 0 && reply && (
          <button type="button" className="replies" onClick={reply}>
            <Icon name="reply" size={16} /> {words.replies(replies)}
          </button>
        )}
      </div>
      {!message.onlyYou && !editing && <Tools message={message} reply={reply} edit={() => setEditing(true)} />}
    </article>
  );
}

function Body({ message }: { readonly message: MessageInfo }) {
  const words = useWords();
  const surface = { on: { channel: message.channel, ts: message.ts }, values: message.chosen, errors: {} };
  if (message.blocks.length > 0) {
    return (
      <SurfaceProvider surface={surface}>
        <Blocks blocks={message.blocks} />
      </SurfaceProvider>
    );
  }
  return (
    <p className="written">
      <Written text={message.text} />
      {message.edited && <span className="hint"> {words.edited}</span>}
    </p>
  );
}

function Tools({
  message,
  reply,
  edit,
}: {
  readonly message: MessageInfo;
  readonly reply: (() => void) | undefined;
  edit(): void;
}) {
  const words = useWords();
  const { snapshot, act } = useOwn();
  const on = { channel: message.channel, ts: message.ts };
  const mine = message.user === snapshot.me;
  const items: readonly MenuItem[] = [
    ...snapshot.app.shortcuts
      .filter(({ type }) => type === 'message')
      .map(({ id, name }) => ({
        id,
        label: name,
        hint: snapshot.app.name,
        choose: () => void act({ kind: 'shortcut', id, on }),
      })),
    ...(mine
      ? [
          { id: 'edit', label: words.edit, choose: edit },
          { id: 'remove', label: words.remove, danger: true, choose: () => void act({ kind: 'remove', ...on }) },
        ]
      : []),
  ];
  const reactions = reactionNames.map((name) => ({
    id: name,
    label: `${emojiOf(name)}  ${name}`,
    choose: () => void act({ kind: 'react', ...on, name }),
  }));
  return (
    <div className="tools" role="toolbar" aria-label={words.actionsOf}>
      <Menu label={words.react} items={reactions} side="end">
        <Icon name="smile" />
      </Menu>
      {reply && (
        <button type="button" className="icon" aria-label={words.reply} title={words.reply} onClick={reply}>
          <Icon name="reply" />
        </button>
      )}
      <Menu label={words.more} items={items} side="end">
        <Icon name="more" />
      </Menu>
    </div>
  );
}

function EditBox({ message, close }: { readonly message: MessageInfo; close(): void }) {
  const words = useWords();
  const { act } = useOwn();
  const [draft, setDraft] = useState(message.text);
  async function save(): Promise<void> {
    await act({ kind: 'edit', channel: message.channel, ts: message.ts, text: draft });
    close();
  }
  return (
    <form
      className="edit-box"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <textarea value={draft} aria-label={words.edit} rows={2} onChange={(event) => setDraft(event.target.value)} />
      <div>
        <button type="button" className="action" onClick={close}>
          {words.cancel}
        </button>
        <button type="submit" className="action primary">
          {words.save}
        </button>
      </div>
    </form>
  );
}
