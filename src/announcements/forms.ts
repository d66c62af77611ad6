import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { dateAt } from '../core/business-time.ts';
import { type Locale, locales } from '../core/i18n.ts';
import type { Doing } from '../core/links.ts';
import type { Organization } from '../core/organization.ts';
import {
  actions,
  button,
  checkboxes,
  context,
  datePicker,
  externalSelect,
  input,
  joinWords,
  linkChannel,
  modal,
  multiConversationsSelect,
  multiSelect,
  type Reader,
  radioButtons,
  type Words as Said,
  section,
  staticSelect,
  textInput,
  timePicker,
} from '../slack/blocks.ts';
import { truncate } from '../slack/escape.ts';
import { parseMarkdown, toRichText } from '../slack/render.ts';
import type { AnnouncementText, Known, Words } from './announcement.ts';
import { type LeftOut, sampleOf } from './audience.ts';
import { bodyFields, fieldMax, splitBody } from './body.ts';
import { lacksOf } from './draft.ts';
import { texts } from './form-texts.ts';
import type { Kind } from './kind.ts';
import { type Look, line, when } from './look.ts';
import type { Preflight } from './reaching.ts';
import { texts as readerTexts } from './texts.ts';

/** What every form about an announcement carries: which one, and the revision that it was opened with. */
export const DeskForm = z.strictObject({
  id: z.string().min(1),
  revision: z.int().positive(),
  /** How many people and channels were named; of the form that confirms. */
  shown: z.int().nonnegative().exactOptional(),
  locale: z.enum(locales).exactOptional(),
  kind: z.enum(['confirm', 'approve']).exactOptional(),
});
export type DeskForm = z.infer<typeof DeskForm>;

/** To begin one: which kind. @param id of what it becomes */
export function beginForm(id: string, kinds: readonly Kind[], { locale }: Reader): ModalView {
  const words = texts[locale];
  return modal({
    callback: 'announcements.begin',
    title: words.beginTitle,
    submit: words.begin,
    close: words.cancel,
    metadata: id,
    blocks: [
      input({
        blockId: 'kind',
        label: words.beginKind,
        hint: words.beginHint,
        element: radioButtons({
          id: 'kind',
          choices: kinds.slice(0, 10).map(({ id: kind, name, about }) => ({
            text: name[locale],
            value: kind,
            description: truncate(about[locale], 75),
          })),
        }),
      }),
    ],
  });
}

/** To write the text of one language; below it how it reads, drawn anew while typing. */
export function wordsForm(form: DeskForm & { readonly locale: Locale }, written: Words, { locale }: Reader): ModalView {
  const words = texts[locale];
  const parts = splitBody(written.body);
  const last = parts.at(-1)?.length ?? 0;
  // One more field as soon as the last one fills.
  const fields = Math.min(bodyFields, parts.length + (last > (fieldMax * 2) / 3 ? 1 : 0));
  const preview = written.body.trim() ? toRichText(parseMarkdown(written.body)) : [];
  return modal({
    callback: 'announcements.words',
    title: form.locale === 'en' ? words.textEn : words.textZh,
    submit: words.save,
    close: words.cancel,
    metadata: JSON.stringify(form),
    blocks: [
      input({
        blockId: 'title',
        label: words.title,
        hint: words.titleHint,
        optional: true,
        element: textInput({ id: 'title', max: 150, ...(written.title ? { initial: written.title } : {}) }),
      }),
      ...Array.from({ length: fields }, (_, at) =>
        input({
          blockId: `body${at}`,
          label: at === 0 ? words.body : words.bodyMore,
          ...(at === 0 ? { hint: words.bodyHint } : {}),
          optional: true,
          dispatch: true,
          element: textInput({
            id: `announcements.typed:${at}`,
            multiline: true,
            tellOn: ['on_character_entered'],
            ...(parts[at] ? { initial: parts[at] } : {}),
          }),
        }),
      ),
      context([words.emptyMeans]),
      ...(preview.length > 0 ? [context([words.livePreview]), ...preview] : []),
    ],
  });
}

