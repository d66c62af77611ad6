import type { Parsed, RawItem } from '../core/content.ts';
import { checkShape } from '../core/findings.ts';
import type { Locale } from '../core/i18n.ts';
import { inSteps, type Steps } from '../core/steps.ts';
import { type Edition, EnglishFront, TranslatedFront } from './article.ts';
import { checkArticle, checkBody, type Facts } from './article-checks.ts';

/** One article file: an edition, and in English the facts that all languages share. */
export interface ArticlePart {
  readonly id: string;
  readonly variant?: string;
  readonly locale: Locale;
  readonly edition: Edition;
  readonly facts?: Facts;
}

/** Turns an article file into an edition; without one when a finding is fatal. */
export function parseArticle(raw: RawItem): Parsed<ArticlePart> {
  const locale = raw.locale ?? 'en';
  const front = locale === 'en' ? readEnglish(raw) : readTranslation(raw);
  const body = checkBody(raw);
  const findings = [
    ...(front.item ? checkArticle(raw, front.item.shared, front.item.facts) : front.findings),
    ...body.findings,
  ];
  if (!front.item || findings.some((finding) => finding.fatal)) return { findings };

  const { title, reviewed, aliases, scope, replaces } = front.item.shared;
  const edition: Edition = {
    title,
    reviewed,
    aliases: aliases.filter((alias) => [...alias].length >= 2),
    scope,
    short: body.short,
    body: body.rest,
    hash: raw.hash,
    file: raw.file,
    ...(replaces && { replaces }),
  };
  const { facts } = front.item;
  return {
    item: { id: raw.id, ...(raw.variant && { variant: raw.variant }), locale, edition, ...(facts && { facts }) },
    findings,
  };
}

interface Front {
  readonly shared: TranslatedFront;
  readonly facts?: Facts;
}

function readEnglish(raw: RawItem): Parsed<Front> {
  const checked = checkShape(EnglishFront, raw.data, raw.file);
  if (checked.findings) return { findings: checked.findings };
  const { id, title, reviewed, aliases, scope, replaces, disabled: _, ...facts } = checked.value;
  return { item: { shared: { id, title, reviewed, aliases, scope, replaces }, facts }, findings: [] };
}

function readTranslation(raw: RawItem): Parsed<Front> {
  const checked = checkShape(TranslatedFront, raw.data, raw.file);
  return checked.findings ? { findings: checked.findings } : { item: { shared: checked.value }, findings: [] };
}

/** The editions of each topic, by id and variant. */
export function* groupByTopic(parts: readonly ArticlePart[]): Steps<ReadonlyMap<string, readonly ArticlePart[]>> {
  const topics = new Map<string, ArticlePart[]>();
  yield* inSteps(parts, 1_000, (part) => {
    const key = topicOf(part);
    const topic = topics.get(key);
    if (topic) topic.push(part);
    else topics.set(key, [part]);
  });
  return topics;
}

/** Names a topic: no dot is in an id or a variant. */
export function topicOf(part: Pick<ArticlePart, 'id' | 'variant'>): string {
  return `${part.id}.${part.variant ?? ''}`;
}

/** A topic as people write it: `security-fix`, `security-fix.cn`. */
export function nameOf({ id, variant }: Pick<ArticlePart, 'id' | 'variant'>): string {
  return variant ? `${id}.${variant}` : id;
}
