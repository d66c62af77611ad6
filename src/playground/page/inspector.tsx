import { useState } from 'react';
import type { WireEntry } from '../protocol.ts';
import { useLog, useWire } from './api.ts';
import { useLook, useWords } from './context.tsx';
import { Icon } from './icons.tsx';

// What is drawn at once; older entries are found with the filter.
const shownEntries = 120;

/** What went over the wire between the workspace and the bot, latest first, and the bot's log. */
export function Inspector({ close }: { close(): void }) {
  const words = useWords();
  const [tab, setTab] = useState<'wire' | 'log'>('wire');
  const [filter, setFilter] = useState('');
  return (
    <aside className="inspector" aria-label={words.inspector}>
      <header className="main-head">
        <nav className="tabs" aria-label={words.inspector}>
          {(['wire', 'log'] as const).map((each) => (
            <button
              key={each}
              type="button"
              aria-current={tab === each ? 'page' : undefined}
              onClick={() => setTab(each)}
            >
              {words[each]}
            </button>
          ))}
        </nav>
        <span className="grow" />
        <input
          type="search"
          value={filter}
          placeholder={words.filter}
          aria-label={words.filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <button type="button" className="icon" aria-label={words.close} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {tab === 'wire' ? <WireList filter={filter} /> : <LogList filter={filter} />}
    </aside>
  );
}

function WireList({ filter }: { readonly filter: string }) {
  const words = useWords();
  const wanted = useWire()
    .filter(({ title, note }) => `${title} ${note}`.toLowerCase().includes(filter.toLowerCase()))
    .toReversed()
    .slice(0, shownEntries);
  if (wanted.length === 0) return <p className="empty">{words.nothingYet}</p>;
  return (
    <div className="wire">
      {wanted.map((entry) => (
        <WireRow key={entry.id} entry={entry} />
      ))}
    </div>
  );
}

function WireRow({ entry }: { readonly entry: WireEntry }) {
  const words = useWords();
  const { locale } = useLook();
  const { at, kind, title, outcome, note, detail } = entry;
  const [open, setOpen] = useState(false);
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23' });
  const delivery = kind === 'delivery';
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="direction" data-kind={kind} title={delivery ? words.toBot : words.fromBot}>
          {delivery ? '→' : '←'}
          <span className="said"> {delivery ? words.toBot : words.fromBot}</span>
        </span>
        <code>{title}</code>
        <span className="wire-note" data-outcome={outcome}>
          {note}
        </span>
        {at !== undefined && <time>{clock.format(at)}</time>}
      </summary>
      {open && <pre>{JSON.stringify(detail, null, 2)}</pre>}
    </details>
  );
}

function LogList({ filter }: { readonly filter: string }) {
  const words = useWords();
  const lines = useLog().filter((line) => line.toLowerCase().includes(filter.toLowerCase()));
  if (lines.length === 0) return <p className="empty">{words.nothingYet}</p>;
  return <pre className="wire">{lines.toReversed().join('\n')}</pre>;
}
