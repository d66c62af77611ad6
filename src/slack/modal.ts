import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { MessengerError } from '../core/ports.ts';
import { sorted } from './outbound.ts';

/** The only opener and changer of modals. */
export interface Modals {
  /**
   * Opens a modal, or puts it on top of `onto`, the id of the one the click came from; on a full stack in its place.
   * A trigger lives three seconds and serves once: nothing may come before this call.
   * @returns the id of the open view, empty when Slack does not tell it
   * @throws MessengerError
   */
  open(trigger: string, view: ModalView, onto?: string): Promise<string>;
  /** Replaces a view that is open. One hash conflict is a race with ourselves and is tried again without the hash. */
  update(id: string, view: ModalView, hash?: string): Promise<void>;
}

/** Three modals are open, Slack's limit. */
const full = 'push_limit_reached';

/** Refusals that say nothing about the view: too late, or Slack's own trouble. */
const passing = new Set([
  'expired_trigger_id',
  'exchanged_trigger_id',
  'trigger_expired',
  'trigger_exchanged',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'ratelimited',
  // The modal below was closed meanwhile.
  'not_found',
]);

/** Whether pressing the button again may help. */
export function opensNextTime({ kind, code }: MessengerError): boolean {
  return kind !== 'refused' || passing.has(code);
}

export function createModals(client: WebClient): Modals {
  async function update(id: string, view: ModalView, hash?: string): Promise<void> {
    try {
      await client.views.update({ view_id: id, view, ...(hash ? { hash } : {}) });
    } catch (error) {
      const known = sorted(error);
      if (hash && known.code === 'hash_conflict') return update(id, view);
      throw known;
    }
  }

  return {
    async open(trigger, view, onto) {
      try {
        const opened = await (onto === undefined
          ? client.views.open({ trigger_id: trigger, view })
          : client.views.push({ trigger_id: trigger, view }));
        return opened.view?.id ?? '';
      } catch (error) {
        const known = sorted(error);
        if (onto === undefined || known.code !== full) throw known;
        await update(onto, view);
        return onto;
      }
    },
    update,
  };
}
