import type { ModalView } from '@slack/types';
import { momentIn } from '../core/dates.ts';
import { UserError } from '../core/errors.ts';
import { randomId } from '../core/ids.ts';
import type { People, PersonId } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { IncomingView, Submitted } from '../feature.ts';
import type { RequestCards } from './cards.ts';
import { circumstancesOf } from './circumstances.ts';
import { askedAbout, correctionsIn } from './corrections.ts';
import { decideTexts } from './decide-texts.ts';
import { moveView } from './decide-views.ts';
import { seatOf } from './deciding.ts';
import type { ReadLicense } from './form.ts';
import { noteView, readerOf } from './form-views.ts';
import { type FormKind, MoveForm } from './move-form.ts';
import { fieldOf, moveFrom } from './move-values.ts';
import { decide, type Move } from './moves.ts';
import { mayRead } from './readers.ts';
import { problem, refused } from './refusal-texts.ts';
import { type Known, numberOf } from './request.ts';
import type { Done, Requests } from './requests.ts';
import type { Course } from './state.ts';
import { targetOf } from './target.ts';
import { texts } from './texts.ts';
import type { RequestType } from './type.ts';

export interface DecideDeps {
  readonly requests: Requests;
  readonly cards: RequestCards;
  readonly people: People;
  readonly clock: Clock;
  readonly readLicense: ReadLicense;
}

/** Which request a button is about, and how much of its history was seen: `<id>/<events>`, and what follows. */
export interface Clicked {
  readonly id: string;
  readonly seen: number;
  readonly rest: string;
}

/** Deciding from cards: clicks, forms, and what is said when they come too late. */
export interface Deciding {
  /** @throws UserError when it is refused, saying who decided and when */
  click(person: PersonId, value: string, kind: 'approve' | 'withdraw' | 'resume'): Promise<Done>;
  /** The form of a move, or why it cannot be made. */
  form(person: PersonId, value: string, kind: FormKind): Promise<ModalView>;
  /** The form of a decline with what the chosen reason says. */
  reasonChosen(person: PersonId, view: IncomingView, reason: string): Promise<ModalView>;
  /** A form that is sent. What is refused is said beside a field: what was typed stays. */
  send(person: PersonId, view: IncomingView): Promise<Submitted>;
}

const dayMs = 24 * 60 * 60_000;
/** Forms that are about a stage. */
const staged: ReadonlySet<FormKind> = new Set([
  'conditions',
  'careful',
  'decline',
  'ask',
  'hand',
  'abstain',
  'conflict',
]);

