/** Something that goes wrong between the app and Slack's Web API. */
export type ApiFault =
  | { readonly kind: 'rate_limited'; readonly retryAfterSeconds: number }
  | { readonly kind: 'http_500' }
  /** Never answers. */
  | { readonly kind: 'hang' }
  /** Does what was asked, then drops the connection. */
  | { readonly kind: 'lost_answer' }
  /** Does what was asked, then answers with half a JSON document. */
  | { readonly kind: 'broken_body' }
  | { readonly kind: 'slow'; readonly ms: number }
  /** Refuses with this code, e.g. `internal_error`. */
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'unknown_method' };

/** Something that goes wrong on the way to the app. */
type DeliveryFault =
  /** Sends the envelope twice, both times as a first attempt. */
  | { readonly kind: 'duplicate' }
  /** Drops the socket as soon as the envelope has arrived: its ack cannot. */
  | { readonly kind: 'drop_socket' }
  /** Never sends the envelope; for Slack it is un-acked. */
  | { readonly kind: 'lose' };

interface Reach {
  /** Only calls of this method, or envelopes of this type; all when absent. */
  readonly only?: string;
  /** How many the fault hits; until `off()` when absent. */
  readonly times?: number;
  /** How many pass unharmed first; 0 when absent. */
  readonly after?: number;
}

interface Injected {
  /** How many calls or envelopes were hit so far. */
  hits(): number;
  off(): void;
}

interface Armed<F> {
  readonly fault: F;
  readonly only: string | undefined;
  left: number;
  passing: number;
  hits: number;
}

interface Shelf<F> {
  inject(fault: F, reach?: Reach): Injected;
  /** The first armed fault for `name`, counted as a hit; undefined when all is well. */
  take(name: string): F | undefined;
  clear(): void;
}

function createShelf<F>(): Shelf<F> {
  const armed = new Set<Armed<F>>();
  return {
    inject(fault, { only, times = Number.POSITIVE_INFINITY, after = 0 } = {}) {
      const entry: Armed<F> = { fault, only, left: times, passing: after, hits: 0 };
      armed.add(entry);
      return { hits: () => entry.hits, off: () => armed.delete(entry) };
    },
    take(name) {
      for (const entry of armed) {
        if (entry.only !== undefined && entry.only !== name) continue;
        if (entry.passing > 0) {
          entry.passing -= 1;
          continue;
        }
        entry.left -= 1;
        entry.hits += 1;
        if (entry.left <= 0) armed.delete(entry);
        return entry.fault;
      }
      return undefined;
    },
    clear: () => armed.clear(),
  };
}

export interface Faults {
  readonly api: Shelf<ApiFault>;
  readonly delivery: Shelf<DeliveryFault>;
  /** Lifts every fault that waits for calls or envelopes. */
  clear(): void;
}

export function createFaults(): Faults {
  const api = createShelf<ApiFault>();
  const delivery = createShelf<DeliveryFault>();
  return {
    api,
    delivery,
    clear() {
      api.clear();
      delivery.clear();
    },
  };
}
