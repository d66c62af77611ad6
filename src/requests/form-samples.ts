import type { ModalView } from '@slack/types';
import { type Locale, locales } from '../core/i18n.ts';
import type { PersonId } from '../core/ports.ts';
import type { Sample } from '../feature.ts';
import { home, type Reader } from '../slack/blocks.ts';
import { beforeView, endedMessage, unneededView, waitView } from './before-views.ts';
import { chooseView, openingView } from './choose-views.ts';
import type { Values } from './condition.ts';
import { draftBlocks, newRequestBlocks } from './draft-views.ts';
import { answersAsked, fieldsAsked } from './form.ts';
import type { Draft } from './form-draft.ts';
import { type Filling, fillingOf, type Outlook, type SameRequest, type TrainingGate } from './form-page.ts';
import { texts } from './form-texts.ts';
import { type FormLook, noteView, reviewView, sentView, stepView, subjectOrTitle } from './form-views.ts';
import { rolesInWords } from './role-texts.ts';
import type { Field, RequestType, TypeEdition } from './type.ts';

// A fixed moment, so that the gallery is the same every day: Monday, 23 November 2026, 10:00 UTC.
const start = Date.UTC(2026, 10, 23, 10);
const dayMs = 86_400_000;
const requester = 'U0ASKER001' as PersonId;
const colleague = 'U0OFFICE01' as PersonId;

type ToSample = (what: string, payload: ModalView) => Sample;

/** Every page of every form in both languages: as it opens, and as full as its fields get. */
export function formSamples(types: readonly TypeEdition[]): readonly Sample[] {
  return locales.flatMap((locale) => {
    const name = (what: string) => `requests: ${what} (${locale})`;
    const modal: ToSample = (what, payload) => ({ name: name(what), surface: 'modal', payload });
    const reader: Reader = { locale, zone: 'Europe/Berlin' };
    return [
      modal('choose', chooseView(types, reader)),
      modal('choose, nothing there', chooseView([], reader)),
      modal('choose, no such form', chooseView(types, reader, texts[locale].noSuchForm('componet'))),
      modal('opening', openingView(reader)),
      ...noteSamples(reader, modal),
      ...types.flatMap((edition) => typeSamples(edition, reader, modal)),
      ...endedSamples(locale, name),
      ...draftSamples(types, reader, name),
    ];
  });
}

function noteSamples(reader: Reader, modal: ToSample): readonly Sample[] {
  const words = texts[reader.locale];
  const note = (said: string) => noteView(words.chooseTitle, said, reader);
  return [
    modal('form, for guests', note(words.guests)),
    modal('form, for some roles', note(words.onlyFor('X', rolesInWords(['ospo-lead', 'legal', 'own'], reader.locale)))),
    modal('form, gone', note(words.gone)),
    modal('form, discarded', note(words.discarded)),
    modal('form, just discarded', note(words.discardedNow)),
    modal('form, sent', sentView('REQ-142', start + 3 * dayMs, false, reader)),
    modal('form, sent and approved', sentView('REQ-142', undefined, false, reader)),
    modal('form, waiting for another', waitView('REQ-142', true, reader)),
    modal('form, nothing to wait for', waitView('REQ-142', false, reader)),
    modal('form, sent before', sentView('REQ-142', start + 3 * dayMs, true, reader)),
  ];
}

function typeSamples(edition: TypeEdition, reader: Reader, modal: ToSample): readonly Sample[] {
  const { type } = edition;
  const look: FormLook = { reader, suggests: () => false };
  const picking: FormLook = { reader, suggests: ({ suggest }) => suggest !== undefined };
  const empty = filling(edition, {});
  const full = filling(edition, everything(type, reader.locale));
  const [first] = full.steps;
  const errors = Object.fromEntries((first?.fields ?? []).map(({ id }) => [id, texts[reader.locale].choose]));
  const notes = { errors, more: true, oldest: { id: 'D', subject: 'X'.repeat(400), count: 11 } };
  const lifted = { ...full, lifted: { again: first?.fields.map(({ id }) => id) ?? [], gone: 2 } };
  const [{ because } = { because: type.what }] = type.routes;
  return [
    ...empty.steps.map((step) => modal(`${type.id}, step ${step.index + 1}`, stepView(empty, step, look))),
    ...full.steps.map((step) => modal(`${type.id}, step ${step.index + 1} filled in`, stepView(full, step, picking))),
    ...(first ? [modal(`${type.id}, with everything to say`, stepView(lifted, first, look, notes))] : []),
    modal(`${type.id}, before`, beforeView(full, sameRequests(full, reader.locale), 1, look)),
    modal(`${type.id}, not needed`, unneededView(full, because, 1, look)),
    modal(`${type.id}, last look`, reviewView(full, outlook(type), look)),
    modal(`${type.id}, last look, approved at once`, reviewView(empty, { ...outlook(type), goes: 'passes' }, look)),
    modal(`${type.id}, last look, training missing`, reviewView(full, { ...outlook(type), training: gate }, look)),
    modal(`${type.id}, last look, covered`, reviewView(lifted, { ...outlook(type), goes: 'covered' }, look)),
  ];
}

