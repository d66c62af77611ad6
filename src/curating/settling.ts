import { appendAudit } from '../core/audit.ts';
import { Conflict } from '../core/errors.ts';
import { locales } from '../core/i18n.ts';
import type { Manuscripts } from '../core/links.ts';
import { type Doc, type Log, put, type Store } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import {
  articleSubject,
  hashesOf,
  type PublishedArticle,
  type PublishedText,
  publishedArticles,
  standingOf,
} from './published.ts';

export interface SettlingDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly manuscripts: Manuscripts;
  readonly log: Log;
}

/** Texts from Slack and the files of the organization, coming together. */
export interface Settling {
  /** Published texts step back where the organization's folder has the same file by now. */
  settle(): Promise<void>;
  /** Published texts whose file became another one meanwhile, by name. */
  conflicts(): Promise<readonly string[]>;
  /** What lies over the files, by name. */
  waiting(): Promise<readonly string[]>;
}

// What waits for an export is a handful; whoever has a hundred exports first.
const most = 100;

export function createSettling({ store, clock, manuscripts, log }: SettlingDeps): Settling {
  async function published(): Promise<readonly Doc<PublishedArticle>[]> {
    return (await store.list(publishedArticles, { key: 'waiting', order: 'asc', limit: most })).docs;
  }

  function standing(text: PublishedText) {
    const { file } = text;
    return standingOf(text, { is: manuscripts.ownFile(file, text.text), hash: manuscripts.ownHash(file) });
  }

  async function stepBack(article: Doc<PublishedArticle>): Promise<void> {
    const texts = Object.fromEntries(
      locales.flatMap((locale) => {
        const text = article.texts[locale];
        return text && standing(text) !== 'arrived' ? [[locale, text]] : [];
      }),
    );
    if (Object.keys(texts).length === Object.keys(article.texts).length) return;
    const at = clock.now();
    const audit = appendAudit(articleSubject(article.id), article.head, {
      at,
      kind: 'taken over by files',
      actor: 'files',
      from: hashesOf(article.texts),
      to: hashesOf(texts),
    });
    const value: PublishedArticle = { texts, at, by: 'files', head: audit.head };
    await store.commit([put(publishedArticles, article.id, value, article.version), ...audit.ops]);
    log.info({ article: article.id }, 'a published text lies among the files now');
  }

  return {
    async settle() {
      for (const article of await published()) {
        try {
          await stepBack(article);
        } catch (error) {
          // Another process has the same files and was quicker.
          if (!(error instanceof Conflict)) throw error;
        }
      }
    },
    async conflicts() {
      const all = await published();
      return all
        .filter(({ texts }) => locales.some((locale) => texts[locale] && standing(texts[locale]) === 'conflict'))
        .map(({ id }) => id);
    },
    waiting: async () => (await published()).map(({ id }) => id),
  };
}
