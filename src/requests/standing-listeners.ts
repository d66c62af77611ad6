import { UserError } from '../core/errors.ts';
import { randomId } from '../core/ids.ts';
import type { People, Person, PersonId } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Effect, IncomingAction, Opened, SlackGate } from '../feature.ts';
import { coverageFile } from './coverage.ts';
import type { ReadLicense } from './form.ts';
import { noteView, readerOf } from './form-views.ts';
import { sayMessage } from './note-views.ts';
import type { Known } from './request.ts';
import { type KnownStanding, standingNumber } from './standing.ts';
import { grantView, peopleView, revokeView } from './standing-form-views.ts';
import { GrantForm, GrantPrefill, readGrant, yearFrom } from './standing-grant.ts';
import { standingTexts } from './standing-texts.ts';
import {
  newsMessage,
  type StandingLook,
  standingListView,
  standingMessage,
  standingsPerPage,
} from './standing-views.ts';
import { listKeeper, type Standings, standingLead } from './standings.ts';
import type { RequestType } from './type.ts';

export interface StandingListenerDeps {
  readonly standings: Standings;
  readonly people: People;
  readonly clock: Clock;
  readonly readLicense: ReadLicense;
  /** A request with its type, as far as the person may read it. */
  request(id: string, person: PersonId): Promise<{ readonly request: Known; readonly type: RequestType } | undefined>;
}

/** The look of a reader whom the directory knows. */
export function standingLookOf(person: Person | undefined): StandingLook {
  const has = (role: string) => person?.active === true && !person.guest && person.roles.includes(role);
  return {
    reader: { locale: person?.locale ?? 'en', zone: person?.zone ?? 'UTC' },
    isLead: has(standingLead),
    keepsLists: has(listKeeper),
  };
}

