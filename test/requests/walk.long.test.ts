import { describe, it } from 'vitest';
import { expectInvariants } from './walk.ts';

describe('whatever happens to a request, for long', () => {
  it('its events give its state, nobody decides their own, one decision holds, somebody can always go on', () => {
    expectInvariants(5_000);
  }, 600_000);
});
