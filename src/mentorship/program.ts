import { z } from 'zod';
import type { ContentKind } from '../core/content.ts';
import { checkShape, type Finding } from '../core/findings.ts';
import { type Locale, locales } from '../core/i18n.ts';
import { Hours, Zone } from '../core/organization.ts';

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');
const Words = z.strictObject({ en: z.string().min(1), 'zh-CN': z.string().min(1) });
const days = z.int().positive();
const weight = z.int().nonnegative();

/** Something that people teach, learn or help with. */
const Skill = z.strictObject({
  id,
  name: Words,
  /** Other words that people use for it, in any language. */
  also: z.array(z.string().min(1)).default([]),
});
export type Skill = z.infer<typeof Skill>;

/** A language in which people meet. */
const Language = z.strictObject({
  id,
  name: Words,
  /** The language of ours in which whoever speaks it is written to; absent where we do not speak it. */
  locale: z.enum(locales).exactOptional(),
});

/** The mentorship program of the organization: `mentorship/program.yml`. */
export const Program = z.strictObject({
  /** Who confirms a proposed pair: a lead, or nobody. */
  pairing: z.enum(['lead', 'automatic']).default('lead'),
  skills: z.array(Skill).min(1).max(100),
  languages: z.array(Language).min(1).max(100),
  /** Offered to those whose Slack profile has another zone than they work in. */
  zones: z.array(Zone).min(1).max(99),
  /** When people are taken to be at work, for the hours that two share. */
  hours: Hours.default({ from: '09:00', to: '18:00' }),
  /** Two people who share fewer hours of a working day than this are not paired. */
  overlapHours: z.number().nonnegative().default(2),
  /** How much each counts in a fit. */
  weights: z
    .strictObject({ skills: weight, overlap: weight, language: weight, hours: weight, room: weight })
    .default({ skills: 60, overlap: 15, language: 10, hours: 5, room: 10 }),
  /** How many people one mentor may take. */
  mostMentees: z.int().min(1).max(20).default(5),
  /** How long people may join for. */
  months: z.array(z.int().positive()).min(1).max(10).default([3, 6, 12]),
  rounds: z
    .strictObject({
      /** From one round of matching to the next. */
      everyDays: days.default(1),
      /** How long a lead has to confirm, in business days, until all leads are asked again. */
      decideDays: days.default(2),
      /** Whoever still waits hears where they stand this often. */
      newsDays: days.default(30),
    })
    .prefault({}),
  checkIns: z
    .strictObject({
      /** From the introduction to the first question whether they have met. */
      firstDays: days.default(7),
      everyDays: days.default(14),
      /** After "not yet". */
      soonDays: days.default(7),
      /** Unanswered for so long, it counts as missed. */
      missedDays: days.default(10),
      /** So many in a row without a meeting, and both are asked whether it still fits; one more, and a lead hears of it. */
      stalledAfter: z.int().positive().default(2),
    })
    .prefault({}),
  /** What two people talk about when they first meet. */
  agenda: z.strictObject({
    en: z.array(z.string().min(1)).min(1).max(8),
    'zh-CN': z.array(z.string().min(1)).min(1).max(8),
  }),
});
export type Program = z.infer<typeof Program>;

/** What is wrong beyond the shape: what is named twice could not be told apart. */
function doublesIn(program: Program, file: string): readonly Finding[] {
  return (['skills', 'languages'] as const).flatMap((field) => {
    const ids = program[field].map((one) => one.id);
    const twice = [...new Set(ids.filter((one, index) => ids.indexOf(one) !== index))];
    return twice.map((one) => ({
      file,
      field,
      problem: `${one} is there twice.`,
      mend: 'Give one of them another id.',
      fatal: true,
    }));
  });
}

export const programContent: ContentKind<Program> = {
  name: 'mentorship',
  folder: 'mentorship',
  match: 'yaml',
  file: 'program.yml',
  parse(raw) {
    const checked = checkShape(Program, raw.data, raw.file);
    if (checked.findings) return { findings: checked.findings };
    const findings = doublesIn(checked.value, raw.file);
    return findings.length > 0 ? { findings } : { item: checked.value, findings: [] };
  },
};

/** What a skill is called; one that was taken from the list keeps its id as its name. */
export function skillName(program: Program, skill: string, locale: Locale): string {
  return program.skills.find((one) => one.id === skill)?.name[locale] ?? skill;
}

/** As `skillName`, for languages. */
export function languageName(program: Program, language: string, locale: Locale): string {
  return program.languages.find((one) => one.id === language)?.name[locale] ?? language;
}

/** The language to write to two people in: the one they share, where we speak it. */
export function localeOfPair(program: Program, language: string): Locale | undefined {
  return program.languages.find((one) => one.id === language)?.locale;
}

/** The languages that somebody who reads the bot in this one surely speaks. */
export function languagesFor(program: Program, locale: Locale): readonly string[] {
  return program.languages.filter((one) => one.locale === locale).map((one) => one.id);
}
