import type { People, Store } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Declared, Feature } from '../feature.ts';
import { createAsk, type Handbook } from './ask.ts';
import { knowledgeContent } from './knowledge.ts';
import { listenToQuestions } from './listeners.ts';
import { forgetQuestions, questions } from './question.ts';
import { askSamples } from './samples.ts';
import { texts } from './texts.ts';

/** What asking keeps and reads. */
export const askDeclared: Declared = { name: 'ask', collections: [questions], content: knowledgeContent };

/** Questions and answers: everywhere a person can ask, and the cards they get. */
export function createAskFeature(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly people: People;
  handbook(): Handbook;
  mention(): string;
  readonly human: boolean;
}): Feature {
  const ask = createAsk(deps);
  return {
    ...askDeclared,
    listen(gate) {
      listenToQuestions(gate, {
        ask,
        people: deps.people,
        mention: deps.mention,
        policy: (channel) => deps.handbook().organization.channels[channel] ?? 'mentions',
      });
    },
    cards: ask.cards,
    jobs: [forgetQuestions],
    samples: askSamples,
    commands: [{ words: '', help: { en: texts.en.commandHelp, 'zh-CN': texts['zh-CN'].commandHelp } }],
  };
}
