/**
 * Work that pauses often: between two steps, each about a millisecond long, whoever runs it may do something else.
 * Without a clock: a step is a number of items.
 */
export type Steps<T> = Generator<undefined, T>;

/** Does `work` for every item, so many of them in a step. */
export function* inSteps<T>(items: Iterable<T>, atOnce: number, work: (item: T, at: number) => void): Steps<void> {
  let at = 0;
  for (const item of items) {
    work(item, at);
    at += 1;
    if (at % atOnce === 0) yield;
  }
}

/** Does all steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Does all steps; whatever else waits comes first between them. */
export async function finishInTurn<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await nextTurn();
  }
}

/** Lets whatever else waits come first. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
