import type { KnownBlock, ModalView } from '@slack/types';
import type { Locale } from '../core/i18n.ts';
import {
  actions,
  button,
  context,
  joinWords,
  linkChannel,
  modal,
  type Words as Said,
  section,
} from '../slack/blocks.ts';
import { truncate } from '../slack/escape.ts';
import type { AnnouncementText, Known } from './announcement.ts';
import { type LeftOut, type Preflight, sampleOf } from './audience.ts';
import { lacksOf } from './draft.ts';
import { texts } from './form-texts.ts';
import type { DeskForm } from './forms.ts';
import { type Look, line, when } from './look.ts';
import { takesWords } from './progress-views.ts';

/** What a confirmation is about. */
export interface Checked {
  readonly announcement: Known;
  readonly text: AnnouncementText;
  readonly flight: Preflight;
  readonly step: 'confirm' | 'approve';
  /** Whether there is a lead beside the one who confirms. */
  readonly hasSecond: boolean;
  readonly wideAudience: number;
  /** Messages that Slack takes a minute. */
  readonly perMinute: number;
  /** The numbers are others than those of the form before. */
  readonly moved: boolean;
}

/** The numbers, the warnings, and the button that sends it; without that button where it cannot be sent. */
export function confirmForm(checked: Checked, look: Look): ModalView {
  const { announcement, flight, step, moved, text, perMinute } = checked;
  const words = texts[look.reader.locale];
  const { people, channels } = flight.numbers;
  const hindrances = hindrancesOf(checked, look);
  const form: DeskForm = { id: announcement.id, revision: announcement.revision, shown: people + channels, kind: step };
  const later = flight.later > 0 ? [line(words.laterNote<Said>(flight.later, when(flight.last, look)))] : [];
  const span = takesWords(people + channels, perMinute, look.reader.locale);
  const takes = span ? [words.takesNote(span, perMinute)] : [];
  return modal({
    callback: 'announcements.confirm',
    title: step === 'confirm' ? words.confirmTitle : words.approveTitle,
    ...(hindrances.length === 0 ? { submit: submitWords(checked, look) } : {}),
    close: words.cancel,
    metadata: JSON.stringify(form),
    blocks: [
      ...(moved ? [section(words.numbersMoved)] : []),
      ...(hindrances.length > 0 ? [section([words.cannotSend, ...hindrances].join('\n'))] : []),
      section(reachLines(flight, look.reader.locale).join('\n')),
      ...projectLines(flight, look.reader.locale),
      ...(people > 0 ? [context([words.forExample(namesIn(flight, look.reader.locale))])] : []),
      ...leftLine(flight, look.reader.locale),
      ...shutBlocks(announcement, flight, look.reader.locale),
      ...[...takes, ...later, ...warningsOf(checked, text, look)].map((said) => section(said)),
    ],
  });
}

function submitWords({ announcement, flight, step }: Checked, { reader, now }: Look): string {
  const words = texts[reader.locale];
  if (step === 'approve') return words.approveSend;
  if (flight.wide) return words.askSecond;
  const places = flight.numbers.people + flight.numbers.channels;
  const { timing } = announcement;
  const isLater = timing?.kind === 'local' || (timing !== undefined && timing.at > now);
  return isLater ? words.scheduleFor(places) : words.sendTo(places);
}

/** Why it cannot be sent as it is. */
function hindrancesOf({ text, flight, step, hasSecond }: Checked, { reader }: Look): readonly string[] {
  const words = texts[reader.locale];
  const { empty, blanks } = lacksOf(text);
  const { people, channels } = flight.numbers;
  return [
    ...(empty ? [words.emptyText] : []),
    ...(blanks.length > 0 ? [words.blanks(truncate(blanks.join(' · '), 300))] : []),
    ...(people + channels === 0 ? [words.reachNobody] : []),
    ...(flight.wide && step === 'confirm' && !hasSecond ? [words.nobodySecond] : []),
  ];
}

function reachLines({ numbers, members }: Preflight, locale: Locale): readonly string[] {
  const words = texts[locale];
  const lines = [
    ...(numbers.people > 0 ? [words.reachPeople(numbers.people)] : []),
    ...(numbers.channels > 0 ? [words.reachChannels(numbers.channels, members)] : []),
  ];
  return lines.length > 0 ? lines : [words.reachNobody];
}

// Whoever names more of them sees in the numbers above that they count.
const mostProjects = 10;

/** How many each project brought, so that one without anybody is noticed. */
function projectLines({ reach }: Preflight, locale: Locale): KnownBlock[] {
  const lines = reach.projects
    .slice(0, mostProjects)
    .map(({ tie, people }) => texts[locale].reachProjects[tie.tie](truncate(tie.name, 100), people));
  return lines.length === 0 ? [] : [section(lines.join('\n'))];
}

function namesIn({ reach }: Preflight, locale: Locale): string {
  const names = sampleOf(reach.people, 5).map(({ name }) => name);
  return truncate(names.join(locale === 'en' ? ', ' : '、'), 300);
}

function leftLine({ reach }: Preflight, locale: Locale): KnownBlock[] {
  const words = texts[locale];
  const why: readonly LeftOut[] = ['opted_out', 'guest', 'gone', 'language'];
  const reasons = why.flatMap((one) => (reach.left[one] > 0 ? [words.left[one](reach.left[one])] : []));
  return reasons.length === 0 ? [] : [context([words.leftOut(reasons.join(locale === 'en' ? ', ' : '、'))])];
}

// Whoever picks more channels than this mends the first ones and looks again.
const mostShut = 20;

/** Channels that cannot be written to, each with its mend. */
function shutBlocks({ id }: Known, { reach }: Preflight, locale: Locale): KnownBlock[] {
  const words = texts[locale];
  return reach.shut.slice(0, mostShut).flatMap(({ channel, why }) => [
    section(joinWords([linkChannel(channel), words.shut[why]], ' ')),
    ...(why === 'outside'
      ? [
          actions([
            button({
              id: 'announcements.join',
              text: words.join,
              label: words.joinLabel(channel),
              value: `${id}/${channel}`,
            }),
          ]),
        ]
      : []),
  ]);
}

/** What a sender should know, and may decide to live with. */
function warningsOf({ announcement, flight, wideAudience, step }: Checked, text: AnnouncementText, { reader }: Look) {
  const words = texts[reader.locale];
  const { byLocale, over, digest, reach } = flight;
  const between = reader.locale === 'en' ? ' ' : '';
  const said: string[] = [];
  if (reach.covered.length > 0) said.push(words.coveredNote(reach.covered.length));
  if (reach.unseen.length > 0) said.push(words.unseenNote(reach.unseen.length));
  if (!text.words.en && byLocale.en > 0) said.push(words.noEnglish(byLocale.en));
  if (!text.words['zh-CN'] && byLocale['zh-CN'] > 0) said.push(words.noChinese(byLocale['zh-CN']));
  if (over > 0)
    said.push(announcement.spare ? words.overNote(over) : [words.overNote(over), words.overMend].join(between));
  if (digest > 0) said.push(words.digestNote(digest));
  if (announcement.audience.callChannel && flight.numbers.channels > 0) said.push(words.callsNote);
  if (flight.wide && step === 'confirm') said.push(words.wideNote(wideAudience));
  return said;
}
