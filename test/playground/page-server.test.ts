import { afterEach, beforeEach, expect, it } from 'vitest';
import { movableClock, systemClock } from '../../src/core/time.ts';
import type { BotProcess } from '../../src/playground/bot-process.ts';
import { createRoutes } from '../../src/playground/bridge.ts';
import { createControls } from '../../src/playground/controls.ts';
import { type PageServer, startPageServer } from '../../src/playground/page-server.ts';
import type { Act, Snapshot } from '../../src/playground/protocol.ts';
import { createReading } from '../../src/playground/reading.ts';
import { startWorkspace, type Workspace } from '../../src/playground/workspace.ts';
import { manifest } from '../flows/bot.ts';

/** Nobody answers here: what the page does without the app. */
const absent: BotProcess = {
  running: () => false,
  start: async () => undefined,
  kill: async () => undefined,
  request: async () => {
    throw new Error('the bot does not run');
  },
  log: () => ['a line'],
};

let workspace: Workspace;
let server: PageServer;

beforeEach(async () => {
  const clock = movableClock(systemClock.now(), true);
  workspace = await startWorkspace({ manifest, clock });
  const routes = createRoutes({
    workspace,
    bot: absent,
    controls: createControls(workspace, absent, clock),
    reading: createReading(),
    clock,
    manifest,
    changed: () => undefined,
  });
  const bundle = { script: '', style: '' };
  const { fileFor, onChange } = workspace;
  server = await startPageServer({ bundle, routes, file: (id, person) => fileFor(person, id), onChange, port: 0 });
});

afterEach(async () => {
  await server.stop();
  await workspace.stop();
});

async function look(as: string): Promise<Snapshot> {
  const response = await fetch(`${server.url}api/snapshot?as=${as}`);
  return (await response.json()) as Snapshot;
}

async function act(as: string, deed: Act['deed']): Promise<unknown> {
  const body = JSON.stringify({ as, deed });
  const headers = { 'content-type': 'application/json' };
  return (await fetch(`${server.url}api/act`, { method: 'POST', headers, body })).json();
}

it('shows what others wrote as unread until it is read', async () => {
  const { people, channels } = workspace;
  await act(people.employee, { kind: 'say', channel: channels.general, text: 'a < b' });

  const before = await look(people.lead);
  const general = before.conversations.find(({ id }) => id === channels.general);
  await act(people.lead, { kind: 'read', channel: channels.general, to: general?.messages.at(-1)?.ts ?? '' });
  const after = await look(people.lead);

  expect(general).toMatchObject({ unread: 1, ringing: 0 });
  expect(general?.messages).toMatchObject([{ user: people.employee, text: 'a &lt; b', bot: false }]);
  expect(after.conversations.find(({ id }) => id === channels.general)?.unread).toBe(0);
});

it('keeps a file with a message and hands it out to be saved', async () => {
  const { people, channels } = workspace;
  const content = Buffer.from('<script>').toString('base64');
  const files = [{ name: 'a.html', mimetype: 'text/html', content }];
  await act(people.employee, { kind: 'say', channel: channels.general, text: '', files });
  const [file] = workspace.messages(channels.general)[0]?.files ?? [];

  const response = await fetch(`${server.url}files/${file?.id}?as=${people.employee}`);
  const strange = await fetch(`${server.url}files/${file?.id}`);

  expect(await response.text()).toBe('<script>');
  expect(response.headers.get('content-disposition')).toBe('attachment');
  expect(strange.status).toBe(404);
});

it.each<[string, Act['deed'], unknown]>([
  ['a command', { kind: 'slash', command: '/ospo', text: 'help', channel: 'C0GENERAL' }, { kind: 'trouble' }],
  ['a shortcut', { kind: 'shortcut', id: 'ask_global' }, { kind: 'trouble' }],
  [
    'a message elsewhere',
    { kind: 'say', channel: 'C0LEGAL', text: 'hello' },
    { kind: 'refused', why: 'U0EMPLOYEE is not in legal: nothing can be written there' },
  ],
  ['a closed view', { kind: 'submit', view: 'V1' }, { kind: 'trouble' }],
  [
    'a message that is gone',
    { kind: 'remove', channel: 'C0GENERAL', ts: '1' },
    { kind: 'refused', why: 'This message is gone.' },
  ],
])('tells what became of %s when nobody answers', async (_, deed, expected) => {
  const result = await act(workspace.people.employee, deed);

  expect(result).toEqual(expected);
});

it('moves the clock and switches faults', async () => {
  const headers = { 'content-type': 'application/json' };
  const post = (body: object) =>
    fetch(`${server.url}api/control`, { method: 'POST', headers, body: JSON.stringify(body) });
  const before = await look(workspace.people.employee);

  const advanced = await (await post({ kind: 'advance', by: 'hour' })).json();
  await post({ kind: 'fault', fault: 'slow', on: true });
  const after = await look(workspace.people.employee);

  expect(advanced).toEqual({ ms: 3_600_000, said: false });
  expect(after.now - before.now).toBeGreaterThanOrEqual(3_600_000);
  expect(after.faults).toEqual({ slow: true, limited: false });
});

it.each([
  ['another site posts', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' }, 403],
  ['a body is no JSON', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' }, 400],
  [
    'a deed is unknown',
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"as":"U0LEAD","deed":{}}' },
    400,
  ],
])('refuses when %s', async (_, init, status) => {
  const response = await fetch(`${server.url}api/act`, init);

  expect(response.status).toBe(status);
});

it('tells of changes', async () => {
  const stream = await fetch(`${server.url}api/changes`);
  const reader = stream.body?.getReader();
  const decoder = new TextDecoder();
  const first = await reader?.read();

  workspace.as(workspace.people.employee).say(workspace.channels.general, 'hello');
  const second = await reader?.read();
  await reader?.cancel();

  expect(decoder.decode(first?.value)).toContain('open');
  expect(decoder.decode(second?.value)).toContain('changed');
});
