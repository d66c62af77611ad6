import { describe, expect, it } from 'vitest';
import { handoffs } from '../../src/handoffs/handoff.ts';
import {
  agpl,
  ana,
  bo,
  channel,
  conversation,
  everybody,
  hour,
  inChannel,
  lex,
  mei,
  openOffice,
  readerOf,
  start,
  stored,
} from './office.ts';

describe('asking a human', () => {
  it('posts a card to the office, tells the asker by when, and keeps what the bot had answered', async () => {
    const office = openOffice();

    const id = await office.ask({ text: 'We modify it.', at: conversation });

    expect(office.at({ channel })).toEqual(['Question from <@U0MEI00001> (Payments)']);
    expect(office.at({ channel: conversation.channel, thread: '100.1' })).toEqual([
      'Your question is with the open source office; you hear back by Tue, 24 Nov 2026, 17:00 (GMT+8).',
    ]);
    expect(office.slack.texts()[0]).toContain('"May we put an AGPL database behind our API?\n\nWe modify it."');
    expect(office.slack.texts()[0]).toContain('The handbook answered: AGPL components in a service we host');
    expect(await stored(office, id)).toMatchObject({ asker: mei, state: 'open', deadline: { due: start + 24 * hour } });
  });

  it('tells by direct message whoever asked elsewhere, and says in the form that it was sent', async () => {
    const office = openOffice();
    const view = office.open('ask.human', mei, 'Q1', { channel: 'C0TEAM0001', ts: '1.1', ephemeral: true });

    const submitted = await office.submit(view, mei);
    await office.wait(0);

    expect(office.to(mei)).toHaveLength(1);
    expect(JSON.stringify(submitted)).toContain('Your question is with the open source office');
  });

  it('asks once, however often the form or the button is used', async () => {
    const office = openOffice();
    const view = office.open('ask.human', mei, 'Q1', conversation);

    await office.submit(view, mei);
    await office.submit(view, mei);
    await office.ask({ at: conversation });
    await office.ask({ text: 'It is urgent.', at: conversation });

    const [{ id = '' } = {}] = (await office.store.list(handoffs, { key: 'state:open', order: 'asc', limit: 1 })).docs;
    expect((await stored(office, id))?.events.map(({ kind }) => kind)).toEqual(['asked', 'added']);
    expect(await office.store.count(handoffs, { key: `asker:${mei}` })).toBe(1);
    expect(office.at({ channel })).toHaveLength(1);
  });

  it('wants words where the question is not known', async () => {
    const office = openOffice();
    const view = office.open('ask.human', mei, 'FORGOTTEN', conversation);

    const empty = await office.submit(view, mei, { text: { text: '  ' } });
    const full = await office.submit(view, mei, { text: { text: 'Who may sign?' } });

    expect(empty.errors).toEqual({ text: 'Write your question first.' });
    expect(full.errors).toBeUndefined();
  });

  it('goes to the people of the office where there is no channel', async () => {
    const office = openOffice({ channel: false });

    await office.ask();

    expect(office.slack.messages.map(({ place }) => place)).toEqual([{ person: ana }, { person: bo }, { person: mei }]);
  });

  it('speaks the asker’s language in their thread and the channel’s on the card', async () => {
    const people = everybody.map((one) => (one.id === mei ? { ...one, locale: 'zh-CN' as const } : one));
    const office = openOffice({ people });

    const id = await office.ask({ at: conversation });
    await office.answer(ana, id, '可以。');

    expect(office.at({ channel: conversation.channel, thread: '100.1' })).toEqual([
      '<@U0ANA00001> 已于 2026年11月23日周一 17:00 (GMT+8) 答复你的问题。',
      '<@U0ANA00001>（开源项目办公室）答复：',
    ]);
    expect(office.at({ channel })).toEqual(['Question from <@U0MEI00001> (Payments)']);
  });

  it('says plainly that nobody is there, and tells the operator', async () => {
    const office = openOffice({ channel: false, people: everybody.filter(({ roles }) => !roles.includes('ospo')) });

    const view = office.open('ask.human', mei, 'Q1');
    const submitted = await office.submit(view, mei);

    expect(JSON.stringify(submitted)).toContain('Nothing was sent');
    expect(office.log.lines).toMatchObject([{ level: 'warn', fields: { restricted: false } }]);
    expect(await office.store.count(handoffs, { key: 'state:open' })).toBe(0);
  });
});

