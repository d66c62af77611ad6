import type { Arguments } from '../arguments.ts';
import { checkView } from '../check-views.ts';
import { knownUser } from '../lookups.ts';
import { Refusal, refuse } from '../refusal.ts';
import type { OpenView } from '../state.ts';
import { openModal, publishHome, replaceModal, stackOf, takeTrigger, viewShape } from '../views.ts';
import type { World } from '../world.ts';
import type { Handler } from './handler.ts';

function triggerOf(args: Arguments): string {
  const id = args.text('trigger_id') ?? args.text('interactivity_pointer');
  if (id === undefined) throw refuse('invalid_arguments', ['missing required field: trigger_id']);
  return id;
}

export const openView: Handler = (world, args) => {
  // A view that is refused leaves the trigger unused.
  checkView(args.json('view'), 'modal');
  const trigger = takeTrigger(world, triggerOf(args));
  return { view: viewShape(openModal(world, trigger.user, args.json('view'), [])) };
};

export const pushView: Handler = (world, args) => {
  checkView(args.json('view'), 'modal');
  const trigger = takeTrigger(world, triggerOf(args));
  const stack = stackOf(world, trigger.user);
  // Only an interaction inside an open modal can push onto it.
  if (trigger.from === undefined || !stack.includes(trigger.from)) throw new Refusal('not_found');
  return { view: viewShape(openModal(world, trigger.user, args.json('view'), stack)) };
};

function findView(world: World, args: Arguments): OpenView {
  const id = args.text('view_id');
  const externalId = args.text('external_id');
  if (id === undefined && externalId === undefined) {
    throw refuse('invalid_arguments', ['missing required field: view_id']);
  }
  for (const view of world.state.views.values()) {
    if (id !== undefined ? view.id === id : view.view.external_id === externalId) return view;
  }
  throw new Refusal('not_found');
}

/** An empty hash is no hash at all for Slack: it conflicts (slackapi/bolt-js#787). */
function checkHash(open: OpenView | undefined, hash: string | undefined): void {
  if (hash !== undefined && hash !== open?.hash) throw new Refusal('hash_conflict');
}

export const updateView: Handler = (world, args) => {
  const open = findView(world, args);
  checkHash(open, args.text('hash'));
  return { view: viewShape(replaceModal(world, open, args.json('view'))) };
};

export const publishView: Handler = (world, args) => {
  const user = knownUser(world, args.text('user_id') ?? '');
  if (!world.installation.homeTab) throw new Refusal('not_enabled');
  checkHash(world.state.homes.get(user.id), args.text('hash'));
  return { view: viewShape(publishHome(world, user.id, args.json('view'))) };
};
