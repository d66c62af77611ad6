import type { AskOffice } from '../core/announcing.ts';
import type { PersonId } from '../core/ports.ts';
import { job } from '../core/ports.ts';
import type { Declared, Effect, Feature } from '../feature.ts';
import { createCards } from './cards.ts';
import { leadsOf, officeCalendar, waitedFor } from './desk.ts';
import { handoffs } from './handoff.ts';
import { createHandoffs, type HandoffDeps } from './handoffs.ts';
import { createHome } from './home.ts';
import { type ClockFacts, stepHandoff } from './jobs.ts';
import { listenToHandoffs } from './listeners.ts';
import { handoffSamples } from './samples.ts';

/** What bringing questions to people keeps. */
export const handoffsDeclared: Declared = { name: 'handoffs', collections: [handoffs], content: [] };

/** Ask a human: the card of those who answer, the asker's copy, and the clock between them. */
export interface HandoffsFeature extends Feature {
  /**
   * What a person wrote in a thread of our conversation, taken for the human who has their question there.
   * @returns what to carry out, or `undefined` when no human waits in that thread: then it is a question to the handbook
   * @throws UserError when it is refused
   */
  continueInThread(person: PersonId, channel: string, thread: string, text: string): Promise<Effect | undefined>;
  /** A question that came up elsewhere; `undefined` when there is nobody whom it could go to. */
  readonly askOffice: AskOffice;
}

export function createHandoffsFeature(deps: HandoffDeps): HandoffsFeature {
  const { store, people } = deps;
  const bring = createHandoffs(deps);
  const cards = createCards(deps);

  const clock = job({
    collection: handoffs,
    async facts(doc): Promise<ClockFacts> {
      return {
        calendar: officeCalendar(deps.organization()),
        waitedFor: waitedFor(people, doc),
        leads: leadsOf(people, deps.organization(), doc),
        thread: await bring.threadOf(doc),
      };
    },
    step: stepHandoff,
  });

  return {
    ...handoffsDeclared,
    listen: (gate) => listenToHandoffs(gate, { handoffs: bring, cards, people }),
    cards: cards.show,
    jobs: [clock],
    home: createHome({ store, cards, people }),
    samples: handoffSamples,
    commands: [],
    async continueInThread(person, channel, thread, text) {
      const done = await bring.continueInThread(person, channel, thread, text);
      return done && { ops: done.ops, say: done.say };
    },
    async askOffice({ draft, asker, text }) {
      const asked = await bring.ask({ draft, question: '', asker, text, restricted: false, where: { person: asker } });
      return asked.kind === 'sent' ? { ops: asked.ops, say: asked.say } : undefined;
    },
  };
}
