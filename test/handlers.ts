import type {
  Commanded,
  Effect,
  Feature,
  IncomingAction,
  IncomingCommand,
  IncomingSubmission,
  Opened,
  Submitted,
} from '../src/feature.ts';

/** What features registered at the gate, by name, for tests that carry it out themselves. */
export interface Handlers {
  readonly action: ReadonlyMap<string, (a: IncomingAction) => Promise<Effect>>;
  readonly opens: ReadonlyMap<string, (a: IncomingAction) => Opened | undefined>;
  readonly submit: ReadonlyMap<string, (s: IncomingSubmission) => Promise<Submitted>>;
  readonly command: ReadonlyMap<string, (c: IncomingCommand) => Promise<Commanded>>;
}

export function handlersOf(features: readonly Pick<Feature, 'listen'>[]): Handlers {
  const handlers = {
    action: new Map<string, (a: IncomingAction) => Promise<Effect>>(),
    opens: new Map<string, (a: IncomingAction) => Opened | undefined>(),
    submit: new Map<string, (s: IncomingSubmission) => Promise<Submitted>>(),
    command: new Map<string, (c: IncomingCommand) => Promise<Commanded>>(),
  };
  for (const feature of features) {
    feature.listen({
      action: (id, run) => void handlers.action.set(id, run),
      opens: (id, view) => void handlers.opens.set(id, view),
      submit: (id, run) => void handlers.submit.set(id, run),
      command: (words, run) => void handlers.command.set(words, run),
      event: () => undefined,
      glance: () => undefined,
      shortcut: () => undefined,
      options: () => undefined,
    });
  }
  return handlers;
}
