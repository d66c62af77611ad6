import { z } from 'zod';
import { Conflict } from '../core/errors.ts';
import type { Locale } from '../core/i18n.ts';
import type { Organization } from '../core/organization.ts';
import { type Collection, type Outbox, put, type Rendered, remove, type Store } from '../core/ports.ts';
import { texts } from './texts.ts';
import { noteMessage } from './view-parts.ts';

/** A channel whose people were told that questions are answered there without a mention. */
export const Announced = z.strictObject({ at: z.number() });
export type Announced = z.infer<typeof Announced>;

export const announced: Collection<Announced> = {
  name: 'announced',
  schema: Announced,
  shape: 1,
  index: () => [{ key: 'all' }],
};

// Far more channels than an organization sets to "questions".
const most = 500;

/**
 * Tells the people of a channel, once, when it was set to "questions": nobody is listened to unawares. Setting it back
 * forgets that, so that switching it on again is told again.
 * @param now ms
 */
export async function announceQuestions(
  deps: { readonly store: Store; readonly outbox: Outbox },
  organization: Organization,
  now: number,
): Promise<void> {
  const { store, outbox } = deps;
  const listening = Object.keys(organization.channels).filter((id) => organization.channels[id] === 'questions');
  const { docs: known } = await store.list(announced, { key: 'all', order: 'asc', limit: most });
  for (const channel of listening.filter((id) => !known.some((doc) => doc.id === id))) {
    const say = { card: 'ask.policy', id: channel, place: { channel }, lost: 'may' } as const;
    const told = await outbox.ops([{ kind: 'notice', key: `policy:${channel}:${now}`, ...say }]);
    await quicker(store.commit([put(announced, channel, { at: now }, 0), ...told]));
  }
  for (const doc of known.filter(({ id }) => !listening.includes(id)))
    await quicker(store.commit([remove(announced, doc)]));
}

/** Another process may have been quicker; then it is done. */
async function quicker(commit: Promise<unknown>): Promise<void> {
  try {
    await commit;
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
}

/** What the channel reads. */
export function policyMessage(locale: Locale): Rendered {
  return noteMessage(texts[locale].listensHere);
}
