import { UserError } from '../core/errors.ts';
import type { People, Person, PersonId, Rendered } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Effect, IncomingAction, Opened, SlackGate } from '../feature.ts';
import { minutesView } from './board-views.ts';
import type { RequestCards } from './cards.ts';
import { clickedOn, type Deciding } from './decide.ts';
import { decideTexts } from './decide-texts.ts';
import { detailView } from './detail-views.ts';
import { findRequests, similarTo } from './find.ts';
import { findView, queryFrom, queryKey } from './find-views.ts';
import { noteView, readerOf } from './form-views.ts';
import type { HandingOut } from './handing-out.ts';
import { listTexts } from './list-texts.ts';
import { type ListLook, listMessage, listView, perPage } from './list-views.ts';
import type { FormKind } from './move-form.ts';
import { sayMessage } from './note-views.ts';
import { Query, readQuery } from './query.ts';
import { mayRead } from './readers.ts';
import { latest, stageName } from './reading.ts';
import { type Known, numberOf } from './request.ts';
import type { Done, Requests } from './requests.ts';
import { receiptFor } from './says.ts';
import { texts } from './texts.ts';

export interface RequestListenerDeps {
  readonly requests: Requests;
  readonly deciding: Deciding;
  readonly cards: RequestCards;
  readonly handing: HandingOut;
  readonly people: People;
  readonly clock: Clock;
}

/** Buttons that open a form, and the form that each opens. */
const forms = {
  'requests.approve_carefully': 'careful',
  'requests.decline': 'decline',
  'requests.note': 'add',
  'requests.answer': 'answer',
  'requests.appeal': 'appeal',
  'requests.follow': 'follow',
  'requests.meet': 'meet',
  'requests.conflict': 'conflict',
  'requests.revoke': 'revoke',
  'requests.reopen': 'reopen',
  'requests.record': 'record',
} as const satisfies Readonly<Record<string, FormKind>>;
/** What the menu of a card opens. */
const menu: ReadonlySet<string> = new Set(['conditions', 'ask', 'hand', 'hold', 'note', 'abstain', 'conflict']);

