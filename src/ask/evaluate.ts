import { z } from 'zod';
import { type Aims, calibrate, type Observation } from './calibrate.ts';
import type { Calibration } from './decide.ts';
import type { Found, Search } from './search.ts';

const asked = {
  id: z.string().min(1),
  added: z.iso.date(),
  q: z.string().min(1),
  lang: z.enum(['en', 'zh', 'mixed']),
  kind: z.enum(['natural', 'keyword', 'typo', 'rambling']),
};

/** One line of `data/golden/*.jsonl` and `data/calibration/*.jsonl`. */
export const GoldenLine = z.union([
  z.strictObject({
    ...asked,
    /** The topics that answer it; the first is the one that was meant. */
    expect: z.array(z.string()).min(1),
    /** Topics that would do as well. */
    also: z.array(z.string()).default([]),
  }),
  z.strictObject({
    ...asked,
    decline: z.literal(true),
    /** It sounds like ours. */
    near: z.boolean(),
  }),
]);
export type GoldenLine = z.infer<typeof GoldenLine>;

/** One line of `data/golden/measure-also.jsonl`: topics that came after a question was asked and answer it as well. */
export const LaterTopics = z.strictObject({
  id: z.string().min(1),
  added: z.iso.date(),
  also: z.array(z.string()).min(1),
});
export type LaterTopics = z.infer<typeof LaterTopics>;

/** The questions as they would be labeled now: what was written stays, topics that came later are let in beside it. */
export function withLaterTopics(lines: readonly GoldenLine[], later: readonly LaterTopics[]): readonly GoldenLine[] {
  const alsoById = new Map(later.map(({ id, also }) => [id, also]));
  return lines.map((line) => {
    const also = alsoById.get(line.id);
    return also && 'expect' in line ? { ...line, also: [...new Set([...line.also, ...also])] } : line;
  });
}

/** Shares, 0 to 1, of a group of questions. `first` and `three` are of the ranking; the rest of what the person sees. */
interface Scores {
  readonly questions: number;
  readonly first: number;
  readonly firstLenient: number;
  readonly three: number;
  readonly threeLenient: number;
  /** Answered at once. */
  readonly answered: number;
  /** Refused, though ours. */
  readonly declined: number;
}

export interface Evaluation {
  readonly all: Scores;
  /** By language and by kind. */
  readonly groups: Readonly<Record<string, Scores>>;
  /** Of what is not ours: refused or sent to a desk; the same of those that sound like ours. */
  readonly refused: {
    readonly questions: number;
    readonly all: number;
    readonly near: number;
    readonly nearQuestions: number;
  };
  /** Of all answers given at once: wrong, or to a question that is not ours. Lenient. */
  readonly wrong: number;
  readonly misses: readonly Miss[];
}

interface Miss {
  readonly line: GoldenLine;
  readonly outcome: Found['outcome'];
  readonly got: readonly string[];
  readonly confidence: number;
}

/** Asks every line and counts. Pure. */
export function evaluate(search: Search, lines: readonly GoldenLine[]): Evaluation {
  const asked = lines.map((line) => ({ line, found: search.find(line.q) }));
  const ours = asked.flatMap(({ line, found }) => ('expect' in line ? [{ line, found }] : []));
  const others = asked.flatMap(({ line, found }) => ('decline' in line ? [{ line, found }] : []));
  const near = others.filter(({ line }) => line.near);
  const answers = asked.filter(({ found }) => found.outcome === 'answer');
  const keys = [...new Set(ours.flatMap(({ line }) => [line.lang, line.kind]))].sort();

  return {
    all: scoresOf(ours),
    groups: Object.fromEntries(
      keys.map((key) => [key, scoresOf(ours.filter(({ line }) => line.lang === key || line.kind === key))]),
    ),
    refused: {
      questions: others.length,
      all: share(others, isRefused),
      near: share(near, isRefused),
      nearQuestions: near.length,
    },
    wrong: share(answers, ({ line, found }) => !isRight(line, found.article?.id)),
    misses: asked
      .filter(({ line, found }) =>
        'expect' in line ? !isRight(line, found.ranking[0]?.id) : found.outcome !== 'unknown',
      )
      .map(({ line, found }) => ({
        line,
        outcome: found.outcome,
        got: found.ranking.map(({ id }) => id),
        confidence: found.confidence,
      })),
  };
}

/** Fits the calibration to labeled questions, by how `search` ranks them (its own calibration does not matter). */
export function calibrateBy(search: Search, lines: readonly GoldenLine[], aims: Aims): Calibration {
  return calibrate(
    lines.map((line): Observation => {
      const { features, articles } = search.read(line.q);
      const near = 'decline' in line && line.near;
      return { features, ours: 'expect' in line, near, right: isRight(line, articles[0]?.article.id) };
    }),
    aims,
  );
}

type Ours = { readonly line: Extract<GoldenLine, { expect: unknown }>; readonly found: Found };

function scoresOf(asked: readonly Ours[]): Scores {
  const strict = ({ line }: Ours) => line.expect;
  const lenient = ({ line }: Ours) => [...line.expect, ...line.also];
  const among = (count: number, accepted: (one: Ours) => readonly string[]) =>
    share(asked, (one) => one.found.ranking.slice(0, count).some(({ id }) => accepted(one).includes(id)));
  return {
    questions: asked.length,
    first: among(1, strict),
    firstLenient: among(1, lenient),
    three: among(3, strict),
    threeLenient: among(3, lenient),
    answered: share(asked, ({ found }) => found.outcome === 'answer'),
    declined: share(asked, isRefused),
  };
}

function isRefused({ found }: { readonly found: Found }): boolean {
  return found.outcome === 'unknown' || found.outcome === 'help';
}

function isRight(line: GoldenLine, id: string | undefined): boolean {
  return id !== undefined && 'expect' in line && (line.expect.includes(id) || line.also.includes(id));
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.length === 0 ? 0 : items.filter(holds).length / items.length;
}

/** A table for a terminal: one row a group, shares in percent. */
export function tableOf(evaluation: Evaluation): string {
  const head = ['', 'questions', 'first', '(lenient)', 'in three', '(lenient)', 'answered', 'declined'];
  const rows = Object.entries({ all: evaluation.all, ...evaluation.groups }).map(([name, scores]) => [
    name,
    String(scores.questions),
    ...[scores.first, scores.firstLenient, scores.three, scores.threeLenient, scores.answered, scores.declined].map(
      percent,
    ),
  ]);
  const { refused, wrong } = evaluation;
  return [
    ...align([head, ...rows]),
    '',
    `not ours, declined or sent to a desk: ${percent(refused.all)} % of ${refused.questions}; of near misses ${percent(refused.near)} % of ${refused.nearQuestions}`,
    `answers given at once that are wrong: ${percent(wrong)} %`,
  ].join('\n');
}

function align(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

function percent(value: number): string {
  return (value * 100).toFixed(1);
}
