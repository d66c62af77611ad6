/** Keeps what is done in one modal in its order. */
export interface Turns {
  /**
   * Runs after everything that was done before in the same modal: every click may draw the view anew, and the last one has
   * to be what the person sees.
   * @param view its id; what is done elsewhere runs at once
   */
  take<T>(view: string | undefined, run: () => Promise<T>): Promise<T>;
  /** Resolves when everything that was done in a modal so far is carried out. Never rejects. */
  over(view: string): Promise<void>;
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>();

  return {
    take(view, run) {
      if (view === undefined) return run();
      const mine = (last.get(view) ?? Promise.resolve()).then(run);
      const done: Promise<void> = mine
        .then(
          () => undefined,
          () => undefined,
        )
        .then(() => {
          if (last.get(view) === done) last.delete(view);
        });
      last.set(view, done);
      return mine;
    },
    over: (view) => last.get(view) ?? Promise.resolve(),
  };
}
