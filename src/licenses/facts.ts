import { z } from 'zod';
import type { ContentKind } from '../core/content.ts';
import { checkShape, type Finding } from '../core/findings.ts';
import { spellId } from './expression.ts';
import { families, limits } from './policy.ts';

/** What a license may demand. */
export const duties = [
  /** Keep the copyright notices. */
  'notice',
  /** Pass on the text of the license. */
  'text',
  /** Pass on the text of the license, or a link to it. */
  'text-link',
  /** Pass on the NOTICE file of the project. */
  'notice-file',
  /** Name the author, link to source and license. */
  'credit',
  /** Name the project in the documentation. */
  'acknowledge',
  /** Name the authors in advertising. */
  'advertise',
  /** Show the authors in the user interface. */
  'attribution-screen',
  /** Do not promote with the authors' names. */
  'no-endorse',
  /** Say what was changed. */
  'mark',
  /** Give a changed version another name. */
  'rename',
  /** Let the author have the changes. */
  'tell-author',
  'same-license',
  /** Source of the licensed files, changes included. */
  'source-files',
  /** Source of the library, changes included. */
  'source-library',
  /** Source of everything that forms one work with it. */
  'source-work',
  /** Source of everything that runs the service. */
  'source-service',
  /** The changed database, or the changes. */
  'source-database',
  /** Let users replace the library and run the result. */
  'relink',
  /** Tell buyers of a consumer device how to install a changed version. */
  'install-info',
  /** Let users take their data with them. */
  'user-data',
  /** Bind everyone who gets it to the same limits. */
  'pass-limits',
] as const;
export type Duty = (typeof duties)[number];

const Duties = z.array(z.enum(duties)).min(1).optional();
const Sentences = z.strictObject({ en: z.string().min(1), 'zh-CN': z.string().min(1) });
const Reference = z.string().regex(/^LicenseRef-[A-Za-z0-9.-]+$/, 'LicenseRef- and a name');

/** `licenses/facts/<name>.yml`: what no package says of a license. All its ids have the same text, or one that differs in nothing told here. */
const FactsFile = z
  .strictObject({
    /** SPDX ids; `LicenseRef-...` for a license that SPDX does not list. */
    ids: z.array(z.string().min(1)).min(1),
    /** What scanners call it. */
    aliases: z.array(Reference).default([]),
    /** Only where SPDX has none. */
    name: z.string().min(1).optional(),
    url: z.url({ protocol: /^https$/ }).optional(),
    family: z.enum(families),
    /** By what sets them off. */
    duties: z
      .strictObject({
        /** Handing out a copy, in any form. */
        copy: Duties,
        /** Handing out a copy as source; copies in another form are free of it. */
        source: Duties,
        /** Handing out a copy that was changed: in addition. */
        changed: Duties,
        /** Letting others use it over a network; see `networkIf`. */
        network: Duties,
        /** Offering it to others as a service. */
        service: Duties,
        /** Handing it out in a consumer device: in addition. */
        device: Duties,
        /** Any use at all. */
        use: Duties,
      })
      .prefault({}),
    /** Whether use over a network counts for any copy, or only for changed ones. */
    networkIf: z.enum(['changed', 'any']).optional(),
    patents: z.strictObject({
      /** `unstated`: it does not speak of patents. `excluded`: it says that it grants none. */
      grant: z.enum(['express', 'unstated', 'excluded']),
      /** What is lost by whoever sues over patents in the work: nothing, the patent license, or the whole license. */
      retaliation: z.enum(['none', 'patent', 'license']),
    }),
    limits: z.array(z.enum(limits)).default([]),
    /** Who opens the way to later versions: the license itself, only a notice that says "or later", or nobody. */
    later: z.enum(['by-license', 'by-notice', 'none']).default('none'),
    /** The name of the file of the version after it. */
    next: z.string().min(1).optional(),
    /** SPDX exceptions that are used with it. */
    exceptions: z.array(z.string().min(1)).default([]),
    /** What people get wrong, or would not expect. */
    notes: z.array(Sentences).default([]),
    sources: z.array(z.url({ protocol: /^https$/ })).min(1),
    checked: z.iso.date(),
  })
  .check(({ value, issues }) => {
    const say = (path: readonly (string | number)[], message: string, mend: string) =>
      issues.push({ code: 'custom', input: value, path: [...path], message, params: { mend } });
    for (const [at, id] of value.ids.entries()) {
      if (spellId(id) === id || Reference.safeParse(id).success) continue;
      say(['ids', at], `${id} is no SPDX id.`, 'Correct its spelling, or write LicenseRef- and a name.');
    }
    if (value.ids.some((id) => spellId(id) === undefined) && !(value.name && value.url)) {
      say(['name'], 'A license that SPDX does not list needs a name and a url.', 'Add both.');
    }
    if ((value.duties.network !== undefined) !== (value.networkIf !== undefined)) {
      say(['networkIf'], 'Duties on a network and networkIf belong together.', 'Write both, or neither.');
    }
  });

