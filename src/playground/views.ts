import { systemClock } from '../core/time.ts';
import { keepBlocks } from './blocks.ts';
import { checkView } from './check-views.ts';
import { inputsOf, inputsShape } from './inputs.ts';
import { compact, type Fields, isFields, listOf, textOf } from './json.ts';
import { viewLimits } from './limits.ts';
import { Refusal } from './refusal.ts';
import type { OpenView, Trigger } from './state.ts';
import { identity, type World } from './world.ts';

/** A view as payloads and answers carry it. */
export function viewShape(open: OpenView): Fields {
  const { view } = open;
  return compact({
    id: open.id,
    team_id: identity.team,
    type: open.type,
    blocks: view.blocks,
    private_metadata: textOf(view.private_metadata),
    callback_id: textOf(view.callback_id),
    state: { values: inputsShape(open.inputs) },
    hash: open.hash,
    title: view.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: view.clear_on_close ?? false,
    notify_on_close: view.notify_on_close ?? false,
    close: view.close ?? null,
    submit: view.submit ?? null,
    previous_view_id: open.previous,
    root_view_id: open.root,
    app_id: identity.app,
    external_id: textOf(view.external_id),
    app_installed_team_id: identity.team,
    bot_id: identity.bot,
  });
}

/** A right to open one modal, valid for three seconds of real time. `from` is the modal that was interacted with. */
export function newTrigger(world: World, user: string, from?: string): string {
  const id = `${world.state.newId('')}.${identity.team}.${world.state.newId('')}`;
  world.state.triggers.set(id, { user, at: systemClock.now(), used: false, ...(from !== undefined && { from }) });
  return id;
}

/** @throws Refusal `invalid_trigger_id`, `expired_trigger_id`, `exchanged_trigger_id` */
export function takeTrigger(world: World, id: string | undefined): Trigger {
  const trigger = world.state.triggers.get(id ?? '');
  if (id === undefined || !trigger) throw new Refusal('invalid_trigger_id');
  if (trigger.used) throw new Refusal('exchanged_trigger_id');
  if (systemClock.now() - trigger.at > viewLimits.triggerMs) throw new Refusal('expired_trigger_id');
  world.state.triggers.set(id, { ...trigger, used: true });
  return trigger;
}

function kept(world: World, view: Fields): Fields {
  return { ...view, blocks: keepBlocks(listOf(view.blocks).filter(isFields), () => world.state.newId('b')) };
}

/** @throws Refusal `duplicate_external_id` when another open view has it */
function checkExternalId(world: World, view: Fields, self?: string): void {
  const id = textOf(view.external_id);
  if (id === '') return;
  for (const other of [...world.state.views.values(), ...world.state.homes.values()]) {
    if (other.id !== self && other.view.external_id === id) throw new Refusal('duplicate_external_id');
  }
}

export function stackOf(world: World, user: string): readonly string[] {
  return world.state.stacks.get(user) ?? [];
}

function show(world: World, open: OpenView): OpenView {
  world.state.views.set(open.id, open);
  world.signal.changed();
  return open;
}

/** Opens a modal as the only one, or on top of the others. @throws Refusal `invalid_arguments`, `push_limit_reached`, … */
export function openModal(world: World, user: string, value: unknown, above: readonly string[]): OpenView {
  const view = checkView(value, 'modal');
  checkExternalId(world, view);
  if (above.length >= viewLimits.stack) throw new Refusal('push_limit_reached');
  for (const id of stackOf(world, user)) if (!above.includes(id)) world.state.views.delete(id);
  const id = world.state.newId('V');
  const shown = kept(world, view);
  world.state.stacks.set(user, [...above, id]);
  return show(world, {
    id,
    type: 'modal',
    user,
    hash: newHash(world),
    root: above[0] ?? id,
    previous: above.at(-1) ?? null,
    view: shown,
    inputs: inputsOf(listOf(shown.blocks)),
  });
}

/** Replaces the content of an open modal; the callback id and what people entered stay as Slack documents it. */
export function replaceModal(world: World, open: OpenView, value: unknown): OpenView {
  const view = checkView(value, 'modal');
  checkExternalId(world, view, open.id);
  const shown = kept(world, view);
  const inputs = inputsOf(listOf(shown.blocks), open.inputs);
  return show(world, { ...open, view: shown, hash: newHash(world), inputs });
}

export function publishHome(world: World, user: string, value: unknown): OpenView {
  const view = checkView(value, 'home');
  const before = world.state.homes.get(user);
  checkExternalId(world, view, before?.id);
  const shown = kept(world, view);
  const id = before?.id ?? world.state.newId('V');
  const home: OpenView = {
    id,
    type: 'home',
    user,
    hash: newHash(world),
    root: id,
    previous: null,
    view: shown,
    inputs: inputsOf(listOf(shown.blocks), before?.inputs),
  };
  world.state.homes.set(user, home);
  world.signal.changed();
  return home;
}

function newHash(world: World): string {
  return `${world.state.newTs().split('.')[0]}.${world.state.newId('h')}`;
}

/** Takes a modal, and with it everything above, off a person's screen. Returns what was closed, top first. */
export function closeModals(world: World, user: string, from: string): readonly OpenView[] {
  const stack = stackOf(world, user);
  const at = stack.indexOf(from);
  if (at < 0) return [];
  const closed = stack.slice(at).flatMap((id) => world.state.views.get(id) ?? []);
  for (const { id } of closed) world.state.views.delete(id);
  world.state.stacks.set(user, stack.slice(0, at));
  world.signal.changed();
  return closed.reverse();
}
