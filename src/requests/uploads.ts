import type { PersonId } from '../core/ports.ts';
import { answersAsked } from './form.ts';
import type { Answers, Request } from './request.ts';
import type { RequestType } from './type.ts';

/** A file that was uploaded in a form: Slack's id of it, and who uploaded it by its link. */
export interface UploadLink {
  readonly file: string;
  readonly by: string;
}

const permalink = /^\/files\/([UW][A-Z0-9]+)\/(F[A-Z0-9]+)(?:\/|$)/;

/** Reads the link that Slack gives a file; undefined for every other link. It opens for its uploader, and for nobody else. */
export function uploadIn(link: string): UploadLink | undefined {
  const url = URL.parse(link);
  if (!url?.hostname.endsWith('.slack.com')) return undefined;
  const [, by = '', file = ''] = permalink.exec(url.pathname) ?? [];
  return file ? { file, by } : undefined;
}

/** A file of a request, and who gave it with an answer: that it is theirs is for whoever opens it to see. */
export interface Upload {
  readonly file: string;
  readonly giver: PersonId;
}

/** The files that were uploaded with the answers as they are now, each once, in the order of the form. */
export function uploadsOf(
  request: Pick<Request, 'answers' | 'facts' | 'events' | 'requester'>,
  type: RequestType,
): readonly Upload[] {
  const answers = answersAsked(type, { ...request.answers, ...request.facts });
  const links = type.fields.filter(({ kind }) => kind === 'files').flatMap(({ id }) => linksIn(answers, id));
  const found = links.flatMap((link) => {
    const upload = uploadIn(link);
    return upload ? [{ file: upload.file, giver: giverOf(link, request) }] : [];
  });
  return [...new Map(found.map((upload) => [upload.file, upload])).values()];
}

/** Who put a link into the answers: whoever corrected them to hold it, else the requester, who sent the form. */
function giverOf(link: string, { events, requester }: Pick<Request, 'events' | 'requester'>): PersonId {
  for (const event of events) {
    if (event.kind !== 'answered' || !event.answers) continue;
    const { answers, before = {} } = event;
    const isNew = Object.keys(answers).some(
      (id) => linksIn(answers, id).includes(link) && !linksIn(before, id).includes(link),
    );
    if (isNew) return event.by;
  }
  return requester;
}

function linksIn(answers: Answers, field: string): readonly string[] {
  return [answers[field] ?? []].flat().map(String);
}
