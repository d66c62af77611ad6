import { describe, expect, it } from 'vitest';
import {
  agpl,
  ana,
  bo,
  carry,
  channel,
  conversation,
  everybody,
  hour,
  inChannel,
  lea,
  lex,
  mei,
  openOffice,
  readerOf,
  say,
  start,
  stored,
} from './office.ts';

describe('the asker', () => {
  it('ends it with one click, and the card says so', async () => {
    const office = openOffice();
    const id = await office.ask({ at: conversation });
    await office.answer(ana, id, 'Yes.');

    const effect = await office.click('handoffs.helped', mei, id, conversation);

    expect(JSON.stringify(effect.reply)).toContain('Good. The question is closed.');
    expect(await stored(office, id)).toMatchObject({ state: 'closed', holder: ana });
  });

  it('asks on by the button: the one who answered is called in the thread', async () => {
    const office = openOffice();
    const id = await office.ask({ at: conversation });
    await office.answer(ana, id, 'Yes.');

    const form = office.open('handoffs.again', mei, id);
    await office.submit(form, mei, { text: { text: 'Also on premises?' } });
    await office.wait(0);

    const [card] = office.slack.messages;
    expect(office.at({ channel, thread: card?.at.ts ?? '' })).toEqual([
      '<@U0ANA00001>, the asker opened this question again:',
    ]);
    expect(await stored(office, id)).toMatchObject({ state: 'claimed', holder: ana, round: 2 });
  });

  it('writes in the thread of the question, and the human gets it', async () => {
    const office = openOffice();
    const id = await office.ask({ at: conversation });
    await office.click('handoffs.claim', ana, `${id}/1/o`, inChannel);
    await office.wait(0);

    await carry(office, await say(office, '100.1', 'It is for the payment service.'));

    expect(office.at({ channel: conversation.channel, thread: '100.1' })).toContain('Passed on to <@U0ANA00001>.');
    expect((await stored(office, id))?.events.at(-1)).toMatchObject({ kind: 'added', by: mei });
  });

  it('writes under a message that went to them directly, and the human gets it', async () => {
    const office = openOffice();
    const id = await office.ask();
    await office.answer(ana, id, 'Which one?', 'query');
    const answer = office.slack.messages.findLast(({ text }) => text.includes('needs to know more'));

    await carry(office, await say(office, answer?.at.ts ?? '', 'PostgreSQL.', answer?.at.channel));

    expect(await stored(office, id)).toMatchObject({ state: 'claimed', holder: ana });
    expect((await stored(office, id))?.rest).toBeUndefined();
  });

  it('may take its time to reply: what the office waits for stays with the office', async () => {
    const office = openOffice();
    const id = await office.ask({ at: conversation });
    await office.answer(ana, id, 'Which one?', 'query');
    await office.wait(20 * 24 * hour);

    await carry(office, await say(office, '100.1', 'PostgreSQL.'));

    expect(await stored(office, id)).toMatchObject({ state: 'claimed', holder: ana, nudged: false, escalated: false });
    expect((await stored(office, id))?.wakeAt).toBeGreaterThan(office.clock.now());
  });

  it.each([
    ['in a thread that is not the question’s', '777.1', 'Hello?', 0],
    ['nothing', '100.1', '  ', 0],
    ['more than a week after the answer', '100.1', 'And now?', 8 * 24 * hour],
  ])('%s: it is a question to the handbook', async (_, thread, text, later) => {
    const office = openOffice();
    const id = await office.ask({ at: conversation });
    await office.answer(ana, id, 'Yes.');
    await office.wait(later);

    const effect = await say(office, thread, text);

    expect(effect).toBeUndefined();
  });

  it('is not taken for somebody else in the same thread', async () => {
    const office = openOffice();
    await office.ask({ at: conversation });

    const effect = await office.feature.continueInThread(bo, conversation.channel, '100.1', 'Me too');

    expect(effect).toBeUndefined();
  });

  it.each(['Thanks!', 'ok, thank you so much', '谢谢，明白了'])(
    'ends it with "%s" and does not open it again',
    async (words) => {
      const office = openOffice();
      const id = await office.ask({ at: conversation });
      await office.answer(ana, id, 'Yes.');

      await carry(office, await say(office, '100.1', words));

      expect(await stored(office, id)).toMatchObject({ state: 'closed', round: 1 });
      expect(await say(office, '100.1', 'A new question')).toBeUndefined();
    },
  );

  it('withdraws what is no longer needed', async () => {
    const office = openOffice();
    const id = await office.ask({ at: conversation });

    await office.click('handoffs.withdraw', mei, id, conversation);
    await office.wait(0);

    expect(office.at({ channel: conversation.channel, thread: '100.1' })).toEqual([
      'You closed your question. If it comes back, ask again.',
    ]);
  });
});

