import { RespondError } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { type Log, MessengerError } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import { isChart } from './block-charts.ts';

/**
 * Keeps charts from costing a message: their block is younger than the others, and a workspace that does not know it refuses
 * everything around it, too. What a chart says is said in words or a table beside it. Views hold no charts (`modal`, `home`).
 */
export interface Charts {
  /**
   * Makes a call that shows the blocks of a message. Where Slack refuses charts it is made once more without them, and for a day
   * they are left out before the call.
   * @throws whatever the last call threw
   */
  within<T>(blocks: readonly KnownBlock[], call: (blocks: KnownBlock[]) => Promise<T>): Promise<T>;
}

// A workspace comes to know a new block some day; one call a day that fails finds out.
const rememberMs = 24 * 60 * 60_000;

const unusable = new Set(['invalid_blocks', 'invalid_blocks_format']);

export function createCharts(clock: Clock, log: Log): Charts {
  let refusedUntil = 0;

  return {
    async within(blocks, call) {
      const plain = blocks.filter((block) => !isChart(block));
      if (plain.length === blocks.length || clock.now() < refusedUntil) return call(plain);
      try {
        return await call([...blocks]);
      } catch (error) {
        if (!isUnusable(error)) throw error;
        const shown = await call(plain);
        // Only now is it known that the charts were at fault; others on their way may have found it out, too.
        if (clock.now() >= refusedUntil) log.warn({}, 'Slack refuses charts here; for a day they are left out');
        refusedUntil = clock.now() + rememberMs;
        return shown;
      }
    },
  };
}

function isUnusable(error: unknown): boolean {
  if (error instanceof MessengerError) return error.kind === 'refused' && unusable.has(error.code);
  // A response URL gives its reason in a body that Bolt does not hand on.
  return error instanceof RespondError && error.statusCode === 400;
}
