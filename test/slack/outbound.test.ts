import {
  WebAPIFileUploadInvalidArgumentsError,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MessengerError, type PersonId, type Place } from '../../src/core/ports.ts';
import { systemClock } from '../../src/core/time.ts';
import type { ApiFault } from '../../src/playground/faults.ts';
import { startWorkspace, type Workspace } from '../../src/playground/workspace.ts';
import { message, section } from '../../src/slack/blocks.ts';
import { createCharts } from '../../src/slack/charts.ts';
import { connect } from '../../src/slack/connect.ts';
import { createOutbound, type Outbound, sorted } from '../../src/slack/outbound.ts';
import { recordLog } from '../delivery/world.ts';
import { manifest } from './house.ts';

describe('what is certain after an error', () => {
  it.each([
    ['429', new WebAPIRateLimitedError(7), 'limited', 'ratelimited', 7_000],
    ['a refusal', platform('channel_not_found'), 'refused', 'channel_not_found', 0],
    ["Slack's own trouble", platform('internal_error'), 'refused', 'internal_error', 0],
    ['500', new WebAPIHTTPError(500, 'Internal Server Error', {}, 'oops'), 'lost', 'http_500', 0],
    ['502', new WebAPIHTTPError(502, 'Bad Gateway', {}), 'lost', 'http_502', 0],
    ['404', new WebAPIHTTPError(404, 'Not Found', {}), 'lost', 'http_404', 0],
    ['no connection', new WebAPIRequestError(new Error('ECONNREFUSED')), 'lost', 'no_answer', 0],
    ['a time-out', new WebAPIRequestError(new DOMException('timed out', 'TimeoutError')), 'lost', 'no_answer', 0],
    ['half an answer', platform('{"ok":true,"message":{"text":"wh'), 'lost', 'broken_answer', 0],
    ['a page of a proxy', platform('<html>Bad gateway</html>'), 'lost', 'broken_answer', 0],
    ['a broken stream', new SyntaxError('Unexpected end of JSON input'), 'lost', 'no_answer', 0],
    ['an error of an upload', new WebAPIFileUploadInvalidArgumentsError('no file'), 'lost', 'no_answer', 0],
    ['something else', 'a string', 'lost', 'no_answer', 0],
  ] as const)('%s', (_, error, kind, code, retryAfterMs) => {
    const known = sorted(error);

    expect(known).toBeInstanceOf(MessengerError);
    expect(known).toMatchObject({ kind, code, retryAfterMs });
  });

  it('leaves alone what is sorted already', () => {
    const once = sorted(platform('not_in_channel'));

    expect(sorted(once)).toBe(once);
  });
});

function platform(error: string): WebAPIPlatformError {
  return new WebAPIPlatformError({ ok: false, error });
}

