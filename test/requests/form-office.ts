import type { InputBlock, ModalView } from '@slack/types';
import { Organization } from '../../src/core/organization.ts';
import type { AnyCollection, People, Person, PersonId, Store } from '../../src/core/ports.ts';
import { type MovableClock, movableClock } from '../../src/core/time.ts';
import type { Effect, Submitted } from '../../src/feature.ts';
import { readExpression } from '../../src/licenses/expression.ts';
import { outlookOf } from '../../src/requests/before.ts';
import type { Values } from '../../src/requests/condition.ts';
import { createDrafts, type Drafts } from '../../src/requests/drafts.ts';
import { drafts } from '../../src/requests/form-draft.ts';
import { createForms, type Forms } from '../../src/requests/form-filling.ts';
import { type FormLink, readLink } from '../../src/requests/form-link.ts';
import { FormMeta, type SameRequest } from '../../src/requests/form-page.ts';
import type { ViewValues } from '../../src/requests/form-values.ts';
import type { TypeEdition } from '../../src/requests/type.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { editionOf, field, typeOf } from './form-types.ts';

/** Monday, 23 November 2026, 10:00 in Berlin. */
export const start = Date.UTC(2026, 10, 23, 9);
export const day = 86_400_000;

export const mei = 'U0MEI00001' as PersonId;
export const bo = 'U0BO000001' as PersonId;
export const ana = 'U0ANA00001' as PersonId;
export const guest = 'U0GUEST001' as PersonId;

const named = (name: string) => ({ en: name, 'zh-CN': name });
/** One page, and then the requester's manager decides. */
export const editionWithManager = editionOf(
  typeOf([[field('name', 'text')]], {
    stages: [{ id: 'manager', name: named('Manager'), order: 1, who: { manager: true }, days: 2 }],
    routes: [{ id: 'manager', level: 3, stages: ['manager'], because: named('It takes time.') }],
  }),
);

function person(id: PersonId, roles: readonly string[], more: Partial<Person> = {}): Person {
  return { id, name: id, locale: 'en', zone: 'Europe/Berlin', active: true, guest: false, roles, ...more };
}

/** Mei asks, Bo reads Chinese, Ana is the office. */
const everybody: readonly Person[] = [
  person(mei, []),
  person(bo, [], { locale: 'zh-CN', zone: 'Asia/Shanghai' }),
  person(ana, ['ospo']),
  person(guest, [], { guest: true }),
];

/** Forms with a real store; what requests come to is written down. */
export interface TestForms {
  readonly clock: MovableClock;
  readonly store: Store;
  readonly forms: Forms;
  readonly drafts: Drafts;
  /** Everything that was sent, in order. */
  readonly sent: readonly {
    readonly draft: string;
    readonly answers: Values;
    readonly requester: PersonId;
    readonly manager?: PersonId;
  }[];
  /** The types in force from now on. */
  use(types: readonly TypeEdition[]): void;
  open(link?: string | FormLink, person?: PersonId): ModalView;
  /** Enters values by field id into a view as it was drawn, and tells the bot of the last choice. */
  set(view: ModalView, values: Entered, person?: PersonId): Promise<ModalView>;
  /** Presses the submit button of a view with these values. */
  next(view: ModalView, values?: Entered, person?: PersonId): Promise<Submitted>;
  back(view: ModalView, values?: Entered, person?: PersonId): Promise<ModalView>;
  carryOut(effect: Effect): Promise<void>;
  person(id: PersonId): Person;
}

type Entered = Readonly<Record<string, string | readonly string[]>>;

