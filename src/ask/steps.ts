/**
 * Work that pauses often: between two steps, each about a millisecond long, whoever runs it may do something else.
 * Without a clock: a step is a number of items.
 */
export type Steps<T> = Generator<undefined, T>;

/** Does `work` for every item, so many of them in a step. */
export function* inSteps<T>(items: readonly T[], atOnce: number, work: (item: T, at: number) => void): Steps<void> {
  for (const [at, item] of items.entries()) {
    work(item, at);
    if (at % atOnce === atOnce - 1) yield;
  }
}

/** Does all steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
