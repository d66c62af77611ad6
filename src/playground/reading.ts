import type { Message } from './state.ts';

/** Up to where each person has read each conversation: the latest timestamp seen. */
export interface Reading {
  readTo(person: string, channel: string): string;
  markRead(person: string, channel: string, to: string): void;
}

export function createReading(): Reading {
  const marks = new Map<string, string>();
  const key = (person: string, channel: string) => `${person}/${channel}`;
  return {
    readTo: (person, channel) => marks.get(key(person, channel)) ?? '0',
    markRead(person, channel, to) {
      const before = marks.get(key(person, channel)) ?? '0';
      if (Number(to) > Number(before)) marks.set(key(person, channel), to);
    },
  };
}

/** Messages by others after the mark; replies count where the person takes part in the thread. */
export function unreadOf(messages: readonly Message[], person: string, readTo: string): readonly Message[] {
  const mine = new Set(
    messages.filter(({ user }) => user === person).flatMap(({ ts, thread }) => (thread ? [ts, thread] : [ts])),
  );
  return messages.filter(
    ({ ts, user, thread, broadcast }) =>
      user !== person && Number(ts) > Number(readTo) && (!thread || broadcast === true || mine.has(thread)),
  );
}
