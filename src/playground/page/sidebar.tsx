import type { ConversationInfo } from '../protocol.ts';
import { useOwn, useWords } from './context.tsx';
import { Avatar, Icon } from './icons.tsx';
import { moveFocus } from './menu.tsx';

/** Where one is in the workspace. */
export type Place = { readonly kind: 'home' } | { readonly kind: 'conversation'; readonly id: string };

interface Props {
  readonly place: Place;
  go(place: Place): void;
}

/** Everything that the person can open. Arrow keys move through it. */
export function Sidebar({ place, go }: Props) {
  const words = useWords();
  const { snapshot } = useOwn();
  const { conversations } = snapshot;
  const kinds = (...wanted: readonly ConversationInfo['kind'][]) =>
    conversations.filter(({ kind }) => wanted.includes(kind));
  const [direct] = kinds('im');

  const entry = (conversation: ConversationInfo) => (
    <li key={conversation.id}>
      <Entry
        conversation={conversation}
        current={place.kind === 'conversation' && place.id === conversation.id}
        choose={() => go({ kind: 'conversation', id: conversation.id })}
      />
    </li>
  );

  return (
    <nav
      className="sidebar"
      aria-label={words.conversations}
      onKeyDown={(event) => moveFocus(event, event.currentTarget.querySelectorAll('button'))}
    >
      <h3>{words.app}</h3>
      <ul>
        {direct && entry(direct)}
        <li>
          <button
            type="button"
            className="entry"
            aria-current={place.kind === 'home' ? 'page' : undefined}
            onClick={() => go({ kind: 'home' })}
          >
            <Icon name="home" size={16} />
            <span className="entry-name">{words.home}</span>
          </button>
        </li>
      </ul>
      <h3>{words.channels}</h3>
      <ul>{kinds('public', 'private').map(entry)}</ul>
      {kinds('mpim').length > 0 && (
        <>
          <h3>{words.groupMessages}</h3>
          <ul>{kinds('mpim').map(entry)}</ul>
        </>
      )}
    </nav>
  );
}

interface EntryProps {
  readonly conversation: ConversationInfo;
  readonly current: boolean;
  choose(): void;
}

function Entry({ conversation, current, choose }: EntryProps) {
  const words = useWords();
  const { kind, name, unread, ringing } = conversation;
  return (
    <button
      type="button"
      className="entry"
      data-unread={unread > 0}
      aria-current={current ? 'page' : undefined}
      onClick={choose}
    >
      {kind === 'im' ? (
        <Avatar name={name} app size={20} />
      ) : kind === 'mpim' ? (
        <Icon name="people" size={16} />
      ) : (
        <span className="hash">{kind === 'private' ? '◦' : '#'}</span>
      )}
      <span className="entry-name">{name}</span>
      {unread > 0 && (
        <span className={ringing > 0 ? 'badge' : 'badge quiet'}>
          {unread}
          <span className="said"> {words.unreadBy(unread)}</span>
        </span>
      )}
    </button>
  );
}
