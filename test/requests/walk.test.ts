import { describe, it } from 'vitest';
import { expectInvariants } from './walk.ts';

describe('whatever happens to a request', () => {
  // Some 1,500 states; a fault that hides from them is looked for in the long run.
  it('its events give its state, nobody decides their own, one decision holds, somebody can always go on', () => {
    expectInvariants(150);
  });
});
