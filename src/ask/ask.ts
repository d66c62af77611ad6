import type { OpenCommand } from '../core/commands.ts';
import { type Locale, languageOf } from '../core/i18n.ts';
import { randomId } from '../core/ids.ts';
import type { Leaning, LicenseAdvice, OpenRequest } from '../core/links.ts';
import type { Organization } from '../core/organization.ts';
import { resolvePlaceholder } from '../core/placeholders.ts';
import {
  type Op,
  type People,
  type PersonId,
  type Place,
  put,
  type Rendered,
  type Say,
  type ShowCard,
  type Store,
} from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { Article, Edition, KnowledgeBase } from './article.ts';
import { withLicense } from './license.ts';
import { type Question, questions, recordOf, threadKey, type Via } from './question.ts';
import { type Receipt, receiptMessage } from './receipt-view.ts';
import { type Reply, replyTo, type Shelf, shelve } from './reply.ts';
import type { Found, Search } from './search.ts';
import { chooseVariant, type Reader } from './variants.ts';
import { type Setting, type Surface, shortVersion } from './view-parts.ts';
import { replyMessage, sharedMessage } from './views.ts';

/** One state of everything that answers; replaced as a whole when content changes. */
export interface Handbook {
  readonly base: KnowledgeBase;
  readonly search: Search;
  readonly organization: Organization;
}

export interface AskDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly people: Pick<People, 'get'>;
  handbook(): Handbook;
  /** A text that was in force once, by its version; undefined when none of that version is kept. */
  pastEdition(version: string): Promise<Edition | undefined>;
  /** The form that an answer leads to. */
  openRequest: OpenRequest;
  /** The button for a command that an answer is about. */
  openCommand: OpenCommand;
  readonly licenses: LicenseAdvice;
  /** Whether a human can be reached from an answer. */
  readonly human: boolean;
  /** The kind of confidential request that a question sounds like, if only legal and compliance should see it. */
  concernOf(text: string): string | undefined;
}

/** A question as it came in. */
export interface Asked {
  readonly person: PersonId;
  readonly text: string;
  readonly via: Via;
  readonly channel?: string;
  /** The thread that an answer to it stands in. */
  readonly thread?: string;
  /** What a question that leans on the one before it means. */
  readonly meant?: string | undefined;
  /** What was chosen on the card of the question before it. */
  readonly carried?: string | undefined;
}

/** Answers questions; everything that Slack shows of them goes through here. */
export interface Ask {
  /** Finds what is to be said, without any I/O; `ops` keep the question. */
  ask(asked: Asked): { readonly id: string; readonly question: Question; readonly ops: readonly Op[] };
  /** What to say about a question that was kept, or another article that its asker chose. */
  reply(questionId: string, pick?: string): Promise<Reply | undefined>;
  /** The reply to a question that was just asked and may not be stored yet. */
  replyNow(id: string, question: Question, pick?: string): Reply;
  render(reply: Reply, surface: Surface): Rendered;
  setting(): Setting;
  /** Says the answer lastingly; `pick` as above. */
  answerAt(place: Place, questionId: string, pick?: string): Say;
  /** Shows an answer to a whole conversation, once for each who shares it. */
  shareAt(place: Place, questionId: string, pick: string | undefined, sharedBy: PersonId): Say;
  /**
   * Gives the asker a lasting receipt of an answer.
   * @param subject.version of the text that was shown
   * @returns undefined when the question or the text is no longer known, or somebody else asked
   */
  keepReceipt(subject: {
    readonly questionId: string;
    readonly pick: string;
    readonly version: string;
    readonly person: PersonId;
  }): Promise<Say | undefined>;
  /** The text that a reader chose, in a language, for "Read on". */
  shelf(pick: string, locale: Locale): Shelf | undefined;
  /**
   * What "and for LGPL?" means where it is asked: the last question of the same person in the thread, of the last 24 hours,
   * with what is new.
   * @returns undefined when the text stands alone
   */
  meantIn(thread: string, asked: Omit<Asked, 'meant' | 'carried' | 'thread'>): Promise<Leaning | undefined>;
  /** Remembers what the asker picks on the license card of a question, for what follows in the thread. */
  chose(questionId: string, pick: string | undefined, person: PersonId): Promise<readonly Op[]>;
  /** Whether two texts are answered by the same thing. */
  sameAnswer(a: string, b: string): boolean;
  /** Whether there is a confident answer: the bar for speaking without being addressed. */
  isSure(text: string): boolean;
  /**
   * Keeps what the asker thought of the answer; a second click changes it. Only the asker's word counts: a shared
   * answer is seen by many.
   * @returns the language of the question, when it is still known
   */
  feedback(
    questionId: string,
    person: PersonId,
    feedback: 'helpful' | 'unhelpful',
  ): Promise<{ readonly ops: readonly Op[]; readonly locale?: Locale }>;
  /**
   * `answer`: `<question id>[/<pick>]`. `answer.shared`: `<question id>/<pick or nothing>/<who shared it>`.
   * `answer.receipt`: `<question id>/<pick>/<version>/<when it was kept, ms>`.
   */
  readonly cards: Readonly<Record<'answer' | 'answer.shared' | 'answer.receipt', ShowCard>>;
}

