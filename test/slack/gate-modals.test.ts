import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UserError } from '../../src/core/errors.ts';
import type { PersonId } from '../../src/core/ports.ts';
import type { IncomingView } from '../../src/feature.ts';
import type { Actor, Workspace } from '../../src/playground/workspace.ts';
import { claim } from '../../src/slack/seen.ts';
import { aMoment, form, type Gated, latch, mistake, opened, openGate, secret, tidy } from './gated.ts';
import type { House, Mode } from './house.ts';
import { keep } from './letters.ts';

const Options = z.object({ options: z.array(z.object({ text: z.object({ text: z.string() }), value: z.string() })) });

describe.each<Mode>(['Socket Mode', 'HTTP'])('modals over %s', (mode) => {
  let gated: Gated;
  let house: House;
  let on: Gated['on'];
  let workspace: Workspace;
  let employee: PersonId;
  beforeAll(async () => {
    gated = await openGate(mode);
    ({ house, on, employee } = gated);
    ({ workspace } = house);
  });
  afterAll(() => house.stop());
  beforeEach(() => house.clock.advance(2_000));
  afterEach(async () => expect(await tidy(gated)).toEqual([]));

  describe('a modal', () => {
    it('opens from a message, and its effect is stored once it is open', async () => {
      const posted = await house.postButton({ person: employee }, 'open');

      await opened(workspace, employee, workspace.as(employee).click(posted, 'open'));
      await house.gate.drain(1_000);

      expect((await house.letters()).some((id) => id.startsWith('opened'))).toBe(true);
    });

    it('opens on top of the one it was opened from, three high; a fourth replaces the third', async () => {
      const actor = workspace.as(employee);
      const posted = await house.postButton({ person: employee }, 'open');
      await opened(workspace, employee, actor.click(posted, 'open'));

      for (const depth of [2, 3]) {
        const top = workspace.openViews(employee).at(-1);
        if (top) await opened(workspace, employee, actor.click(top, 'deeper'), depth);
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
          on.command = async () => ({ view: form('typed'), again: { action: 'open', value: 'y' } });
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
      await opened(workspace, employee, actor.click(told, 'open'));

      expect(workspace.openViews(employee)[0]?.view.callback_id).toBe('form');
    });

    it('opens at once, and what had to be read takes its place', async () => {
      const posted = await house.postButton({ person: employee }, 'open.read');

      await opened(workspace, employee, workspace.as(employee).click(posted, 'open.read'));
      await workspace.waitFor(() => workspace.openViews(employee)[0]?.view.callback_id === 'read');

      expect(workspace.openViews(employee)).toHaveLength(1);
      expect((await house.letters()).some((id) => id.startsWith('read-'))).toBe(true);
    });

    it('opens from a command', async () => {
      on.command = async () => ({ view: form('typed') });

      await opened(workspace, employee, workspace.as(employee).slash('/ospo', 'something'));

      expect(workspace.openViews(employee)[0]?.view.callback_id).toBe('typed');
    });

    it('leaves a Home drawn anew behind', async () => {
      const posted = await house.postButton({ person: employee }, 'act');
      on.act = async ({ person }) => ({ reply: { kind: 'home', person } });

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
      on.act = async () => ({ reply: { kind: 'view', view: form('changed') } });
      await opened(workspace, employee, actor.globalShortcut('ask_global'));
      const [view] = workspace.openViews(employee);

      if (view) await actor.click(view, 'act');
      await workspace.waitFor(() => workspace.openViews(employee)[0]?.view.callback_id === 'changed');

      expect(workspace.openViews(employee)).toHaveLength(1);
    });

    it('shows what was clicked last, however long the clicks before it take', async () => {
      const actor = workspace.as(employee);
      const slow = latch();
      const clicks = ['first', 'second', 'third'];
      on.act = async () => {
        const callback = clicks.shift() ?? '';
        if (callback === 'first') await slow.opened;
        return { reply: { kind: 'view', view: form(callback) } };
      };
      await opened(workspace, employee, actor.globalShortcut('ask_global'));
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
      on.act = async () => {
        await done.opened;
        return { ops: [keep('though-closed')], reply: { kind: 'view', view: form('changed') } };
      };
      await opened(workspace, employee, actor.globalShortcut('ask_global'));
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
    beforeEach(() => opened(workspace, employee, workspace.as(employee).globalShortcut('ask_global')));

    it('brings what was entered and what the form carries', async () => {
      let got: IncomingView | undefined;
      on.submit = async (view) => {
        got = view;
        return {};
      };

      const submitted = await workspace.as(employee).submit({ text: 'Mei' });

      expect(submitted.kind).toBe('closed');
      expect(got).toMatchObject({ callback: 'form', metadata: 'draft', values: { name: { text: 'Mei' } } });
    });

    it('shows mistakes beside the fields, and commits nothing', async () => {
      on.submit = async () => ({ errors: { name: 'Write your name.' } });

      const submitted = await workspace.as(employee).submit({ text: 'x' });

      expect(submitted).toMatchObject({ kind: 'errors', byClient: false, errors: { name: 'Write your name.' } });
    });

    it('is stored before the form closes', async () => {
      on.submit = async () => ({ ops: [keep('submitted')] });

      const submitted = await workspace.as(employee).submit();

      expect(submitted.kind).toBe('closed');
      expect(await house.letters()).toContain('submitted');
    });

    it('changes the form', async () => {
      on.submit = async () => ({ view: form('next') });

      const submitted = await workspace.as(employee).submit();

      expect(submitted).toMatchObject({ kind: 'update', view: { view: { callback_id: 'next' } } });
    });

    it.each([
      ['a mistake', new UserError(mistake), mistake.en],
      ['a bug', new Error('a bug'), 'Something went wrong on our side'],
    ])('that fails says why, and what was entered is still there: %s', async (_, error, words) => {
      on.submit = async () => {
        throw error;
      };

      const submitted = await workspace.as(employee).submit({ text: secret });
      const [below, top] = workspace.openViews(employee);

      expect(submitted.kind).toBe('push');
      expect(top && workspace.plain(top)).toContain(words);
      expect(JSON.stringify(below && [...below.inputs].map(([, row]) => [...row]))).toContain(secret);
    });

    it('that was stored already closes the form like the first', async () => {
      on.submit = async () => ({ ops: [claim('submit:draft', 1)] });
      await workspace.as(employee).submit();
      await opened(workspace, employee, workspace.as(employee).globalShortcut('ask_global'));
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
});
