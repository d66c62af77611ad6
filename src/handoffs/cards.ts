import type { Locale } from '../core/i18n.ts';
import type { Person, PersonId, Rendered, ShowCard } from '../core/ports.ts';
import { receiptMessage, toldMessage } from './asker-views.ts';
import { mayAct, waitedFor } from './desk.ts';
import { type HandoffEvent, handoffs } from './handoff.ts';
import { channelOf, type HandoffDeps } from './handoffs.ts';
import type { Look } from './look.ts';
import type { Known } from './saying.ts';
import { texts } from './texts.ts';
import { callMessage, caseMessage, lockedMessage } from './views.ts';

/** The cards of questions that went to a human, drawn for whoever looks. */
export interface HandoffCards {
  /** `handoff.case`, `handoff.receipt`: `<id>`. `handoff.told`, `handoff.call`: `<id>/<index of the event>`. */
  readonly show: Readonly<Record<'handoff.case' | 'handoff.receipt' | 'handoff.told' | 'handoff.call', ShowCard>>;
  /** The card of those who answer as it is after a change that may not be committed yet. */
  caseNow(handoff: Known, viewer: Person | undefined): Rendered;
  /** The latest answer as the asker sees it once they have said what they think of it. */
  answerDone(handoff: Known): Rendered | undefined;
  lookOf(handoff: Known | undefined, viewer: Person | undefined, locale: Locale): Look;
}

// Where a channel reads, no single person does: English, as everything that the sender says there.
const channelLocale = 'en';

export function createCards(deps: Pick<HandoffDeps, 'store' | 'clock' | 'people' | 'organization'>): HandoffCards {
  const { store, clock, people } = deps;

  function lookOf(handoff: Known | undefined, viewer: Person | undefined, locale: Locale): Look {
    const { offices, units } = deps.organization();
    const unit = handoff && people.get(handoff.asker)?.unit;
    const named = units.find((one) => one.id === unit)?.name[locale] ?? unit;
    return {
      reader: { locale, zone: viewer?.zone ?? offices[0]?.zone ?? 'UTC' },
      now: clock.now(),
      name: (id: PersonId) => people.get(id)?.name ?? texts[locale].somebody,
      unit: named,
      mayAct: !viewer || !handoff || mayAct(people, handoff, viewer.id),
    };
  }

  /** The asker's side speaks the asker's language wherever it stands: a thread of theirs names no viewer. */
  function askersLook(handoff: Known): Look {
    const asker = people.get(handoff.asker);
    return lookOf(handoff, asker, asker?.locale ?? handoff.question.locale);
  }

  function caseFor(handoff: Known, viewer: Person | undefined, locale: Locale): Rendered {
    const look = lookOf(handoff, viewer, locale);
    if (isHidden(handoff, viewer)) return lockedMessage(look.reader);
    return caseMessage(handoff, look, viewer !== undefined);
  }

  /** Roles change; what is confidential follows them at the next drawing. */
  function isHidden(handoff: Known, viewer: Person | undefined): boolean {
    return handoff.restricted && !(viewer && mayAct(people, handoff, viewer.id));
  }

  /** What is forgotten is no longer shown to anybody. */
  async function read(id: string): Promise<Known | undefined> {
    const handoff = await store.get(handoffs, id);
    return handoff?.forgotten ? undefined : handoff;
  }

  async function eventOf(id: string): Promise<{ readonly handoff: Known; readonly event: HandoffEvent } | undefined> {
    const [handoffId = '', index = ''] = id.split('/');
    const handoff = await read(handoffId);
    const event = handoff?.events[Number(index)];
    return handoff && event && { handoff, event };
  }

  /** Who is named: in a channel everybody who is waited for, in a direct message its reader. */
  function calledBy(handoff: Known, viewer: Person | undefined): readonly PersonId[] {
    return viewer ? [viewer.id] : waitedFor(people, handoff);
  }

  return {
    show: {
      async 'handoff.case'(id, viewer, locale) {
        const handoff = await read(id);
        return handoff && caseFor(handoff, viewer, locale);
      },
      async 'handoff.receipt'(id) {
        const handoff = await read(id);
        return handoff && receiptMessage(handoff, askersLook(handoff));
      },
      async 'handoff.told'(id) {
        const found = await eventOf(id);
        return found && toldMessage(found.handoff, found.event, askersLook(found.handoff));
      },
      async 'handoff.call'(id, viewer, locale) {
        const found = await eventOf(id);
        if (!found) return undefined;
        const { handoff, event } = found;
        const look = lookOf(handoff, viewer, locale);
        if (isHidden(handoff, viewer)) return lockedMessage(look.reader);
        return callMessage(handoff, event, look, { called: calledBy(handoff, viewer), channel: channelOf(handoff) });
      },
    },
    caseNow: (handoff, viewer) => caseFor(handoff, viewer, viewer?.locale ?? channelLocale),
    answerDone(handoff) {
      const answer = handoff.events.findLast((event) => event.kind === 'answered');
      const look = askersLook(handoff);
      return answer && toldMessage(handoff, answer, look, texts[look.reader.locale].thanks);
    },
    lookOf,
  };
}
