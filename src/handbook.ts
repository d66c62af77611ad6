import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Article, Edition } from './ask/article.ts';
import type { Handbook } from './ask/ask.ts';
import { Calibration } from './ask/decide.ts';
import { buildKnowledgeBase, knowledgeContent } from './ask/knowledge.ts';
import { createSearch } from './ask/search.ts';
import type { Content } from './content/content.ts';
import { folderLayer, type Layer } from './content/layer.ts';
import { type WatchedContent, watchContent } from './content/watch.ts';
import type { ContentKind } from './core/content.ts';
import { OperatorError } from './core/errors.ts';
import { formatFinding } from './core/findings.ts';
import type { Locale } from './core/i18n.ts';
import { type Organization, organizationContent } from './core/organization.ts';
import { fillPlaceholders } from './core/placeholders.ts';
import type { Log } from './core/ports.ts';
import type { Clock } from './core/time.ts';

/** The content that ships with the bot; the same path seen from src/ and from dist/. */
export const shippedDir = fileURLToPath(new URL('../data/', import.meta.url));

/** What `ospo kb calibrate` writes. */
export const calibrationFile = `${shippedDir}calibration/weights.json`;

/** Everything that answers, following its files. */
export interface OpenHandbook {
  /** The state in force; replaced as a whole. */
  current(): Handbook;
  /** Calls `listener` after every swap. */
  changed(listener: () => void): void;
  readonly content: WatchedContent;
  close(): Promise<void>;
}

/** Shipped content, and the organization's own folder over it. */
export function layersOf(contentDir: string | undefined): readonly Layer[] {
  const shipped = folderLayer('data', shippedDir);
  return contentDir ? [shipped, folderLayer(contentDir, contentDir)] : [shipped];
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
 * @throws OperatorError when there is no organization file that can be read
 */
export function handbookFrom(content: Content, calibration: Calibration): Handbook {
  const [organization] = content.items(organizationContent);
  if (!organization) throw new OperatorError(organizationMistakes(content));
  const built = buildKnowledgeBase(content);
  const base = { ...built, articles: built.articles.map((article) => inOurWords(article, organization)) };
  return { base, organization, search: createSearch(base, calibration) };
}

/** The article with what only the organization can say filled in. */
function inOurWords(article: Article, organization: Organization): Article {
  const fill = (edition: Edition, locale: Locale): Edition => ({
    ...edition,
    short: fillPlaceholders(edition.short, organization, locale).text,
    body: fillPlaceholders(edition.body, organization, locale).text,
  });
  const { en, 'zh-CN': zh } = article.editions;
  return { ...article, editions: { en: fill(en, 'en'), ...(zh ? { 'zh-CN': fill(zh, 'zh-CN') } : {}) } };
}

function organizationMistakes(content: Content) {
  const own = content.findings.filter((finding) => finding.file.endsWith('organization.yml') && finding.fatal);
  if (own.length === 0) {
    const mend = 'Copy data/organization.yml into your content folder and fill it in.';
    return [{ where: 'organization.yml', problem: 'is missing.', mend }];
  }
  return own.map((finding) => ({ where: finding.file, problem: formatFinding(finding), mend: '' }));
}

/** Opens the handbook and keeps it current: a change of content builds a new one in the background and swaps it. */
export async function openHandbook(options: {
  readonly layers: readonly Layer[];
  readonly kinds: readonly ContentKind<unknown>[];
  readonly clock: Clock;
  readonly log: Log;
}): Promise<OpenHandbook> {
  const calibration = await readCalibration();
  const listeners = new Set<() => void>();
  let current: Handbook | undefined;
  const content = await watchContent({
    ...options,
    onChange(next) {
      current = handbookFrom(next, calibration);
      options.log.info({ articles: current.base.articles.length, findings: next.findings.length }, 'content changed');
      for (const listener of listeners) listener();
    },
  });
  current ??= handbookFrom(content.current(), calibration);
  const inForce = current;
  return {
    current: () => current ?? inForce,
    content,
    changed(listener) {
      listeners.add(listener);
    },
    close: () => content.close(),
  };
}
