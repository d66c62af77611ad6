import { readFile } from 'node:fs/promises';
import { findByVersion, hashOf, keepEditions, type NewEdition } from './adoption/edition.ts';
import type { Article, Edition } from './ask/article.ts';
import { nameOf } from './ask/article-part.ts';
import type { Handbook } from './ask/ask.ts';
import { Calibration } from './ask/decide.ts';
import { knowledgeBaseInSteps, knowledgeContent } from './ask/knowledge.ts';
import { createSearchBuilder } from './ask/search.ts';
import type { Content } from './content/content.ts';
import { type WatchedContent, watchContent } from './content/watch.ts';
import type { ContentKind } from './core/content.ts';
import { OperatorError } from './core/errors.ts';
import { formatFinding } from './core/findings.ts';
import { type Locale, locales } from './core/i18n.ts';
import { type Organization, organizationContent } from './core/organization.ts';
import { fillPlaceholders } from './core/placeholders.ts';
import type { Log, Store } from './core/ports.ts';
import { finish, finishInTurn, inSteps, nextTurn, type Steps } from './core/steps.ts';
import type { Clock } from './core/time.ts';
import { type Layers, readEdition, shippedDir } from './layers.ts';
import { licenseContent } from './licenses/licenses.ts';

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
export const handbookKinds: readonly ContentKind<unknown>[] = [
  organizationContent,
  ...knowledgeContent,
  ...licenseContent,
];

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
  return finish(createHandbookBuilder(calibration, isStarter).build(content));
}

/** Builds one handbook after the other: what is the same as before is neither filled in nor indexed anew. */
interface HandbookBuilder {
  /** @throws OperatorError at the first step, when there is no organization file that can be read */
  build(content: Content): Steps<Handbook>;
}

function createHandbookBuilder(calibration: Calibration, isStarter: (path: string) => boolean): HandbookBuilder {
  const searches = createSearchBuilder();
  const shown = new WeakMap<Edition, { organization: Organization; starter: boolean; edition: Edition }>();

  function show(edition: Edition, organization: Organization, locale: Locale): Edition {
    const starter = isStarter(edition.file);
    const before = shown.get(edition);
    if (before?.organization === organization && before.starter === starter) return before.edition;
    const now = { ...inOurWords(edition, organization, locale), ...(starter && { starter: true as const }) };
    shown.set(edition, { organization, starter, edition: now });
    return now;
  }

  return {
    *build(content) {
      const [organization] = content.items(organizationContent);
      if (!organization) throw new OperatorError(organizationMistakes(content));
      const built = yield* knowledgeBaseInSteps(content);
      const articles: Article[] = [];
      yield* inSteps(built.articles, 20, (article) => {
        articles.push(withEditions(article, (edition, locale) => show(edition, organization, locale)));
      });
      const base = { ...built, articles };
      return { base, organization, search: yield* searches.build(base, calibration) };
    },
  };
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
 * Opens the handbook and keeps it current: a change of content or of adoptions builds a new one beside the work at hand,
 * and swaps it when it is whole. Changes that come meanwhile are read together afterwards, since a reload waits for the one
 * before. Every text that comes into force is kept in the store, off the way to an answer.
 */
export async function openHandbook(options: {
  readonly layers: Layers;
  readonly kinds: readonly ContentKind<unknown>[];
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<OpenHandbook> {
  const { layers, kinds, store, clock, log } = options;
  const listeners = new Set<() => void>();
  const handbooks = createHandbookBuilder(await readCalibration(), (path) => layers.originOf(path) === 'shipped');
  const kept = new Set<string>();
  let keeping: Promise<unknown> = Promise.resolve();
  let current: Handbook | undefined;
  let building: Promise<unknown> = Promise.resolve();

  /** One after the other: an older state never replaces a newer one. */
  function comeIntoForce(content: Content): Promise<Handbook> {
    const next = building.then(async () => {
      const handbook = await finishInTurn(handbooks.build(content));
      current = handbook;
      const fresh = await finishInTurn(editionsOf(handbook.base.articles, layers, kept));
      keeping = keeping
        .then(() => keep(fresh))
        .catch((err: unknown) => log.error({ err }, 'published texts could not be kept'));
      return handbook;
    });
    building = next.catch(() => undefined);
    return next;
  }

  async function keep(fresh: readonly NewEdition[]): Promise<void> {
    for (let start = 0; start < fresh.length; start += keptAtOnce) {
      const some = fresh.slice(start, start + keptAtOnce);
      await keepEditions(store, some, clock.now());
      for (const { hash } of some) kept.add(hash);
      await nextTurn();
    }
  }

  const content = await watchContent({
    layers: layers.all,
    kinds,
    clock,
    log,
    async onChange(next) {
      const { base } = await comeIntoForce(next);
      log.info({ articles: base.articles.length, findings: next.findings.length }, 'content changed');
      for (const listener of listeners) listener();
    },
  });
  const first = current ?? (await comeIntoForce(content.current()));
  const inForce = () => current ?? first;
  return {
    current: inForce,
    content,
    changed(listener) {
      listeners.add(listener);
    },
    async pastEdition(version) {
      const [found] = await findByVersion(store, version);
      const part = found && readEdition(found);
      return part && inOurWords(part.edition, inForce().organization, part.locale);
    },
    async close() {
      await content.close();
      await building;
      await keeping;
    },
  };
}

// Looking up a hundred texts that are there already takes about a millisecond.
const keptAtOnce = 100;

/**
 * The files behind the articles, whole, but for those that are kept already. What was read from a file that is gone by now
 * was kept when it was there.
 */
function* editionsOf(
  articles: readonly Article[],
  layers: Layers,
  kept: ReadonlySet<string>,
): Steps<readonly NewEdition[]> {
  const found: NewEdition[] = [];
  yield* inSteps(articles, 10, (article) => {
    for (const locale of locales) {
      const edition = article.editions[locale];
      if (!edition || kept.has(edition.hash)) continue;
      const text = layers.textOf(edition.file);
      if (text === undefined || hashOf(text) !== edition.hash) continue;
      found.push({ topic: nameOf(article), locale, file: edition.file, hash: edition.hash, text });
    }
  });
  return found;
}
