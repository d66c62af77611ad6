import type { ChangeToRead, Mentors } from '../core/links.ts';
import type { Op, PersonId } from '../core/ports.ts';
import type { Values } from './condition.ts';
import { mentorRole } from './deciding.ts';
import { type Course, openStages } from './state.ts';
import type { RequestType } from './type.ts';

// The best fit is asked; the others stand behind, for when one steps back or leaves.
const mostMentors = 5;

/** Whether one of these stages asks a mentor. @param stages ids */
export function asksMentor(type: RequestType, stages: readonly string[]): boolean {
  return type.stages.some(({ id, who }) => stages.includes(id) && 'roles' in who && who.roles.includes(mentorRole));
}

/** Those who could read the change now, the best fit first; nothing where nobody has room. @param now ms */
export async function mentorsFor(
  mentors: Mentors | undefined,
  type: RequestType,
  { answers, requester }: { readonly answers: Values; readonly requester: PersonId },
  now: number,
): Promise<{ readonly mentors?: PersonId[] }> {
  const found = (await mentors?.withRoom(changeOf(type, answers, requester), now)) ?? [];
  return found.length > 0 ? { mentors: found.slice(0, mostMentors) } : {};
}

function changeOf(type: RequestType, answers: Values, asker: PersonId): ChangeToRead {
  const project = type.find.project === undefined ? undefined : answers[type.find.project];
  const field = type.fields.find(({ quote }) => quote);
  const text = field && answers[field.id];
  return {
    asker,
    ...(typeof project === 'string' ? { project } : {}),
    ...(typeof text === 'string' && text !== '' ? { text } : {}),
  };
}

/** What a change of a request is to the mentor who reads for it: taken, read, or not read after all. @param now ms */
export async function readingOps(
  mentors: Mentors | undefined,
  id: string,
  before: Course | undefined,
  after: Course,
  now: number,
): Promise<readonly Op[]> {
  const had = before && readerOf(before);
  const has = readerOf(after);
  if (!mentors || had === has) return [];
  const [gave, took] = await Promise.all([
    had ? mentors.gave(had, id, hasRead(after, had) ? 'read' : 'dropped', now) : [],
    has ? mentors.took(has, id, now) : [],
  ]);
  return [...gave, ...took];
}

/** The mentor who has it to read; undefined while a role is asked, or nobody. */
function readerOf(request: Course): PersonId | undefined {
  return openStages(request)
    .flatMap(({ asked }) => asked)
    .flatMap((one) => ('person' in one && one.as === mentorRole && !one.inPlaceOf ? [one.person] : []))[0];
}

function hasRead({ stages }: Course, mentor: PersonId): boolean {
  return stages.some(({ votes }) =>
    votes.some(({ by, vote }) => by === mentor && (vote === 'approve' || vote === 'decline')),
  );
}
