import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PersonId, Rendered } from '../../src/core/ports.ts';
import type { Workspace } from '../../src/playground/workspace.ts';
import { barChart, message, section } from '../../src/slack/blocks.ts';
import { type House, openHouse } from './house.ts';

const dayMs = 24 * 60 * 60_000;
const chart = barChart({ title: 'People', categories: ['Basics'], series: [{ name: 'Late', values: [3] }], rest: '' });
const numbers: Rendered = message({ text: '3 late', blocks: [section('3 late'), ...chart] });

const typesIn = (shown: { readonly blocks: readonly { readonly type?: unknown }[] } | undefined) =>
  shown?.blocks.map(({ type }) => type);

describe('in a workspace that knows no charts', () => {
  let house: House;
  let workspace: Workspace;
  let employee: PersonId;
  beforeAll(async () => {
    house = await openHouse('Socket Mode');
    ({ workspace } = house);
    employee = workspace.people.employee as PersonId;
    house.gate.command('numbers', async () => ({ answer: numbers }));
    house.gate.action('replace', async () => ({ reply: { kind: 'replace', rendered: numbers } }));
  });
  afterAll(() => house.stop());
  beforeEach(async () => {
    workspace.knowCharts(false);
    // What was learned before is forgotten.
    await house.clock.advance(dayMs);
  });
  afterEach(() => {
    workspace.faults.clear();
    expect(workspace.complaints).toEqual([]);
  });

  const warned = () => house.log.lines.filter(({ message: said }) => said.startsWith('Slack refuses charts')).length;
  const post = () => house.outbound.post({ place: { person: employee }, rendered: numbers, deliveryId: 'D' });
  const calls = (method: string) => workspace.wire.callsOf(method).length;

  it('a message comes without its chart, with its words', async () => {
    await post();

    const said = workspace.conversation(employee).at(-1);
    expect(typesIn(said)).toEqual(['section']);
    expect(said?.text).toBe('3 late');
  });

  it('a message that changes loses its chart', async () => {
    workspace.knowCharts(true);
    const at = await post();
    workspace.knowCharts(false);

    await house.outbound.update({ at, rendered: numbers, deliveryId: 'D' });

    expect(typesIn(workspace.conversation(employee).at(-1))).toEqual(['section']);
  });

  it('what only one person sees comes without its chart', async () => {
    const channel = workspace.addChannel({ name: 'numbers', members: [employee, workspace.botUserId] });

    await house.outbound.ephemeral({ channel }, employee, numbers);

    expect(typesIn(workspace.ephemerals(employee).at(-1))).toEqual(['section']);
  });

  it('a command is answered, although nobody hears of an ack that Slack cannot use', async () => {
    const before = workspace.ephemerals(employee).length;

    await workspace.as(employee).slash('/ospo', 'numbers');
    const said = await workspace.waitFor(() => workspace.ephemerals(employee)[before]);

    expect(typesIn(said)).toEqual(['section']);
  });

  it('a message that was clicked changes', async () => {
    const posted = await house.postButton({ person: employee }, 'replace');

    await workspace.as(employee).click(posted, 'replace');

    await workspace.waitFor(() =>
      workspace.conversation(employee).find(({ ts, text }) => ts === posted.ts && text === '3 late'),
    );
  });

  it('one call a day fails, and one line of the log says so', async () => {
    const [posts, lines] = [calls('chat.postMessage'), warned()];

    await post();
    await post();
    await post();

    expect(calls('chat.postMessage') - posts).toBe(4);
    expect(warned() - lines).toBe(1);
  });

  it('messages that are refused at the same time are one line of the log', async () => {
    const lines = warned();

    await Promise.all([post(), post(), post()]);

    expect(warned() - lines).toBe(1);
  });

  it('a day later charts are tried again', async () => {
    await post();
    workspace.knowCharts(true);
    await post();
    const before = typesIn(workspace.conversation(employee).at(-1));

    await house.clock.advance(dayMs);
    await post();

    expect(before).toEqual(['section']);
    expect(typesIn(workspace.conversation(employee).at(-1))).toEqual(['section', 'data_visualization']);
  });

  it.each([
    ['for another reason', 'channel_not_found', 1, 1],
    ['without charts, too', 'invalid_blocks', 2, 2],
  ])('what is refused %s is refused, and says nothing about charts', async (_, error, times, tried) => {
    const [posts, lines] = [calls('chat.postMessage'), warned()];
    workspace.faults.api.inject({ kind: 'error', error }, { only: 'chat.postMessage', times });

    const posted = post();

    await expect(posted).rejects.toMatchObject({ kind: 'refused', code: error });
    expect(calls('chat.postMessage') - posts).toBe(tried);
    expect(warned()).toBe(lines);
  });
});
