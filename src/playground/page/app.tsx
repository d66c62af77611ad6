import { useCallback, useEffect, useState } from 'react';
import type { Snapshot } from '../protocol.ts';
import { act, control, useAlive } from './api.ts';
import { type Look, LookProvider } from './context.tsx';
import { Gallery } from './gallery.tsx';
import { Inspector } from './inspector.tsx';
import { Pane } from './pane.tsx';
import { texts } from './texts.ts';
import { TopBar } from './top-bar.tsx';
import { Tour } from './tour.tsx';

// More do not fit on a wide screen.
const mostPanes = 3;
const lead = 'U0LEAD';
const newcomers = [lead, 'U0SHANGHAI', 'U0ENGINEER', 'U0EMPLOYEE'];
const toured = 'playground-toured';

interface Props {
  readonly look: Look;
  readonly people: readonly string[];
  /** Whether newcomers are shown around. */
  readonly guide: boolean;
}

/** The whole page: the bar, the windows of the people, what lies beside them. */
export function App({ look: first, people, guide }: Props) {
  const [look, setLook] = useState(first);
  const [panes, setPanes] = useState(people);
  const [snapshot, setSnapshot] = useState<Snapshot>();
  const [inspecting, setInspecting] = useState(false);
  const [step, setStep] = useState(guide && !localStorage.getItem(toured) ? 0 : -1);
  const gallery = useHash() === '#gallery';
  const alive = useAlive();
  const words = texts[look.locale];
  const report = useCallback((next: Snapshot) => setSnapshot(next), []);

  useEffect(() => {
    document.documentElement.lang = look.locale;
    document.documentElement.dataset.theme = look.theme;
    document.title = texts[look.locale].name;
  }, [look]);

  function addPerson(wanted?: string): void {
    const next = wanted ?? newcomers.find((person) => !panes.includes(person));
    if (next && !panes.includes(next) && panes.length < mostPanes) setPanes([...panes, next]);
  }

  function leaveTour(): void {
    localStorage.setItem(toured, 'yes');
    setStep(-1);
  }

  async function perform(at: number): Promise<void> {
    const direct = snapshot?.conversations.find(({ kind }) => kind === 'im');
    if (at === 0 && snapshot && direct) {
      await act(snapshot.me, { kind: 'say', channel: direct.id, text: words.tourQuestion });
      setStep(1);
    }
    if (at === 2) addPerson(lead);
    if (at === 3) await control({ kind: 'advance', by: 'hour' });
    if (at === 4) setInspecting(true);
  }

  return (
    <LookProvider look={look}>
      <TopBar
        snapshot={snapshot}
        gallery={gallery}
        inspecting={inspecting}
        canAdd={panes.length < mostPanes}
        addPerson={() => addPerson()}
        inspect={() => setInspecting(!inspecting)}
        startTour={() => setStep(0)}
        switchTheme={() => setLook({ ...look, theme: look.theme === 'dark' ? 'light' : 'dark' })}
        switchLanguage={() => setLook({ ...look, locale: look.locale === 'en' ? 'zh-CN' : 'en' })}
      />
      {!alive && (
        <p className="stopped" role="alert">
          {words.stopped}
        </p>
      )}
      {gallery && snapshot && <Gallery snapshot={snapshot} />}
      <main className="stage" hidden={gallery} data-panes={panes.length}>
        {panes.map((person, at) => (
          <Pane
            key={person}
            person={person}
            become={(next) => {
              if (!panes.includes(next)) setPanes(panes.with(at, next));
            }}
            {...(panes.length > 1 && { close: () => setPanes(panes.filter((other) => other !== person)) })}
            {...(at === 0 && { report })}
          />
        ))}
        {inspecting && <Inspector close={() => setInspecting(false)} />}
      </main>
      {step >= 0 && !gallery && <Tour step={step} go={setStep} close={leaveTour} perform={(at) => void perform(at)} />}
    </LookProvider>
  );
}

function useHash(): string {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return hash;
}
