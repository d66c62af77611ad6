import type { Locale } from '../core/i18n.ts';
import type { People, Person, PersonId, ShowCard } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Helping } from './helping.ts';
import type { Look } from './look.ts';
import type { Mentorship } from './mentorship.ts';
import { isOf, type KnownPair } from './pair.ts';
import { localeOfPair } from './program.ts';
import { texts } from './texts.ts';
import { introductionMessage, memberMessage, toldMessage, waitingMessage } from './views.ts';

type CardName = 'introduction' | 'told' | 'waiting' | 'member' | 'directory';

/** The messages of the program, drawn for whoever looks. */
export interface MentorshipCards {
  /**
   * `introduction`: `<pair>`. `told`: `<pair>/<index of the event>`. `waiting`: `<person>`. `member`: `<person>/<what>/<hats>`.
   * `directory`: see `Helping`.
   */
  readonly show: Readonly<Record<`mentorship.${CardName}`, ShowCard>>;
  lookFor(viewer: PersonId | undefined, locale?: Locale): Look;
}

export function createCards(deps: {
  readonly mentorship: Mentorship;
  readonly helping: Pick<Helping, 'card'>;
  readonly people: People;
  readonly clock: Clock;
}): MentorshipCards {
  const { mentorship, people, clock } = deps;

  function lookFor(viewer: PersonId | undefined, locale?: Locale): Look {
    const spoken = locale ?? (viewer && people.get(viewer)?.locale) ?? 'en';
    return {
      reader: { locale: spoken, zone: mentorship.zoneOf(viewer) },
      viewer,
      now: clock.now(),
      program: mentorship.program(),
      name: (id) => people.get(id)?.name ?? texts[spoken].somebody,
    };
  }

  /** Alone everybody reads their own language; together the one that the two share, where we speak it, else the mentee's. */
  function lookAt(pair: KnownPair, viewer: Person | undefined): Look {
    if (viewer) return lookFor(viewer.id);
    const shared = localeOfPair(mentorship.program(), pair.language);
    return { ...lookFor(pair.mentee, shared), viewer: undefined };
  }

  return {
    lookFor,
    show: {
      async 'mentorship.introduction'(id, viewer) {
        const pair = await mentorship.pair(id);
        const apart = pair && viewer && isOf(pair, viewer.id) ? viewer.id : undefined;
        return pair && introductionMessage(pair, lookAt(pair, viewer), apart);
      },
      async 'mentorship.told'(id, viewer) {
        const [pairId = '', index = ''] = id.split('/');
        const pair = await mentorship.pair(pairId);
        const event = pair?.events[Number(index)];
        return pair && event && toldMessage(pair, event, lookAt(pair, viewer));
      },
      async 'mentorship.waiting'(id) {
        const outlook = await mentorship.outlook(id as PersonId);
        return outlook && waitingMessage(outlook, lookFor(id as PersonId));
      },
      async 'mentorship.member'(id) {
        const [person = '', what = '', ...hats] = id.split('/');
        const member = await mentorship.member(person as PersonId);
        return memberMessage(what, hats, member?.mentor !== undefined, lookFor(person as PersonId));
      },
      'mentorship.directory': deps.helping.card,
    },
  };
}
