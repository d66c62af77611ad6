import type { Clock } from '../core/time.ts';
import type { Fields } from './json.ts';
import { callsPerMinute } from './methods/catalog.ts';

export interface Pace {
  /** Counts a call. Returns 0 when it may go on, else after how many seconds to try again; then it is not counted. */
  take(method: string, args: Fields): number;
}

const minuteMs = 60_000;
// "1 message per second per channel, short bursts allowed" (docs.slack.dev/apis/web-api/rate-limits). How short is not
// said; a minute's worth within any minute is the loosest reading, so nothing that is refused here would pass live.
const perChannel = 60;

/** Counts calls within the last minute, by method, and messages by channel. */
export function createPace(clock: Clock): Pace {
  const counted = new Map<string, number[]>();

  function recent(key: string): number[] {
    const since = clock.now() - minuteMs;
    const times = (counted.get(key) ?? []).filter((at) => at > since);
    counted.set(key, times);
    return times;
  }

  return {
    take(method, args) {
      const limits = [{ key: method, most: callsPerMinute(method) }];
      if (method === 'chat.postMessage') limits.push({ key: `${method} ${String(args.channel)}`, most: perChannel });
      const full = limits
        .map(({ key, most }) => ({ times: recent(key), most }))
        .filter(({ times, most }) => times.length >= most);
      if (full.length === 0) {
        for (const { key } of limits) recent(key).push(clock.now());
        return 0;
      }
      // The oldest call that has to leave the window before there is room.
      const free = Math.max(...full.map(({ times, most }) => (times[times.length - most] ?? 0) + minuteMs));
      return Math.max(1, Math.ceil((free - clock.now()) / 1000));
    },
  };
}
