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
  for (const person of Object.values(workspace.people)) {
    while (workspace.openViews(person).length > 0) await workspace.as(person).close();
  }
  expect(workspace.complaints).toEqual([]);
});

/** Everything in a message that Slack reads as markup: what was typed must never be among it. */
function markupIn(message: { readonly text: string; readonly blocks: readonly unknown[] }): string {
  const found = [message.text];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) visit(one);
    if (typeof value !== 'object' || value === null) return;
    const { type, text } = value as { readonly type?: unknown; readonly text?: unknown };
    if (type === 'mrkdwn' && typeof text === 'string') found.push(text);
    for (const one of Object.values(value)) visit(one);
  };
  visit(message.blocks);
  return found.join('\n');
}

/** A message as it is read: what was typed like a mention has a joiner in it that nobody sees. */
const read = (on: Parameters<typeof workspace.plain>[0]) => workspace.plain(on).replaceAll('\u2060', '');

describe('what somebody wrote', () => {
  it.each([
    ['markup and mentions', '<!channel> <@U0LEGAL> *bold* `code` <https://evil.example|your bank> &amp;'],
    ['3,000 characters', '长'.repeat(2_990)],
    ['emoji', '🧑‍🚀🏳️‍🌈 👩🏽‍💻 :tada:'],
    ['right-to-left text', 'مرحبا بالعالم \u202egnp.exe'],
    ['Chinese', '我们的看板要用它。“引号”、《书名》与——破折号。'],
    ['half a character', `broken \ud83d surrogate`],
  ])('stands on cards, in news and in details as what it is: %s', async (_, words) => {
    const { employee, lead } = workspace.people;
    const { ospo } = workspace.channels;
    // What a card quotes of a longer text, and what nothing on its way can change.
    const beginning = words.toWellFormed().slice(0, 12);

    const number = await office.ask(employee, 'words', 'office', words);
    const card = await office.cardSaying(number, ospo, 'Small thing words');
    await office.form(lead, card, 'requests.more', 'ask');
    await workspace.as(lead).submit({ text: words });
    const asked = await office.heard(employee, `needs to know more about ${number}`);
    await office.form(employee, asked, 'requests.answer');
    await workspace.as(employee).submit({ text: words });
    const answered = await office.heard(lead, `answers about ${number}`);
    const details = await office.form(lead, card, 'requests.details');
    const mine = await office.heard(employee, `${number} ·`, 'You hear by');
    await workspace.as(employee).click(mine, 'requests.withdraw');
    await office.heard(ospo, `${number} ·`, 'Withdrawn by');

    for (const message of [card, asked, answered]) {
      expect(read(message)).toContain(beginning);
      expect(markupIn(message)).not.toMatch(/<!channel>|<@U0LEGAL>|<https:\/\/evil/);
    }
    expect(read(details)).toContain(beginning);
    expect(workspace.ephemerals(employee)).toEqual([]);
  });
});
