import type { OpenCommand } from '../core/commands.ts';
import type { AskRegister, LastLook, LicenseAdvice, OpenRequest, TakeFiles } from '../core/links.ts';
import type { Outbox, People, PersonId, Store } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Declared, Effect, Feature } from '../feature.ts';
import type { Edition } from './article.ts';
import { createAsk, type Handbook } from './ask.ts';
import { knowledgeContent } from './knowledge.ts';
import { listenToQuestions } from './listeners.ts';
import { announced, announceQuestions, policyMessage } from './policy.ts';
import { forgetQuestions, questions } from './question.ts';
import { askSamples } from './samples.ts';
import { texts } from './texts.ts';

/** What asking keeps and reads. */
export const askDeclared: Declared = { name: 'ask', collections: [questions, announced], content: knowledgeContent };

/** Questions and answers: everywhere a person can ask, and the cards they get. */
export function createAskFeature(deps: {
  readonly store: Store;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly people: People;
  handbook(): Handbook;
  /** A text that was in force once, by its version. */
  pastEdition(version: string): Promise<Edition | undefined>;
  mention(): string;
  /** The form that an answer leads to; see requests. */
  openRequest: OpenRequest;
  /** The command that an answer is about. */
  openCommand: OpenCommand;
  /** What is known of the licenses that a question names; see licensing. */
  readonly licenses: LicenseAdvice;
  /** Takes files that somebody sends; see licensing. */
  takeFiles: TakeFiles;
  /** See requests. */
  readonly register?: AskRegister;
  readonly human: boolean;
  concernOf(text: string): string | undefined;
  /** What is kept of a question that is forgotten. */
  readonly lastLook: LastLook;
  /** Takes what was written in a thread where a human has the question; see handoffs. */
  continueInThread(person: PersonId, channel: string, thread: string, text: string): Promise<Effect | undefined>;
}): Feature {
  const ask = createAsk(deps);
  return {
    ...askDeclared,
    listen(gate) {
      listenToQuestions(gate, {
        ask,
        people: deps.people,
        mention: deps.mention,
        continueInThread: deps.continueInThread,
        takeFiles: deps.takeFiles,
        ...(deps.register ? { register: deps.register } : {}),
        policy: (channel) => deps.handbook().organization.channels[channel] ?? 'mentions',
      });
    },
    contentChanged: () => announceQuestions(deps, deps.handbook().organization, deps.clock.now()),
    cards: { ...ask.cards, 'ask.policy': async (_channel, _viewer, locale) => policyMessage(locale) },
    jobs: [forgetQuestions(deps.lastLook)],
    samples: askSamples,
    commands: [{ words: '', help: { en: texts.en.commandHelp, 'zh-CN': texts['zh-CN'].commandHelp } }],
  };
}
