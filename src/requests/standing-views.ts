import type { ActionsBlockElement, KnownBlock, ModalView } from '@slack/types';
import type { Locale } from '../core/i18n.ts';
import type { PersonId, Rendered } from '../core/ports.ts';
import {
  actions,
  button,
  context,
  dateToken,
  header,
  joinWords,
  type Mrkdwn,
  mentionPerson,
  message,
  modal,
  type Reader,
  section,
  type Words,
} from '../slack/blocks.ts';
import { truncate } from '../slack/escape.ts';
import { line } from './look.ts';
import type { KnownStanding } from './standing.ts';
import { standingNumber } from './standing.ts';
import { standingTexts } from './standing-texts.ts';
import { quoteBlock } from './text-views.ts';

/** Who looks at standing approvals, and what they may do with them. */
export interface StandingLook {
  readonly reader: Reader;
  /** May grant, renew and revoke. */
  readonly isLead: boolean;
  /** May change who is on signed lists. */
  readonly keepsLists: boolean;
}

/** A page of a modal: three blocks of the hundred for each. */
export const standingsPerPage = 10;
const mostAtHome = 5;
const mostNamed = 5;
// A line of a list, and the first sentence of a notification.
const longestWhat = 90;
const longestNote = 1_500;

/** "Small contributions · apache/kafka", plain. */
export function whatOf({ kind, projects }: Pick<KnownStanding, 'kind' | 'projects'>, locale: Locale): string {
  const comma = locale === 'en' ? ', ' : '、';
  return truncate(`${standingTexts[locale].kinds[kind]} · ${projects.join(comma)}`, longestWhat);
}

function untilOf({ until }: Pick<KnownStanding, 'until'>, reader: Reader): Mrkdwn | string {
  const words = standingTexts[reader.locale];
  return until === undefined ? words.openEnd : line(words.until<Words>(dateToken(until, 'date', reader)));
}

function peopleOf({ kind, people }: KnownStanding, { locale }: Reader): Words {
  const words = standingTexts[locale];
  if (kind === 'project') return words.everybody;
  if (people.length === 0) return words.nobodyYet;
  const left = people.length - mostNamed;
  const named: Words[] = people.slice(0, mostNamed).map(mentionPerson);
  return joinWords([...named, ...(left > 0 ? [words.others(left)] : [])], locale === 'en' ? ', ' : '、');
}

/** One in a list. `changes`: with what its reader may do about it. */
function itemBlocks(standing: KnownStanding, look: StandingLook, changes: boolean): readonly KnownBlock[] {
  const { reader } = look;
  const words = standingTexts[reader.locale];
  const number = standingNumber(standing);
  const named = (id: string, text: string) =>
    button({ id, text, value: standing.id, label: words.about(text, number) });
  const hasList = standing.kind !== 'project';
  const buttons: ActionsBlockElement[] = changes
    ? [
        ...(hasList && (look.isLead || (look.keepsLists && standing.kind === 'ccla'))
          ? [named('standing.people', words.people)]
          : []),
        ...(look.isLead ? [named('standing.revoke', words.revoke)] : []),
      ]
    : [];
  const { uses, lastUsed } = standing;
  return [
    section(`${number} · ${whatOf(standing, reader.locale)}`),
    context([
      joinWords([
        peopleOf(standing, reader),
        ...(standing.terms.license ? [standing.terms.license] : []),
        untilOf(standing, reader),
        uses === 0 ? words.unusedYet : words.used(uses),
        ...(lastUsed === undefined ? [] : [line(words.usedLast<Words>(dateToken(lastUsed, 'date', reader)))]),
        line(words.grantedBy<Words>(mentionPerson(standing.grantedBy))),
      ]),
    ]),
    ...(buttons.length > 0 ? [actions(buttons)] : []),
  ];
}

function leadButtons({ reader, isLead, keepsLists }: StandingLook): readonly KnownBlock[] {
  const words = standingTexts[reader.locale];
  const elements = [
    ...(isLead ? [button({ id: 'standing.grant', text: words.grant, value: '{}' })] : []),
    ...(isLead || keepsLists ? [button({ id: 'standing.list', text: words.all, value: '0' })] : []),
  ];
  return elements.length > 0 ? [actions(elements)] : [];
}

/** What covers somebody by name, and for leads the way to all. */
export function standingMessage(mine: readonly KnownStanding[], look: StandingLook): Rendered {
  const { locale } = look.reader;
  const words = standingTexts[locale];
  const head = mine.length === 0 ? words.none : words.mine;
  const shown = mine.slice(0, standingsPerPage);
  const left = mine.length - shown.length;
  return message({
    text: joinWords([head, ...shown.map((one) => `${standingNumber(one)} · ${whatOf(one, locale)}`)], '\n'),
    blocks: [
      section(head),
      ...shown.flatMap((one) => itemBlocks(one, look, false)),
      ...(left > 0 ? [context([words.more(left)])] : []),
      ...leadButtons(look),
    ],
  });
}

/** On Home: what covers the reader; for leads how many are in force. Nothing where there is neither. */
export function standingHome(
  mine: readonly KnownStanding[],
  counts: { readonly all: number; readonly soon: number },
  look: StandingLook,
): readonly KnownBlock[] {
  const words = standingTexts[look.reader.locale];
  const leads = look.isLead && counts.all > 0;
  if (mine.length === 0 && !leads) return [];
  const left = mine.length - mostAtHome;
  return [
    header(mine.length > 0 ? words.mine : words.title),
    ...mine.slice(0, mostAtHome).flatMap((one) => itemBlocks(one, look, false)),
    ...(left > 0 ? [context([words.more(left)])] : []),
    ...(leads ? [section(words.overview(counts.all, counts.soon)), ...leadButtons(look)] : []),
  ];
}

