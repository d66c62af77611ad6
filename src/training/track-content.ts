import type { Adoptable, CheckContext, ContentKind } from '../core/content.ts';
import { checkShape, type Finding } from '../core/findings.ts';
import { type Organization, organizationContent } from '../core/organization.ts';
import { type Module, Track, type TrackEdition } from './track.ts';

/** `training/<id>.yml`: a file is a track. One with a fatal mistake is not used; its last good version stays in force. */
export const trackContent: ContentKind<TrackEdition> = {
  name: 'training',
  folder: 'training',
  match: 'yaml',
  parse(raw) {
    const checked = checkShape(Track, raw.data, raw.file);
    if (checked.findings) return { findings: checked.findings };
    const findings = checkTrack(checked.value, raw.id).map((problem) => ({ file: raw.file, fatal: true, ...problem }));
    if (findings.length > 0) return { findings };
    return { item: { track: checked.value, hash: raw.hash, file: raw.file }, findings };
  },
  check(editions, context: CheckContext) {
    const [organization] = context.items(organizationContent);
    return organization ? editions.flatMap((edition) => checkRules(edition, organization)) : [];
  },
};

/** A track assigns to nobody until the open source office has adopted it: `training/basics`. */
export const adoptableTracks: Adoptable<TrackEdition> = {
  kind: trackContent,
  nameOf: ({ track }) => `training/${track.id}`,
  titleOf: ({ track }) => `Training: ${track.title.en}`,
};

/** The tracks as people are shown them. */
export function inOffer(editions: readonly TrackEdition[]): readonly TrackEdition[] {
  return editions.toSorted((a, b) => a.track.order - b.track.order || (a.track.id < b.track.id ? -1 : 1));
}

type Problem = Pick<Finding, 'field' | 'problem' | 'mend'>;

/** Everything that can be wrong inside one track beyond its shape. @param id what the file is called */
function checkTrack(track: Track, id: string): readonly Problem[] {
  const ids = track.modules.map((module) => module.id);
  const lost = (track.renewal.modules ?? []).filter((module) => !ids.includes(module));
  return [
    ...(track.id === id
      ? []
      : [{ field: 'id', problem: `The file is called ${id}.`, mend: 'Give both the same name.' }]),
    ...ids
      .filter((one, index) => ids.indexOf(one) !== index)
      .map((one) => ({
        field: 'modules',
        problem: `The module ${one} is there twice.`,
        mend: 'Give one another id.',
      })),
    ...lost.map((one) => ({
      field: 'renewal.modules',
      problem: `There is no module ${one}.`,
      mend: 'Name one of the modules below.',
    })),
    ...track.modules.flatMap((module, index) => checkModule(module).map((found) => within(found, index))),
  ];
}

function within(problem: Problem, index: number): Problem {
  return { ...problem, field: `modules.${index}.${problem.field}` };
}

function checkModule(module: Module): readonly Problem[] {
  const { quiz, complete, pass = 1 } = module;
  const isTaught = module.link !== undefined || module.pages.length > 0 || module.articles.length > 0;
  const problems: Problem[] = [];
  if (!isTaught) {
    problems.push({ field: 'pages', problem: 'Nothing teaches it.', mend: 'Give it a link, an article or a page.' });
  }
  if (complete === 'quiz' && quiz.length === 0) {
    problems.push({ field: 'quiz', problem: 'The check has no question.', mend: 'Write one to five.' });
  }
  if (complete !== 'quiz' && quiz.length > 0) {
    problems.push({
      field: 'complete',
      problem: 'There are questions, and nobody is asked them.',
      mend: 'Write "quiz" here, or remove the questions.',
    });
  }
  if (pass > Math.max(1, quiz.length)) {
    problems.push({
      field: 'pass',
      problem: `${pass} of ${quiz.length} answers cannot be right.`,
      mend: `Write at most ${quiz.length}.`,
    });
  }
  for (const [index, { choices }] of quiz.entries()) {
    const right = choices.filter((choice) => choice.right).length;
    if (right !== 1) {
      const problem = right === 0 ? 'No choice is right.' : `${right} choices are right.`;
      problems.push({ field: `quiz.${index}.choices`, problem, mend: 'Mark exactly one with "right: true".' });
    }
    for (const locale of ['en', 'zh-CN'] as const) {
      const texts = choices.map(({ text }) => text[locale]);
      if (new Set(texts).size < texts.length) {
        const problem = 'Two choices have the same words.';
        problems.push({ field: `quiz.${index}.choices`, problem, mend: 'Change or remove one of them.' });
      }
    }
  }
  return problems;
}

/** Roles and places that a rule names and the organization does not have: nobody fits, so these are notes. */
function checkRules({ track, file }: TrackEdition, organization: Organization): readonly Finding[] {
  const known = {
    roles: new Set(Object.keys(organization.roles)),
    offices: new Set(organization.offices.map(({ id }) => id)),
    units: new Set(organization.units.map(({ id }) => id)),
    entities: new Set(organization.entities.map(({ id }) => id)),
  };
  const singular = { roles: 'role', offices: 'office', units: 'unit', entities: 'entity' } as const;
  return track.for.flatMap((rule, index) =>
    (['roles', 'offices', 'units', 'entities'] as const).flatMap((what) =>
      (rule[what] ?? [])
        .filter((name) => !known[what].has(name))
        .map((name) => ({
          file,
          field: `for.${index}.${what}`,
          problem: `organization.yml has no ${singular[what]} ${name}.`,
          mend: 'Add it there, or name another one. Until then the rule fits nobody through it.',
          fatal: false,
        })),
    ),
  );
}

/** Articles that a module points to and that are not there: nothing breaks, and the button is left out. */
export function checkArticles({ track, file }: TrackEdition, articles: ReadonlySet<string>): readonly Finding[] {
  return track.modules.flatMap((module, index) =>
    module.articles
      .filter((id) => !articles.has(id))
      .map((id) => ({
        file,
        field: `modules.${index}.articles`,
        problem: `There is no article ${id}.`,
        mend: 'Write it, or name another one.',
        fatal: false,
      })),
  );
}
