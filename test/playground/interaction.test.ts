import type { App } from '@slack/bolt';
import type { KnownBlock, ModalView, PlainTextElement } from '@slack/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/time.ts';
import { channels, people } from '../../src/playground/seed.ts';
import { startWorkspace, type Workspace } from '../../src/playground/workspace.ts';
import { boltApp, type Mode, type RunningApp } from './app.ts';
import { manifest } from './manifest.ts';

const plain = (text: string): PlainTextElement => ({ type: 'plain_text', text });
const section = (text: string): KnownBlock => ({ type: 'section', text: plain(text) });

const buttons: KnownBlock = {
  type: 'actions',
  block_id: 'decide',
  elements: [
    { type: 'button', action_id: 'decide', text: plain('Approve'), value: 'yes' },
    { type: 'button', action_id: 'decide_no', text: plain('Reject'), value: 'no' },
  ],
};

const form: ModalView = {
  type: 'modal',
  callback_id: 'form',
  title: plain('A form'),
  submit: plain('Send'),
  private_metadata: 'draft-1',
  blocks: [
    { type: 'input', block_id: 'name', label: plain('Name'), element: { type: 'plain_text_input', action_id: 'text' } },
    {
      type: 'input',
      block_id: 'kind',
      label: plain('Kind'),
      dispatch_action: true,
      optional: true,
      element: {
        type: 'static_select',
        action_id: 'pick',
        options: [
          { text: plain('Project'), value: 'project' },
          { text: plain('Patch'), value: 'patch' },
        ],
      },
    },
    {
      type: 'input',
      block_id: 'license',
      label: plain('License'),
      optional: true,
      element: { type: 'external_select', action_id: 'license', min_query_length: 2 },
    },
  ],
};

function note(title: string): ModalView {
  return { type: 'modal', callback_id: 'note', title: plain(title), blocks: [section(title)] };
}

let workspace: Workspace;
let running: RunningApp;
let app: App;

async function start(mode: Mode): Promise<void> {
  workspace = await startWorkspace({ manifest, timing: { ackWithinMs: 1000, retryAfterMs: [20, 20, 20] } });
  running = await boltApp(workspace, mode);
  app = running.app;
}

afterEach(async () => {
  await running.stop();
  await workspace.stop();
});

