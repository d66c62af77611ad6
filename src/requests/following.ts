import type { DueThing, ReminderSource, Reminders } from '../core/links.ts';
import type { Op, PersonId, Say } from '../core/ports.ts';
import { followTexts } from './follow-texts.ts';
import { followThing } from './follow-views.ts';
import { isFollowed, latest } from './reading.ts';
import { followingKey } from './records.ts';
import { isQuiet, type Known, type Request } from './request.ts';
import type { Requests } from './requests.ts';
import type { RequestType } from './type.ts';

/** What becomes of approved requests: their owners are reminded of telling it. */
export interface Following {
  readonly source: ReminderSource;
  /** What a change of a request means for its reminder; for the commit that makes it. */
  after(
    before: Request | undefined,
    request: Known,
  ): Promise<{ readonly ops: readonly Op[]; readonly say: readonly Say[] }>;
}

const followTopic = 'outcome';
const dayMs = 24 * 60 * 60_000;
// A change is out within a week of its approval; a release takes its time; upstream has looked at it within a month.
const linkMs = 7 * dayMs;
const releaseMs = 14 * dayMs;
const outcomeMs = 30 * dayMs;
// What nobody has told of for half a year is not asked for any more.
const longestMs = 183 * dayMs;
// Somebody with more than this in half a year is reminded of the latest.
const mostLooked = 50;

/** @param reminders absent where nothing reminds anybody */
export function createFollowing(deps: {
  readonly requests: Pick<Requests, 'list' | 'typeOf'>;
  readonly reminders: Reminders | undefined;
}): Following {
  const { requests, reminders } = deps;

  async function dueFor(person: PersonId, now: number): Promise<readonly DueThing[]> {
    const { docs } = await requests.list({
      key: followingKey(person),
      from: now - longestMs,
      order: 'desc',
      limit: mostLooked,
    });
    const types = await Promise.all(docs.map((doc) => requests.typeOf(doc)));
    return docs.flatMap((doc, index) => {
      const type = types[index];
      return type && isFollowed(doc, type)
        ? [followThing(doc, type, { topic: followTopic, since: momentOf(doc, type) })]
        : [];
    });
  }

  return {
    source: {
      name: 'requests',
      topics: { [followTopic]: { en: followTexts.en.topic, 'zh-CN': followTexts['zh-CN'].topic } },
      dueFor,
      // Told by a form: there is nothing to be settled by a click.
      settle: async () => ({ ops: [] }),
    },
    async after(before, request) {
      if (!reminders || isQuiet(request)) return { ops: [], say: [] };
      const wasFollowed = before !== undefined && isFollowed(before, await requests.typeOf(request));
      const type = await requests.typeOf(request);
      const follows = isFollowed(request, type);
      const isNew = follows && (!wasFollowed || momentOf(before, type) !== momentOf(request, type));
      return {
        ops: isNew ? await reminders.wake(request.requester, momentOf(request, type)) : [],
        say: wasFollowed && (isNew || !follows) ? await reminders.refresh(request.requester) : [],
      };
    },
  };
}

/** When the next word on it is asked for, ms. */
function momentOf(request: Pick<Request, 'events' | 'since'>, { follow }: RequestType): number {
  const told = latest(request, 'followed');
  if (told && told.at >= request.since) return told.at + outcomeMs;
  return request.since + (follow === 'release' ? releaseMs : linkMs);
}
