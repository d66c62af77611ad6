import type { ModalView } from '@slack/types';
import { type Locale, locales } from '../core/i18n.ts';
import type { PersonId, Rendered } from '../core/ports.ts';
import type { Sample } from '../feature.ts';
import { home } from '../slack/blocks.ts';
import { articleView, checkForm, declineForm, evidenceForm, failedView, noteView, passedView } from './forms.ts';
import { homeBlocks } from './home-views.ts';
import { assignedView, assignForm, decisionForm } from './lead-form-views.ts';
import { leadTexts } from './lead-texts.ts';
import {
  coverageMessage,
  escalatedMessage,
  escalatedView,
  excuseMessage,
  groupsView,
  leadHomeBlocks,
  namesView,
  namesWaiting,
} from './lead-views.ts';
import { freshRecord } from './learner.ts';
import type { Line } from './line.ts';
import type { Look } from './look.ts';
import { grade } from './quiz.ts';
import type { Standing } from './standing.ts';
import { refusalTexts, texts } from './texts.ts';
import type { Module, TrackEdition } from './track.ts';
import {
  doneMessage,
  listMessage,
  listView,
  moduleMessage,
  noteMessage,
  toldMessage,
  welcomeMessage,
} from './views.ts';

// A fixed day, so that the gallery is the same every day.
const today = '2026-11-23';
const learner = 'U0LEARNER1' as PersonId;
const lead = 'U0TRAINING' as PersonId;

function lookFor(locale: Locale): Look {
  return {
    locale,
    today,
    name: (id) =>
      id === lead ? (locale === 'en' ? 'Training lead' : '培训负责人') : locale === 'en' ? 'Learner' : '学员',
    article: (id) => id,
    fill: (text) => text,
  };
}

/** A track in one of the states that it can be in. */
function lineIn(edition: TrackEdition, standing: Standing, more: Partial<Line> = {}): Line {
  const { modules } = edition.track;
  const isAssigned = !['free', 'off'].includes(standing.is);
  const assigned = { at: Date.UTC(2026, 10, 2), by: 'rule', due: '2026-12-04', mandatory: edition.track.mandatory };
  return {
    edition,
    starter: false,
    record: { ...freshRecord, ...(isAssigned ? { assigned } : {}) },
    standing,
    left: modules,
    ...more,
  };
}

const standings: readonly Standing[] = [
  { is: 'due', due: '2026-12-04' },
  { is: 'overdue', due: '2026-11-20' },
  { is: 'renew', until: '2026-12-15' },
  { is: 'expired', until: '2026-05-03' },
  { is: 'current', until: '2027-11-22' },
  { is: 'exempt', until: '2027-01-31' },
  { is: 'asked' },
  { is: 'off' },
  { is: 'free' },
  { is: 'due' },
  { is: 'current' },
  { is: 'exempt' },
];

const counts = { people: 120, current: 96, due: 12, overdue: 6, expired: 4, excused: 2 };

/** Every message, modal and Home state of training, in both languages, with the tracks that are in force. */
export function trainingSamples(editions: readonly TrackEdition[]): readonly Sample[] {
  const [first] = editions;
  if (!first) return [];
  return locales.flatMap((locale) => {
    const name = (what: string) => `training: ${what} (${locale})`;
    const message = (what: string, payload: Rendered): Sample => ({ name: name(what), surface: 'message', payload });
    const modal = (what: string, payload: ModalView): Sample => ({ name: name(what), surface: 'modal', payload });
    const look = lookFor(locale);
    return [
      ...learnerMessages(editions, first, look).map(([what, payload]) => message(what, payload)),
      ...editions.flatMap((edition) => moduleMessages(edition, look).map(([what, payload]) => message(what, payload))),
      ...editions.flatMap((edition) => moduleForms(edition, look).map(([what, payload]) => modal(what, payload))),
      ...leadMessages(editions, first, look).map(([what, payload]) => message(what, payload)),
      ...formsOf(editions, first, look).map(([what, payload]) => modal(what, payload)),
      ...homes(editions, look).map(([what, blocks]) => ({
        name: name(what),
        surface: 'home' as const,
        payload: home({ blocks }),
      })),
    ];
  });
}

