import { UserError } from '../core/errors.ts';
import type { Refusal } from './moves.ts';
import { texts } from './texts.ts';

/** Why something is refused: by the state of a draft, or because of what lies around it. */
export type Why = Refusal | 'gone' | 'no_article' | 'moved_on' | 'not_valid' | 'not_published' | 'reviewed_already';

/** A refusal in words. */
export function refused(why: Why): UserError {
  return new UserError({ en: texts.en.refused[why], 'zh-CN': texts['zh-CN'].refused[why] });
}