/** A page of all that are in force. */
export function standingListView(
  shown: readonly KnownStanding[],
  { page, hasNext }: { readonly page: number; readonly hasNext: boolean },
  look: StandingLook,
): ModalView {
  const words = standingTexts[look.reader.locale];
  const turn = (id: string, text: string, to: number) => button({ id, text, value: String(to) });
  const buttons = [
    ...(page > 0 ? [turn('standing.page:previous', words.previous, page - 1)] : []),
    ...(hasNext ? [turn('standing.page:next', words.next, page + 1)] : []),
  ];
  return modal({
    callback: 'standing.list',
    title: words.title,
    close: words.close,
    blocks: [
      ...(shown.length === 0 ? [section(words.noneAtAll)] : []),
      ...shown.flatMap((one) => itemBlocks(one, look, true)),
      ...(buttons.length > 0 ? [actions(buttons)] : []),
      actions([
        ...(look.isLead ? [button({ id: 'standing.grant', text: words.grant, value: '{}' })] : []),
        button({ id: 'standing.coverage', text: words.coverage }),
      ]),
      context([words.coverageHint]),
    ],
  });
}

/* ---------- what is said ---------- */

/** Something that happened to a standing approval, as those whom it concerns are told. */
export type StandingNews =
  | { readonly kind: 'granted'; readonly by: PersonId }
  | { readonly kind: 'remind' }
  | { readonly kind: 'needed'; readonly by: PersonId }
  | { readonly kind: 'renewed' }
  | { readonly kind: 'lapsing' }
  | { readonly kind: 'removed'; readonly person: PersonId; readonly because: 'left' | 'moved' }
  | { readonly kind: 'ended' };

/** The news that a subject names: `removed.left`, and whom or why it is about. */
export function newsFrom(what: string, about: PersonId): StandingNews | undefined {
  switch (what) {
    case 'granted':
    case 'needed':
      return { kind: what, by: about };
    case 'remind':
    case 'renewed':
    case 'ended':
      return { kind: what };
    case 'removed.left':
      return { kind: 'removed', person: about, because: 'left' };
    case 'removed.moved':
      return { kind: 'removed', person: about, because: 'moved' };
    default:
      return undefined;
  }
}

/** @param isCovered the reader is one of those whom it covers by name */
export function newsMessage(
  standing: KnownStanding,
  news: StandingNews,
  reader: Reader,
  isCovered: boolean,
): Rendered | undefined {
  const words = standingTexts[reader.locale];
  const { told } = words;
  const number = standingNumber(standing);
  const what = whatOf(standing, reader.locale);
  const end = standing.until === undefined ? words.openEnd : dateToken(standing.until, 'date', reader);
  switch (news.kind) {
    case 'granted': {
      const intro = line(told.granted<Words>(mentionPerson(news.by), number, what, [untilOf(standing, reader)]));
      return said(intro, [told.grantedNext], [], standing.note);
    }
    case 'remind':
      if (standing.state === 'ended') return undefined;
      return said(
        line(told.remind<Words>(number, what, end)),
        [isCovered ? told.remindNext : told.remindGranter],
        [
          isCovered
            ? choice('standing.needed', words.needed, 'primary')
            : choice('standing.renew', words.renew, 'primary'),
          ...(isCovered ? [] : [choice('standing.lapse', words.lapse)]),
        ],
      );
    case 'needed':
      if (standing.state === 'ended') return undefined;
      return said(
        line(told.needed<Words>(mentionPerson(news.by), number, what, end)),
        [],
        [choice('standing.renew', words.renew, 'primary'), choice('standing.lapse', words.lapse)],
      );
    case 'renewed':
      return said(line(told.renewed<Words>(number, end)), [], []);
    case 'lapsing':
      return said(line(told.lapsing<Words>(number, end)), [], []);
    case 'removed': {
      const intro = line(told.removed[news.because]<Words>(mentionPerson(news.person), number, what));
      return said(intro, standing.kind === 'ccla' ? [told.signedList] : [], []);
    }
    case 'ended': {
      const { ended } = standing;
      if (!ended) return undefined;
      if (ended.because !== 'revoked') return said(told.ended[ended.because](number, what), [told.endedNext], []);
      return said(line(told.revoked<Words>(mentionPerson(ended.by ?? ''), number, what)), [told.endedNext], []);
    }
  }

  function choice(id: string, text: string, style?: 'primary') {
    return button({ id, text, value: standing.id, label: words.about(text, number), ...(style ? { style } : {}) });
  }
}

function said(intro: Words, notes: readonly string[], buttons: readonly ActionsBlockElement[], quoted = ''): Rendered {
  return message({
    text: joinWords([intro, ...notes, ...(quoted ? [quoted] : [])], '\n'),
    blocks: [
      section(intro),
      ...(quoted ? [quoteBlock(quoted, longestNote)] : []),
      ...(notes.length > 0 ? [context(notes)] : []),
      ...(buttons.length > 0 ? [actions(buttons)] : []),
    ],
  });
}
