import type { App, ReceiverEvent, RespondFn } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { againOnConflict, isDoneAlready } from '../core/attempts.ts';
import { commandAction } from '../core/commands.ts';
import type { Locale } from '../core/i18n.ts';
import {
  type Log,
  MessengerError,
  type Outbox,
  type People,
  type PersonId,
  type Rendered,
  type Say,
  type Store,
} from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Again, Effect, IncomingAction, IncomingCommand, Reply, SlackGate, Submitted } from '../feature.ts';
import { option } from './block-base.ts';
import { isChart } from './block-charts.ts';
import type { Charts } from './charts.ts';
import { readCommand } from './command-words.ts';
import type { Intake } from './intake.ts';
import { type Modals, opensNextTime } from './modal.ts';
import type { Outbound } from './outbound.ts';
import {
  ActionBody,
  actionOf,
  CommandBody,
  eventType,
  handlerId,
  OptionsBody,
  ShortcutBody,
  SubmissionBody,
  shortcutOf,
  viewOf,
} from './payload.ts';
import { problemModal, problemNote, tell, wordsFor } from './problem.ts';
import { claim } from './seen.ts';
import { texts } from './texts.ts';
import { createTurns } from './turns.ts';

export interface GateDeps {
  readonly intake: Intake;
  readonly store: Store;
  readonly outbox: Outbox;
  readonly outbound: Outbound;
  readonly modals: Modals;
  readonly charts: Charts;
  /** Draws a person's Home anew. */
  drawHome(person: PersonId): Promise<void>;
  readonly people: People;
  readonly clock: Clock;
  readonly log: Log;
}

type Handlers = {
  readonly [K in 'command' | 'action' | 'opens' | 'shortcut' | 'submit' | 'options']: Map<
    string,
    Parameters<SlackGate[K]>[1]
  >;
};
/** What is opened beside the view itself: the modal below it, and the button for another try. */
interface Opening {
  readonly onto?: string | undefined;
  readonly again?: Again | undefined;
}

/** The gate that features register with, and how it is hung into Bolt. */
export interface Gate extends SlackGate {
  /** Registers one listener per kind of payload; whatever no feature knows is acknowledged all the same. */
  attach(app: App, command: string): void;
  /** Resolves when everything that was taken in has run, or after `deadlineMs`: Bolt's own stop does not wait. */
  drain(deadlineMs: number): Promise<void>;
}

// Leaves two of the three seconds that a submission has.
const longestTurnMs = 1_000;

// Slack shows no more in one menu.
const maxOptions = 100;

