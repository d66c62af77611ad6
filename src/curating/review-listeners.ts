import { UserError } from '../core/errors.ts';
import { randomId } from '../core/ids.ts';
import type { Manuscripts } from '../core/links.ts';
import type { Organization } from '../core/organization.ts';
import type { People, PersonId } from '../core/ports.ts';
import type { Effect, IncomingAction, Opened, SlackGate, Submitted } from '../feature.ts';
import { mayLookAfter } from './access.ts';
import type { CuratingCards } from './cards.ts';
import type { Counting } from './counting.ts';
import type { Curating } from './curating.ts';
import { handForm, loadingView, SubjectForm, sayView } from './forms.ts';
import { articleTitle, dueMessage, dueModal, type History, historyMessage, historyModal } from './review-views.ts';
import type { Reviewing } from './reviewing.ts';
import type { Settling } from './settling.ts';
import { noteMessage } from './views.ts';
import { wordsIn } from './words.ts';

export interface ReviewListenerDeps {
  readonly curating: Curating;
  readonly reviewing: Reviewing;
  readonly counting: Counting;
  readonly settling: Settling;
  readonly cards: CuratingCards;
  readonly people: People;
  readonly manuscripts: Manuscripts;
  organization(): Organization;
  /** The buttons of an article's menu that write: see the listeners of drafts. */
  write(a: IncomingAction): Opened;
}

// Half a year shows whether it gets better.
const shownMonths = 6;

/** Reading articles again, and how they do. */
export function listenToReviews(gate: SlackGate, deps: ReviewListenerDeps): void {
  const { curating, reviewing, cards, people, manuscripts } = deps;
  const wordsFor = (person: PersonId) => wordsIn(cards.lookFor(person).reader.locale);

  gate.command('article', async ({ person, text, at }) => {
    const words = wordsFor(person);
    const name = text.trim().toLowerCase();
    if (!name) return { answer: noteMessage(words.howArticle) };
    const history = await historyOf(name, at);
    if (!history) return { answer: noteMessage(words.noArticle(name.slice(0, 60))) };
    if (!mayLookAfter(people, history.article.owner, person)) return { answer: noteMessage(words.notYourArticle) };
    return { answer: historyMessage(history, cards.lookFor(person)) };
  });

  gate.opens('curating.show_due', (a) => ({
    view: dueModal(reviewing.dueOf(a.person), cards.today(), cards.lookFor(a.person)),
  }));

  gate.opens('curating.due_more', (a) => {
    const cut = a.value.indexOf('/');
    const [what, name] = [a.value.slice(0, cut), a.value.slice(cut + 1)];
    if (what === 'hand') return { view: handView(name, a.person) };
    if (what === 'edit') return deps.write({ ...a, value: `article/${name}` });
    return showing(name, a);
  });
  gate.opens('curating.hand', (a) => ({ view: handView(a.value, a.person) }));

  gate.action('curating.right', async (a) => {
    const [name = '', hash = '', asked = ''] = a.value.split('/');
    const words = wordsFor(a.person);
    try {
      const ops = await reviewing.confirm(name, hash, a.person);
      return { ops, ...afterwards(a, name, asked) };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return said(a, error.texts[cards.lookFor(a.person).reader.locale] ?? words.gone);
    }
  });

  gate.action('curating.withdraw', async (a) => {
    try {
      const ops = await curating.withdraw(a.value, a.person);
      return { ops, ...said(a, wordsFor(a.person).withdrawn) };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return said(a, error.texts[cards.lookFor(a.person).reader.locale]);
    }
  });

  gate.submit('curating.hand', async ({ person, view }): Promise<Submitted> => {
    const { draft, subject } = SubjectForm.parse(JSON.parse(view.metadata));
    const owner = String(view.values.owner?.owner ?? '');
    const { reader } = cards.lookFor(person);
    const words = wordsIn(reader.locale);
    try {
      const { ops, say } = await curating.propose(draft, subject, person, { kind: 'owner', owner });
      return { ops, say, view: sayView(words.handTitle, words.sentToReview, reader) };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { errors: { owner: error.texts[reader.locale] } };
    }
  });

  async function historyOf(name: string, now: number): Promise<History | undefined> {
    const article = manuscripts.find(name);
    if (!article) return undefined;
    const id = name.split('.')[0] ?? name;
    const [months, waiting, conflicts] = await Promise.all([
      deps.counting.history(id, shownMonths, now),
      deps.settling.waiting(),
      deps.settling.conflicts(),
    ]);
    return { article, months, fromSlack: waiting.includes(name), conflict: conflicts.includes(name) };
  }

  function showing(name: string, { person, at }: IncomingAction): Opened {
    const { reader } = cards.lookFor(person);
    const words = wordsIn(reader.locale);
    const article = manuscripts.find(name);
    if (!article || !mayLookAfter(people, article.owner, person)) {
      return { view: sayView(words.articleTitle, words.notYourArticle, reader) };
    }
    return {
      view: loadingView(words.articleTitle, reader),
      async effect() {
        const history = await historyOf(name, at);
        const view = history
          ? historyModal(history, cards.lookFor(person))
          : sayView(words.articleTitle, words.noArticle(name), reader);
        return { reply: { kind: 'view', view } };
      },
    };
  }

  function handView(name: string, person: PersonId) {
    const { reader } = cards.lookFor(person);
    const words = wordsIn(reader.locale);
    const article = manuscripts.find(name);
    if (!article || !mayLookAfter(people, article.owner, person)) {
      return sayView(words.handTitle, words.refused.not_allowed, reader);
    }
    const roles = Object.keys(deps.organization().roles);
    return handForm({ draft: randomId(), subject: name }, article.owner, roles, reader);
  }

  /** The list without what was confirmed: the handbook follows within a moment, the click shows it at once. */
  function afterwards(a: IncomingAction, name: string, asked: string): Pick<Effect, 'reply'> {
    const look = cards.lookFor(a.person);
    const words = wordsIn(look.reader.locale);
    const article = manuscripts.find(name);
    const done = words.confirmed(article ? articleTitle(article, look.reader.locale) : name);
    if (asked === 'one') return said(a, done);
    if (a.view) {
      const left = reviewing.dueOf(a.person).filter((one) => one.name !== name);
      return { reply: { kind: 'view', view: dueModal(left, cards.today(), look) } };
    }
    const left = reviewing.dueFor(asked).filter((one) => one.name !== name);
    const channelLook = a.message?.channel.startsWith('D') ? look : cards.lookOf(undefined, 'en');
    const rest = dueMessage(left, asked, cards.today(), channelLook);
    return { reply: { kind: 'replace', rendered: rest ?? noteMessage(done) } };
  }

  /** Where it was clicked, for the one who clicked. */
  function said(a: IncomingAction, words: string): Pick<Effect, 'reply'> {
    const { reader } = cards.lookFor(a.person);
    if (a.view) return { reply: { kind: 'view', view: sayView(wordsIn(reader.locale).articleTitle, words, reader) } };
    if (!a.message) return {};
    const { channel, thread } = a.message;
    const place = thread ? { channel, thread } : { channel };
    return { reply: { kind: 'ephemeral', place, person: a.person, rendered: noteMessage(words) } };
  }
}
