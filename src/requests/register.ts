import type { Locale } from '../core/i18n.ts';
import type { AskRegister } from '../core/links.ts';
import type { Doc, People, Person, PersonId, Rendered } from '../core/ports.ts';
import type { Clock } from '../core/time.ts';
import { isThere } from './deciding.ts';
import { answerInWords, subjectOf } from './form.ts';
import { writeLink } from './form-link.ts';
import { componentKey, nameKey, projectKey } from './keys.ts';
import { asksForRegister } from './register-question.ts';
import { type Approval, registerMessage } from './register-views.ts';
import { numberOf, type Request } from './request.ts';
import type { Requests } from './requests.ts';
import type { RequestType } from './type.ts';

export interface RegisterDeps {
  readonly requests: Pick<Requests, 'list' | 'typeOf'>;
  readonly people: Pick<People, 'get'>;
  readonly clock: Clock;
  isLicense(name: string): boolean;
  /** Whether the person may ask for a request of this type. */
  mayAsk(person: PersonId, type: string): boolean;
}

/** What was approved and is in force, for everybody who works here. */
export interface Register {
  /** Answers a question that unmistakably asks for it. */
  readonly ask: AskRegister;
  /** `register.answer` `<person>/<locale>/<name, percent-encoded>` */
  card(id: string): Promise<Rendered | undefined>;
}

// On a phone five fill two screens; whoever needs more searches.
const mostShown = 5;
const mostLooked = 50;

export function createRegister({ requests, people, clock, isLicense, mayAsk }: RegisterDeps): Register {
  async function answer(name: string, person: Person, locale: Locale): Promise<Rendered> {
    const docs = await approvalsOf(name);
    const shown = await Promise.all(docs.slice(0, mostShown).map((doc) => approvalOf(doc, person, locale)));
    return registerMessage(name, shown, docs.length, { locale, zone: person.zone });
  }

  /** By package URL, by project or by bare name. Confidential requests are in none of these indexes. */
  async function approvalsOf(name: string): Promise<readonly Doc<Request>[]> {
    // Whoever writes an owner or a package URL means that one, and no namesake.
    const isBare = !/[/:]/.test(name);
    const keys = [...new Set([componentKey(name), projectKey(name), ...(isBare ? [nameKey(name)] : [])])];
    const pages = await Promise.all(
      keys.map((key) => requests.list({ key: `approved:${key}`, order: 'desc', limit: mostLooked })),
    );
    const now = clock.now();
    const found = new Map(pages.flatMap(({ docs }) => docs.map((doc) => [doc.id, doc] as const)));
    return [...found.values()]
      .filter(({ restricted, validUntil }) => !restricted && (validUntil === undefined || validUntil > now))
      .toSorted((a, b) => b.number - a.number);
  }

  async function approvalOf(doc: Doc<Request>, person: Person, locale: Locale): Promise<Approval> {
    const type = await requests.typeOf(doc);
    const answers = openAnswers(doc, type);
    const { license, useCase } = type.find;
    const useField = type.fields.find(({ id }) => id === useCase);
    const told = license === undefined ? undefined : answers[license];
    return {
      number: numberOf(doc),
      subject: subjectOf(type, answers, locale) || type.title[locale],
      ...(typeof told === 'string' && told !== '' ? { license: told } : {}),
      ...(useField && answers[useField.id] !== undefined
        ? { useCase: answerInWords(useField, answers[useField.id], locale) }
        : {}),
      conditions: doc.conditions.map(({ text }) => text),
      at: doc.since,
      ...(doc.validUntil === undefined ? {} : { validUntil: doc.validUntil }),
      ...(mayAsk(person.id, type.id) ? { open: writeLink({ type: type.id, prefill: sameAgain(answers, type) }) } : {}),
    };
  }

  return {
    ask(text, id, locale) {
      const name = asksForRegister(text, isLicense);
      const person = people.get(id);
      if (name === undefined || !isThere(person)) return undefined;
      return {
        now: () => answer(name, person, locale),
        at: (place, key) => ({
          kind: 'notice',
          key: `register:${key}`,
          card: 'register.answer',
          id: `${id}/${locale}/${encodeURIComponent(name)}`,
          place,
          lost: 'must',
          lane: 'answers',
        }),
      };
    },
    async card(id) {
      const [who = '', locale = 'en', name = ''] = id.split('/');
      const person = people.get(who as PersonId);
      return isThere(person) ? answer(decodeURIComponent(name), person, locale === 'zh-CN' ? locale : 'en') : undefined;
    },
  };
}

/** Without what the form calls confidential. */
function openAnswers({ answers }: Request, { fields }: RequestType): Request['answers'] {
  const closed = new Set(fields.filter(({ confidential }) => confidential).map(({ id }) => id));
  return Object.fromEntries(Object.entries(answers).filter(([id]) => !closed.has(id)));
}

/** The answers that name the thing and its use; what others wrote in their own words stays theirs. */
function sameAgain(answers: Request['answers'], { find }: RequestType): Readonly<Record<string, string>> {
  const fields = [find.component, find.project, find.license, find.useCase, find.modified].flatMap((id) => id ?? []);
  return Object.fromEntries(
    fields.flatMap((id) => {
      const value = answers[id];
      return typeof value === 'string' ? [[id, value]] : [];
    }),
  );
}
