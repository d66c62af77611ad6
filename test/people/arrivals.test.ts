import { describe, expect, it } from 'vitest';
import { open, user, workspace } from './workspace.ts';

const dayMs = 86_400_000;
const known = [user('U00000001'), user('U00000002')];
const fresh = user('U00000003');

describe('since when somebody is here', () => {
  it('is not known of those who were here before the bot', async () => {
    const { directory } = await open(workspace(known));

    await directory.refresh();

    expect([...directory.all()].map(({ since }) => since)).toEqual([undefined, undefined]);
  });

  it('is when Slack told of them, and stays that', async () => {
    const slack = workspace(known);
    const { directory, get, clock } = await open(slack);
    await directory.refresh();
    const joined = clock.now();
    await directory.apply({ kind: 'user_changed', user: fresh });
    slack.members = [...known, fresh];
    await clock.advance(dayMs);

    await directory.refresh();

    expect(get('U00000003')?.since).toBe(joined);
  });

  it('is the next reading for those who came while the bot was down', async () => {
    const before = await open(workspace(known));
    await before.directory.refresh();
    const after = await open(workspace([...known, fresh]), { store: before.store });
    await after.clock.advance(3 * dayMs);

    await after.directory.refresh();

    expect(after.get('U00000003')?.since).toBe(after.clock.now());
    expect(after.get('U00000001')?.since).toBeUndefined();
  });

  it('begins again for whoever comes back', async () => {
    const slack = workspace(known);
    const { directory, get, clock } = await open(slack);
    await directory.refresh();
    await directory.apply({ kind: 'user_changed', user: user('U00000002', { active: false }) });
    await clock.advance(100 * dayMs);

    await directory.apply({ kind: 'user_changed', user: user('U00000002') });

    expect(get('U00000002')?.since).toBe(clock.now());
  });

  it('is not told of everybody when the first reading comes after the first event', async () => {
    const { directory } = await open(workspace([...known, fresh]));
    await directory.apply({ kind: 'user_changed', user: user('U00000001') });

    await directory.refresh();

    expect([...directory.all()].flatMap(({ since }) => since ?? [])).toEqual([]);
  });
});