export function createDeciding({ requests, cards, people, clock, readLicense }: DecideDeps): Deciding {
  /** @throws UserError when it is gone */
  async function read(id: string): Promise<Known> {
    const request = await requests.find(id);
    if (!request) throw problem('gone');
    return request;
  }

  /** @throws UserError when what was seen is no longer what would be decided */
  function stageFor(request: Known, person: PersonId, seen: number): string {
    const world = requests.world();
    const target = targetOf(request, person, seen, (stage) => seatOf(person, stage, request, world) !== undefined);
    if (target.changed) {
      throw new UserError({ en: decideTexts.en.changed, 'zh-CN': decideTexts['zh-CN'].changed });
    }
    return target.stage;
  }

  async function click(person: PersonId, value: string, kind: 'approve' | 'withdraw' | 'resume'): Promise<Done> {
    const { id, seen } = clickedOn(value);
    if (kind === 'withdraw') return requests.move(id, person, { kind, text: '' });
    if (kind === 'resume') return requests.move(id, person, { kind });
    const request = await read(id);
    const stage = stageFor(request, person, seen);
    return requests.move(id, person, { kind, stage, conditions: [], text: '' });
  }

  async function form(person: PersonId, value: string, kind: FormKind): Promise<ModalView> {
    const reader = readerOf(people, person);
    const { locale } = reader;
    const { id, seen } = clickedOn(value);
    try {
      const request = await read(id);
      if (!mayRead(request, people.get(person), requests.world())) return locked(request, reader);
      const stage = staged.has(kind) ? { stage: stageFor(request, person, seen) } : {};
      const look = await cards.lookOf(request, people.get(person), locale);
      const about = kind === 'answer' ? askedAbout(look.type, request) : [];
      const fields = about.length > 0 ? { fields: [...about] } : {};
      const filling: MoveForm = { kind, draft: randomId(), id, seen, ...stage, ...fields };
      refuseEarly(request, look.type, filling, person);
      return moveView(filling, request, look);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return noteView(decideTexts[locale].forms[kind].title, error.texts[locale], reader);
    }
  }

  /** Says what would be refused before anybody writes it. @throws UserError */
  function refuseEarly(request: Known, type: RequestType, filling: MoveForm, actor: PersonId): void {
    const now = clock.now();
    const probe = probeOf(filling, request, type, now);
    if (!probe) return;
    const decision = decide<Course>(request, type, probe, circumstancesOf(type, requests.world(), { now, actor }));
    if (!decision.refusal) return;
    const zone = readerOf(people, actor).zone;
    throw refused(
      decision.refusal,
      (id) => people.get(id)?.name,
      (ms, locale) => momentIn(ms, now, locale, zone),
    );
  }

  async function reasonChosen(person: PersonId, view: IncomingView, reason: string): Promise<ModalView> {
    const filling = MoveForm.parse(JSON.parse(view.metadata));
    const request = await read(filling.id);
    const look = await cards.lookOf(request, people.get(person), readerOf(people, person).locale);
    return moveView(filling, request, look, { reason });
  }

  async function send(person: PersonId, view: IncomingView): Promise<Submitted> {
    const reader = readerOf(people, person);
    const words = decideTexts[reader.locale];
    const filling = MoveForm.parse(JSON.parse(view.metadata));
    const request = await read(filling.id);
    const type = await requests.typeOf(request);
    const shown = filling.kind === 'answer' ? (filling.fields ?? []) : [];
    const corrections = correctionsIn(type, request, { values: view.values, shown }, reader.locale, readLicense);
    if (corrections.is === 'wrong') return { errors: corrections.errors };
    if (corrections.is === 'more') {
      const look = await cards.lookOf(request, people.get(person), reader.locale);
      const text = String(view.values.text?.text ?? '');
      const more = { ...filling, fields: [...shown, ...corrections.fields] };
      return { view: moveView(more, request, look, { text, answers: corrections.entered }) };
    }
    const { changed } = corrections;
    const corrected = Object.keys(changed).length > 0 ? { corrected: changed } : {};
    // Conditions are read by the requester, so they are in their language.
    const filled = moveFrom(view.values, {
      form: filling,
      type,
      locale: request.locale,
      zone: reader.zone,
      ...corrected,
    });
    if (filled.missing) {
      const { field, what } = filled.missing;
      const said = {
        text: words.missing,
        condition: words.conditionNeeded,
        reason: words.reasonNeeded,
        decider: words.deciderNeeded,
      };
      return { errors: { [field]: said[what] } };
    }
    try {
      if (filling.stage !== undefined) stageStands(request, person, filling);
      const { ops, say } = await requests.move(filling.id, person, filled.move, filling.draft);
      return { ops, say };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { errors: { [fieldOf(filling.kind)]: error.texts[reader.locale] } };
    }
  }

  /** A form may stand open for long: what it decides must still be what its writer saw. @throws UserError */
  function stageStands(request: Known, person: PersonId, { seen, stage, draft }: MoveForm): void {
    const isSent = request.events.some((event) => 'draft' in event && event.draft === draft);
    const isOpen = request.stages.some(({ id, state }) => id === stage && state === 'open');
    if (!isSent && isOpen) stageFor(request, person, seen);
  }

  return { click, form, reasonChosen, send };
}

/** Of somebody to whom a request is none of their business. */
function locked(request: Known, reader: ReturnType<typeof readerOf>): ModalView {
  return noteView(numberOf(request), texts[reader.locale].locked(numberOf(request)), reader);
}

/** What a button carries. */
export function clickedOn(value: string): Clicked {
  const [id = '', seen = '', ...rest] = value.split('/');
  return { id, seen: /^\d{1,6}$/.test(seen) ? Number(seen) : 0, rest: rest.join('/') };
}

/** The move of a form as it could be sent, where that does not hang on what is still to be filled in. */
function probeOf({ kind, stage = '' }: MoveForm, request: Known, type: RequestType, now: number): Move | undefined {
  const text = '-';
  switch (kind) {
    case 'conditions':
    case 'careful':
      return { kind: 'approve', stage, conditions: [], text, typed: request.number };
    case 'decline':
      return { kind, stage, reason: type.declines[0]?.id ?? '', text };
    case 'abstain':
    case 'conflict':
    case 'ask':
      return { kind, stage, text };
    case 'hold':
      return { kind, until: now + dayMs, text };
    case 'note':
    case 'add':
      return { kind: 'note', text, privately: kind === 'note' };
    case 'answer':
    case 'appeal':
    case 'revoke':
    case 'reopen':
      return { kind, text };
    case 'follow':
      return { kind };
    case 'meet':
      return { kind, condition: request.conditions.findIndex(({ met }) => met === undefined), text };
    case 'record':
      return { kind, decision: 'approved', decider: { name: text }, decidedAt: now, evidence: text };
    case 'hand':
      return undefined;
  }
}
