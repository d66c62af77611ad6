import type { Duty, Facts } from './facts.ts';
import type { UseCase } from './policy.ts';

/** What sets duties off, as `Facts` names it. */
export type Trigger = keyof Facts['duties'];

/** What is due when something happens. */
export interface Due {
  readonly trigger: Trigger;
  readonly duties: readonly Duty[];
}

/** What happens in each use; the rest of a license rests meanwhile. */
const happening: Readonly<Record<UseCase, readonly Trigger[]>> = {
  // Colleagues who use a changed version over a network count as its users.
  internal: ['use', 'network'],
  server: ['use', 'network', 'service'],
  test: ['use', 'copy', 'source', 'changed'],
  client: ['use', 'copy', 'source', 'changed', 'network'],
  installable: ['use', 'copy', 'source', 'changed'],
  embedded: ['use', 'copy', 'source', 'changed', 'device'],
  project: ['use', 'copy', 'source', 'changed', 'device', 'network', 'service'],
};

/** What a license demands in a use, modified or not; empty where it asks for nothing. */
export function duesOf(facts: Facts, use: UseCase, modified: boolean): readonly Due[] {
  return happening[use].flatMap((trigger) => {
    const duties = facts.duties[trigger];
    if (!duties) return [];
    const untouched = trigger === 'changed' || (trigger === 'network' && facts.networkIf === 'changed');
    return untouched && !modified ? [] : [{ trigger, duties }];
  });
}
