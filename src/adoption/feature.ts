import type { People, Store } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Declared, Feature } from '../feature.ts';
import { createAdopting } from './adopting.ts';
import { adoptionSubjects, adoptions, type ShippedContent } from './adoption.ts';
import { editions } from './edition.ts';
import { adopterRoles, listenToAdoption } from './listeners.ts';
import { adoptionSamples } from './samples.ts';
import { texts } from './texts.ts';

/** What adopting keeps. */
export const adoptionDeclared: Declared = {
  name: 'adoption',
  collections: [adoptions, editions],
  content: [],
  auditSubjects: [adoptionSubjects],
};

/** Shipped texts become the organization's own: who took them, when, and which. */
export function createAdoptionFeature(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly people: People;
  shipped(): Promise<ShippedContent>;
  /** Resolves when what was adopted answers. */
  inForce(): Promise<unknown>;
}): Feature {
  const adopting = createAdopting({ store: deps.store, now: deps.clock.now, shipped: deps.shipped });
  return {
    ...adoptionDeclared,
    listen: (gate) => listenToAdoption(gate, { adopting, people: deps.people, inForce: deps.inForce }),
    cards: {},
    jobs: [],
    samples: adoptionSamples,
    commands: [{ words: 'adopt', help: { en: texts.en.help, 'zh-CN': texts['zh-CN'].help }, roles: adopterRoles }],
  };
}
