import { fieldsOf, textOf } from '../json.ts';
import type { Deed, Json, Upload } from '../protocol.ts';
import { useOwn, useSurface } from './context.tsx';

export interface FieldProps {
  readonly block: string;
  readonly element: Json;
  readonly label: string;
  readonly id?: string;
  /** Ids of what describes it. */
  readonly described?: string;
  readonly wrong?: boolean;
}

export type Entry = Extract<Deed, { kind: 'enter' }>['entry'];

/** What an element holds now, and how to change it. */
export function useEntry({ block, element }: FieldProps) {
  const { act } = useOwn();
  const { on, values } = useSurface();
  const action = textOf(element.action_id);
  const stored = fieldsOf(fieldsOf(values[block])[action]);
  return {
    /** As Slack reports it; what the app put there when nothing was entered yet. */
    value: stored.type === undefined ? initialOf(element) : stored,
    enter: (entry: Entry) => act({ kind: 'enter', on, element: { action, block }, entry }),
    attach: (files: readonly Upload[]) => act({ kind: 'attach', on, element: { action, block }, files: [...files] }),
    lookUp: async (typed: string): Promise<readonly Json[]> => {
      const result = await act({ kind: 'lookUp', on, element: { action, block }, typed });
      return result.kind === 'options' ? result.options : [];
    },
  };
}

// Only samples come without state.
function initialOf(element: Json): Json {
  return Object.fromEntries(
    Object.entries(element)
      .filter(([key]) => key.startsWith('initial_'))
      .map(([key, value]) => [key.replace('initial_', key === 'initial_value' ? '' : 'selected_'), value]),
  );
}