/** Picture, links and buttons. */
export function extrasForm(
  form: DeskForm,
  text: AnnouncementText,
  choices: {
    readonly requests: readonly { readonly id: string; readonly label: string }[];
    readonly article: { readonly name: string; readonly title: string } | undefined;
  },
  { locale }: Reader,
): ModalView {
  const words = texts[locale];
  const links = text.links.map(({ label, url }) => `${label} | ${url}`).join('\n');
  const none = { text: words.none, value: 'none' };
  const requests = [none, ...choices.requests.slice(0, 99).map(({ id, label }) => ({ text: label, value: id }))];
  return modal({
    callback: 'announcements.extras',
    title: words.extras,
    submit: words.save,
    close: words.cancel,
    metadata: JSON.stringify(form),
    blocks: [
      textField('picture', words.pictureUrl, words.pictureHint, text.picture?.url),
      textField('alt', words.pictureAlt, words.pictureAltHint, text.picture?.alt),
      input({
        blockId: 'links',
        label: words.links,
        hint: words.linksHint,
        optional: true,
        element: textInput({ id: 'links', multiline: true, ...(links ? { initial: links } : {}) }),
      }),
      input({
        blockId: 'ask',
        label: words.buttons,
        optional: true,
        element: checkboxes({
          id: 'ask',
          choices: [{ text: words.askButton, value: 'ask' }],
          ...(text.ask ? { initial: ['ask'] } : {}),
        }),
      }),
      input({
        blockId: 'request',
        label: words.requestButton,
        optional: true,
        element: staticSelect({ id: 'request', choices: requests, initial: text.request ?? 'none' }),
      }),
      input({
        blockId: 'article',
        label: words.article,
        optional: true,
        element: externalSelect({
          id: 'announcements.article',
          minLength: 0,
          ...(choices.article ? { initial: { text: choices.article.title, value: choices.article.name } } : {}),
        }),
      }),
    ],
  });
}

function textField(id: string, label: string, hint: string, initial: string | undefined): KnownBlock {
  return input({
    blockId: id,
    label,
    hint,
    optional: true,
    element: textInput({ id, max: 2_000, ...(initial ? { initial } : {}) }),
  });
}

/** For whom it is. */
export function audienceForm(
  form: DeskForm,
  { audience, spare }: Known,
  kind: Kind | undefined,
  organization: Organization,
  choices: { readonly roles: readonly string[]; readonly doings: readonly Doing[] },
  { locale }: Reader,
): ModalView {
  const words = texts[locale];
  const many = (
    id: string,
    label: string,
    all: readonly { readonly text: string; readonly value: string }[],
    chosen: readonly string[],
  ) =>
    all.length === 0
      ? []
      : [
          input({
            blockId: id,
            label,
            optional: true,
            element: multiSelect({ id, choices: all.slice(0, 100), ...(chosen.length > 0 ? { initial: chosen } : {}) }),
          }),
        ];
  const named = (all: Organization['offices'] | Organization['units']) =>
    all.map(({ id, name }) => ({ text: name[locale], value: id }));
  const everybody = { text: words.toEverybody, value: 'everybody', description: words.toEverybodyHint };
  const calling = { text: words.callChannel, value: 'call', description: words.callChannelHint };
  const sparing = { text: words.sparing, value: 'spare', description: words.sparingHint };
  const options = [...(kind?.callChannel ? [calling] : []), ...(kind?.urgent ? [] : [sparing])];
  const chosen = [...(audience.callChannel ? ['call'] : []), ...(spare ? ['spare'] : [])];
  return modal({
    callback: 'announcements.audience',
    title: words.audience,
    submit: words.save,
    close: words.cancel,
    metadata: JSON.stringify(form),
    blocks: [
      input({
        blockId: 'everybody',
        label: words.everybody,
        optional: true,
        element: checkboxes({
          id: 'everybody',
          choices: [everybody],
          ...(audience.everybody ? { initial: ['everybody'] } : {}),
        }),
      }),
      input({
        blockId: 'channels',
        label: words.toChannels,
        optional: true,
        element: multiConversationsSelect({
          id: 'channels',
          kinds: ['public', 'private'],
          ...(audience.channels.length > 0 ? { initial: audience.channels } : {}),
        }),
      }),
      ...many(
        'roles',
        words.toRoles,
        choices.roles.map((role) => ({ text: role, value: role })),
        audience.roles,
      ),
      ...many('offices', words.toOffices, named(organization.offices), audience.offices),
      ...many('units', words.toUnits, named(organization.units), audience.units),
      ...many(
        'doings',
        words.toDoings,
        choices.doings.map(({ name, label }) => ({ text: label[locale], value: name })),
        audience.doings,
      ),
      input({
        blockId: 'locale',
        label: words.onlyLocale,
        element: staticSelect({
          id: 'locale',
          choices: [
            { text: words.allLocales, value: 'all' },
            ...locales.map((one) => ({ text: words.readers[one], value: one })),
          ],
          initial: audience.locale ?? 'all',
        }),
      }),
      ...(options.length === 0
        ? []
        : [
            input({
              blockId: 'options',
              label: words.options,
              optional: true,
              element: checkboxes({
                id: 'options',
                choices: options,
                initial: chosen.filter((one) => options.some(({ value }) => value === one)),
              }),
            }),
          ]),
    ],
  });
}

