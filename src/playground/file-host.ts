import type { IncomingMessage, ServerResponse } from 'node:http';
import { mayOpen } from './file-access.ts';
import { identity, type World } from './world.ts';

/** Takes the content of an upload whose URL files.getUploadURLExternal gave out. */
export function receiveUpload(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  body: Buffer,
): void {
  const id = url.pathname.slice('/upload/'.length);
  const upload = world.state.uploads.get(id);
  const fits = upload !== undefined && upload.length === body.length && request.method === 'POST';
  if (fits) world.state.uploads.set(id, { ...upload, content: body });
  response.writeHead(fits ? 200 : 400, { 'content-type': 'text/plain' });
  response.end(fits ? `OK - ${body.length}` : 'upload refused: unknown URL or another length than announced');
}

/** Serves a file's content to the app where it may open it; everybody else gets the sign-in page, as from Slack. */
export function answerFile(world: World, response: ServerResponse, url: URL, token: string | undefined): void {
  const file = world.state.files.get(url.pathname.split('/')[2] ?? '');
  const isApp = token === identity.botToken && world.installation.scopes.has('files:read');
  if (!isApp || (file && !mayOpen(world, file, identity.botUser))) {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<!DOCTYPE html><title>Sign in</title>');
    return;
  }
  if (!file) {
    response.writeHead(404);
    response.end();
    return;
  }
  response.writeHead(200, { 'content-type': file.mimetype, 'content-length': String(file.content.length) });
  response.end(file.content);
}
