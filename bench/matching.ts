import type { PersonId } from '../src/core/ports.ts';
import { finish } from '../src/core/steps.ts';
import { type Fit, fitOf } from '../src/mentorship/fit.ts';
import { type Guiding, match, type Waiting } from '../src/mentorship/matching.ts';

/*
 * One round of matching when everybody joins at once: how long it takes, the longest stretch without a pause, and how close the sum
 * of all fits comes to what no round can exceed. Run: npx tsx bench/matching.ts
 */

const dayMs = 24 * 60 * 60_000;
const now = 400 * dayMs;
const rules = {
  hours: { from: '09:00', to: '18:00' },
  overlapHours: 2,
  weights: { skills: 60, overlap: 15, language: 10, hours: 5, room: 10 },
};
const topics = ['rust', 'java', 'kernel', 'docs', 'k8s', 'python', 'c', 'js', 'security', 'licenses', 'apache', 'ml'];
const languages = [['en'], ['zh'], ['en', 'zh'], ['de', 'en'], ['zh', 'en']];
const offsets = [-480, -300, 0, 60, 60, 330, 480, 480];

function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function people(
  count: number,
  seed: number,
): { readonly mentees: readonly Waiting[]; readonly mentors: readonly Guiding[] } {
  const random = numbersFrom(seed);
  const among = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const anybody = (id: string, skills: number) => ({
    id: id as PersonId,
    topics: new Set(Array.from({ length: skills }, () => among(topics))),
    languages: among(languages),
    offset: among(offsets),
    hours: 1 + Math.floor(random() * 6),
    blocked: new Set<PersonId>(),
    met: new Set<PersonId>(),
  });
  const learners = Math.round(count * 0.7);
  return {
    mentees: Array.from({ length: learners }, (_, at) => ({
      ...anybody(`E${at}`, 2),
      since: now - Math.floor(random() * 60) * dayMs,
    })),
    mentors: Array.from({ length: count - learners }, (_, at) => {
      const places = 1 + Math.floor(random() * 3);
      return { ...anybody(`M${at}`, 4), places, free: places };
    }),
  };
}

/** Nobody can do better: of those who got a mentor, each with the best mentor who may be theirs, however often he is taken. */
function ceilingOf(paired: ReadonlySet<string>, mentees: readonly Waiting[], mentors: readonly Guiding[]): number {
  return mentees
    .filter(({ id }) => paired.has(id))
    .reduce((sum, mentee) => {
      const fits = mentors
        .map((mentor) => fitOf(mentee, mentor, rules))
        .filter((fit): fit is Fit => typeof fit === 'object');
      return sum + Math.max(0, ...fits.map(({ score }) => score));
    }, 0);
}

/** Longest waiting first, each with the best who is left. */
function greedily(
  mentees: readonly Waiting[],
  mentors: readonly Guiding[],
): { readonly pairs: number; readonly sum: number } {
  const left = new Map(mentors.map(({ id, free }) => [id, free]));
  let [pairs, sum] = [0, 0];
  for (const mentee of mentees.toSorted((a, b) => a.since - b.since)) {
    const best = mentors
      .filter(({ id }) => (left.get(id) ?? 0) > 0)
      .flatMap(({ id, ...mentor }) => {
        const fit = fitOf(mentee, { id, ...mentor }, rules);
        return typeof fit === 'object' ? [{ id, score: fit.score }] : [];
      })
      .toSorted((a, b) => b.score - a.score)[0];
    if (!best) continue;
    left.set(best.id, (left.get(best.id) ?? 1) - 1);
    pairs += 1;
    sum += best.score;
  }
  return { pairs, sum };
}

console.log('people  pairs  sum of fits, of the ceiling  greedy: pairs, sum   all      longest stretch');
for (const count of [50, 500, 2_000]) {
  const { mentees, mentors } = people(count, 20_261_122);
  finish(match(mentees.slice(0, 20), mentors, rules, now));
  const before = performance.now();
  let longest = 0;
  let last = before;
  const steps = match(mentees, mentors, rules, now);
  let step = steps.next();
  for (; !step.done; step = steps.next()) {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }
  longest = Math.max(longest, performance.now() - last);
  const took = performance.now() - before;
  const pairs = step.value;
  const sum = pairs.reduce((total, { score }) => total + score, 0);
  const share = sum / Math.max(1, ceilingOf(new Set(pairs.map(({ mentee }) => mentee)), mentees, mentors));
  const greedy = greedily(mentees, mentors);
  console.log(
    `${String(count).padStart(6)}  ${String(pairs.length).padStart(5)}  ${String(sum).padStart(11)}  ${(share * 100).toFixed(1)} %` +
      `${' '.repeat(11)}${greedy.pairs}, ${greedy.sum}${' '.repeat(8)}${took.toFixed(0)} ms   ${longest.toFixed(0)} ms`,
  );
}
