import { type Doc, type Op, type Outcome, put, type Say } from '../core/ports.ts';
import { type Announcement, type Known, type Target, targets } from './announcement.ts';

/** What stands where a row points: the text of the moment, or a note that it was withdrawn. */
export const messageCard = 'announcement.message';

/** In the place of an edition: the message becomes the note that it was withdrawn. */
export const withdrawal = 0;

/** A row as it is read. */
export type Row = Doc<Target>;

/** Slack takes a message for good, and what it does not like is the picture. */
const pictureCode = 'invalid_blocks';
/** Whoever left since the list was made. */
const leaverCode = 'not_active';

/** One message on its way: the row, and the edition it is to show. */
export function mailingKey(row: string, edition: number): string {
  return `${row}/${edition}`;
}

export function readMailingKey(key: string): { readonly row: string; readonly edition: number } {
  const slash = key.lastIndexOf('/');
  return { row: key.slice(0, slash), edition: Number(key.slice(slash + 1)) };
}

/** Hands a row over: from now on it is on its way, and its outcome comes back to it. */
export function handOver(row: Row, edition: number, now: number): { readonly op: Op; readonly say: Say } {
  const { announcement, target, posted } = row;
  return {
    op: moved(row, { ...bare(row), state: 'queued', since: now }),
    say: {
      kind: 'mailing',
      key: mailingKey(row.id, edition),
      card: messageCard,
      id: announcement,
      place: target,
      ...(posted ? { at: posted } : {}),
    },
  };
}

/** The operation that writes a row. */
export function moved(row: Row, value: Target): Op {
  return put(targets, row.id, value, row.version);
}

/** A row without what belongs to its document. */
export function bare({ id, version, ...row }: Row): Target {
  return row;
}

/** Whether a row that was handed over is still to be sent. A withdrawal always is; a change as long as the text stands. */
export function isStillWanted(
  row: Pick<Target, 'state' | 'posted'>,
  edition: number,
  announcement: Pick<Announcement, 'state'> | undefined,
  reachable: boolean,
): boolean {
  if (row.state !== 'queued') return false;
  if (edition === withdrawal) return true;
  if (!announcement) return false;
  const { state } = announcement;
  if (row.posted) return state === 'expanding' || state === 'sending' || state === 'sent';
  return reachable && (state === 'expanding' || state === 'sending');
}

/** What decides, beside the outcome, what becomes of a row. */
export interface SettleFacts {
  readonly edition: number;
  readonly state: Announcement['state'] | undefined;
  readonly reachable: boolean;
  /** The text has a picture, which may be what Slack refuses. */
  readonly hasPicture: boolean;
  readonly now: number;
}

/** The row with what came of its message. */
export function settleRow(row: Target, outcome: Outcome, facts: SettleFacts): Target {
  const { reason, ...rest } = row;
  const { edition, now } = facts;
  switch (outcome.kind) {
    case 'stands':
      return { ...rest, ...standing(row, edition, now), posted: { ...outcome.at }, since: now };
    case 'gone':
      return { ...rest, ...calledOff(row, facts), since: now };
    case 'unknown':
      return { ...rest, state: 'unknown', reason: outcome.code, since: now };
    case 'failed':
      return { ...rest, ...failedWith(row, outcome.code, facts), since: now };
  }
}

function standing(row: Target, edition: number, now: number): Pick<Target, 'state' | 'shown' | 'sentAt'> {
  const sentAt = row.sentAt ?? now;
  if (edition === withdrawal) return { state: 'retracted', shown: row.shown, sentAt };
  return { state: 'sent', shown: edition, sentAt };
}

function calledOff(row: Target, { state, reachable }: SettleFacts): Pick<Target, 'state'> & { reason?: string } {
  if (row.posted) return { state: 'sent' };
  const isSending = state === 'expanding' || state === 'sending';
  if (!isSending) return { state: 'left' };
  return { state: 'failed', reason: reachable ? 'gone' : leaverCode };
}

function failedWith(
  row: Target,
  code: string,
  { edition, hasPicture }: SettleFacts,
): Pick<Target, 'state'> & { reason: string } {
  // Somebody removed the message: there is nothing left to withdraw.
  if (edition === withdrawal && code === 'message_not_found') return { state: 'retracted', reason: code };
  if (isPictureAtFault(row, code, hasPicture)) return { state: row.posted ? 'sent' : 'waiting', reason: code };
  return { state: 'failed', reason: code };
}

/** Once, the picture is to blame; a message that is refused without it is refused for another reason. */
export function isPictureAtFault(row: Pick<Target, 'reason'>, code: string, hasPicture: boolean): boolean {
  return hasPicture && code === pictureCode && row.reason !== pictureCode;
}

/** Whom the card shows that says how far it is: whoever sent it. */
export function senderOf({ confirmedBy, author }: Pick<Known, 'confirmedBy' | 'author'>) {
  return confirmedBy ?? author;
}
