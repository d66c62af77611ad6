import { UserError } from '../core/errors.ts';
import { randomId } from '../core/ids.ts';
import type { ArticleSource, Manuscripts } from '../core/links.ts';
import type { Organization } from '../core/organization.ts';
import type { People, PersonId } from '../core/ports.ts';
import type {
  Effect,
  IncomingAction,
  IncomingSubmission,
  IncomingView,
  Opened,
  SlackGate,
  Submitted,
} from '../feature.ts';
import { mayLookAfter } from './access.ts';
import type { CuratingCards } from './cards.ts';
import { type FormField, formFields } from './composing.ts';
import type { Curating, Done, Problems } from './curating.ts';
import type { KnownDraft, Origin } from './draft.ts';
import { ArticleForm, articleForm, backForm, loadingView, sayView } from './forms.ts';
import { overviewMessage, type State } from './home-views.ts';
import { draftPage, noteMessage } from './views.ts';
import { wordsIn } from './words.ts';

export interface CuratingListenerDeps {
  readonly curating: Curating;
  readonly cards: CuratingCards;
  readonly people: People;
  readonly manuscripts: Manuscripts;
  organization(): Organization;
  state(person: PersonId): Promise<State>;
}

/** Writing articles: forms, pages of drafts, and the buttons of those who review. @returns what opens the form of an article */
export function listenToDrafts(gate: SlackGate, deps: CuratingListenerDeps): (a: IncomingAction) => Opened {
  const { curating, cards, manuscripts } = deps;
  const localeFor = (person: PersonId) => cards.lookFor(person).reader.locale;

  gate.command('articles', async ({ person }) => {
    const look = cards.lookFor(person);
    const mayWrite = rolesWithArticles().some((owner) => mayLookAfter(deps.people, owner, person));
    if (!mayWrite) return { answer: noteMessage(wordsIn(look.reader.locale).onlyOffice) };
    return { answer: overviewMessage(await deps.state(person), look) };
  });

  const write = (a: IncomingAction) => opening(a, wordsIn(localeFor(a.person)).writeTitle, () => begun(a));
  gate.opens('curating.write', write);
  gate.opens('curating.open', (a) =>
    opening(a, wordsIn(localeFor(a.person)).pageTitle, async () => {
      const draft = await curating.find(a.value);
      return draft ? { reply: { kind: 'view', view: pageOf(draft, a.person) } } : said(a.person, 'gone');
    }),
  );
  gate.opens('curating.back', (a) => ({ view: backForm(a.value, cards.lookFor(a.person).reader) }));

  /** From one page of a modal to the form of a language, and back when it is saved. */
  gate.action('curating.turn', async (a) => {
    const [id = '', language] = a.value.split('/');
    const draft = await curating.find(id);
    if (!draft) return said(a.person, 'gone');
    const view = formOf(draft, language === 'zh-CN' ? 'zh-CN' : 'en', a.person);
    return { reply: { kind: 'view', view } };
  });

  gate.action('curating.submit', (a) => moved(a, 'submit'));
  gate.action('curating.publish', (a) => moved(a, 'publish'));
  gate.action('curating.discard', (a) => moved(a, 'discard'));

  gate.submit('curating.back', async (s): Promise<Submitted> => {
    const { id, revision } = seenIn(s.view.metadata);
    const text = textOf(s.view, 'text');
    if (!text) return { errors: { text: wordsIn(localeFor(s.person)).emptyText } };
    try {
      const { ops, say } = await curating.move(id, s.person, { kind: 'sendBack', revision, text });
      return { ops, say };
    } catch (error) {
      return beside('text', error, s.person);
    }
  });

  gate.submit('curating.article', async (s): Promise<Submitted> => {
    const form = ArticleForm.parse(JSON.parse(s.view.metadata));
    const words = wordsIn(localeFor(s.person));
    try {
      const draft = await draftOf(form, s.person);
      const sources = readSources(s.view);
      if ('wrong' in sources) return { errors: { sources: words.sourceLine(sources.wrong) } };
      const saved = await curating.save(form, s.person, writtenIn(s, form, draft, sources.read));
      if ('problems' in saved) return { errors: errorsOf(saved.problems, s) };
      const { ops, say } = saved;
      return { ops, say, view: pageOf(saved.draft, s.person) };
    } catch (error) {
      return beside('title', error, s.person);
    }
  });

  return write;

  /** Every role that owns an article, and those that the organization has. */
  function rolesWithArticles(): readonly string[] {
    return [...new Set([...Object.keys(deps.organization().roles), ...manuscripts.all().map(({ owner }) => owner)])];
  }

  /** What is read comes into the modal once it is open. */
  function opening(a: IncomingAction, title: string, run: () => Promise<Effect>): Opened {
    return {
      view: loadingView(title, cards.lookFor(a.person).reader),
      async effect() {
        try {
          return await run();
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          const { reader } = cards.lookFor(a.person);
          return { reply: { kind: 'view', view: sayView(title, error.texts[reader.locale], reader) } };
        }
      },
    };
  }

  async function begun(a: IncomingAction): Promise<Effect> {
    const origin = originOf(a.value);
    const { draft, ops } = await curating.begin(randomId(), origin, a.person);
    // Somebody is at it already: their page says how far they are.
    if (draft.revision > 0) return { ops, reply: { kind: 'view', view: pageOf(draft, a.person) } };
    return { ops, reply: { kind: 'view', view: formOf(draft, draft.locale, a.person) } };
  }

  function formOf(draft: KnownDraft, locale: KnownDraft['locale'], person: PersonId) {
    const choices = { areas: manuscripts.areas, roles: Object.keys(deps.organization().roles) };
    const { reader } = cards.lookFor(person);
    return articleForm(draft, locale, curating.wordsFor(draft, locale), choices, reader);
  }

  function pageOf(draft: KnownDraft, person: PersonId) {
    const mayReview = !draft.authors.includes(person) && mayLookAfter(deps.people, draft.facts.owner, person);
    return draftPage(draft, curating.lookOver(draft), cards.lookFor(person), mayReview);
  }

  function said(person: PersonId, what: 'gone'): Effect {
    const { reader } = cards.lookFor(person);
    const words = wordsIn(reader.locale);
    return { reply: { kind: 'view', view: sayView(words.pageTitle, words[what], reader) } };
  }

  /** A draft that was not kept yet is made again from what its form carries. */
  async function draftOf(form: ArticleForm, person: PersonId): Promise<KnownDraft> {
    return (await curating.find(form.id)) ?? (await curating.begin(form.id, form.origin, person)).draft;
  }

  async function moved(a: IncomingAction, kind: 'submit' | 'publish' | 'discard'): Promise<Effect> {
    const { id, revision } = seenIn(a.value);
    try {
      const move = kind === 'discard' ? { kind } : { kind, revision };
      const done = await curating.move(id, a.person, move);
      return { ops: done.ops, say: done.say, ...shown(a, done) };
    } catch (error) {
      return refusedTo(a, error);
    }
  }

  /** The page that was clicked changes at once; of a card all copies do. */
  function shown(a: IncomingAction, { draft }: Done): Pick<Effect, 'reply'> {
    return a.view ? { reply: { kind: 'view', view: pageOf(draft, a.person) } } : {};
  }

  /** Only the person who clicked sees why it was refused. */
  function refusedTo(a: IncomingAction, error: unknown): Effect {
    if (!(error instanceof UserError)) throw error;
    const { reader } = cards.lookFor(a.person);
    const words = error.texts[reader.locale];
    if (a.view) return { reply: { kind: 'view', view: sayView(wordsIn(reader.locale).pageTitle, words, reader) } };
    if (!a.message) throw error;
    const { channel, thread } = a.message;
    const place = thread ? { channel, thread } : { channel };
    return { reply: { kind: 'ephemeral', place, person: a.person, rendered: noteMessage(words) } };
  }

  /** In English what the check says; in Chinese the rule of the field. */
  function errorsOf(problems: Problems, { person, view }: IncomingSubmission): Record<string, string> {
    const locale = localeFor(person);
    const { rules } = wordsIn(locale);
    return Object.fromEntries(
      formFields.flatMap((field) => {
        const problem = problems[field];
        // A mistake in a field that this form does not have is told at the first one.
        const at = view.values[field] ? field : 'title';
        return problem ? [[at, locale === 'en' ? problem.said : rules[field]]] : [];
      }),
    );
  }

  function beside(field: string, error: unknown, person: PersonId): Submitted {
    if (!(error instanceof UserError)) throw error;
    return { errors: { [field]: error.texts[localeFor(person)] } };
  }

  function writtenIn(
    { view }: IncomingSubmission,
    form: ArticleForm,
    draft: KnownDraft,
    sources: readonly ArticleSource[] | undefined,
  ) {
    const typed = linesOf(textOf(view, 'aliases'));
    const known = form.adds ? curating.wordsFor(draft, form.locale).aliases : [];
    const { facts } = draft;
    return {
      article: textOf(view, 'article') || (draft.article ?? ''),
      locale: form.locale,
      words: {
        title: textOf(view, 'title'),
        scope: textOf(view, 'scope'),
        short: textOf(view, 'short'),
        body: textOf(view, 'body'),
        aliases: [...new Set([...known, ...typed])],
      },
      facts: {
        area: textOf(view, 'area') || facts.area,
        owner: textOf(view, 'owner') || facts.owner,
        sources: sources ? sources.map((source) => ({ ...source })) : facts.sources,
      },
    };
  }
}

