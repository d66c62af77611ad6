import type { Locale, Texts } from '../core/i18n.ts';
import { ordersOf } from './circumstances.ts';
import type { Values } from './condition.ts';
import { facts as factTable } from './facts.ts';
import { answersAsked, fieldsAsked, subjectOf } from './form.ts';
import { route } from './routing.ts';
import type { RequestType, Stage } from './type.ts';

interface ExplainTexts {
  readonly levels: readonly string[];
  readonly level: (level: string, name: string) => string;
  readonly route: (id: string) => string;
  readonly flags: (list: string) => string;
  readonly unknown: (list: string) => string;
  readonly nobody: string;
  readonly stage: (place: string, name: string, who: string, how: string, days: string) => string;
  readonly manager: string;
  readonly named: (field: string) => string;
  readonly how: Readonly<Record<'any' | 'all' | 'each' | 'vote', string>>;
  readonly of: (count: string) => string;
  readonly promised: (days: string) => string;
  readonly restricted: string;
  readonly dropped: (list: string) => string;
  readonly comma: string;
}

const texts: Texts<ExplainTexts> = {
  en: {
    levels: [
      'no request needed',
      'automatic',
      'standing approval',
      'manager',
      'open source office',
      'specialists',
      'review board',
      'executive',
    ],
    level: (level, name) => `Level ${level}: ${name}`,
    route: (id) => `Route: ${id}`,
    flags: (list) => `Flags: ${list}`,
    unknown: (list) => `Not known: ${list}`,
    nobody: 'Nobody is asked.',
    stage: (place, name, who, how, days) => `${place}. ${name}: ${who}, ${how}, ${days} business days`,
    manager: "the requester's manager",
    named: (field) => `those named in ${field}`,
    how: { any: 'one is enough', all: 'all of them', each: 'one of each', vote: 'by vote' },
    of: (count) => `${count} of them`,
    promised: (days) => `Promised: within ${days} business days`,
    restricted: 'Confidential: seen by the requester, those who decide and auditors.',
    dropped: (list) => `Not asked, so dropped: ${list}`,
    comma: ', ',
  },
  'zh-CN': {
    levels: ['不用申请', '自动批准', '长期批准', '经理', '开源办', '专项评审', '开源审查委员会', '高层'],
    level: (level, name) => `级别 ${level}：${name}`,
    route: (id) => `规则：${id}`,
    flags: (list) => `风险标记：${list}`,
    unknown: (list) => `信息不全：${list}`,
    nobody: '不用任何人审批。',
    stage: (place, name, who, how, days) => `${place}. ${name}：${who}，${how}，${days} 个工作日`,
    manager: '申请人的经理',
    named: (field) => `${field} 里指定的人`,
    how: { any: '一人即可', all: '全部同意', each: '每个角色各一人', vote: '投票' },
    of: (count) => `其中 ${count} 人`,
    promised: (days) => `承诺：${days} 个工作日内`,
    restricted: '保密：只有申请人、审批人和审计能看到。',
    dropped: (list) => `没有问到、已略去：${list}`,
    comma: '，',
  },
};

/** Says in plain lines how a request with these answers would go, and why: the same rules that carry it out. */
export function explain(type: RequestType, given: Values, facts: Values, locale: Locale): readonly string[] {
  const words = texts[locale];
  const answers = answersAsked(type, { ...given, ...facts });
  const asked = new Set(fieldsAsked(type, { ...given, ...facts }).map(({ id }) => id));
  const dropped = Object.keys(given).filter((id) => !asked.has(id));
  const { way, stages, flags, because, restricted } = route(type, answers, facts);
  const orders = ordersOf(
    type,
    stages.map(({ id }) => id),
  );
  const days = orders.reduce((sum, order) => sum + Math.max(...order.map((stage) => stage.days)), 0);
  return [
    `${type.title[locale]} · ${subjectOf(type, answers, locale)}`,
    words.level(String(way.level), words.levels[way.level] ?? ''),
    words.route([way.route, ...way.raises, ...(way.automatic ? [way.automatic] : [])].join(words.comma)),
    ...because.map((one) => one[locale]),
    ...(flags.length > 0 ? [words.flags(flags.map((one) => one[locale]).join(words.comma))] : []),
    ...(way.unknown.length > 0
      ? [words.unknown(way.unknown.map((name) => factTable[name]?.words[locale] ?? name).join(words.comma))]
      : []),
    ...(stages.length === 0 ? [words.nobody] : []),
    ...orders.flatMap((order, index) => order.map((stage) => stageLine(stage, type, String(index + 1), locale))),
    ...(days > 0 ? [words.promised(String(days))] : []),
    ...(restricted ? [words.restricted] : []),
    ...(dropped.length > 0 ? [words.dropped(dropped.join(words.comma))] : []),
  ];
}

function stageLine(stage: Stage, type: RequestType, place: string, locale: Locale): string {
  const words = texts[locale];
  const { who, decide, vote } = stage;
  const field = 'field' in who ? type.fields.find(({ id }) => id === who.field) : undefined;
  const asked = 'manager' in who ? words.manager : field ? words.named(field.label[locale]) : rolesOf(who);
  const how = vote ? words.how.vote : typeof decide === 'object' ? words.of(String(decide.of)) : words.how[decide];
  return words.stage(place, stage.name[locale], asked, how, String(stage.days));
}

function rolesOf(who: Stage['who']): string {
  return 'roles' in who ? who.roles.join(' + ') : '';
}
