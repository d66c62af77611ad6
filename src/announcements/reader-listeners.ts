import { z } from 'zod';
import type { AskOffice } from '../core/announcing.ts';
import type { Locale } from '../core/i18n.ts';
import { locales } from '../core/i18n.ts';
import { randomId } from '../core/ids.ts';
import { type People, type PersonId, put } from '../core/ports.ts';
import type { Effect, IncomingAction, SlackGate, Submitted } from '../feature.ts';
import type { Announcements } from './announcements.ts';
import type { AnnouncementCards } from './cards.ts';
import { titleFor } from './draft.ts';
import { loadingView, questionForm } from './forms.ts';
import { changesView, settingsForm } from './home-views.ts';
import type { Kind } from './kind.ts';
import type { News } from './news.ts';
import { newsQuestions } from './question.ts';
import type { Readings } from './reading.ts';
import { texts } from './texts.ts';
import { announcementMessage, noteMessage, readingView, sayView } from './views.ts';

/** Kinds that a form of settings offered. */
const Offered = z.array(z.string());

export interface ReaderListenerDeps {
  readonly announcements: Announcements;
  readonly readings: Readings;
  readonly news: News;
  readonly cards: AnnouncementCards;
  readonly people: People;
  kinds(): readonly Kind[];
  readonly askOffice: AskOffice;
}

/** What readers do: read, confirm, ask, and choose what they hear of. */
export function listenToReaders(gate: SlackGate, deps: ReaderListenerDeps): void {
  const { announcements, readings, news, cards } = deps;
  const readerOf = (person: PersonId) => cards.lookFor(person).reader;
  const wordsOf = (person: PersonId) => texts[readerOf(person).locale];

  gate.action('announcements.read', async (a): Promise<Effect> => {
    const words = wordsOf(a.person);
    const { id, isPreview } = subjectOf(a.value);
    if (isPreview) return note(a, words.previewOnly);
    const announcement = await announcements.find(id);
    if (!announcement) return note(a, words.gone);
    const done = await readings.confirm(announcement, a.person, a.message?.ephemeral ? undefined : a.message);
    if (done === 'over') return note(a, words.over);
    const { ops, say, reading } = done;
    return { ops, say, ...(await shownAfter(a, id, reading)) };
  });

  gate.opens('announcements.show', (a) => {
    const words = wordsOf(a.person);
    const [id = '', asked] = a.value.split('/');
    return opening(a, words.listTitle, () =>
      shown(
        a.person,
        id,
        locales.find((one) => one === asked),
      ),
    );
  });

  gate.opens('announcements.ask', (a) => {
    const { id, isPreview } = subjectOf(a.value);
    const reader = readerOf(a.person);
    if (isPreview) return { view: sayView(texts[reader.locale].askTitle, texts[reader.locale].previewOnly, reader) };
    return { view: questionForm(`${randomId()}/${id}`, reader) };
  });

  gate.submit('announcements.ask', async ({ person, view, at }): Promise<Submitted> => {
    const words = wordsOf(person);
    const [draft = '', id = ''] = view.metadata.split('/');
    const typed = view.values.text?.text;
    const text = typeof typed === 'string' ? typed.trim() : '';
    if (!text) return { errors: { text: words.askEmpty } };
    const announcement = await announcements.find(id);
    if (!announcement) return { errors: { text: words.gone } };
    const title = titleFor(announcement, readerOf(person).locale) ?? id;
    const asked = await deps.askOffice({ draft, asker: person, text: words.askText(title, text) });
    if (!asked) return { errors: { text: words.askNobody } };
    const question = { announcement: id, person, text, at };
    return { ops: [...asked.ops, put(newsQuestions, draft, question, 0)], say: asked.say };
  });

  gate.opens('announcements.changed', (a) =>
    opening(a, wordsOf(a.person).changedTitle, async () => {
      const { changes, ops } = await news.changesFor(a.person);
      return { ops, reply: { kind: 'view', view: changesView(changes, cards.lookFor(a.person)) } };
    }),
  );

  gate.opens('announcements.settings', (a) =>
    opening(a, wordsOf(a.person).settingsTitle, async () => {
      const reader = await news.readerOf(a.person);
      return { reply: { kind: 'view', view: settingsForm(reader, deps.kinds(), cards.lookFor(a.person)) } };
    }),
  );

  gate.submit('announcements.settings', async ({ person, view }): Promise<Submitted> => {
    const chosen = view.values.kinds?.kinds ?? [];
    const offered = Offered.parse(JSON.parse(view.metadata));
    // What came into force since the form was opened was not turned off by leaving it open.
    const before = (await news.readerOf(person)).optOut.filter((id) => !offered.includes(id));
    const optOut = [...before, ...offered.filter((id) => !chosen.includes(id))];
    const digest = view.values.how?.how === 'digest';
    return { ops: await news.choose(person, { optOut, digest }), reply: { kind: 'home', person } };
  });

  /** What is read comes into the modal once it is open. */
  function opening(a: IncomingAction, title: string, effect: () => Promise<Effect>) {
    return { view: loadingView(title, readerOf(a.person)), effect };
  }

  async function shown(person: PersonId, id: string, asked: Locale | undefined): Promise<Effect> {
    const look = cards.lookFor(person, asked);
    const words = texts[look.reader.locale];
    const say = (what: string): Effect => ({
      reply: { kind: 'view', view: sayView(words.listTitle, what, look.reader) },
    });
    const announcement = await announcements.find(id);
    if (!announcement) return say(words.gone);
    const mayRead = announcements.isLead(person) || (await readings.mayRead(announcement, person));
    if (!mayRead) return say(words.notYours);
    if (announcement.state === 'retracting' || announcement.state === 'retracted') return say(words.over);
    const one = await cards.shownTo(announcement, deps.people.get(person), 'person');
    return one ? { reply: { kind: 'view', view: readingView(one, look) } } : say(words.gone);
  }

  /** The message that was clicked shows it, where it is the reader's own; in a channel only they are told. */
  async function shownAfter(
    a: IncomingAction,
    id: string,
    reading: { readonly at: number; readonly edition: number },
  ): Promise<Pick<Effect, 'reply'>> {
    const words = wordsOf(a.person);
    const announcement = await announcements.find(id);
    const surface = a.message && !a.message.channel.startsWith('D') ? 'channel' : 'person';
    const one = announcement && (await cards.shownTo(announcement, deps.people.get(a.person), 'person'));
    if (!one || surface === 'channel') return note(a, words.thanks);
    const look = cards.lookFor(a.person);
    if (a.view) return { reply: { kind: 'view', view: readingView({ ...one, reading }, look) } };
    const rendered = announcementMessage({ ...one, reading }, look);
    return rendered ? { reply: { kind: 'replace', rendered } } : {};
  }

  /** Only whoever clicked sees it. */
  function note(a: IncomingAction, said: string): Pick<Effect, 'reply'> {
    const { reader } = cards.lookFor(a.person);
    if (a.view) return { reply: { kind: 'view', view: sayView(texts[reader.locale].listTitle, said, reader) } };
    if (!a.message) return {};
    const { channel, thread } = a.message;
    const place = thread ? { channel, thread } : { channel };
    return { reply: { kind: 'ephemeral', place, person: a.person, rendered: noteMessage(said) } };
  }
}

/** `<id>`, or `preview/<id>` on a preview. */
function subjectOf(value: string): { readonly id: string; readonly isPreview: boolean } {
  const isPreview = value.startsWith('preview/');
  return { id: isPreview ? value.slice('preview/'.length) : value, isPreview };
}