describe.each<Mode>(['Socket Mode', 'HTTP'])('a Bolt app over %s', (mode) => {
  beforeEach(() => start(mode));

  it('answers a command in the ack, to the one who gave it', async () => {
    app.command('/ospo', async ({ ack, command }) => ack(`heard ${command.text} in ${command.channel_name}`));
    await running.start();

    const outcome = await workspace.as(people.lead).slash('/ospo', 'a & b', channels.ospo);

    expect(outcome.kind).toBe('acked');
    expect(workspace.ephemerals(people.lead).map(workspace.plain)).toEqual(['heard a & b in ospo']);
    expect(workspace.messages(channels.ospo)).toEqual([]);
  });

  it('opens a form, shows its errors, and closes it', async () => {
    const submitted: unknown[] = [];
    app.shortcut('new_request', async ({ ack, shortcut, client }) => {
      await client.views.open({ trigger_id: shortcut.trigger_id, view: form });
      await ack();
    });
    app.view('form', async ({ ack, view }) => {
      submitted.push([view.private_metadata, view.state.values]);
      const short = (view.state.values.name?.text?.value ?? '').length < 3;
      await ack(short ? { response_action: 'errors', errors: { name: 'Too short.' } } : undefined);
    });
    await running.start();
    const person = workspace.as(people.employee);
    await person.globalShortcut('new_request');

    const empty = await person.submit();
    const short = await person.submit({ name: 'ab' });
    const closed = await person.submit({ name: 'abc' });

    expect(empty).toEqual({ kind: 'errors', byClient: true, errors: { name: 'Please complete this required field.' } });
    expect(short).toEqual({ kind: 'errors', byClient: false, errors: { name: 'Too short.' } });
    expect(closed).toEqual({ kind: 'closed' });
    expect(workspace.openViews(people.employee)).toEqual([]);
    expect(submitted.at(-1)).toEqual([
      'draft-1',
      {
        name: { text: { type: 'plain_text_input', value: 'abc' } },
        kind: { pick: { type: 'static_select', selected_option: null } },
        license: { license: { type: 'external_select', selected_option: null } },
      },
    ]);
  });

  it.each(['update', 'push', 'clear'] as const)('follows the response action %s', async (action) => {
    app.shortcut('new_request', async ({ ack, shortcut, client }) => {
      await client.views.open({ trigger_id: shortcut.trigger_id, view: form });
      await ack();
    });
    app.view('form', async ({ ack }) =>
      ack(action === 'clear' ? { response_action: 'clear' } : { response_action: action, view: note('Next') }),
    );
    await running.start();
    const person = workspace.as(people.employee);
    await person.globalShortcut('new_request');

    const result = await person.submit({ name: 'abc' });

    const titles = workspace.openViews(people.employee).map(workspace.plain);
    expect(result.kind).toBe(action);
    expect(titles).toHaveLength({ update: 1, push: 2, clear: 0 }[action]);
    expect(titles.at(-1) ?? 'nothing').toMatch(action === 'clear' ? 'nothing' : /^Next/);
  });

  it('tells the app what was chosen, and keeps what was entered when the form is updated', async () => {
    app.shortcut('new_request', async ({ ack, shortcut, client }) => {
      await ack();
      await client.views.open({ trigger_id: shortcut.trigger_id, view: form });
    });
    app.action('pick', async ({ ack, body, client }) => {
      await ack();
      if (body.type !== 'block_actions' || !body.view) return;
      const blocks = [...form.blocks, section('More about patches')];
      await client.views.update({ view_id: body.view.id, hash: body.view.hash, view: { ...form, blocks } });
    });
    await running.start();
    const person = workspace.as(people.employee);
    await person.globalShortcut('new_request');
    const view = await workspace.waitFor(() => workspace.openViews(people.employee)[0]);

    const silent = await person.select(view, 'name', 'abc');
    const told = await person.select(view, 'pick', 'Patch');
    const updated = await workspace.waitFor(() =>
      workspace.openViews(people.employee).find((open) => workspace.plain(open).includes('More about patches')),
    );

    expect(silent).toBeUndefined();
    expect(told?.kind).toBe('acked');
    expect(updated.inputs.get('name')?.get('text')).toEqual({ type: 'plain_text_input', value: 'abc' });
    expect(updated.inputs.get('kind')?.get('pick')).toMatchObject({ selected_option: { value: 'patch' } });
  });

  it('offers options while a person types, and takes the chosen one', async () => {
    app.shortcut('new_request', async ({ ack, shortcut, client }) => {
      await client.views.open({ trigger_id: shortcut.trigger_id, view: form });
      await ack();
    });
    app.options('license', async ({ ack, options }) =>
      ack({ options: [{ text: plain(`${options.value}-2.0`), value: `${options.value}-2.0` }] }),
    );
    const chosen: unknown[] = [];
    app.view('form', async ({ ack, view }) => {
      chosen.push(view.state.values.license?.license?.selected_option?.value);
      await ack();
    });
    await running.start();
    const person = workspace.as(people.employee);
    await person.globalShortcut('new_request');
    const view = await workspace.waitFor(() => workspace.openViews(people.employee)[0]);

    const tooEarly = await person.type(view, 'license', 'A');
    const offered = await person.type(view, 'license', 'Apache');
    await person.submit({ name: 'abc', license: offered[0] ?? null });

    expect(tooEarly).toEqual([]);
    expect(offered).toEqual([{ text: plain('Apache-2.0'), value: 'Apache-2.0' }]);
    expect(chosen).toEqual(['Apache-2.0']);
  });

  it('lets a button replace its message through the response URL', async () => {
    const bodies: object[] = [];
    app.action(/^decide/, async ({ ack, body, respond }) => {
      await ack();
      bodies.push(body);
      await respond({ replace_original: true, text: 'Decided', blocks: [section('Decided')] });
    });
    await running.start();
    await app.client.chat.postMessage({ channel: channels.ospo, text: 'Please decide', blocks: [buttons] });
    const [card] = workspace.messages(channels.ospo);

    const outcome = card && (await workspace.as(people.lead).click(card, 'decide_no'));
    await workspace.waitFor(
      () => workspace.plain(workspace.messages(channels.ospo)[0] ?? ({ text: '', blocks: [] } as never)) === 'Decided',
    );

    expect(outcome).toMatchObject({ kind: 'acked' });
    expect(bodies).toMatchObject([
      {
        type: 'block_actions',
        user: { id: people.lead },
        channel: { id: channels.ospo, name: 'ospo' },
        container: { type: 'message', message_ts: card?.ts, is_ephemeral: false },
        message: { ts: card?.ts, text: 'Please decide' },
        actions: [{ type: 'button', action_id: 'decide_no', block_id: 'decide', value: 'no' }],
        trigger_id: expect.stringContaining('.'),
      },
    ]);
  });

  it('brings shortcuts on messages, thumbs, and the Home tab', async () => {
    const heard: unknown[] = [];
    app.shortcut('ask_message', async ({ ack, shortcut }) => {
      await ack();
      heard.push(shortcut.type === 'message_action' && shortcut.message.text);
    });
    app.action('thumbs', async ({ ack, action }) => {
      await ack();
      heard.push(action.type === 'feedback_buttons' && action.value);
    });
    app.event('app_home_opened', async ({ event, client }) => {
      heard.push(event.tab);
      await client.views.publish({
        user_id: event.user,
        view: { type: 'home', blocks: [section('Welcome'), buttons] },
      });
    });
    app.action('decide', async ({ ack, body }) => {
      await ack();
      heard.push(body.type === 'block_actions' && body.view?.type);
    });
    await running.start();
    const thumbs: KnownBlock = {
      type: 'context_actions',
      elements: [
        {
          type: 'feedback_buttons',
          action_id: 'thumbs',
          positive_button: { text: plain('Good'), value: 'up' },
          negative_button: { text: plain('Bad'), value: 'down' },
        },
      ],
    };
    await app.client.chat.postMessage({
      channel: people.employee,
      text: 'An answer',
      blocks: [section('An answer'), thumbs],
    });
    const person = workspace.as(people.employee);
    const [answer] = workspace.conversation(people.employee);

    if (answer) await person.messageShortcut('ask_message', answer);
    if (answer) await person.feedback(answer, 'negative');
    person.openHome();
    const home = await workspace.waitFor(() => workspace.home(people.employee));
    await person.click(home, 'decide');

    expect(heard).toEqual(['An answer', 'down', 'home', 'home']);
    expect(workspace.plain(home)).toBe('Welcome\nApprove\nReject');
  });

  it('delivers an event again until it is acked, and tells how often', async () => {
    const retries: unknown[] = [];
    const process = app.processEvent.bind(app);
    app.processEvent = async (event) => {
      retries.push([event.retryNum ?? 0, event.retryReason ?? '']);
      if (retries.length < 3) throw new Error('not stored');
      await process(event);
    };
    await running.start();

    workspace.as(people.employee).dm('hello');
    await workspace.settled({ withinMs: 8000 });

    const reason = mode === 'HTTP' ? 'http_error' : 'timeout';
    expect(retries).toEqual([
      [0, ''],
      [1, reason],
      [2, reason],
    ]);
  });
});

