import { randomId } from '../../core/ids.ts';
import { identity } from '../world.ts';
import type { Handler } from './handler.ts';

export const testAuth: Handler = (world) => ({
  url: `https://${identity.domain}.slack.com/`,
  team: 'Playground',
  user: world.installation.name,
  team_id: identity.team,
  user_id: identity.botUser,
  bot_id: identity.bot,
  is_enterprise_install: false,
});

export const openConnection: Handler = (world) => ({
  url: `${world.origin().replace('http', 'ws')}/link/?ticket=${randomId()}&app_id=${identity.app}`,
});
