import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UserError } from '../../src/core/errors.ts';
import { type PersonId, put } from '../../src/core/ports.ts';
import type { IncomingAction } from '../../src/feature.ts';
import type { Workspace } from '../../src/playground/workspace.ts';
import { aMoment, type Gated, lastEphemeral, latch, mistake, note, openGate, secret, tidy } from './gated.ts';
import { type House, type Mode, openHouse } from './house.ts';
import { keep, letters } from './letters.ts';

const Referring = z.object({ reference: z.string() });

describe.each<Mode>(['Socket Mode', 'HTTP'])('the gate over %s', (mode) => {
  let gated: Gated;
  let house: House;
  let on: Gated['on'];
  let workspace: Workspace;
  let employee: PersonId;
  let shanghai: PersonId;
  beforeAll(async () => {
    gated = await openGate(mode);
    ({ house, on, employee, shanghai } = gated);
    ({ workspace } = house);
  });
  afterAll(() => house.stop());
  beforeEach(() => house.clock.advance(2_000));
  afterEach(async () => expect(await tidy(gated)).toEqual([]));

  describe('a command', () => {
    beforeEach(() => {
      on.commands.length = 0;
      on.command = async ({ text }) => ({ answer: note(`heard ${text}`) });
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

      expect(on.commands).toEqual([{ words, text }]);
      expect(lastEphemeral(workspace, employee)).toContain(`heard ${text}`.trim());
    });

    it('is answered in its ack, after its effect is stored', async () => {
      on.command = async () => ({ ops: [keep('by-command')], answer: note('stored') });

      await workspace.as(employee).slash('/ospo', 'x');

      expect(await house.letters()).toContain('by-command');
      expect(lastEphemeral(workspace, employee)).toContain('stored');
    });

    it.each([
      ['a mistake, in the language of the person', shanghaiAsks, mistake['zh-CN']],
      ['a mistake', employeeAsks, mistake.en],
    ])('that fails says so in its ack: %s', async (_, ask, words) => {
      on.command = async () => {
        throw new UserError(mistake);
      };

      const said = await ask();

      expect(said).toContain(words);
    });

    it('that meets a bug gives a reference, and nothing typed is logged', async () => {
      const before = house.log.lines.length;
      on.command = async () => {
        throw new Error('a bug');
      };

      await workspace.as(employee).slash('/ospo', `secret words ${secret}`);
      const lines = house.log.lines.slice(before);

      expect(lines).toMatchObject([{ level: 'error', fields: { command: 'secret words' } }]);
      expect(lastEphemeral(workspace, employee)).toContain(Referring.parse(lines[0]?.fields).reference);
      expect(JSON.stringify(lines)).not.toContain(secret);
    });

    it('that cannot be stored says so, not that it was done', async () => {
      on.command = async () => ({ ops: [keep('never')], answer: note('done') });
      house.refuse(new Error('the disk is full'));

      await workspace.as(employee).slash('/ospo', 'x');

      expect(lastEphemeral(workspace, employee)).toContain('Something went wrong on our side');
      expect(await house.letters()).not.toContain('never');
    });

    it('is carried out by a button too, below the message it was pressed on', async () => {
      on.command = async ({ text }) => ({ ops: [keep('by-button')], answer: note(`heard ${text}`) });
      const card = await house.postButton({ person: employee }, 'command', 'license show MIT');

      await workspace.as(employee).click(card, 'command');
      await workspace.waitFor(() => lastEphemeral(workspace, employee) === 'heard MIT', { what: 'the answer' });

      expect(on.commands).toEqual([{ words: 'license show', text: 'MIT' }]);
      expect(await house.letters()).toContain('by-button');
      expect(workspace.messages(card.channel)).toContainEqual(card);
    });

    it('of a button that fails says so to whoever pressed it', async () => {
      on.command = async () => {
        throw new UserError(mistake);
      };
      const card = await house.postButton({ person: employee }, 'command', 'license');

      await workspace.as(employee).click(card, 'command');

      await workspace.waitFor(() => lastEphemeral(workspace, employee)?.includes(mistake.en), { what: 'the mistake' });
      expect(lastEphemeral(workspace, employee)).toContain(mistake.en);
    });

    async function employeeAsks() {
      await workspace.as(employee).slash('/ospo', 'x');
      return lastEphemeral(workspace, employee);
    }
    async function shanghaiAsks() {
      await workspace.as(shanghai).slash('/ospo', 'x');
      return lastEphemeral(workspace, shanghai);
    }
  });

  describe('a click', () => {
    it('is acked before anything runs, and knows where it was made', async () => {
      const done = latch();
      let got: IncomingAction | undefined;
      on.act = async (a) => {
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
      on.act = async () => {
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
      on.act = async () => {
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
      on.act = async () => ({ reply: { kind: 'replace', rendered: note('changed') } });
      const posted = await house.postButton({ person: employee }, 'act');

      await workspace.as(employee).click(posted, 'act');
      await workspace.waitFor(() => workspace.conversation(employee).some(({ text }) => text === 'changed'));

      expect(workspace.conversation(employee).find(({ ts }) => ts === posted.ts)?.text).toBe('changed');
    });

    it('that was carried out is not called a failure when the message cannot be changed any more', async () => {
      on.act = async () => ({
        ops: [keep('kept-all-the-same')],
        reply: { kind: 'replace', rendered: note('changed') },
      });
      const posted = await house.postButton({ person: employee }, 'act');
      const done = latch();
      const direct = on.act;
      on.act = async (a) => {
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
      on.act = async () => {
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
      on.act = async () => ({ ops: [put(letters, 'shared', { text: 'changed' }, versions.shift() ?? 0)] });
      const posted = await house.postButton({ person: employee }, 'act');

      await workspace.as(employee).click(posted, 'act');
      await house.gate.drain(1_000);

      expect(await house.store.get(letters, 'shared')).toMatchObject({ text: 'changed', version: 2 });
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
