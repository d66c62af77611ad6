import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type MovableClock, movableClock } from '../../src/core/time.ts';
import type { OpenView } from '../../src/playground/state.ts';
import type { Workspace } from '../../src/playground/workspace.ts';
import { type Bot, startBot } from './bot.ts';

let bot: Bot;
let workspace: Workspace;
let clock: MovableClock;
beforeAll(async () => {
  // A Tuesday morning in Berlin, where the office works.
  clock = movableClock(Date.UTC(2026, 10, 24, 9), true);
  bot = await startBot({ clock, office: true, workspace: { timing: { ackWithinMs: 1_000, retryAfterMs: [20, 50] } } });
  ({ workspace } = bot);
  await workspace.waitFor(() => workspace.wire.callsOf('usergroups.list').length > 0);
  await workspace.settled();
});
afterAll(() => bot.stop());
beforeEach(() => clock.advance(2_000));
afterEach(async () => {
  workspace.faults.clear();
  for (const person of Object.values(workspace.people)) {
    while (workspace.openViews(person).length > 0) await workspace.as(person).close();
  }
  expect(workspace.complaints).toEqual([]);
});

const top = (person: string) => workspace.openViews(person).at(-1);
const words = (view: OpenView | undefined) => JSON.stringify(view?.view);
const titleOf = (view: OpenView | undefined) => (view?.view.title as { readonly text: string } | undefined)?.text ?? '';

/** Resolves with the view on top once its title fits. */
function titled(person: string, title: string): Promise<OpenView> {
  return workspace.waitFor(
    () => {
      const view = top(person);
      return titleOf(view).includes(title) ? view : undefined;
    },
    { what: `a view "${title}", not "${titleOf(top(person))}"` },
  );
}

async function opened(person: string, typed: string, title: string): Promise<OpenView> {
  await workspace.as(person).slash('/ospo', `request ${typed}`);
  return titled(person, title);
}

/** The block of a field as it is drawn now. */
function blockOf(person: string, field: string): string {
  const found = /"block_id":"([^"]+)"/g;
  const ids = [...words(top(person)).matchAll(found)].map(([, id = '']) => id);
  const block = ids.find((id) => id.startsWith(`${field}.`));
  if (!block) throw new Error(`no field ${field}; there are ${ids.join(', ')}`);
  return block;
}

type Entry = Parameters<ReturnType<Workspace['as']>['select']>[2];

async function enter(person: string, field: string, entry: Entry): Promise<void> {
  const view = top(person);
  if (!view) throw new Error('no view is open');
  await workspace.as(person).select(view, blockOf(person, field), entry);
  await workspace.settled();
}

const fix = {
  project: 'apache/kafka',
  nature: 'bug_fix',
  lines: '40',
  summary: 'Fixes the consumer lag metric that our dashboards read.',
};

/** The first page of a contribution, filled in. */
async function fillFirst(person: string, answers: Readonly<Record<string, Entry>> = {}): Promise<void> {
  for (const [field, entry] of Object.entries({ ...fix, ...answers })) await enter(person, field, entry);
  await enter(person, 'flags', ['none']);
}

async function pick(person: string, field: string, typed: string): Promise<void> {
  const view = top(person);
  if (!view) throw new Error('no view is open');
  const [option] = await workspace.as(person).type(view, blockOf(person, field), typed);
  await enter(person, field, option ?? null);
}

/** A home page of the bot, drawn after it was opened. */
async function homeOf(person: string): Promise<string> {
  const calls = workspace.wire.callsOf('views.publish').length;
  workspace.as(person).openHome();
  await workspace.waitFor(() => workspace.wire.callsOf('views.publish').length > calls);
  return JSON.stringify(workspace.home(person));
}

describe('a form', () => {
  it('goes step by step to a request, asking only what the answers make necessary', async () => {
    const { employee } = workspace.people;
    const actor = workspace.as(employee);

    await opened(employee, 'contribute', 'Contribute');
    await fillFirst(employee);
    await actor.submit();
    await titled(employee, '(2 of');
    await enter(employee, 'projectUrl', 'https://github.com/apache/kafka');
    await pick(employee, 'license', 'apache2');
    await enter(employee, 'agreement', 'none');
    await actor.submit();
    await titled(employee, '(3 of');
    await enter(employee, 'clean', ['yes']);
    await actor.submit();
    const last = await titled(employee, 'Contribute: send');
    const sent = await actor.submit();

    expect(words(last)).toContain('Contribution to apache/kafka · Bug fix');
    expect(words(last)).toContain('Decides: Open source office');
    expect(words(last)).toContain('You hear by');
    expect(sent.kind).toBe('update');
    expect(words(top(employee))).toMatch(/Your request is REQ-\d+\. You hear by/);
  });

  it('says mistakes beside the field, in the reader’s language', async () => {
    const { shanghai } = workspace.people;

    await opened(shanghai, 'contribute', '贡献申请');
    await fillFirst(shanghai);
    await enter(shanghai, 'flags', ['none', 'ai']);
    const submitted = await workspace.as(shanghai).submit();

    expect(submitted).toMatchObject({ kind: 'errors', byClient: false });
    expect(JSON.stringify(submitted)).toContain('这个选项只能单选');
  });

  it('says that no request is needed before it asks on', async () => {
    const { engineer } = workspace.people;

    await opened(engineer, 'contribute project=apache/kafka nature=issue', 'Contribute');
    await workspace.as(engineer).submit();
    const view = await titled(engineer, 'No request needed');

    expect(words(view)).toContain('Bug reports, comments, answers and reviews need no request.');
  });
});

