import type { Locale } from '../core/i18n.ts';
import type { AskRegister } from '../core/links.ts';
import type { People, Person, PersonId, Rendered } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import { helpersFor } from './directory.ts';
import { directoryMessage } from './directory-views.ts';
import { roomOf } from './member.ts';
import type { Mentorship } from './mentorship.ts';
import { asksWhoHelps, type Wanted, wantedIn } from './question.ts';
import { takesPart } from './roster.ts';
import { topicsOf, wordsIn } from './topics.ts';

/** The directory of who helps with what. */
export interface Helping {
  /** Answers "who can help me with ...?", when that is unmistakably the question. */
  readonly ask: AskRegister;
  /** For whoever reads; `words` as typed behind the command, nothing for everybody. */
  list(person: PersonId, locale: Locale, words: string): Promise<Rendered>;
  /** `mentorship.directory` `<person>/<locale>/<the topics>/<words on no list>`, the last two percent-encoded. */
  card(id: string): Promise<Rendered | undefined>;
}

export function createHelping(deps: {
  readonly mentorship: Mentorship;
  readonly people: Pick<People, 'get'>;
  readonly clock: Clock;
}): Helping {
  const { mentorship, people, clock } = deps;

  async function answer(wanted: Wanted, person: Person, locale: Locale): Promise<Rendered> {
    const program = mentorship.program();
    const all = [];
    for await (const member of mentorship.everybody('ambassador')) {
      const found = people.get(member.id as PersonId);
      if (takesPart(found)) all.push({ member, person: found });
    }
    // A word that is on no list may be what somebody wrote about themselves.
    const topics = [...wanted.skills, ...wanted.unknown];
    const helpers = helpersFor(topics, all, person, program);
    const known = new Set(helpers.flatMap((helper) => helper.topics));
    const own = all.some(({ member }) => member.id === person.id);
    const found = {
      wanted: [...wanted.skills, ...wanted.unknown.filter((word) => known.has(word))],
      unknown: wanted.unknown.filter((word) => !known.has(word)),
      helpers,
      mentors: topics.length > 0 ? await mentorsWith(topics, person.id) : 0,
    };
    return directoryMessage(found, own, {
      reader: { locale, zone: mentorship.zoneOf(person.id) },
      viewer: person.id,
      now: clock.now(),
      program,
      name: (id) => people.get(id)?.name ?? id,
    });
  }

  /** Mentors are counted, not named: they offered to guide somebody, not to be asked by everybody. */
  async function mentorsWith(topics: readonly string[], asker: PersonId): Promise<number> {
    const program = mentorship.program();
    let count = 0;
    for await (const member of mentorship.everybody('mentor')) {
      const offers = member.mentor && topicsOf(program, member.mentor);
      const isThere = member.id !== asker && takesPart(people.get(member.id as PersonId)) && roomOf(member) > 0;
      if (isThere && offers && topics.some((topic) => offers.has(topic))) count += 1;
    }
    return count;
  }

  return {
    ask(text, id, locale) {
      const wanted = asksWhoHelps(text, mentorship.program());
      const person = people.get(id);
      if (!wanted || !takesPart(person)) return undefined;
      return {
        now: () => answer(wanted, person, locale),
        at: (place, key) => ({
          kind: 'notice',
          key: `mentorship:directory:${key}`,
          card: 'mentorship.directory',
          id: [id, locale, encodeURIComponent(wanted.skills.join()), encodeURIComponent(wanted.unknown.join())].join(
            '/',
          ),
          place,
          lost: 'must',
          lane: 'answers',
        }),
      };
    },
    async list(id, locale, words) {
      const person = people.get(id);
      const unknown: Wanted = { skills: [], unknown: wordsIn(words) };
      const wanted = wantedIn(words, mentorship.program()) ?? unknown;
      const stranger: Person = { id, name: '', locale, zone: 'UTC', active: true, guest: false, roles: [] };
      return answer(wanted, person ?? stranger, locale);
    },
    async card(id) {
      const [who = '', locale = 'en', skills = '', unknown = ''] = id.split('/');
      const person = people.get(who as PersonId);
      if (!takesPart(person)) return undefined;
      const wanted = { skills: listOf(skills), unknown: listOf(unknown) };
      return answer(wanted, person, locale === 'zh-CN' ? locale : 'en');
    },
  };
}

function listOf(encoded: string): readonly string[] {
  return decodeURIComponent(encoded).split(',').filter(Boolean);
}
