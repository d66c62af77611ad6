import { readFile } from 'node:fs/promises';
import { findByVersion, hashOf, keepEditions, type NewEdition } from './adoption/edition.ts';
import type { Article, Edition } from './ask/article.ts';
import { nameOf } from './ask/article-part.ts';
import type { Handbook } from './ask/ask.ts';
import { Calibration } from './ask/decide.ts';
import { buildKnowledgeBase, knowledgeContent } from './ask/knowledge.ts';
import { createSearch } from './ask/search.ts';
import type { Content } from './content/content.ts';
import { type WatchedContent, watchContent } from './content/watch.ts';
import type { ContentKind } from './core/content.ts';
import { OperatorError } from './core/errors.ts';
import { formatFinding } from './core/findings.ts';
import { type Locale, locales } from './core/i18n.ts';
import { type Organization, organizationContent } from './core/organization.ts';
import { fillPlaceholders } from './core/placeholders.ts';
import type { Log, Store } from './core/ports.ts';
import type { Clock } from './core/time.ts';
import { type Layers, readEdition, shippedDir } from './layers.ts';

/** What `ospo kb calibrate` writes. */
export const calibrationFile = `${shippedDir}calibration/weights.json`;

/** Everything that answers, following its files. */
export interface OpenHandbook {
  /** The state in force; replaced as a whole. */
  current(): Handbook;
  /** Calls `listener` after every swap. */
  changed(listener: () => void): void;
  readonly content: WatchedContent;
  /** A text that was in force once, in the organization's words of today; undefined when none of that version is kept. */
  pastEdition(version: string): Promise<Edition | undefined>;
  close(): Promise<void>;
}

/** The kinds of content that answering needs. */
export const handbookKinds: readonly ContentKind<unknown>[] = [organizationContent, ...knowledgeContent];

/** @throws OperatorError when the shipped calibration is damaged */
export async function readCalibration(): Promise<Calibration> {
  const parsed = Calibration.safeParse(JSON.parse(await readFile(calibrationFile, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new OperatorError([
    {
      where: calibrationFile,
      problem: 'does not hold the weights of the search.',
      mend: 'Install the bot again, or run `npm run ospo -- kb calibrate`.',
    },
  ]);
}

/**
 * @param isStarter whether the file at a path ships and nobody has adopted it; without it nothing is marked
 * @throws OperatorError when there is no organization file that can be read
 */
export function handbookFrom(
  content: Content,
  calibration: Calibration,
  isStarter: (path: string) => boolean = () => false,
): Handbook {
  const [organization] = content.items(organizationContent);
  if (!organization) throw new OperatorError(organizationMistakes(content));
  const built = buildKnowledgeBase(content);
  const show = (edition: Edition, locale: Locale): Edition => ({
    ...inOurWords(edition, organization, locale),
    ...(isStarter(edition.file) && { starter: true }),
  });
  const base = { ...built, articles: built.articles.map((article) => withEditions(article, show)) };
  return { base, organization, search: createSearch(base, calibration) };
}

function withEditions(article: Article, show: (edition: Edition, locale: Locale) => Edition): Article {
  const { en, 'zh-CN': zh } = article.editions;
  return { ...article, editions: { en: show(en, 'en'), ...(zh ? { 'zh-CN': show(zh, 'zh-CN') } : {}) } };
}

/** The text with what only the organization can say filled in. */
function inOurWords(edition: Edition, organization: Organization, locale: Locale): Edition {
  return {
    ...edition,
    short: fillPlaceholders(edition.short, organization, locale).text,
    body: fillPlaceholders(edition.body, organization, locale).text,
  };
}

function organizationMistakes(content: Content) {
  const own = content.findings.filter((finding) => finding.file.endsWith('organization.yml') && finding.fatal);
  if (own.length === 0) {
    const mend = 'Copy data/organization.yml into your content folder and fill it in.';
    return [{ where: 'organization.yml', problem: 'is missing.', mend }];
  }
  return own.map((finding) => ({ where: finding.file, problem: formatFinding(finding), mend: '' }));
}

/**
 * Opens the handbook and keeps it current: a change of content or of adoptions builds a new one in the background and
 * swaps it. Every text that comes into force is kept in the store, off the way to an answer.
 */
export async function openHandbook(options: {
  readonly layers: Layers;
  readonly kinds: readonly ContentKind<unknown>[];
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<OpenHandbook> {
  const { layers, kinds, store, clock, log } = options;
  const calibration = await readCalibration();
  const listeners = new Set<() => void>();
  const isStarter = (path: string) => layers.originOf(path) === 'shipped';
  let keeping: Promise<unknown> = Promise.resolve();

  function comeIntoForce(content: Content): Handbook {
    const handbook = handbookFrom(content, calibration, isStarter);
    const editions = editionsOf(handbook.base.articles, layers);
    keeping = keeping
      .then(() => keepEditions(store, editions, clock.now()))
      .catch((err: unknown) => log.error({ err }, 'published texts could not be kept'));
    return handbook;
  }

  let current: Handbook | undefined;
  const content = await watchContent({
    layers: layers.all,
    kinds,
    clock,
    log,
    onChange(next) {
      current = comeIntoForce(next);
      log.info({ articles: current.base.articles.length, findings: next.findings.length }, 'content changed');
      for (const listener of listeners) listener();
    },
  });
  current ??= comeIntoForce(content.current());
  const inForce = current;
  return {
    current: () => current ?? inForce,
    content,
    changed(listener) {
      listeners.add(listener);
    },
    async pastEdition(version) {
      const [kept] = await findByVersion(store, version);
      const part = kept && readEdition(kept);
      return part && inOurWords(part.edition, (current ?? inForce).organization, part.locale);
    },
    async close() {
      await content.close();
      await keeping;
    },
  };
}

/** The files behind the articles, whole. What was read from a file that is gone by now was kept when it was there. */
function editionsOf(articles: readonly Article[], layers: Layers): readonly NewEdition[] {
  return articles.flatMap((article) =>
    locales.flatMap((locale) => {
      const edition = article.editions[locale];
      const text = edition && layers.textOf(edition.file);
      if (!edition || text === undefined || hashOf(text) !== edition.hash) return [];
      return [{ topic: nameOf(article), locale, file: edition.file, hash: edition.hash, text }];
    }),
  );
}
