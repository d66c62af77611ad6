import type { PersonId } from '../core/ports.ts';
import { managerRole, type Panel } from './deciding.ts';
import type { Vote } from './request.ts';
import type { Stage } from './type.ts';

/** Where the votes leave a stage. */
export type Tally = 'open' | 'approved' | 'declined';

/**
 * What the votes of a stage come to.
 * @param panel those who can decide now, without whoever has a conflict of interest
 * @param chair who holds the chair's role
 * @param isOver its time is over: a vote of a body is closed with those who took part, if they are enough
 */
export function tally(
  stage: Stage,
  votes: readonly Vote[],
  panel: Panel,
  chair: readonly PersonId[],
  isOver = false,
): Tally {
  if (stage.vote) return tallyBody(stage.vote.quorum, votes, panel, chair, isOver);
  if (votes.some(({ vote }) => vote === 'decline')) return 'declined';
  const approvals = votes.filter((vote) => vote.vote === 'approve' && counts(vote, stage, panel));
  if (approvals.length === 0) return 'open';
  return isEnough(stage, approvals, panel) ? 'approved' : 'open';
}

/**
 * The word of a manager counts as long as they surely are: of one whom the requester named it counts once that is confirmed,
 * and never after somebody else turned out to be the manager.
 */
function counts({ role, by, inPlaceOf }: Vote, { who }: Stage, { groups }: Panel): boolean {
  if (!('manager' in who) || role !== managerRole) return true;
  const beside = groups.filter(({ isBeside }) => isBeside);
  const sure = beside.length > 0 ? beside : groups;
  return sure.some(({ seats }) =>
    seats.some((seat) => seat.person === by || seat.person === inPlaceOf || seat.inPlaceOf === by),
  );
}

function isEnough({ decide }: Stage, approvals: readonly Vote[], { groups }: Panel): boolean {
  const approved = new Set(approvals.map(({ by }) => by));
  if (decide === 'any') return true;
  if (decide === 'all') return groups.every(({ seats }) => seats.every(({ person }) => approved.has(person)));
  if (decide === 'each') {
    return groups.every(
      ({ role, seats }) =>
        approvals.some((vote) => vote.role === role) || seats.some(({ person }) => approved.has(person)),
    );
  }
  const others = groups.flatMap(({ seats }) => seats).filter(({ person }) => !approved.has(person));
  // With fewer people than it asks for, all there are: more stand-ins than there are cannot be found.
  return approved.size >= Math.min(decide.of, approved.size + others.length);
}

/**
 * A body decides by the majority of yes over no. Abstentions take part but count for neither; a conflict of interest takes
 * no part. A tie goes to the chair's vote, and is not carried without it.
 */
function tallyBody(
  quorum: number,
  votes: readonly Vote[],
  { groups }: Panel,
  chair: readonly PersonId[],
  isOver: boolean,
): Tally {
  const part = votes.filter(({ vote }) => vote !== 'conflict');
  const voted = new Set(part.map(({ by }) => by));
  const members = new Set(groups.flatMap(({ seats }) => seats.map(({ person }) => person)));
  const left = [...members].filter((id) => !voted.has(id)).length;
  // A body whose members are fewer than its quorum could never decide.
  if (voted.size < Math.min(quorum, voted.size + left)) return 'open';

  const yes = part.filter(({ vote }) => vote === 'approve').length;
  const no = part.filter(({ vote }) => vote === 'decline').length;
  const isClosed = isOver || left === 0;
  if (yes > no && (isClosed || yes > no + left)) return 'approved';
  if (no > yes && (isClosed || no > yes + left)) return 'declined';
  if (!isClosed) return 'open';
  return part.some(({ by, vote }) => vote === 'approve' && chair.includes(by)) ? 'approved' : 'declined';
}
