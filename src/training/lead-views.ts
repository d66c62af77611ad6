import type { KnownBlock, ModalView, TableBlock } from '@slack/types';
import type { PersonId, Rendered } from '../core/ports.ts';
import {
  actions,
  barChart,
  button,
  context,
  header,
  joinWords,
  mentionPerson,
  message,
  modal,
  overflow,
  section,
} from '../slack/blocks.ts';
import { type Counts, type Group, percentCurrent } from './coverage.ts';
import { leadTexts } from './lead-texts.ts';
import { day, type Look } from './look.ts';
import type { TrackEdition } from './track.ts';

/* ---------- being excused ---------- */

/** Somebody asks to be excused, as those who decide see it. */
export interface ExcuseCard {
  readonly person: PersonId;
  readonly edition: TrackEdition;
  /** Empty once it is decided: the words of a person are shown no longer than they are needed. */
  readonly reason: string;
  /** ISO date of its last day. */
  readonly due: string | undefined;
  /** `<person>/<track>/<when it was asked>` */
  readonly value: string;
  /** What became of it; undefined while it waits. */
  readonly decided: { readonly kind: 'exempt' | 'keep'; readonly by: PersonId } | 'overtaken' | undefined;
}

export function excuseMessage(card: ExcuseCard, look: Look): Rendered {
  const words = leadTexts[look.locale];
  const title = card.edition.track.title[look.locale];
  const said = words.excuseAsks(look.name(card.person), title);
  const state = outcome(card, look);
  const label = (action: string) => words.about(action, look.name(card.person));
  const due = card.due ? [words.excuseDue(day(card.due, look))] : [];
  const quote = card.reason ? [words.quote(card.reason)] : [];
  return message({
    text: [said, ...due, ...quote, state ?? words.excuseNext].join('\n'),
    blocks: [
      section(said),
      context([mentionPerson(card.person), ...due]),
      ...quote.map((text) => section(text)),
      ...(state
        ? [section(state)]
        : [
            actions([
              button({ id: 'training.exempt', text: words.excuse, label: label(words.excuse), value: card.value }),
              button({ id: 'training.keep', text: words.keep, label: label(words.keep), value: card.value }),
            ]),
            context([words.excuseNext]),
          ]),
    ],
  });
}

function outcome({ decided }: ExcuseCard, look: Look): string | undefined {
  const words = leadTexts[look.locale];
  if (decided === undefined) return undefined;
  if (decided === 'overtaken') return words.overtaken;
  const who = look.name(decided.by);
  return decided.kind === 'exempt' ? words.wasExcused(who) : words.wasKept(who);
}

/* ---------- coverage ---------- */

export interface CoverageLine {
  readonly edition: TrackEdition;
  readonly counts: Counts | undefined;
}

/** Training in numbers: a chart and a table for the eye, the same lines as text for those who listen. */
export function coverageMessage(lines: readonly CoverageLine[], scope: 'all' | 'team', look: Look): Rendered {
  const words = leadTexts[look.locale];
  const title = scope === 'all' ? words.coverage : words.coverageTeam;
  const shown = lines.flatMap(({ edition, counts }) => (counts ? [{ edition, counts }] : []));
  const hidden = lines.length - shown.length;
  const said = shown.map(({ edition, counts }) => lineOf(edition.track.title[look.locale], counts, look));
  const rows = shown.map(({ edition, counts }) => ({ name: edition.track.title[look.locale], counts }));
  return message({
    text: [title, ...(said.length > 0 ? said : [words.none])].join('\n'),
    blocks: [
      header(title),
      ...chart(rows, look),
      ...(rows.length > 0 ? [table(words.track, rows, look)] : [section(words.none)]),
      ...(shown.length > 0 ? [context([words.closer])] : []),
      ...shown.map(({ edition }) => trackActions(edition, look)),
      ...(scope === 'all'
        ? [
            actions([
              button({ id: 'training.assign', text: words.assign, style: 'primary' }),
              button({ id: 'training.export', text: words.export }),
            ]),
          ]
        : []),
      context([words.coverageFoot, ...(hidden > 0 && shown.length > 0 ? [words.hidden(hidden)] : [])]),
    ],
  });
}

function lineOf(title: string, counts: Counts, { locale }: Look): string {
  const numbers = [percentCurrent(counts), counts.current, counts.people, counts.overdue + counts.expired].map(String);
  const [percent = '', current = '', people = '', late = ''] = numbers;
  return leadTexts[locale].line(title, percent, current, people, late);
}

function trackActions({ track }: TrackEdition, look: Look): KnownBlock {
  const words = leadTexts[look.locale];
  return section(track.title[look.locale], {
    accessory: overflow({
      id: 'training.numbers',
      choices: [
        { text: words.byUnit, value: `${track.id}/unit` },
        { text: words.byOffice, value: `${track.id}/office` },
        { text: words.names, value: `${track.id}/names` },
      ],
    }),
  });
}

interface Row {
  readonly name: string;
  readonly counts: Counts;
}

/** How many stand where in each track; who is excused is left out, as from the percents. */
function chart(rows: readonly Row[], { locale }: Look): readonly KnownBlock[] {
  const words = leadTexts[locale];
  const standings = ['current', 'due', 'overdue', 'expired'] as const;
  const names = { current: words.current, due: words.due, overdue: words.late, expired: words.expired };
  return barChart({
    title: words.chart,
    categories: rows.map(({ name }) => name),
    series: standings.map((is) => ({ name: names[is], values: rows.map(({ counts }) => counts[is]) })),
    rest: words.otherTracks,
    unit: words.people,
  });
}