/** The buttons, forms and lists of requests for those who decide, those who asked and those who look for one. */
export function listenToRequests(gate: SlackGate, deps: RequestListenerDeps): void {
  const { requests, deciding, cards, handing, people, clock } = deps;

  /* clicks that change something */

  gate.action('requests.approve', (a) => clicked(a, 'approve', (request) => cards.now(request, viewerOf(a))));
  gate.action('requests.resume', (a) => clicked(a, 'resume', (request) => cards.now(request, viewerOf(a))));
  gate.action('requests.recall', async (a) => {
    try {
      const { request, ops, say } = await requests.move(clickedOn(a.value).id, a.person, { kind: 'recall' });
      const person = people.get(a.person);
      if (a.view && person) return { ops, say, reply: { kind: 'view', view: await detailsOf(request, person) } };
      const { locale } = readerOf(people, a.person);
      const stage = latest(request, 'recalled')?.stage ?? '';
      const name = stageName(await requests.typeOf(request), stage, locale);
      return { ops, say, ...privately(a, texts[locale].call.tookBack(numberOf(request), name)) };
    } catch (error) {
      return refusedPrivately(a, error);
    }
  });
  gate.action('requests.withdraw', (a) => clicked(a, 'withdraw', (request) => cards.mineNow(request)));

  async function clicked(
    a: IncomingAction,
    kind: 'approve' | 'resume' | 'withdraw',
    shown: (request: Known) => Promise<Rendered>,
  ): Promise<Effect> {
    try {
      const { request, ops, say }: Done = await deciding.click(a.person, a.value, kind);
      const person = people.get(a.person);
      if (a.view && person) return { ops, say, reply: { kind: 'view', view: await detailsOf(request, person) } };
      if (!a.message || a.message.ephemeral) return { ops, say };
      return { ops, say, reply: { kind: 'replace', rendered: await shown(request) } };
    } catch (error) {
      return refusedPrivately(a, error);
    }
  }

  /** Only the person who clicked sees why it was refused, where they clicked. */
  function refusedPrivately(a: IncomingAction, error: unknown): Effect {
    if (!(error instanceof UserError)) throw error;
    const reader = readerOf(people, a.person);
    const words = error.texts[reader.locale];
    if (a.view) return { reply: { kind: 'view', view: noteView(texts[reader.locale].details, words, reader) } };
    if (!a.message) throw error;
    return privately(a, words);
  }

  function privately(a: IncomingAction, words: string): Effect {
    if (!a.message) return {};
    const { channel, thread } = a.message;
    const place = thread ? { channel, thread } : { channel };
    return { reply: { kind: 'ephemeral', place, person: a.person, rendered: sayMessage(words) } };
  }

  /* forms */

  for (const [id, kind] of Object.entries(forms)) {
    gate.opens(id, (a) => filled(a, () => deciding.form(a.person, a.value, kind)));
  }
  gate.opens('requests.more', (a) => {
    const kind = clickedOn(a.value).rest;
    return isMenu(kind) ? filled(a, () => deciding.form(a.person, a.value, kind)) : undefined;
  });
  gate.action('requests.reason', async (a) => {
    if (!a.view) return {};
    return { reply: { kind: 'view', view: await deciding.reasonChosen(a.person, a.view, a.value) } };
  });
  gate.submit('requests.move', ({ person, view }) => deciding.send(person, view));

  /** A modal that opens at once and is filled in as soon as what it shows is read. */
  function filled(a: IncomingAction, view: () => ReturnType<Deciding['form']>): Opened {
    const reader = readerOf(people, a.person);
    return {
      view: noteView(texts[reader.locale].details, decideTexts[reader.locale].opening, reader),
      effect: async () => ({ reply: { kind: 'view', view: await view() } }),
    };
  }

  /* everything about a request */

  gate.opens('requests.details', (a) => filled(a, () => aboutRequest(a, detailsOf)));
  gate.opens('requests.minutes', (a) =>
    filled(a, () =>
      aboutRequest(a, async (request, person) =>
        minutesView(request, await cards.lookOf(request, person, person.locale)),
      ),
    ),
  );
  gate.opens('requests.similar', (a) => filled(a, () => aboutRequest(a, similarView)));

  async function detailsOf(request: Known, person: Person) {
    return detailView(request, await cards.lookOf(request, person, person.locale));
  }

  async function similarView(request: Known, person: Person) {
    const docs = await similarTo(requests, request, person, perPage);
    const look = lookOf(person);
    const words = decideTexts[person.locale];
    return listView(
      {
        title: words.similar,
        items: await cards.listed(docs, look),
        empty: listTexts[person.locale].none,
        side: 'lead',
        page: 0,
        key: '',
        hasNext: false,
      },
      look,
    );
  }

  /** A view of a request for somebody who may read it; else it says that it is not theirs. */
  async function aboutRequest(
    a: IncomingAction,
    view: (request: Known, person: Person) => ReturnType<Deciding['form']>,
  ) {
    const reader = readerOf(people, a.person);
    const words = texts[reader.locale];
    const person = people.get(a.person);
    const request = await requests.find(clickedOn(a.value).id);
    if (!request) return noteView(words.details, listTexts[reader.locale].none, reader);
    if (!person || !mayRead(request, person, requests.world())) {
      return noteView(numberOf(request), words.locked(numberOf(request)), reader);
    }
    return view(request, person);
  }

  gate.action('requests.receipt', async (a) => {
    const request = await requests.find(clickedOn(a.value).id);
    const person = people.get(a.person);
    if (!request || !person || !mayRead(request, person, requests.world())) return {};
    const file = await cards.receiptFile(request, person);
    return { say: [receiptFor(request, a.person)], reply: { kind: 'file', person: a.person, ...file } };
  });

  gate.action('requests.files', (a) => handing.press(a));

  /* lists */

  gate.command('requests', async ({ person, text }) => {
    const known = people.get(person);
    const { locale } = readerOf(people, person);
    const words = listTexts[locale];
    if (!known) return { answer: sayMessage(words.noneMine) };
    const query = readQuery(
      text,
      requests.types().map(({ type }) => type),
    );
    const look = lookOf(known);
    const found = await findRequests(requests, known, query, 0, perPage);
    const items = await cards.listed(found.docs, look);
    return { answer: listMessage(items, sideOf(query), emptyFor(query, locale), found.hasNext, look) };
  });

  gate.opens('requests.find', ({ person }) => ({
    view: findView(
      requests.types().map(({ type }) => type),
      readerOf(people, person),
    ),
  }));
  gate.submit('requests.find', async ({ person, view }) => {
    const { values } = view;
    const query = Query.parse({
      ...readQuery(String(values.words?.words ?? ''), []),
      scope: values.scope?.scope ?? 'all',
      ...(values.state?.state ? { state: values.state.state } : {}),
      ...(values.type?.type ? { type: values.type.type } : {}),
      ...(values.person?.person ? { person: values.person.person } : {}),
    });
    return { view: await foundView(person, query, 0) };
  });

  gate.opens('requests.list', (a) => {
    const scope = a.value.startsWith('desk') ? 'waiting' : a.value.startsWith('requester') ? 'mine' : 'all';
    const state = scope === 'all' ? { state: 'in_review' as const } : {};
    return filled(a, () => foundView(a.person, { scope, ...state }, 0));
  });
  gate.action('requests.page', async (a) => {
    const page = Number(a.value.slice(a.value.lastIndexOf('/') + 1));
    const query = queryFrom(a.value.slice(0, a.value.lastIndexOf('/')));
    return { reply: { kind: 'view', view: await foundView(a.person, query, Number.isSafeInteger(page) ? page : 0) } };
  });

  async function foundView(id: PersonId, query: Query, page: number) {
    const person = people.get(id);
    const reader = readerOf(people, id);
    const { locale } = reader;
    const words = listTexts[locale];
    if (!person) return noteView(words.title, words.noneMine, reader);
    const look = lookOf(person);
    const { docs, hasNext, pages } = await findRequests(requests, person, query, page, perPage);
    return listView(
      {
        title: words.title,
        items: await cards.listed(docs, look),
        empty: emptyFor(query, locale),
        side: sideOf(query),
        page,
        pages,
        key: queryKey(query),
        hasNext,
      },
      look,
    );
  }

  function lookOf(person: Person): ListLook {
    return { reader: { locale: person.locale, zone: person.zone }, now: clock.now() };
  }

  /** In a direct message the card is its reader's own; in a channel it is nobody's. */
  function viewerOf({ message, person }: IncomingAction): Person | undefined {
    return message?.channel.startsWith('D') ? people.get(person) : undefined;
  }
}

function isMenu(kind: string): kind is FormKind {
  return menu.has(kind);
}

function sideOf({ scope }: Query): 'desk' | 'requester' | 'lead' {
  return scope === 'waiting' ? 'desk' : scope === 'mine' ? 'requester' : 'lead';
}

function emptyFor(query: Query, locale: 'en' | 'zh-CN'): string {
  const words = listTexts[locale];
  const isNarrowed = Object.keys(query).length > 1;
  if (isNarrowed || query.scope === 'all') return words.none;
  return query.scope === 'mine' ? words.noneMine : words.noneWaiting;
}
