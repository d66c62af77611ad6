import { useEffect, useState } from 'react';
import type { Control, Snapshot } from '../protocol.ts';
import { control } from './api.ts';
import { useLook, useWords } from './context.tsx';
import { durationOf, momentOf } from './format.ts';
import { Icon } from './icons.tsx';
import { Menu } from './menu.tsx';

interface Props {
  readonly snapshot: Snapshot | undefined;
  readonly gallery: boolean;
  readonly inspecting: boolean;
  readonly canAdd: boolean;
  addPerson(): void;
  inspect(): void;
  startTour(): void;
  switchTheme(): void;
  switchLanguage(): void;
}

/** What concerns the whole workspace: time, faults, what to look at, how it looks. */
export function TopBar(props: Props) {
  const words = useWords();
  const { theme } = useLook();
  const { snapshot, gallery, inspecting } = props;
  return (
    <header className="top">
      <a className="brand" href="#workspace">
        <span className="brand-mark" aria-hidden="true" />
        <span>{words.name}</span>
      </a>
      {!gallery && snapshot && (
        <>
          <ClockTools snapshot={snapshot} />
          <FaultTools snapshot={snapshot} />
        </>
      )}
      <span className="grow" />
      {!gallery && (
        <>
          <button type="button" className="bar" disabled={!props.canAdd} onClick={props.addPerson} data-tour="3">
            <Icon name="plus" size={16} /> <span className="bar-label">{words.addPerson}</span>
          </button>
          <button type="button" className="bar" aria-pressed={inspecting} onClick={props.inspect} data-tour="5">
            <Icon name="wave" size={16} /> <span className="bar-label">{words.inspector}</span>
          </button>
        </>
      )}
      <a className="bar" href={gallery ? '#workspace' : '#gallery'} data-tour="5">
        <Icon name="grid" size={16} /> <span className="bar-label">{gallery ? words.workspace : words.gallery}</span>
      </a>
      {!gallery && (
        <button type="button" className="bar" onClick={props.startTour}>
          <Icon name="help" size={16} /> <span className="bar-label">{words.tour}</span>
        </button>
      )}
      <button
        type="button"
        className="bar"
        onClick={props.switchLanguage}
        lang={words.language === '中文' ? 'zh-CN' : 'en'}
      >
        {words.language}
      </button>
      <button
        type="button"
        className="icon"
        aria-label={words.theme}
        title={words.theme}
        aria-pressed={theme === 'dark'}
        onClick={props.switchTheme}
      >
        <Icon name="moon" />
      </button>
    </header>
  );
}

function ClockTools({ snapshot }: { readonly snapshot: Snapshot }) {
  const words = useWords();
  const { locale } = useLook();
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState('');
  const now = useRunning(snapshot.now);
  const zone = snapshot.people.find(({ id }) => id === snapshot.me)?.zone ?? 'UTC';

  async function advance(by: 'hour' | 'day' | 'reminder'): Promise<void> {
    setBusy(true);
    const advanced = await control({ kind: 'advance', by });
    setBusy(false);
    if (!advanced) return;
    const said = advanced.said ? words.somethingSaid : by === 'reminder' ? words.noReminder : words.nothingSaid;
    setTold(`${words.forward(durationOf(locale, advanced.ms))} ${said}`);
  }

  return (
    <div className="clock" data-tour="4">
      <time title={`${words.now} · ${zone}`}>
        <span className="said">{words.now}: </span>
        {momentOf(locale, zone, now)}
      </time>
      <div className="segments" aria-busy={busy}>
        {(['hour', 'day', 'reminder'] as const).map((by) => (
          <button key={by} type="button" disabled={busy} onClick={() => void advance(by)}>
            {by === 'reminder' ? words.nextReminder : words[by]}
          </button>
        ))}
      </div>
      <span className="told" role="status">
        {told}
      </span>
    </div>
  );
}

/** The workspace's time, which runs on between two snapshots. */
function useRunning(given: number): number {
  const [elapsed, setElapsed] = useState(0);
  useEffect(() => {
    if (!given) return;
    const since = performance.now();
    setElapsed(0);
    const ticking = setInterval(() => setElapsed(performance.now() - since), 10_000);
    return () => clearInterval(ticking);
  }, [given]);
  return given + elapsed;
}

function FaultTools({ snapshot }: { readonly snapshot: Snapshot }) {
  const words = useWords();
  const { faults, app } = snapshot;
  const count = [faults.slow, faults.limited].filter(Boolean).length;
  const run = (what: Control) => () => void control(what);
  const items = [
    {
      id: 'slow',
      label: words.slow,
      hint: words.slowHint,
      checked: faults.slow,
      choose: run({ kind: 'fault', fault: 'slow', on: !faults.slow }),
    },
    {
      id: 'limited',
      label: words.limited,
      hint: words.limitedHint,
      checked: faults.limited,
      choose: run({ kind: 'fault', fault: 'limited', on: !faults.limited }),
    },
    { id: 'drop', label: words.dropSocket, hint: words.dropSocketHint, choose: run({ kind: 'dropSocket' }) },
    app.running
      ? { id: 'kill', label: words.kill, hint: words.killHint, danger: true, choose: run({ kind: 'bot', run: false }) }
      : { id: 'revive', label: words.revive, hint: words.reviveHint, choose: run({ kind: 'bot', run: true }) },
  ];
  return (
    <div className="faults" data-tour="5">
      <Menu label={words.faults} items={items} className="bar">
        <span className="lamp" data-on={app.running} />
        {app.running ? (
          <span className="bar-label">{words.faults}</span>
        ) : (
          <span className="alarm">{words.botDead}</span>
        )}
        {count > 0 && (
          <span className="badge">
            {count}
            <span className="said"> {words.faulty(count)}</span>
          </span>
        )}
        <Icon name="down" size={14} />
      </Menu>
      <span className="said" role="status">
        {app.running ? words.botRuns : words.botDead}
      </span>
    </div>
  );
}