/** What is known of a license beyond its text. */
export interface Facts extends z.infer<typeof FactsFile> {
  /** Name of its file, without the ending. */
  readonly key: string;
  /** Path below its layer. */
  readonly file: string;
}

/** `licenses/facts/`. One's own file of the same name replaces a shipped one; a new name adds a license. */
export const factsContent: ContentKind<Facts> = {
  name: 'license facts',
  folder: 'licenses/facts',
  match: 'yaml',
  parse({ id, data, file }) {
    const checked = checkShape(FactsFile, data, file);
    if (checked.findings) return { findings: checked.findings };
    return { item: { ...checked.value, key: id, file }, findings: [] };
  },
  check: checkTogether,
};

function checkTogether(all: readonly Facts[]): readonly Finding[] {
  const owners = new Map<string, string>();
  const keys = new Set(all.map(({ key }) => key));
  return all.flatMap(({ ids, aliases, next, file }) => {
    const twice = [...ids, ...aliases].flatMap((id) => {
      const owner = owners.get(id.toLowerCase());
      owners.set(id.toLowerCase(), owner ?? file);
      if (owner === undefined) return [];
      const problem = `${id} is in ${owner} already.`;
      return [{ file, field: 'ids', problem, mend: 'Remove one of them; the first is used.', fatal: false }];
    });
    if (next === undefined || keys.has(next)) return twice;
    const mend = 'Name another file of licenses/facts, without .yml.';
    return [...twice, { file, field: 'next', problem: `There are no facts called ${next}.`, mend, fatal: false }];
  });
}

/** An exception that stands after `WITH`. `licenses/exceptions.yml` */
export const Exception = z.strictObject({
  id: z.string().min(1),
  /**
   * What becomes of the copyleft. `linking`: works that only link to it are free. `runtime`: so is what was built with it.
   * `output`: what the tool writes is free. `documents`: documents that embed the font are free. `boundary`: programs on the
   * other side of an interface are free. `foss`: it may be linked with other open licenses. `notices`: fewer notices, and
   * the way into GPL-2.0 is open. `cure`: mistakes can be mended in time.
   */
  effect: z.enum(['linking', 'runtime', 'output', 'documents', 'boundary', 'foss', 'notices', 'cure']),
  about: Sentences,
  sources: z.array(z.url({ protocol: /^https$/ })).min(1),
});
export type Exception = z.infer<typeof Exception>;

export const exceptionContent: ContentKind<Exception> = {
  name: 'license exceptions',
  folder: 'licenses',
  match: 'list',
  file: 'exceptions.yml',
  parse({ id, data, file }) {
    const checked = checkShape(Exception, data, file);
    if (!checked.findings) return { item: checked.value, findings: [] };
    return { findings: checked.findings.map((one) => ({ ...one, field: one.field ? `${id}.${one.field}` : id })) };
  },
};
