import { afterEach, describe, expect, it } from 'vitest';
import type { PersonId } from '../../src/core/ports.ts';
import { startWorkspace, type Workspace } from '../../src/playground/workspace.ts';
import { connect } from '../../src/slack/connect.ts';
import { recordLog } from '../delivery/world.ts';
import { manifest } from './house.ts';

const now = Date.UTC(2026, 10, 23, 9);
const seconds = now / 1_000;

let workspace: Workspace;
afterEach(() => workspace.stop());

async function connected(withheld: readonly string[] = []) {
  workspace = await startWorkspace({ manifest, withheld });
  const { undisturbedUntil } = await connect(
    {
      apiUrl: workspace.apiUrl,
      botToken: workspace.botToken,
      receive: { kind: 'socket', appToken: workspace.appToken },
    },
    recordLog(),
  );
  return (person: string) => undisturbedUntil(person as PersonId, now);
}

describe('do not disturb', () => {
  it.each([
    { what: 'on since an hour', quiet: { from: seconds - 3_600, to: seconds + 7_200 }, until: now + 7_200_000 },
    { what: 'beginning later', quiet: { from: seconds + 60, to: seconds + 7_200 }, until: undefined },
    { what: 'over', quiet: { from: seconds - 7_200, to: seconds - 60 }, until: undefined },
    { what: 'never set', quiet: undefined, until: undefined },
  ])('$what', async ({ quiet, until }) => {
    const undisturbedUntil = await connected();
    const { employee } = workspace.people;
    if (quiet) workspace.setQuiet(employee, quiet);

    expect(await undisturbedUntil(employee)).toBe(until);
  });

  it('is nothing where the app may not know it, and is not asked again', async () => {
    const undisturbedUntil = await connected(['dnd:read']);
    const { employee, lead } = workspace.people;
    workspace.setQuiet(employee, { from: seconds - 3_600, to: seconds + 7_200 });

    const first = await undisturbedUntil(employee);
    const second = await undisturbedUntil(lead);

    expect([first, second]).toEqual([undefined, undefined]);
    expect(workspace.wire.callsOf('dnd.info')).toHaveLength(1);
  });

  it('is nothing when Slack has no time, and is asked again', async () => {
    const undisturbedUntil = await connected();
    const { employee } = workspace.people;
    workspace.setQuiet(employee, { from: seconds - 3_600, to: seconds + 7_200 });
    workspace.faults.api.inject({ kind: 'rate_limited', retryAfterSeconds: 30 }, { only: 'dnd.info', times: 1 });

    const limited = await undisturbedUntil(employee);
    const later = await undisturbedUntil(employee);

    expect([limited, later]).toEqual([undefined, now + 7_200_000]);
  });
});
