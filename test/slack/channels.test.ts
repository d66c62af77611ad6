import { afterEach, describe, expect, it } from 'vitest';
import type { Channels } from '../../src/core/announcing.ts';
import { type MovableClock, movableClock } from '../../src/core/time.ts';
import type { NewPerson } from '../../src/playground/seed.ts';
import { startWorkspace, type Workspace } from '../../src/playground/workspace.ts';
import { createChannels } from '../../src/slack/channels.ts';
import { connect } from '../../src/slack/connect.ts';
import { recordLog } from '../delivery/world.ts';
import { manifest } from './house.ts';

const minute = 60_000;
let workspace: Workspace;
afterEach(() => workspace.stop());

async function connected(
  withheld: readonly string[] = [],
  morePeople: readonly NewPerson[] = [],
): Promise<{ readonly channels: Channels; readonly clock: MovableClock }> {
  workspace = await startWorkspace({ manifest, withheld, morePeople });
  const { clients } = await connect(
    {
      apiUrl: workspace.apiUrl,
      botToken: workspace.botToken,
      receive: { kind: 'socket', appToken: workspace.appToken },
    },
    recordLog(),
  );
  const clock = movableClock(Date.UTC(2026, 10, 23, 9), true);
  return { channels: createChannels(clients.background, clock, recordLog()), clock };
}

const calls = () => workspace.wire.callsOf('conversations.members').length;

describe('who is in a channel', () => {
  it('is read page by page', async () => {
    const members = Array.from({ length: 2_500 }, (_, n) => `U1MEMBER${n}`);
    const { channels } = await connected(
      [],
      members.map((id) => ({ id, realName: id })),
    );
    const big = workspace.addChannel({ name: 'big', members: [workspace.botUserId, ...members] });

    const found = await channels.members([big], minute);

    expect(found.get(big)).toEqual(new Set([workspace.botUserId, ...members]));
    expect(calls()).toBe(3);
  });

  it('is not told of channels that the bot may not look into', async () => {
    const { channels } = await connected(['groups:read']);
    const { ospo, legal } = workspace.channels;

    const found = await channels.members([ospo, legal, 'C0NOWHERE'], minute);

    expect([...found.keys()]).toEqual([ospo]);
    expect(found.get(ospo)).toContain(workspace.people.lead);
  });

  it('is known for five minutes, and what Slack did not say is asked again', async () => {
    const { channels, clock } = await connected();
    const { ospo } = workspace.channels;
    workspace.faults.api.inject(
      { kind: 'error', error: 'internal_error' },
      { only: 'conversations.members', times: 1 },
    );

    const failed = await channels.members([ospo], minute);
    const first = await channels.members([ospo], minute);
    await channels.members([ospo], minute);
    const asked = calls();
    await clock.advance(5 * minute);
    workspace.kick(ospo, workspace.people.legal);
    const later = await channels.members([ospo], minute);

    expect(failed.size).toBe(0);
    expect(asked).toBe(2);
    expect(first.get(ospo)).toContain(workspace.people.legal);
    expect(later.get(ospo)).not.toContain(workspace.people.legal);
  });

  it('is left out when Slack takes too long, and is there the next time', async () => {
    const { channels } = await connected();
    const { ospo } = workspace.channels;
    workspace.faults.api.inject(
      { kind: 'rate_limited', retryAfterSeconds: 1 },
      { only: 'conversations.members', times: 1 },
    );

    const soon = await channels.members([ospo], 100);
    const next = await channels.members([ospo], minute);

    expect(soon.size).toBe(0);
    expect(next.get(ospo)).toContain(workspace.people.lead);
  });

  it('is asked of a hundred channels at most', async () => {
    const { channels } = await connected();
    const all = Array.from({ length: 101 }, (_, n) =>
      workspace.addChannel({ name: `team-${n}`, members: [workspace.botUserId] }),
    );

    const found = await channels.members(all, minute);

    expect([found.size, found.has(all[100] ?? '')]).toEqual([100, false]);
  });
});
