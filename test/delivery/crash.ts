import type { Messenger, Store } from '../../src/core/ports.ts';

/** Where a process dies: at its nth commit, before the store heard of it or after, or just before its nth call to Slack. */
export type Crash = { readonly at: 'before commit' | 'after commit' | 'before call'; readonly nth: number };

/** A process that may die: from then on nothing that it awaits ever comes back, and nothing that it does has an effect. */
export interface Mortal {
  readonly store: Store;
  readonly messenger: Messenger;
  isDead(): boolean;
}

const never = <T>() => new Promise<T>(() => undefined);

export function createMortal(store: Store, messenger: Messenger, crash: Crash | undefined): Mortal {
  let commits = 0;
  let calls = 0;
  let dead = false;

  function dies(at: Crash['at'], nth: number): boolean {
    dead ||= crash !== undefined && crash.at === at && nth >= crash.nth;
    return dead;
  }

  /** `work`, unless the process died before it began or while it ran. */
  async function alive<T>(work: () => Promise<T>): Promise<T> {
    if (dead) return never();
    const result = await work();
    return dead ? never() : result;
  }

  function called<T>(work: () => Promise<T>): Promise<T> {
    calls += 1;
    return dies('before call', calls) ? never() : alive(work);
  }

  return {
    isDead: () => dead,
    store: {
      ...store,
      get: (...args) => alive(() => store.get(...args)),
      due: (...args) => alive(() => store.due(...args)),
      nextDue: (...args) => alive(() => store.nextDue(...args)),
      claim: (...args) => alive(() => store.claim(...args)),
      async commit(ops) {
        commits += 1;
        if (dies('before commit', commits)) return never();
        const versions = await store.commit(ops);
        return dies('after commit', commits) ? never() : versions;
      },
    },
    messenger: {
      post: (message) => called(() => messenger.post(message)),
      update: (message) => called(() => messenger.update(message)),
      find: (message) => called(() => messenger.find(message)),
    },
  };
}
