import { dateAt } from '../core/business-time.ts';
import type { Locale } from '../core/i18n.ts';
import type { Manuscripts } from '../core/links.ts';
import type { Organization } from '../core/organization.ts';
import type { People, Person, PersonId, ShowCard } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Curating } from './curating.ts';
import type { GapList } from './gap-list.ts';
import { gapsMessage } from './gap-views.ts';
import type { Look } from './look.ts';
import { dueMessage } from './review-views.ts';
import type { Reviewing } from './reviewing.ts';
import { draftMessage, toldMessage } from './views.ts';
import { wordsIn } from './words.ts';

export interface CardDeps {
  readonly clock: Clock;
  readonly people: People;
  organization(): Organization;
  readonly manuscripts: Manuscripts;
  readonly curating: Curating;
  readonly gaps: GapList;
  readonly reviewing: Reviewing;
}

/** The messages of curating, drawn for whoever looks. */
export interface CuratingCards {
  /**
   * `curating.draft`: `<draft>`. `curating.told`: `<draft>/<published or back>`. `curating.gaps`: what the digest before
   * knew, ms. `curating.reviews`: the recipient.
   */
  readonly show: Readonly<Record<'curating.draft' | 'curating.told' | 'curating.gaps' | 'curating.reviews', ShowCard>>;
  lookOf(viewer: Person | undefined, locale: Locale): Look;
  /** The look of somebody who did something. */
  lookFor(person: PersonId): Look;
  /** Today where the office is, ISO. */
  today(): string;
}

/** What one reads in a message; the rest is on the command line. */
export const shownGaps = 5;

export function createCards(deps: CardDeps): CuratingCards {
  const { clock, people, curating, reviewing } = deps;

  function lookOf(viewer: Person | undefined, locale: Locale): Look {
    const { offices, units } = deps.organization();
    return {
      reader: { locale, zone: viewer?.zone ?? offices[0]?.zone ?? 'UTC' },
      now: clock.now(),
      unit: (id) => units.find((unit) => unit.id === id)?.name[locale] ?? id,
      name: (id) => people.get(id)?.name ?? wordsIn(locale).somebody,
    };
  }

  const today = () => dateAt(clock.now(), deps.organization().offices[0]?.zone ?? 'UTC');

  return {
    show: {
      async 'curating.draft'(id, viewer, locale) {
        const draft = await curating.find(id);
        return draft && draftMessage(draft, curating.lookOver(draft), lookOf(viewer, locale));
      },
      async 'curating.told'(id, viewer, locale) {
        const [draftId = '', event = ''] = id.split('/');
        const draft = await curating.find(draftId);
        return draft && toldMessage(draft, event, lookOf(viewer, locale));
      },
      async 'curating.gaps'(since, viewer, locale) {
        const page = await deps.gaps.open(shownGaps, Number(since));
        return page.total === 0 ? undefined : gapsMessage(page, lookOf(viewer, locale));
      },
      'curating.reviews': async (recipient, viewer, locale) =>
        dueMessage(reviewing.dueFor(recipient), recipient, today(), lookOf(viewer, locale)),
    },
    lookOf,
    lookFor(person) {
      const known = people.get(person);
      return lookOf(known, known?.locale ?? 'en');
    },
    today,
  };
}
