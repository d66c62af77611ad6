import { useEffect, useId, useRef } from 'react';
import { fieldsOf, textOf } from '../json.ts';
import type { Json } from '../protocol.ts';
import { useWords } from './context.tsx';

/** Asks once more before a press counts. Escape is a no. */
export function ConfirmDialog({ confirm, close }: { readonly confirm: Json; close(agreed: boolean): void }) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const text = (key: string) => textOf(fieldsOf(confirm[key]).text);
  return (
    <dialog
      ref={dialog}
      className="confirm"
      aria-labelledby={title}
      onClose={() => close(dialog.current?.returnValue === 'yes')}
    >
      <form method="dialog">
        <h2 id={title}>{text('title')}</h2>
        <p>{text('text')}</p>
        <div className="dialog-foot">
          <button type="submit" className="action" value="no">
            {text('deny') || words.cancel}
          </button>
          <button type="submit" className={`action ${confirm.style === 'danger' ? 'danger' : 'primary'}`} value="yes">
            {text('confirm') || words.yes}
          </button>
        </div>
      </form>
    </dialog>
  );
}
