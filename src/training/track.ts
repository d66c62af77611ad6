import { z } from 'zod';
import type { Locale } from '../core/i18n.ts';

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');
const address = z.url({ protocol: /^https?$/ });

/** The same words in every language. */
function words(longest: number) {
  const text = z.string().trim().min(1).max(longest);
  return z.strictObject({ en: text, 'zh-CN': text });
}
export type Words = Readonly<Record<Locale, string>>;

const Duration = z.string().regex(/^P\d+[DMY]$/, 'a duration like P30D, P6M or P1Y');

/** What a radio button of Slack shows. */
const longestChoice = 75;

/** One question of a check. Exactly one choice is right; `why` is read after the answer, whatever it was. */
export const Question = z.strictObject({
  ask: words(300),
  choices: z
    .array(z.strictObject({ text: words(longestChoice), right: z.literal(true).optional() }))
    .min(2)
    .max(4),
  why: words(600),
});
export type Question = z.infer<typeof Question>;

/** A piece that is learned in one sitting: where it is taught, and how one shows that it was. */
export const Module = z.strictObject({
  id,
  title: words(60),
  about: words(300),
  minutes: z.int().min(1).max(480),
  /** Where it is taught; without a Chinese page the English one is given. */
  link: z.strictObject({ en: address, 'zh-CN': address.optional() }).optional(),
  /** Articles of the handbook to read for it, by id. */
  articles: z.array(id).max(4).default([]),
  /** Short Markdown, shown one page at a time. */
  pages: z.array(words(2_500)).max(6).default([]),
  /** `attest`: the person says so. `quiz`: by a check. `evidence`: by the address of a certificate. */
  complete: z.enum(['attest', 'quiz', 'evidence']),
  /** At most five: it is a check, not an examination. */
  quiz: z.array(Question).max(5).default([]),
  /** How many answers have to be right; all of them where it is absent. */
  pass: z.int().positive().optional(),
});
export type Module = z.infer<typeof Module>;

/**
 * Whom a track is for. Everything that is given has to fit; of a list one entry is enough.
 */
export const Rule = z.strictObject({
  /**
   * `always`: who fits now or later. `joining`: who joins from now on. `contributing`: assigned to nobody by itself; quick
   * approvals ask for it, and whoever needs it starts it there.
   */
  when: z.enum(['always', 'joining', 'contributing']).default('always'),
  roles: z.array(id).min(1).optional(),
  /** User groups, like @payments. */
  groups: z
    .array(z.string().regex(/^@[a-z0-9._-]+$/, 'a user group like @payments'))
    .min(1)
    .optional(),
  offices: z.array(id).min(1).optional(),
  units: z.array(id).min(1).optional(),
  entities: z.array(id).min(1).optional(),
});
export type Rule = z.infer<typeof Rule>;

export const kinds = ['executive', 'compliance', 'technical', 'mentoring'] as const;

/** A track of training, as it is written in its file. */
export const Track = z.strictObject({
  id,
  kind: z.enum(kinds),
  title: words(60),
  summary: words(300),
  order: z.int(),
  /** For those to whom a rule or a lead assigns it: reminders cannot be turned off, and only a lead excuses. */
  mandatory: z.boolean().default(false),
  for: z.array(Rule).default([]),
  /** From the day on which it is assigned. */
  due: Duration.default('P30D'),
  /** How long it holds; for ever where it is absent. */
  valid: Duration.optional(),
  /** From how long before its end on it may be renewed, and by which modules; by all where none are named. */
  renewal: z.strictObject({ before: Duration.default('P30D'), modules: z.array(id).min(1).optional() }).prefault({}),
  /** What was completed before this day does not count any more: everybody starts over. */
  startOver: z.iso.date().optional(),
  reviewed: z.iso.date(),
  sources: z.array(z.strictObject({ title: z.string().min(1), url: address })).min(1),
  modules: z.array(Module).min(1).max(12),
});
export type Track = z.infer<typeof Track>;

/** A track with the file that it was read from. */
export interface TrackEdition {
  readonly track: Track;
  /** Hex SHA-256 of the file: which text somebody was trained on. */
  readonly hash: string;
  /** Path below its layer. */
  readonly file: string;
}

/** The modules by which somebody completes a track: a renewal may ask for fewer. */
export function modulesFor(track: Track, isRenewal: boolean): readonly Module[] {
  const { modules } = track.renewal;
  if (!isRenewal || !modules) return track.modules;
  return track.modules.filter((module) => modules.includes(module.id));
}

/** How many answers have to be right. */
export function passMark(module: Module): number {
  return module.pass ?? module.quiz.length;
}

export function minutesOf(modules: readonly Module[]): number {
  return modules.reduce((sum, { minutes }) => sum + minutes, 0);
}
