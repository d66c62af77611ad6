import type { Doing, PeriodNumbers, Projects, Tie } from './core/announcing.ts';
import type { Locale } from './core/i18n.ts';
import type { Manuscripts } from './core/links.ts';
import { everyDoc } from './core/pages.ts';
import type { PersonId, Store } from './core/ports.ts';
import { handoffs } from './handoffs/handoff.ts';
import { projectKey } from './requests/keys.ts';
import { approvedKey, requests } from './requests/records.ts';
import type { Request } from './requests/request.ts';
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

interface Evidence {
  /** Id of the type of request. */
  readonly type: string;
  /** The answer that names people; absent: whoever asked. */
  readonly field?: string;
}

/** Requests whose approval says that somebody works on a project. */
const evidence: Readonly<Record<Tie, readonly Evidence[]>> = {
  maintains: [{ type: 'maintainer' }, { type: 'release', field: 'maintainers' }],
  contributes: [{ type: 'contribute' }],
};

// Whoever sent one change long ago does not work on it.
const contributesMs = 2 * 365 * 24 * 60 * 60_000;

/**
 * Who works on which project, by what was approved and holds: leave to become a maintainer, those who were named to look after
 * a release of ours, contributions of the last two years. Confidential requests count for nothing here.
 * @param names of the projects of approved requests
 */
export function projectPeople(store: Pick<Store, 'list'>, names: () => readonly string[]): Projects {
  return {
    names,
    async people(tie, project, now) {
      const found = new Set<PersonId>();
      const since = tie === 'contributes' ? { from: now - contributesMs } : {};
      for (const { type, field } of evidence[tie]) {
        const key = approvedKey(type, projectKey(project));
        for await (const request of everyDoc(store, requests, { key, ...since, order: 'asc' })) {
          if (holds(request, now)) for (const person of namedIn(request, field)) found.add(person);
        }
      }
      return [...found];
    },
  };
}

/** It has not ended by its date, and nobody told that it came to nothing. */
function holds({ validUntil, outcome }: Request, now: number): boolean {
  return (validUntil === undefined || validUntil > now) && outcome !== 'rejected' && outcome !== 'abandoned';
}

function namedIn({ requester, answers }: Request, field: string | undefined): readonly PersonId[] {
  if (field === undefined) return [requester];
  const named = answers[field];
  return Array.isArray(named) ? named.map((id) => id as PersonId) : [];
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

/** Articles whose title or name has what was typed. */
export function articlesWith(manuscripts: Manuscripts, typed: string, locale: Locale) {
  const titled = manuscripts.all().map(({ name, files }) => ({ name, title: (files[locale] ?? files.en).title }));
  const words = typed.trim().toLowerCase();
  return titled.filter(({ name, title }) => `${name} ${title}`.toLowerCase().includes(words));
}
