import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebClient } from '@slack/web-api';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PersonId } from '../../src/core/ports.ts';
import { people } from '../../src/playground/seed.ts';
import { startWorkspace, type Workspace } from '../../src/playground/workspace.ts';
import { createFileCopies } from '../../src/slack/file-copies.ts';
import { createDownload, createFileReader, type Download } from '../../src/slack/files.ts';
import { manifest } from './house.ts';

let workspace: Workspace;
let client: WebClient;
let download: Download;
beforeAll(async () => {
  workspace = await startWorkspace({ manifest });
  const { apiUrl, botToken } = workspace;
  client = new WebClient(botToken, { slackApiUrl: apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true });
  download = createDownload(client, { token: botToken, apiUrl });
});
afterAll(() => workspace.stop());
afterEach(() => workspace.faults.clear());

const employee = people.employee as PersonId;
const lead = people.lead as PersonId;
const bytes = Buffer.from([0, 255, 37, 80, 68, 70]);
const given = (name = 'a.pdf', content = bytes, mimetype = 'application/pdf') =>
  String(workspace.upload(employee, { name, mimetype, content }).id);

describe('reading a file', () => {
  it('gives it byte for byte, and says whose it is', async () => {
    const file = await download(given(), 6);

    expect(file).toEqual({ kind: 'bytes', name: 'a.pdf', owner: employee, bytes });
  });

  it.each([
    ['larger than wanted', () => given(), 5, { kind: 'too-large', name: 'a.pdf' }],
    [
      'a web page of its own',
      () => given('p.html', Buffer.from('<p>'), 'text/html'),
      9,
      { kind: 'bytes', name: 'p.html' },
    ],
    ['not there', () => 'F0NOWHERE', 9, { kind: 'unseen', name: 'F0NOWHERE' }],
  ])('%s', async (_, file, largest, expected) => {
    expect(await download(file(), largest)).toMatchObject(expected);
  });

  it('says that it was deleted', async () => {
    const file = given();
    workspace.as(employee).removeFile(file);

    expect(await download(file, 9)).toEqual({ kind: 'deleted', name: file });
  });

  it('takes the sign-in page for none', async () => {
    const file = given();
    const found = createDownload(client, { token: 'xoxb-other', apiUrl: workspace.apiUrl });

    expect(await found(file, 9)).toMatchObject({ kind: 'unseen' });
  });

  it.each([
    ['is limited', { kind: 'rate_limited', retryAfterSeconds: 1 }],
    ['answers nothing', { kind: 'http_500' }],
  ] as const)('waits while Slack %s', async (_, fault) => {
    const file = given();
    workspace.faults.api.inject(fault, { only: 'files.info', times: 1 });

    expect(await download(file, 9)).toEqual({ kind: 'later' });
  });

  it('as text, whatever else is unreadable', async () => {
    const read = createFileReader(download);
    const text = given('bom.json', Buffer.from('{"é":1}'), 'application/json');

    expect(await read(text, 99)).toEqual({ kind: 'text', name: 'bom.json', text: '{"é":1}' });
    expect(await read(text, 2)).toEqual({ kind: 'too-large', name: 'bom.json' });
    expect(await read('F0NOWHERE', 99)).toEqual({ kind: 'unreadable', name: 'F0NOWHERE' });
  });
});

describe('the token', () => {
  let elsewhere: Server;
  const asked: (string | undefined)[] = [];
  beforeAll(async () => {
    elsewhere = createServer((request, response) => {
      asked.push(request.headers.authorization);
      response.end('gotcha');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => elsewhere.close(resolve)));

  it.each([
    ['an address elsewhere', {}],
    ['a file that is kept elsewhere', { is_external: true, mode: 'external' }],
  ])('does not go to %s', async (_, more) => {
    const { port } = elsewhere.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/a.pdf`;
    const info = async () => ({
      ok: true,
      file: { name: 'a.pdf', user: employee, size: 6, url_private: url, ...more },
    });
    const lied = { files: { info } } as unknown as WebClient;

    const file = await createDownload(lied, { token: 'xoxb-secret', apiUrl: workspace.apiUrl })('F1', 99);

    expect(file).toEqual({ kind: 'unseen', name: 'a.pdf' });
    expect(asked).toEqual([]);
  });

  it.each([
    ['https://files.slack.com.example.com/a'],
    ['http://files.slack.com/a'],
    ['https://evil-slack.com/a'],
    ['not an address'],
  ])('does not go to %s', async (url) => {
    const info = async () => ({ ok: true, file: { name: 'a.pdf', user: employee, size: 6, url_private: url } });
    const lied = { files: { info } } as unknown as WebClient;

    const file = await createDownload(lied, { token: 'xoxb-secret', apiUrl: 'https://slack.com/api/' })('F1', 99);

    expect(file).toEqual({ kind: 'unseen', name: 'a.pdf' });
  });
});

describe('a copy for somebody else', () => {
  const copies = () => createFileCopies(client, download);
  const shownTo = (person: PersonId) => workspace.conversation(person).flatMap(({ files }) => files);

  /** A copy that is ready to be shown. */
  async function copied(): Promise<string> {
    const made = await copies().copy(given(), employee, 99);
    return made.kind === 'copied' ? made.copy : made.kind;
  }

  const showing = (copy: string, ask = true) => ({
    copies: [{ copy, title: 'A title' }],
    person: lead,
    thread: undefined,
    words: 'Files:',
    ask,
  });

  it('is seen by nobody before it is shown, and then by them alone', async () => {
    const copy = await copied();
    const before = shownTo(lead).length;

    const asked = await copies().show(showing(copy));
    const shown = await copies().show(showing(copy, false));

    expect([asked.kind, shown.kind]).toEqual(['asked', 'shown']);
    expect(before).toBe(0);
    expect(shownTo(lead).map(({ title, content }) => [title, content])).toEqual([['A title', bytes]]);
    expect(shownTo(employee)).toEqual([]);
  });

  it('is shown once, however often that is asked for', async () => {
    const copy = await copied();
    const before = shownTo(lead).length;
    const fault = workspace.faults.api.inject(
      { kind: 'lost_answer' },
      { only: 'files.completeUploadExternal', times: 1 },
    );

    const lost = await copies().show(showing(copy));
    const again = await copies().show(showing(copy));

    expect([fault.hits(), lost.kind, again.kind]).toEqual([1, 'later', 'shown']);
    expect(shownTo(lead).length).toBe(before + 1);
  });

  it.each([
    ['of somebody else', () => copies().copy(given(), lead, 99), 'foreign'],
    ['that is empty', () => copies().copy(given('empty.txt', Buffer.alloc(0)), employee, 99), 'unseen'],
    ['that is too large', () => copies().copy(given(), employee, 1), 'too-large'],
  ] as const)('is not made of a file %s', async (_, make, kind) => {
    expect(await make()).toMatchObject({ kind });
  });

  it('is refused where the person cannot be written to', async () => {
    const copy = await copied();

    const refused = await copies().show({ ...showing(copy), person: 'U0NOBODY' as PersonId });

    expect(refused).toMatchObject({ kind: 'refused' });
  });
});
