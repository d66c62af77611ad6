import type { Locale } from '../core/i18n.ts';
import type { PersonId } from '../core/ports.ts';
import { keysOf } from './keys.ts';
import type { Answers, Known } from './request.ts';
import { route } from './routing.ts';
import { apply, begin, type Course, type LaterEvent } from './state.ts';
import type { RequestType } from './type.ts';

// A fixed moment, so that the gallery is the same every day: Monday, 23 November 2026, 10:00 UTC.
export const start = Date.UTC(2026, 10, 23, 10);
export const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
export const requester = 'U0ASKER001' as PersonId;
export const decider = 'U0OFFICE01' as PersonId;
export const colleague = 'U0OFFICE02' as PersonId;
export const third = 'U0LEGAL001' as PersonId;

/** Text that tries what text can do: markup, mentions, directions, emoji, and length. */
const nasty =
  '<!channel> *bold* <https://example.com|click> @here \u202Eevil\u202C עברית مرحبا 👩‍👩‍👧‍👦 & <@U0ASKER001>';

const summaries: Readonly<Record<Locale, string>> = {
  en: 'Fixes the consumer lag metric that our dashboards read.',
  'zh-CN': '修复消费延迟指标，我们的监控面板在用它。',
};

/** What people write, in the language of the sample. */
const said: Readonly<Record<Locale, Readonly<Record<'ask' | 'answer' | 'note' | 'condition' | 'why', string>>>> = {
  en: {
    ask: 'Which of our products reads this metric? A link to the dashboard is enough.',
    answer: 'The billing service does: https://dashboards.example.com/billing',
    note: 'Their release is planned for next week.',
    condition: 'Keep all copyright and license notices.',
    why: 'The maintainers already have a fix under review.',
  },
  'zh-CN': {
    ask: '我们哪个产品在用这个指标？发个面板链接就行。',
    answer: '计费服务在用：https://dashboards.example.com/billing',
    note: '对方计划下周发版。',
    condition: '保留全部版权和许可证声明。',
    why: '维护者那边已经有修复在评审了。',
  },
};

const fix = { project: 'apache/kafka', nature: 'bug_fix', lines: 40, flags: ['none'], license: 'Apache-2.0' };
const facts = {
  'project.known': 'no',
  'license.tier': 'unknown',
  'cla.cleared': 'unknown',
  'size.small': 'yes',
  'training.current': 'yes',
  'type.adopted': 'yes',
};

interface Telling {
  readonly answers?: Answers;
  readonly stages?: readonly string[];
  readonly restricted?: boolean;
  readonly unknown?: readonly string[];
  /** Whom the requester named as their manager. */
  readonly manager?: PersonId;
}

/** A request that was just submitted, with these stages still to be asked. */
function submitted(
  type: RequestType,
  locale: Locale,
  { answers = {}, stages, restricted, unknown = [], manager }: Telling,
): Course {
  const all: Answers = { ...fix, summary: summaries[locale], ...answers };
  const routed = route(type, all, facts);
  return begin(
    {
      number: 142,
      type: type.id,
      form: 'f3a1c0de'.repeat(8),
      versions: { policy: 'b41d5ca1'.repeat(8) },
      requester,
      ...(manager ? { manager } : {}),
      locale,
      draft: 'SAMPLE',
      answers: all,
      facts,
      keys: [...keysOf(type, all)],
      restricted: restricted ?? routed.restricted,
      way: { ...routed.way, unknown: [...unknown] },
      stages: stages ?? routed.stages.map(({ id }) => id),
    },
    { kind: 'submitted', at: start, by: requester },
  );
}

/** A request with everything that happened to it. */
function told(type: RequestType, locale: Locale, telling: Telling, events: readonly LaterEvent[]): Known {
  const course = events.reduce<Course>((now, event) => apply(now, event), submitted(type, locale, telling));
  return { ...course, id: '00000142', cards: [], wakeAt: null, audit: { length: 9, hash: 'c0ffee00'.repeat(8) } };
}

const at = start + hourMs;
const later = start + dayMs;
const due = start + 2 * dayMs + 7 * hourMs;

type Happened<K extends LaterEvent['kind']> = Extract<LaterEvent, { kind: K }>;

