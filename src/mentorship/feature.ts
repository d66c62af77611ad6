import type { AskRegister, Mentors, ReminderSource } from '../core/links.ts';
import type { Declared, Feature } from '../feature.ts';
import { createCards } from './cards.ts';
import { createHelping } from './helping.ts';
import { createHome } from './home.ts';
import { listenToMentorship } from './listeners.ts';
import { members } from './member.ts';
import { createMentorship, type MentorshipDeps } from './mentorship.ts';
import { pairs } from './pair.ts';
import { createPairing } from './pairing.ts';
import { programContent } from './program.ts';
import { rounds } from './round.ts';
import { mentorshipSamples } from './samples.ts';
import { createSource } from './source.ts';
import { texts } from './texts.ts';

/** What the mentorship program keeps and reads. */
export const mentorshipDeclared: Declared = {
  name: 'mentorship',
  collections: [members, pairs, rounds],
  content: [programContent],
};

export interface MentorshipFeature extends Feature {
  /** Mentors with room to read a change before it goes upstream. */
  readonly mentors: Mentors;
  /** Check-ins, goals and what waits for leads, for the one reminder. */
  readonly source: ReminderSource;
  /** Answers who helps with something. */
  readonly register: AskRegister;
}

/** Mentors, mentees and ambassadors: matched, introduced, asked how it goes, and never dropped in silence. */
export function createMentorshipFeature(deps: MentorshipDeps): MentorshipFeature {
  const { people, clock } = deps;
  const mentorship = createMentorship(deps);
  const pairing = createPairing({ ...deps, mentorship });
  const helping = createHelping({ mentorship, people, clock });
  const cards = createCards({ mentorship, helping, people, clock });
  const looking = createHome({ mentorship, cards });
  const hasProgram = () => deps.program() !== undefined;

  return {
    ...mentorshipDeclared,
    listen: (gate) => listenToMentorship(gate, { mentorship, looking, helping, cards, people, clock }),
    cards: cards.show,
    jobs: pairing.jobs,
    contentChanged: async () => (hasProgram() ? pairing.begin() : undefined),
    peopleChanged: async () => (hasProgram() ? pairing.peopleChanged() : undefined),
    home: async (person) => (hasProgram() ? looking.home(person) : []),
    samples: () => {
      const program = deps.program();
      return program ? mentorshipSamples(program) : [];
    },
    commands: [
      {
        words: 'mentors',
        help: { en: texts.en.helpMentors, 'zh-CN': texts['zh-CN'].helpMentors },
        button: { en: texts.en.helpMentorsButton, 'zh-CN': texts['zh-CN'].helpMentorsButton },
      },
      {
        words: 'ambassadors',
        help: { en: texts.en.helpAmbassadors, 'zh-CN': texts['zh-CN'].helpAmbassadors },
        button: { en: texts.en.helpAmbassadorsButton, 'zh-CN': texts['zh-CN'].helpAmbassadorsButton },
      },
    ],
    mentors: pairing.mentors,
    source: createSource(mentorship, people),
    register: (...asked) => (hasProgram() ? helping.ask(...asked) : undefined),
  };
}
