import type { Locale } from '../core/i18n.ts';
import type { People, Person, PersonId, Rendered, ShowCard, Store } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import { circumstancesOf } from './circumstances.ts';
import { isUnsure, managerFor, managerRole, seatOf } from './deciding.ts';
import { waitedFor } from './jobs.ts';
import { digestMessage, type Listed, type ListLook, lateAmong, reminderMessage } from './list-views.ts';
import { type Look, line, mentions, namesOf } from './look.ts';
import { calledMessage, sayMessage, toldMessage } from './note-views.ts';
import { mayRead } from './readers.ts';
import { receiptMessage, receiptName, receiptText } from './receipt-views.ts';
import { reminders, requests as requestRecords } from './records.ts';
import type { Known } from './request.ts';
import { mineMessage } from './requester-views.ts';
import type { Requests } from './requests.ts';
import { openStages } from './state.ts';
import { texts } from './texts.ts';
import { lockedMessage, requestMessage } from './views.ts';

export interface CardDeps {
  readonly clock: Clock;
  readonly people: People;
  readonly store: Store;
  readonly requests: Requests;
}

/** The cards of requests, drawn for whoever looks. */
export interface RequestCards {
  readonly show: Readonly<Record<string, ShowCard>>;
  /** The card of those who decide as it is after a change that may not be committed yet. */
  now(request: Known, viewer: Person | undefined): Promise<Rendered>;
  /** The requester's, likewise. */
  mineNow(request: Known): Promise<Rendered>;
  lookOf(request: Known, viewer: Person | undefined, locale: Locale): Promise<Look>;
  /** The receipt of a request as a file, for whoever may read it. */
  receiptFile(request: Known, viewer: Person): Promise<{ readonly name: string; readonly content: string }>;
  /** Requests as lists show them, with whom they wait for. */
  listed(docs: readonly Known[], look: ListLook): Promise<readonly Listed[]>;
}

// Where a channel reads, no single person does: English, as everything that the sender says there.
const channelLocale = 'en';
// A digest counts what is late among the oldest; whoever has more of it than this needs no number to know.
const mostRead = 200;
// A digest is read on a phone; Home has the rest.
const mostShown = 8;

