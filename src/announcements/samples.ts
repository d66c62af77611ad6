import type { Sample } from '../feature.ts';
import type { Kind } from './kind.ts';

/** Everything that announcements can show, in both languages. */
export function announcementSamples(_kinds: readonly Kind[]): readonly Sample[] {
  return [];
}