describe('answering', () => {
  it('brings the answer to the asker’s thread; what is left to do on the card is an article', async () => {
    const office = openOffice();
    const id = await office.ask({ at: conversation });

    await office.answer(ana, id, 'Yes, unmodified.');

    const thread = office.at({ channel: conversation.channel, thread: '100.1' });
    expect(thread).toEqual([
      '<@U0ANA00001> answered your question, Mon, 23 Nov 2026, 17:00 (GMT+8).',
      '<@U0ANA00001> from the open source office answers:',
    ]);
    const card = await office.feature.cards['handoff.case']?.(id, undefined, 'en');
    expect(JSON.stringify(card?.blocks)).not.toContain('handoffs.');
    expect(JSON.stringify(card?.blocks)).toContain(`"value":"handoff/${id}"`);
    expect(JSON.stringify(card?.blocks)).toContain('Answered by <@U0ANA00001>');
  });

  it('shows a claim at once, and refuses the second one privately', async () => {
    const office = openOffice();
    const id = await office.ask({ at: conversation });

    const first = await office.click('handoffs.claim', ana, `${id}/1/o`, inChannel);
    const second = await office.click('handoffs.claim', bo, `${id}/1/o`, inChannel);

    expect(first.reply).toMatchObject({ kind: 'replace' });
    expect(JSON.stringify(first.reply)).toContain('Claimed by <@U0ANA00001>');
    expect(second).toEqual({
      reply: {
        kind: 'ephemeral',
        place: { channel },
        person: bo,
        rendered: expect.objectContaining({
          text: 'Ana has had this question since Mon 23 Nov, 10:00 CET. Ask them, or hand it over to yourself first.',
        }),
      },
    });
  });

  it('tells the asker silently who has the question', async () => {
    const office = openOffice();
    const id = await office.ask({ at: conversation });

    await office.click('handoffs.claim', ana, `${id}/1/o`, inChannel);
    await office.wait(0);

    expect(office.at({ channel: conversation.channel, thread: '100.1' })).toEqual([
      '<@U0ANA00001> has your question; you hear back by Tue, 24 Nov 2026, 17:00 (GMT+8).',
    ]);
  });

  it('checks at the click and again at the sending who may answer', async () => {
    const office = openOffice();
    const id = await office.ask();
    const form = office.open('handoffs.answer', ana, `${id}/1/o`);

    const denied = office.open('handoffs.answer', lex, `${id}/1/o`);
    const forged = await office.submit(form, lex, { text: { text: 'No.' } });
    const claimed = await office.click('handoffs.claim', mei, `${id}/1/o`, inChannel);

    expect(JSON.stringify(denied.blocks)).toContain('Only people of the open source office can do that.');
    expect(forged.errors?.text).toBe('Only the people who answer these questions can do that.');
    expect(claimed.reply).toMatchObject({ kind: 'ephemeral', person: mei });
    expect(await stored(office, id)).toMatchObject({ state: 'open' });
  });

  it('keeps what was typed when somebody else was quicker', async () => {
    const office = openOffice();
    const id = await office.ask();
    const late = office.open('handoffs.answer', bo, `${id}/1/o`);
    await office.answer(ana, id, 'Yes.');

    const refused = await office.submit(late, bo, { text: { text: 'Yes, of course.' } });

    expect(refused.errors?.text).toContain('Ana answered this question');
  });

  it('sends an answer once, however often its form is sent', async () => {
    const office = openOffice();
    const id = await office.ask({ at: conversation });
    const form = office.open('handoffs.answer', ana, `${id}/1/o`);

    await office.submit(form, ana, { text: { text: 'Yes.' } });
    const again = await office.submit(form, ana, { text: { text: 'Yes.' } });
    await office.wait(0);

    expect(again.errors).toBeUndefined();
    expect(office.at({ channel: conversation.channel, thread: '100.1' })).toHaveLength(2);
  });

  it('hands over, naming only the colleague, in the thread of the card', async () => {
    const office = openOffice();
    const id = await office.ask();
    const form = office.open('handoffs.more', ana, `${id}/1/o/hand`);

    const toMei = await office.submit(form, ana, { to: { person: mei } });
    await office.submit(form, ana, { to: { person: bo }, text: { text: 'Yours.' } });
    await office.wait(0);

    const [card] = office.slack.messages;
    expect(toMei.errors?.to).toContain('Mei cannot take this question');
    expect(office.at({ channel, thread: card?.at.ts ?? '' })).toEqual([
      '<@U0BO000001>, <@U0ANA00001> hands this question over to you.',
    ]);
    expect(await stored(office, id)).toMatchObject({ state: 'claimed', holder: bo });
  });

  it('closes with a reason that the asker reads', async () => {
    const office = openOffice();
    const id = await office.ask();
    const form = office.open('handoffs.more', ana, `${id}/1/o/close`);

    await office.submit(form, ana, { reason: { reason: 'elsewhere' }, text: { text: 'Ask #it-help.' } });
    await office.wait(0);

    expect(office.to(mei)).toEqual([
      '<@U0ANA00001> closed your question, Mon, 23 Nov 2026, 17:00 (GMT+8).',
      '<@U0ANA00001> from the open source office closed your question.',
    ]);
    expect(office.slack.texts().join()).toContain('another desk answers it\nAsk #it-help.');
  });
});

describe('Home', () => {
  it('shows the office what is open, the oldest first, and the asker what they asked', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`Q${i}`, { ...agpl, text: `Question ${i}?` }]),
    );
    const office = openOffice({ questions: many });
    for (const id of Object.keys(many)) await office.ask({ value: id });

    const [waiting] = (await office.feature.home?.(readerOf(ana))) ?? [];
    const [asked] = (await office.feature.home?.(readerOf(mei))) ?? [];

    const text = JSON.stringify(waiting?.blocks);
    expect(text.indexOf('Question 0?')).toBeLessThan(text.indexOf('Question 9?'));
    expect(text).not.toContain('Question 10?');
    expect(text).toContain('and 2 more');
    expect(JSON.stringify(asked?.blocks)).toContain('handoffs.add');
  });

  it('shows nobody their own question as waiting for them', async () => {
    const office = openOffice({ questions: { Q1: { ...agpl, person: ana } } });
    await office.ask({ person: ana });

    const sections = await office.feature.home?.(readerOf(ana));

    expect(sections?.map(({ order }) => order)).toEqual([30]);
  });
});
