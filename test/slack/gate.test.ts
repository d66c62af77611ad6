import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UserError } from '../../src/core/errors.ts';
import { randomId } from '../../src/core/ids.ts';
import { type PersonId, put, type Rendered } from '../../src/core/ports.ts';
import type { Commanded, Effect, IncomingAction, IncomingCommand, IncomingView, Submitted } from '../../src/feature.ts';
import type { Actor, Workspace } from '../../src/playground/workspace.ts';
import { actions, button, input, message, modal, section, textInput } from '../../src/slack/blocks.ts';
import { claim } from '../../src/slack/seen.ts';
import { type House, type Mode, openHouse } from './house.ts';
import { keep, letters } from './letters.ts';

const secret = 'the acquisition of Initech is confidential';
const mistake = { en: 'There is no such license.', 'zh-CN': '没有这个许可证。' };
const note = (text: string): Rendered => message({ text, blocks: [section(text)] });
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 60));

const Referring = z.object({ reference: z.string() });
const Options = z.object({ options: z.array(z.object({ text: z.object({ text: z.string() }), value: z.string() })) });

/** Resolves when told to. */
function latch(): { readonly open: () => void; readonly opened: Promise<void> } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
}

describe.each<Mode>(['Socket Mode', 'HTTP'])('the gate over %s', (mode) => {
  let house: House;
  let workspace: Workspace;
  let employee: PersonId;
  let shanghai: PersonId;
  beforeAll(async () => {
    house = await openHouse(mode);
    ({ workspace } = house);
    employee = workspace.people.employee as PersonId;
    shanghai = workspace.people.shanghai as PersonId;
    registerHandlers();
  });
  afterAll(() => house.stop());
  beforeEach(() => house.clock.advance(2_000));
  afterEach(async () => {
    while (workspace.openViews(employee).length > 0) await workspace.as(employee).close();
    house.refuse(undefined);
    workspace.faults.clear();
    expect(workspace.complaints).toEqual([]);
  });

  // Handlers are found by name at the moment of the click: each test says what its handler does.
  let command: (c: IncomingCommand) => Promise<Commanded>;
  let act: (a: IncomingAction) => Promise<Effect>;
  let submit: (view: IncomingView) => Promise<Submitted>;
  const commands: { readonly words: string; readonly text: string }[] = [];

  const form = (callback: string) =>
    modal({
      callback,
      title: 'A form',
      submit: 'Send',
      close: 'Close',
      metadata: 'draft',
      blocks: [
        input({ blockId: 'name', label: 'Name', optional: true, element: textInput({ id: 'text' }) }),
        actions([
          button({ id: 'deeper', text: 'Deeper', value: callback }),
          button({ id: 'act', text: 'Act', value: 'in form' }),
        ]),
      ],
    });

  function registerHandlers(): void {
    const { gate } = house;
    for (const words of ['', 'license', 'license show', 'secret words']) {
      gate.command(words, async (c) => {
        commands.push({ words, text: c.text });
        return command(c);
      });
    }
    gate.action('act', (a) => act(a));
    gate.opens('open', () => ({ view: form('form'), effect: { ops: [keep(`opened-${randomId()}`)] } }));
    gate.opens('open.nothing', () => undefined);
    gate.opens('open.read', () => ({
      view: form('loading'),
      effect: async () => ({
        ops: [keep(`read-${(await house.letters()).length}`)],
        reply: { kind: 'view', view: form('read') },
      }),
    }));
    gate.opens('deeper', ({ value }) => ({ view: form(`${value}+`) }));
    gate.shortcut('ask_global', () => form('form'), { action: 'open', value: '' });
    gate.submit('form', ({ view }) => submit(view));
    gate.options('pick', (typed, _person, action) =>
      Array.from({ length: 250 }, (_, n) => ({
        text: `${typed} ${n} ${'long '.repeat(30)}`,
        value: `${n} of ${action}`,
      })),
    );
  }

  /** The last message that only the person sees. */
  const lastEphemeral = (person: string) => {
    const last = workspace.ephemerals(person).at(-1);
    return last && workspace.plain(last);
  };

  async function opened(person: string, press: Promise<unknown>, depth = 1): Promise<void> {
    await press;
    await workspace.waitFor(() => workspace.openViews(person).length === depth, { what: 'a modal' });
  }

  describe('a command', () => {
    beforeEach(() => {
      commands.length = 0;
      command = async ({ text }) => ({ answer: note(`heard ${text}`) });
    });

    it.each([
      ['license show MIT', 'license show', 'MIT'],
      ['license shows MIT', 'license', 'shows MIT'],
      ['license', 'license', ''],
      ['  License SHOW   MIT and more ', 'license show', 'MIT and more'],
      ['license  show MIT', 'license show', 'MIT'],
      ['licenses of ours', '', 'licenses of ours'],
      ['what is a license', '', 'what is a license'],
      ['', '', ''],
    ])('%j goes to %j', async (typed, words, text) => {
      await workspace.as(employee).slash('/ospo', typed);

      expect(commands).toEqual([{ words, text }]);
      expect(lastEphemeral(employee)).toContain(`heard ${text}`.trim());
    });

    it('is answered in its ack, after its effect is stored', async () => {
      command = async () => ({ ops: [keep('by-command')], answer: note('stored') });

      await workspace.as(employee).slash('/ospo', 'x');

      expect(await house.letters()).toContain('by-command');
      expect(lastEphemeral(employee)).toContain('stored');
    });

    it.each([
      ['a mistake, in the language of the person', shanghaiAsks, mistake['zh-CN']],
      ['a mistake', employeeAsks, mistake.en],
    ])('that fails says so in its ack: %s', async (_, ask, words) => {
      command = async () => {
        throw new UserError(mistake);
      };

      const said = await ask();

      expect(said).toContain(words);
    });

    it('that meets a bug gives a reference, and nothing typed is logged', async () => {
      const before = house.log.lines.length;
      command = async () => {
        throw new Error('a bug');
      };

      await workspace.as(employee).slash('/ospo', `secret words ${secret}`);
      const lines = house.log.lines.slice(before);

      expect(lines).toMatchObject([{ level: 'error', fields: { command: 'secret words' } }]);
      expect(lastEphemeral(employee)).toContain(Referring.parse(lines[0]?.fields).reference);
      expect(JSON.stringify(lines)).not.toContain(secret);
    });

    it('that cannot be stored says so, not that it was done', async () => {
      command = async () => ({ ops: [keep('never')], answer: note('done') });
      house.refuse(new Error('the disk is full'));

      await workspace.as(employee).slash('/ospo', 'x');

      expect(lastEphemeral(employee)).toContain('Something went wrong on our side');
      expect(await house.letters()).not.toContain('never');
    });

    async function employeeAsks() {
      await workspace.as(employee).slash('/ospo', 'x');
      return lastEphemeral(employee);
    }
    async function shanghaiAsks() {
      await workspace.as(shanghai).slash('/ospo', 'x');
      return lastEphemeral(shanghai);
    }
  });

  describe('a click', () => {
    it('is acked before anything runs, and knows where it was made', async () => {
      const done = latch();
      let got: IncomingAction | undefined;
      act = async (a) => {
        got = a;
        await done.opened;
        return { ops: [keep('after-the-ack')] };
      };
      const posted = await house.postButton({ channel: workspace.channels.ospo }, 'act', 'the value');

      const outcome = await workspace.as(workspace.people.lead).click(posted, 'act');
      const before = await house.letters();
      done.open();
      await house.gate.drain(1_000);

      expect(outcome.kind).toBe('acked');
      expect(before).not.toContain('after-the-ack');
      expect(await house.letters()).toContain('after-the-ack');
      expect(got).toMatchObject({
        person: workspace.people.lead,
        action: 'act',
        value: 'the value',
        message: { channel: posted.channel, ts: posted.ts, ephemeral: false },
      });
    });

    it('delivered twice is carried out once, and nobody is told', async () => {
      let runs = 0;
      act = async () => {
        runs += 1;
        return { ops: [keep(`twice-${runs}`)] };
      };
      const posted = await house.postButton({ person: employee }, 'act');
      const messages = workspace.conversation(employee).length;

      workspace.faults.delivery.inject({ kind: 'duplicate' }, { only: 'interactive', times: 1 });
      await workspace.as(employee).click(posted, 'act');
      await house.gate.drain(1_000);
      await aMoment();

      expect((await house.letters()).filter((id) => id.startsWith('twice'))).toHaveLength(1);
      expect(workspace.conversation(employee)).toHaveLength(messages);
    });

    it('pressed twice is carried out twice: the handler knows versions, the gate knows clicks', async () => {
      let runs = 0;
      act = async () => {
        runs += 1;
        return { ops: [keep(`pressed-${runs}`)] };
      };
      const posted = await house.postButton({ person: employee }, 'act');

      await workspace.as(employee).click(posted, 'act');
      await workspace.as(employee).click(posted, 'act');
      await house.gate.drain(1_000);

      expect((await house.letters()).filter((id) => id.startsWith('pressed'))).toHaveLength(2);
    });

    it('changes the message that it was made on', async () => {
      act = async () => ({ reply: { kind: 'replace', rendered: note('changed') } });
      const posted = await house.postButton({ person: employee }, 'act');

      await workspace.as(employee).click(posted, 'act');
      await workspace.waitFor(() => workspace.conversation(employee).some(({ text }) => text === 'changed'));

      expect(workspace.conversation(employee).find(({ ts }) => ts === posted.ts)?.text).toBe('changed');
    });

    it('that was carried out is not called a failure when the message cannot be changed any more', async () => {
      act = async () => ({ ops: [keep('kept-all-the-same')], reply: { kind: 'replace', rendered: note('changed') } });
      const posted = await house.postButton({ person: employee }, 'act');
      const done = latch();
      const direct = act;
      act = async (a) => {
        await done.opened;
        return direct(a);
      };
      await workspace.as(employee).click(posted, 'act');
      const messages = workspace.conversation(employee).length;

      // A response URL serves for half an hour.
      await house.clock.advance(31 * 60_000);
      done.open();
      await house.gate.drain(2_000);
      await aMoment();

      expect(await house.letters()).toContain('kept-all-the-same');
      expect(workspace.conversation(employee)).toHaveLength(messages);
    });

    it.each([
      ['a mistake is explained', new UserError(mistake), mistake.en],
      ['a bug gives a reference', new Error('a bug'), 'Something went wrong on our side'],
    ])('that fails is explained in the conversation: %s', async (_, error, words) => {
      act = async () => {
        throw error;
      };
      const posted = await house.postButton({ person: employee }, 'act', secret);
      const lines = house.log.lines.length;

      await workspace.as(employee).click(posted, 'act');
      const told = await workspace.nextDirectMessage(employee, { after: posted });

      expect(workspace.plain(told)).toContain(words);
      expect(JSON.stringify(house.log.lines.slice(lines))).not.toContain(secret);
    });

    it('decides anew when somebody else changed what it read', async () => {
      await house.store.commit([keep('shared')]);
      const versions = [3, 2, 1];
      act = async () => ({ ops: [put(letters, 'shared', { text: 'changed' }, versions.shift() ?? 0)] });
      const posted = await house.postButton({ person: employee }, 'act');

      await workspace.as(employee).click(posted, 'act');
      await house.gate.drain(1_000);

      expect(await house.store.get(letters, 'shared')).toMatchObject({ text: 'changed', version: 2 });
    });
  });

  describe('a modal', () => {
    it('opens from a message, and its effect is stored once it is open', async () => {
      const posted = await house.postButton({ person: employee }, 'open');

      await opened(employee, workspace.as(employee).click(posted, 'open'));
      await house.gate.drain(1_000);

      expect((await house.letters()).some((id) => id.startsWith('opened'))).toBe(true);
    });

    it('opens on top of the one it was opened from, three high; a fourth replaces the third', async () => {
      const actor = workspace.as(employee);
      const posted = await house.postButton({ person: employee }, 'open');
      await opened(employee, actor.click(posted, 'open'));

      for (const depth of [2, 3]) {
        const top = workspace.openViews(employee).at(-1);
        if (top) await opened(employee, actor.click(top, 'deeper'), depth);
      }
      const third = workspace.openViews(employee).at(-1);
      if (third) await actor.click(third, 'deeper');
      await workspace.waitFor(() => workspace.openViews(employee).at(-1)?.view.callback_id === 'form+++');

      expect(workspace.openViews(employee).map(({ view }) => view.callback_id)).toEqual(['form', 'form+', 'form+++']);
    });

    it('that Slack did not open is explained, and its effect does not happen', async () => {
      const before = (await house.letters()).length;
      const posted = await house.postButton({ person: employee }, 'open');
      workspace.faults.api.inject({ kind: 'error', error: 'expired_trigger_id' }, { only: 'views.open', times: 1 });

      await workspace.as(employee).click(posted, 'open');
      const told = await workspace.nextDirectMessage(employee, { after: posted });

      expect(workspace.plain(told)).toContain('Slack did not open the form in time.');
      expect(await house.letters()).toHaveLength(before);
    });

    it.each([
      [
        'button',
        async (actor: Actor) => actor.click(await house.postButton({ person: employee }, 'open', 'x'), 'open'),
      ],
      ['shortcut', (actor: Actor) => actor.globalShortcut('ask_global')],
      [
        'command',
        (actor: Actor) => {
          command = async () => ({ view: form('typed'), again: { action: 'open', value: 'y' } });
          return actor.slash('/ospo', 'something');
        },
      ],
    ])('that Slack did not open from a %s can be opened from what the person is told', async (_, press) => {
      const actor = workspace.as(employee);
      workspace.faults.api.inject({ kind: 'error', error: 'expired_trigger_id' }, { only: 'views.open', times: 1 });

      await press(actor);
      const told = await workspace.waitFor(() =>
        workspace.conversation(employee).findLast((one) => workspace.plain(one).includes('Open it again')),
      );
      await opened(employee, actor.click(told, 'open'));

      expect(workspace.openViews(employee)[0]?.view.callback_id).toBe('form');
    });

    it('opens at once, and what had to be read takes its place', async () => {
      const posted = await house.postButton({ person: employee }, 'open.read');

      await opened(employee, workspace.as(employee).click(posted, 'open.read'));
      await workspace.waitFor(() => workspace.openViews(employee)[0]?.view.callback_id === 'read');

      expect(workspace.openViews(employee)).toHaveLength(1);
      expect((await house.letters()).some((id) => id.startsWith('read-'))).toBe(true);
    });

    it('opens from a command', async () => {
      command = async () => ({ view: form('typed') });

      await opened(employee, workspace.as(employee).slash('/ospo', 'something'));

      expect(workspace.openViews(employee)[0]?.view.callback_id).toBe('typed');
    });

    it('leaves a Home drawn anew behind', async () => {
      const posted = await house.postButton({ person: employee }, 'act');
      act = async ({ person }) => ({ reply: { kind: 'home', person } });

      await workspace.as(employee).click(posted, 'act');
      await workspace.waitFor(() => house.drawn.length > 0);

      expect(house.drawn).toEqual([employee]);
    });

    it('that Slack refuses for what is in it is a bug: pressing again would not help', async () => {
      const posted = await house.postButton({ person: employee }, 'open');
      workspace.faults.api.inject({ kind: 'error', error: 'invalid_arguments' }, { only: 'views.open', times: 1 });

      await workspace.as(employee).click(posted, 'open');
      const told = await workspace.nextDirectMessage(employee, { after: posted });

      expect(workspace.plain(told)).toContain('Something went wrong on our side');
    });

    it('need not open', async () => {
      const calls = workspace.wire.calls.length;
      const posted = await house.postButton({ person: employee }, 'open.nothing');

      const outcome = await workspace.as(employee).click(posted, 'open.nothing');
      await house.gate.drain(1_000);

      expect(outcome.kind).toBe('acked');
      expect(workspace.wire.calls.length - calls).toBe(1);
    });

    it('changes by a click in it', async () => {
      const actor = workspace.as(employee);
      act = async () => ({ reply: { kind: 'view', view: form('changed') } });
      await opened(employee, actor.globalShortcut('ask_global'));
      const [view] = workspace.openViews(employee);

      if (view) await actor.click(view, 'act');
      await workspace.waitFor(() => workspace.openViews(employee)[0]?.view.callback_id === 'changed');

      expect(workspace.openViews(employee)).toHaveLength(1);
    });

    it('shows what was clicked last, however long the clicks before it take', async () => {
      const actor = workspace.as(employee);
      const slow = latch();
      const clicks = ['first', 'second', 'third'];
      act = async () => {
        const callback = clicks.shift() ?? '';
        if (callback === 'first') await slow.opened;
        return { reply: { kind: 'view', view: form(callback) } };
      };
      await opened(employee, actor.globalShortcut('ask_global'));
      const [view] = workspace.openViews(employee);

      if (view) for (let click = 0; click < 3; click += 1) await actor.click(view, 'act');
      await aMoment();
      slow.open();
      await workspace.waitFor(() => workspace.openViews(employee)[0]?.view.callback_id === 'third');
      await house.gate.drain(2_000);

      expect(workspace.openViews(employee)[0]?.view.callback_id).toBe('third');
    });

    it('that was closed meanwhile changes nothing, and that is no failure', async () => {
      const actor = workspace.as(employee);
      const done = latch();
      act = async () => {
        await done.opened;
        return { ops: [keep('though-closed')], reply: { kind: 'view', view: form('changed') } };
      };
      await opened(employee, actor.globalShortcut('ask_global'));
      const [view] = workspace.openViews(employee);
      const messages = workspace.conversation(employee).length;

      if (view) await actor.click(view, 'act');
      await actor.close();
      done.open();
      await house.gate.drain(2_000);
      await aMoment();

      expect(await house.letters()).toContain('though-closed');
      expect(workspace.conversation(employee)).toHaveLength(messages);
    });
  });

  describe('a submission', () => {
    beforeEach(() => opened(employee, workspace.as(employee).globalShortcut('ask_global')));

    it('brings what was entered and what the form carries', async () => {
      let got: IncomingView | undefined;
      submit = async (view) => {
        got = view;
        return {};
      };

      const submitted = await workspace.as(employee).submit({ text: 'Mei' });

      expect(submitted.kind).toBe('closed');
      expect(got).toMatchObject({ callback: 'form', metadata: 'draft', values: { name: { text: 'Mei' } } });
    });

    it('shows mistakes beside the fields, and commits nothing', async () => {
      submit = async () => ({ errors: { name: 'Write your name.' } });

      const submitted = await workspace.as(employee).submit({ text: 'x' });

      expect(submitted).toMatchObject({ kind: 'errors', byClient: false, errors: { name: 'Write your name.' } });
    });

    it('is stored before the form closes', async () => {
      submit = async () => ({ ops: [keep('submitted')] });

      const submitted = await workspace.as(employee).submit();

      expect(submitted.kind).toBe('closed');
      expect(await house.letters()).toContain('submitted');
    });

    it('changes the form', async () => {
      submit = async () => ({ view: form('next') });

      const submitted = await workspace.as(employee).submit();

      expect(submitted).toMatchObject({ kind: 'update', view: { view: { callback_id: 'next' } } });
    });

    it.each([
      ['a mistake', new UserError(mistake), mistake.en],
      ['a bug', new Error('a bug'), 'Something went wrong on our side'],
    ])('that fails says why, and what was entered is still there: %s', async (_, error, words) => {
      submit = async () => {
        throw error;
      };

      const submitted = await workspace.as(employee).submit({ text: secret });
      const [below, top] = workspace.openViews(employee);

      expect(submitted.kind).toBe('push');
      expect(top && workspace.plain(top)).toContain(words);
      expect(JSON.stringify(below && [...below.inputs].map(([, row]) => [...row]))).toContain(secret);
    });

    it('that was stored already closes the form like the first', async () => {
      submit = async () => ({ ops: [claim('submit:draft', 1)] });
      await workspace.as(employee).submit();
      await opened(employee, workspace.as(employee).globalShortcut('ask_global'));
      const lines = house.log.lines.length;

      const again = await workspace.as(employee).submit();

      expect(again.kind).toBe('closed');
      expect(house.log.lines).toHaveLength(lines);
    });
  });

  describe('type-ahead', () => {
    it('offers at most a hundred choices, each short enough for Slack', async () => {
      const answer = await house.hand({
        type: 'block_suggestion',
        user: { id: employee },
        team: { id: 'T1' },
        action_id: 'pick:1',
        block_id: 'b',
        value: 'gpl',
        view: { id: 'V1', type: 'modal' },
        container: { type: 'view', view_id: 'V1' },
      });
      const { options } = Options.parse(answer?.ack);

      expect(options).toHaveLength(100);
      expect(options[0]?.text.text).toMatch(/^gpl 0 /);
      expect(options[0]?.value).toBe('0 of pick:1');
      expect(Math.max(...options.map((option) => option.text.text.length))).toBeLessThanOrEqual(75);
    });
  });

  describe('what nobody knows is acked all the same', () => {
    const who = { user: { id: 'U0EMPLOYEE' }, team: { id: 'T1' }, trigger_id: 't' };
    const view = { id: 'V1', type: 'modal', callback_id: 'gone', private_metadata: '', blocks: [] };

    it.each([
      [
        'a button',
        {
          type: 'block_actions',
          ...who,
          actions: [{ type: 'button', action_id: 'gone', action_ts: '1.1' }],
          view,
          container: { type: 'view' },
        },
      ],
      ['a submission', { type: 'view_submission', ...who, view }],
      ['a closed view', { type: 'view_closed', ...who, view, is_cleared: false }],
      ['a global shortcut', { type: 'shortcut', ...who, callback_id: 'gone' }],
      [
        'a message shortcut',
        { type: 'message_action', ...who, callback_id: 'gone', channel: { id: 'C1' }, message: { ts: '1.1' } },
      ],
      [
        'a type-ahead',
        {
          type: 'block_suggestion',
          ...who,
          action_id: 'gone',
          block_id: 'b',
          value: 'x',
          view,
          container: { type: 'view' },
        },
      ],
      ['an event', { type: 'event_callback', team_id: 'T1', event_id: 'EvGone', event: { type: 'emoji_changed' } }],
    ])('%s', async (_, payload) => {
      const calls = workspace.wire.calls.length;

      const acked = await house.hand(payload);

      expect(acked).toBeDefined();
      expect(workspace.wire.calls).toHaveLength(calls);
    });
  });

  describe('events', () => {
    let wants: string[] = [];
    let done: Promise<void>;
    beforeAll(() => {
      house.gate.event('message', {
        wants: () => true,
        async run({ event }) {
          wants.push(String(event.text));
          await done;
          return { ops: [keep(`event-${event.ts}`)] };
        },
      });
    });
    beforeEach(() => {
      wants = [];
      done = Promise.resolve();
    });

    it('are not acked when they cannot be stored; Slack delivers again, and they run once', async () => {
      house.refuse(new Error('the disk is full'));
      workspace.as(employee).dm('hello');
      await workspace.waitFor(() => (workspace.wire.envelopes.at(-1)?.sent.length ?? 0) > 1);
      const unacked = workspace.wire.envelopes.at(-1)?.ackedAt;
      house.refuse(undefined);
      await workspace.settled();
      const { gaveUp } = workspace.wire.envelopes.at(-1) ?? {};
      const envelope = workspace.wire.envelopes.at(-1);
      if (envelope && gaveUp) await workspace.redeliver(envelope);
      await house.gate.drain(1_000);

      expect(unacked).toBeUndefined();
      expect(wants).toEqual(['hello']);
    });

    it('are as late as Slack says when it delivers them again', async () => {
      house.refuse(new Error('the disk is full'));
      workspace.as(employee).dm('hello');
      await workspace.settled();
      const envelope = workspace.wire.envelopes.at(-1);
      house.refuse(undefined);
      await house.clock.advance(61 * 60_000);
      if (envelope) await workspace.redeliver(envelope);
      await house.gate.drain(1_000);

      expect(envelope?.ackedAt).toBeDefined();
      expect(wants).toEqual([]);
      expect(house.log.lines).toContainEqual(
        expect.objectContaining({ message: 'an event was over an hour late and is dropped' }),
      );
    });

    it('are drained: a stop waits for what is under way, but not longer than it may', async () => {
      const open = latch();
      done = open.opened;
      const { ts } = workspace.as(employee).dm('slow');
      await workspace.waitFor(() => wants.length === 1);

      await house.gate.drain(30);
      const early = await house.letters();
      open.open();
      await house.gate.drain(5_000);

      expect(early).not.toContain(`event-${ts}`);
      expect(await house.letters()).toContain(`event-${ts}`);
    });

    it('that only refresh something are acked first, and may fail', async () => {
      house.gate.glance('app_home_opened', async () => {
        throw new Error('a bug');
      });

      workspace.as(employee).openHome();
      await workspace.settled();

      expect(workspace.wire.envelopes.at(-1)?.gaveUp).toBeUndefined();
      expect(workspace.wire.envelopes.at(-1)?.sent).toHaveLength(1);
      expect(house.log.lines.at(-1)).toMatchObject({ level: 'warn', fields: { type: 'app_home_opened' } });
    });
  });
});

describe('registering', () => {
  it('refuses two handlers of one name', async () => {
    const house = await openHouse('Socket Mode');
    house.gate.action('twice', async () => ({}));

    const again = () => house.gate.action('twice', async () => ({}));

    expect(again).toThrow('two handlers for the action "twice"');
    await house.stop();
  });
});
