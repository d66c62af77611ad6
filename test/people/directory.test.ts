import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { personCollection } from '../../src/people/record.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { open, organizationWith, user, workspace } from './workspace.ts';

const dayMs = 86_400_000;

describe('people from Slack', () => {
  it('are members, guests and leavers, without bots and long-gone accounts', async () => {
    const slack = workspace([
      user('U00000001', { locale: 'zh-CN', zone: 'Asia/Shanghai' }),
      user('U00000002', { guest: true }),
      user('U00000003', { active: false }),
      user('U00000004', { bot: true }),
      user('U00000005', { zone: 'Nowhere/Land' }),
    ]);
    const { directory, get } = await open(slack);

    await directory.refresh();

    expect(get('U00000001')).toEqual({
      id: 'U00000001',
      name: 'Name of U00000001',
      email: 'u00000001@example.com',
      locale: 'zh-CN',
      zone: 'Asia/Shanghai',
      office: 'shanghai',
      active: true,
      guest: false,
      roles: [],
    });
    expect(get('U00000002')).toMatchObject({ active: true, guest: true, office: 'berlin' });
    expect(get('U00000005')?.zone).toBe('UTC');
    expect([...directory.all()].map((person) => person.id)).toEqual(['U00000001', 'U00000002', 'U00000005']);
  });

  it('stay, inactive, when they are deactivated or gone from the list', async () => {
    const slack = workspace(Array.from({ length: 30 }, (_, n) => user(`U000000${10 + n}`)));
    const { directory, get } = await open(slack);
    await directory.refresh();

    slack.members = slack.members.slice(1);
    slack.members[0] = user('U00000011', { active: false });
    await directory.refresh();

    expect([get('U00000010')?.active, get('U00000011')?.active, get('U00000012')?.active]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('stay as they were when Slack fails in the middle of the list', async () => {
    const slack = workspace([user('U00000001'), user('U00000002')]);
    const { directory, get, lines } = await open(slack);
    await directory.refresh();

    slack.members = [user('U00000001', { name: 'New' }), user('U00000002'), user('U00000003')];
    slack.failure = new Error('429');
    await directory.refresh();

    expect(get('U00000001')?.name).toBe('Name of U00000001');
    expect(get('U00000003')).toBeUndefined();
    expect(lines()).toEqual(['The workspace could not be read.']);
  });

  it('are not believed to have left by the dozen', async () => {
    const slack = workspace(Array.from({ length: 20 }, (_, n) => user(`U000000${10 + n}`)));
    const { directory, get, lines } = await open(slack);
    await directory.refresh();

    slack.members = slack.members.slice(3);
    await directory.refresh();
    const refused = lines();
    await directory.refresh({ acceptLoss: true });

    expect(refused).toEqual(['3 of 20 people are missing from the workspace: more than a tenth.']);
    expect(get('U00000010')?.active).toBe(false);
    expect(lines()).toEqual([]);
  });
});

describe('people from the HR file', () => {
  const members = [user('U00000001'), user('U00000002'), user('U00000003')];

  it('have a manager, an office, a unit, an entity and a GitHub login', async () => {
    const file =
      'email,manager,office,unit,entity,github\nU00000001@Example.com,u00000002@EXAMPLE.com,shanghai,payments,de,octo\n';
    const { directory, get, lines } = await open(workspace(members), { file });

    await directory.refresh();

    expect(lines()).toEqual([]);
    expect(get('U00000001')).toMatchObject({
      manager: 'U00000002',
      office: 'shanghai',
      unit: 'payments',
      entity: 'de',
      github: 'octo',
    });
  });

  it('are active from their first to their last day, by the date where they are', async () => {
    const file = 'slack id,start,end\nU00000001,2026-11-23,\nU00000002,,2026-11-22\nU00000003,,2026-11-21\n';
    const { directory, get, clock } = await open(workspace(members), { file });
    const active = () => members.map(({ id }) => get(id)?.active);

    await directory.refresh();
    const before = active();
    await clock.advance(11 * 3_600_000); // 23:00 UTC: the next day has begun in Berlin
    await directory.refresh();

    expect(before).toEqual([false, true, false]);
    expect(active()).toEqual([true, false, false]);
  });

  it.each([
    [
      'a person on two lines',
      'slack id,email,office\nU00000001,,berlin\n,u00000001@example.com,shanghai\n',
      'line 3: The same person is already on line 2, which is used.',
    ],
    [
      'id and e-mail of two people',
      'slack id,email\nU00000001,u00000002@example.com\n',
      'line 2: The Slack id U00000001 and the e-mail u00000002@example.com belong to different people.',
    ],
    [
      'people without Slack',
      'email\nx@example.com\ny@example.com\nz@example.com\nq@example.com\n',
      '4 people of this file are not in the workspace (line 2, line 3, line 4, ...).',
    ],
    [
      'an office that nobody knows',
      'slack id,office\nU00000001,paris\nU00000002,paris\n',
      'office: 2 people have the office paris, which organization.yml does not know.',
    ],
    [
      'a manager who left',
      'slack id,manager,end\nU00000001,U00000002,\nU00000002,,2026-01-01\n',
      'manager: U00000002 is the manager of 1 person, but is not active.',
    ],
    [
      'a circle',
      'slack id,manager\nU00000001,U00000002\nU00000002,U00000001\n',
      'manager: These people manage each other in a circle: u00000001@example.com, u00000002@example.com.',
    ],
  ])('are reported: %s', async (_, file, expected) => {
    const { directory, lines } = await open(workspace(members), { file });

    await directory.refresh();

    expect(lines()).toEqual([expected]);
  });

  it('keep what was known while their line is broken', async () => {
    const { directory, get, writeFile } = await open(workspace(members), {
      file: 'slack id,end\nU00000001,2026-11-01\n',
    });
    await directory.refresh();

    await writeFile('slack id,end\nU00000001,1.11.2026\n');
    await directory.refresh();

    expect(get('U00000001')?.active).toBe(false);
  });

  it('lose what a good file no longer says, but leavers keep their manager', async () => {
    const slack = workspace(members);
    const { directory, get, writeFile } = await open(slack, {
      file: 'slack id,manager,github\nU00000001,U00000003,one\nU00000002,U00000003,two\n',
    });
    await directory.refresh();

    slack.members = [user('U00000001', { active: false }), user('U00000002'), user('U00000003')];
    await writeFile('slack id,manager\nU00000003,\n');
    await directory.refresh();

    expect(get('U00000001')).toMatchObject({ active: false, manager: 'U00000003', github: 'one' });
    expect(get('U00000002')).not.toHaveProperty('github');
  });

  it('are kept when the file loses more than a tenth of them, until somebody confirms', async () => {
    const many = Array.from({ length: 20 }, (_, n) => user(`U000000${10 + n}`));
    const rows = many.map(({ id }) => `${id},payments`);
    const { directory, get, lines, writeFile } = await open(workspace(many), {
      file: ['slack id,unit', ...rows].join('\n'),
    });
    await directory.refresh();

    await writeFile(['slack id,unit', ...rows.slice(2)].join('\n'));
    await directory.refresh();
    const atATenth = [get('U00000010')?.unit, ...lines()];
    await writeFile(['slack id,unit', ...rows.slice(4)].join('\n'));
    await directory.refresh();
    const beyond = [get('U00000012')?.unit, ...lines()];
    await directory.refresh({ acceptLoss: true });

    expect(atATenth).toEqual([undefined]);
    expect(beyond).toEqual(['payments', '2 of 18 people are missing from the file: more than a tenth.']);
    expect([get('U00000012')?.unit, ...lines()]).toEqual([undefined]);
  });

  it('are kept when the file cannot be used', async () => {
    const { directory, get, lines, writeFile } = await open(workspace(members), {
      file: 'slack id,unit\nU00000001,payments\n',
    });
    await directory.refresh();

    await writeFile('slack id,unit\n"U00000001,payments\n');
    await directory.refresh();

    expect(get('U00000001')?.unit).toBe('payments');
    expect(lines()).toEqual([expect.stringContaining('This is not valid CSV')]);
  });

  it('find their data when they join later', async () => {
    const { directory, get } = await open(workspace(members), { file: 'email,unit\nu00000009@example.com,payments\n' });
    await directory.refresh();

    await directory.apply({ kind: 'user_changed', user: user('U00000009') });

    expect(get('U00000009')?.unit).toBe('payments');
  });
});

describe('roles and exceptions', () => {
  const slack = workspace(
    [user('U00000001'), user('U00000002'), user('U00000003', { guest: true }), user('U00000004')],
    [
      { handle: 'ospo', members: ['U00000001', 'U00000003', 'U00000001'] },
      { handle: 'empty', members: [] },
    ],
  );

  it('come from ids, e-mails and user groups; a guest never holds one', async () => {
    const organization = organizationWith({ roles: { ospo: ['@ospo', 'u00000002@example.com'], lead: ['U00000002'] } });
    const { directory, get, lines } = await open(slack, { organization: () => organization });

    await directory.refresh();

    expect(lines()).toEqual([]);
    expect(directory.withRole('ospo').map((person) => person.id)).toEqual(['U00000001', 'U00000002']);
    expect(directory.withRole('@ospo').map((person) => person.id)).toEqual(['U00000001']);
    expect(get('U00000002')?.roles).toEqual(['lead', 'ospo']);
    expect(get('U00000003')?.roles).toEqual([]);
    expect(directory.withRole('unknown')).toEqual([]);
  });

  it('are reported when nobody can hold them', async () => {
    const organization = organizationWith({
      roles: { legal: ['@legal', 'nobody@example.com'], guests: ['U00000003'] },
    });
    const { directory, lines } = await open(slack, { organization: () => organization });

    await directory.refresh();

    expect(lines()).toEqual([
      'roles.legal: @legal is not in the workspace, or has no members.',
      'roles.legal: nobody@example.com is not in the workspace, or has no members.',
      'roles.legal: Nobody holds the role legal.',
      'roles.guests: Nobody holds the role guests.',
    ]);
  });

  it('an exception replaces only what it says', async () => {
    const organization = organizationWith({
      people: [
        { who: 'u00000001@example.com', manager: 'U00000004' },
        { who: 'U00000002', active: false },
        { who: 'stranger@example.com', office: 'berlin' },
        { who: 'U00000001', office: 'shanghai' },
      ],
    });
    const file = 'slack id,manager,unit\nU00000001,U00000002,payments\n';
    const { directory, get, lines } = await open(slack, { organization: () => organization, file });

    await directory.refresh();

    expect(get('U00000001')).toMatchObject({ manager: 'U00000004', unit: 'payments', office: 'berlin' });
    expect(get('U00000002')?.active).toBe(false);
    expect(lines()).toEqual([
      'people.2: stranger@example.com is not in the workspace.',
      'people.3: There are two exceptions for U00000001.',
    ]);
  });

  it('follow a change of the organization file without a new reading', async () => {
    let organization = organizationWith();
    const { directory } = await open(slack, { organization: () => organization });
    await directory.refresh();

    organization = organizationWith({ roles: { lead: ['U00000002'] } });
    await directory.derive();

    expect(directory.withRole('lead').map((person) => person.id)).toEqual(['U00000002']);
  });
});

describe('changes by event', () => {
  it('take effect at once and are stored', async () => {
    const { directory, get, store } = await open(workspace([user('U00000001')]));
    await directory.refresh();

    await directory.apply({ kind: 'user_changed', user: user('U00000001', { name: 'New', active: false }) });
    await directory.apply({ kind: 'user_changed', user: user('U00000002') });
    await directory.apply({ kind: 'user_changed', user: user('U00000003', { active: false }) });
    await directory.apply({ kind: 'user_changed', user: user('U00000004', { bot: true }) });
    await directory.apply({ kind: 'group_changed', group: { handle: 'team', members: ['U00000002', 'U00000009'] } });

    expect(get('U00000001')).toMatchObject({ name: 'New', active: false });
    expect(get('U00000002')?.roles).toEqual(['@team']);
    expect([get('U00000003'), get('U00000004')]).toEqual([undefined, undefined]);
    expect(await store.get(personCollection, 'U00000002')).toMatchObject({ groups: ['team'], version: 2 });
  });

  it('write nothing when nothing that matters changed', async () => {
    const { directory, store } = await open(
      workspace([user('U00000001')], [{ handle: 'team', members: ['U00000001'] }]),
    );
    await directory.refresh();

    await directory.apply({ kind: 'user_changed', user: user('U00000001') });
    await directory.apply({ kind: 'group_changed', group: { handle: 'team', members: ['U00000001'] } });
    await directory.refresh();

    expect((await store.get(personCollection, 'U00000001'))?.version).toBe(1);
  });

  it('are newer than a reading that was under way', async () => {
    const { directory, get } = await open(workspace([user('U00000001')]));

    const reading = directory.refresh();
    const change = directory.apply({ kind: 'user_changed', user: user('U00000001', { name: 'Newer' }) });
    await Promise.all([reading, change]);

    expect(get('U00000001')?.name).toBe('Newer');
  });

  it('take people out of a group that was emptied', async () => {
    const { directory } = await open(workspace([user('U00000001')], [{ handle: 'team', members: ['U00000001'] }]));
    await directory.refresh();

    await directory.apply({ kind: 'group_changed', group: { handle: 'team', members: [] } });

    expect(directory.withRole('@team')).toEqual([]);
  });
});

describe('the stored snapshot', () => {
  it('answers after a restart before Slack does', async () => {
    const organization = organizationWith({ roles: { ospo: ['@ospo'] } });
    const slack = workspace([user('U00000001'), user('U00000002')], [{ handle: 'ospo', members: ['U00000001'] }]);
    const first = await open(slack, {
      organization: () => organization,
      file: 'slack id,manager\nU00000001,U00000002\n',
    });
    await first.directory.refresh();

    const second = await open(workspace([]), { organization: () => organization, store: first.store });

    expect([...second.directory.all()]).toEqual([...first.directory.all()]);
    expect(second.get('U00000001')).toMatchObject({ manager: 'U00000002', roles: ['@ospo', 'ospo'] });
  });

  it('notes since when somebody is gone, and forgets it when they are back', async () => {
    const slack = workspace([user('U00000001')]);
    const { directory, store, clock } = await open(slack);
    await directory.refresh();
    const gone = async () =>
      (await store.list(personCollection, { key: 'gone', order: 'asc', limit: 10 })).docs.map((doc) => doc.goneSince);

    const left = clock.now();
    slack.members = [user('U00000001', { active: false })];
    await directory.apply({ kind: 'user_changed', user: user('U00000001', { active: false }) });
    await clock.advance(dayMs);
    await directory.refresh();
    const whileGone = await gone();
    await directory.apply({ kind: 'user_changed', user: user('U00000001') });

    expect(whileGone).toEqual([left]);
    expect(await gone()).toEqual([]);
  });

  it('is shared: a record that another process wrote meanwhile is written over', async () => {
    const store = createMemoryStore([personCollection]);
    const one = await open(workspace([user('U00000001')]), { store });
    const two = await open(workspace([user('U00000001')]), { store });
    await one.directory.refresh();

    await two.directory.refresh();
    await one.directory.apply({ kind: 'user_changed', user: user('U00000001', { name: 'New' }) });

    expect(await store.get(personCollection, 'U00000001')).toMatchObject({ slack: { name: 'New' }, version: 3 });
  });

  it('and memory stay as they were when the store refuses', async () => {
    const inner = createMemoryStore([personCollection]);
    let isFull = false;
    const store: Store = {
      ...inner,
      commit: (ops) => (isFull ? Promise.reject(new Error('full')) : inner.commit(ops)),
    };
    const { directory, get } = await open(workspace([user('U00000001')]), { store });
    await directory.refresh();

    isFull = true;
    const change = directory.apply({ kind: 'user_changed', user: user('U00000001', { name: 'New' }) });
    await expect(change).rejects.toThrow('full');
    const during = get('U00000001')?.name;
    isFull = false;
    await directory.apply({ kind: 'user_changed', user: user('U00000001', { name: 'New' }) });

    expect(during).toBe('Name of U00000001');
    expect(get('U00000001')?.name).toBe('New');
  });
});