/** The command, the register, and the forms and buttons of standing approvals. */
export function listenToStandings(gate: SlackGate, deps: StandingListenerDeps): void {
  const { standings, people, clock } = deps;
  const lookOf = (person: PersonId) => standingLookOf(people.get(person));

  gate.command('standing', async ({ person }) => ({
    answer: standingMessage(await standings.of(person), lookOf(person)),
  }));

  /* the register */

  gate.opens('standing.list', (a) => opened(a, () => listView(a.person, 0)));
  gate.action('standing.page', async (a) => ({
    reply: { kind: 'view', view: await listView(a.person, Number(a.value) || 0) },
  }));

  gate.action('standing.coverage', async ({ person }) => ({
    reply: { kind: 'file', person, name: coverageFile, content: await standings.coverage(person) },
  }));

  async function listView(person: PersonId, page: number) {
    const look = lookOf(person);
    const words = standingTexts[look.reader.locale];
    if (!look.isLead && !look.keepsLists) return noteView(words.title, words.leadsOnly, look.reader);
    const { docs, hasNext } = await standings.page(page, standingsPerPage);
    return standingListView(docs, { page, hasNext }, look);
  }

  /* granting */

  gate.opens('standing.grant', (a) => {
    const prefill = GrantPrefill.safeParse(parsedJson(a.value));
    return { view: formFor(a.person, prefill.success ? prefill.data : {}) };
  });
  gate.opens('standing.make', (a) =>
    opened(a, async () => {
      const found = await deps.request(a.value.split('/')[0] ?? '', a.person);
      return formFor(a.person, found ? prefillFrom(found.request, found.type) : {});
    }),
  );

  function formFor(person: PersonId, prefill: GrantPrefill) {
    const { reader, isLead } = lookOf(person);
    const words = standingTexts[reader.locale];
    if (!isLead) return noteView(words.grantTitle, words.leadsOnly, reader);
    const form = { draft: randomId(), ...(prefill.request ? { request: prefill.request } : {}) };
    return grantView(form, prefill, yearFrom(clock.now(), reader.zone), reader);
  }

  gate.submit('standing.grant', async ({ person, view }) => {
    const { reader } = lookOf(person);
    const words = standingTexts[reader.locale];
    const read = readGrant(view.values, clock.now(), reader.zone, (text) => {
      const license = deps.readLicense(text);
      return license.kind === 'expression' ? license.text : undefined;
    });
    if ('mistakes' in read) {
      return {
        errors: Object.fromEntries(Object.entries(read.mistakes).map(([block, what]) => [block, words.mistakes[what]])),
      };
    }
    if (read.grant.kind !== 'ccla' && read.grant.people.includes(person)) {
      return { errors: { people: words.mistakes.own } };
    }
    const form = GrantForm.parse(JSON.parse(view.metadata));
    const { standing, ops, say } = await standings.grant(person, read.grant, form);
    return { ops, say, view: noteView(words.grantTitle, words.granted(standingNumber(standing)), reader) };
  });

  /* changing */

  gate.opens('standing.revoke', (a) => opened(a, () => changeView(a, revokeView)));
  gate.submit('standing.revoke', async ({ person, view }) => {
    const { reader } = lookOf(person);
    const words = standingTexts[reader.locale];
    const text = String(view.values.text?.text ?? '').trim();
    const { standing, ops, say } = await standings.revoke(person, view.metadata, text);
    return { ops, say, view: noteView(words.revokeTitle, words.revoked(standingNumber(standing)), reader) };
  });

  gate.opens('standing.people', (a) => opened(a, () => changeView(a, peopleView)));
  gate.submit('standing.people', async ({ person, view }) => {
    const { reader } = lookOf(person);
    const words = standingTexts[reader.locale];
    const chosen = view.values.people?.people;
    const wanted = (typeof chosen === 'object' ? chosen : []) as readonly PersonId[];
    const { standing, ops, say } = await standings.list(person, view.metadata, wanted);
    return { ops, say, view: noteView(words.peopleTitle, words.saved(standingNumber(standing)), reader) };
  });

  async function changeView(a: IncomingAction, draw: typeof revokeView) {
    const { reader } = lookOf(a.person);
    const standing = await standings.find(a.value);
    const words = standingTexts[reader.locale];
    return standing?.state === 'active' ? draw(standing, reader) : noteView(words.title, words.over, reader);
  }

  /* its end */

  gate.action('standing.needed', (a) =>
    answered(a, async () => {
      const { reader } = lookOf(a.person);
      const { isRenewed, standing, ops, say } = await standings.needed(a.person, a.value);
      const { told } = standingTexts[reader.locale];
      const rendered = isRenewed ? renewedNote(standing, a.person) : sayMessage(told.neededPassed);
      return { ops, say, reply: { kind: 'replace', rendered } };
    }),
  );
  gate.action('standing.renew', (a) =>
    answered(a, async () => {
      const { standing, ops, say } = await standings.renew(a.person, a.value);
      return { ops, say, reply: { kind: 'replace', rendered: renewedNote(standing, a.person) } };
    }),
  );
  gate.action('standing.lapse', async (a) => {
    const standing = await standings.find(a.value);
    const note = standing && newsMessage(standing, { kind: 'lapsing' }, lookOf(a.person).reader, false);
    return note ? { reply: { kind: 'replace', rendered: note } } : {};
  });

  function renewedNote(standing: KnownStanding, person: PersonId) {
    const words = standingTexts[lookOf(person).reader.locale];
    return newsMessage(standing, { kind: 'renewed' }, lookOf(person).reader, false) ?? sayMessage(words.over);
  }

  /** A refusal is read where the button was. */
  async function answered(a: IncomingAction, run: () => Promise<Effect>): Promise<Effect> {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { reply: { kind: 'replace', rendered: sayMessage(error.texts[lookOf(a.person).reader.locale]) } };
    }
  }

  /** A modal that opens at once and is filled in as soon as what it shows is read. */
  function opened(a: IncomingAction, view: () => Promise<Parameters<typeof viewReply>[0]>): Opened {
    const reader = readerOf(people, a.person);
    const words = standingTexts[reader.locale];
    return {
      view: noteView(words.title, words.opening, reader),
      effect: async () => ({ reply: viewReply(await view()) }),
    };
  }
}

function viewReply(view: ReturnType<typeof noteView>) {
  return { kind: 'view', view } as const;
}

/** What the form of a grant begins with, from a request that was approved. */
function prefillFrom({ id, answers, requester }: Known, { find, standing }: RequestType): GrantPrefill {
  const textOf = (field: string | undefined) => {
    const value = field === undefined ? undefined : answers[field];
    return typeof value === 'string' && value.length <= 200 ? value : undefined;
  };
  const [project, license, agreement] = [find.project, find.license, find.agreement].map(textOf);
  return {
    ...(standing.includes('small') ? { kind: 'small' } : {}),
    person: requester,
    request: id,
    ...(project ? { project } : {}),
    ...(license ? { license } : {}),
    ...(agreement ? { agreement } : {}),
  };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
