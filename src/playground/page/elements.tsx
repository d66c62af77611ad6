import { useState } from 'react';
import { optionsOf } from '../blocks.ts';
import { fieldsOf, textOf } from '../json.ts';
import type { Json } from '../protocol.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { useOwn, useSurface, useWords } from './context.tsx';
import { Field } from './fields.tsx';
import { Icon } from './icons.tsx';
import { Menu } from './menu.tsx';

interface Props {
  readonly block: string;
  readonly element: Json;
}

/** Something to press or to fill in, outside an input block. */
export function Element({ block, element }: Props) {
  switch (element.type) {
    case 'button':
    case 'workflow_button':
    case 'icon_button':
      return <Button block={block} element={element} />;
    case 'overflow':
      return <Overflow block={block} element={element} />;
    case 'feedback_buttons':
      return <Feedback block={block} element={element} />;
    default:
      return <Field block={block} element={element} label={textOf(fieldsOf(element.placeholder).text)} />;
  }
}

/** Presses an element; `trouble` when the app did not answer. */
function usePress({ block, element }: Props) {
  const { act } = useOwn();
  const { on } = useSurface();
  const [state, setState] = useState<'idle' | 'pending' | 'trouble'>('idle');
  async function press(option?: string): Promise<void> {
    setState('pending');
    const value = element.value === undefined ? {} : { value: textOf(element.value) };
    const result = await act({
      kind: 'click',
      on,
      element: { action: textOf(element.action_id), block, ...value },
      ...(option !== undefined && { option }),
    });
    setState(result.kind === 'done' ? 'idle' : 'trouble');
  }
  return { press, state };
}

function Trouble({ state }: { readonly state: string }) {
  const words = useWords();
  if (state !== 'trouble') return null;
  return (
    <span className="trouble" role="alert">
      <Icon name="alert" size={16} /> {words.trouble}
    </span>
  );
}

function Button(props: Props) {
  const { element } = props;
  const { press, state } = usePress(props);
  const [asking, setAsking] = useState(false);
  const text = textOf(fieldsOf(element.text).text);
  const url = textOf(element.url);

  function go(): void {
    if (url) window.open(url, '_blank', 'noreferrer');
    void press();
  }

  return (
    <>
      <button
        type="button"
        className={`action ${textOf(element.style)}`}
        aria-label={textOf(element.accessibility_label) || undefined}
        aria-busy={state === 'pending'}
        disabled={state === 'pending'}
        onClick={() => (element.confirm ? setAsking(true) : go())}
      >
        {element.type === 'icon_button' ? <Icon name="trash" size={16} /> : text}
      </button>
      <Trouble state={state} />
      {asking && (
        <ConfirmDialog
          confirm={fieldsOf(element.confirm)}
          close={(agreed) => {
            setAsking(false);
            if (agreed) go();
          }}
        />
      )}
    </>
  );
}

function Overflow(props: Props) {
  const words = useWords();
  const { press, state } = usePress(props);
  const items = optionsOf(props.element).map((option) => {
    const value = textOf(option.value);
    return { id: value, label: textOf(fieldsOf(option.text).text), choose: () => void press(value) };
  });
  return (
    <>
      <Menu label={textOf(props.element.accessibility_label, words.more)} className="action overflow" items={items}>
        <Icon name="more" size={16} />
      </Menu>
      <Trouble state={state} />
    </>
  );
}

function Feedback(props: Props) {
  const { press, state } = usePress(props);
  const [given, setGiven] = useState<string>();
  const thumbs = [
    { name: 'positive', icon: 'thumbUp', button: fieldsOf(props.element.positive_button) },
    { name: 'negative', icon: 'thumbDown', button: fieldsOf(props.element.negative_button) },
  ] as const;
  return (
    <>
      {thumbs.map(({ name, icon, button }) => (
        <button
          key={name}
          type="button"
          className="thumb"
          aria-pressed={given === name}
          disabled={state === 'pending'}
          onClick={() => {
            setGiven(name);
            void press(name);
          }}
        >
          <Icon name={icon} size={16} />
          <span>{textOf(fieldsOf(button.text).text)}</span>
        </button>
      ))}
      <Trouble state={state} />
    </>
  );
}