describe('what Slack refuses while people act', () => {
  beforeEach(() => start('Socket Mode'));

  async function triggerOf(): Promise<string> {
    const triggers: string[] = [];
    app.shortcut('new_request', async ({ ack, shortcut }) => {
      triggers.push(shortcut.trigger_id);
      await ack();
    });
    await running.start();
    await workspace.as(people.employee).globalShortcut('new_request');
    return triggers[0] ?? '';
  }

  const refused = (call: Promise<unknown>) =>
    call.then(
      () => 'ok',
      (error: { data?: { error?: string } }) => error.data?.error,
    );

  it('takes a trigger once', async () => {
    const trigger_id = await triggerOf();

    const first = await refused(app.client.views.open({ trigger_id, view: form }));
    const second = await refused(app.client.views.open({ trigger_id, view: form }));

    expect([first, second]).toEqual(['ok', 'exchanged_trigger_id']);
  });

  it('takes a trigger for three seconds', async () => {
    const trigger_id = await triggerOf();

    await systemClock.sleep(3050);
    const late = await refused(app.client.views.open({ trigger_id, view: form }));

    expect(late).toBe('expired_trigger_id');
  });

  it('pushes only from inside a modal', async () => {
    const trigger_id = await triggerOf();

    const pushed = await refused(app.client.views.push({ trigger_id, view: form }));

    expect(pushed).toBe('not_found');
  });

  it('stacks three modals and no more', async () => {
    const results: unknown[] = [];
    const next: ModalView = { ...note('Next'), blocks: [buttons] };
    app.action('decide', async ({ ack, body, client }) => {
      await ack();
      if (body.type === 'block_actions')
        results.push(await refused(client.views.push({ trigger_id: body.trigger_id, view: next })));
    });
    const trigger_id = await triggerOf();
    await app.client.views.open({ trigger_id, view: next });

    for (let pushes = 1; pushes <= 3; pushes += 1) {
      const top = workspace.openViews(people.employee).at(-1);
      if (top) await workspace.as(people.employee).click(top, 'decide');
      await workspace.waitFor(() => results.length === pushes);
    }

    expect(results).toEqual(['ok', 'ok', 'push_limit_reached']);
    expect(workspace.openViews(people.employee)).toHaveLength(3);
  });

  it('refuses an update with an old hash, a second external id, and a view that was closed', async () => {
    const trigger_id = await triggerOf();
    const { view } = await app.client.views.open({ trigger_id, view: { ...form, external_id: 'one' } });
    const view_id = view?.id ?? '';
    const hash = view?.hash ?? '';
    await app.client.views.update({ view_id, hash, view: { ...form, external_id: 'one' } });

    const old = await refused(app.client.views.update({ view_id, hash, view: form }));
    const byExternalId = await refused(app.client.views.update({ external_id: 'one', view: form }));
    await workspace.as(people.employee).close();
    const closed = await refused(app.client.views.update({ view_id, view: form }));

    expect([old, byExternalId, closed]).toEqual(['hash_conflict', 'ok', 'not_found']);
  });

  it.each([
    ['errors for no input block', { response_action: 'errors', errors: { nowhere: 'Wrong.' } }],
    ['a broken view', { response_action: 'update', view: { ...form, title: plain('x'.repeat(25)) } }],
  ])('shows trouble for %s, and says so', async (_, response) => {
    app.view('form', async ({ ack }) => ack(response as never));
    const trigger_id = await triggerOf();
    await app.client.views.open({ trigger_id, view: form });

    const result = await workspace.as(people.employee).submit({ name: 'abc' });

    expect(result.kind).toBe('trouble');
    expect(workspace.complaints).toHaveLength(1);
  });

  it('shows trouble when nobody acks, and does not deliver a click again', async () => {
    await running.start();
    await app.client.chat.postMessage({ channel: channels.ospo, text: 'x', blocks: [buttons] });
    const [card] = workspace.messages(channels.ospo);

    const outcome = card && (await workspace.as(people.lead).click(card, 'decide'));

    expect(outcome).toEqual({ kind: 'timeout' });
    expect(workspace.wire.envelopes.filter(({ type }) => type === 'interactive')).toMatchObject([
      { sent: [expect.any(Number)] },
    ]);
  });

  it('tells the app about closed forms that want it', async () => {
    const closed: unknown[] = [];
    app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, body }) => {
      closed.push(body.type === 'view_closed' && body.is_cleared);
      await ack();
    });
    const trigger_id = await triggerOf();
    await app.client.views.open({ trigger_id, view: { ...form, notify_on_close: true } });

    await workspace.as(people.employee).close();

    expect(closed).toEqual([false]);
  });
});