describe('opening', () => {
  it('begins with a choice from the shortcut, and with a button on Home', async () => {
    const { manager } = workspace.people;

    await workspace.as(manager).globalShortcut('request_approval');
    const chooser = await titled(manager, 'Request approval');
    await workspace.as(manager).click(chooser, { action: 'requests.choose', value: 'component' });
    const component = await titled(manager, 'Component');
    await workspace.as(manager).close();
    await homeOf(manager);
    const home = workspace.home(manager);
    if (home) await workspace.as(manager).click(home, 'requests.open');
    await titled(manager, 'Request approval');

    expect(words(chooser)).toContain('Contribute upstream');
    expect(words(component)).toContain('Which component?');
  });

  it('comes from an answer, with what the article knows', async () => {
    const { employee } = workspace.people;
    const asked = workspace.as(employee).dm('can we use an AGPL component in our SaaS?');
    const answer = await workspace.waitFor(() =>
      workspace.conversation(employee).find((message) => message.bot && message.thread === asked.ts),
    );

    await workspace.as(employee).click(answer, 'requests.open');
    const view = await titled(employee, 'Component');

    expect(workspace.plain(answer)).toContain('Request component use');
    expect(words(view)).toMatch(/"initial_option":\{[^}]*\{[^}]*\},"value":"server"/);
  });

  it('is offered again, with the same answers, when Slack did not open it in time', async () => {
    const { engineer } = workspace.people;
    workspace.faults.api.inject({ kind: 'error', error: 'expired_trigger_id' }, { only: 'views.open', times: 1 });

    await workspace.as(engineer).slash('/ospo', 'request contribute project=apache/kafka');
    const told = await workspace.waitFor(() =>
      workspace.conversation(engineer).findLast((message) => workspace.plain(message).includes('Open it again')),
    );
    await workspace.as(engineer).click(told, 'requests.open');
    const view = await titled(engineer, 'Contribute');

    expect(words(view)).toContain('"initial_value":"apache/kafka"');
  });

  it('refuses guests', async () => {
    const { guest } = workspace.people;

    const view = await opened(guest, 'component', 'Request approval');

    expect(words(view)).toContain('Guests cannot ask for approval.');
    expect(view.view.submit).toBeFalsy();
  });

  it('names what there is when the form is misspelt', async () => {
    const { legal } = workspace.people;

    const view = await opened(legal, 'componet', 'Request approval');

    expect(words(view)).toContain('There is no form called componet.');
    expect(words(view)).toContain('Use a component');
  });
});

