import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import type { AuditSubjects } from './core/audit.ts';
import type { ContentKind } from './core/content.ts';
import type { Locale } from './core/i18n.ts';
import type {
  AnyCollection,
  AnyJob,
  DrawCall,
  Mailing,
  Op,
  Person,
  PersonId,
  Place,
  Rendered,
  Say,
  ShowCard,
  TakeCall,
} from './core/ports.ts';

/** What a feature keeps and reads; known before it is built, since the store and the content are opened first. */
export interface Declared {
  readonly name: string;
  readonly collections: readonly AnyCollection[];
  readonly content: readonly ContentKind<unknown>[];
  /** What events of the audit trail tell of; absent where it writes none. */
  readonly auditSubjects?: readonly AuditSubjects<unknown>[];
}

/** What a feature is: a value that `app.ts` wires. Home, help, lint, gallery and the store's collections derive from the list there. */
export interface Feature extends Declared {
  listen(gate: SlackGate): void;
  readonly cards: Readonly<Record<string, ShowCard>>;
  /** What follows when Slack refused a card at a place for good, by the name of the card; for the commit that notes it. */
  readonly undelivered?: Readonly<Record<string, Undelivered>>;
  /** Whose lists its mailings go through, by the name of the card. */
  readonly mailings?: Readonly<Record<string, Mailing>>;
  /** What another system is told, by the name of the hook. */
  readonly calls?: Readonly<Record<string, DrawCall>>;
  /** What another system tells us, by the path of its calls. */
  readonly takes?: Readonly<Record<string, TakeCall>>;
  readonly jobs: readonly AnyJob[];
  /** Called at the start and whenever other content came into force. */
  contentChanged?(): Promise<void>;
  /** Called when people came, left or changed; what is looked at anyway each day may meet a Conflict here. */
  peopleChanged?(): Promise<void>;
  /** Called with every change of a person that Slack tells of, as it came. */
  personChanged?(event: Readonly<Record<string, unknown>>): Promise<void>;
  home?(person: Person): Promise<readonly HomeSection[]>;
  /** Draws somebody's Home anew; of the feature that puts it together. */
  drawHome?(person: PersonId): Promise<void>;
  /** Every message, modal and Home state it can produce, for the gallery and the validators. */
  samples(): readonly Sample[];
  readonly commands: readonly Command[];
}

/** @param id what the card was given. @returns what is changed and said instead */
export type Undelivered = (
  id: string,
  place: Place,
) => Promise<{ readonly ops: readonly Op[]; readonly say: readonly Say[] }>;

/** A line of `/ospo help`: the words to type and what they do. */
export interface Command {
  readonly words: string;
  readonly help: Readonly<Record<Locale, string>>;
  /** Only people with one of these roles see it and may use it; absent = everybody. */
  readonly roles?: readonly string[];
  /** What a button says that does the same, below an answer; absent where no answer leads here. */
  readonly button?: Readonly<Record<Locale, string>>;
}

export interface HomeSection {
  readonly order: number;
  readonly blocks: readonly KnownBlock[];
}

export interface Sample {
  readonly name: string;
  readonly surface: 'message' | 'modal' | 'home';
  readonly payload: Rendered | ModalView | HomeView;
}

/* ---------- what comes in ---------- */

/** Somebody did something. */
export interface Incoming {
  readonly person: PersonId;
  /** When it arrived here, ms. */
  readonly at: number;
  /** The workspace of the person: Slack's team id. */
  readonly team: string;
}

/** An event of the Events API, after the filter. `late`: over a minute old, after a crash or a long way here; answer where it lasts, never ephemerally. */
export interface IncomingEvent extends Incoming {
  readonly event: Readonly<Record<string, unknown>>;
  readonly late: boolean;
}

export interface IncomingCommand extends Incoming {
  /** What follows the words that the handler was registered for. */
  readonly text: string;
  readonly channel: string;
}

export interface IncomingAction extends Incoming {
  readonly action: string;
  /** The button's value, the chosen option's, or the pressed feedback button's. */
  readonly value: string;
  /** The message it was pressed on; absent in modals and Home. */
  readonly message?: {
    readonly channel: string;
    readonly ts: string;
    readonly thread?: string;
    readonly ephemeral: boolean;
  };
  /** The view it was pressed in. */
  readonly view?: IncomingView;
}

export interface IncomingView {
  readonly id: string;
  readonly hash: string;
  readonly callback: string;
  /** What we put into it: JSON of the listener's own shape. */
  readonly metadata: string;
  /** State of all inputs: block_id -> action_id -> value. */
  readonly values: Readonly<Record<string, Readonly<Record<string, InputValue>>>>;
}

