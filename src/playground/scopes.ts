import { Refusal } from './refusal.ts';
import type { Channel, ChannelKind } from './state.ts';
import type { World } from './world.ts';

/** The scope that a conversation of each kind needs, by what is done with it (docs.slack.dev/reference/scopes). */
export const grants: Readonly<Record<'read' | 'history' | 'open', Readonly<Record<ChannelKind, string>>>> = {
  read: { public: 'channels:read', private: 'groups:read', im: 'im:read', mpim: 'mpim:read' },
  history: { public: 'channels:history', private: 'groups:history', im: 'im:history', mpim: 'mpim:history' },
  open: { public: 'channels:manage', private: 'groups:write', im: 'im:write', mpim: 'mpim:write' },
};

export function missingScope(world: World, needed: readonly string[]): Refusal {
  return new Refusal('missing_scope', {
    needed: needed.join(','),
    provided: [...world.installation.scopes].join(','),
  });
}

/** @throws Refusal `missing_scope` when the app lacks the scope for this kind of conversation */
export function needScope(world: World, use: keyof typeof grants, kind: Channel['kind']): void {
  const scope = grants[use][kind];
  if (!world.installation.scopes.has(scope)) throw missingScope(world, [scope]);
}
