import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly badge?: string;
  readonly danger?: boolean;
  /** A switch that is on or off; absent: a plain item. */
  readonly checked?: boolean;
  choose(): void;
}

interface MenuProps {
  /** What the button shows. */
  readonly children: ReactNode;
  readonly label: string;
  readonly className?: string;
  readonly items: readonly MenuItem[];
  /** On which side of the button it opens. */
  readonly side?: 'start' | 'end';
  readonly up?: boolean;
}

/** A button with a menu: arrow keys move, Escape and a click elsewhere close, the focus returns. */
export function Menu({ children, label, className = 'icon', items, side = 'start', up = false }: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return;
    root.current?.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
    const away = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [open]);

  function close(): void {
    setOpen(false);
    button.current?.focus();
  }

  function steer(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    }
    if (event.key === 'Tab') setOpen(false);
    moveFocus(event, root.current?.querySelectorAll<HTMLElement>('[role^=menuitem]'));
  }

  return (
    <div className="menu" ref={root}>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        title={className === 'icon' ? label : undefined}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open && (
        <div className="menu-list" id={id} role="menu" tabIndex={-1} data-side={side} data-up={up} onKeyDown={steer}>
          {items.map((item) => (
            <button
              key={item.id}
              type="button"
              tabIndex={-1}
              {...(item.checked === undefined
                ? { role: 'menuitem' }
                : { role: 'menuitemcheckbox', 'aria-checked': item.checked })}
              className={item.danger ? 'menu-item danger' : 'menu-item'}
              onClick={() => {
                close();
                item.choose();
              }}
            >
              <span className="menu-text">
                <span>{item.label}</span>
                {item.hint && <span className="menu-hint">{item.hint}</span>}
              </span>
              {item.badge && <span className="badge">{item.badge}</span>}
              {item.checked !== undefined && <span className="switch" data-on={item.checked} aria-hidden="true" />}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** Arrow keys, Home and End among elements that belong together. */
export function moveFocus(event: KeyboardEvent, elements: ArrayLike<HTMLElement> | undefined): void {
  const list = Array.from(elements ?? []);
  const at = list.findIndex((element) => element.matches(':focus'));
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: (at + 1) % list.length,
    ArrowUp: (at - 1 + list.length) % list.length,
    Home: 0,
    End: list.length - 1,
  };
  const target = targets[event.key];
  if (target === undefined) return;
  event.preventDefault();
  list[target]?.focus();
}
