import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { Deed, Snapshot, Upload } from '../protocol.ts';
import { type Completion, complete, completionsFor, stored } from './completion.ts';
import { useOwn, useWords } from './context.tsx';
import { Icon } from './icons.tsx';
import { Menu, type MenuItem } from './menu.tsx';
import { readUpload } from './upload.ts';

interface Props {
  readonly channel: string;
  readonly thread?: string;
  readonly label: string;
}

/** Where one writes: text, files, commands, shortcuts. */
export function Composer({ channel, thread, label }: Props) {
  const words = useWords();
  const { snapshot, act } = useOwn();
  const [draft, setDraft] = useState('');
  const [files, setFiles] = useState<readonly Upload[]>([]);
  const [problem, setProblem] = useState('');
  const [marked, setMarked] = useState(0);
  const [hidden, setHidden] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const list = useId();
  const completions = hidden ? [] : completionsFor(draft, snapshot);

  function write(text: string): void {
    setDraft(text);
    setMarked(0);
    setHidden(false);
    setProblem('');
  }

  function take(completion: Completion): void {
    write(complete(draft, completion));
    box.current?.focus();
  }

  async function send(): Promise<void> {
    const deed = deedOf(draft, snapshot, { channel, files, ...(thread !== undefined && { thread }) });
    if (!deed) return;
    if (deed.kind === 'unknown') {
      setProblem(words.unknownCommand(deed.command));
      return;
    }
    write('');
    setFiles([]);
    const result = await act(deed);
    if (result.kind === 'refused') setProblem(result.why);
    if (result.kind === 'trouble') setProblem(words.trouble);
  }

  /** Keys that the list of completions takes for itself. */
  function steer(event: KeyboardEvent, current: Completion): boolean {
    switch (event.key) {
      case 'Enter':
        // A command that is complete is sent, not completed again.
        if (draft.trim() === current.insert.trim()) return false;
        take(current);
        return true;
      case 'Tab':
        take(current);
        return true;
      case 'ArrowDown':
      case 'ArrowUp':
        setMarked((marked + (event.key === 'ArrowDown' ? 1 : -1) + completions.length) % completions.length);
        return true;
      case 'Escape':
        event.stopPropagation();
        setHidden(true);
        return true;
      default:
        return false;
    }
  }

  function onKey(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const current = completions[marked];
    if (current && steer(event, current)) {
      event.preventDefault();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
    }
  }

  async function attach(chosen: FileList | null): Promise<void> {
    const added = await Promise.all([...(chosen ?? [])].map(readUpload));
    setFiles([...files, ...added]);
    box.current?.focus();
  }

  const shortcuts: readonly MenuItem[] = [
    ...snapshot.app.shortcuts
      .filter(({ type }) => type === 'global')
      .map(({ id, name }) => ({
        id,
        label: name,
        hint: snapshot.app.name,
        choose: () => void act({ kind: 'shortcut', id }),
      })),
    ...snapshot.app.commands.map(({ command, description, hint }) => ({
      id: command,
      label: `${command} ${hint}`,
      hint: description,
      choose: () => {
        write(`${command} `);
        box.current?.focus();
      },
    })),
  ];

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {problem && (
        <p className="field-error" role="alert">
          <Icon name="alert" size={14} /> {problem}
        </p>
      )}
      {completions.length > 0 && (
        <div className="menu-list completions" id={list} role="listbox" aria-label={words.completions}>
          {completions.map((completion, at) => (
            <div
              key={completion.insert}
              id={`${list}-${at}`}
              role="option"
              tabIndex={-1}
              aria-selected={at === marked}
              className="menu-item"
              onPointerDown={(event) => {
                event.preventDefault();
                take(completion);
              }}
            >
              <span className="menu-text">
                <span>{completion.label}</span>
                <span className="menu-hint">{completion.hint}</span>
              </span>
            </div>
          ))}
        </div>
      )}
      {files.length > 0 && (
        <ul className="uploads" aria-label={words.files}>
          {files.map((file) => (
            <li key={file.name} className="chip">
              {file.name}
              <button
                type="button"
                aria-label={words.detach(file.name)}
                onClick={() => setFiles(files.filter((other) => other !== file))}
              >
                <Icon name="close" size={12} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="composer-row">
        <Menu label={words.shortcuts} items={shortcuts} up>
          <Icon name="bolt" />
        </Menu>
        <button
          type="button"
          className="icon"
          aria-label={words.attach}
          title={words.attach}
          onClick={() => picker.current?.click()}
        >
          <Icon name="attach" />
        </button>
        <input ref={picker} type="file" multiple hidden onChange={(event) => void attach(event.target.files)} />
        <textarea
          ref={box}
          rows={1}
          value={draft}
          placeholder={label}
          aria-label={label}
          aria-autocomplete="list"
          aria-controls={completions.length > 0 ? list : undefined}
          aria-activedescendant={completions.length > 0 ? `${list}-${marked}` : undefined}
          title={words.sendHint}
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKey}
        />
        <button
          type="submit"
          className="icon send"
          aria-label={words.send}
          disabled={!draft.trim() && files.length === 0}
        >
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}

/** What pressing Enter comes to: a command when it begins with a slash. */
function deedOf(
  draft: string,
  snapshot: Snapshot,
  place: { readonly channel: string; readonly thread?: string; readonly files: readonly Upload[] },
): Deed | { readonly kind: 'unknown'; readonly command: string } | undefined {
  const text = draft.trim();
  if (!text && place.files.length === 0) return undefined;
  if (!text.startsWith('/')) return { kind: 'say', ...place, files: [...place.files], text: stored(text, snapshot) };
  const [command = '', ...rest] = text.split(' ');
  if (!snapshot.app.commands.some((each) => each.command === command)) return { kind: 'unknown', command };
  return { kind: 'slash', command, text: stored(rest.join(' '), snapshot), channel: place.channel };
}
