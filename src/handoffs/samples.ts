import type { ModalView } from '@slack/types';
import { type Locale, locales } from '../core/i18n.ts';
import type { PersonId, Rendered } from '../core/ports.ts';
import type { Sample } from '../feature.ts';
import { home } from '../slack/blocks.ts';
import { receiptMessage, toldMessage } from './asker-views.ts';
import { answerForm, askForm, closeForm, handForm, sayView, sentView, writeForm } from './forms.ts';
import type { HandoffEvent } from './handoff.ts';
import { homeBlocks } from './home-views.ts';
import type { Look } from './look.ts';
import { apply, begin, type LaterEvent } from './moves.ts';
import type { Known } from './saying.ts';
import { texts } from './texts.ts';
import { callMessage, caseMessage, lockedMessage, noteMessage } from './views.ts';

// A fixed moment, so that the gallery is the same every day: Monday, 23 November 2026, 10:00 UTC.
const start = Date.UTC(2026, 10, 23, 10);
const hourMs = 3_600_000;
const asker = 'U0ASKER001' as PersonId;
const holder = 'U0OFFICE01' as PersonId;
const colleague = 'U0OFFICE02' as PersonId;
const deadline = { nudgeAt: start + 22 * hourMs, due: start + 24 * hourMs };

function lookFor(locale: Locale, more: Partial<Look> = {}): Look {
  const name = () => (locale === 'en' ? 'Mei Lin' : '林梅');
  const unit = locale === 'en' ? 'Payments' : '支付';
  return { reader: { locale, zone: 'Europe/Berlin' }, now: start + hourMs, name, unit, mayAct: true, ...more };
}

/** A question with everything that happened to it. */
function told(locale: Locale, events: readonly LaterEvent[], more: Partial<Known> = {}): Known {
  const text =
    locale === 'en' ? 'May we put an AGPL database behind our API?' : '我们的 API 后面能用 AGPL 的数据库吗？';
  const title = locale === 'en' ? 'AGPL components in a service we host' : '在我们部署的服务里用 AGPL 组件';
  const opening = {
    asker,
    question: { id: 'SAMPLE', text, locale, outcome: 'answer' as const, shown: { id: 'agpl-saas', title } },
    restricted: false,
    where: { channel: 'D0SAMPLE01', thread: '1795428000.000100' },
    cards: [{ channel: 'C0SAMPLE01' }],
    ...more,
  };
  const asked: HandoffEvent = { kind: 'asked', at: start, by: asker, text: '', deadline };
  return {
    ...events.reduce<Known>((now, event) => ({ ...apply(now, event), id: 'SAMPLE' }), {
      ...begin(opening, asked),
      id: 'SAMPLE',
    }),
  };
}

/** One of every event, in one language. */
function eventsOf(locale: Locale) {
  const text =
    locale === 'en'
      ? 'Yes: run it unmodified.\nSee https://example.com/agpl (section 13).'
      : '可以，不修改就行。\n参见 https://example.com/agpl 第 13 条。';
  const at = start + hourMs;
  const long = text.repeat(60).slice(0, 3_000);
  return {
    claimed: { kind: 'claimed', at, by: holder },
    handed: { kind: 'handed', at, by: holder, to: colleague, text },
    answered: { kind: 'answered', at, by: holder, text },
    'answered at length': { kind: 'answered', at, by: holder, text: long },
    queried: { kind: 'queried', at, by: holder, text, rest: { nudge: hourMs, due: 2 * hourMs } },
    added: { kind: 'added', at, by: asker, text },
    reopened: { kind: 'reopened', at, by: asker, text, deadline, holder },
    closed: { kind: 'closed', at, by: holder, reason: 'elsewhere', text },
    withdrawn: { kind: 'closed', at, by: asker, reason: 'withdrawn', text: '' },
    nudged: { kind: 'nudged', at },
    escalated: { kind: 'escalated', at, to: [colleague] },
  } as const satisfies Readonly<Record<string, LaterEvent>>;
}

/** The states a question can be in, by what led there. */
function states(locale: Locale): Readonly<Record<string, Known>> {
  const { claimed, answered, queried, added, closed, withdrawn, nudged, escalated, reopened, handed } =
    eventsOf(locale);
  const long = eventsOf(locale)['answered at length'];
  const asked = told(locale, []);
  const { shown, id, outcome, ...bare } = asked.question;
  return {
    open: asked,
    claimed: told(locale, [claimed]),
    'handed over': told(locale, [claimed, handed]),
    waiting: told(locale, [claimed, queried]),
    'added to': told(locale, [claimed, queried, added]),
    late: told(locale, [claimed, nudged, escalated]),
    answered: told(locale, [claimed, answered]),
    reopened: told(locale, [claimed, answered, reopened]),
    closed: told(locale, [claimed, closed]),
    withdrawn: told(locale, [claimed, withdrawn]),
    restricted: told(locale, [], { restricted: true, cards: [{ person: holder }] }),
    'as long as it gets': told(locale, [claimed, queried, added, long], {
      question: { ...asked.question, text: asked.question.text.repeat(100).slice(0, 3_000) },
    }),
    'never asked before': told(locale, [], { question: bare }),
    'nothing found': told(locale, [], { question: { ...bare, id: 'SAMPLE', outcome: 'unknown' } }),
  };
}