export function createCards({ clock, people, store, requests }: CardDeps): RequestCards {
  const name = (locale: Locale) => (id: PersonId) => people.get(id)?.name ?? texts[locale].somebody;

  async function lookOf(request: Known, viewer: Person | undefined, locale: Locale): Promise<Look> {
    const type = await requests.typeOf(request);
    const world = requests.world();
    const { offices, units } = world.organization;
    const unit = people.get(request.requester)?.unit;
    const now = clock.now();
    const circumstances = circumstancesOf(type, world, { now, actor: viewer?.id ?? request.requester });
    const own = openStages(request).filter(
      (stage) =>
        !viewer || (seatOf(viewer.id, stage, request, world) && !stage.votes.some(({ by }) => by === viewer.id)),
    );
    const unsure = isUnsure(request, world) ? managerFor(request, world) : undefined;
    const isAsked = request.stages.some(({ asked }) =>
      asked.some((one) => 'person' in one && one.as === managerRole && one.person === unsure),
    );
    return {
      reader: { locale, zone: viewer?.zone ?? offices[0]?.zone ?? 'UTC' },
      now,
      type,
      ...(viewer ? { viewer: viewer.id } : {}),
      name: name(locale),
      unit: units.find((one) => one.id === unit)?.name[locale] ?? unit,
      mine: own.map(({ id }) => id),
      ...(unsure && isAsked ? { unsureManager: unsure } : {}),
      waitedFor(id) {
        const stage = request.stages.find((one) => one.id === id);
        return stage ? waitedFor(request, stage, circumstances) : [];
      },
      manages: viewer !== undefined && circumstances.manages(request, viewer.id),
    };
  }

  async function deskCard(request: Known, viewer: Person | undefined, locale: Locale): Promise<Rendered> {
    const look = await lookOf(request, viewer, locale);
    return isHidden(request, viewer) ? lockedMessage(request, look.reader) : requestMessage(request, look);
  }

  /** What is confidential stands in no channel, and nowhere for those who lost their part in it. */
  function isHidden(request: Known, viewer: Person | undefined): boolean {
    if (!viewer) return request.restricted;
    return !mayRead(request, viewer, requests.world());
  }

  /** The requester's side speaks the requester's language wherever it stands: a thread of theirs names no viewer. */
  function requestersLook(request: Known): Promise<Look> {
    const requester = people.get(request.requester);
    return lookOf(request, requester, requester?.locale ?? request.locale);
  }

  async function mineNow(request: Known): Promise<Rendered> {
    return mineMessage(request, await requestersLook(request));
  }

  /** `<id>/<index of the event>/<reader>` */
  async function note(subject: string, viewer: Person | undefined, locale: Locale): Promise<Rendered | undefined> {
    const [id = '', index = '', reader] = subject.split('/');
    const request = await requests.find(id);
    const event = request?.events[Number(index)];
    if (!request || !event) return undefined;
    if (reader === 'requester') return toldMessage(request, event, await requestersLook(request));
    const look = await lookOf(request, viewer, locale);
    return isHidden(request, viewer) ? lockedMessage(request, look.reader) : calledMessage(request, event, look);
  }

  async function listed(docs: readonly Known[], { reader }: ListLook): Promise<readonly Listed[]> {
    return Promise.all(
      docs.map(async (request): Promise<Listed> => {
        const look = await lookOf(request, undefined, reader.locale);
        const waited = [...new Set(openStages(request).flatMap(({ id }) => look.waitedFor(id)))];
        return { request, type: look.type, ...(waited.length > 0 ? { waitsOn: namesOf(waited, look) } : {}) };
      }),
    );
  }

  /** `<id>/<number of events>` */
  async function receipt(subject: string, viewer: Person | undefined, locale: Locale): Promise<Rendered | undefined> {
    const request = await requests.find(subject.split('/')[0] ?? '');
    if (!request || isHidden(request, viewer)) return undefined;
    return receiptMessage(request, await lookOf(request, viewer, locale), organizationName(locale));
  }

  /** `<id>/<person>`: in the thread in which that person wrote. */
  async function passed(subject: string): Promise<Rendered | undefined> {
    const [id = '', by = ''] = subject.split('/');
    const request = await requests.find(id);
    const writer = people.get(by as PersonId);
    if (!request || !writer) return undefined;
    const look = { reader: { locale: writer.locale, zone: writer.zone } };
    const { told } = texts[writer.locale];
    if (writer.id === request.requester) return sayMessage(told.passedOn);
    return sayMessage(line(told.passedToRequester(mentions([request.requester], look))));
  }

  function organizationName(locale: Locale): string {
    const { name: own } = requests.world().organization;
    return typeof own === 'string' ? own : own[locale];
  }

  /** What is still open of what somebody was to be reminded of. */
  async function reminder(id: string, viewer: Person | undefined, locale: Locale): Promise<Rendered | undefined> {
    const said = (await store.get(reminders, id))?.said ?? [];
    const docs = await Promise.all(said.map((one) => requests.find(one)));
    const open = docs.filter((doc) => doc !== undefined);
    const looks = await Promise.all(open.map((doc) => lookOf(doc, viewer, locale)));
    const theirs = open.filter((_, index) => (looks[index]?.mine.length ?? 0) > 0);
    const look = { reader: { locale, zone: viewer?.zone ?? 'UTC' }, now: clock.now() };
    return reminderMessage(await listed(theirs, look), theirs.length, look);
  }

  /** The most urgent of what is open, as far as the lead may read it. */
  async function digest(_: string, viewer: Person | undefined, locale: Locale): Promise<Rendered> {
    const { docs } = await store.list(requestRecords, { key: 'promised', order: 'asc', limit: mostRead });
    const total = await store.count(requestRecords, { key: 'promised' });
    const look = { reader: { locale, zone: viewer?.zone ?? 'UTC' }, now: clock.now() };
    const items = await listed(docs.slice(0, mostShown), look);
    return digestMessage(items, total, lateAmong(docs, look.now), look);
  }

  return {
    show: {
      async request(id, viewer, locale) {
        const request = await requests.find(id);
        return request && deskCard(request, viewer, locale);
      },
      async 'request.mine'(id) {
        const request = await requests.find(id);
        return request && mineNow(request);
      },
      'request.note': note,
      'request.receipt': receipt,
      'request.passed': passed,
      'request.reminder': reminder,
      'request.digest': digest,
    },
    now: (request, viewer) => deskCard(request, viewer, viewer?.locale ?? channelLocale),
    mineNow,
    async receiptFile(request, viewer) {
      const look = await lookOf(request, viewer, viewer.locale);
      return { name: receiptName(request), content: receiptText(request, look, organizationName(viewer.locale)) };
    },
    lookOf,
    listed,
  };
}
