import type { Doing, PeriodNumbers } from './core/announcing.ts';
import type { Locale } from './core/i18n.ts';
import type { Manuscripts } from './core/links.ts';
import { everyDoc } from './core/pages.ts';
import type { PersonId, Store } from './core/ports.ts';
import { handoffs } from './handoffs/handoff.ts';
import { requests } from './requests/records.ts';
import { standings } from './requests/standing.ts';

/** Whoever holds a standing approval, to be told when its rules change. */
export function standingHolders(store: Store): Doing {
  return {
    name: 'standing',
    label: { en: 'Hold a standing approval', 'zh-CN': '持有长期批准的人' },
    async people() {
      const holders = new Set<PersonId>();
      for await (const { people } of everyDoc(store, standings, { key: 'active', order: 'asc' })) {
        for (const person of people) holders.add(person);
      }
      return [...holders];
    },
  };
}

/** What the office did for people in a stretch of time: by when they asked. */
export function officeNumbers(store: Store): PeriodNumbers {
  return async (from, to) => {
    const asked = ['open', 'claimed', 'answered', 'closed'].map((state) => `state:${state}`);
    const questions = await Promise.all(asked.map((key) => store.count(handoffs, { key, from, to })));
    const approved = await store.count(requests, { key: 'state:approved', from, to });
    const declined = await store.count(requests, { key: 'state:declined', from, to });
    return [
      {
        label: { en: 'Questions to the office', 'zh-CN': '向办公室提出的问题' },
        value: questions.reduce((sum, count) => sum + count, 0),
      },
      { label: { en: 'Requests approved', 'zh-CN': '批准的申请' }, value: approved },
      { label: { en: 'Requests declined', 'zh-CN': '拒绝的申请' }, value: declined },
    ];
  };
}

// What a menu of Slack shows at once.
const mostOffered = 100;

/** Articles whose title or name has what was typed. */
export function articlesWith(manuscripts: Manuscripts, typed: string, locale: Locale) {
  const titled = manuscripts.all().map(({ name, files }) => ({ name, title: (files[locale] ?? files.en).title }));
  const words = typed.trim().toLowerCase();
  return titled.filter(({ name, title }) => `${name} ${title}`.toLowerCase().includes(words)).slice(0, mostOffered);
}
