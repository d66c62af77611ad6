import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Deed, NotificationInfo, Snapshot } from '../protocol.ts';
import { act as actAs, useSnapshot } from './api.ts';
import { OwnProvider, useWords } from './context.tsx';
import { Conversation, Thread } from './conversation.tsx';
import { Home } from './home.tsx';
import { Avatar, Icon } from './icons.tsx';
import { Menu } from './menu.tsx';
import { Modal } from './modal.tsx';
import { Bell, Toasts } from './notifications.tsx';
import { type Place, Sidebar } from './sidebar.tsx';

interface Props {
  readonly person: string;
  become(person: string): void;
  /** Absent for the only window. */
  readonly close?: () => void;
  /** Hears of every snapshot of the first window. */
  readonly report?: (snapshot: Snapshot) => void;
}

/** The window of one person: where they are, what they see, what lies above it. */
export function Pane({ person, become, close, report }: Props) {
  const words = useWords();
  const snapshot = useSnapshot(person);
  const act = useCallback((deed: Deed) => actAs(person, deed), [person]);
  useEffect(() => {
    if (snapshot) report?.(snapshot);
  }, [snapshot, report]);
  // The app learns that its messages tab is open, and suggests what to ask.
  useEffect(() => {
    void act({ kind: 'openApp', tab: 'messages' });
  }, [act]);
  const own = useMemo(() => snapshot && { snapshot, act }, [snapshot, act]);
  if (!own) {
    return (
      <section className="pane" aria-busy="true">
        <p className="empty">{words.loading}</p>
      </section>
    );
  }
  return (
    <OwnProvider own={own}>
      <PaneBody snapshot={own.snapshot} become={become} {...(close && { close })} />
    </OwnProvider>
  );
}

type BodyProps = Pick<Props, 'become' | 'close'> & { readonly snapshot: Snapshot };

function PaneBody({ snapshot, become, close }: BodyProps) {
  const words = useWords();
  const [asked, setAsked] = useState<Place>();
  const [thread, setThread] = useState<string>();
  const [drawer, setDrawer] = useState(false);
  const direct = snapshot.conversations.find(({ kind }) => kind === 'im');
  const place = asked ?? (direct ? ({ kind: 'conversation', id: direct.id } as const) : ({ kind: 'home' } as const));
  const conversation =
    place.kind === 'conversation' ? snapshot.conversations.find(({ id }) => id === place.id) : undefined;
  const modal = snapshot.modals.at(-1);
  const me = snapshot.people.find(({ id }) => id === snapshot.me);

  function go(to: Place): void {
    setAsked(to);
    setThread(undefined);
    setDrawer(false);
  }

  function open({ channel, thread: root }: NotificationInfo): void {
    go({ kind: 'conversation', id: channel });
    const inline = snapshot.conversations.find(({ id }) => id === channel)?.kind === 'im';
    if (root !== undefined && !inline) setThread(root);
  }

  return (
    <section className="pane" aria-label={me?.realName} data-thread={thread !== undefined} data-drawer={drawer}>
      <div className="pane-content" inert={modal !== undefined}>
        <header className="pane-head">
          <button
            type="button"
            className="icon drawer-button"
            aria-label={words.showConversations}
            aria-expanded={drawer}
            onClick={() => setDrawer(!drawer)}
          >
            <Icon name="list" />
          </button>
          <PersonMenu snapshot={snapshot} become={become} />
          <span className="grow" />
          <Bell open={open} />
          {close && (
            <button type="button" className="icon" aria-label={words.closePerson(me?.realName ?? '')} onClick={close}>
              <Icon name="close" />
            </button>
          )}
        </header>
        <div className="pane-body">
          <Sidebar place={place} go={go} />
          <div className="main">
            <MainHead snapshot={snapshot} place={place} go={go} />
            {conversation ? <Conversation conversation={conversation} openThread={setThread} /> : <Home />}
          </div>
          {conversation && thread !== undefined && (
            <aside className="thread" aria-label={words.thread}>
              <header className="main-head">
                <h2>{words.thread}</h2>
                <span className="grow" />
                <button type="button" className="icon" aria-label={words.close} onClick={() => setThread(undefined)}>
                  <Icon name="close" />
                </button>
              </header>
              <Thread conversation={conversation} root={thread} />
            </aside>
          )}
        </div>
        <Toasts inSight={conversation?.id} open={open} />
      </div>
      {modal && <Modal key={modal.id} open={modal} stacked={snapshot.modals.length > 1} />}
    </section>
  );
}

function MainHead({
  snapshot,
  place,
  go,
}: {
  readonly snapshot: Snapshot;
  readonly place: Place;
  go(place: Place): void;
}) {
  const words = useWords();
  const conversation =
    place.kind === 'conversation' ? snapshot.conversations.find(({ id }) => id === place.id) : undefined;
  if (conversation && conversation.kind !== 'im') {
    return (
      <header className="main-head">
        <h2>{conversation.kind === 'mpim' ? conversation.name : `#${conversation.name}`}</h2>
        <span className="hint">{words.members(conversation.members.length)}</span>
      </header>
    );
  }
  const direct = snapshot.conversations.find(({ kind }) => kind === 'im');
  const tabs = [
    ...(direct ? [{ label: words.messages, to: { kind: 'conversation', id: direct.id } as const }] : []),
    { label: words.home, to: { kind: 'home' } as const },
  ];
  return (
    <header className="main-head">
      <Avatar name={snapshot.app.name} app size={24} />
      <h2>{snapshot.app.name}</h2>
      <nav className="tabs" aria-label={snapshot.app.name}>
        {tabs.map(({ label, to }) => (
          <button
            key={label}
            type="button"
            aria-current={to.kind === place.kind ? 'page' : undefined}
            onClick={() => go(to)}
          >
            {label}
          </button>
        ))}
      </nav>
    </header>
  );
}

function PersonMenu({ snapshot, become }: { readonly snapshot: Snapshot; become(person: string): void }) {
  const words = useWords();
  const me = snapshot.people.find(({ id }) => id === snapshot.me);
  const name = me?.realName ?? '';
  const others = snapshot.people.filter(({ playable, id }) => playable && id !== snapshot.me);
  const elsewhere = others.reduce((sum, { unread }) => sum + unread, 0);
  const items = others.map(({ id, name: handle, realName, unread }) => ({
    id,
    label: realName,
    hint: words.roles[handle] ?? `@${handle}`,
    ...(unread > 0 && { badge: String(unread) }),
    choose: () => become(id),
  }));
  return (
    <Menu label={words.changePerson(name)} items={items} className="person-button">
      <Avatar name={name} size={26} />
      <span className="person-name">
        <span className="hint">{words.youAre}</span> <strong>{name}</strong>
      </span>
      {elsewhere > 0 && (
        <span className="badge quiet">
          {elsewhere}
          <span className="said"> {words.unreadBy(elsewhere)}</span>
        </span>
      )}
      <Icon name="down" size={14} />
    </Menu>
  );
}
