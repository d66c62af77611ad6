import type { ModalView } from '@slack/types';
import { UserError } from '../core/errors.ts';
import type { Locale } from '../core/i18n.ts';
import type { Organization } from '../core/organization.ts';
import type { People, PersonId } from '../core/ports.ts';
import type { Effect, IncomingAction, IncomingView } from '../feature.ts';
import { type Known, leadRole } from './announcement.ts';
import type { Announcements, Changed } from './announcements.ts';
import { bodyFields, joinBody } from './body.ts';
import type { AnnouncementCards } from './cards.ts';
import { confirmForm } from './confirm-views.ts';
import type { Delivery } from './delivery.ts';
import type { Desks } from './desks.ts';
import { texts } from './form-texts.ts';
import { type DeskForm, reasonForm, wordsForm } from './forms.ts';
import type { Look } from './look.ts';
import { deskPage } from './page-views.ts';
import type { Pace } from './progress.ts';
import { takesWords } from './progress-views.ts';
import type { Reaching } from './reaching.ts';
import type { Readings } from './reading.ts';
import { noteMessage, sayView } from './views.ts';

/** The pages and forms of one announcement, drawn for a lead. */
export interface Pages {
  lookOf(person: PersonId): Look;
  wordsOf(person: PersonId): (typeof texts)['en'];
  formOf(known: Known): DeskForm;
  textForm(known: Known, locale: Locale, person: PersonId): Promise<ModalView | undefined>;
  /** To withdraw it; says how long that takes. */
  retractForm(known: Known, person: PersonId): Promise<ModalView>;
  /** @param moved the numbers are others than those of the form before */
  confirmForm(known: Known, person: PersonId, moved: boolean): Promise<ModalView>;
  page(person: PersonId, id: string, note?: string): Promise<Effect>;
  /** The page as it is after a change that is not committed yet, and the change. */
  pageAfter(
    person: PersonId,
    done: Changed,
    note?: string,
  ): Promise<Pick<Changed, 'ops' | 'say'> & { readonly view?: ModalView }>;
  /** One sentence in place of the page. */
  saying(person: PersonId, said: string): Effect;
  /** Only whoever clicked sees why it was refused. @throws what is no refusal */
  refusedTo(a: IncomingAction, error: unknown): Effect;
}

export function createPages(deps: {
  readonly announcements: Announcements;
  readonly reaching: Reaching;
  readonly readings: Readings;
  readonly cards: AnnouncementCards;
  readonly desks: Desks;
  readonly people: People;
  readonly delivery: Delivery;
  readonly pace: Pace;
  organization(): Organization;
}): Pages {
  const { announcements, desks } = deps;
  const lookOf = (person: PersonId) => deps.cards.lookFor(person);
  const wordsOf = (person: PersonId) => texts[lookOf(person).reader.locale];
  const formOf = ({ id, revision }: Known): DeskForm => ({ id, revision });

  function saying(person: PersonId, said: string): Effect {
    const { reader } = lookOf(person);
    return { reply: { kind: 'view', view: sayView(texts[reader.locale].pageTitle, said, reader) } };
  }

  return {
    lookOf,
    wordsOf,
    formOf,
    saying,

    async textForm(known, locale, person) {
      const written = await announcements.writtenOf(known);
      const words = written?.text.words[locale] ?? { title: '', body: '' };
      return written && wordsForm({ ...formOf(known), locale }, words, lookOf(person).reader);
    },

    async retractForm(known, person) {
      const { reader } = lookOf(person);
      const { sent } = await deps.delivery.progress(known);
      const span = takesWords(sent, deps.pace.update, reader.locale);
      const takes = span ? texts[reader.locale].changesTake(sent, span, deps.pace.update) : undefined;
      return reasonForm('retract', known.id, reader, takes);
    },

    async confirmForm(known, person, moved) {
      const look = lookOf(person);
      const words = texts[look.reader.locale];
      const text = await announcements.textOf(known);
      if (!text) return sayView(words.pageTitle, words.refused.gone, look.reader);
      return confirmForm(
        {
          announcement: known,
          text,
          flight: await deps.reaching.preflight(known, look.now),
          step: known.state === 'review' ? 'approve' : 'confirm',
          hasSecond: deps.people.withRole(leadRole).some(({ id, active }) => active && id !== person),
          wideAudience: deps.organization().limits.wideAudience,
          perMinute: deps.pace.post,
          moved,
        },
        look,
      );
    },

    async page(person, id, note) {
      const words = wordsOf(person);
      if (!announcements.isLead(person)) return saying(person, words.refused.not_lead);
      const known = await announcements.find(id);
      const desk = known && (await desks.deskOf(known, person, note));
      if (!desk) return saying(person, words.refused.gone);
      return { reply: { kind: 'view', view: deskPage(desk, lookOf(person)) } };
    },

    async pageAfter(person, done, note) {
      const desk = await desks.deskAfter(done, person, note);
      return { ops: done.ops, say: done.say, ...(desk ? { view: deskPage(desk, lookOf(person)) } : {}) };
    },

    refusedTo(a, error) {
      if (!(error instanceof UserError)) throw error;
      const said = error.texts[lookOf(a.person).reader.locale];
      if (a.view) return saying(a.person, said);
      if (!a.message) throw error;
      const { channel, thread } = a.message;
      const place = thread ? { channel, thread } : { channel };
      return { reply: { kind: 'ephemeral', place, person: a.person, rendered: noteMessage(said) } };
    },
  };
}

/** What is written in the form of a language. */
export function typedIn(view: IncomingView): { readonly title: string; readonly body: string } {
  const parts = Array.from({ length: bodyFields }, (_, at) => valueIn(view, `body${at}`, `announcements.typed:${at}`));
  return { title: valueIn(view, 'title', 'title'), body: joinBody(parts) };
}

/** A text or single choice of a form; empty where there is none. */
export function valueIn({ values }: IncomingView, block: string, id: string): string {
  const value = values[block]?.[id];
  return typeof value === 'string' ? value.trim() : '';
}
