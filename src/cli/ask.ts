import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { z } from 'zod';
import type { Article } from '../ask/article.ts';
import type { Handbook } from '../ask/ask.ts';
import { withLicense } from '../ask/license.ts';
import { recordOf } from '../ask/question.ts';
import { replyTo, shelve } from '../ask/reply.ts';
import { articleText, type Setting } from '../ask/view-parts.ts';
import { replyText } from '../ask/views.ts';
import { OperatorError } from '../core/errors.ts';
import { type Locale, locales } from '../core/i18n.ts';
import type { LicenseAdvice } from '../core/links.ts';
import { resolvePlaceholder } from '../core/placeholders.ts';
import { systemClock } from '../core/time.ts';
import { createLicensing } from '../features.ts';
import { readLicenses } from './license.ts';
import { print } from './print.ts';
import { readHandbook } from './setup.ts';

const Line = z.object({
  q: z.string(),
  lang: z
    .enum(locales)
    .or(z.enum(['zh', 'mixed']))
    .optional(),
});

/** What `ask --batch` writes for a question: one JSON object a line. */
interface BatchAnswer {
  readonly outcome: 'answer' | 'choices' | 'unknown';
  /** Ids, the best first. */
  readonly articles: readonly string[];
  /** The whole answer as text. */
  readonly text: string;
  /** The runners-up of an answer, or the choices. */
  readonly choices: readonly { readonly id: string; readonly title: string; readonly text: string }[];
}

export function registerAsk(program: Command): void {
  program
    .command('ask [question]')
    .description('answer a question from the handbook, as the bot would')
    .option('--batch', 'read JSON lines {"q": "...", "lang"?: "..."} from standard input, write one JSON line each')
    .action(async (question: string | undefined, options: { readonly batch?: boolean }) => {
      const handbook = await readHandbook();
      const known = await readLicenses();
      const advice = createLicensing({ licenses: () => known, openRequest: () => undefined });
      const answer = (text: string) => answerTo(handbook, advice, text);
      if (options.batch) return answerLines(answer);
      if (!question) {
        const mend = 'Write it in quotes: npm run ospo -- ask "can we use an AGPL component in our SaaS".';
        throw new OperatorError([{ where: 'ask', problem: 'needs a question.', mend }]);
      }
      print(answer(question).text);
    });
}

async function answerLines(answer: (text: string) => BatchAnswer): Promise<void> {
  let number = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    number += 1;
    if (line.trim() === '') continue;
    print(JSON.stringify(answer(questionOf(line, number))));
  }
}

function questionOf(line: string, number: number): string {
  try {
    return Line.parse(JSON.parse(line)).q;
  } catch {
    const mend = 'Write {"q": "the question"}.';
    throw new OperatorError([{ where: `line ${number}`, problem: 'is not a JSON object with a question.', mend }]);
  }
}

function answerTo(handbook: Handbook, advice: LicenseAdvice, text: string): BatchAnswer {
  const found = handbook.search.find(text);
  const now = systemClock.now();
  const question = recordOf({ person: '', text, via: 'command', at: now }, found);
  const fromHandbook = replyTo({ ...question, id: 'batch' }, handbook.base, {
    reader: undefined,
    places: handbook.organization,
  });
  const { locale, person } = question;
  const reply = withLicense(fromHandbook, advice.advise({ id: 'batch', text, locale, person }), undefined);
  // The verdict on a license is an answer, also where no article is.
  const answered = found.outcome === 'unknown' && reply.kind === 'license' && reply.license.standing === 'answer';
  const setting: Setting = {
    now,
    human: false,
    deskLink: (link, locale) => (link ? resolvePlaceholder(handbook.organization, link, locale) : undefined),
  };
  const choice = (article: Article) => choiceOf(article, found.language, now);
  return {
    // A greeting is not a question that could be answered.
    outcome: answered ? 'answer' : found.outcome === 'help' ? 'unknown' : found.outcome,
    articles: found.outcome === 'answer' && found.article ? [found.article.id] : found.choices.map((a) => a.id),
    text: replyText(reply, setting),
    choices: (found.outcome === 'answer' ? found.runnersUp : found.choices).map(choice),
  };
}

function choiceOf(article: Article, locale: Locale, now: number): BatchAnswer['choices'][number] {
  const shelf = shelve(article, locale);
  return { id: article.id, title: shelf.edition.title, text: articleText(shelf, locale, now) };
}
