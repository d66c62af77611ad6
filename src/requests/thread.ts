import type { StandsAt } from '../core/links.ts';
import type { Doc, People, PersonId, Say } from '../core/ports.ts';
import { mayRead } from './readers.ts';
import type { Known, Request } from './request.ts';
import type { Done, Requests } from './requests.ts';
import { mineCopy, noted, passedOn, requestCopy } from './says.ts';

export interface ThreadDeps {
  readonly requests: Requests;
  readonly people: People;
  readonly standsAt: StandsAt;
}

// What a Slack text field holds, and a request with it.
const longest = 3_000;
// Somebody with more requests under way than this finds the others through their buttons.
const mostLookedThrough = 20;

// What a person writes to end a conversation, and nothing else: nobody is called for it.
const thanks =
  /^(ok(ay)?|great|perfect|cool|thanks?|thank you|thx|ty|cheers|so much|very much|a lot|got it|谢谢|多谢|感谢|谢了|好的|收到|明白了?|知道了|了解|辛苦了?|你|您|啦|[\s,.!~，。！～👍🙏])+$/iu;

/**
 * What was written in the thread of a card, taken into the request: an answer where one is asked for, else a note that both
 * sides read.
 * @returns undefined when no request of theirs stands in that thread; mere thanks change nothing
 * @throws UserError when it is refused
 */
export async function continueInThread(
  deps: ThreadDeps,
  person: PersonId,
  channel: string,
  thread: string,
  text: string,
): Promise<Pick<Done, 'ops' | 'say'> | undefined> {
  const words = text.trim().slice(0, longest).toWellFormed();
  const request = words ? await standingIn(deps, person, channel, thread) : undefined;
  if (!request) return undefined;
  const isRequester = request.requester === person;
  const answers = isRequester && request.questions.length > 0;
  if (thanks.test(words) && !answers) return { ops: [], say: [] };
  const move = answers
    ? ({ kind: 'answer', text: words } as const)
    : ({ kind: 'note', text: words, privately: false } as const);
  const done = await deps.requests.move(request.id, person, move);
  const told = passedOn(done.request, person, { channel, thread });
  return { ops: done.ops, say: [...done.say, told] };
}

/** The request whose card, or whose news, starts this thread for this person. */
async function standingIn(
  deps: ThreadDeps,
  person: PersonId,
  channel: string,
  thread: string,
): Promise<Doc<Request> | undefined> {
  const known = deps.people.get(person);
  for (const doc of await candidates(deps.requests, person)) {
    if (!mayRead(doc, known, deps.requests.world())) continue;
    for (const say of saidTo(doc, person)) {
      const at = await deps.standsAt(say);
      if (at?.channel === channel && at.ts === thread) return doc;
    }
  }
  return undefined;
}

/** What is under way with this person; what they asked for also some time after it was decided. */
async function candidates(requests: Requests, person: PersonId): Promise<readonly Doc<Request>[]> {
  const limit = mostLookedThrough;
  const [open, waiting, recent] = await Promise.all([
    requests.list({ key: `requesting:${person}`, order: 'desc', limit }),
    requests.waitingFor(person, limit),
    requests.list({ key: `requester:${person}`, order: 'desc', limit }),
  ]);
  return [...new Map([...open.docs, ...waiting, ...recent.docs].map((doc) => [doc.id, doc])).values()];
}

/** Everything that may start a thread of this person about a request. */
function saidTo(request: Known, person: PersonId): readonly Say[] {
  const { requester, where, restricted, events } = request;
  if (person === requester) {
    const home = where && !restricted ? where : { person };
    return [mineCopy(request), ...events.map((_, index) => noted(request, index, home, 'requester'))];
  }
  return [
    requestCopy(request.id, { person }),
    ...events.map((_, index) => noted(request, index, { person }, 'decider')),
  ];
}
