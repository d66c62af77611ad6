import { z } from 'zod';
import { type Locale, languageOf, locales } from '../core/i18n.ts';
import type { AskRegister, TakeFiles } from '../core/links.ts';
import type { People, PersonId, Place } from '../core/ports.ts';
import {
  type Effect,
  type IncomingAction,
  type IncomingEvent,
  type Opened,
  type SlackGate,
  threadOf,
} from '../feature.ts';
import type { Ask } from './ask.ts';
import { articleModal, askModal, cardModal, noteModal, replyModal } from './modals.ts';
import { texts } from './texts.ts';
import { typedText } from './typed.ts';
import { noteMessage } from './view-parts.ts';

/** The parts of a message that we rely on. */
const Message = z.object({
  channel: z.string(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  text: z.string().default('').transform(typedText),
  files: z
    .array(z.object({ id: z.string(), name: z.string().nullish(), permalink: z.string().optional() }))
    .default([]),
});

/** Questions come from people: joins, bots and deletions are something else. */
const askable = z.object({
  user: z.string(),
  bot_id: z.undefined().optional(),
  subtype: z.enum(['file_share', 'thread_broadcast']).optional(),
});
const inConversation = askable.extend({ channel_type: z.literal('im') });
const inChannel = askable.extend({
  channel: z.string(),
  channel_type: z.enum(['channel', 'group']),
  thread_ts: z.undefined().optional(),
});

/** A message of our conversation whose text was changed by its author (not by Slack unfurling a link). */
const Edited = z
  .object({
    subtype: z.literal('message_changed'),
    channel_type: z.literal('im'),
    channel: z.string(),
    message: z.object({
      user: z.string(),
      ts: z.string(),
      thread_ts: z.string().optional(),
      text: z.string(),
      bot_id: z.undefined().optional(),
      edited: z.object({ ts: z.string() }),
    }),
    previous_message: z.object({ text: z.string() }),
  })
  .refine((e) => e.message.text !== e.previous_message.text);

export interface AskListenerDeps {
  readonly ask: Ask;
  readonly people: People;
  /** How the bot is mentioned: "<@U012>". */
  mention(): string;
  policy(channel: string): 'mentions' | 'questions' | 'off';
  /** Takes the files of a message where they are what it is about. */
  takeFiles: TakeFiles;
  /** For the human who has the question of this thread; undefined when nobody has one there. */
  continueInThread(person: PersonId, channel: string, thread: string, text: string): Promise<Effect | undefined>;
  /** Answers whether something was approved before, when that is unmistakably the question. */
  readonly register?: AskRegister;
}

/** Everywhere a question can be asked, and the buttons of its answer. */
export function listenToQuestions(gate: SlackGate, deps: AskListenerDeps): void {
  const { ask, people } = deps;

  gate.event('message', {
    wants: (event) =>
      inConversation.safeParse(event).success || Edited.safeParse(event).success || wantedInChannel(event),
    identity(event) {
      const edit = Edited.safeParse(event).data;
      return edit ? `edit:${edit.channel}:${edit.message.ts}:${edit.message.edited.ts}` : messageIdentity(event);
    },
    async run(e) {
      const edit = Edited.safeParse(e.event).data;
      if (edit) return askedAnew(e.person, edit);
      return inConversation.safeParse(e.event).success ? asked(e) : overheard(e);
    },
  });

  gate.event('app_mention', {
    wants: (event) => askable.safeParse(event).success && deps.policy(Message.parse(event).channel) !== 'off',
    identity: messageIdentity,
    run: (e) => mentioned(e),
  });

  /** A channel set to "questions" is answered without being mentioned; a mention comes as an event of its own. */
  function wantedInChannel(event: Readonly<Record<string, unknown>>): boolean {
    const message = inChannel.safeParse(event).data;
    if (!message || deps.policy(message.channel) !== 'questions') return false;
    return !String(event.text).includes(deps.mention());
  }

  async function asked(e: IncomingEvent): Promise<Effect> {
    if (gone(e.person)) return {};
    const message = Message.parse(e.event);
    if (isOutsider(e)) return declined(e, message);
    const { channel, thread_ts: thread, text } = message;
    const continued = thread && (await deps.continueInThread(e.person, channel, thread, text));
    if (continued) return continued;
    const taken = await takenFiles(e, message, threadOf(message));
    if (taken) return taken;
    const known = registered(text, e.person);
    if (known) return { say: [known.at(threadOf(message), `${channel}:${message.ts}`)] };
    const said = { person: e.person, text, via: 'conversation', channel } as const;
    const { id, ops } = ask.ask({ ...said, ...(await inThread(message, said)) });
    return { ops, say: [ask.answerAt(threadOf(message), id)] };
  }

  async function takenFiles(e: IncomingEvent, { files, channel, ts }: z.infer<typeof Message>, place: Place) {
    if (files.length === 0) return undefined;
    const named = files.map(({ id, name, permalink }) => ({
      id,
      name: name ?? '',
      ...(permalink && { link: permalink }),
    }));
    return deps.takeFiles({ person: e.person, files: named, message: `${channel}-${ts}`, place, at: e.at });
  }

  /** The thread of a question, and what it means there; nothing came before what starts a thread. */
  async function inThread(message: z.infer<typeof Message>, said: Parameters<Ask['ask']>[0]) {
    const thread = message.thread_ts ?? message.ts;
    return { thread, ...(message.thread_ts ? await ask.meantIn(thread, said) : undefined) };
  }

  /** A changed question is answered again only when the answer changes with it. */
  function askedAnew(person: PersonId, edit: z.infer<typeof Edited>): Effect {
    if (gone(person) || ask.sameAnswer(edit.previous_message.text, edit.message.text)) return {};
    const { channel, message } = edit;
    const { id, ops } = ask.ask({ person, text: typedText(message.text), via: 'edit', channel });
    return { ops, say: [ask.answerAt(threadOf({ channel, ...message }), id)] };
  }

  /** Private first: only the asker sees it, until they share it. */
  async function mentioned(e: IncomingEvent, via: 'mention' | 'channel' = 'mention'): Promise<Effect> {
    if (gone(e.person)) return {};
    const message = Message.parse(e.event);
    if (isOutsider(e)) return declined(e, message);
    // What a product is made of is for who sent it, not for the channel.
    const taken = await takenFiles(e, message, { person: e.person });
    if (taken) return taken;
    const { text, channel, ts } = message;
    const known = registered(text, e.person);
    if (known) {
      const instead = known.at({ person: e.person }, `${channel}:${ts}`);
      if (e.late) return { say: [instead] };
      const place = threadOf(message);
      return { reply: { kind: 'ephemeral', place, person: e.person, rendered: await known.now(), instead } };
    }
    const said = { person: e.person, text, via, channel };
    const { id, question, ops } = ask.ask({ ...said, ...(await inThread(message, said)) });
    const lasting = ask.answerAt({ person: e.person }, id);
    if (e.late) return { ops, say: [lasting] };
    const rendered = ask.render(ask.replyNow(id, question), 'ephemeral');
    return {
      ops,
      reply: { kind: 'ephemeral', place: threadOf(message), person: e.person, rendered, instead: lasting },
    };
  }

  /** The handbook is for this company; in a shared channel others may write too. */
  function declined(e: IncomingEvent, message: z.infer<typeof Message>): Effect {
    const rendered = noteMessage(texts[localeFor(e.person)].forColleagues);
    return { reply: { kind: 'ephemeral', place: threadOf(message), person: e.person, rendered } };
  }

  /** Not asked by name: speaks only when sure, and never late. */
  async function overheard(e: IncomingEvent): Promise<Effect> {
    if (e.late || !ask.isSure(Message.parse(e.event).text)) return {};
    return mentioned(e, 'channel');
  }

  gate.command('', async ({ person, text, channel }) => {
    const known = registered(text, person);
    if (known) return { answer: await known.now() };
    const { id, question, ops } = ask.ask({ person, text, via: 'command', channel });
    return { ops, answer: ask.render(ask.replyNow(id, question), 'ephemeral') };
  });

  gate.shortcut('ask_global', ({ person }) => askModal(localeFor(person)));
  gate.shortcut('ask_message', ({ person, message }) =>
    askModal(localeFor(person), message && typedText(message.text)),
  );
  gate.opens('ask.again', ({ person }) => ({ view: askModal(localeFor(person)) }));

  gate.submit('ask.question', async ({ person, view }) => {
    const text = String(view.values.question?.text ?? '').trim();
    if (!text) return { errors: { question: texts[localeFor(person)].emptyQuestion } };
    const known = registered(text, person);
    if (known) return { view: cardModal(await known.now(), localeFor(person)) };
    const { id, question, ops } = ask.ask({ person, text, via: 'shortcut' });
    return { ops, view: replyModal(ask.replyNow(id, question), ask.setting()) };
  });

  gate.opens('ask.home', ({ person, value }) => {
    const text = value.trim();
    if (!text) return undefined;
    const known = registered(text, person);
    if (known) return opensCard(known, localeFor(person));
    const { id, question, ops } = ask.ask({ person, text, via: 'home' });
    return { view: replyModal(ask.replyNow(id, question), ask.setting()), effect: { ops } };
  });

  /** Answered from what was approved before; `undefined` for every question that asks for something else. */
  function registered(text: string, person: PersonId) {
    return deps.register?.(text, person, languageOf(text, localeFor(person)));
  }

  /** A modal that opens at once, and shows the answer as soon as it is read. */
  function opensCard(known: NonNullable<ReturnType<typeof registered>>, locale: Locale): Opened {
    return {
      view: noteModal(texts[locale].looking, locale),
      effect: async () => ({ reply: { kind: 'view', view: cardModal(await known.now(), locale) } }),
    };
  }

  gate.opens('ask.read_on', ({ value, person }) => {
    const [, article = '', asked] = value.split('/');
    const locale = locales.find((l) => l === asked) ?? localeFor(person);
    const shelf = ask.shelf(article, locale);
    if (!shelf) return { view: noteModal(texts[locale].gone, locale) };
    return { view: articleModal(shelf, locale, ask.setting().now) };
  });

  gate.action('ask.show', showAnother);
  gate.action('ask.more', chosenFromMenu);
  gate.action('ask.share', share);
  gate.action('ask.keep', keep);
  gate.action('ask.feedback', feedback);

  /** Another article instead of, or beside, the one shown: wherever the click was. */
  async function showAnother(a: IncomingAction): Promise<Effect> {
    const { questionId, pick } = subjectOf(a.value);
    const reply = await ask.reply(questionId, pick);
    if (!reply) return tooOld(a);
    const ops = await ask.chose(questionId, pick, a.person);
    if (a.view) return { ops, reply: { kind: 'view', view: replyModal(reply, ask.setting()) } };
    if (a.message?.ephemeral) return { ops, reply: { kind: 'replace', rendered: ask.render(reply, 'ephemeral') } };
    if (!a.message) return { ops };
    return {
      ops,
      say: [
        ask.answerAt(
          threadOf({ channel: a.message.channel, ts: a.message.ts, thread_ts: a.message.thread }),
          questionId,
          pick,
        ),
      ],
    };
  }

  /** `show/<question id>/<pick>` or `receipt/<question id>/<pick>/<version>` */
  async function chosenFromMenu(a: IncomingAction): Promise<Effect> {
    const [what, questionId = '', pick = '', version = ''] = a.value.split('/');
    if (what === 'show') return showAnother({ ...a, value: `${questionId}/${pick}` });
    const receipt = await ask.keepReceipt({ questionId, pick, version, person: a.person });
    const words = texts[localeFor(a.person)];
    return { ...(receipt && { say: [receipt] }), ...noteFor(a, receipt ? words.kept : words.tooOld) };
  }

  /** Only the one who clicked sees it, beside the message that stays. */
  function noteFor({ message, person }: IncomingAction, words: string): Pick<Effect, 'reply'> {
    if (!message) return {};
    const { channel, thread } = message;
    const place = thread ? { channel, thread } : { channel };
    return { reply: { kind: 'ephemeral', place, person, rendered: noteMessage(words) } };
  }

  /** From "only you" to everybody in the conversation; the one who shares is named. */
  async function share(a: IncomingAction): Promise<Effect> {
    const { questionId, pick } = subjectOf(a.value);
    const reply = await ask.reply(questionId, pick);
    if (!reply || !a.message) return tooOld(a);
    const { channel, thread } = a.message;
    const place = thread ? { channel, thread } : { channel };
    return {
      say: [ask.shareAt(place, questionId, pick, a.person)],
      reply: { kind: 'replace', rendered: noteMessage(texts[reply.locale].shared) },
    };
  }

  async function keep(a: IncomingAction): Promise<Effect> {
    const { questionId, pick } = subjectOf(a.value);
    const reply = await ask.reply(questionId, pick);
    if (!reply) return tooOld(a);
    return {
      say: [ask.answerAt({ person: a.person }, questionId, pick)],
      reply: { kind: 'replace', rendered: noteMessage(texts[reply.locale].opened) },
    };
  }

  /** Questions are forgotten after 90 days; the answer that still stands in a conversation stays. */
  function tooOld(a: IncomingAction): Effect {
    const locale = localeFor(a.person);
    const words = texts[locale].tooOld;
    if (a.view) return { reply: { kind: 'view', view: noteModal(words, locale) } };
    return a.message?.ephemeral ? { reply: { kind: 'replace', rendered: noteMessage(words) } } : noteFor(a, words);
  }

  async function feedback(a: IncomingAction): Promise<Effect> {
    const { questionId, pick } = subjectOf(a.value);
    const helpful = pick === 'helpful';
    const { ops, locale } = await ask.feedback(questionId, a.person, helpful ? 'helpful' : 'unhelpful');
    if (!locale) return { ops };
    return { ops, ...noteFor(a, helpful ? texts[locale].thanks : texts[locale].sorry) };
  }

  /** The interface speaks the person's language; answers speak the question's. */
  function localeFor(person: PersonId): Locale {
    return people.get(person)?.locale ?? 'en';
  }

  /** Somebody who left gets no answer: nobody reads it. */
  function gone(person: PersonId): boolean {
    return people.get(person)?.active === false;
  }
}

/** Slack Connect names the team of the author; the envelope names ours. */
function isOutsider({ event, team }: IncomingEvent): boolean {
  const own = event.user_team ?? event.source_team;
  return typeof own === 'string' && team !== '' && own !== team;
}

/** A mention and the message it stands in are one thing said. */
function messageIdentity(event: Readonly<Record<string, unknown>>): string {
  const { channel, ts } = Message.parse(event);
  return `msg:${channel}:${ts}`;
}

/** `<question id>/<pick or feedback>` */
function subjectOf(value: string): { readonly questionId: string; readonly pick: string | undefined } {
  const [questionId = '', pick] = value.split('/');
  return { questionId, pick };
}