/** An input's value: text and single choices as a string, multiple ones as a list, nothing as undefined. */
export type InputValue = string | readonly string[] | undefined;

export interface IncomingShortcut extends Incoming {
  /** The message it was called on (message shortcuts). */
  readonly message?: { readonly channel: string; readonly ts: string; readonly thread?: string; readonly text: string };
}

export interface IncomingSubmission extends Incoming {
  readonly view: IncomingView;
}

/* ---------- what goes out ---------- */

/** What acting on something came to: one commit, and what the person sees at once. */
export interface Effect {
  readonly ops?: readonly Op[];
  readonly say?: readonly Say[];
  readonly reply?: Reply;
}

/** Shown at once, neither stored nor repeated. */
export type Reply =
  /** Only the person sees it, at a place. Where Slack refuses, `instead` is said lastingly. */
  | {
      readonly kind: 'ephemeral';
      readonly place: { readonly channel: string; readonly thread?: string };
      readonly person: PersonId;
      readonly rendered: Rendered;
      readonly instead?: Say;
    }
  /** The message that was clicked changes. */
  | { readonly kind: 'replace'; readonly rendered: Rendered }
  /** The modal that was clicked, or that the click opened, changes. */
  | { readonly kind: 'view'; readonly view: ModalView }
  /** A text file in the person's conversation with us, for them to keep. What Slack does not take is lost: say what matters, too. */
  | { readonly kind: 'file'; readonly person: PersonId; readonly name: string; readonly content: string }
  /** The person's Home is drawn anew. */
  | { readonly kind: 'home'; readonly person: PersonId };

/** What a submission comes to: errors beside the fields, or an effect; with `view` the modal changes, without it closes. */
export type Submitted =
  | { readonly errors: Record<string, string> }
  | (Effect & { readonly view?: ModalView; readonly errors?: never });

/** A modal to open, and what is committed once it is open. */
export interface Opened {
  readonly view: ModalView;
  /** A function may read the store: it runs once the modal is open, and its reply `view` takes the modal's place. */
  readonly effect?: Effect | (() => Promise<Effect>);
}

/** A button that opens the same: offered in private to whoever Slack did not open a modal for. */
export interface Again {
  readonly action: string;
  readonly value: string;
}

/** What a command comes to: an answer that only the person sees, or a modal; for a modal no I/O before it. */
export interface Commanded extends Effect {
  readonly answer?: Rendered;
  readonly view?: ModalView;
  readonly again?: Again;
}

/** What listeners register with; acks, dedupe, crash recovery and errors are behind it. */
export interface SlackGate {
  /**
   * An event that must not be lost: it is stored before Slack gets its ack, and runs once.
   * `wants` is a pure filter; `identity` names the thing that happened when several events tell of it.
   */
  event(
    type: string,
    handler: {
      wants(event: Readonly<Record<string, unknown>>): boolean;
      identity?(event: Readonly<Record<string, unknown>>): string;
      run(e: IncomingEvent): Promise<Effect>;
    },
  ): void;
  /** An event that only refreshes something shown: it is neither stored nor deduplicated. */
  glance(type: string, run: (e: IncomingEvent) => Promise<void>): void;
  /** `/ospo <words> ...`; the empty words take whatever no other command takes. */
  command(words: string, run: (c: IncomingCommand) => Promise<Commanded>): void;
  /** A button, menu or feedback that changes something; runs once per click. */
  action(id: string, run: (a: IncomingAction) => Promise<Effect>): void;
  /** A button or menu that opens a modal: no I/O before it. `undefined` opens nothing. */
  opens(id: string, view: (a: IncomingAction) => Opened | undefined): void;
  /** A global or message shortcut: returns the first view; no I/O before it. */
  shortcut(id: string, view: (s: IncomingShortcut) => ModalView, again?: Again): void;
  submit(callback: string, run: (s: IncomingSubmission) => Promise<Submitted>): void;
  /** Type-ahead of an external select, answered from memory. `action`: its whole id, with what follows the colon. */
  options(
    id: string,
    answer: (
      typed: string,
      person: PersonId,
      action: string,
    ) => readonly { readonly text: string; readonly value: string }[],
  ): void;
}

/** Where to answer something said in a conversation: in the thread it belongs to, or the one it starts. */
export function threadOf(message: {
  readonly channel: string;
  readonly ts: string;
  readonly thread_ts?: string | undefined;
}): Place & { readonly channel: string } {
  return { channel: message.channel, thread: message.thread_ts ?? message.ts };
}