/** `handoff/<id>`, `gap/<id>`, `article/<name>`, or `blank`. */
function originOf(value: string): Origin {
  const cut = value.indexOf('/');
  const [kind, id] = cut < 0 ? [value, ''] : [value.slice(0, cut), value.slice(cut + 1)];
  if ((kind === 'handoff' || kind === 'gap' || kind === 'article') && id) return { kind, id };
  return { kind: 'blank' };
}

/** `<id>/<revision>` */
function seenIn(value: string): { readonly id: string; readonly revision: number } {
  const [id = '', revision = '0'] = value.split('/');
  return { id, revision: Number(revision) };
}

function textOf({ values }: IncomingView, field: FormField | 'text'): string {
  const text = values[field]?.[field];
  return typeof text === 'string' ? text.replace(/\r\n?/g, '\n').trim() : '';
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/^\s*[-*•]\s+/, '').trim())
    .filter((line) => line !== '');
}

/** "Title | https://…", one a line; undefined where the form has no such field. */
function readSources(
  view: IncomingView,
): { readonly read: readonly ArticleSource[] | undefined } | { readonly wrong: string } {
  if (!view.values.sources) return { read: undefined };
  const read: ArticleSource[] = [];
  for (const line of linesOf(textOf(view, 'sources'))) {
    const [, title = '', url = ''] = /^(.*?)[|｜]?\s*(https?:\/\/\S+)$/u.exec(line) ?? [];
    if (!url) return { wrong: line.slice(0, 100) };
    read.push({ title: title.replace(/[|｜\s]+$/u, '').trim() || url, url });
  }
  return { read };
}