export function createAsk(deps: AskDeps): Ask {
  const { store, clock } = deps;

  function setting(): Setting {
    const { organization } = deps.handbook();
    return {
      now: clock.now(),
      human: deps.human,
      deskLink: (link, locale) => (link ? resolvePlaceholder(organization, link, locale) : undefined),
    };
  }

  function readerOf(person: string): Reader {
    const { entity, office } = deps.people.get(person as PersonId) ?? {};
    return { entity, office };
  }

  function replyNow(id: string, question: Question, pick?: string): Reply {
    const { base, organization } = deps.handbook();
    const { locale, person } = question;
    const chosen = deps.licenses.isPick(pick) ? pick : pick === undefined ? question.carried : undefined;
    // Who picked another article wants to read that.
    const article = chosen === undefined ? pick : undefined;
    const license =
      article === undefined
        ? deps.licenses.advise({ id, text: meaningOf(question), locale, person }, chosen)
        : undefined;
    const reply = replyTo({ ...question, id }, base, { pick: article, reader: readerOf(person), places: organization });
    return withLicense(withCommand(withRequest(reply, question, license?.prefill), question), license, chosen);
  }

  /** The form that the article leads to knows what the question told. What should stay confidential leads to a form that is. */
  function withRequest(reply: Reply, asked: Question, told: Readonly<Record<string, string>> = {}): Reply {
    const confidential = reply.concern ? deps.concernOf(asked.text) : undefined;
    const next = reply.kind === 'answer' ? reply.shelf.article.next : undefined;
    const { request, prefill } = confidential ? { request: confidential, prefill: {} } : (next ?? {});
    if (request === undefined) return reply;
    const known = request === componentRequest ? { ...prefill, ...told } : { ...prefill };
    return { ...reply, request: deps.openRequest({ request, prefill: known }, asked.person as PersonId, reply.locale) };
  }

  function withCommand(reply: Reply, { person }: Question): Reply {
    const words = reply.kind === 'answer' ? reply.shelf.article.opens : reply.kind === 'help' ? 'help' : undefined;
    if (words === undefined) return reply;
    return { ...reply, command: deps.openCommand(words, person as PersonId, reply.locale) };
  }

  /** Which text on the topic that was found holds for the asker. */
  function holdsFor(person: PersonId, found: Found): Article | 'ask' | undefined {
    const { base, organization } = deps.handbook();
    const own = base.articles.filter(({ id }) => id === found.article?.id);
    return chooseVariant(own, readerOf(person), organization);
  }

  function shelfOf(pick: string, locale: Locale): Shelf | undefined {
    const [id = '', variant] = pick.split('.');
    const article = deps.handbook().base.articles.find((a) => a.id === id && a.variant === (variant || undefined));
    return article && shelve(article, locale);
  }

  /** The shelf with the text of that version, also when another one is in force by now. */
  async function shelfAt(pick: string, locale: Locale, version: string): Promise<Shelf | undefined> {
    const shelf = shelfOf(pick, locale);
    if (!shelf || shortVersion(shelf.edition) === version) return shelf;
    const edition = await deps.pastEdition(version);
    return edition && { ...shelf, edition, translation: 'fine' };
  }

  async function receiptOf(id: string): Promise<Receipt | undefined> {
    const [questionId = '', pick = '', version = '', keptAt] = id.split('/');
    const question = await store.get(questions, questionId);
    const shelf = question && (await shelfAt(pick, question.locale, version));
    if (!shelf) return undefined;
    return { question: question.text, locale: question.locale, shelf, askedAt: question.at, keptAt: Number(keptAt) };
  }

  async function reply(questionId: string, pick?: string): Promise<Reply | undefined> {
    const question = await store.get(questions, questionId);
    return question && replyNow(questionId, question, pick);
  }

  return {
    ask(asked) {
      const id = randomId();
      const found = deps.handbook().search.find(meaningOf(asked));
      const record = recordOf({ ...asked, at: clock.now() }, found, holdsFor(asked.person, found));
      const question = deps.concernOf(asked.text) ? { ...record, concern: true } : record;
      return { id, question, ops: [put(questions, id, question, 0)] };
    },
    reply,
    replyNow,
    setting,
    render: (shown, surface) => replyMessage(shown, surface, setting()),
    answerAt(place, questionId, pick) {
      const id = pick ? `${questionId}/${pick}` : questionId;
      return {
        kind: 'notice',
        key: `answer:${id}:${placeKey(place)}`,
        card: 'answer',
        id,
        place,
        lost: 'must',
        lane: 'answers',
      };
    },
    shareAt(place, questionId, pick, sharedBy) {
      const id = `${questionId}/${pick ?? ''}/${sharedBy}`;
      return {
        kind: 'notice',
        key: `share:${id}:${placeKey(place)}`,
        card: 'answer.shared',
        id,
        place,
        lost: 'must',
        lane: 'answers',
      };
    },
    async keepReceipt({ questionId, pick, version, person }) {
      const question = await store.get(questions, questionId);
      const id = `${questionId}/${pick}/${version}/${clock.now()}`;
      if (question?.person !== person || !(await receiptOf(id))) return undefined;
      return { kind: 'notice', key: `receipt:${id}`, card: 'answer.receipt', id, place: { person }, lost: 'must' };
    },
    shelf: shelfOf,
    async meantIn(thread, { person, channel, text }) {
      if (channel === undefined || deps.licenses.followUp(text, '') === undefined) return undefined;
      const key = threadKey(channel, thread, person);
      const from = clock.now() - followUpMs;
      const { docs } = await store.list(questions, { key, from, order: 'desc', limit: 1 });
      const [before] = docs;
      return before && deps.licenses.followUp(text, meaningOf(before), before.chosen ?? before.carried);
    },
    async chose(questionId, pick, person) {
      if (!deps.licenses.isPick(pick)) return [];
      const question = await store.get(questions, questionId);
      if (!question || question.person !== person || question.chosen === pick) return [];
      const { id, version, ...record } = question;
      return [put(questions, id, { ...record, chosen: pick }, version)];
    },
    sameAnswer(a, b) {
      const [one, other] = [a, b].map((text) => deps.handbook().search.find(text));
      const [license, otherLicense] = [a, b].map((text) => deps.licenses.advise(nobodys(text))?.text);
      return (
        license === otherLicense &&
        one?.outcome === other?.outcome &&
        one?.article?.id === other?.article?.id &&
        one?.language === other?.language
      );
    },
    isSure: (text) => deps.handbook().search.find(text).outcome === 'answer',
    async feedback(questionId, person, feedback) {
      const question = await store.get(questions, questionId);
      if (!question || question.person !== person) return { ops: [] };
      const { id, version, ...record } = question;
      const changed = question.feedback === feedback ? [] : [put(questions, id, { ...record, feedback }, version)];
      return { ops: changed, locale: question.locale };
    },
    cards: {
      async answer(id) {
        const [questionId = '', pick] = id.split('/');
        const shown = await reply(questionId, pick);
        return shown && replyMessage(shown, 'conversation', setting());
      },
      async 'answer.shared'(id) {
        const [questionId = '', pick, sharedBy = ''] = id.split('/');
        const shown = await reply(questionId, pick || undefined);
        return shown && sharedMessage(shown, sharedBy as PersonId, setting());
      },
      async 'answer.receipt'(id) {
        const receipt = await receiptOf(id);
        return receipt && receiptMessage(receipt);
      },
    },
  };
}

// Whoever comes back to a thread a day later starts anew.
const followUpMs = 24 * 60 * 60_000;

/** The type of request that takes what a question tells of a component. */
const componentRequest = 'component';

/** The question as it stands alone. */
function meaningOf({ text, meant }: Pick<Asked, 'text' | 'meant'>): string {
  return meant ?? text;
}

/** Only for comparing what is said. */
function nobodys(text: string) {
  return { id: '', text, locale: languageOf(text), person: '' };
}

function placeKey(place: Place): string {
  return 'person' in place ? place.person : `${place.channel}:${place.thread ?? ''}`;
}
