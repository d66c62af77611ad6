import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channels, people } from '../../src/playground/seed.ts';
import { startWorkspace, type Workspace } from '../../src/playground/workspace.ts';
import { call } from './call.ts';
import { manifest } from './manifest.ts';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await startWorkspace({ manifest });
});
afterEach(() => workspace.stop());

const paper = { name: 'Vertrag Ü.pdf', mimetype: 'application/pdf', content: Buffer.from('%PDF') };
const info = (file: string) => call(workspace, 'files.info', { file });
const bearer = () => ({ headers: { authorization: `Bearer ${workspace.botToken}` } });

/** What the app gets from the address of a file. */
async function downloaded(url: unknown): Promise<string> {
  const response = await fetch(String(url), bearer());
  return response.headers.get('content-type')?.startsWith('text/html') ? 'sign in' : response.text();
}

/** A file that the app has shown somewhere. */
async function shownBy(channel: string, thread?: string): Promise<Readonly<Record<string, unknown>>> {
  const begun = await call(workspace, 'files.getUploadURLExternal', { filename: 'a.txt', length: 2 });
  await fetch(String(begun.upload_url), { method: 'POST', body: 'hi' });
  const files = [{ id: begun.file_id }];
  return call(workspace, 'files.completeUploadExternal', {
    files,
    channel_id: channel,
    ...(thread ? { thread_ts: thread } : {}),
  });
}

describe('a file that is uploaded in a form', () => {
  it('is its uploader’s and the app’s, and nobody else’s', async () => {
    const file = workspace.upload(people.employee, paper);
    const id = String(file.id);

    const seen = await info(id);

    expect(seen.file).toMatchObject({ user: people.employee, name: paper.name, ims: [], channels: [], shares: {} });
    expect(file.permalink).toMatch(
      new RegExp(`^https://[a-z-]+\\.slack\\.com/files/${people.employee}/${id}/vertrag__.pdf$`),
    );
    expect(await downloaded(file.url_private_download)).toBe('%PDF');
    expect(workspace.fileFor(people.employee, id)?.content).toEqual(paper.content);
    expect(workspace.fileFor(people.lead, id)).toBeUndefined();
  });

  it('is gone for everybody when its uploader deletes it', async () => {
    const file = workspace.upload(people.employee, paper);
    const id = String(file.id);

    expect(() => workspace.as(people.lead).removeFile(id)).toThrow('has no file');
    workspace.as(people.employee).removeFile(id);

    expect(await info(id)).toMatchObject({ error: 'file_deleted' });
    expect((await fetch(String(file.url_private), bearer())).status).toBe(404);
    expect(workspace.fileFor(people.employee, id)).toBeUndefined();
  });
});

describe('a file in a message', () => {
  it('opens for those in the conversation, and for the app where it is a member', async () => {
    const message = workspace.as(people.employee).say(channels.general, '', { files: [paper] });
    const [file] = message.files;
    const id = file?.id ?? '';

    const before = await info(id);
    workspace.invite(channels.general, workspace.botUserId);
    const after = await info(id);

    expect(before).toMatchObject({ ok: false, error: 'not_visible' });
    expect(after.file).toMatchObject({
      channels: [channels.general],
      shares: { public: { [channels.general]: [{ ts: message.ts }] } },
    });
    expect(workspace.fileFor(people.shanghai, id)).toBeDefined();
  });

  it('is served to nobody without files:read', async () => {
    const file = workspace.upload(people.employee, paper);
    workspace.revokeScope('files:read');

    expect(await downloaded(file.url_private_download)).toBe('sign in');
    expect(await info(String(file.id))).toMatchObject({ error: 'missing_scope' });
  });
});

describe('a file that the app uploads', () => {
  it('is no file before it is shown, and opens for those to whom it is', async () => {
    const begun = await call(workspace, 'files.getUploadURLExternal', { filename: 'a.txt', length: 2 });
    const { channel } = await call(workspace, 'conversations.open', { users: people.lead });
    const direct = String((channel as { id: string }).id);

    const before = await info(String(begun.file_id));
    const done = await shownBy(direct);
    const [file] = done.files as readonly { readonly id: string }[];
    const seen = await info(file?.id ?? '');

    expect(before).toMatchObject({ error: 'file_not_found' });
    expect(seen.file).toMatchObject({ ims: [direct], shares: { private: { [direct]: [{ ts: expect.any(String) }] } } });
    expect(workspace.fileFor(people.lead, file?.id ?? '')).toBeDefined();
    expect(workspace.fileFor(people.employee, file?.id ?? '')).toBeUndefined();
  });

  it.each([
    ['a person instead of a conversation', people.lead, undefined, 'invalid_arguments'],
    ['a thread that is not there', channels.ospo, '1795428000.000100', 'thread_not_found'],
  ])('is refused for %s', async (_, channel, thread, error) => {
    const refused = await shownBy(channel, thread);

    expect(refused).toMatchObject({ ok: false, error });
  });

  it('is shown once by one upload', async () => {
    const done = await shownBy(channels.ospo);
    const [file] = done.files as readonly { readonly id: string }[];

    const again = await call(workspace, 'files.completeUploadExternal', {
      files: [{ id: file?.id }],
      channel_id: channels.ospo,
    });

    expect(again).toMatchObject({ error: 'file_not_found' });
  });
});
