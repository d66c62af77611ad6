import { z } from 'zod';
import { dateAfter, dateAt, momentOn, mondayOf } from '../core/business-time.ts';
import type { Collection, PersonId } from '../core/ports.ts';

/** What one person wants to hear of, and how far they have read. Id: the person. Whoever has none gets everything as it comes. */
export const NewsReader = z.strictObject({
  /** Kinds that the person turned off. */
  optOut: z.array(z.string().min(1)).max(100),
  /** One message a week instead of one for each. */
  digest: z.boolean(),
  /** When the next digest is due, ms. */
  digestAt: z.number().nullable(),
  /** What came before this moment was told in a digest, ms. */
  digestTo: z.number(),
  /** When "what changed" was last looked at, ms. */
  seenAt: z.number(),
  /** When the person joined, where we saw it, ms. */
  joinedAt: z.number().exactOptional(),
  /** When a new joiner is told what still matters, ms. */
  welcomeAt: z.number().nullable(),
});
export type NewsReader = z.infer<typeof NewsReader>;

export const newsReaders: Collection<NewsReader> = {
  name: 'news_reader',
  schema: NewsReader,
  shape: 1,
  index: ({ optOut, digest }) => [
    ...optOut.map((kind) => ({ key: optOutKey(kind) })),
    ...(digest ? [{ key: digestKey }] : []),
  ],
  due: ({ digestAt, welcomeAt }) => earliest(digestAt, welcomeAt),
  personal: ['joinedAt'],
};

/** Finds everybody who turned a kind off. */
export function optOutKey(kind: string): string {
  return `out:${kind}`;
}

/** Finds everybody who wants a digest. */
export const digestKey = 'digest';

/** Somebody of whom nothing is kept. */
export const plainReader: NewsReader = {
  optOut: [],
  digest: false,
  digestAt: null,
  digestTo: 0,
  seenAt: 0,
  welcomeAt: null,
};

/** Monday morning, when a week is planned. */
const digestTime = '09:00';

/** When the next digest is due, ms: the first Monday morning after `now`. @param zone of the reader */
export function nextDigest(now: number, zone: string): number {
  const monday = mondayOf(dateAt(now, zone));
  const here = momentOn(monday, digestTime, zone);
  return here > now ? here : momentOn(dateAfter(monday, 'P7D'), digestTime, zone);
}

/** What somebody chose, taken over. */
export function choose(
  reader: NewsReader,
  chosen: { readonly optOut: readonly string[]; readonly digest: boolean },
  now: number,
  zone: string,
): NewsReader {
  const { optOut, digest } = chosen;
  const begins = digest && !reader.digest;
  return {
    ...reader,
    optOut: [...new Set(optOut)].sort(),
    digest,
    digestAt: digest ? (begins ? nextDigest(now, zone) : reader.digestAt) : null,
    digestTo: begins ? now : reader.digestTo,
  };
}

/** What a reader is to be told now. */
export interface Told {
  readonly value: NewsReader;
  /** What came from `from` on and before `to` is gathered in a digest. */
  readonly digest?: { readonly from: number; readonly to: number };
  readonly welcome?: true;
}

/** A step of what waits: the digest of a week, what still matters to somebody new. Missed weeks fold into one digest. */
export function stepReader(reader: NewsReader, now: number, zone: string): Told {
  const hasDigest = reader.digestAt !== null && reader.digestAt <= now;
  const isWelcomed = reader.welcomeAt !== null && reader.welcomeAt <= now;
  return {
    value: {
      ...reader,
      ...(hasDigest ? { digestAt: nextDigest(now, zone), digestTo: now } : {}),
      ...(isWelcomed ? { welcomeAt: null } : {}),
    },
    ...(hasDigest ? { digest: { from: reader.digestTo, to: now } } : {}),
    ...(isWelcomed ? { welcome: true as const } : {}),
  };
}

/** The part of the subject of a card that names a person and a stretch of time. */
export function digestSubject(person: PersonId, { from, to }: { readonly from: number; readonly to: number }): string {
  return `${person}/${from}/${to}`;
}

function earliest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
