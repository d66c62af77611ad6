import type { DueAnswer, DueThing, ReminderSource } from '../../src/core/links.ts';
import type { PersonId } from '../../src/core/ports.ts';

/** A source that keeps what is due in memory, and writes down how it was settled. */
export interface TestSource extends ReminderSource {
  concerns?: (person: PersonId) => readonly string[];
  readonly open: Map<PersonId, DueThing[]>;
  readonly answers: { readonly person: PersonId; readonly key: string; readonly answer: DueAnswer }[];
  /** Says nothing more while it is set. */
  broken: boolean;
  /** Refuses whatever is answered while it is set. */
  refuses: boolean;
}

export function createSource(name = 'test'): TestSource {
  const open = new Map<PersonId, DueThing[]>();
  const source: TestSource = {
    name,
    topics: {
      training: { en: 'My training', 'zh-CN': '我的培训' },
      news: { en: 'News to read', 'zh-CN': '待读消息' },
    },
    open,
    answers: [],
    broken: false,
    refuses: false,
    async dueFor(person) {
      if (source.broken) throw new Error('the source is broken');
      return open.get(person) ?? [];
    },
    async settle(person, key, answer) {
      if (source.refuses) return { refused: { en: 'Take the check first.', 'zh-CN': '请先完成测验。' } };
      source.answers.push({ person, key, answer });
      open.set(
        person,
        (open.get(person) ?? []).filter((one) => one.key !== key),
      );
      return { ops: [] };
    },
  };
  return source;
}

/** Something that a click settles. */
export function due(key: string, title: string, more: Partial<DueThing> = {}): DueThing {
  return { key, topic: 'training', title: { en: title, 'zh-CN': title }, since: 0, done: true, decline: true, ...more };
}

/** Something mandatory, with a button of its own. */
export function bound(key: string, title: string, more: Partial<DueThing> = {}): DueThing {
  return {
    key,
    topic: 'training',
    title: { en: title, 'zh-CN': title },
    since: 0,
    mandatory: {
      en: 'Whoever contributes has to know it. Ask the office for an exemption.',
      'zh-CN': '贡献者必学，豁免请联系办公室。',
    },
    buttons: [{ action: 'test.start', value: key, label: { en: 'Start', 'zh-CN': '开始' } }],
    ...more,
  };
}

/** A source that has the same for everybody, and that nobody ever settles. */
export function everybodyHas(title: string): ReminderSource {
  const source = createSource('always');
  return { ...source, dueFor: async () => [due('thing', title)] };
}
