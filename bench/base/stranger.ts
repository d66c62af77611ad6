import type { RequestLinks } from '../../src/requests/fact-finding.ts';
import type { Managers } from '../../src/requests/managers.ts';

/** What requests ask of the rest of the house, in a house that knows nothing of anybody. */
export const nothingKnown: RequestLinks = {
  license: () => 'refer',
  policyVersion: () => undefined,
  project: () => ({ known: 'unknown' }),
  training: () => 'unknown',
  agreement: async () => 'unknown',
  standing: async () => 'unknown',
};

export const noManagers: Pick<Managers, 'of' | 'named'> = {
  of: () => undefined,
  named: async () => ({ ops: [], say: [] }),
};
