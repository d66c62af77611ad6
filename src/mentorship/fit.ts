import type { PersonId } from '../core/ports.ts';
import { sharedHours } from './overlap.ts';
import type { Program } from './program.ts';

/** Somebody as matching sees them. */
export interface Partner {
  readonly id: PersonId;
  readonly manager?: PersonId | undefined;
  /** Skills by id, and free words. */
  readonly topics: ReadonlySet<string>;
  /** By id, the one they like best first. */
  readonly languages: readonly string[];
  /** Minutes ahead of UTC. */
  readonly offset: number;
  /** Hours a month. */
  readonly hours: number;
  /** Whom they do not want to be paired with. */
  readonly blocked: ReadonlySet<PersonId>;
  /** Whom they were paired with before, or a lead ruled out. */
  readonly met: ReadonlySet<PersonId>;
}

/** Why two people fit. */
export interface Fit {
  /** 0 to 100, without what the mentor's room adds. */
  readonly score: number;
  /** What the mentee looks for and the mentor offers. */
  readonly topics: readonly string[];
  /** The language they share: the mentee's best. */
  readonly language: string;
  /** Working hours that they share, of a day. */
  readonly overlap: number;
}

/** Why two people are never paired, in the order in which it is looked at. */
export type Bar = 'self' | 'manager' | 'blocked' | 'again' | 'language' | 'topics' | 'overlap';

type Rules = Pick<Program, 'hours' | 'overlapHours' | 'weights'>;

/** Whether two people may be paired, and how well they fit. */
export function fitOf(mentee: Partner, mentor: Partner, rules: Rules): Fit | Bar {
  const bar = personalBar(mentee, mentor);
  if (bar) return bar;
  const language = mentee.languages.find((one) => mentor.languages.includes(one));
  if (language === undefined) return 'language';
  const topics = [...mentee.topics].filter((topic) => mentor.topics.has(topic));
  // Who names nothing is open for anything.
  if (mentee.topics.size > 0 && topics.length === 0) return 'topics';
  const overlap = sharedHours(mentee.offset, mentor.offset, rules.hours);
  if (overlap < rules.overlapHours) return 'overlap';
  return { score: scoreOf(mentee, mentor, { topics, language, overlap }, rules), topics, language, overlap };
}

/** What no fit outweighs. */
function personalBar(mentee: Partner, mentor: Partner): Bar | undefined {
  if (mentee.id === mentor.id) return 'self';
  if (mentee.manager === mentor.id || mentor.manager === mentee.id) return 'manager';
  if (mentee.blocked.has(mentor.id) || mentor.blocked.has(mentee.id)) return 'blocked';
  return mentee.met.has(mentor.id) || mentor.met.has(mentee.id) ? 'again' : undefined;
}

function scoreOf(mentee: Partner, mentor: Partner, fit: Omit<Fit, 'score'>, { weights, hours }: Rules): number {
  const parts = [
    [weights.skills, mentee.topics.size === 0 ? 1 : fit.topics.length / mentee.topics.size],
    [weights.overlap, fit.overlap / Math.max(1, sharedHours(0, 0, hours))],
    [weights.language, fit.language === mentor.languages[0] ? 1 : 0.5],
    [weights.hours, Math.min(1, mentor.hours / Math.max(1, mentee.hours))],
  ] as const;
  const whole = Object.values(weights).reduce((sum, one) => sum + one, 0);
  return Math.round((parts.reduce((sum, [weight, share]) => sum + weight * share, 0) / Math.max(1, whole)) * 100);
}