function table(first: string, rows: readonly Row[], { locale }: Look): TableBlock {
  const words = leadTexts[locale];
  const cell = (text: string) => ({ type: 'raw_text' as const, text });
  // What somebody has to do about comes first: a phone shows three columns before one swipes.
  const head = [first, words.percent, words.late, words.expired, words.due, words.current, words.excused, words.people];
  const numbers = (counts: Counts) => {
    const { people, current, due, overdue, expired, excused } = counts;
    return [percentCurrent(counts), overdue, expired, due, current, excused, people].map(String);
  };
  return {
    type: 'table',
    column_settings: head.map((_, index) => ({ align: index === 0 ? ('left' as const) : ('right' as const) })),
    rows: [head.map(cell), ...rows.map(({ name, counts }) => [name, ...numbers(counts)].map(cell))],
  };
}

/** One track by unit or office. @param nameOf a unit or office in words */
export function groupsView(
  edition: TrackEdition,
  groups: readonly Group[],
  by: 'unit' | 'office',
  nameOf: (id: string) => string,
  look: Look,
): ModalView {
  const words = leadTexts[look.locale];
  const heading = by === 'unit' ? words.byUnit : words.byOffice;
  const lines = groups.map(({ group, counts }) => {
    const name = group === 'none' ? words.noGroup : group === 'rest' ? words.rest : nameOf(group.id);
    return lineOf(name, counts, look);
  });
  return modal({
    callback: 'training.note',
    title: heading,
    close: words.close,
    blocks: [
      header(edition.track.title[look.locale]),
      ...(lines.length > 0 ? lines.map((line) => section(line)) : [section(words.groupsNone)]),
      context([words.coverageFoot]),
    ],
  });
}

/* ---------- names ---------- */

// A view takes a hundred blocks; whoever has more late people than this exports and talks to the managers.
const mostNamed = 80;

/** While the opening is recorded. */
export function namesWaiting(look: Pick<Look, 'locale'>): ModalView {
  const words = leadTexts[look.locale];
  return modal({
    callback: 'training.note',
    title: words.namesTitle,
    close: words.close,
    blocks: [section(words.namesWait)],
  });
}

/** Who is late with a mandatory track, and since when. */
export function namesView(
  edition: TrackEdition,
  late: readonly { readonly person: { readonly id: PersonId }; readonly since: string }[],
  mayEscalate: boolean,
  look: Look,
): ModalView {
  const words = leadTexts[look.locale];
  const title = edition.track.title[look.locale];
  const left = late.length - mostNamed;
  const lines = late
    .slice(0, mostNamed)
    .map(({ person, since }) => joinWords([mentionPerson(person.id), words.namesSince(day(since, look))]));
  const escalation = actions([
    button({
      id: 'training.escalate',
      text: words.escalate,
      value: edition.track.id,
      confirm: {
        title: words.escalateTitle,
        text: words.escalateText,
        confirm: words.escalateConfirm,
        deny: words.escalateDeny,
      },
    }),
  ]);
  return modal({
    callback: 'training.note',
    title: words.namesTitle,
    close: words.close,
    blocks: [
      header(title),
      section(late.length === 0 ? words.namesNone : words.namesIntro(late.length)),
      ...lines.map((line) => section(line)),
      ...(left > 0 ? [context([words.namesMore(left)])] : []),
      ...(mayEscalate && late.length > 0 ? [escalation] : []),
      context([words.namesAudit]),
    ],
  });
}

/** How many managers were told. */
export function escalatedView(
  done: { readonly managers: number; readonly unled: number },
  look: Pick<Look, 'locale'>,
): ModalView {
  const words = leadTexts[look.locale];
  const said = [words.escalateDone(done.managers), ...(done.unled > 0 ? [words.escalateUnled(done.unled)] : [])];
  return modal({
    callback: 'training.note',
    title: words.namesTitle,
    close: words.close,
    blocks: [section(said.join(look.locale === 'en' ? ' ' : ''))],
  });
}

/** For a manager, because a lead asked for it. @param late how many of their people are late now */
export function escalatedMessage(edition: TrackEdition, late: number, lead: PersonId, look: Look): Rendered {
  const words = leadTexts[look.locale];
  const title = edition.track.title[look.locale];
  if (late === 0) {
    return message({ text: words.escalatedOver(title), blocks: [section(words.escalatedOver(title))] });
  }
  const said = words.escalated(late, title);
  return message({
    text: [said, words.escalatedBy(look.name(lead))].join('\n'),
    blocks: [
      section(said),
      section(words.escalatedBy(look.name(lead))),
      actions([button({ id: 'training.names', text: words.names, value: edition.track.id })]),
      context([words.namesAudit]),
    ],
  });
}

/** Where people stand, for the Home of those who lead; nothing where there are no numbers. */
export function leadHomeBlocks(lines: readonly CoverageLine[], look: Look): readonly KnownBlock[] {
  const words = leadTexts[look.locale];
  const shown = lines.flatMap(({ edition, counts }) =>
    counts ? [lineOf(edition.track.title[look.locale], counts, look)] : [],
  );
  return [
    header(words.homeTitle),
    section(shown.length > 0 ? shown.join('\n') : words.none),
    actions([
      button({ id: 'training.coverage', text: words.homeOpen }),
      button({ id: 'training.assign', text: words.assign }),
    ]),
  ];
}