/** When it goes out. Moments are chosen by the clock of whoever sends it. */
export function whenForm(form: DeskForm, { timing }: Known, now: number, { locale, zone }: Reader): ModalView {
  const words = texts[locale];
  const clock = (ms: number) =>
    new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(
      ms,
    );
  const date = timing?.kind === 'local' ? timing.date : dateAt(timing?.at ?? now, zone);
  const time = timing?.kind === 'local' ? timing.time : timing ? clock(timing.at) : '09:00';
  return modal({
    callback: 'announcements.when',
    title: words.timing,
    submit: words.save,
    close: words.cancel,
    metadata: JSON.stringify(form),
    blocks: [
      input({
        blockId: 'how',
        label: words.whenLabel,
        element: radioButtons({
          id: 'how',
          choices: [
            { text: words.whenNow, value: 'now' },
            { text: words.whenMoment, value: 'moment' },
            { text: words.whenLocal, value: 'local' },
          ],
          initial: timing?.kind ?? 'now',
        }),
      }),
      input({ blockId: 'date', label: words.date, optional: true, element: datePicker({ id: 'date', initial: date }) }),
      input({ blockId: 'time', label: words.time, optional: true, element: timePicker({ id: 'time', initial: time }) }),
      context([words.quietNote]),
    ],
  });
}

/** What a confirmation is about. */
export interface Checked {
  readonly announcement: Known;
  readonly text: AnnouncementText;
  readonly kind: Kind | undefined;
  readonly flight: Preflight;
  readonly step: 'confirm' | 'approve';
  /** Whether there is a lead beside the one who confirms. */
  readonly hasSecond: boolean;
  readonly wideAudience: number;
  /** The numbers are others than those of the form before. */
  readonly moved: boolean;
}

/** The numbers, the warnings, and the button that sends it; without that button where it cannot be sent. */
export function confirmForm(checked: Checked, look: Look): ModalView {
  const { announcement, flight, step, moved, text } = checked;
  const words = texts[look.reader.locale];
  const { people, channels } = flight.numbers;
  const hindrances = hindrancesOf(checked, look);
  const form: DeskForm = { id: announcement.id, revision: announcement.revision, shown: people + channels, kind: step };
  const later = flight.later > 0 ? [line(words.laterNote<Said>(flight.later, when(flight.last, look)))] : [];
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
      ...(people > 0 ? [context([words.forExample(namesIn(flight, look.reader.locale))])] : []),
      ...leftLine(flight, look.reader.locale),
      ...shutBlocks(announcement, flight, look.reader.locale),
      ...[...later, ...warningsOf(checked, text, look)].map((said) => section(said)),
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
  const { byLocale, over, digest } = flight;
  const said: string[] = [];
  if (!text.words.en && byLocale.en > 0) said.push(words.noEnglish(byLocale.en));
  if (!text.words['zh-CN'] && byLocale['zh-CN'] > 0) said.push(words.noChinese(byLocale['zh-CN']));
  if (over > 0) said.push(announcement.spare ? words.overNote(over) : `${words.overNote(over)} ${words.overMend}`);
  if (digest > 0) said.push(words.digestNote(digest));
  if (announcement.audience.callChannel && flight.numbers.channels > 0) said.push(words.callsNote);
  if (flight.wide && step === 'confirm') said.push(words.wideNote(wideAudience));
  return said;
}

/** To send one back to a draft, or to withdraw it: with a reason. */
export function reasonForm(kind: 'return' | 'retract', id: string, { locale }: Reader): ModalView {
  const words = texts[locale];
  const isReturn = kind === 'return';
  return modal({
    callback: `announcements.${kind}`,
    title: isReturn ? words.returnTitle : words.retractTitle,
    submit: isReturn ? words.sendBack : words.retract,
    close: words.cancel,
    metadata: id,
    blocks: [
      input({
        blockId: 'text',
        label: isReturn ? words.returnLabel : words.retractLabel,
        ...(isReturn ? {} : { hint: words.retractHint }),
        element: textInput({ id: 'text', multiline: true, max: 1_000 }),
      }),
    ],
  });
}

/** To ask about an announcement. @param form `<draft>/<announcement>` */
export function questionForm(form: string, { locale }: Reader): ModalView {
  const words = readerTexts[locale];
  return modal({
    callback: 'announcements.ask',
    title: words.askTitle,
    submit: words.askSend,
    close: words.cancel,
    metadata: form,
    blocks: [
      section(words.askNotice),
      input({
        blockId: 'text',
        label: words.askLabel,
        element: textInput({ id: 'text', multiline: true, max: 2_500 }),
      }),
    ],
  });
}

/** Shown while what belongs there is read. */
export function loadingView(title: string, { locale }: Reader): ModalView {
  const words = texts[locale];
  return modal({ callback: 'announcements.note', title, close: words.close, blocks: [section(words.loading)] });
}
