import { dateAfter, dateAt } from '../core/business-time.ts';
import type { CheckContext, RawItem } from '../core/content.ts';
import type { Finding } from '../core/findings.ts';
import { type Organization, organizationContent } from '../core/organization.ts';
import { placeholdersIn, resolvePlaceholder } from '../core/placeholders.ts';
import type { Desk, Edition, EnglishFront, TranslatedFront } from './article.ts';
import type { ArticlePart } from './knowledge.ts';

/** Articles in these areas, with one of these tags or about named licenses tell people what the law asks of them. */
export const duties = {
  areas: ['compliance'],
  tags: [
    'license duties',
    'copyleft',
    'patent',
    'patents',
    'export',
    'export control',
    'encryption',
    'security',
    'vulnerability',
    'regulation',
  ],
} as const;

// Two lines on a phone, four in a thread: the answer in one or two sentences.
const longestShort = 300;

/** What makes a Slack reader jump: broadcasts, mentions, channels. `<!` is also how HTML comments start. */
const restricted = /<[!@#]/;

/**
 * Takes the short answer (the first paragraph, all bold) off the Markdown.
 * @returns `short` without emphasis marks, `rest` as Markdown; both only worth using when no finding is fatal
 */
export function checkBody(raw: RawItem): {
  readonly short: string;
  readonly rest: string;
  readonly findings: readonly Finding[];
} {
  const [first = '', ...others] = raw.body.split(/\n[ \t]*\n/);
  const bold = /^\*\*((?:(?!\*\*)[\s\S])+)\*\*$/.exec(first.trim());
  const short = (bold?.[1] ?? '').replace(/[*\n]+/g, (mark) => (mark.includes('\n') ? ' ' : '')).trim();
  const rest = others.join('\n\n').trim();
  return { short, rest, findings: [...checkShort(raw.file, bold !== null, short), ...checkText(raw, rest)] };
}

function checkShort(file: string, isBold: boolean, short: string): readonly Finding[] {
  const problem = (what: string, mend: string) => [{ file, field: 'short answer', problem: what, mend, fatal: true }];
  if (!isBold)
    return problem('The text does not start with a short answer.', 'Start with one paragraph, all of it in ** **.');
  if ([...short].length > longestShort) {
    return problem(`The short answer has more than ${longestShort} characters.`, 'Move the detail to the text below.');
  }
  if (short.includes('{{')) {
    return problem(
      'The short answer holds a placeholder.',
      'Put it into the text below: it may be left out where nothing is set.',
    );
  }
  return [];
}

function checkText(raw: RawItem, rest: string): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (problem: string, mend: string, fatal: boolean) =>
    findings.push({ file: raw.file, problem, mend, fatal });
  if (restricted.test(raw.body) || restricted.test(JSON.stringify(raw.data))) {
    add('The text holds <!, <@ or <#, which Slack reads as a call to people or channels.', 'Write it in words.', true);
  }
  const scheme = /\]\(\s*([a-z][a-z0-9+.-]*):/gi;
  for (const [, name = ''] of rest.matchAll(scheme)) {
    if (!/^(https?|mailto)$/i.test(name))
      add(`A link starts with ${name}:.`, 'Link to an address with https://.', true);
  }
  for (const [address] of new Set(Array.from(raw.body.matchAll(/\bhttp:\/\/[^\s)>\]]+/g)))) {
    add(`${address} is not encrypted.`, 'Use https:// if the site has it.', false);
  }
  if (raw.body.replace(/\{\{[\s\w.-]+\}\}/g, '').includes('{{')) {
    add(
      '{{ starts something that is not a placeholder.',
      'Write {{name.of.value}}, with letters, digits, dots and hyphens.',
      false,
    );
  }
  return findings;
}

/** Checks what the front matter says against the place of the file and the rules for approval. */
export function checkArticle(
  raw: RawItem,
  shared: TranslatedFront,
  facts: Omit<EnglishFront, keyof TranslatedFront> | undefined,
): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (field: string, problem: string, mend: string, fatal: boolean) =>
    findings.push({ file: raw.file, field, problem, mend, fatal });

  if (shared.id !== raw.id)
    add('id', `The id is ${shared.id}, the name of the file says ${raw.id}.`, 'Make them the same.', true);
  if (facts && facts.area !== raw.area)
    add('area', `The area is ${facts.area}, the folder ${raw.area ?? 'none'}.`, 'Make them the same.', true);
  for (const alias of shared.aliases.filter((one) => [...one].length < 2)) {
    add(
      'aliases',
      `The alias ${alias} has fewer than 2 characters; it is not used.`,
      'Write it the way people ask, or remove it.',
      false,
    );
  }
  if (facts && isDuty(facts) && !facts.approved) {
    add(
      'approved',
      'Nobody has approved this article on duties.',
      'Add approved: { role, on } once the role in charge has read it.',
      false,
    );
  }
  for (const [index, source] of (facts?.sources ?? []).entries()) {
    if (source.url.startsWith('http:'))
      add(`sources.${index}.url`, `${source.url} is not encrypted.`, 'Use https:// if the site has it.', false);
  }
  return findings;
}

function isDuty(facts: Omit<EnglishFront, keyof TranslatedFront>): boolean {
  const dutyTags: ReadonlySet<string> = new Set(duties.tags);
  return (
    duties.areas.some((area) => area === facts.area) ||
    facts.licenses.length > 0 ||
    facts.tags.some((tag) => dutyTags.has(tag.toLowerCase()))
  );
}

