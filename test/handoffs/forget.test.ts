import { describe, expect, it } from 'vitest';
import { handoffs } from '../../src/handoffs/handoff.ts';
import { ana, hour, lea, mei, openOffice, readerOf } from './office.ts';

const day = 24 * hour;
const keep = 400 * day;
const conversation = { channel: 'D0MEI00001', ts: '100.2', thread: '100.1', ephemeral: false };

describe('after 400 days without a word', () => {
  it('a question that was answered keeps its times and loses its people and words', async () => {
    const office = openOffice();
    const id = await office.ask({ text: 'We modify it.', at: conversation });
    await office.answer(ana, id, 'Only with its source.');
    const before = await office.store.get(handoffs, id);
    const sent = office.slack.calls.length;

    await office.wait(keep - hour);
    const early = await office.store.get(handoffs, id);
    await office.wait(2 * hour);
    const after = await office.store.get(handoffs, id);

    expect(early).toEqual(before);
    expect(after).toMatchObject({
      forgotten: true,
      state: 'answered',
      asker: 'person-1',
      holder: 'person-2',
      since: before?.since,
      deadline: before?.deadline,
      question: { text: '', outcome: 'answer', shown: { id: 'agpl-saas' } },
      events: [
        { kind: 'asked', at: before?.events[0]?.at, by: 'person-1', text: '' },
        { kind: 'answered', at: before?.events[1]?.at, by: 'person-2', text: '' },
      ],
    });
    expect(JSON.stringify(after)).not.toMatch(/U0MEI|U0ANA|D0MEI|modify|source|AGPL database/);
    expect(office.slack.calls).toHaveLength(sent);
    expect(office.log.lines).toEqual([]);
  });

  it('counts from the last thing that happened, not from the first', async () => {
    const office = openOffice();
    const id = await office.ask({ at: conversation });
    await office.answer(ana, id, 'Which one?', 'query');
    await office.wait(300 * day);
    await office.answer(ana, id, 'Yes.');

    await office.wait(keep - hour);

    expect((await office.store.get(handoffs, id))?.forgotten).toBeUndefined();
  });

  it('a question that nobody ended is ended by it', async () => {
    const office = openOffice();
    const id = await office.ask({ at: conversation });
    await office.wait(10 * day);
    await office.wait(10 * day);
    const late = await office.store.get(handoffs, id);

    await office.wait(keep);

    expect(late).toMatchObject({ state: 'open', escalated: true });
    expect(await office.store.get(handoffs, id)).toMatchObject({ state: 'closed', forgotten: true });
    expect(await office.store.nextDue(handoffs)).toBeUndefined();
  });

  it('is gone for whoever looks: no card, no button, no place in a list', async () => {
    const office = openOffice();
    const id = await office.ask({ at: conversation });
    await office.answer(ana, id, 'Yes.');
    await office.wait(keep + hour);

    const cards = await Promise.all([
      office.feature.cards['handoff.case']?.(id, readerOf(ana), 'en'),
      office.feature.cards['handoff.receipt']?.(id, readerOf(mei), 'en'),
      office.feature.cards['handoff.told']?.(`${id}/1`, readerOf(mei), 'en'),
      office.feature.cards['handoff.call']?.(`${id}/1`, readerOf(lea), 'en'),
    ]);
    const home = await office.feature.home?.(readerOf(ana));
    const inThread = await office.feature.continueInThread(mei, conversation.channel, '100.1', 'And now?');
    const click = office.click('handoffs.claim', ana, `${id}/1/o`);

    expect(cards).toEqual([undefined, undefined, undefined, undefined]);
    expect(home).toEqual([]);
    expect(inThread).toBeUndefined();
    await expect(click).rejects.toThrow(/no longer/);
  });
});
