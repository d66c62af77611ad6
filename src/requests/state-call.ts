import type { Json } from '../core/canonical-json.ts';
import { subjectOf } from './form.ts';
import { type Known, numberOf } from './request.ts';
import type { RequestType } from './type.ts';

/**
 * What another system is told of a request whose state is another one. The state is the one of that moment, since calls
 * that were missed come late; what is confidential says its number and its state alone.
 * @param id `<id>/<number of events>/<state>`
 */
export function stateCall(id: string, request: Known, type: RequestType): Json {
  const [, length = '', state = ''] = id.split('/');
  const at = request.events[Number(length) - 1]?.at ?? request.since;
  const told = { event: 'request.state', at: new Date(at).toISOString(), number: numberOf(request), state };
  if (request.restricted) return told;
  return {
    ...told,
    type: request.type,
    subject: subjectOf(type, openAnswers(request, type), 'en'),
    requester: request.requester,
    level: request.way.level,
    keys: request.keys.filter((key) => !key.startsWith('same:')),
    ...(request.validUntil === undefined ? {} : { validUntil: new Date(request.validUntil).toISOString() }),
    ...(request.link === undefined ? {} : { link: request.link }),
  };
}

/** Without what the form calls confidential. */
function openAnswers({ answers }: Known, { fields }: RequestType): Known['answers'] {
  const closed = new Set(fields.filter(({ confidential }) => confidential).map(({ id }) => id));
  return Object.fromEntries(Object.entries(answers).filter(([id]) => !closed.has(id)));
}
