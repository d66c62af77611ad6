import { type Placed, placedElements } from './blocks.ts';
import { inputsOf } from './inputs.ts';
import { listOf } from './json.ts';
import type { Where } from './payloads.ts';
import { type Inputs, type InputValue, type Message, messageKey, type OpenView } from './state.ts';
import type { World } from './world.ts';

/** Something with blocks on a person's screen: a message, a modal, or the app's Home. */
export type Surface = Message | OpenView;

/**
 * Names an element by its action id, or by its block id when the block has only one. Where several buttons share an
 * action id, `value` or `block` tells them apart.
 */
export type ElementName = string | { readonly action?: string; readonly block?: string; readonly value?: string };

function isMessage(on: Surface): on is Message {
  return 'ts' in on;
}

/** The thing as it is now: what the caller holds may be older. @throws Error when it is gone */
export function current(world: World, on: Surface): Where {
  const { state } = world;
  if (isMessage(on)) {
    const now = on.only
      ? state.ephemerals.find((other) => other.ts === on.ts)
      : state.channels.get(on.channel)?.messages.get(on.ts);
    if (!now) throw new Error(`message ${on.ts} is gone`);
    return { kind: 'message', message: now };
  }
  const now = on.type === 'home' ? state.homes.get(on.user) : state.views.get(on.id);
  if (!now) throw new Error(`view ${on.id} is closed`);
  return { kind: 'view', view: now };
}

export function blocksOf(where: Where): readonly unknown[] {
  if (where.kind === 'view') return listOf(where.view.view.blocks);
  const { blocks, attachments } = where.message;
  return [...blocks, ...attachments.flatMap((attachment) => listOf(attachment.blocks))];
}

/** @throws Error when no element, or more than one, has this name */
export function findElement(where: Where, name: ElementName): Placed {
  const all = placedElements(blocksOf(where));
  const wanted = typeof name === 'string' ? undefined : name;
  const found = wanted
    ? all.filter(
        ({ actionId, blockId, element }) =>
          (wanted.action ?? actionId) === actionId &&
          (wanted.block ?? blockId) === blockId &&
          (wanted.value === undefined || wanted.value === element.value),
      )
    : byName(all, String(name));
  const [placed, another] = found;
  const label = JSON.stringify(name);
  if (!placed)
    throw new Error(`no element ${label}; there are ${all.map((each) => each.actionId).join(', ') || 'none'}`);
  if (another) throw new Error(`${label} names ${found.length} elements: add block or value`);
  return placed;
}

function byName(all: readonly Placed[], name: string): readonly Placed[] {
  const byAction = all.filter(({ actionId }) => actionId === name);
  return byAction.length > 0 ? byAction : all.filter(({ blockId }) => blockId === name);
}

/** Notes what a person entered; returns the place with it. */
export function enterValue(
  world: World,
  user: string,
  where: Where,
  { blockId, actionId }: Placed,
  value: InputValue,
): Where {
  const { state } = world;
  const set = (inputs: Inputs): Inputs => {
    const row = new Map(inputs.get(blockId)).set(actionId, value);
    return new Map(inputs).set(blockId, row);
  };
  if (where.kind === 'message') {
    const key = messageKey(where.message, user);
    state.messageInputs.set(key, set(inputsOf(blocksOf(where), state.messageInputs.get(key))));
    return where;
  }
  const view = { ...where.view, inputs: set(where.view.inputs) };
  if (view.type === 'home') state.homes.set(view.user, view);
  else state.views.set(view.id, view);
  return { kind: 'view', view };
}