/** Every message, modal and Home state of asking a human, in both languages. */
export function handoffSamples(): readonly Sample[] {
  return locales.flatMap((locale) => {
    const name = (what: string) => `handoffs: ${what} (${locale})`;
    const message = (what: string, payload: Rendered): Sample => ({ name: name(what), surface: 'message', payload });
    const modal = (what: string, payload: ModalView): Sample => ({ name: name(what), surface: 'modal', payload });
    return [
      ...cardSamples(locale, message),
      ...eventSamples(locale, message),
      ...formSamples(locale, modal),
      ...homeSamples(locale).map(
        (blocks): Sample => ({ name: name(`home, ${blocks.what}`), surface: 'home', payload: home(blocks) }),
      ),
    ];
  });
}

type ToSample<T> = (what: string, payload: T) => Sample;

function cardSamples(locale: Locale, sample: ToSample<Rendered>): readonly Sample[] {
  const late = lookFor(locale, { now: deadline.due + hourMs });
  return Object.entries(states(locale)).flatMap(([what, handoff]) => {
    const look = what === 'late' ? late : lookFor(locale);
    return [
      sample(`card, ${what}`, caseMessage(handoff, look, false)),
      sample(`card by direct message, ${what}`, caseMessage(handoff, { ...look, unit: undefined }, true)),
      sample(`card without buttons, ${what}`, caseMessage(handoff, { ...look, mayAct: false }, true)),
      sample(`receipt, ${what}`, receiptMessage(handoff, look)),
    ];
  });
}

function eventSamples(locale: Locale, sample: ToSample<Rendered>): readonly Sample[] {
  const look = lookFor(locale);
  const { claimed, answered } = eventsOf(locale);
  const events = Object.entries(eventsOf(locale)).flatMap(([what, event]) =>
    [false, true].flatMap((restricted) => {
      const handoff = told(locale, [claimed, event], { restricted });
      const toAsker = toldMessage(handoff, event, look);
      const toOffice = [[holder], []].map((called) =>
        callMessage(handoff, event, look, { called, channel: 'C0SAMPLE01' }),
      );
      const all = [toAsker, ...toOffice].flatMap((rendered) => rendered ?? []);
      return all.map((rendered, i) => sample(`${what}${restricted ? ', confidential' : ''}, ${i + 1}`, rendered));
    }),
  );
  const done = toldMessage(told(locale, [answered]), answered, look, texts[locale].thanks);
  return [
    ...events,
    ...(done ? [sample('answer that helped', done)] : []),
    sample('no longer yours', lockedMessage(look.reader)),
    ...Object.entries(texts[locale].refused).map(([why, words]) => sample(`refused, ${why}`, noteMessage(words))),
  ];
}

function formSamples(locale: Locale, sample: ToSample<ModalView>): readonly Sample[] {
  const { reader } = lookFor(locale);
  const words = texts[locale];
  const form = { draft: 'DRAFT', id: 'SAMPLE', round: 1 };
  const ask = { draft: 'DRAFT', question: 'SAMPLE', where: { person: asker }, elsewhere: true };
  return [
    sample('ask', askForm(ask, false, reader)),
    sample('ask, sounds confidential', askForm(ask, true, reader)),
    sample('ask, nobody can keep it confidential', askForm({ ...ask, openly: true }, false, reader, 'x'.repeat(3_000))),
    sample('ask, nobody there', sayView(words.askTitle, words.nobody, reader)),
    sample('sent', sentView('office', deadline.due, reader)),
    sample('answer', answerForm(form, reader)),
    sample('hand over', handForm(form, reader)),
    sample('close', closeForm(form, reader)),
    sample('add', writeForm(form, false, reader)),
    sample('another question', writeForm(form, true, reader)),
    sample('not yours', sayView(words.answerTitle, words.notYours('restricted'), reader)),
  ];
}

function homeSamples(locale: Locale) {
  const look = lookFor(locale);
  const { open, claimed, waiting, late } = states(locale);
  const all = [open, claimed, waiting, late].flatMap((handoff) => handoff ?? []);
  return [
    { what: 'waiting for you', blocks: homeBlocks(all, 4, 'desk', look) },
    { what: 'many waiting for you', blocks: homeBlocks([...all, ...all, ...all], 40, 'desk', look) },
    { what: 'your questions', blocks: homeBlocks(all, 4, 'asker', look) },
  ];
}