/** One of every event, as samples need it. */
export function eventsOf(locale: Locale) {
  const words = said[locale];
  const vote = (stage: string, by: PersonId, kind: Happened<'voted'>['vote'], text = ''): Happened<'voted'> => ({
    kind: 'voted',
    at: later,
    by,
    stage,
    role: 'ospo',
    vote: kind,
    text,
    conditions: [],
  });
  const opened = (stage: string): Happened<'opened'> => ({
    kind: 'opened',
    at,
    stage,
    asked: [{ role: 'ospo' }],
    clock: { due },
    promised: due,
  });
  const asked = (stage: string): Happened<'asked'> => ({
    kind: 'asked',
    at,
    by: decider,
    stage,
    text: words.ask,
    rests: { [stage]: { due: dayMs } },
  });
  const answered = (stage: string): Happened<'answered'> => ({
    kind: 'answered',
    at: later,
    by: requester,
    text: words.answer,
    clocks: { [stage]: { due } },
    promised: due + dayMs,
  });
  const corrected = (stage: string): Happened<'answered'> => ({
    ...answered(stage),
    answers: { project: 'apache/flink', summary: words.note },
    before: { project: fix.project, summary: summaries[locale] },
    keys: ['project:apache/flink'],
    facts,
  });
  const recalled = (stage: string): Happened<'recalled'> => ({ kind: 'recalled', at: later, stage, who: [decider] });
  const handed = (stage: string): Happened<'handed'> => ({
    kind: 'handed',
    at: later,
    by: decider,
    stage,
    to: colleague,
    asked: [{ person: colleague }],
    text: words.note,
  });
  const held = (stage: string): Happened<'held'> => ({
    kind: 'held',
    at: later,
    by: decider,
    text: words.why,
    until: start + 14 * dayMs,
    rests: { [stage]: { due: dayMs } },
  });
  const nudged = (stage: string): Happened<'nudged'> => ({
    kind: 'nudged',
    at: later,
    stage,
    who: [decider, colleague],
  });
  const escalated = (stage: string): Happened<'escalated'> => ({
    kind: 'escalated',
    at: due + hourMs,
    stage,
    to: [third],
  });
  const rerouted = (stage: string): Happened<'rerouted'> => ({
    kind: 'rerouted',
    at: later,
    stage,
    because: 'left',
    asked: [{ person: colleague }],
  });
  const settled = (stage: string, outcome: 'approved' | 'declined'): Happened<'settled'> => ({
    kind: 'settled',
    at: later,
    stage,
    outcome,
  });
  const approved: Happened<'approved'> = { kind: 'approved', at: later, validUntil: later + 365 * dayMs };
  const declined = (stage: string): Happened<'declined'> => ({ kind: 'declined', at: later, stage, reason: 'benefit' });
  const note = (by: PersonId, privately = false): Happened<'noted'> => ({
    kind: 'noted',
    at: later,
    by,
    text: words.note,
    privately,
  });
  const reminded = (of: 'question' | 'end'): Happened<'reminded'> => ({ kind: 'reminded', at: later, of, days: 3 });
  const ended: Readonly<Record<'withdrawn' | 'revoked' | 'reopened', LaterEvent>> = {
    withdrawn: { kind: 'withdrawn', at: later, by: requester, text: '' },
    revoked: { kind: 'revoked', at: later, by: decider, text: words.why },
    reopened: { kind: 'reopened', at: later + hourMs, by: decider, text: words.why },
  };
  const passed: Happened<'passed'> = { kind: 'passed', at, rule: 'small-change-on-cleared-project' };
  const recorded: Happened<'recorded'> = {
    kind: 'recorded',
    at: later,
    by: decider,
    decision: 'approved',
    decider: { person: third },
    decidedAt: start - 30 * dayMs,
    evidence: 'https://wiki.example.com/minutes/2026-10',
  };
  const followed: Happened<'followed'> = {
    kind: 'followed',
    at: later + hourMs,
    by: requester,
    link: 'https://github.com/apache/kafka/pull/1',
    outcome: 'merged',
  };
  return {
    vote,
    opened,
    asked,
    answered,
    corrected,
    recalled,
    handed,
    held,
    nudged,
    escalated,
    rerouted,
    settled,
    approved,
    declined,
    passed,
    recorded,
    followed,
    reminded,
    ...ended,
    approve: (stage: string) => vote(stage, decider, 'approve'),
    under: (stage: string) => ({ ...vote(stage, decider, 'approve'), conditions: [words.condition] }),
    decline: (stage: string) => ({ ...vote(stage, decider, 'decline', words.why), reason: 'benefit' }),
    noted: note(requester),
    privately: note(decider, true),
    replied: note(decider),
    expired: (because: 'lapsed' | 'unanswered'): Happened<'expired'> => ({ kind: 'expired', at: later, because }),
    superseded: { kind: 'superseded', at: later, by: requester, other: 'REQ-150' } satisfies LaterEvent,
  };
}

