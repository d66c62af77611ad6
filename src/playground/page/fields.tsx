import { type KeyboardEvent, useId, useState } from 'react';
import { fieldsOf, isFields, listOf, textOf } from '../json.ts';
import { type Choice, choicesOf, chosenOf } from './choices.ts';
import { useOwn, useWords } from './context.tsx';
import { type FieldProps, useEntry } from './entry.ts';
import { SearchField } from './search-field.tsx';
import { readUpload } from './upload.ts';

/** A control for one element, with the browser's own means. */
export function Field(props: FieldProps) {
  const type = textOf(props.element.type);
  if (type === 'checkboxes' || (type.startsWith('multi_') && type !== 'multi_external_select')) {
    return <Choices {...props} kind="checkbox" />;
  }
  switch (type) {
    case 'radio_buttons':
      return <Choices {...props} kind="radio" />;
    case 'external_select':
    case 'multi_external_select':
      return <SearchField {...props} />;
    case 'file_input':
      return <FileField {...props} />;
    case 'datepicker':
      return <Moment {...props} kind="date" />;
    case 'timepicker':
      return <Moment {...props} kind="time" />;
    case 'datetimepicker':
      return <Moment {...props} kind="datetime-local" />;
    default:
      return type.endsWith('_select') ? <Select {...props} /> : <TextField {...props} />;
  }
}

const inputTypes: Readonly<Record<string, string>> = {
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'number',
};

/** Text of any kind. The workspace hears of it when the field is left or, where the app asked for it, on Enter. */
function TextField(props: FieldProps) {
  const { element, id, label, described, wrong = false } = props;
  const { value, enter } = useEntry(props);
  const [draft, setDraft] = useState(() => shownText(value));
  const type = textOf(element.type);
  const dispatch = listOf(fieldsOf(element.dispatch_action_config).trigger_actions_on);
  const tellsOnEnter = dispatch.includes('on_enter_pressed');
  const shared = {
    id,
    value: draft,
    placeholder: textOf(fieldsOf(element.placeholder).text),
    'aria-label': id ? undefined : label,
    'aria-describedby': described || undefined,
    'aria-invalid': wrong,
    maxLength: Number(element.max_length ?? 3000),
    onBlur: () => {
      if (!tellsOnEnter) void enter(draft);
    },
  };

  function change(text: string): void {
    setDraft(text);
    if (dispatch.includes('on_character_entered')) void enter(text);
  }

  async function onKey(event: KeyboardEvent): Promise<void> {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || !tellsOnEnter) return;
    event.preventDefault();
    const result = await enter(draft);
    if (result.kind === 'done') setDraft('');
  }

  if (element.multiline === true || type === 'rich_text_input') {
    return <textarea {...shared} rows={4} onChange={(event) => change(event.target.value)} />;
  }
  return (
    <input
      {...shared}
      type={inputTypes[type] ?? 'text'}
      step={element.is_decimal_allowed === true ? 'any' : undefined}
      onChange={(event) => change(event.target.value)}
      onKeyDown={(event) => void onKey(event)}
    />
  );
}

function shownText(value: Readonly<Record<string, unknown>>): string {
  const given = value.value ?? Object.values(value).find((each) => typeof each === 'string' && each !== value.type);
  if (isFields(value.rich_text_value)) return textIn(value.rich_text_value);
  return typeof given === 'string' ? given : '';
}

function textIn(node: unknown): string {
  if (Array.isArray(node)) return node.map(textIn).join('');
  return isFields(node) ? textOf(node.text) + textIn(node.elements) : '';
}

function Select(props: FieldProps) {
  const words = useWords();
  const { snapshot } = useOwn();
  const { value, enter } = useEntry(props);
  const choices = choicesOf(props.element, snapshot);
  const groups = [...new Set(choices.map(({ group }) => group))];
  const option = ({ value: given, text }: Choice) => (
    <option key={given} value={given}>
      {text}
    </option>
  );
  return (
    <select
      id={props.id}
      value={chosenOf(value)[0] ?? ''}
      aria-label={props.id ? undefined : props.label || words.choose}
      aria-describedby={props.described || undefined}
      aria-invalid={props.wrong}
      onChange={(event) => void enter(event.target.value || null)}
    >
      <option value="">{textOf(fieldsOf(props.element.placeholder).text, words.choose)}</option>
      {groups.map((group) =>
        group ? (
          <optgroup key={group} label={group}>
            {choices.filter((each) => each.group === group).map(option)}
          </optgroup>
        ) : (
          choices.filter((each) => !each.group).map(option)
        ),
      )}
    </select>
  );
}

/** One or several of a few, all in sight. */
function Choices(props: FieldProps & { readonly kind: 'checkbox' | 'radio' }) {
  const { kind, element, label, id, described } = props;
  const { snapshot } = useOwn();
  const { value, enter } = useEntry(props);
  // The gallery shows many views at once, with the same ids: of radios with one name the browser checks a single one.
  const group = useId();
  const choices = choicesOf(element, snapshot);
  const chosen = chosenOf(value);

  function toggle(given: string, on: boolean): void {
    if (kind === 'radio') void enter(given);
    else void enter(on ? [...chosen, given] : chosen.filter((each) => each !== given));
  }

  return (
    <fieldset id={id} className="choices" aria-label={label} aria-describedby={described || undefined}>
      {choices.map(({ value: given, text, description }) => (
        <label key={given}>
          <input
            type={kind}
            name={group}
            checked={chosen.includes(given)}
            onChange={(event) => toggle(given, event.target.checked)}
          />
          <span>
            {text}
            {description && <span className="hint">{description}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function FileField(props: FieldProps) {
  const { element, id, label, described, wrong } = props;
  const { value, attach } = useEntry(props);
  const types = listOf(element.filetypes).map((type) => `.${textOf(type)}`);

  async function choose(files: FileList | null): Promise<void> {
    await attach(await Promise.all([...(files ?? [])].map(readUpload)));
  }

  return (
    <>
      <input
        id={id}
        type="file"
        multiple={Number(element.max_files ?? 10) > 1}
        accept={types.join(',') || undefined}
        aria-label={id ? undefined : label}
        aria-describedby={described || undefined}
        aria-invalid={wrong}
        onChange={(event) => void choose(event.target.files)}
      />
      {listOf(value.files).map((file) => (
        <span key={textOf(fieldsOf(file).id)} className="chip">
          {textOf(fieldsOf(file).name)}
        </span>
      ))}
    </>
  );
}

function Moment(props: FieldProps & { readonly kind: 'date' | 'time' | 'datetime-local' }) {
  const { kind, id, label, described, wrong } = props;
  const { value, enter } = useEntry(props);
  const [given] = Object.entries(value).flatMap(([key, each]) => (key === 'type' ? [] : [each]));

  function entryOf(text: string): string | number | null {
    if (text === '') return null;
    return kind === 'datetime-local' ? Math.floor(Date.parse(text) / 1000) : text;
  }

  return (
    <input
      id={id}
      type={kind}
      value={typeof given === 'number' ? localMoment(given) : textOf(given)}
      aria-label={id ? undefined : label}
      aria-describedby={described || undefined}
      aria-invalid={wrong}
      onChange={(event) => void enter(entryOf(event.target.value))}
    />
  );
}

/** Seconds since 1970 as the browser's control wants it: the local time without its zone. */
function localMoment(seconds: number): string {
  const date = new Date(seconds * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