function filling(edition: TypeEdition, answers: Draft['answers']): Filling {
  const draft: Draft = {
    person: requester,
    type: edition.type.id,
    form: edition.hash,
    answers,
    revisions: {},
    at: 0,
    told: [],
    begunAt: start,
    savedAt: start,
  };
  return fillingOf('DRAFT', draft, edition, {}, Object.keys(answers).length > 0 ? { version: 1 } : {});
}

/** The longest way through a form: every field with an answer as long as it takes, in the order in which they are asked. */
function everything(type: RequestType, locale: Locale): Draft['answers'] {
  let values: Values = {};
  // An answer can bring up questions behind it; each round goes at least one field further.
  for (let round = 0; round < type.fields.length; round += 1) {
    const asked = fieldsAsked(type, values);
    values = Object.fromEntries(asked.map((field) => [field.id, sampleOf(field, locale)]));
  }
  return answersAsked(type, values);
}

function sampleOf({ kind, choices = [], max }: Field, locale: Locale): Draft['answers'][string] {
  const text = locale === 'en' ? 'Fixes *the* lag <!channel> & more. ' : '修复 *延迟* <!channel> 等问题。';
  switch (kind) {
    case 'text':
      return text.repeat(9).slice(0, max ?? 150);
    case 'long':
      return text.repeat(200).slice(0, max ?? 3_000);
    case 'license':
      return 'Apache-2.0 OR MIT';
    case 'purl':
      return 'pkg:npm/%40scope/left-pad@1.3.0';
    case 'url':
      return 'https://example.com/a?b=c&d=e';
    case 'number':
      return 40;
    case 'choice':
      return choices[0]?.id ?? '';
    case 'choices':
      return choices.filter(({ alone }) => !alone).map(({ id }) => id);
    case 'yesno':
    case 'confirm':
      return 'yes';
    case 'date':
      return '2026-12-03';
    case 'person':
      return colleague;
    case 'people':
      return [colleague, requester];
    case 'files':
      return ['https://example.com/one', 'https://example.com/two'];
  }
}

function sameRequests(full: Filling, locale: Locale): readonly SameRequest[] {
  const same: SameRequest = {
    number: 'REQ-98',
    subject: subjectOrTitle(full, locale),
    requester,
    state: 'open',
    at: start + dayMs,
    conditions: [],
  };
  return [
    same,
    { ...same, state: 'waiting' },
    { ...same, requester: colleague },
    { ...same, state: 'approved', validUntil: start + 400 * dayMs, conditions: ['Keep the notices. '.repeat(20)] },
  ];
}

const gate: TrainingGate = {
  words: {
    en: 'Your training "Licenses and copyright" ran out on Sun 3 May. Renew it first (12 minutes) and this can be approved at once.',
    'zh-CN': '你的培训“许可证与著作权”已于 5月3日周日到期。先续期（12 分钟），这类申请就能当场批准。',
  },
  button: { action: 'training.begin', value: 'compliance', label: { en: 'Renew it', 'zh-CN': '去续期' } },
};

function outlook(type: RequestType): Outlook {
  return {
    goes: 'people',
    stages: type.stages.map(({ name, order }) => ({ name, order, people: order > 1 ? [] : [colleague] })),
    promised: start + 3 * dayMs,
    because: type.routes.slice(0, 2).map((route) => route.because),
    flags: type.fields.flatMap(({ flag, choices = [] }) =>
      [flag, ...choices.map((choice) => choice.flag)].flatMap((one) => one ?? []),
    ),
    unknown: ['license.tier', 'project.known'],
    restricted: true,
    asksManager: true,
  };
}

function endedSamples(locale: Locale, name: (what: string) => string): readonly Sample[] {
  const ended = {
    number: 'REQ-142',
    subject: locale === 'en' ? 'Contribution to apache/kafka' : '贡献给 apache/kafka',
  };
  return [true, false].flatMap((approved) =>
    [undefined, 'DRAFT'].map((draft, i): Sample => {
      const what = `another's ${approved ? 'approved' : 'ended'}${i > 0 ? ', with a draft' : ''}`;
      return { name: name(what), surface: 'message', payload: endedMessage({ ...ended, approved }, draft, locale) };
    }),
  );
}

function draftSamples(
  types: readonly TypeEdition[],
  reader: Reader,
  name: (what: string) => string,
): readonly Sample[] {
  const shown = types.map((edition) => ({
    id: edition.type.id,
    subject: subjectOrTitle(filling(edition, everything(edition.type, reader.locale)), reader.locale),
    title: edition.type.title[reader.locale],
    savedAt: start,
  }));
  const payload = home({ blocks: [...newRequestBlocks(reader), ...draftBlocks(shown, shown.length + 3, reader)] });
  return [{ name: name('home, drafts'), surface: 'home', payload }];
}
