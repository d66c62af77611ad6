import { locales } from '../core/i18n.ts';
import type { DueThing, ReminderSource } from '../core/links.ts';
import type { People } from '../core/ports.ts';
import { dueOfLead, dueOfPair } from './due-things.ts';
import type { Mentorship } from './mentorship.ts';
import { texts } from './texts.ts';

// More than a lead decides in a day; the rest comes up when these are done.
const mostOfLead = 20;

/** What is due in mentoring, for the one reminder that gathers everything. */
export function createSource(mentorship: Mentorship, people: Pick<People, 'get'>): ReminderSource {
  const name = (id: Parameters<People['get']>[0]) => people.get(id)?.name;
  const topic = (key: 'topicMine' | 'topicLead') => {
    const [en, zh] = locales.map((locale) => texts[locale][key]);
    return { en: en ?? '', 'zh-CN': zh ?? '' };
  };

  return {
    name: 'mentorship',
    topics: { mine: topic('topicMine'), lead: topic('topicLead') },
    concerns: (person) => (mentorship.isLead(person) ? ['mine', 'lead'] : ['mine']),
    async dueFor(person, now) {
      const own = [...(await mentorship.pairsOf(person, 'open')), ...(await mentorship.pairsOf(person, 'past'))];
      const things: DueThing[] = own.flatMap((pair) => [...dueOfPair(pair, person, name, now)]);
      if (!mentorship.isLead(person)) return things;
      const open = [
        ...(await mentorship.list('state:proposed', mostOfLead)),
        ...(await mentorship.list('call', mostOfLead)),
      ];
      return [...things, ...open.flatMap((pair) => dueOfLead(pair, person, name))];
    },
    /** Everything has buttons of its own but for this: whoever would rather not look back says so. */
    async settle(person, key) {
      const [kind, pair = ''] = key.split('/');
      if (kind !== 'look') return { ops: [] };
      const { ops, say } = await mentorship.moveReminded(pair, person, { kind: 'waive' });
      return { ops, say };
    },
  };
}