describe('the clock', () => {
  it('reminds the office once and tells its lead and the asker once', async () => {
    const office = openOffice();
    const id = await office.ask();
    const [card] = office.slack.messages;
    const thread = { channel, thread: card?.at.ts ?? '' };

    await office.wait(7.2 * hour);
    expect(office.at(thread)).toEqual([
      '<@U0ANA00001> <@U0BO000001> Nobody has this question yet: an answer is promised by Tue, 24 Nov 2026, 10:00 (GMT+1).',
    ]);
    await office.wait(17 * hour);
    await office.wait(48 * hour);

    expect(office.at(thread)).toHaveLength(1);
    expect(office.to(lea)).toEqual([
      'A question from <@U0MEI00001> is late: an answer was promised by Tue, 24 Nov 2026, 10:00 (GMT+1).',
    ]);
    expect(office.to(mei)).toEqual([
      'Your question is with the open source office. You should have heard by Tue, 24 Nov 2026, 17:00 (GMT+8); it is late.',
      'The promised time has passed without an answer. I have told the lead of the open source office; you need not do anything.',
    ]);
    expect(await stored(office, id)).toMatchObject({ wakeAt: null, nudged: true, escalated: true });
  });

  it('names only the one who has it', async () => {
    const office = openOffice();
    const id = await office.ask();
    await office.click('handoffs.claim', bo, `${id}/1/o`, inChannel);

    await office.wait(7.2 * hour);

    const [card] = office.slack.messages;
    expect(office.at({ channel, thread: card?.at.ts ?? '' })).toEqual([
      '<@U0BO000001>, this question waits for you: an answer is promised by Tue, 24 Nov 2026, 10:00 (GMT+1).',
    ]);
  });

  it('waits for the morning when the promised time ends with the working day', async () => {
    const office = openOffice();
    await office.clock.advance(10 * hour);
    const id = await office.ask();

    await office.wait(22 * hour);
    const afterWork = await stored(office, id);
    await office.wait(15 * hour);

    expect(afterWork).toMatchObject({ deadline: { due: start + 32 * hour }, nudged: false, escalated: false });
    expect(await stored(office, id)).toMatchObject({ escalated: true });
    expect((await stored(office, id))?.events.map(({ kind }) => kind)).toEqual(['asked', 'escalated']);
  });

  it('gives the lead a card where there is no channel', async () => {
    const office = openOffice({ channel: false });
    const id = await office.ask();

    await office.wait(25 * hour);

    expect(office.to(lea)).toEqual(['Question from <@U0MEI00001> (Payments)']);
    expect((await stored(office, id))?.cards).toContainEqual({ person: lea });
  });
});

describe('a confidential question', () => {
  const neutral = 'A confidential question needs you. Open Slack to read it.';

  it('reaches legal alone, and the channel never hears of it', async () => {
    const office = openOffice();

    const id = await office.ask({ value: 'Q1/r', at: conversation });
    await office.wait(26 * hour);

    expect(office.slack.messages.some(({ place }) => 'channel' in place && place.channel === channel)).toBe(false);
    expect(office.to(lea)).toEqual([]);
    expect(office.to(lex).slice(0, 1)).toEqual([neutral]);
    expect(office.slack.texts().join()).not.toContain('AGPL');
    expect(await stored(office, id)).toMatchObject({ restricted: true });
  });

  it('offers the check mark always, and sets it when the question sounds like one', () => {
    const office = openOffice();

    const usual = JSON.stringify(office.open('ask.human', mei, 'Q1').blocks);
    const flagged = JSON.stringify(office.open('ask.human', mei, 'Q1/r').blocks);

    expect(usual).toContain('Only legal and compliance should see this');
    expect(usual).not.toContain('initial_options');
    expect(flagged).toContain('initial_options');
  });

  it('is not answered, seen or held by the office', async () => {
    const office = openOffice();
    const id = await office.ask({ value: 'Q1/r' });

    const form = office.open('handoffs.answer', ana, `${id}/1/r`);
    const card = await office.feature.cards['handoff.case']?.(id, readerOf(ana), 'en');
    const claimed = await office.click('handoffs.claim', ana, `${id}/1/o`, inChannel);

    expect(JSON.stringify(form.blocks)).toContain('Only people of legal and compliance can do that.');
    expect(JSON.stringify(card)).not.toContain('AGPL');
    expect(claimed.reply).toMatchObject({ kind: 'ephemeral' });
    expect(await office.feature.home?.(readerOf(ana))).toEqual([]);
  });

  it('is not sent when nobody can keep it, and goes to the office only when the asker says so', async () => {
    const office = openOffice({ people: everybody.filter(({ roles }) => !roles.includes('legal')) });
    const form = office.open('ask.human', mei, 'Q1/r', conversation);

    const offered = await office.submit(form, mei, { text: { text: 'Mine.' }, who: { restricted: ['restricted'] } });
    const view = 'view' in offered ? offered.view : undefined;
    expect(JSON.stringify(view)).toContain('nothing was sent');
    expect(JSON.stringify(view)).toContain('"initial_value":"Mine."');
    if (view) await office.submit(view, mei, { text: { text: 'Mine.' } });
    await office.wait(0);

    expect(office.at({ channel })).toEqual(['Question from <@U0MEI00001> (Payments)']);
  });

  it('never goes to the one who asks, even from legal', async () => {
    const office = openOffice({ questions: { Q1: { ...agpl, person: lex } } });
    const form = office.open('ask.human', lex, 'Q1/r');

    const offered = await office.submit(form, lex, { who: { restricted: ['restricted'] } });

    expect(JSON.stringify(offered)).toContain('nothing was sent');
  });
});
