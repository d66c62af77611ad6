import type { Outcome } from './delivery.ts';
import { clientErrors, type Entry } from './inputs.ts';
import type { Interacting } from './interacting.ts';
import { fieldsOf, listOf, textOf } from './json.ts';
import { viewClosed, viewSubmission } from './payloads.ts';
import { Refusal } from './refusal.ts';
import type { OpenView } from './state.ts';
import { closeModals, openModal, replaceModal, stackOf } from './views.ts';
import type { World } from './world.ts';

/** What a person sees after pressing a form's submit button. */
export type Submitted =
  /** By block id. `byClient`: Slack itself complained, the app was not asked. */
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>>; readonly byClient: boolean }
  | { readonly kind: 'update' | 'push'; readonly view: OpenView }
  | { readonly kind: 'clear' | 'closed' }
  /** "We had some trouble connecting": no ack in time, or an answer that Slack cannot use. */
  | { readonly kind: 'trouble'; readonly why: string };

export interface Forms {
  /** Fills in `values` (by action id or block id) and submits a modal, the topmost one by default. */
  submit(values?: Readonly<Record<string, Entry>>, view?: OpenView): Promise<Submitted>;
  /** Closes a modal with its cancel button or cross, the topmost one by default. */
  close(view?: OpenView): Promise<void>;
}

export function createForms(world: World, user: string, on: Interacting, complain: (what: string) => void): Forms {
  function top(view?: OpenView): OpenView {
    const id = view?.id ?? stackOf(world, user).at(-1);
    const open = id === undefined ? undefined : world.state.views.get(id);
    if (!open) throw new Error(view ? `view ${view.id} is closed` : `${user} has no modal open`);
    return open;
  }

  function trouble(why: string): Submitted {
    complain(`view_submission: ${why}`);
    return { kind: 'trouble', why };
  }

  function respond(open: OpenView, outcome: Outcome): Submitted {
    if (outcome.kind !== 'acked') return { kind: 'trouble', why: outcome.kind };
    const response = fieldsOf(outcome.response);
    switch (response.response_action) {
      case undefined:
        closeModals(world, user, open.id);
        return { kind: 'closed' };
      case 'clear':
        closeModals(world, user, open.root);
        return { kind: 'clear' };
      case 'errors':
        return showErrors(open, response.errors);
      case 'update':
        return { kind: 'update', view: replaceModal(world, open, response.view) };
      case 'push':
        return { kind: 'push', view: openModal(world, user, response.view, stackOf(world, user)) };
      default:
        return trouble(`unknown response_action ${JSON.stringify(response.response_action)}`);
    }
  }

  // Errors hang below input blocks; for any other place Slack shows nothing but trouble.
  function showErrors(open: OpenView, errors: unknown): Submitted {
    const inputs = listOf(open.view.blocks).filter((block) => fieldsOf(block).type === 'input');
    const known = new Set(inputs.map((block) => textOf(fieldsOf(block).block_id)));
    const entries = Object.entries(fieldsOf(errors));
    if (entries.length === 0) return trouble('errors without an entry');
    const stray = entries.find(([block, text]) => !known.has(block) || typeof text !== 'string' || text === '');
    if (stray) return trouble(`errors for ${stray[0]}, which is no input block, or without text`);
    return {
      kind: 'errors',
      byClient: false,
      errors: Object.fromEntries(entries.map(([id, text]) => [id, String(text)])),
    };
  }

  return {
    async submit(values = {}, view) {
      const first = top(view);
      for (const [name, entry] of Object.entries(values)) await on.select(first, name, entry);
      const open = top(first);
      const errors = clientErrors(listOf(open.view.blocks), open.inputs);
      if (Object.keys(errors).length > 0) return { kind: 'errors', errors, byClient: true };
      const outcome = await world.delivery.deliver('interactive', viewSubmission(world, user, open));
      try {
        return respond(world.state.views.get(open.id) ?? open, outcome);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return trouble(`${error.code} ${JSON.stringify(error.details)}`);
      }
    },
    async close(view) {
      const open = top(view);
      const clears = open.view.clear_on_close === true;
      const closed = closeModals(world, user, clears ? open.root : open.id);
      for (const each of closed) {
        if (each.view.notify_on_close !== true) continue;
        await world.delivery.deliver('interactive', viewClosed(world, user, each, clears));
      }
    },
  };
}