/** The editions of each topic, by id and variant. */
export function groupByTopic(parts: readonly ArticlePart[]): ReadonlyMap<string, readonly ArticlePart[]> {
  const topics = new Map<string, ArticlePart[]>();
  for (const part of parts) {
    const topic = topics.get(topicOf(part));
    if (topic) topic.push(part);
    else topics.set(topicOf(part), [part]);
  }
  return topics;
}

/** Names a topic: no dot is in an id or a variant. */
export function topicOf(part: ArticlePart): string {
  return `${part.id}.${part.variant ?? ''}`;
}

/** Checks all articles together: languages, links between them, aliases, reviews, owners, placeholders. */
export function checkKnowledge(
  parts: readonly ArticlePart[],
  desks: readonly Desk[],
  context: CheckContext,
): readonly Finding[] {
  const [organization] = context.items(organizationContent);
  return [
    ...checkLanguages(parts),
    ...checkReferences(parts),
    ...checkAliases(parts, desks),
    ...checkReviews(parts, context.now),
    ...(organization ? checkOrganization(parts, organization) : []),
  ];
}

function checkLanguages(parts: readonly ArticlePart[]): readonly Finding[] {
  return [...groupByTopic(parts).values()].flatMap((editions) => {
    const english = editions.find((part) => part.locale === 'en')?.edition;
    const chinese = editions.find((part) => part.locale === 'zh-CN')?.edition;
    if (!english)
      return about(
        chinese,
        undefined,
        'There is no English edition; the article is left out.',
        'Write it, or mend it if it is broken.',
        true,
      );
    if (!chinese) return about(english, undefined, 'There is no Chinese edition.', 'Write it.', false);
    if (chinese.reviewed >= english.reviewed) return [];
    return about(
      chinese,
      'reviewed',
      'The English edition was reviewed later.',
      'Compare the two and set the date.',
      false,
    );
  });
}

function checkReferences(parts: readonly ArticlePart[]): readonly Finding[] {
  const ids = new Set(parts.map((part) => part.id));
  return parts.flatMap(({ id, edition, facts }) =>
    (['related', 'siblings'] as const).flatMap((field) =>
      (facts?.[field] ?? [])
        .filter((other) => other === id || !ids.has(other))
        .flatMap((other) => {
          const problem = other === id ? 'The article names itself.' : `There is no article ${other}; it is not shown.`;
          return about(edition, field, problem, 'Correct the id or remove it.', false);
        }),
    ),
  );
}

function checkAliases(parts: readonly ArticlePart[], desks: readonly Desk[]): readonly Finding[] {
  const owners = new Map<string, string>();
  for (const desk of desks) {
    for (const alias of [...desk.aliases.en, ...desk.aliases['zh-CN']]) owners.set(fold(alias), `desk ${desk.id}`);
  }
  const findings: Finding[] = [];
  for (const { id, variant, edition } of parts) {
    const mine = new Set<string>();
    for (const alias of edition.aliases) {
      const folded = fold(alias);
      const owner = owners.get(folded);
      // A variant is asked for in the same words as the article it varies.
      if (mine.has(folded) || (owner !== undefined && owner !== id)) {
        const where = mine.has(folded) ? 'twice here' : `also at ${owner}`;
        findings.push(...about(edition, 'aliases', `"${alias}" is ${where}.`, 'Keep it where it belongs.', false));
      }
      mine.add(folded);
      if (variant === undefined || owner === undefined) owners.set(folded, owner ?? id);
    }
  }
  return findings;
}

function fold(alias: string): string {
  return alias
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s?.!。？！]+/g, ' ')
    .trim();
}

/** The ISO date on which an article has to be reviewed again. */
export function reviewDue(reviewed: string, reviewEvery: string): string {
  return dateAfter(reviewed, reviewEvery);
}

function checkReviews(parts: readonly ArticlePart[], now: number): readonly Finding[] {
  const today = dateAt(now, 'UTC');
  return parts.flatMap(({ edition, facts }) => {
    if (!facts) return [];
    const due = reviewDue(edition.reviewed, facts.reviewEvery);
    if (due >= today) return [];
    return about(
      edition,
      'reviewed',
      `The review was due on ${due}.`,
      `Ask ${facts.owner} to read it and set the date.`,
      false,
    );
  });
}

function checkOrganization(parts: readonly ArticlePart[], organization: Organization): readonly Finding[] {
  return parts.flatMap(({ edition, locale, facts }) => [
    ...placeholdersIn(edition.body)
      .filter((path) => resolvePlaceholder(organization, path, locale) === undefined)
      .flatMap((path) =>
        about(
          edition,
          undefined,
          `{{${path}}} has no value; its sentence is left out.`,
          'Set it in organization.yml.',
          false,
        ),
      ),
    ...(facts && !Object.hasOwn(organization.roles, facts.owner)
      ? about(edition, 'owner', `Nobody holds the role ${facts.owner}.`, 'Add it to roles in organization.yml.', false)
      : []),
  ]);
}

function about(
  edition: Edition | undefined,
  field: string | undefined,
  problem: string,
  mend: string,
  fatal: boolean,
): readonly Finding[] {
  return edition ? [{ file: edition.file, ...(field && { field }), problem, mend, fatal }] : [];
}
