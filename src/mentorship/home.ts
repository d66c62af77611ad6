import type { Person, PersonId } from '../core/ports.ts';
import type { HomeSection } from '../feature.ts';
import type { MentorshipCards } from './cards.ts';
import { type LeadState, leadBlocks } from './lead-views.ts';
import type { Mentorship } from './mentorship.ts';
import { isOf } from './pair.ts';
import { type Standing, standingBlocks } from './status-views.ts';

// With what people learn; what leads look at comes last.
const ownOrder = 50;
const leadOrder = 92;
const mostOpen = 50;

/** What somebody sees of the program, on Home and when they ask for it. */
export interface Looking {
  standing(person: PersonId): Promise<Standing>;
  /** Undefined for whoever does not lead it. */
  leading(person: PersonId): Promise<LeadState | undefined>;
  home(person: Person): Promise<readonly HomeSection[]>;
}

export function createHome(deps: { readonly mentorship: Mentorship; readonly cards: MentorshipCards }): Looking {
  const { mentorship, cards } = deps;

  async function standing(person: PersonId): Promise<Standing> {
    const member = await mentorship.member(person);
    const pairs = await mentorship.pairsOf(person, 'open');
    const waits = member?.mentee !== undefined && member.mentee.pair === undefined;
    return { member, pairs, outlook: waits ? await mentorship.outlook(person) : undefined };
  }

  async function leading(person: PersonId): Promise<LeadState | undefined> {
    if (!mentorship.isLead(person)) return undefined;
    const proposals = await mentorship.list('state:proposed', mostOpen);
    return {
      proposals: proposals.filter((pair) => !isOf(pair, person)),
      calls: (await mentorship.list('call', mostOpen)).filter(({ call }) => call?.by !== person),
      numbers: await mentorship.numbers(),
    };
  }

  return {
    standing,
    leading,
    async home(person) {
      const look = cards.lookFor(person.id);
      const lead = await leading(person.id);
      const isUsed = lead && isInUse(lead);
      return [
        { order: ownOrder, blocks: standingBlocks(await standing(person.id), look, 'home') },
        { order: leadOrder, blocks: lead && isUsed ? leadBlocks(lead, look) : [] },
      ].filter(({ blocks }) => blocks.length > 0);
    },
  };
}

/** A program in which nothing happens shows nothing. */
function isInUse({ proposals, calls, numbers }: LeadState): boolean {
  return proposals.length + calls.length + numbers.waiting + numbers.free + numbers.active > 0;
}
