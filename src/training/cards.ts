import type { Locale } from '../core/i18n.ts';
import { fillPlaceholders } from '../core/placeholders.ts';
import type { Person, PersonId, Rendered, ShowCard } from '../core/ports.ts';
import { isLearner } from './assigning.ts';
import { coverageMessage, type ExcuseCard, escalatedMessage, excuseMessage } from './lead-views.ts';
import type { Leading } from './leading.ts';
import { recordOf } from './learner.ts';
import type { Look } from './look.ts';
import { placeOf } from './place.ts';
import { texts } from './texts.ts';
import type { Training, TrainingDeps } from './training.ts';
import { doneMessage, moduleMessage, toldMessage, welcomeMessage } from './views.ts';

/** An article of the handbook, for reading it beside a module. */
export interface ReadArticle {
  readonly title: string;
  readonly short: string;
  readonly body: string;
}
export type FindArticle = (id: string, locale: Locale) => ReadArticle | undefined;

/** The cards of training, drawn for whoever looks. */
export interface TrainingCards {
  readonly show: Readonly<
    Record<
      | 'training.module'
      | 'training.welcome'
      | 'training.told'
      | 'training.excuse'
      | 'training.escalated'
      | 'training.numbers',
      ShowCard
    >
  >;
  lookOf(viewer: Person | undefined, locale?: Locale): Look;
  /** A page of a module; undefined when it is no longer there. */
  page(person: PersonId, track: string, module: string, page: number): Promise<Rendered | undefined>;
  /** Undefined for who may see none. */
  numbers(reader: PersonId): Promise<Rendered | undefined>;
}

export function createCards(
  deps: TrainingDeps & { readonly article: FindArticle },
  training: Training,
  leading: Leading,
): TrainingCards {
  const { people, clock } = deps;

  function lookOf(viewer: Person | undefined, locale: Locale = viewer?.locale ?? 'en'): Look {
    const organization = deps.organization();
    return {
      locale,
      today: placeOf(viewer, organization, clock.now()).today,
      name: (id: PersonId) => people.get(id)?.name ?? texts[locale].somebody,
      article: (id) => deps.article(id, locale)?.title,
      fill: (text) => fillPlaceholders(text, organization, locale).text,
    };
  }

  async function page(person: PersonId, track: string, module: string, at: number): Promise<Rendered | undefined> {
    const edition = training.find(track);
    const found = edition?.track.modules.find(({ id }) => id === module);
    if (!edition) return undefined;
    const line = training.lineIn(person, await training.learner(person), edition);
    const look = lookOf(people.get(person));
    // What was taken out of the track meanwhile is no longer learned.
    return found ? moduleMessage(line, found, at, look) : doneMessage(line, undefined, look);
  }

  async function excuse(id: string, look: Look): Promise<Rendered | undefined> {
    const [person = '', track = '', at = ''] = id.split('/');
    const edition = training.find(track);
    const learner = await training.learner(person as PersonId);
    if (!edition || !learner) return undefined;
    const line = training.lineIn(person as PersonId, learner, edition);
    const { asked } = line.record;
    const isOpen = asked?.at === Number(at);
    return excuseMessage(
      {
        person: person as PersonId,
        edition,
        reason: isOpen ? asked.reason : '',
        due: line.record.assigned?.due,
        value: id,
        decided: isOpen ? undefined : decidedSince(line.record, Number(at)),
      },
      look,
    );
  }

  async function numbers(reader: PersonId): Promise<Rendered | undefined> {
    const scope = leading.scopeOf(reader);
    return scope && coverageMessage(await leading.numbers(reader), scope, lookOf(people.get(reader)));
  }

  return {
    lookOf,
    page,
    numbers,
    show: {
      async 'training.module'(id) {
        const [person = '', track = '', module = ''] = id.split('/');
        return page(person as PersonId, track, module, 0);
      },
      async 'training.welcome'(id) {
        const person = people.get(id as PersonId);
        if (!person || !isLearner(person)) return undefined;
        return welcomeMessage(training.lines(person.id, await training.learner(person.id)), lookOf(person));
      },
      async 'training.told'(id, viewer) {
        const [person = '', track = '', kind] = id.split('/');
        const edition = training.find(track);
        const learner = await training.learner(person as PersonId);
        if (!edition || !learner) return undefined;
        const record = recordOf(learner, track);
        const decided = kind === 'exempt' ? record.exempt : record.kept;
        if (!decided) return undefined;
        const look = lookOf(viewer);
        const { by, reason } = decided;
        const what = kind === 'exempt' ? ('exempt' as const) : ('keep' as const);
        return toldMessage(edition, { kind: what, who: look.name(by as PersonId), reason }, look);
      },
      'training.excuse': (id, viewer, locale) => excuse(id, lookOf(viewer, viewer?.locale ?? locale)),
      async 'training.escalated'(id, viewer) {
        const [manager = '', track = '', lead = ''] = id.split('/');
        const edition = training.find(track);
        if (!edition || !leading.scopeOf(manager as PersonId)) return undefined;
        const late = leading.late(manager as PersonId, track).filter(({ person }) => person.manager === manager);
        return escalatedMessage(edition, late.length, lead as PersonId, lookOf(viewer));
      },
      async 'training.numbers'(id) {
        return numbers(id as PersonId);
      },
    },
  };
}

/** What a lead decided after it was asked; neither means that it was completed or taken back. */
function decidedSince(record: ReturnType<typeof recordOf>, at: number): ExcuseCard['decided'] {
  const { exempt, kept } = record;
  if (exempt && exempt.at >= at) return { kind: 'exempt', by: exempt.by as PersonId };
  if (kept && kept.at >= at) return { kind: 'keep', by: kept.by as PersonId };
  return 'overtaken';
}
