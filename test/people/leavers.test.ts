import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { personCollection } from '../../src/people/record.ts';
import { open, user, workspace } from './workspace.ts';

const dayMs = 86_400_000;
const here = user('U00000001');
const leaver = user('U00000002', { active: false });

const isStored = async (store: Store) => (await store.get(personCollection, leaver.id)) !== undefined;

/** A workspace that somebody has just left. */
async function left() {
  const slack = workspace([here, user(leaver.id)]);
  const opened = await open(slack);
  await opened.directory.refresh();
  slack.members = [here, leaver];
  await opened.directory.refresh();
  return { ...opened, slack };
}

describe('whoever has left', () => {
  it('is kept for a year, so that what they decided shows a name', async () => {
    const { directory, get, store, clock } = await left();

    await clock.advance(364 * dayMs);
    await directory.refresh();

    expect(get(leaver.id)).toMatchObject({ active: false, name: leaver.name });
    expect(await isStored(store)).toBe(true);
  });

  it('is forgotten then, and not taken in again although Slack still lists them', async () => {
    const { directory, get, store, clock } = await left();
    await clock.advance(365 * dayMs);

    await directory.refresh();
    await directory.refresh();

    expect(get(leaver.id)).toBeUndefined();
    expect(await isStored(store)).toBe(false);
    expect(get(here.id)?.active).toBe(true);
  });

  it('is forgotten by a bot that was down when the year was over', async () => {
    const { slack, store, clock } = await left();
    const after = await open(slack, { store });
    await after.clock.advance(clock.now() - after.clock.now() + 400 * dayMs);

    await after.directory.refresh();

    expect(await isStored(store)).toBe(false);
  });

  it('is somebody new when they come back later', async () => {
    const { directory, get, slack, clock } = await left();
    await clock.advance(365 * dayMs);
    await directory.refresh();
    slack.members = [here, user(leaver.id)];

    await directory.refresh();

    expect(get(leaver.id)).toMatchObject({ active: true, since: clock.now() });
  });

  it('stays as long as Slack has them, whatever the HR file says', async () => {
    const slack = workspace([here, user(leaver.id)]);
    const file = `email,end\n${here.email},\n${leaver.email},2026-01-01\n`;
    const { directory, get, clock } = await open(slack, { file });
    await directory.refresh();

    await clock.advance(800 * dayMs);
    await directory.refresh();

    expect(get(leaver.id)).toMatchObject({ active: false });
  });
});
