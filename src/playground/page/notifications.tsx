import { useEffect, useRef, useState } from 'react';
import type { NotificationInfo } from '../protocol.ts';
import { useOwn, useWords } from './context.tsx';
import { Avatar, Icon } from './icons.tsx';
import { Menu } from './menu.tsx';
import { plainWritten } from './mrkdwn.tsx';

// Long enough to read a sentence, short enough not to cover the next one.
const shownMs = 7_000;
const atOnce = 2;

interface Props {
  /** The conversation in sight: what arrives there needs no notification. */
  readonly inSight: string | undefined;
  open(notification: NotificationInfo): void;
}

/** What rang lately, in a corner of the window for a few seconds. */
export function Toasts({ inSight, open }: Props) {
  const { snapshot } = useOwn();
  const shown = useFresh(snapshot.notifications, inSight).slice(-atOnce);
  return (
    <div className="toasts" role="status">
      {shown.map((notification) => (
        <button key={notification.ts} type="button" className="toast" onClick={() => open(notification)}>
          <Avatar name={snapshot.app.name} app size={28} />
          <span>
            <strong>{snapshot.app.name}</strong>
            <span className="toast-text">{firstLine(plainWritten(notification.text, snapshot))}</span>
          </span>
        </button>
      ))}
    </div>
  );
}

/** Those that came out of sight since the window was opened, for a while. */
function useFresh(all: readonly NotificationInfo[], inSight: string | undefined): readonly NotificationInfo[] {
  const seen = useRef(new Set(all.map(({ ts }) => ts)));
  const [fresh, setFresh] = useState<readonly NotificationInfo[]>([]);
  useEffect(() => {
    const added = all.filter(({ ts }) => !seen.current.has(ts));
    if (added.length === 0) return;
    for (const { ts } of added) seen.current.add(ts);
    const unseen = added.filter(({ channel }) => channel !== inSight);
    setFresh((before) => [...before, ...unseen]);
    const tses = new Set(unseen.map(({ ts }) => ts));
    setTimeout(() => setFresh((before) => before.filter(({ ts }) => !tses.has(ts))), shownMs);
  }, [all, inSight]);
  return fresh;
}

/** Everything that rang, latest first. */
export function Bell({ open }: Pick<Props, 'open'>) {
  const words = useWords();
  const { snapshot } = useOwn();
  const me = snapshot.people.find(({ id }) => id === snapshot.me);
  const items = snapshot.notifications.toReversed().map((notification) => ({
    id: notification.ts,
    label: firstLine(plainWritten(notification.text, snapshot)),
    choose: () => open(notification),
  }));
  const none = { id: 'none', label: words.noNotifications, choose: () => undefined };
  return (
    <Menu label={words.notifications} items={items.length > 0 ? items : [none]} side="end">
      <Icon name="bell" />
      {me && me.unread > 0 && <span className="badge dot">{me.unread}</span>}
    </Menu>
  );
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