export function createGate(deps: GateDeps): Gate {
  const { intake, store, outbox, modals, charts, people, clock, log } = deps;
  const handlers: Handlers = {
    command: new Map(),
    action: new Map(),
    opens: new Map(),
    shortcut: new Map(),
    submit: new Map(),
    options: new Map(),
  };
  const glances = new Map<string, Parameters<SlackGate['glance']>[1]>();
  const againOf = new Map<string, Again | undefined>();
  const turns = createTurns();

  function register<K extends keyof Handlers>(kind: K): SlackGate[K] {
    return ((id: string, handler: never) => {
      if (handlers[kind].has(id)) throw new Error(`two handlers for the ${kind} "${id}"`);
      handlers[kind].set(id, handler);
    }) as SlackGate[K];
  }

  const localeFor = (person: PersonId): Locale => people.get(person)?.locale ?? 'en';

  /** Decides and commits; decides anew when somebody else was quicker. Returns what was decided. */
  function decide<E extends Effect>(run: () => Promise<E>, identity?: string): Promise<E> {
    return againOnConflict(async () => {
      const effect = await run();
      const claimed = identity ? [claim(identity, clock.now())] : [];
      const ops = [...(effect.ops ?? []), ...claimed, ...(await outbox.ops(effect.say ?? []))];
      if (ops.length > 0) await store.commit(ops);
      return effect;
    });
  }

  /** What the person sees at once. The change is made: what Slack does not show is no failure of it. */
  async function show(reply: Reply | undefined, respond?: RespondFn, view?: string): Promise<void> {
    if (!reply) return;
    try {
      const instead = await showNow(deps, reply, respond, view);
      if (instead.length > 0) await againOnConflict(async () => store.commit(await outbox.ops(instead)));
    } catch (error) {
      log.warn({ reply: reply.kind, err: error }, 'what was done could not be shown');
    }
  }

  function onAction(raw: unknown, respond: RespondFn): Promise<void> {
    const body = ActionBody.parse(raw);
    const action = actionOf(body, clock.now());
    const id = handlerId(action.action);
    const identity = `act:${body.actions[0]?.action_ts ?? ''}:${action.person}`;
    return guarded(action.person, id, async () => {
      if (id === commandAction) {
        const answer = await onCommandButton(action, body.trigger_id);
        return answer && respondBelow(answer, action.message?.thread, respond);
      }
      const opens = handlers.opens.get(id);
      if (opens) return openAndCarryOut(body, action, opens, identity, respond);
      const run = handlers.action.get(id);
      // Link buttons have no handler, nor have buttons of a version of the bot that is gone.
      if (!run) return log.info({ action: id }, 'an action without a handler');
      await turns.take(body.view?.type === 'modal' ? body.view.id : undefined, async () => {
        const { reply } = await decide(() => run(action), identity);
        await show(reply, respond, action.view?.id);
      });
    });
  }

  /** Slack takes such an answer in every conversation, also where we are no member. */
  async function respondBelow(answer: Rendered, thread: string | undefined, respond: RespondFn): Promise<void> {
    const below = { replace_original: false, ...(thread ? { thread_ts: thread } : {}) };
    await charts.within(answer.blocks, (blocks) => respond({ ...privately(answer, blocks), ...below }));
  }

  async function openAndCarryOut(
    body: ActionBody,
    action: IncomingAction,
    opens: Parameters<SlackGate['opens']>[1],
    identity: string,
    respond: RespondFn,
  ): Promise<void> {
    const opened = opens(action);
    if (!opened) return;
    // From a modal the new one goes on top; Home and messages have no stack.
    const onto = body.view?.type === 'modal' ? body.view.id : undefined;
    const again = { action: action.action, value: action.value };
    const view = await openFor(body.trigger_id, action.person, opened.view, { onto, again });
    if (view === undefined || !opened.effect) return;
    const { effect } = opened;
    const { reply } = await decide(typeof effect === 'function' ? effect : async () => effect, identity);
    await show(reply, respond, view);
  }

  /** A click that was carried out already is nothing; anything else that goes wrong is explained to the person. */
  async function guarded(person: PersonId, what: string, run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (isDoneAlready(error)) return;
      await say(person, wordsFor(error, log, { what }));
    }
  }

  /** Tells the person in their conversation with us what did not work. */
  async function say(person: PersonId, words: Readonly<Record<Locale, string>>, again?: Again): Promise<void> {
    const told = tell(words, { person }, clock.now(), again);
    await store.commit([...told.ops, ...(await outbox.ops(told.say))]);
  }

  /** The id of the open view; `undefined` when Slack did not open it, and the person was told so. */
  async function openFor(
    trigger: string,
    person: PersonId,
    view: ModalView,
    { onto, again }: Opening,
  ): Promise<string | undefined> {
    try {
      return await modals.open(trigger, view, onto);
    } catch (error) {
      if (!(error instanceof MessengerError) || !opensNextTime(error)) throw error;
      log.warn({ code: error.code }, 'a modal did not open');
      await say(person, { en: texts.en.notOpened, 'zh-CN': texts['zh-CN'].notOpened }, again);
      return undefined;
    }
  }

  function onCommand(raw: unknown): Promise<Rendered | undefined> {
    const { user_id: person, team_id: team, channel_id: channel, text, trigger_id } = CommandBody.parse(raw);
    return carryOut({ person, team, channel, typed: text.trim() }, trigger_id);
  }

  /** A button that does what a command does; undefined where nobody takes these words. */
  function onCommandButton({ person, team, value, message }: IncomingAction, trigger: string) {
    return carryOut({ person, team, channel: message?.channel ?? '', typed: value }, trigger);
  }

  /** @returns what only the person sees */
  async function carryOut(
    { typed, ...by }: Pick<IncomingCommand, 'person' | 'team' | 'channel'> & { readonly typed: string },
    trigger: string,
  ): Promise<Rendered | undefined> {
    const wanted = readCommand(handlers.command.keys(), typed);
    const run = wanted && handlers.command.get(wanted.words);
    if (!run) return undefined;
    const command = { ...by, at: clock.now(), text: wanted.text };
    try {
      const { reply, answer, view, again } = await decide(() => run(command));
      if (view) await openFor(trigger, by.person, view, { again });
      await show(reply);
      return answer;
    } catch (error) {
      return problemNote(wordsFor(error, log, { command: wanted.words })[localeFor(by.person)]);
    }
  }

  /** The ack, and what is shown after it: Slack waits three seconds for an ack, and showing calls Slack. */
  async function onSubmission(raw: unknown): Promise<{ readonly ack: SubmissionAck; readonly reply?: Reply }> {
    const body = SubmissionBody.parse(raw);
    const view = viewOf(body.view);
    const run = handlers.submit.get(view.callback);
    if (!run) return { ack: undefined };
    // After the clicks before it; but Slack waits three seconds for an ack, however slowly it draws.
    await Promise.race([turns.over(view.id), clock.sleep(longestTurnMs)]);
    try {
      const submission = { person: body.user.id, team: body.team?.id ?? '', at: clock.now(), view };
      const { submitted } = await decide<Effect & { readonly submitted: Submitted }>(async () => {
        const submitted = await run(submission);
        return submitted.errors ? { submitted } : { ...submitted, submitted };
      });
      if (submitted.errors) return { ack: { response_action: 'errors', errors: submitted.errors } };
      const { view: next, reply } = submitted;
      return { ack: next && { response_action: 'update', view: next }, ...(reply ? { reply } : {}) };
    } catch (error) {
      // Sent twice: the first one's answer is what the person sees.
      if (isDoneAlready(error)) return { ack: undefined };
      const words = wordsFor(error, log, { view: view.callback });
      // On top of the form: what was entered is still there below.
      const locale = localeFor(body.user.id);
      return { ack: { response_action: 'push', view: problemModal(words[locale], locale) } };
    }
  }

  const underWay = new Set<Promise<void>>();

  /** Events go round Bolt's middleware: it acknowledges before listeners run, and we must store first. */
  function takeIn(app: App): void {
    const rest = app.processEvent.bind(app);
    async function take(received: ReceiverEvent): Promise<void> {
      if (received.body.type !== 'event_callback') return rest(received);
      const glance = glances.get(eventType(received.body));
      const work = glance ? () => look(glance, received.body) : await intake.accept(received.body, received.retryNum);
      await received.ack();
      await work?.();
    }
    app.processEvent = (received) => {
      const taken = take(received);
      const settled = taken.catch(() => undefined).finally(() => underWay.delete(settled));
      underWay.add(settled);
      return taken;
    };
  }

  async function look(run: Parameters<SlackGate['glance']>[1], body: Readonly<Record<string, unknown>>): Promise<void> {
    try {
      await run(intake.read(body));
    } catch (error) {
      log.warn({ type: eventType(body), err: error }, 'a view could not be refreshed');
    }
  }

  return {
    event: intake.on,
    glance(type, run) {
      glances.set(type, run);
    },
    command: register('command'),
    action: register('action'),
    opens: register('opens'),
    shortcut(id, view, again) {
      register('shortcut')(id, view);
      againOf.set(id, again);
    },
    submit: register('submit'),
    options: register('options'),

    drain: (deadlineMs) => Promise.race([Promise.all(underWay).then(() => undefined), clock.sleep(deadlineMs)]),

    attach(app, command) {
      takeIn(app);
      app.error(async (error) => {
        log.error({ err: error }, 'Bolt could not process a payload');
      });
      app.command(command, async ({ ack, body, respond }) => {
        const answer = await onCommand(body);
        if (!answer?.blocks.some(isChart)) return ack(answer && privately(answer, answer.blocks));
        // Of an ack nobody hears whether Slack could use it.
        await ack();
        await charts.within(answer.blocks, (blocks) => respond(privately(answer, blocks)));
      });
      app.action(/.*/, async ({ ack, body, respond }) => {
        await ack();
        await onAction(body, respond);
      });
      app.shortcut(/.*/, async ({ ack, body, shortcut }) => {
        await ack();
        const open = handlers.shortcut.get(shortcut.callback_id);
        const parsed = ShortcutBody.parse(body);
        const by = shortcutOf(parsed, clock.now());
        await guarded(by.person, shortcut.callback_id, async () => {
          const again = againOf.get(shortcut.callback_id);
          if (open) await openFor(parsed.trigger_id, by.person, open(by), { again });
        });
      });
      app.view(/.*/, async ({ ack, body }) => {
        const { ack: answer, reply } = await onSubmission(body);
        await (answer ? ack(answer) : ack());
        await show(reply);
      });
      // No view asks for it; should one of a later version, Slack gets its ack all the same.
      app.view({ callback_id: /.*/, type: 'view_closed' }, ({ ack }) => ack());
      app.options(/.*/, async ({ ack, body, payload }) => {
        const { user, value } = OptionsBody.parse(body);
        const { action_id: action } = payload;
        const answer = handlers.options.get(handlerId(action))?.(value, user.id, action) ?? [];
        await ack({ options: answer.slice(0, maxOptions).map(option) });
      });
    },
  };
}

