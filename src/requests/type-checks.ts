import type { Finding } from '../core/findings.ts';
import { type Locale, locales } from '../core/i18n.ts';
import type { Organization } from '../core/organization.ts';
import { checkConditions, type TypeProblem } from './condition-checks.ts';
import { unreachableRoutes } from './reach.ts';
import type { Field, RequestType, Stage, TypeEdition } from './type.ts';

/** Levels on which people decide, and so have to be named. */
const firstWithPeople = 2;

/**
 * Everything that can be wrong inside one type beyond its shape: names that lead nowhere, ways that nobody can take.
 * @param id what the file is called
 */
export function checkType(type: RequestType, id: string, file: string): readonly Finding[] {
  const problems = [
    ...checkNames(type, id),
    ...checkSteps(type),
    ...type.fields.flatMap((field) => checkField(field)),
    ...checkReferences(type),
    ...type.stages.flatMap((stage) => checkStage(stage, type)),
    ...checkConditions(type),
    ...checkRoutes(type),
    ...checkSubject(type),
  ];
  const findings = problems.map(({ note, ...problem }) => ({ file, ...problem, fatal: !note }));
  // Reach is found by trying answers: it needs conditions that make sense.
  if (findings.some(({ fatal }) => fatal)) return findings;
  const lost = unreachableRoutes(type).map((route) => ({
    file,
    field: `routes.${route}`,
    problem: 'No answers lead to this route: the ones before it always hold first.',
    mend: 'Move it up, narrow the routes before it, or remove it.',
    fatal: true,
  }));
  return [...findings, ...lost];
}

/** Roles that a type names and the organization does not have: somebody stands in, so these are notes. */
export function checkRoles({ type, file }: TypeEdition, organization: Organization): readonly Finding[] {
  const named = [
    ...(type.from ?? []).map((role) => ['from', role] as const),
    ...type.stages.flatMap((stage) => [
      ...('roles' in stage.who ? stage.who.roles : []).map((role) => [`stages.${stage.id}.who`, role] as const),
      ...stage.instead.map((role) => [`stages.${stage.id}.instead`, role] as const),
      ...(stage.vote ? [[`stages.${stage.id}.vote.chair`, stage.vote.chair] as const] : []),
    ]),
  ];
  return named
    .filter(([, role]) => !Object.hasOwn(organization.roles, role))
    .map(([field, role]) => ({
      file,
      field,
      problem: `organization.yml has no role ${role}.`,
      mend: 'Add it there, or name another one. Until then those who stand in are asked.',
      fatal: false,
    }));
}

/** Articles that a type points to and that are not there: nothing breaks, and the link is left out. */
export function checkArticles({ type, file }: TypeEdition, articles: ReadonlySet<string>): readonly Finding[] {
  const named = [
    ...(type.article ? [['article', type.article] as const] : []),
    ...type.declines.flatMap(({ id, article }) => (article ? [[`declines.${id}.article`, article] as const] : [])),
  ];
  return named
    .filter(([, id]) => !articles.has(id))
    .map(([field, id]) => ({
      file,
      field,
      problem: `There is no article ${id}.`,
      mend: 'Write it, or name another one.',
      fatal: false,
    }));
}

function checkNames(type: RequestType, id: string): readonly TypeProblem[] {
  const lists = {
    fields: type.fields,
    stages: type.stages,
    routes: type.routes,
    raises: type.raises,
    declines: type.declines,
  };
  const twice = Object.entries(lists).flatMap(([list, all]) =>
    duplicates(all.map((one) => one.id)).map((name) => is(list, `${name} is there twice.`, 'Rename one of them.')),
  );
  const labels = locales.flatMap((locale) =>
    duplicates(type.fields.map(({ label }) => label[locale])).map((label) =>
      is('fields', `Two fields are labeled "${label}".`, 'Give each its own label.'),
    ),
  );
  const wrongId = is('id', `The file is called ${id}, the type ${type.id}.`, 'Give both the same name.');
  return [...(type.id === id ? [] : [wrongId]), ...twice, ...labels];
}

function checkSteps({ fields, steps }: RequestType): readonly TypeProblem[] {
  const shown = steps.flatMap((step) => step.fields);
  const known = new Set(fields.map(({ id }) => id));
  return [
    ...fields
      .filter(({ id }) => !shown.includes(id))
      .map(({ id }) => is('steps', `No step shows ${id}.`, 'Add it to a step, or remove the field.')),
    ...duplicates(shown).map((id) => is('steps', `${id} is shown twice.`, 'Keep it in one step.')),
    ...shown
      .filter((id) => !known.has(id))
      .map((id) => is('steps', `There is no field ${id}.`, 'Add it to fields, or correct the name.')),
  ];
}

function checkField(field: Field): readonly TypeProblem[] {
  const at = `fields.${field.id}`;
  const problems: TypeProblem[] = [];
  const takesChoices = field.kind === 'choice' || field.kind === 'choices';
  if (takesChoices && !field.choices) problems.push(is(at, 'There is nothing to choose from.', 'Add choices.'));
  if (!takesChoices && field.choices) {
    problems.push(is(at, `A ${field.kind} has no choices.`, 'Make it a choice, or remove them.'));
  }
  const choices = field.choices ?? [];
  for (const id of duplicates(choices.map((choice) => choice.id))) {
    problems.push(is(at, `The choice ${id} is there twice.`, 'Rename one of them.'));
  }
  for (const locale of locales) {
    for (const label of duplicates(choices.map((choice) => choice.label[locale]))) {
      problems.push(is(at, `Two choices are labeled "${label}".`, 'Give each its own label.'));
    }
  }
  if (field.kind !== 'choices' && choices.some(({ alone }) => alone)) {
    problems.push(is(at, 'Only one of these can be chosen anyway.', 'Remove alone.'));
  }
  if (field.quote && field.kind !== 'text' && field.kind !== 'long') {
    problems.push(is(at, `A ${field.kind} cannot be quoted.`, 'Quote a text.'));
  }
  if (field.flag && field.kind !== 'yesno') {
    problems.push(is(at, 'A flag on a field goes up with yes.', 'Make it a yesno, or put the flag on a choice.'));
  }
  return problems;
}