export function openForms(options: {
  readonly types: readonly TypeEdition[];
  readonly facts?: Values;
  readonly same?: readonly SameRequest[];
  readonly names?: readonly string[];
  /** Whom everybody named as their manager the last time. */
  readonly manager?: PersonId;
}): TestForms {
  const clock = movableClock(start);
  const collections: readonly AnyCollection[] = [drafts];
  const store = createMemoryStore(collections);
  const people: People = {
    get: (id) => everybody.find((one) => one.id === id),
    withRole: (role) => everybody.filter((one) => one.roles.includes(role)),
    all: () => everybody,
  };
  const names = { en: 'Here', 'zh-CN': '这里' };
  const organization = Organization.parse({
    name: 'Example',
    ospo: { name: names },
    offices: [{ id: 'berlin', name: names, zone: 'Europe/Berlin' }],
  });
  const world = { people, organization, absences: { of: () => undefined }, managers: { of: () => undefined } };
  let { types } = options;
  const sent: { draft: string; answers: Values; requester: PersonId; manager?: PersonId }[] = [];
  const facts = options.facts ?? {};

  const forms = createForms({
    store,
    clock,
    people,
    desk: {
      types: () => types,
      readLicense: readExpression,
      licenses: () => ['Apache-2.0', 'Zlib'],
      names: () => options.names ?? [],
      factsNow: () => facts,
      facts: async () => facts,
      same: async () => options.same ?? [],
      managerNamed: async () => options.manager,
      outlook: ({ type }, answers, known, requester, manager) =>
        outlookOf(type, { answers, facts: known, requester, ...(manager ? { manager } : {}) }, clock.now(), world),
      async submit({ draft, answers, requester, manager }) {
        sent.push({ draft, answers, requester, ...(manager ? { manager } : {}) });
        return { number: 141 + sent.length, promised: clock.now() + day, ops: [], say: [] };
      },
    },
  });

  async function carryOut({ ops = [] }: Effect): Promise<void> {
    await store.commit(ops);
  }

  /** What Slack would send: the values of the inputs that the view has, those that were drawn where nothing else was entered. */
  function stateOf(view: ModalView, entered: Entered): ViewValues {
    const values: Record<string, Record<string, string | readonly string[] | undefined>> = {};
    for (const { block_id = '', element } of inputsOn(view)) {
      const [field = ''] = block_id.split('.');
      const { action_id = '' } = element as { readonly action_id?: string };
      values[block_id] = { [action_id]: Object.hasOwn(entered, field) ? entered[field] : drawn(element) };
    }
    return values;
  }

  const metaOf = (view: ModalView) => FormMeta.parse(JSON.parse(view.private_metadata ?? ''));

  async function shown(view: ModalView, effect: Effect): Promise<ModalView> {
    await carryOut(effect);
    return effect.reply?.kind === 'view' ? effect.reply.view : view;
  }

  return {
    clock,
    store,
    forms,
    drafts: createDrafts({ store, people, types: () => types }),
    sent,
    carryOut,
    use(next) {
      types = next;
    },
    open: (link = '', by = mei) => forms.open(by, typeof link === 'string' ? readLink(link) : link),
    set: async (view, values, by = mei) => shown(view, await forms.set(by, metaOf(view), stateOf(view, values))),
    back: async (view, values = {}, by = mei) => shown(view, await forms.back(by, metaOf(view), stateOf(view, values))),
    async next(view, values = {}, by = mei) {
      const submitted = await forms.next(by, metaOf(view), stateOf(view, values));
      if (!submitted.errors) await carryOut(submitted);
      return submitted;
    },
    person(id) {
      const found = people.get(id);
      if (!found) throw new Error(`${id} is nobody`);
      return found;
    },
  };
}

/** The value that an element shows as it is drawn. */
function drawn(element: object): string | readonly string[] | undefined {
  const found = Object.entries(element).find(([key]) => key.startsWith('initial_'))?.[1];
  const optionOf = (one: unknown) =>
    typeof one === 'object' && one && 'value' in one ? String(one.value) : String(one);
  if (Array.isArray(found)) return found.map(optionOf);
  return found === undefined ? undefined : optionOf(found);
}

/** The view that a submission leads to. */
export function viewOf(submitted: Submitted): ModalView {
  if (submitted.errors || !submitted.view) throw new Error(`no view: ${JSON.stringify(submitted)}`);
  return submitted.view;
}

/** The inputs of a view. */
function inputsOn(view: ModalView): readonly InputBlock[] {
  return view.blocks.filter((block): block is InputBlock => block.type === 'input');
}

/** Fields on a view, by id. */
export function fieldsOn(view: ModalView): readonly string[] {
  return inputsOn(view).flatMap(({ block_id }) => block_id?.split('.')[0] ?? []);
}

/** All words of a view. */
export function wordsOf(view: unknown): string {
  return JSON.stringify(view);
}
