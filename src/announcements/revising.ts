import type { Posted } from '../core/ports.ts';
import type { Target } from './announcement.ts';
import { bare, type Row } from './sending.ts';

/**
 * A row whose message failed, for another try: what stands in Slack is taken for what it shows, so that it is changed where
 * that is not the latest; what does not stand is sent. A message that somebody removed is sent anew.
 */
export function restored(row: Row, now: number): Target {
  const { posted, reason, ...rest } = bare(row);
  if (posted && reason !== 'message_not_found') return { ...rest, posted, state: 'sent', since: now };
  return { ...rest, state: 'waiting', shown: 0, from: Math.min(row.from, now), since: now };
}

/**
 * A row of which nobody knew, found by a click on its message. Which edition stands there is not known either: it is taken for
 * the first one, so that the next change reaches it.
 */
export function adopted(row: Row, at: Posted, now: number): Target {
  const { reason, ...rest } = bare(row);
  return {
    ...rest,
    state: 'sent',
    shown: 1,
    posted: { channel: at.channel, ts: at.ts },
    sentAt: row.since,
    since: now,
  };
}

/** A row whose turn will not come. */
export function passedOver(row: Row, now: number): Target {
  const { by, ...rest } = bare(row);
  return { ...rest, state: 'left', since: now };
}

/** A row of somebody who was to read it in a channel, and now gets a message. */
export function onTheirOwn(row: Row, now: number): Target {
  const { by, ...rest } = bare(row);
  return { ...rest, state: 'waiting', since: now };
}

/** A row without a message of its own: where it is read, the announcement says that it was withdrawn. */
export function withdrawn(row: Row, now: number): Target {
  return { ...bare(row), state: 'retracted', since: now };
}
