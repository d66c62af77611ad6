import type { AskRegister, FileCopies, NextRequest, OpenRequest, ReminderSource, Reminders } from '../core/links.ts';
import { type AnyJob, type Doc, job, type PersonId, put, type Say } from '../core/ports.ts';
import type { Declared, Effect, Feature, HomeSection } from '../feature.ts';
import { type Away, awayIn, createAway, stepAbsence } from './away.ts';
import { listenToAbsences } from './away-listeners.ts';
import { awayTexts } from './away-texts.ts';
import { createCards } from './cards.ts';
import { circumstancesOf } from './circumstances.ts';
import { createDeciding } from './decide.ts';
import { isThere } from './deciding.ts';
import { newRequestBlocks } from './draft-views.ts';
import { createDrafts } from './drafts.ts';
import type { RequestLinks } from './fact-finding.ts';
import { createFollowing } from './following.ts';
import { type Draft, drafts, forgetDrafts } from './form-draft.ts';
import { createForms } from './form-filling.ts';
import { writeLink } from './form-link.ts';
import { listenToForms } from './form-listeners.ts';
import { formSamples } from './form-samples.ts';
import { texts as formTexts } from './form-texts.ts';
import { createWaiting, waitings } from './form-waiting.ts';
import { handings } from './handing.ts';
import { createHandingOut } from './handing-out.ts';
import { handingSamples } from './handing-samples.ts';
import { createHome } from './home.ts';
import { stepClock, wakeOf } from './jobs.ts';
import { listTexts } from './list-texts.ts';
import { listenToRequests } from './listeners.ts';
import { listenToManagers } from './manager-listeners.ts';
import { managerMessage } from './manager-question-views.ts';
import { managerSamples } from './manager-samples.ts';
import { createManagers, managerAudit, namedManagers } from './managers.ts';
import { createNames, rememberNames } from './names.ts';
import { placesByEvent } from './places.ts';
import { mayRead } from './readers.ts';
import { type Absence, absences, digests, reminders, requestAudit, requestCollections, requests } from './records.ts';
import { createRegister } from './register.ts';
import { registerSamples } from './register-samples.ts';
import { digestRole, nextDigest, stepDigest, stepReminder, withMore } from './reminding.ts';
import { isOpen, type Known, type Request, type RequestEvent, type Spot } from './request.ts';
import { createRequests, type Done, type RequestDeps, type Requests } from './requests.ts';
import { requestSamples } from './samples.ts';
import { noted, spotKey, toldLeads } from './says.ts';
import { standingAudit, standings as standingRecords } from './standing.ts';
import { listenToStandings, standingLookOf } from './standing-listeners.ts';
import { standingSamples } from './standing-samples.ts';
import { standingTexts } from './standing-texts.ts';
import { standingHome } from './standing-views.ts';
import { createStandings } from './standings.ts';
import type { Course } from './state.ts';
import { stateCall } from './state-call.ts';
import { continueInThread } from './thread.ts';
import { requestContent } from './type-content.ts';

/** What requests keep and read. */
export const requestsDeclared: Declared = {
  name: 'requests',
  collections: [...requestCollections, drafts, waitings, standingRecords, namedManagers, handings],
  content: [requestContent],
  auditSubjects: [requestAudit, standingAudit, managerAudit],
};

/** Approval requests: forms, cards of those who decide, and the clock between them. */
export interface RequestsFeature extends Feature {
  readonly requests: Requests;
  readonly away: Away;
  readonly openRequest: OpenRequest;
  /** Keeps a draft with what is known of its answers and shows it in the modal that is open; once for each id. */
  beginRequest(id: string, next: NextRequest, person: PersonId, where?: Draft['where']): Promise<Effect>;
  readonly register: AskRegister;
  /** Projects of approved requests as people wrote them, in order; from memory. */
  projects(): readonly string[];
  /** What requesters still have to tell of what was approved. */
  readonly source: ReminderSource;
  /**
   * What a person wrote in the thread of a card, taken into the request.
   * @returns what to carry out, or `undefined` when no request of theirs stands in that thread
   * @throws UserError when it is refused
   */
  continueInThread(person: PersonId, channel: string, thread: string, text: string): Promise<Effect | undefined>;
}

export interface RequestsFeatureDeps extends Omit<RequestDeps, 'away' | 'managers' | 'links' | 'after'> {
  readonly links: Omit<RequestLinks, 'standing' | 'standingUsed'>;
  /** What reminds people of what is due; absent where nothing does. */
  readonly reminders?: Reminders;
  /** Hands on what was uploaded in forms. */
  readonly fileCopies: FileCopies;
  /** Ids of the SPDX list, for picking a license. */
  licenses(): readonly string[];
}

// Right below the ask box: what most people come for next.
const newRequestOrder = 10;
// After what one asked for: it is looked up, not worked on.
const standingOrder = 29;

