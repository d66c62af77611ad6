import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { fieldsOf, listOf, textOf } from '../json.ts';
import type { ViewInfo } from '../protocol.ts';
import { Blocks } from './blocks.tsx';
import { SurfaceProvider, useOwn, useWords } from './context.tsx';
import { Avatar, Icon } from './icons.tsx';

const focusable = 'input, textarea, select, button';

/** The frame of a modal. It covers the window of its person only: others may be beside. */
export function Modal({ open, stacked }: { readonly open: ViewInfo; readonly stacked: boolean }) {
  const words = useWords();
  const { act, snapshot } = useOwn();
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [state, setState] = useState<'idle' | 'pending' | 'trouble'>('idle');
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const { view, id, values, hash } = open;
  const text = (key: string) => textOf(fieldsOf(view[key]).text);

  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  // A view that was replaced starts at its first field again.
  useEffect(() => {
    if (!hash) return;
    setErrors({});
    const body = dialog.current?.querySelector('.dialog-body');
    body?.scrollTo({ top: 0 });
    (body?.querySelector<HTMLElement>('input, textarea, select') ?? dialog.current)?.focus();
  }, [hash]);

  async function submit(): Promise<void> {
    // A field tells its content when it is left.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    setState('pending');
    const result = await act({ kind: 'submit', view: id });
    setErrors(result.kind === 'errors' ? result.errors : {});
    setState(result.kind === 'trouble' || result.kind === 'refused' ? 'trouble' : 'idle');
  }

  const close = () => void act({ kind: 'close', view: id });

  function onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    }
    if (event.key === 'Tab') keepInside(event, dialog.current);
  }

  return (
    <div className="veil">
      <dialog
        open
        ref={dialog}
        className="modal"
        tabIndex={-1}
        aria-modal="true"
        aria-labelledby={title}
        onKeyDown={onKey}
      >
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <header className="dialog-head">
            {stacked ? (
              <button type="button" className="icon" aria-label={words.back} onClick={close}>
                <Icon name="back" />
              </button>
            ) : (
              <Avatar name={snapshot.app.name} app size={28} />
            )}
            <h2 id={title}>{text('title')}</h2>
            <button type="button" className="icon" aria-label={words.close} onClick={close}>
              <Icon name="close" />
            </button>
          </header>
          <div className="dialog-body">
            <SurfaceProvider surface={{ on: { view: id }, values, errors }}>
              <Blocks blocks={listOf(view.blocks)} />
            </SurfaceProvider>
          </div>
          <footer className="dialog-foot">
            {state === 'trouble' && (
              <span className="trouble" role="alert">
                <Icon name="alert" size={16} /> {words.trouble}
              </span>
            )}
            <button type="button" className="action" onClick={close}>
              {text('close') || (view.submit ? words.cancel : words.close)}
            </button>
            {view.submit !== undefined && (
              <button
                type="submit"
                className="action primary"
                disabled={state === 'pending'}
                aria-busy={state === 'pending'}
              >
                {text('submit')}
              </button>
            )}
          </footer>
        </form>
      </dialog>
    </div>
  );
}

function keepInside(event: KeyboardEvent, root: HTMLElement | null): void {
  const all = [...(root?.querySelectorAll<HTMLElement>(`${focusable}, a[href]`) ?? [])].filter(
    (element) => !element.hasAttribute('disabled') && element.offsetParent !== null,
  );
  const edge = event.shiftKey ? all[0] : all.at(-1);
  if (document.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? all.at(-1) : all[0])?.focus();
}
