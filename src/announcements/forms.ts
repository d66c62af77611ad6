import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { dateAt } from '../core/business-time.ts';
import { type Locale, locales } from '../core/i18n.ts';
import {
  checkboxes,
  context,
  datePicker,
  externalSelect,
  input,
  modal,
  type Reader,
  radioButtons,
  section,
  staticSelect,
  textInput,
  timePicker,
} from '../slack/blocks.ts';
import { truncate } from '../slack/escape.ts';
import { parseMarkdown, toRichText } from '../slack/render.ts';
import type { AnnouncementText, Known, Words } from './announcement.ts';
import { bodyFields, fieldMax, splitBody } from './body.ts';
import { texts } from './form-texts.ts';
import type { Kind } from './kind.ts';
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

/** Kinds that Slack shows beside each other, and in a menu. */
export const mostBeside = 10;
export const mostOffered = 100;

/** To begin one: which kind. @param id of what it becomes */
export function beginForm(id: string, kinds: readonly Kind[], { locale }: Reader): ModalView {
  const words = texts[locale];
  const choices = kinds.slice(0, mostOffered).map(({ id: kind, name, about }) => ({
    text: name[locale],
    value: kind,
    description: truncate(about[locale], 75),
  }));
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
        element:
          choices.length > mostBeside ? staticSelect({ id: 'kind', choices }) : radioButtons({ id: 'kind', choices }),
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
          placeholder: words.searchPlaceholder,
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

/** To send one back to a draft, or to withdraw it: with a reason. @param takes how long it takes, in words */
export function reasonForm(kind: 'return' | 'retract', id: string, { locale }: Reader, takes?: string): ModalView {
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
      ...(takes ? [context([takes])] : []),
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
