import type { Locale } from '../core/i18n.ts';
import { randomId } from '../core/ids.ts';
import type { Organization } from '../core/organization.ts';
import { resolvePlaceholder } from '../core/placeholders.ts';
import {
  type Op,
  type PersonId,
  type Place,
  put,
  type Rendered,
  type Say,
  type ShowCard,
  type Store,
} from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import type { KnowledgeBase } from './article.ts';
import { type Question, questions, recordOf, type Via } from './question.ts';
import { type Reply, replyTo, type Shelf, shelve } from './reply.ts';
import type { Search } from './search.ts';
import { replyMessage, type Setting, type Surface, sharedMessage } from './views.ts';

/** One state of everything that answers; replaced as a whole when content changes. */
export interface Handbook {
  readonly base: KnowledgeBase;
  readonly search: Search;
  readonly organization: Organization;
}

export interface AskDeps {
  readonly store: Store;
  readonly clock: Clock;
  handbook(): Handbook;
  /** Whether a human can be reached from an answer. */
  readonly human: boolean;
}

/** A question as it came in. */
export interface Asked {
  readonly person: PersonId;
  readonly text: string;
  readonly via: Via;
  readonly channel?: string;
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
  /** An article in a language, for "Read on". */
  shelf(articleId: string, locale: Locale): Shelf | undefined;
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
  /** `answer`: `<question id>[/<article id>]`. `answer.shared`: `<question id>/<article id or nothing>/<who shared it>`. */
  readonly cards: Readonly<Record<'answer' | 'answer.shared', ShowCard>>;
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

  const replyNow = (id: string, question: Question, pick?: string) =>
    replyTo({ ...question, id }, deps.handbook().base, pick);

  async function reply(questionId: string, pick?: string): Promise<Reply | undefined> {
    const question = await store.get(questions, questionId);
    return question && replyNow(questionId, question, pick);
  }

  return {
    ask(asked) {
      const id = randomId();
      const question = recordOf({ ...asked, at: clock.now() }, deps.handbook().search.find(asked.text));
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
    shelf(articleId, locale) {
      const article = deps.handbook().base.articles.find((a) => a.id === articleId && !a.variant);
      return article && shelve(article, locale);
    },
    sameAnswer(a, b) {
      const [one, other] = [a, b].map((text) => deps.handbook().search.find(text));
      return (
        one?.outcome === other?.outcome && one?.article?.id === other?.article?.id && one?.language === other?.language
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
    },
  };
}

function placeKey(place: Place): string {
  return 'person' in place ? place.person : `${place.channel}:${place.thread ?? ''}`;
}
