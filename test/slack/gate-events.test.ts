import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PersonId } from '../../src/core/ports.ts';
import type { Workspace } from '../../src/playground/workspace.ts';
import { type Gated, latch, openGate, tidy } from './gated.ts';
import type { House, Mode } from './house.ts';
import { keep } from './letters.ts';

describe.each<Mode>(['Socket Mode', 'HTTP'])('the events over %s', (mode) => {
  let gated: Gated;
  let house: House;
  let workspace: Workspace;
  let employee: PersonId;
  beforeAll(async () => {
    gated = await openGate(mode);
    ({ house, employee } = gated);
    ({ workspace } = house);
  });
  afterAll(() => house.stop());
  beforeEach(() => house.clock.advance(2_000));
  afterEach(async () => expect(await tidy(gated)).toEqual([]));

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