describe('against a workspace', () => {
  let workspace: Workspace;
  let outbound: Outbound;
  beforeAll(async () => {
    workspace = await startWorkspace({ manifest });
    const { clients } = await connect(
      {
        apiUrl: workspace.apiUrl,
        botToken: workspace.botToken,
        receive: { kind: 'socket', appToken: workspace.appToken },
      },
      recordLog(),
    );
    outbound = createOutbound(clients, createCharts(systemClock, recordLog()));
  });
  afterAll(() => workspace.stop());
  afterEach(() => {
    workspace.faults.clear();
    workspace.grantScope('channels:history');
  });

  const hello = message({ text: 'hello', blocks: [section('hello')] });
  const person = (): Place => ({ person: workspace.people.employee as PersonId });
  const lastCall = (method: string) => workspace.wire.callsOf(method).at(-1);

  it('posts to a person without opening a conversation, and tells where the message stands', async () => {
    const posted = await outbound.post({ place: person(), rendered: hello, deliveryId: 'D1' });

    const [said] = workspace.conversation(workspace.people.employee);
    expect(posted).toEqual({ channel: said?.channel, ts: said?.ts });
    expect(workspace.wire.callsOf('conversations.open')).toEqual([]);
    expect(lastCall('chat.postMessage')?.args).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false' });
  });

  it('marks a message with the opaque id of its delivery, and with nothing else', async () => {
    await outbound.post({ place: { channel: workspace.channels.ospo }, rendered: hello, deliveryId: 'D2' });

    expect(lastCall('chat.postMessage')?.args.metadata).toEqual({
      event_type: 'ospo_delivery',
      event_payload: { id: 'D2' },
    });
  });

  it('updates with the same mark', async () => {
    const place = { channel: workspace.channels.ospo };
    const at = await outbound.post({ place, rendered: hello, deliveryId: 'D3' });

    await outbound.update({ at, rendered: message({ text: 'bye', blocks: [section('bye')] }), deliveryId: 'D3' });

    expect(await outbound.find({ place: person(), deliveryId: 'D3', oldest: 0 })).toBeUndefined();
    expect(workspace.messages(place.channel).find(({ ts }) => ts === at.ts)).toMatchObject({ text: 'bye' });
    expect(lastCall('chat.update')?.args.metadata).toMatchObject({ event_payload: { id: 'D3' } });
  });

  it('never sends more text than a message takes', async () => {
    const rendered = message({ text: `${'很长的话。'.repeat(2_000)}😀`.repeat(3), blocks: [section('long')] });

    await outbound.post({ place: person(), rendered, deliveryId: 'D4' });

    const { text } = lastCall('chat.postMessage')?.args ?? {};
    expect(String(text).length).toBeLessThanOrEqual(4_000);
    expect(String(text).isWellFormed()).toBe(true);
  });

  describe('finding a message whose answer was lost', () => {
    const words = 'the same words, many times';
    const many = message({ text: words, blocks: [section(words)] });

    it('reads all pages of a conversation, and goes by the mark alone', async () => {
      const place = { person: workspace.people.manager as PersonId };
      const first = await outbound.post({ place, rendered: many, deliveryId: 'first' });
      for (let n = 0; n < 430; n += 1) workspace.as(workspace.people.manager).dm(words);

      const found = await outbound.find({ place, deliveryId: 'first', oldest: 0 });
      const none = await outbound.find({ place, deliveryId: 'another', oldest: 0 });

      expect(found).toEqual(first);
      expect(none).toBeUndefined();
      expect(workspace.wire.callsOf('conversations.history').length).toBeGreaterThanOrEqual(6);
    });

    it('reads all pages of a thread, which history does not show', async () => {
      const { engineer } = workspace.people;
      const root = workspace.as(engineer).dm('a question');
      for (let n = 0; n < 230; n += 1) workspace.as(engineer).dm(words, { thread: root.ts });
      const place = { channel: root.channel, thread: root.ts };
      const posted = await outbound.post({ place, rendered: many, deliveryId: 'in a thread' });

      const found = await outbound.find({ place, deliveryId: 'in a thread', oldest: 0 });
      const elsewhere = await outbound.find({ place: { channel: root.channel }, deliveryId: 'in a thread', oldest: 0 });

      expect(found).toEqual(posted);
      expect(elsewhere).toBeUndefined();
    });

    it('does not look further back than told', async () => {
      const place = { person: workspace.people.legal as PersonId };
      const posted = await outbound.post({ place, rendered: many, deliveryId: 'old' });

      const found = await outbound.find({ place, deliveryId: 'old', oldest: Number(posted.ts) * 1000 + 60_000 });

      expect(found).toBeUndefined();
    });

    it('says when it may not look', async () => {
      workspace.revokeScope('channels:history');

      const looking = outbound.find({ place: { channel: workspace.channels.ospo }, deliveryId: 'x', oldest: 0 });

      await expect(looking).rejects.toMatchObject({ kind: 'cannot_look', code: 'missing_scope' });
    });

    it.each([
      'missing_scope',
      'not_in_channel',
      'channel_not_found',
      'no_permission',
      'method_not_supported_for_channel_type',
      'unknown_method',
    ])('calls %s blindness', async (error) => {
      workspace.faults.api.inject({ kind: 'error', error }, { only: 'conversations.history' });

      const looking = outbound.find({ place: person(), deliveryId: 'x', oldest: 0 });

      await expect(looking).rejects.toMatchObject({ kind: 'cannot_look', code: error });
    });
  });

  describe.each(['post', 'update', 'find', 'ephemeral', 'publishHome'] as const)('%s throws one of three', (method) => {
    const calls = {
      post: () => outbound.post({ place: person(), rendered: hello, deliveryId: 'F' }),
      update: () => outbound.update({ at: { channel: 'C1', ts: '1.1' }, rendered: hello, deliveryId: 'F' }),
      find: () => outbound.find({ place: person(), deliveryId: 'F', oldest: 0 }),
      ephemeral: () =>
        outbound.ephemeral({ channel: workspace.channels.ospo }, workspace.people.lead as PersonId, hello),
      publishHome: () =>
        outbound.publishHome(workspace.people.employee as PersonId, { type: 'home', blocks: [...hello.blocks] }),
    };

    it.each<[string, ApiFault, string]>([
      ['429', { kind: 'rate_limited', retryAfterSeconds: 3 }, 'limited'],
      ['a refusal', { kind: 'error', error: 'is_archived' }, 'refused'],
      ['500', { kind: 'http_500' }, 'lost'],
      ['a lost answer', { kind: 'lost_answer' }, 'lost'],
      ['half an answer', { kind: 'broken_body' }, 'lost'],
    ])('%s', async (_, fault, kind) => {
      workspace.faults.api.inject(fault, { times: 1 });

      const call: Promise<unknown> = calls[method]();

      await expect(call).rejects.toMatchObject({
        name: 'MessengerError',
        kind,
        code: expect.not.stringContaining('hello'),
      });
    });
  });

  it('waits for no queue when limited: the next call goes out at once', async () => {
    workspace.faults.api.inject(
      { kind: 'rate_limited', retryAfterSeconds: 30 },
      { only: 'chat.postMessage', times: 1 },
    );
    const limited = outbound.post({ place: person(), rendered: hello, deliveryId: 'L1' });
    await expect(limited).rejects.toMatchObject({ kind: 'limited', retryAfterMs: 30_000 });

    const next = await outbound.post({ place: person(), rendered: hello, deliveryId: 'L2' });

    expect(next.ts).not.toBe('');
  });

  it('brings a few people together, in the same conversation each time', async () => {
    const { employee, engineer } = workspace.people;
    const place = { group: [employee, engineer] as PersonId[] };

    const first = await outbound.post({ place, rendered: hello, deliveryId: 'G1' });
    const second = await outbound.post({ place, rendered: hello, deliveryId: 'G2' });

    expect(second.channel).toBe(first.channel);
    expect(workspace.messages(first.channel).map(({ text }) => text)).toEqual(['hello', 'hello']);
  });

  it('says of a workspace that allows no groups that this one message cannot be said, not that the token is broken', async () => {
    workspace.revokeScope('mpim:write');
    const place = { group: [workspace.people.employee, workspace.people.lead] as PersonId[] };

    const posting = outbound.post({ place, rendered: hello, deliveryId: 'G3' });

    await expect(posting).rejects.toMatchObject({ kind: 'refused', code: 'no_groups' });
    workspace.grantScope('mpim:write');
  });
});
