import type { ModalView } from '@slack/types';
import { appendAudit } from '../core/audit.ts';
import type { FileCopies, StandsAt } from '../core/links.ts';
import {
  type AnyJob,
  type Doc,
  type People,
  type Person,
  type PersonId,
  put,
  remove,
  type Say,
  type ShowCard,
  type Store,
} from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Effect, IncomingAction } from '../feature.ts';
import { clickedOn } from './decide.ts';
import { noteView, readerOf } from './form-views.ts';
import {
  afterCopy,
  afterShow,
  beginHanding,
  type Handing,
  handedIn,
  handingId,
  handings,
  missingIn,
  nextStep,
  pressed,
} from './handing.ts';
import { handingTexts } from './handing-texts.ts';
import { missingMessage, titlesOf } from './handing-views.ts';
import { line, sentences, when } from './look.ts';
import { sayMessage } from './note-views.ts';
import { mayRead } from './readers.ts';
import { requests as requestRecords, requestSubject } from './records.ts';
import { type Known, numberOf, type Request } from './request.ts';
import type { Requests } from './requests.ts';
import { requestCopy } from './says.ts';
import { texts } from './texts.ts';
import { uploadsOf } from './uploads.ts';

/**
 * Hands files that were uploaded in a form to those who may read the request. Slack opens them for whoever uploaded them and for the
 * bot alone; a copy goes to whoever asks for it, into their own conversation with the bot, and nowhere else.
 */
export interface HandingOut {
  /** A press of the button: what is under way, or just came, is not sent again. */
  press(a: IncomingAction): Promise<Effect>;
  readonly job: AnyJob;
  /** What could not be handed on, by the id of the handing. */
  readonly card: ShowCard;
}

// As many as one upload in a form takes, and one message shows; the others come with the next press.
const mostAtOnce = 10;
// Copies are held in memory while they are made. Letters, contracts and screenshots are far below.
const largestBytes = 20_000_000;
// Down and up again, thirty seconds each at the most.
const longestStepMs = 70_000;

export function createHandingOut(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly people: People;
  readonly requests: Requests;
  readonly files: FileCopies;
  readonly standsAt: StandsAt;
}): HandingOut {
  const { store, clock, people, requests, files } = deps;

  /** The request, and who asked for its files, as long as they may read it. */
  async function readable(
    id: string,
    by: PersonId,
  ): Promise<{ readonly request: Doc<Request>; readonly person: Person } | undefined> {
    const request = await requests.find(id);
    const person = people.get(by);
    return request && person && mayRead(request, person, requests.world()) ? { request, person } : undefined;
  }

  async function press(a: IncomingAction): Promise<Effect> {
    const { id } = clickedOn(a.value);
    const reader = readerOf(people, a.person);
    const words = handingTexts[reader.locale];
    const found = await readable(id, a.person);
    if (!found) {
      const request = await requests.find(id);
      const locked = request ? texts[reader.locale].locked(numberOf(request)) : words.none;
      return { ...shownTo(a, locked) };
    }
    const { request } = found;
    const uploads = uploadsOf(request, await requests.typeOf(request));
    if (uploads.length === 0) return { ...shownTo(a, words.none) };
    const key = handingId(id, a.person);
    const before = await store.get(handings, key);
    const now = clock.now();
    const come = pressed(before, uploads, now);
    if (come.kind === 'had') return { ...shownTo(a, line(words.had(when(come.at, { reader })))) };
    const below = (await cardOf(request, a.person))?.channel;
    const said = below !== undefined && below === a.message?.channel ? words.onTheWayBelow : words.onTheWay;
    if (come.kind === 'under-way') return { ...shownTo(a, said) };
    const first = come.uploads.slice(0, mostAtOnce);
    const left = come.uploads.length - first.length;
    const all = left > 0 ? sentences([said, words.left(left)], { reader }) : said;
    const handing = beginHanding(id, a.person, first, now, come.had);
    return { ops: [put(handings, key, handing, before?.version ?? 0)], ...shownTo(a, all) };
  }

  /** Only the person who pressed sees it, where they pressed. */
  function shownTo(a: IncomingAction, said: Parameters<typeof sayMessage>[0]): Effect {
    const reader = readerOf(people, a.person);
    if (a.view) {
      const view: ModalView = noteView(handingTexts[reader.locale].title, said, reader);
      return { reply: { kind: 'view', view } };
    }
    if (!a.message) return {};
    const { channel, thread } = a.message;
    const place = thread ? { channel, thread } : { channel };
    return { reply: { kind: 'ephemeral', place, person: a.person, rendered: sayMessage(said) } };
  }

  /** The card in the person's own conversation, if there is one. */
  function cardOf(request: Known, person: PersonId) {
    return deps.standsAt(requestCopy(request.id, { person }));
  }

  async function step(doc: Doc<Handing>, now: number): ReturnType<AnyJob['run']> {
    const { id, version, ...handing } = doc;
    const next = nextStep(handing);
    const found = next.kind === 'forget' ? undefined : await readable(handing.request, handing.person);
    // Whoever lost their part in it since they asked gets nothing any more.
    if (next.kind === 'forget' || !found) return { ops: [remove(handings, doc)], say: [] };
    const { request, person } = found;
    const after =
      next.kind === 'copy'
        ? afterCopy(handing, next.file, await files.copy(next.file, next.giver, largestBytes), now)
        : afterShow(handing, await show(handing, request, person), now);
    const kept = put(handings, id, after, version);
    if (after.state !== 'done') return { ops: [kept], say: [] };
    return { ops: [kept, ...handedOps(after, request, now)], say: await missingSaid(after, request) };
  }

  async function show(handing: Handing, request: Known, person: Person) {
    const titles = titlesOf(request, handing, person);
    const copies = handing.files.flatMap(({ copy, state }, index) =>
      copy && state === 'copied' ? [{ copy, title: titles[index] ?? '' }] : [],
    );
    return files.show({
      copies,
      person: person.id,
      thread: await cardOf(request, person.id),
      words: handingTexts[person.locale].of(numberOf(request)),
      ask: !handing.asked,
    });
  }

  /** Who was handed which file stands in the chain of the request. */
  function handedOps(after: Handing, request: Doc<Request>, now: number) {
    const handed = handedIn(after);
    if (handed.length === 0) return [];
    const { id, version, ...value } = request;
    const { ops, head } = appendAudit(requestSubject(id), request.audit, {
      at: now,
      kind: 'files_handed',
      actor: after.person,
      from: null,
      to: { files: handed.map(({ file }) => file) },
      versions: { ...request.versions, form: request.form },
      parts: { names: JSON.stringify(handed.map(({ name, file }) => name ?? file)) },
    });
    return [put(requestRecords, id, { ...value, audit: head }, version), ...ops];
  }

  async function missingSaid(after: Handing, request: Known): Promise<readonly Say[]> {
    if (missingIn(after).length === 0) return [];
    const at = await cardOf(request, after.person);
    const id = handingId(after.request, after.person);
    const place = at ? { channel: at.channel, thread: at.ts } : { person: after.person };
    return [{ kind: 'notice', key: `req-files:${id}/${after.at}`, card: 'request.files', id, place, lost: 'must' }];
  }

  return {
    press,
    job: { collection: handings, longestMs: longestStepMs, run: (doc, now) => step(doc as Doc<Handing>, now) },
    async card(id) {
      const handing = await store.get(handings, id);
      const found = handing && (await readable(handing.request, handing.person));
      return found && missingMessage(found.request, handing, { locale: found.person.locale, zone: found.person.zone });
    },
  };
}
