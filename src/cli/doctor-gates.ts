import type { Content } from '../content/content.ts';
import type { Layers } from '../layers.ts';
import { requestContent } from '../requests/type-content.ts';
import { trackContent } from '../training/track-content.ts';

/** Forms in force that pass quickly only with a training that nobody can have: each with what is missing and its mend. */
export function closedGates(
  content: Pick<Content, 'items'>,
  { originOf }: Pick<Layers, 'originOf'>,
): readonly string[] {
  const tracks = new Map(content.items(trackContent).map(({ track, file }) => [track.id, file]));
  return content.items(requestContent).flatMap(({ type, file }) => {
    const { id, training } = type;
    // While a form is starter text nothing passes, whatever anybody has learned.
    if (training === undefined || originOf(file) === 'shipped') return [];
    const track = tracks.get(training);
    const begin = `requests/${id}: nothing passes without a person, for it asks for the training ${training}`;
    if (track === undefined) return [`${begin}, which does not exist. Correct the name in ${file}.`];
    if (originOf(track) !== 'shipped') return [];
    return [`${begin}, which nobody has adopted. Adopt it: ospo adopt training/${training}.`];
  });
}