function allStates(editions: readonly TrackEdition[]): readonly Line[] {
  return standings.flatMap((standing, at) => {
    const edition = editions[at % editions.length];
    return edition ? [lineIn(edition, standing)] : [];
  });
}

function learnerMessages(
  editions: readonly TrackEdition[],
  first: TrackEdition,
  look: Look,
): readonly (readonly [string, Rendered])[] {
  const words = texts[look.locale];
  const due = lineIn(first, { is: 'due', due: '2026-12-04' });
  const reason = look.locale === 'en' ? 'You teach this yourself.' : '你自己就讲这门课。';
  const welcome = welcomeMessage(
    editions.map((edition) => lineIn(edition, { is: 'due', due: '2026-12-04' })),
    look,
  );
  return [
    ['list', listMessage(allStates(editions), look)],
    [
      'list, nothing assigned',
      listMessage(
        editions.map((edition) => lineIn(edition, { is: 'free' })),
        look,
      ),
    ],
    [
      'list, not adopted',
      listMessage(
        editions.map((edition) => lineIn(edition, { is: 'free' }, { starter: true })),
        look,
      ),
    ],
    ...(welcome ? [['welcome', welcome] as const] : []),
    ['excused', toldMessage(first, { kind: 'exempt', who: look.name(lead), reason }, look)],
    ['it stays', toldMessage(first, { kind: 'keep', who: look.name(lead), reason }, look)],
    ['module done', doneMessage(due, first.track.modules[0], look)],
    [
      'track done',
      doneMessage(lineIn(first, { is: 'current', until: '2028-11-22' }, { left: [] }), first.track.modules[0], look),
    ],
    ['nothing left', doneMessage({ ...due, left: [] }, undefined, look)],
    ['a note', noteMessage(words.asked)],
    ...Object.entries(refusalTexts).map(([why, said]) => [`refused, ${why}`, noteMessage(said[look.locale])] as const),
  ];
}

function moduleMessages(edition: TrackEdition, look: Look): readonly (readonly [string, Rendered])[] {
  const line = lineIn(edition, { is: 'due', due: '2026-12-04' });
  return edition.track.modules.flatMap((module) =>
    Array.from(
      { length: Math.max(1, module.pages.length) },
      (_, page) => [`${nameOf(edition, module)}, page ${page + 1}`, moduleMessage(line, module, page, look)] as const,
    ),
  );
}

function moduleForms(edition: TrackEdition, look: Look): readonly (readonly [string, ModalView])[] {
  return edition.track.modules.flatMap((module): readonly (readonly [string, ModalView])[] => {
    const form = { track: edition.track.id, module: module.id, attempt: 0 };
    const what = nameOf(edition, module);
    if (module.complete === 'evidence') return [[`${what}, evidence`, evidenceForm(module, form, look.locale)]];
    if (module.complete !== 'quiz') return [];
    const right = Object.fromEntries(module.quiz.map(({ choices }, at) => [at, choices.findIndex((one) => one.right)]));
    const done = lineIn(edition, { is: 'current', until: '2027-11-22' });
    return [
      [`${what}, check`, checkForm(module, form, look.locale)],
      [`${what}, failed`, failedView(module, grade(module, {}), form, look.locale)],
      [`${what}, passed`, passedView(module, grade(module, right), done, look)],
    ];
  });
}

function nameOf({ track }: TrackEdition, module: Module): string {
  return `${track.id}, ${module.id}`;
}

