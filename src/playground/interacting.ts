import { optionsOf, type Placed, placedElements } from './blocks.ts';
import { checkShape } from './check-shape.ts';
import type { Outcome } from './delivery.ts';
import { elementShapes } from './element-shapes.ts';
import { emit } from './events.ts';
import { type Entry, enteredValue, isStateful } from './inputs.ts';
import { type Fields, fieldsOf, textOf } from './json.ts';
import { directWith } from './messages.ts';
import {
  blockActions,
  blockSuggestion,
  globalShortcut,
  messageShortcut,
  slashCommand,
  type Where,
} from './payloads.ts';
import { Refusal } from './refusal.ts';
import { showResponse } from './response-url.ts';
import type { Message } from './state.ts';
import { blocksOf, current, type ElementName, enterValue, findElement, type Surface } from './targets.ts';
import { storedText } from './text.ts';
import { viewShape } from './views.ts';
import type { World } from './world.ts';

/** What a person does with buttons, menus, commands and shortcuts. Each resolves with the app's ack, or the lack of one. */
export interface Interacting {
  /** `option`: the chosen entry of an overflow menu, or "positive"/"negative" for feedback buttons. */
  click(on: Surface, element: ElementName, option?: string): Promise<Outcome>;
  /** Presses a thumb below an answer. */
  feedback(on: Message, thumb: 'positive' | 'negative'): Promise<Outcome>;
  /**
   * Enters something into an input or a menu. Resolves with the ack when the app is told at once, and with undefined
   * when the value only waits for the form to be submitted.
   */
  select(on: Surface, element: ElementName, entry: Entry): Promise<Outcome | undefined>;
  /** Types into an external select; resolves with the options that the app offers. */
  type(on: Surface, element: ElementName, typed: string): Promise<readonly Fields[]>;
  slash(command: string, text?: string, channel?: string): Promise<Outcome>;
  globalShortcut(callbackId: string): Promise<Outcome>;
  messageShortcut(callbackId: string, message: Message): Promise<Outcome>;
  /** Opens the app: its Home or its Messages tab. */
  openHome(tab?: 'home' | 'messages'): void;
}

// docs.slack.dev/reference/block-kit/block-elements/select-menu-element, "external_select": min_query_length.
const defaultQueryLength = 3;

export function createInteracting(world: World, user: string, complain: (what: string) => void): Interacting {
  const { state } = world;

  function act(where: Where, placed: Placed, chosen: Fields): Promise<Outcome> {
    if (!world.installation.interactive) throw new Error('the manifest does not enable interactivity');
    return world.delivery.deliver('interactive', blockActions(world, user, where, placed, chosen));
  }

  function pressed(element: Fields, option: string | undefined): Fields {
    if (element.type === 'feedback_buttons') {
      const { text, value } = fieldsOf(element[option === 'negative' ? 'negative_button' : 'positive_button']);
      return { text, value };
    }
    if (element.type === 'overflow') {
      const chosen = optionsOf(element).find(({ value, text }) => value === option || fieldsOf(text).text === option);
      if (!chosen) throw new Error(`the menu has no option ${option}`);
      return { selected_option: chosen };
    }
    if (isStateful(element)) throw new Error(`${textOf(element.type)} is not for clicking: use select`);
    return { value: element.value, url: element.url, style: element.style, icon: element.icon };
  }

  /** What a command's ack shows at once. */
  function showAck(channel: string, outcome: Outcome): void {
    const target = state.channels.get(channel);
    if (outcome.kind !== 'acked' || !target) return;
    const body = typeof outcome.response === 'string' ? { text: outcome.response } : fieldsOf(outcome.response);
    if (Object.keys(body).length === 0 || body.text === '') return;
    try {
      showResponse(world, target, { user, channel, at: world.clock.now(), uses: 0 }, body);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      complain(`ack of a command: ${error.code} ${JSON.stringify(error.details)}`);
    }
  }

  function offered(outcome: Outcome): readonly Fields[] {
    if (outcome.kind !== 'acked') return [];
    const { options, option_groups } = fieldsOf(outcome.response);
    const problems: string[] = [];
    const menu = { ...(options !== undefined && { options }), ...(option_groups !== undefined && { option_groups }) };
    // An empty list is fine here, unlike in a menu: nothing matches.
    const empty = Array.isArray(options) && options.length === 0;
    const shape = elementShapes.static_select;
    if (!empty && shape)
      checkShape(menu, shape, [], '', (problem, at) => void problems.push(`${problem} [json-pointer:${at}]`));
    if (Object.keys(menu).length !== 1) problems.push('must provide either options or option_groups');
    if (problems.length > 0) complain(`options for a menu: ${problems.join('; ')}`);
    return problems.length > 0 ? [] : optionsOf(menu);
  }

  return {
    async click(on, element, option) {
      const where = current(world, on);
      const placed = findElement(where, element);
      return act(where, placed, pressed(placed.element, option));
    },
    async feedback(on, thumb) {
      const where = current(world, on);
      const placed = placedElements(blocksOf(where)).find(({ element }) => element.type === 'feedback_buttons');
      if (!placed) throw new Error('the message has no feedback buttons');
      return act(where, placed, pressed(placed.element, thumb));
    },
    async select(on, element, entry) {
      const where = current(world, on);
      const placed = findElement(where, element);
      const value = enteredValue(placed.element, entry);
      const changed = enterValue(world, user, where, placed, value);
      world.signal.changed();
      const told = placed.block.type !== 'input' || placed.block.dispatch_action === true;
      return told ? act(changed, placed, value) : undefined;
    },
    async type(on, element, typed) {
      const where = current(world, on);
      const placed = findElement(where, element);
      if (!textOf(placed.element.type).endsWith('external_select'))
        throw new Error('only external selects ask the app');
      if (typed.length < Number(placed.element.min_query_length ?? defaultQueryLength)) return [];
      const payload = blockSuggestion(world, user, where, placed, typed);
      return offered(await world.delivery.deliver('interactive', payload));
    },
    async slash(command, text = '', channel = directWith(world, user).id) {
      if (!world.installation.commands.has(command)) throw new Error(`the manifest has no command ${command}`);
      if (!world.installation.scopes.has('commands')) throw new Error('the app lacks the scope commands');
      const payload = slashCommand(world, user, command, storedText(text), channel);
      const outcome = await world.delivery.deliver('slash_commands', payload);
      showAck(channel, outcome);
      return outcome;
    },
    globalShortcut(callbackId) {
      needShortcut(world, 'global', callbackId);
      return world.delivery.deliver('interactive', globalShortcut(world, user, callbackId));
    },
    messageShortcut(callbackId, message) {
      needShortcut(world, 'message', callbackId);
      return world.delivery.deliver('interactive', messageShortcut(world, user, callbackId, message));
    },
    openHome(tab = 'home') {
      const { homeTab, messagesTab } = world.installation;
      if (!(tab === 'home' ? homeTab : messagesTab)) throw new Error(`the manifest does not enable the ${tab} tab`);
      const home = tab === 'home' ? state.homes.get(user) : undefined;
      emit(world, 'app_home_opened', {
        type: 'app_home_opened',
        user,
        channel: directWith(world, user).id,
        tab,
        view: home && viewShape(home),
        event_ts: state.newTs(),
      });
    },
  };
}

function needShortcut(world: World, type: 'global' | 'message', callbackId: string): void {
  const { shortcuts, scopes } = world.installation;
  const known = shortcuts.some((shortcut) => shortcut.type === type && shortcut.callbackId === callbackId);
  if (!known || !scopes.has('commands')) throw new Error(`the manifest has no ${type} shortcut ${callbackId}`);
}