type SubmissionAck =
  | { readonly response_action: 'errors'; errors: Record<string, string> }
  | { readonly response_action: 'update' | 'push'; view: ModalView }
  | undefined;

/** What only the person sees who typed a command. */
function privately({ text }: Rendered, blocks: Rendered['blocks']) {
  return { response_type: 'ephemeral' as const, text, blocks: [...blocks] };
}

/** Shows what is neither stored nor repeated; returns what must be said lastingly instead when Slack would not show it. */
export async function showNow(
  deps: Pick<GateDeps, 'outbound' | 'modals' | 'charts' | 'drawHome' | 'log'>,
  reply: Reply,
  respond?: RespondFn,
  view?: string,
): Promise<readonly Say[]> {
  switch (reply.kind) {
    case 'replace':
      await deps.charts.within(reply.rendered.blocks, async (blocks) =>
        respond?.({ replace_original: true, text: reply.rendered.text, blocks }),
      );
      return [];
    case 'view':
      if (view) await deps.modals.update(view, reply.view);
      return [];
    case 'file':
      await deps.outbound.file(reply.person, reply.name, reply.content);
      return [];
    case 'home':
      await deps.drawHome(reply.person);
      return [];
    case 'ephemeral':
      try {
        await deps.outbound.ephemeral(reply.place, reply.person, reply.rendered);
        return [];
      } catch (error) {
        // Lost is left alone: shown twice is worse than a second question. Refused goes where it lasts.
        if (error instanceof MessengerError && error.kind === 'lost') return [];
        deps.log.info(
          { code: error instanceof MessengerError ? error.code : 'bug' },
          'an ephemeral answer goes to the conversation',
        );
        return reply.instead ? [reply.instead] : [];
      }
  }
}
