import type { Workspace } from '../../src/playground/workspace.ts';

export interface Answer {
  readonly ok: boolean;
  readonly error?: string;
  readonly response_metadata?: { readonly messages?: readonly string[]; readonly next_cursor?: string };
  readonly [name: string]: unknown;
}

/** Calls a Web API method with a JSON body, as no client library would dare to get it wrong. */
export async function call(
  workspace: Workspace,
  method: string,
  args: object = {},
  token: string | undefined = workspace.botToken,
): Promise<Answer> {
  const response = await fetch(`${workspace.apiUrl}${method}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(token !== '' && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(args),
  });
  return (await response.json()) as Answer;
}
