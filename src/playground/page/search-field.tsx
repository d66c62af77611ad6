import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { fieldsOf, isFields, textOf } from '../json.ts';
import type { Json } from '../protocol.ts';
import { chosenOf, chosenThings } from './choices.ts';
import { useWords } from './context.tsx';
import { type FieldProps, useEntry } from './entry.ts';
import { Icon } from './icons.tsx';
import { moveFocus } from './menu.tsx';

const labelOf = (option: Json) => textOf(fieldsOf(option.text).text);

/** A menu that asks the app while one types. */
export function SearchField(props: FieldProps) {
  const words = useWords();
  const { element, id, label, described, wrong } = props;
  const { value, enter, lookUp } = useEntry(props);
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<readonly Json[]>();
  const list = useId();
  const root = useRef<HTMLDivElement>(null);
  const many = textOf(element.type).startsWith('multi_');
  const options = chosenThings(value).filter(isFields);
  const chosen = chosenOf(value);

  async function search(text: string): Promise<void> {
    setTyped(text);
    setFound(text === '' ? undefined : await lookUp(text));
  }

  function choose(option: Json): void {
    setTyped('');
    setFound(undefined);
    void enter(many ? [...options, option] : option);
  }

  function remove(option: Json): void {
    void enter(many ? options.filter((other) => other !== option) : null);
  }

  const steer = (event: KeyboardEvent) =>
    moveFocus(event, root.current?.querySelectorAll<HTMLElement>('input, [role=option]'));

  return (
    <div className="search-field" ref={root}>
      {options.map((option) => (
        <span key={textOf(option.value)} className="chip">
          {labelOf(option)}
          <button type="button" aria-label={words.detach(labelOf(option))} onClick={() => remove(option)}>
            <Icon name="close" size={12} />
          </button>
        </span>
      ))}
      <input
        id={id}
        type="search"
        role="combobox"
        aria-expanded={found !== undefined}
        aria-controls={list}
        aria-label={id ? undefined : label || words.search}
        aria-describedby={described || undefined}
        aria-invalid={wrong}
        placeholder={textOf(fieldsOf(element.placeholder).text, words.search)}
        value={typed}
        onChange={(event) => void search(event.target.value)}
        onKeyDown={steer}
      />
      {found && (
        <div className="menu-list" id={list} role="listbox" aria-label={label || words.search}>
          {found.length === 0 && <span className="hint">{words.nothingFound}</span>}
          {found.map((option) => (
            <button
              key={textOf(option.value)}
              type="button"
              role="option"
              aria-selected={chosen.includes(textOf(option.value))}
              className="menu-item"
              onClick={() => choose(option)}
              onKeyDown={steer}
            >
              {labelOf(option)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
