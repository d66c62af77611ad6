import { z } from 'zod';
import { UserError } from '../core/errors.ts';
import type { Organization } from '../core/organization.ts';
import type { People, PersonId } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Effect, IncomingSubmission, Opened, SlackGate, Submitted } from '../feature.ts';
import type { TrainingCards } from './cards.ts';
import { noteView } from './forms.ts';
import { assignedView, assignForm, decisionForm, ExcuseForm } from './lead-form-views.ts';
import { leadTexts } from './lead-texts.ts';
import { escalatedView, groupsView, namesView, namesWaiting } from './lead-views.ts';
import type { Leading } from './leading.ts';
import { recordOf } from './learner.ts';
import type { Roll } from './roll.ts';
import { numbersNotice } from './saying.ts';
import { refusalTexts, texts } from './texts.ts';
import { isLead, type Training } from './training.ts';
import { noteMessage } from './views.ts';

export interface LeadListenerDeps {
  readonly training: Training;
  readonly leading: Leading;
  readonly cards: TrainingCards;
  readonly roll: Roll;
  readonly people: People;
  readonly clock: Clock;
  organization(): Organization;
}

const isoDate = z.iso.date();

/** The buttons, forms and command of those who lead training, and of managers. */
export function listenToLeads(gate: SlackGate, deps: LeadListenerDeps): void {
  const { training, leading, cards, people, clock, roll } = deps;
  const lookOf = (person: PersonId) => cards.lookOf(people.get(person));
  const localeOf = (person: PersonId) => people.get(person)?.locale ?? 'en';

  gate.command('training numbers', async ({ person }) => {
    return { answer: (await cards.numbers(person)) ?? noteMessage(leadTexts[localeOf(person)].notYours) };
  });

  // Tables are shown in messages only, so from Home they come into the conversation.
  gate.opens('training.coverage', ({ person }): Opened => {
    const locale = localeOf(person);
    if (!leading.scopeOf(person)) return { view: refusal(person, 'noLead') };
    return {
      view: noteView(leadTexts[locale].namesTitle, texts[locale].sentToMessages, locale),
      effect: { say: [numbersNotice(person, clock.now())] },
    };
  });

  gate.opens('training.numbers', ({ person, value }): Opened => {
    const [track = '', what] = value.split('/');
    if (what === 'names') return namesOf(person, track);
    const edition = training.find(track);
    if (!edition || !leading.scopeOf(person)) return { view: refusal(person, edition ? 'noLead' : 'gone') };
    const by = what === 'office' ? 'office' : 'unit';
    const named = by === 'office' ? deps.organization().offices : deps.organization().units;
    const locale = localeOf(person);
    const nameOf = (id: string) => named.find((one) => one.id === id)?.name[locale] ?? id;
    return { view: groupsView(edition, leading.groups(person, track, by), by, nameOf, lookOf(person)) };
  });

  gate.opens('training.names', ({ person, value }) => namesOf(person, value));

  /** The names are shown once it is recorded that they were opened. */
  function namesOf(person: PersonId, track: string): Opened {
    const edition = training.find(track);
    if (!edition || !leading.scopeOf(person)) return { view: refusal(person, edition ? 'noLead' : 'gone') };
    return {
      view: namesWaiting(lookOf(person)),
      async effect(): Promise<Effect> {
        const late = leading.late(person, track);
        const ops = await leading.openedNames(person, track, late.length);
        const view = namesView(edition, late, leading.scopeOf(person) === 'all', lookOf(person));
        return { ops, reply: { kind: 'view', view } };
      },
    };
  }

  gate.action('training.escalate', async ({ person, value }): Promise<Effect> => {
    const done = await leading.escalate(person, value);
    return { ops: done.ops, say: done.say, reply: { kind: 'view', view: escalatedView(done, lookOf(person)) } };
  });

  gate.action('training.export', async ({ person }): Promise<Effect> => {
    if (leading.scopeOf(person) !== 'all') throw new UserError(refusalTexts.noLead);
    const ops = await training.noted(person, 'numbers_exported', {});
    return { ops, reply: { kind: 'file', person, name: 'training.csv', content: leading.table(person) } };
  });

  /* assigning */

  gate.opens('training.assign', ({ person }) => {
    if (!isLead(people.get(person))) return { view: refusal(person, 'noLead') };
    return { view: assignForm(training.editions(), lookOf(person)) };
  });

  gate.submit('training.assign', async ({ person, view }): Promise<Submitted> => {
    const words = leadTexts[localeOf(person)];
    const { values } = view;
    const wanted = values.people?.ids;
    if (!Array.isArray(wanted) || wanted.length === 0) return { errors: { people: words.assignNobody } };
    const due = isoDate.safeParse(values.due?.date).data;
    if (due !== undefined && due < training.placeOf(person).today) return { errors: { due: words.assignPast } };
    const note = textOf(values.note?.text);
    const done = await leading.assign(person, {
      track: String(values.track?.id ?? ''),
      people: wanted as readonly PersonId[],
      mandatory: Boolean(values.mandatory?.is?.length),
      ...(due ? { due } : {}),
      ...(note ? { note } : {}),
    });
    return { ops: done.ops, say: done.say, view: assignedView(done, lookOf(person)) };
  });

  /* being excused */

  gate.opens('training.exempt', ({ person, value }) => openDecision(person, value, 'exempt'));
  gate.opens('training.keep', ({ person, value }) => openDecision(person, value, 'keep'));
  gate.submit('training.exempt', (s) => decide(s, 'exempt'));
  gate.submit('training.keep', (s) => decide(s, 'keep'));

  function openDecision(lead: PersonId, value: string, kind: 'exempt' | 'keep'): Opened {
    const { person, track, at } = excuseOf(value);
    const edition = training.find(track);
    if (!edition) return { view: refusal(lead, 'gone') };
    if (!isLead(people.get(lead))) return { view: refusal(lead, 'noLead') };
    if (person === lead) return { view: refusal(lead, 'own') };
    const look = lookOf(lead);
    const { asked } = recordOf(roll.get(person) ?? { tracks: {} }, track);
    const subject = {
      asks: leadTexts[look.locale].excuseAsks(look.name(person), edition.track.title[look.locale]),
      reason: asked?.at === at ? asked.reason : '',
    };
    return { view: decisionForm(kind, { value }, subject, look) };
  }

  async function decide({ person: lead, view }: IncomingSubmission, kind: 'exempt' | 'keep'): Promise<Submitted> {
    const locale = localeOf(lead);
    const { person, track, at } = excuseOf(ExcuseForm.parse(JSON.parse(view.metadata)).value);
    const reason = textOf(view.values.reason?.text);
    if (!reason) return { errors: { reason: leadTexts[locale].reasonMissing } };
    if (!isLead(people.get(lead))) return { errors: { reason: refusalTexts.noLead[locale] } };
    if (person === lead) return { errors: { reason: refusalTexts.own[locale] } };
    const learner = await training.learner(person);
    if (!learner || recordOf(learner, track).asked?.at !== at) {
      return { errors: { reason: refusalTexts.decided[locale] } };
    }
    const until = isoDate.safeParse(view.values.until?.date).data;
    const move = kind === 'keep' ? { kind, reason } : { kind, reason, ...(until ? { until } : {}) };
    try {
      const { ops, say } = await training.changeOne(person, { track, move }, lead);
      return { ops, say };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { errors: { [kind === 'exempt' ? 'until' : 'reason']: error.texts[locale] } };
    }
  }

  function refusal(person: PersonId, why: 'gone' | 'noLead' | 'own') {
    const locale = localeOf(person);
    return noteView(texts[locale].sentTitle, refusalTexts[why][locale], locale);
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim().toWellFormed() : '';
}

/** `<person>/<track>/<when it was asked>`, as the card carries it. */
function excuseOf(value: string): { readonly person: PersonId; readonly track: string; readonly at: number } {
  const [person = '', track = '', at = ''] = value.split('/');
  return { person: person as PersonId, track, at: Number(at) };
}
