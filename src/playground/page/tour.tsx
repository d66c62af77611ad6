import { useEffect } from 'react';
import { useWords } from './context.tsx';
import { Icon } from './icons.tsx';

interface Props {
  /** From 0. */
  readonly step: number;
  go(step: number): void;
  close(): void;
  /** Does what the step offers. */
  perform(step: number): void;
}

/** Five steps for somebody who has never seen it. It lies beside what it talks about and locks nothing. */
export function Tour({ step, go, close, perform }: Props) {
  const words = useWords();
  const current = words.steps[step];
  useEffect(() => {
    document.body.dataset.tourStep = String(step + 1);
    return () => {
      delete document.body.dataset.tourStep;
    };
  }, [step]);
  if (!current) return null;
  const last = step === words.steps.length - 1;
  return (
    <aside className="tour" aria-label={words.tour}>
      <header>
        <span className="hint">{words.tourStep(step + 1, words.steps.length)}</span>
        <button type="button" className="icon" aria-label={words.tourSkip} onClick={close}>
          <Icon name="close" size={16} />
        </button>
      </header>
      <div aria-live="polite">
        <h2>{current.title}</h2>
        <p>{current.text}</p>
      </div>
      <footer>
        {current.action && (
          <button type="button" className="action" onClick={() => perform(step)}>
            {current.action}
          </button>
        )}
        <span className="grow" />
        {step > 0 && (
          <button type="button" className="icon" aria-label={words.previous} onClick={() => go(step - 1)}>
            <Icon name="back" size={16} />
          </button>
        )}
        <button type="button" className="action primary" onClick={() => (last ? close() : go(step + 1))}>
          {last ? words.tourDone : words.next}
        </button>
      </footer>
    </aside>
  );
}
