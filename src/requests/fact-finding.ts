import type { Mentors } from '../core/links.ts';
import type { Organization } from '../core/organization.ts';
import type { Op, People, PersonId, Store } from '../core/ports.ts';
import type { Values } from './condition.ts';
import { type NamedManagers, sureManager } from './deciding.ts';
import { type Found, factsFrom } from './facts.ts';
import type { TrainingGate } from './form-page.ts';
import { componentKey } from './keys.ts';
import { requests } from './records.ts';
import type { ProjectTerms } from './standing.ts';
import type { RequestType, TypeEdition } from './type.ts';

type YesNo = 'yes' | 'no' | 'unknown';

/** What requests need of their neighbors. A neighbor that is not there answers `unknown`, which never passes anything. */
export interface RequestLinks {
  /** What the license policy says of an expression; `use` as in the policy, undefined for a contribution. */
  license(expression: string, use: string | undefined, modified: boolean): NonNullable<Found['license']>;
  /** The version of the policy, for the record. */
  policyVersion(): string | undefined;
  /** A project in the register, by a name or address as people write them. */
  project(name: string): NonNullable<Found['project']> & ProjectTerms;
  training(person: PersonId, training: string): YesNo;
  /** What to say to somebody whose training is not current, and the button that mends it. */
  trainingGate?(person: PersonId, training: string): TrainingGate | undefined;
  /** Whether an agreement that a project asks for is cleared for the requester. */
  agreement(project: string, kind: string, requester: PersonId): Promise<YesNo>;
  /** The standing approval that covers a request. */
  standing(edition: TypeEdition, answers: Values, requester: PersonId): Promise<NonNullable<Found['standing']>>;
  /** Who reads changes before they go upstream; absent: whoever holds the role `mentor`. */
  readonly mentors?: Mentors;
  /** Notes in the same commit that a request passed by it. */
  standingUsed?(id: string, request: string, requester: PersonId): Promise<readonly Op[]>;
}

/** Finds out what conditions look at. */
export interface FactFinding {
  /** What is known at once, from memory. */
  factsNow(edition: TypeEdition, answers: Values, requester: PersonId): Values;
  facts(edition: TypeEdition, answers: Values, requester: PersonId): Promise<Values>;
}

// A component with more approvals than this is approved for whatever anybody asks.
const mostLooked = 200;

export function createFactFinding(deps: {
  readonly store: Store;
  readonly people: People;
  readonly managers: NamedManagers;
  readonly links: RequestLinks;
  organization(): Organization;
  /** Whether the open source office took a type for its own, by the path of its file. */
  isAdopted(file: string): boolean;
}): FactFinding {
  const { store, links } = deps;

  function found(edition: TypeEdition, answers: Values, requester: PersonId): Found {
    const { type, file } = edition;
    const { find, training } = type;
    const textOf = (field: string | undefined) => (field ? String(answers[field] ?? '') : '');
    const project = textOf(find.project) ? links.project(textOf(find.project)) : undefined;
    const expression = textOf(find.license) || project?.license;
    const isModified = find.modified !== undefined && answers[find.modified] !== 'no';
    return {
      ...(expression ? { license: links.license(expression, textOf(find.useCase) || undefined, isModified) } : {}),
      ...(project ? { project } : {}),
      ...(training ? { training: links.training(requester, training) } : {}),
      manager: sureManager(requester, deps) ? 'yes' : 'no',
      adopted: deps.isAdopted(file) ? 'yes' : 'no',
    };
  }

  function factsOf(edition: TypeEdition, answers: Values, all: Found): Values {
    return factsFrom(edition.type, answers, all, deps.organization().limits.smallContributionLines);
  }

  async function facts(edition: TypeEdition, answers: Values, requester: PersonId): Promise<Values> {
    const { find, standing } = edition.type;
    const now = found(edition, answers, requester);
    const agreement = find.agreement === undefined ? undefined : answers[find.agreement];
    const project = find.project === undefined ? undefined : answers[find.project];
    const asked = typeof agreement === 'string' && typeof project === 'string';
    const [cleared, covering, approved] = await Promise.all([
      asked ? links.agreement(project, agreement, requester) : undefined,
      standing.length > 0 ? links.standing(edition, answers, requester) : ('none' as const),
      componentApproved(edition.type, answers),
    ]);
    return factsOf(edition, answers, {
      ...now,
      standing: covering,
      componentApproved: approved,
      ...(cleared ? { agreement: cleared } : {}),
    });
  }

  /** Whether a request of ours for this component and use was approved and is in force. */
  async function componentApproved(type: RequestType, answers: Values): Promise<YesNo> {
    const { component, useCase } = type.find;
    const name = component === undefined ? undefined : answers[component];
    if (typeof name !== 'string' || name === '') return 'unknown';
    const { docs } = await store.list(requests, {
      key: `approved:${componentKey(name)}`,
      order: 'desc',
      limit: mostLooked,
    });
    const sameUse = docs.some((doc) => useCase === undefined || doc.answers[useCase] === answers[useCase]);
    return sameUse ? 'yes' : 'no';
  }

  return {
    factsNow: (edition, answers, requester) => factsOf(edition, answers, found(edition, answers, requester)),
    facts,
  };
}
