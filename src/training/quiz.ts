import { type Module, passMark, type Question } from './track.ts';

/** What somebody chose, by the place of the question: the place of the choice in the file. */
export type Answers = Readonly<Record<number, number>>;

export interface Graded {
  readonly right: number;
  readonly of: number;
  readonly passed: boolean;
  /** By question: whether it was right. */
  readonly each: readonly boolean[];
}

/** A question without an answer is not right. */
export function grade(module: Module, answers: Answers): Graded {
  const each = module.quiz.map((question, at) => question.choices[answers[at] ?? -1]?.right === true);
  const right = each.filter(Boolean).length;
  return { right, of: each.length, passed: right >= passMark(module), each };
}

/**
 * The choices in the order in which they are shown, by their places in the file: another one at each attempt, so that nobody
 * learns the place of an answer. The same for the same attempt, since the form may be drawn twice.
 * @param attempt 0 for the first
 */
export function shownOrder({ choices }: Question, at: number, attempt: number): readonly number[] {
  const shift = (at + attempt) % choices.length;
  const turned = choices.map((_, index) => (index + shift) % choices.length);
  return attempt % 2 === 0 ? turned : turned.toReversed();
}