describe('a draft', () => {
  it('survives a closed modal and a restart, waits on Home, goes on where it was left, and can be discarded', async () => {
    const { reviewer } = { reviewer: workspace.people.security };
    await opened(reviewer, 'contribute', 'Contribute');
    await fillFirst(reviewer, { project: 'apache/flink' });
    await workspace.as(reviewer).submit();
    await titled(reviewer, '(2 of');

    await workspace.as(reviewer).close();
    await bot.restart();
    const before = await homeOf(reviewer);
    const home = workspace.home(reviewer);
    if (!home) throw new Error('no Home');
    await workspace.as(reviewer).click(home, 'requests.go_on');
    const second = await titled(reviewer, '(2 of');
    await workspace.as(reviewer).click(second, 'requests.back');
    const first = await titled(reviewer, '(1 of');
    await workspace.as(reviewer).close();
    await workspace.as(reviewer).click(home, 'requests.discard');
    await workspace.waitFor(() => !JSON.stringify(workspace.home(reviewer)).includes('apache/flink'));

    expect(before).toContain('Contribution to apache/flink');
    expect(words(first)).toContain('"initial_value":"apache/flink"');
  });

  it('holds the last word when choices come faster than their answers', async () => {
    const { lead } = workspace.people;
    const view = await opened(lead, 'contribute', 'Contribute');
    const nature = blockOf(lead, 'nature');

    const choices = ['bug_fix', 'feature', 'issue'];
    await Promise.all(choices.map((choice) => workspace.as(lead).select(view, nature, choice)));
    await workspace.waitFor(() => titleOf(top(lead)) === 'Contribute (1 of 2)' || titleOf(top(lead)) === 'Contribute');
    await clock.advance(1_000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await workspace.as(lead).select(view, blockOf(lead, 'project'), 'apache/kafka');
    await workspace.as(lead).submit();

    expect(words(await titled(lead, 'No request needed'))).toContain('Bug reports');
  });
});

describe('sending', () => {
  /** A contribution that is ready to be sent. */
  async function ready(person: string, project: string, summary = fix.summary): Promise<OpenView> {
    await opened(person, `contribute project=${project}`, 'Contribute');
    await fillFirst(person, { project, summary });
    await workspace.as(person).submit();
    await titled(person, '(2 of');
    await enter(person, 'projectUrl', 'https://github.com/apache/kafka');
    await pick(person, 'license', 'Apache-2.0');
    await enter(person, 'agreement', 'none');
    await workspace.as(person).submit();
    await titled(person, '(3 of');
    await enter(person, 'clean', ['yes']);
    await workspace.as(person).submit();
    return titled(person, 'Contribute: send');
  }

  it('twice makes one request', async () => {
    const { legal } = workspace.people;
    await ready(legal, 'apache/spark');

    await workspace.as(legal).submit();
    const [envelope] = workspace.wire.envelopes.filter(({ type }) => type === 'interactive').slice(-1);
    const again = envelope && (await workspace.redeliver(envelope));

    const [, number] = /Your request is (REQ-\d+)/.exec(words(top(legal))) ?? [];
    expect(number).toBeDefined();
    expect(JSON.stringify(again)).toContain(`This was sent already: it is ${number}.`);
  });

  it('shows a colleague’s request for the same thing before the form goes on', async () => {
    const { employee, engineer } = workspace.people;
    const summary = 'Adds a retry to the consumer.';
    await ready(employee, 'apache/storm', summary);
    await workspace.as(employee).submit();

    await opened(engineer, 'contribute', 'Contribute');
    await fillFirst(engineer, { project: 'https://github.com/Apache/Storm', summary });
    await workspace.as(engineer).submit();
    const before = await titled(engineer, 'Before you go on');
    await workspace.as(engineer).submit();
    await titled(engineer, '(2 of');

    expect(words(before)).toMatch(/REQ-\d+ of <@U/);
  });

  it('lets somebody wait for a colleague’s request instead, and tells them when it has ended', async () => {
    const { employee, engineer } = workspace.people;
    const summary = 'Corrects the time zone of a log line.';
    await ready(employee, 'apache/ant', summary);
    await workspace.as(employee).submit();
    const [, number = ''] = /Your request is (REQ-\d+)/.exec(words(top(employee))) ?? [];
    await opened(engineer, 'contribute', 'Contribute');
    await fillFirst(engineer, { project: 'apache/ant', summary });
    await workspace.as(engineer).submit();
    const before = await titled(engineer, 'Before you go on');

    await workspace.as(engineer).click(before, `requests.await:${number}`);
    await workspace.waitFor(() => words(top(engineer)).includes(`You hear when ${number} is decided.`));
    const mine = await workspace.waitFor(() =>
      workspace.conversation(employee).find((message) => workspace.plain(message).includes('apache/ant')),
    );
    await workspace.as(employee).click(mine, 'requests.withdraw');
    await workspace.settled();
    await clock.advance(2 * 60 * 60_000);
    const told = await workspace.waitFor(() =>
      workspace
        .conversation(engineer)
        .find((message) => workspace.plain(message).includes(`${number}, which you wait for`)),
    );

    expect(workspace.plain(told)).toContain('has ended without an approval');
  });

  it.each([
    ['markup and mentions', '<!channel> <@U0EMPLOYEE> *bold* <https://evil.example|bank> &amp;'],
    ['emoji and right-to-left', '🧑‍🚀 مرحبا بالعالم \u202e gnp.exe'],
    ['Chinese', '修复了消费延迟指标不准的问题。'],
  ])('takes %s as what it is', async (_, summary) => {
    const { lead } = workspace.people;

    const last = await ready(lead, `apache/p${summary.length}`, summary);
    await workspace.as(lead).submit();

    expect(words(last)).not.toMatch(/<!channel>|<@U0EMPLOYEE>/);
    expect(words(top(lead))).toContain('Your request is REQ-');
  });

  it('takes 3,000 characters', async () => {
    const { lead } = workspace.people;
    await opened(lead, 'contribute project=apache/long nature=feature', 'Contribute');
    await fillFirst(lead, { project: 'apache/long', nature: 'feature' });
    await workspace.as(lead).submit();
    await titled(lead, '(2 of');
    await enter(lead, 'projectUrl', 'https://github.com/apache/long');
    await pick(lead, 'license', 'mit');
    await enter(lead, 'agreement', 'dco');
    await workspace.as(lead).submit();
    await titled(lead, '(3 of');

    await enter(lead, 'benefit', '长'.repeat(1_500));
    await enter(lead, 'review', 'colleague');
    await enter(lead, 'clean', ['yes']);
    await workspace.as(lead).submit();
    const last = await titled(lead, 'Contribute: send');
    await workspace.as(lead).submit();

    expect(words(last).length).toBeLessThan(50_000);
    expect(words(top(lead))).toContain('Your request is REQ-');
  });
});