export function createRequestsFeature(given: RequestsFeatureDeps): RequestsFeature {
  const { store, clock, people, readLicense, licenses } = given;
  const away = createAway(store, clock);
  const managers = createManagers({ ...given, away });
  const standings = createStandings({
    store,
    clock,
    people,
    smallLines: () => given.organization().limits.smallContributionLines,
    terms: (project) => termsOf(given.links.project(project)),
  });
  const deps: Omit<RequestDeps, 'after'> = {
    ...given,
    away,
    managers,
    links: {
      ...given.links,
      async agreement(project, kind, requester) {
        const signed = await standings.signing(project, kind, requester);
        return signed === 'unknown' ? given.links.agreement(project, kind, requester) : signed;
      },
      standing: ({ type }, answers, requester) => standings.covering(type, answers, requester),
      standingUsed: standings.used,
    },
  };
  const names = createNames(store);
  const all = createRequests({
    ...deps,
    async after(before, request) {
      const followed = await following.after(before, request);
      if (isOpen(request) || (before && !isOpen(before))) return followed;
      const approved = { request, type: await all.typeOf(request) };
      const [woken, named] = await Promise.all([
        waiting.ended(request.id),
        rememberNames(store, [approved], clock.now()),
      ]);
      return { ops: [...followed.ops, ...woken, ...named], say: followed.say };
    },
  });
  const following = createFollowing({ requests: all, reminders: given.reminders });
  const forms = createForms({
    store,
    clock,
    people,
    desk: { ...all, readLicense, licenses, names: names.known },
  });
  const register = createRegister({
    requests: all,
    people,
    clock,
    isLicense: (name) => readLicense(name).kind === 'expression',
    mayAsk: (person, type) => forms.offers(person, type) !== undefined,
  });
  const kept = createDrafts({ store, people, types: deps.types });
  const waiting = createWaiting({ store, clock, requests: all });
  const cards = createCards({ store, clock, people, requests: all });
  const deciding = createDeciding({ requests: all, cards, people, clock, readLicense });
  const handing = createHandingOut({
    store,
    clock,
    people,
    requests: all,
    files: given.fileCopies,
    standsAt: deps.standsAt,
  });
  const home = createHome({ store, clock, requests: all, cards });
  const threads = { requests: all, people, standsAt: deps.standsAt };

  /** What is due of one request: carried out, audited, and said to whom it concerns. */
  const clockwork: AnyJob = {
    collection: requests,
    async run(doc, now) {
      const request = doc as Doc<Request>;
      const type = await all.typeOf(request);
      const world = all.world();
      const circumstances = () => circumstancesOf(type, world, { now, actor: request.requester });
      const went = stepClock<Course>(request, { type, world, circumstances }, now);
      if (went.events.length === 0) {
        const value = { ...request, wakeAt: wakeOf(request, world, now) };
        return { ops: [put(requests, request.id, value, request.version)], say: [] };
      }
      const done = await all.changed(request, went.request, went.events);
      const reminded = await remindersFor(done, request.events.length, now);
      return { ops: [...done.ops, ...reminded.ops], say: [...done.say, ...reminded.say] };
    },
  };

  /** Nudges are written below the card of a channel, or gathered for each person; those who lead hear of what is late. */
  async function remindersFor({ request }: Done, from: number, now: number) {
    const say: Say[] = [];
    const waited = new Set<PersonId>();
    for (const [index, event] of request.events.entries()) {
      if (index < from) continue;
      if (event.kind === 'escalated') say.push(...toldLeads(request, index, event.to));
      if (event.kind !== 'nudged') continue;
      const channels = await channelThreads(request, event);
      say.push(...channels.map((place) => noted(request, index, place, 'nudged')));
      if (channels.length === 0) for (const person of event.who) waited.add(person);
    }
    const ops = await Promise.all(
      [...waited].map(async (person) => {
        const before = await store.get(reminders, person);
        const value = withMore(before, [request.id], now, person, all.world());
        return put(reminders, person, value, before?.version ?? 0);
      }),
    );
    return { ops, say };
  }

  /** Below the cards of the channels in which this stage is asked. */
  async function channelThreads(
    request: Known,
    event: Extract<RequestEvent, { kind: 'nudged' }>,
  ): Promise<readonly Spot[]> {
    const stage = request.stages.find(({ id }) => id === event.stage);
    if (!stage) return [];
    const at = { kind: 'rerouted', at: event.at, stage: stage.id, because: 'left', asked: stage.asked } as const;
    const standing = new Set(request.cards.map(spotKey));
    const places = placesByEvent(at, request, all.world()).filter(
      (place) => 'channel' in place && standing.has(spotKey(place)),
    );
    return Promise.all(places.map((place) => all.threadOf(request, place)));
  }

  const digestJob = job({
    collection: digests,
    facts: async () => all.world(),
    step: stepDigest,
  });
  const reminderJob = job({ collection: reminders, facts: async () => all.world(), step: stepReminder });
  const absenceJob: AnyJob = {
    collection: absences,
    run: async (doc, now) => ({ ops: await stepAbsence(doc as Doc<Absence>, now, all.askedOf), say: [] }),
  };

  function isAsked(person: PersonId): boolean {
    if ((people.get(person)?.roles.length ?? 0) > 0) return true;
    return [...people.all()].some(({ manager }) => manager === person);
  }

  function officeZone(): string {
    return given.organization().offices[0]?.zone ?? 'UTC';
  }

  /** Every lead has a digest; it rests when they lead no more. */
  async function announceDigests(): Promise<void> {
    const now = clock.now();
    for (const person of people.withRole(digestRole).filter(isThere)) {
      const before = await store.get(digests, person.id);
      if (before && before.wakeAt !== null) continue;
      const wakeAt = nextDigest(person.id, now, all.world());
      await store.commit([put(digests, person.id, { wakeAt }, before?.version ?? 0)]);
    }
  }

  return {
    ...requestsDeclared,
    requests: all,
    away,
    register: register.ask,
    projects: () => names.known('projects'),
    source: following.source,
    openRequest({ request, prefill }, person, locale) {
      const type = forms.offers(person, request);
      if (!type) return undefined;
      const label = type.button?.[locale] ?? formTexts[locale].askFor(type.short[locale]);
      return { label, value: writeLink({ type: type.id, prefill }) };
    },
    beginRequest: (id, { request, prefill }, person, where) =>
      forms.begin(id, person, { type: request, prefill }, where),
    continueInThread: (person, channel, thread, text) => continueInThread(threads, person, channel, thread, text),
    listen(gate) {
      listenToForms(gate, { forms, drafts: kept, waiting, people });
      listenToAbsences(gate, { away, people, clock });
      listenToManagers(gate, managers, people);
      listenToRequests(gate, { requests: all, deciding, cards, handing, people, clock });
      listenToStandings(gate, {
        standings,
        people,
        clock,
        readLicense,
        async request(id, person) {
          const request = await all.find(id);
          if (!request || !mayRead(request, people.get(person), all.world())) return undefined;
          return { request, type: await all.typeOf(request) };
        },
      });
    },
    async home(person): Promise<readonly HomeSection[]> {
      const begin = person.guest ? [] : [{ order: newRequestOrder, blocks: newRequestBlocks(person) }];
      const begun = await kept.section(person);
      const look = standingLookOf(person);
      const counts = look.isLead ? await standings.counts() : { all: 0, soon: 0 };
      const standing = standingHome(await standings.of(person.id), counts, look);
      return [
        ...begin,
        ...(begun ? [begun] : []),
        ...(standing.length > 0 ? [{ order: standingOrder, blocks: standing }] : []),
        ...(await home(person)),
      ];
    },
    cards: {
      ...cards.show,
      'request.ended': waiting.card,
      'request.files': handing.card,
      'request.manager': async (id, viewer, locale) =>
        managerMessage(await managers.find(id), { locale, zone: viewer?.zone ?? officeZone() }),
      'standing.news': standings.news,
      'register.answer': register.card,
    },
    undelivered: { request: all.refusedAt, 'request.manager': managers.refusedAt },
    calls: {
      async 'request.state'(id) {
        const request = await all.find(id.split('/')[0] ?? '');
        return request && stateCall(id, request, await all.typeOf(request));
      },
    },
    jobs: [
      clockwork,
      handing.job,
      managers.job,
      standings.job,
      digestJob,
      reminderJob,
      absenceJob,
      forgetDrafts,
      waiting.job,
    ],
    async personChanged(event) {
      const told = awayIn(event, clock.now());
      // Only of those who are asked to decide anything is it our business whether they are there.
      if (!told || !isAsked(told.person)) return;
      const ops = await away.follow(told.person, told.until);
      if (ops.length > 0) await store.commit(ops);
    },
    async contentChanged() {
      await Promise.all([away.load(), managers.load(), names.load()]);
      await announceDigests();
    },
    peopleChanged: standings.peopleChanged,
    samples: () => [
      ...formSamples(all.types()),
      ...requestSamples(all.types()),
      ...standingSamples(),
      ...registerSamples(),
      ...managerSamples(),
      ...handingSamples(all.types()),
    ],
    commands: [
      { words: 'request', help: { en: formTexts.en.commandHelp, 'zh-CN': formTexts['zh-CN'].commandHelp } },
      {
        words: 'standing',
        help: { en: standingTexts.en.help, 'zh-CN': standingTexts['zh-CN'].help },
        button: { en: standingTexts.en.helpButton, 'zh-CN': standingTexts['zh-CN'].helpButton },
      },
      {
        words: 'away',
        help: { en: awayTexts.en.help, 'zh-CN': awayTexts['zh-CN'].help },
        button: { en: awayTexts.en.helpButton, 'zh-CN': awayTexts['zh-CN'].helpButton },
      },
      {
        words: 'requests',
        help: { en: listTexts.en.findHelp, 'zh-CN': listTexts['zh-CN'].findHelp },
        button: { en: listTexts.en.findButton, 'zh-CN': listTexts['zh-CN'].findButton },
      },
    ],
  };
}

/** What the register says of a project, without what it does not know. */
function termsOf(known: ReturnType<RequestLinks['project']>) {
  const { license, agreement, owner } = known;
  return {
    ...(license ? { license } : {}),
    ...(agreement ? { agreement } : {}),
    ...(owner ? { owner } : {}),
  };
}
