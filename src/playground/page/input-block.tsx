import { useId } from 'react';
import { fieldsOf, textOf } from '../json.ts';
import type { Json } from '../protocol.ts';
import { useSurface, useWords } from './context.tsx';
import { Field } from './fields.tsx';
import { Icon } from './icons.tsx';

/** A labeled field with its hint and what is wrong with it. */
export function InputBlock({ block }: { readonly block: Json }) {
  const words = useWords();
  const { errors } = useSurface();
  const id = useId();
  const element = fieldsOf(block.element);
  const name = textOf(block.block_id);
  const label = textOf(fieldsOf(block.label).text);
  const hint = textOf(fieldsOf(block.hint).text);
  const error = errors[name];
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="input-block" data-wrong={error !== undefined}>
      <label htmlFor={id}>
        {label} {block.optional === true && <span className="optional">{words.optional}</span>}
      </label>
      <Field block={name} element={element} id={id} label={label} described={described} wrong={error !== undefined} />
      {error && (
        <p className="field-error" id={`${id}-error`}>
          <Icon name="alert" size={14} /> {error}
        </p>
      )}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
