import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { PersonId } from '../core/ports.ts';

/** Slack answers 1 for "never". https://docs.slack.dev/reference/methods/dnd.info */
const Info = z.object({
  dnd_enabled: z.boolean(),
  next_dnd_start_ts: z.number(),
  next_dnd_end_ts: z.number(),
  snooze_enabled: z.boolean().optional(),
  snooze_endtime: z.number().optional(),
});

/**
 * Until when somebody has turned Do Not Disturb on (ms). Undefined where it is off, where the app was not given `dnd:read`, and
 * when Slack does not answer at once: then Slack itself holds back the sound.
 */
export function createDoNotDisturb(client: WebClient): (person: PersonId, now: number) => Promise<number | undefined> {
  // A scope is granted by installing the app again, and then the process starts anew.
  let isGranted = true;
  return async (person, now) => {
    if (!isGranted) return undefined;
    try {
      return endOf(Info.parse(await client.dnd.info({ user: person })), now);
    } catch (error) {
      if (error instanceof WebAPIPlatformError && error.data.error === 'missing_scope') isGranted = false;
      return undefined;
    }
  };
}

function endOf(info: z.infer<typeof Info>, now: number): number | undefined {
  const snoozed = info.snooze_enabled ? (info.snooze_endtime ?? 0) * 1_000 : 0;
  if (snoozed > now) return snoozed;
  const isQuiet = info.dnd_enabled && info.next_dnd_start_ts * 1_000 <= now;
  const end = info.next_dnd_end_ts * 1_000;
  return isQuiet && end > now ? end : undefined;
}
