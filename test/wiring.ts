import type { PersonId } from '../src/core/ports.ts';
import type { IncomingCommand, SlackGate } from '../src/feature.ts';

type Handler<K extends keyof SlackGate> = Parameters<SlackGate[K]>[1];

/** A gate that only writes down what is registered with it. */
export interface RecordingGate extends SlackGate {
  readonly events: ReadonlyMap<string, Handler<'event'>>;
  readonly glances: ReadonlySet<string>;
  readonly commands: ReadonlyMap<string, Handler<'command'>>;
  readonly shortcuts: ReadonlySet<string>;
  /** Buttons and menus, whatever they do. */
  readonly actions: ReadonlySet<string>;
  readonly submissions: ReadonlySet<string>;
}

export function createRecordingGate(): RecordingGate {
  const events = new Map<string, Handler<'event'>>();
  const commands = new Map<string, Handler<'command'>>();
  const [glances, shortcuts, actions, submissions] = [
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
  ];
  return {
    events,
    glances,
    commands,
    shortcuts,
    actions,
    submissions,
    event: (type, handler) => void events.set(type, handler),
    glance: (type) => void glances.add(type),
    command: (words, run) => void commands.set(words, run),
    action: (id) => void actions.add(id),
    opens: (id) => void actions.add(id),
    shortcut: (id) => void shortcuts.add(id),
    submit: (callback) => void submissions.add(callback),
    options: (id) => void actions.add(id),
  };
}

/** A slash command as somebody whom the directory does not know types it. */
export function typed(text: string): IncomingCommand {
  return { person: 'U0STRANGER' as PersonId, team: 'T1', at: 0, text, channel: 'C1' };
}