function leadMessages(
  editions: readonly TrackEdition[],
  first: TrackEdition,
  look: Look,
): readonly (readonly [string, Rendered])[] {
  const reason = look.locale === 'en' ? 'I teach this myself.' : '这门课就是我讲的。';
  const card = { person: learner, edition: first, reason, due: '2026-12-04', value: `${learner}/${first.track.id}/1` };
  const over = { ...card, reason: '' };
  const lines = editions.map((edition, at) => ({ edition, counts: at % 3 === 2 ? undefined : counts }));
  return [
    ['excuse asked', excuseMessage({ ...card, decided: undefined }, look)],
    ['excuse given', excuseMessage({ ...over, decided: { kind: 'exempt', by: lead } }, look)],
    ['excuse refused', excuseMessage({ ...over, decided: { kind: 'keep', by: lead } }, look)],
    ['excuse overtaken', excuseMessage({ ...over, due: undefined, decided: 'overtaken' }, look)],
    ['numbers', coverageMessage(lines, 'all', look)],
    ['numbers of a team', coverageMessage(lines, 'team', look)],
    [
      'no numbers',
      coverageMessage(
        editions.map((edition) => ({ edition, counts: undefined })),
        'all',
        look,
      ),
    ],
    ['told a manager', escalatedMessage(first, 3, lead, look)],
    ['told a manager, nobody late any more', escalatedMessage(first, 0, lead, look)],
  ];
}

function formsOf(
  editions: readonly TrackEdition[],
  first: TrackEdition,
  look: Look,
): readonly (readonly [string, ModalView])[] {
  const { locale } = look;
  const words = texts[locale];
  const due = lineIn(first, { is: 'due', due: '2026-12-04' });
  const late = Array.from({ length: 90 }, () => ({ person: { id: learner }, since: '2026-11-20' }));
  const groups = [
    { group: { id: 'payments' }, counts },
    { group: 'none' as const, counts },
    { group: 'rest' as const, counts },
  ];
  const article = { title: 'Article', short: 'Short.', body: '- one\n- two' };
  const excuse = { value: `${learner}/${first.track.id}/1` };
  const asking = {
    asks: leadTexts[locale].excuseAsks(look.name(learner), first.track.title[locale]),
    reason: locale === 'en' ? 'I teach this myself.' : '这门课就是我讲的。',
  };
  return [
    ['not for me', declineForm(due, { track: first.track.id }, locale)],
    ['not for me, own choice', declineForm(lineIn(first, { is: 'free' }), { track: first.track.id }, locale)],
    ['in the conversation', noteView(words.sentTitle, words.sentToMessages, locale)],
    ['list on Home', listView(allStates(editions), look)],
    ['article', articleView(article, locale)],
    ['names, waiting', namesWaiting(look)],
    ['names', namesView(first, late.slice(0, 3), true, look)],
    ['names, more than fit', namesView(first, late, true, look)],
    ['names, nobody', namesView(first, [], true, look)],
    ['groups', groupsView(first, groups, 'unit', (id) => id, look)],
    ['groups, too few', groupsView(first, [], 'office', (id) => id, look)],
    ['managers told', escalatedView({ managers: 2, unled: 1 }, look)],
    ['assign', assignForm(editions, look)],
    ['assigned', assignedView({ given: 12, left: 1 }, look)],
    ['excuse', decisionForm('exempt', excuse, asking, look)],
    ['keep', decisionForm('keep', excuse, asking, look)],
  ];
}

function homes(editions: readonly TrackEdition[], look: Look) {
  const done = editions.map((edition) => lineIn(edition, { is: 'current', until: '2027-11-22' }));
  const due = editions.slice(0, 2).map((edition) => lineIn(edition, { is: 'due', due: '2026-12-04' }));
  return [
    ['home', homeBlocks(allStates(editions), new Set(), look)],
    ['home, what is due stands above', homeBlocks(due, new Set(due.map(({ edition }) => edition.track.id)), look)],
    ['home, nothing due', homeBlocks(done, new Set(), look)],
    [
      'home of a lead',
      leadHomeBlocks(
        editions.map((edition) => ({ edition, counts })),
        look,
      ),
    ],
    ['home of a lead, no numbers', leadHomeBlocks([], look)],
  ] as const;
}
