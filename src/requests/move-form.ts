import { z } from 'zod';
import { decideTexts } from './decide-texts.ts';

/** What can be done to a request with a form. */
export type FormKind = keyof (typeof decideTexts)['en']['forms'];
export const kinds = Object.keys(decideTexts.en.forms) as [FormKind, ...FormKind[]];

/** What a form carries: which request, how much of its history was seen, the stage it is about, and a name for this writing. */
export const MoveForm = z.strictObject({
  kind: z.enum(kinds),
  draft: z.string(),
  id: z.string(),
  seen: z.int().nonnegative(),
  stage: z.string().exactOptional(),
  /** Answers of the request's form that can be corrected on it. */
  fields: z.array(z.string()).exactOptional(),
});
export type MoveForm = z.infer<typeof MoveForm>;

/** Forms that say nothing without words. */
export const wordy: ReadonlySet<FormKind> = new Set([
  'ask',
  'hold',
  'note',
  'add',
  'answer',
  'appeal',
  'conflict',
  'revoke',
  'reopen',
  'record',
]);
