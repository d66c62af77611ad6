import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRequestOffice, type RequestOffice } from './requests.ts';

let office: RequestOffice;
let workspace: RequestOffice['workspace'];
beforeAll(async () => {
  office = await openRequestOffice();
  ({ workspace } = office);
});
afterAll(() => office.stop());
// A minute refills what Slack allows in one.
beforeEach(() => office.clock.advance(60_000));
afterEach(async () => {
  workspace.faults.clear();
  for (const person of Object.values(workspace.people)) {
    while (workspace.openViews(person).length > 0) await workspace.as(person).close();
  }
  expect(workspace.complaints).toEqual([]);
});

describe('a request', () => {
  it('comes to the office as a card, is approved by one click, and its requester hears of it', async () => {
    const { employee, lead } = workspace.people;
    const { ospo } = workspace.channels;

    const number = await office.ask(employee, 'one', 'office', 'We need it on our dashboards.');
    const card = await office.cardSaying(number, ospo, 'Small thing one');
    const mine = await office.heard(employee, `${number} ·`, 'You hear by');
    await workspace.as(lead).click(card, 'requests.approve');
    const approved = await office.cardSaying(number, ospo, 'Approved by');
    const told = await office.heard(employee, `${number} is approved: Small thing one.`);

    await office.form(employee, told, 'requests.follow');
    await workspace.as(employee).submit({ link: 'https://github.com/apache/kafka/pull/1', outcome: 'merged' });
    const followed = await office.heard(employee, `${number} ·`, 'merged');

    expect(workspace.plain(followed)).toContain('https://github.com/apache/kafka/pull/1');
    expect(workspace.plain(card)).toContain('We need it on our dashboards.');
    expect(workspace.plain(card)).toContain('needs: Open source office');
    expect(workspace.plain(approved)).toContain('@OSPO lead');
    expect(JSON.stringify(approved)).not.toContain('requests.approve');
    expect(mine.ts).not.toBe(told.ts);
  });

  it('is declined with a reason that says what would change it, and heard once more', async () => {
    const { employee, lead } = workspace.people;
    const { ospo } = workspace.channels;
    const number = await office.ask(employee, 'two', 'office');
    const card = await office.cardSaying(number, ospo, 'Small thing two');

    const form = await office.form(lead, card, 'requests.decline');
    await workspace.as(lead).select(form, 'requests.reason', 'useless');
    const chosen = await workspace.waitFor(() => {
      const view = workspace.openViews(lead).at(-1);
      return view && workspace.plain(view).includes('Somebody who needs it.') ? view : undefined;
    });
    await workspace.as(lead).submit({ text: 'We have three of these.' }, chosen);
    await office.cardSaying(number, ospo, 'Declined by');
    const told = await office.heard(employee, `${number} is declined`);
    const mine = await office.heard(employee, `${number} ·`, 'Declined by');
    await office.form(employee, mine, 'requests.appeal');
    await workspace.as(employee).submit({ text: 'Payments needs it every day.' });
    const second = await office.cardSaying(number, 'U0EXECUTIVE', 'needs you: Second look');
    await workspace.as('U0EXECUTIVE').click(second, 'requests.approve');
    await office.heard(employee, `${number} is approved`);

    expect(workspace.plain(told)).toContain('What would change it: Somebody who needs it.');
    expect(workspace.plain(told)).toContain('What to do instead: Write it down for later.');
    expect(workspace.plain(told)).toContain('We have three of these.');
    expect(workspace.plain(second)).toContain('Small thing two');
    expect(office.said(employee, `${number} is approved`)).toHaveLength(1);
  });

  it('waits for an answer of its requester, which comes back to whoever asked', async () => {
    const { engineer, lead } = workspace.people;
    const { ospo } = workspace.channels;
    const number = await office.ask(engineer, 'three', 'office');
    const card = await office.cardSaying(number, ospo, 'Small thing three');

    await office.form(lead, card, 'requests.more', 'ask');
    await workspace.as(lead).submit({ text: 'Which product is it for?' });
    const asked = await office.heard(engineer, 'needs to know more about', 'Which product is it for?');
    const waits = await office.cardSaying(number, ospo, 'asked the requester');
    workspace.as(engineer).dm('For the billing service.', { thread: asked.ts });
    const back = await office.heard(lead, `answers about ${number}:`, 'For the billing service.');
    const goesOn = await office.cardSaying(number, ospo, 'For the billing service.');

    expect(workspace.plain(waits)).toContain('The clock stands.');
    expect(back.bot).toBe(true);
    expect(workspace.plain(goesOn)).not.toContain('asked the requester');
    expect(office.said(engineer, 'Passed on to those who decide.')).toHaveLength(1);
  });

  it('is answered by the button, too, and approved under a condition that is met later', async () => {
    const { manager, reviewer } = workspace.people;
    const { ospo } = workspace.channels;
    const number = await office.ask(manager, 'four', 'office');
    const card = await office.cardSaying(number, ospo, 'Small thing four');
    await office.form(reviewer, card, 'requests.more', 'ask');
    await workspace.as(reviewer).submit({ text: 'By when?' });
    const asked = await office.heard(manager, 'By when?', 'needs to know more about');

    await office.form(manager, asked, 'requests.answer');
    await workspace.as(manager).submit({ text: 'By Friday.' });
    const answered = await office.cardSaying(number, ospo, 'By Friday.');
    await office.form(reviewer, answered, 'requests.more', 'conditions');
    await workspace.as(reviewer).submit({ conditions: ['0'], own: 'Tell us the version.', text: 'Good luck.' });
    const told = await office.heard(manager, `${number} is approved under conditions`);
    const mine = await office.heard(manager, `${number} ·`, 'Approved by');
    await office.form(manager, mine, 'requests.meet');
    await workspace.as(manager).submit({ condition: '1', text: 'It is 4.2.' });
    const met = await office.cardSaying(number, ospo, 'Condition, met: Tell us the version.');

    expect(workspace.plain(told)).toContain('Condition: Keep all notices.');
    expect(workspace.plain(met)).toContain('Condition: Keep all notices.');
  });

  it('is confidential in notifications, in channels, in lists and for whoever has no part in it', async () => {
    const { shanghai, legal, lead, employee } = workspace.people;

    const number = await office.ask(shanghai, 'tender', 'secret', '我们怀疑供应商没有遵守许可证。');
    const card = await office.cardSaying(number, legal, 'Small thing tender');
    const mine = await office.heard(shanghai, `${number} ·`, '一件小事');
    const before = workspace.ephemerals(employee).length;
    await workspace.as(employee).slash('/ospo', `requests ${number}`);
    const found = workspace.ephemerals(employee).slice(before);
    const note = await office.form(legal, card, 'requests.more', 'note');
    await workspace.as(legal).submit({ text: 'The contract says otherwise.' }, note);
    const noted = await office.cardSaying(number, legal, 'The contract says otherwise.');

    expect(card.text).not.toContain('tender');
    expect(mine.text).not.toContain('tender');
    expect(office.said(workspace.channels.ospo, number)).toHaveLength(0);
    expect(office.said(lead, number)).toHaveLength(0);
    expect(found.map((message) => workspace.plain(message)).join()).not.toContain('tender');
    expect(noted.text).not.toContain('contract');
    expect(office.said(shanghai, 'The contract says otherwise.')).toHaveLength(0);
  });

  it('is decided with care: the number is typed, and another one is refused beside the field', async () => {
    const { employee } = workspace.people;
    const sponsor = 'U0EXECUTIVE';
    const number = await office.ask(employee, 'core', 'care');
    const card = await office.cardSaying(number, sponsor, 'Small thing core');

    await office.form(sponsor, card, 'requests.approve_carefully');
    const wrong = await workspace.as(sponsor).submit({ care: '1' });
    const right = await workspace.as(sponsor).submit({ care: number.toLowerCase() });
    await office.heard(employee, `${number} is approved`);

    expect(wrong).toMatchObject({ kind: 'errors', byClient: false });
    expect(right).not.toMatchObject({ kind: 'errors' });
  });

  it('is voted on by a body: nobody sees how others voted until it is over, and the record names all', async () => {
    const { employee, lead, legal } = workspace.people;
    const number = await office.ask(employee, 'foundation', 'vote');
    const first = await office.cardSaying(number, lead, 'needs you: Review board');

    /** Whoever voted sees the tally at once, the others with what else came in twenty seconds. */
    async function counted(voter: string, tally: string): Promise<void> {
      await office.cardSaying(number, voter, tally);
      await office.clock.advance(20_000);
    }

    await workspace.as(lead).click(first, 'requests.approve');
    await counted(lead, '1 of 4 voted');
    const voting = await office.cardSaying(number, legal, '1 of 4 voted, quorum 3');
    await office.form(legal, voting, 'requests.more', 'conflict');
    await workspace.as(legal).submit({ text: 'I sit on their board.' });
    await counted(legal, '1 of 3 voted');
    const second = await office.cardSaying(number, 'U0ARCHITECT', '1 of 3 voted');
    await workspace.as('U0ARCHITECT').click(second, 'requests.approve');
    await counted('U0ARCHITECT', '2 of 3 voted');
    const third = await office.cardSaying(number, 'U0EXECUTIVE', '2 of 3 voted');
    await office.form('U0EXECUTIVE', third, 'requests.decline');
    const against = workspace.openViews('U0EXECUTIVE').at(-1);
    await workspace.as('U0EXECUTIVE').select(against ?? third, 'requests.reason', 'useless');
    await workspace.settled();
    await workspace.as('U0EXECUTIVE').submit({ text: 'It costs too much.' });
    await office.clock.advance(60_000);
    const done = await office.cardSaying(number, lead, 'approved by majority');
    const details = await office.form(lead, done, 'requests.details');
    const minutes = await office.form(lead, details, 'requests.minutes');

    expect(workspace.plain(done)).toContain('Approved by vote');
    expect(workspace.plain(voting)).not.toContain('pproved');
    expect(JSON.stringify(voting)).toContain('Vote for');
    expect(workspace.plain(minutes)).toContain('3 took part; the quorum is 3.');
    expect(workspace.plain(minutes)).toContain('For: 2. Against: 1. Abstained: 0.');
    expect(workspace.plain(minutes)).toContain('I sit on their board.');
    expect(workspace.plain(minutes)).toContain('It costs too much.');
  });

  it('is handed over, put on hold and taken up again, each said on every card', async () => {
    const { engineer, lead, reviewer } = workspace.people;
    const { ospo } = workspace.channels;
    const number = await office.ask(engineer, 'five', 'office');
    const card = await office.cardSaying(number, ospo, 'Small thing five');

    await office.form(lead, card, 'requests.more', 'hand');
    await workspace.as(lead).submit({ to: reviewer, text: 'You know this project.' });
    const own = await office.cardSaying(number, reviewer, 'needs you: Open source office');
    await office.form(reviewer, own, 'requests.more', 'hold');
    await workspace.as(reviewer).submit({ until: '2026-12-10', text: 'Their release comes first.' });
    const held = await office.cardSaying(number, ospo, 'On hold by');
    const mine = await office.heard(engineer, `${number} ·`, 'on hold until');
    await workspace.as(reviewer).click(await office.cardSaying(number, reviewer, 'On hold'), 'requests.resume');
    await office.cardSaying(number, reviewer, 'needs you: Open source office');
    const goesOn = await office.heard(engineer, `${number} ·`, 'You hear by');

    expect(workspace.plain(held)).toContain('Their release comes first.');
    expect(workspace.plain(mine)).toContain('Their release comes first.');
    expect(goesOn.ts).toBe(mine.ts);
  });

  it('takes a decision that was made elsewhere: whoever decided is told, and so is the requester', async () => {
    const { engineer, lead, legal } = workspace.people;
    const { ospo } = workspace.channels;
    const number = await office.ask(engineer, 'elsewhere', 'office');
    const card = await office.cardSaying(number, ospo, 'Small thing elsewhere');
    const mine = await office.heard(engineer, `${number} ·`, 'You hear by');
    const theirs = await office.form(engineer, mine, 'requests.details');
    const seen = await office.form(lead, card, 'requests.details');
    const form = await office.form(lead, seen, 'requests.record');
    const filled = {
      decision: 'declined',
      decider: legal,
      decided: '2026-11-23',
      text: 'https://example.com/minutes/7',
    };

    const refused = await workspace.as(lead).submit(filled);
    await workspace.as(lead).submit({ ...filled, reason: 'useless' });
    const told = await office.heard(legal, `wrote down that you decided ${number}`);
    const heard = await office.heard(engineer, `${number} was decided elsewhere`);
    await office.cardSaying(number, ospo, 'Decided elsewhere and written down by');

    expect(workspace.plain(form)).toContain('What was decided?');
    expect(refused).toMatchObject({ kind: 'errors', byClient: false });
    expect(JSON.stringify(refused)).toContain('A decline needs a reason.');
    expect(workspace.plain(told)).toContain('https://example.com/minutes/7');
    expect(workspace.plain(heard)).toContain('https://example.com/minutes/7');
    expect(JSON.stringify(theirs)).toContain('What happened');
    expect(JSON.stringify(theirs)).not.toContain('requests.record');
  });

  it('is found by its number, its project, its state, and on Home; its receipt can be kept', async () => {
    const { employee, lead } = workspace.people;
    const { ospo } = workspace.channels;
    const number = await office.ask(employee, 'six/seven', 'office');
    await office.cardSaying(number, ospo, 'Small thing six/seven');

    const byProject = await workspace.as(lead).slash('/ospo', 'requests six/seven');
    const mine = await workspace.as(employee).slash('/ospo', 'requests');
    workspace.as(lead).openHome();
    const home = await workspace.waitFor(() => {
      const view = workspace.home(lead);
      return view && workspace.plain(view).includes('Waiting for your decision') ? view : undefined;
    });
    const own = await office.heard(employee, `${number} ·`, 'You hear by');
    await workspace.as(lead).click(await office.cardSaying(number, ospo, 'six/seven'), 'requests.approve');
    const approved = await office.heard(employee, `${number} ·`, 'Approved by');
    await workspace.as(employee).click(approved, 'requests.receipt');
    const receipt = await office.heard(employee, `Receipt for ${number}`);
    const [upload] = await workspace.waitFor(() => {
      const calls = workspace.wire.callsOf('files.completeUploadExternal');
      return calls.length > 0 ? calls : undefined;
    });
    const kept = upload?.args.files as readonly { readonly id: string }[] | undefined;
    const file = workspace.file(kept?.[0]?.id ?? '');

    expect(JSON.stringify(byProject)).toContain(number);
    expect(JSON.stringify(mine)).toContain(number);
    expect(workspace.plain(home)).toContain('REQ-');
    expect(approved.ts).toBe(own.ts);
    expect(workspace.plain(receipt)).toContain('Record in the audit trail');
    expect(file?.name).toBe(`${number}.md`);
    expect(file?.content.toString()).toContain(`# Receipt for ${number}`);
    expect(file?.content.toString()).toContain('- Name: six/seven');
    expect(workspace.plain(receipt)).toContain('OSPO lead approved (Open source office)');
  });
});
