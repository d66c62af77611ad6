import { expect, it } from 'vitest';
import type { AnnouncementText, Known } from '../../src/announcements/announcement.ts';
import { announcementMessage } from '../../src/announcements/views.ts';
import type { PersonId } from '../../src/core/ports.ts';

const by = 'U1' as PersonId;

it('a text that goes to thousands is read once, however many it goes to', () => {
  const first = blocksOf('Update **today**.\n\n- Look where you use it.');
  const others = Array.from({ length: 20 }, (_, n) => blocksOf(`Another text, ${n}.`));
  const again = blocksOf('Another text, 19.');

  // The very same blocks, not merely equal ones.
  expect(again?.[1]).toBe(others.at(-1)?.[1]);
  expect(again?.[1]).not.toBe(others.at(-2)?.[1]);
  expect(blocksOf('Update **today**.\n\n- Look where you use it.')).toEqual(first);
});

function blocksOf(body: string) {
  const text: AnnouncementText = {
    announcement: 'A-1',
    edition: 1,
    words: { en: { title: 'A new rule', body } },
    links: [],
    ask: false,
    at: 0,
    by,
  };
  const shown = {
    announcement,
    text,
    confirm: false,
    reading: undefined,
    surface: 'person',
    request: undefined,
  } as const;
  const look = { reader: { locale: 'en', zone: 'UTC' }, now: 0, name: () => 'somebody', kind: () => 'Policy' } as const;
  return announcementMessage(shown, look)?.blocks;
}

const announcement: Known = {
  id: 'A-1',
  kind: 'policy-change',
  author: by,
  titles: { en: 'A new rule' },
  audience: { everybody: true, channels: [], roles: [], offices: [], units: [], doings: [], callChannel: false },
  revision: 1,
  edition: 1,
  confirmFrom: 1,
  state: 'sending',
  since: 0,
  wakeAt: null,
  events: [{ kind: 'begun', at: 0, by }],
};