function checkReferences(type: RequestType): readonly TypeProblem[] {
  const fields = new Set(type.fields.map(({ id }) => id));
  const stages = new Set(type.stages.map(({ id }) => id));
  const named: readonly (readonly [string, readonly string[]])[] = [
    ...type.routes.map((one) => [`routes.${one.id}`, one.stages] as const),
    ...type.raises.map((one) => [`raises.${one.id}`, one.stages] as const),
    ...(type.automatic ? [['automatic.otherwise', type.automatic.otherwise.stages] as const] : []),
    ...(type.appeal ? [['appeal', [type.appeal]] as const] : []),
  ];
  const asked = new Set(named.flatMap(([, ids]) => ids));
  const used: readonly (readonly [string, readonly (string | undefined)[]])[] = [
    ['same', type.same],
    ...Object.entries(type.find).map(([role, id]) => [`find.${role}`, [id]] as const),
  ];
  return [
    ...named.flatMap(([at, ids]) =>
      ids
        .filter((id) => !stages.has(id))
        .map((id) => is(at, `There is no stage ${id}.`, 'Add it to stages, or correct the name.')),
    ),
    ...used.flatMap(([at, ids]) =>
      ids
        .filter((id) => id !== undefined && !fields.has(id))
        .map((id) => is(at, `There is no field ${id}.`, 'Correct the name.')),
    ),
    ...type.stages
      .filter(({ id }) => !asked.has(id))
      .map(({ id }) => note(`stages.${id}`, 'No route asks this stage.', 'Name it in a route, or remove it.')),
    ...(type.fields.filter(({ quote }) => quote).length > 1
      ? [is('fields', 'More than one field is quoted.', 'Quote the one that says why.')]
      : []),
    ...(type.stages.length > 0 && type.declines.length === 0
      ? [
          note(
            'declines',
            'Nobody can say why it is declined.',
            'Add the reasons that come up, each with what mends it.',
          ),
        ]
      : []),
  ];
}

function checkStage({ id, who, decide, vote }: Stage, { fields }: RequestType): readonly TypeProblem[] {
  const at = `stages.${id}`;
  const problems: TypeProblem[] = [];
  if ('field' in who) {
    const kind = fields.find((field) => field.id === who.field)?.kind;
    if (kind !== 'person' && kind !== 'people') {
      problems.push(is(at, `${who.field} is no field with people.`, 'Name one of the kind person or people.'));
    }
  }
  if (vote && decide !== 'any') {
    problems.push(is(at, 'A vote and another way to decide exclude each other.', 'Remove one of them.'));
  }
  if ('manager' in who && decide !== 'any') {
    problems.push(is(at, 'There is one manager.', 'Remove decide.'));
  }
  return problems;
}

function checkRoutes({ routes, automatic }: RequestType): readonly TypeProblem[] {
  const last = routes.at(-1);
  const problems: TypeProblem[] = [];
  if (last?.when) {
    problems.push(is('routes', 'Not every request finds a way.', 'End with a route that has no condition.'));
  }
  if (last && last.level < 3 && !(last.level === 1 && automatic)) {
    problems.push(is('routes', 'The last route asks nobody.', 'End with people: level 3 or more.'));
  }
  for (const route of routes) {
    const at = `routes.${route.id}`;
    if (!route.when && route !== last) {
      problems.push(is(at, 'It always holds, so the routes behind it never do.', 'Give it a condition, or move it.'));
    }
    if (route.level === 1 && !automatic) {
      problems.push(is(at, 'Level 1 needs a rule.', 'Add automatic, or take another level.'));
    }
    if (route.level < firstWithPeople && route.stages.length > 0) {
      problems.push(is(at, `Nobody is asked on level ${route.level}.`, 'Remove the stages, or raise the level.'));
    }
    if (route.level >= firstWithPeople && route.stages.length === 0) {
      problems.push(is(at, `Level ${route.level} asks people, and none are named.`, 'Name stages.'));
    }
  }
  if (automatic && routes.every(({ level }) => level !== 1)) {
    problems.push(
      note('automatic', 'No route is of level 1, so this rule never holds.', 'Add one, or remove the rule.'),
    );
  }
  return problems;
}

function checkSubject({ subject, fields }: RequestType): readonly TypeProblem[] {
  const known = new Set(fields.map(({ id }) => id));
  const named = (locale: Locale) => [...subject[locale].matchAll(/\{(\w+)\}/g)].map(([, id = '']) => id);
  const lost = locales.flatMap((locale) =>
    named(locale)
      .filter((id) => !known.has(id))
      .map((id) => is(`subject.${locale}`, `There is no field ${id}.`, 'Correct the name.')),
  );
  const differs = named('en').toSorted().join() !== named('zh-CN').toSorted().join();
  const uneven = note('subject', 'The languages name different fields.', 'Name the same fields in both.');
  return differs ? [...lost, uneven] : lost;
}

function is(field: string, problem: string, mend: string): TypeProblem {
  return { field, problem, mend };
}

function note(field: string, problem: string, mend: string): TypeProblem {
  return { field, problem, mend, note: true };
}

function duplicates(all: readonly string[]): readonly string[] {
  return [...new Set(all.filter((one, index) => all.indexOf(one) !== index))];
}
