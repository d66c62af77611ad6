import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { MessengerError } from '../core/ports.ts';
import { sorted } from './outbound.ts';

/** The only opener and changer of modals. */
export interface Modals {
  /** Opens a modal, or pushes onto the one the click came from. A trigger lives three seconds and serves once: nothing may come before this call. */
  open(trigger: string, view: ModalView, onto?: 'stack'): Promise<void>;
  /** Replaces a view that is open. One hash conflict is a race with ourselves and is tried again without the hash. */
  update(id: string, view: ModalView, hash?: string): Promise<void>;
}

/** Slack's limit for the stack of open modals; a fourth is shown in place of the third. */
const full = 'push_limit_reached';

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
        await (onto === 'stack'
          ? client.views.push({ trigger_id: trigger, view })
          : client.views.open({ trigger_id: trigger, view }));
      } catch (error) {
        const known = sorted(error);
        if (known.code === full) throw new MessengerError('refused', full, 0, error);
        throw known;
      }
    },
    update,
  };
}