/** The states that a request can be in, by what led there. */
export function statesOf(type: RequestType, locale: Locale): Readonly<Record<string, Known>> {
  const e = eventsOf(locale);
  const office = { stages: ['ospo'] };
  const waiting = [e.opened('ospo')];
  const risky = {
    answers: { flags: ['crypto', 'third_party', 'ai'], crypto: 'own', origin: 'A vendor, MIT', aiNote: 'The tests' },
    unknown: ['license.tier', 'cla.cleared'],
  };
  const body = [e.opened('board'), e.vote('board', decider, 'approve', said[locale].note)];
  const votes = [
    ...body,
    e.vote('board', colleague, 'decline', said[locale].why),
    e.vote('board', third, 'conflict', said[locale].note),
  ];
  return {
    waiting: told(type, locale, { stages: ['manager', 'ospo'] }, [
      e.opened('manager'),
      e.approve('manager'),
      e.settled('manager', 'approved'),
      ...waiting,
    ]),
    'with a manager who was named': told(type, locale, { stages: ['manager'], manager: colleague }, [
      { ...e.opened('manager'), asked: [{ person: colleague, as: 'manager' }] },
    ]),
    'with flags': told(
      type,
      locale,
      risky,
      ['ospo', 'export', 'security', 'compliance'].map((id) => e.opened(id)),
    ),
    'needs information': told(type, locale, office, [...waiting, e.asked('ospo')]),
    'asked about answers': told(type, locale, office, [
      ...waiting,
      { ...e.asked('ospo'), fields: ['project', 'summary'] },
    ]),
    answered: told(type, locale, office, [...waiting, e.asked('ospo'), e.answered('ospo')]),
    corrected: told(type, locale, office, [...waiting, e.asked('ospo'), e.corrected('ospo')]),
    'corrected after an approval': told(type, locale, { stages: ['manager', 'ospo'] }, [
      e.opened('manager'),
      { ...e.approve('manager'), at },
      e.settled('manager', 'approved'),
      ...waiting,
      e.asked('ospo'),
      e.corrected('ospo'),
    ]),
    'asked again': told(type, locale, { stages: ['manager', 'ospo'] }, [
      e.opened('manager'),
      { ...e.approve('manager'), at },
      e.settled('manager', 'approved'),
      ...waiting,
      e.asked('ospo'),
      e.corrected('ospo'),
      e.recalled('manager'),
      { ...e.opened('manager'), at: later },
    ]),
    'noted privately': told(type, locale, office, [...waiting, e.privately]),
    'on hold': told(type, locale, office, [...waiting, e.held('ospo')]),
    approved: told(type, locale, office, [...waiting, e.approve('ospo'), e.settled('ospo', 'approved'), e.approved]),
    'approved under conditions': told(type, locale, office, [
      ...waiting,
      e.under('ospo'),
      e.settled('ospo', 'approved'),
      e.approved,
    ]),
    'approved by rule': told(type, locale, { stages: [] }, [e.passed, { ...e.approved, at: start + hourMs }]),
    'followed up': told(type, locale, office, [
      ...waiting,
      e.approve('ospo'),
      e.settled('ospo', 'approved'),
      e.approved,
      e.followed,
    ]),
    declined: told(type, locale, office, [
      ...waiting,
      e.decline('ospo'),
      e.settled('ospo', 'declined'),
      e.declined('ospo'),
    ]),
    'being voted on': told(type, locale, { stages: ['ospo', 'board'] }, [
      ...waiting,
      e.approve('ospo'),
      e.settled('ospo', 'approved'),
      ...body,
    ]),
    'voted on': told(type, locale, { stages: ['board'] }, [...votes, e.settled('board', 'approved'), e.approved]),
    'not carried': told(type, locale, { stages: ['board'] }, [
      ...votes,
      e.settled('board', 'declined'),
      e.declined('board'),
    ]),
    'with care': told(type, locale, { stages: ['executive'] }, [e.opened('executive')]),
    restricted: told(type, locale, { ...office, restricted: true }, waiting),
    imported: told(type, locale, office, [e.recorded]),
    withdrawn: told(type, locale, office, [...waiting, e.withdrawn]),
    revoked: told(type, locale, office, [
      ...waiting,
      e.approve('ospo'),
      e.settled('ospo', 'approved'),
      e.approved,
      e.revoked,
    ]),
    lapsed: told(type, locale, { stages: [] }, [e.passed, { ...e.approved, at: start + hourMs }, e.expired('lapsed')]),
    unanswered: told(type, locale, office, [...waiting, e.asked('ospo'), e.expired('unanswered')]),
    superseded: told(type, locale, office, [...waiting, e.superseded]),
    'as long as it gets': told(
      type,
      locale,
      {
        stages: ['manager', 'ospo', 'security', 'legal', 'patents', 'export', 'compliance', 'board', 'executive'],
        answers: {
          nature: 'feature',
          project: `${nasty} `.repeat(3).slice(0, 150),
          summary: nasty.repeat(30).slice(0, 300),
          benefit: nasty.repeat(30).slice(0, 1_500),
          review: 'nobody',
          link: `https://example.com/${'a'.repeat(200)}`,
        },
      },
      [
        ...['ospo', 'security', 'legal', 'patents', 'export', 'compliance'].map((id) => e.opened(id)),
        { ...e.noted, text: nasty.repeat(40).slice(0, 3_000) },
        { ...e.asked('ospo'), text: nasty.repeat(40).slice(0, 3_000) },
      ],
    ),
  };
}
