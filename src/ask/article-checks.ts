import type { RawItem } from '../core/content.ts';
import type { Finding } from '../core/findings.ts';
import type { EnglishFront, TranslatedFront } from './article.ts';

/** What the English file says for all languages of an article. */
export type Facts = Omit<EnglishFront, keyof TranslatedFront>;

/** Articles in these areas, with one of these tags or about named licenses tell people what the law asks of them. */
const duties = {
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

// Two minutes of reading, about 350 words; a Chinese character says as much as two Latin letters and more.
const longestBody = { en: 2_200, 'zh-CN': 1_100 } as const;

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
  const first = /^[\s\S]*?(?=\n[ \t]*\n|$)/.exec(raw.body)?.[0] ?? '';
  const bold = /^\*\*((?:(?!\*\*)[\s\S])+)\*\*$/.exec(first.trim());
  const short = (bold?.[1] ?? '').replace(/[*\n]+/g, (mark) => (mark.includes('\n') ? ' ' : '')).trim();
  const rest = raw.body.slice(first.length).trim();
  return { short, rest, findings: [...checkShort(raw.file, bold !== null, short), ...checkText(raw)] };
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

function checkText(raw: RawItem): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (problem: string, mend: string, fatal: boolean) =>
    findings.push({ file: raw.file, problem, mend, fatal });
  if (restricted.test(raw.body) || restricted.test(JSON.stringify(raw.data))) {
    add('The text holds <!, <@ or <#, which Slack reads as a call to people or channels.', 'Write it in words.', true);
  }
  const most = longestBody[raw.locale ?? 'en'];
  if ([...raw.body].length > most) {
    const problem = `The text has more than ${most} characters: few read so far in a chat.`;
    add(problem, 'Cut it, or make two articles of it.', false);
  }
  const scheme = /\]\(\s*([a-z][a-z0-9+.-]*):/gi;
  for (const [, name = ''] of raw.body.matchAll(scheme)) {
    if (!/^(https?|mailto)$/i.test(name))
      add(`A link starts with ${name}:.`, 'Link to an address with https://.', true);
  }
  for (const address of new Set(raw.body.match(/\bhttp:\/\/[^\s)>\]]+/g))) {
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
export function checkArticle(raw: RawItem, shared: TranslatedFront, facts: Facts | undefined): readonly Finding[] {
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
  if (facts && lacksApproval(facts)) {
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

/** Whether an article tells people what the law asks of them and no role has approved it. */
export function lacksApproval(facts: Facts): boolean {
  return isDuty(facts) && !facts.approved;
}

function isDuty(facts: Facts): boolean {
  const dutyTags: ReadonlySet<string> = new Set(duties.tags);
  return (
    duties.areas.some((area) => area === facts.area) ||
    facts.licenses.length > 0 ||
    facts.tags.some((tag) => dutyTags.has(tag.toLowerCase()))
  );
}
