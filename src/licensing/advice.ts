import type { Locale } from '../core/i18n.ts';
import { compatibilityCard, expressionCard, judgementCard, type LicenseCard, licenseCard } from '../licenses/cards.ts';
import { compatibility } from '../licenses/compatibility.ts';
import { type Expression, readExpression } from '../licenses/expression.ts';
import { judge, type Tier, tierOfAllUses } from '../licenses/judge.ts';
import type { Licenses } from '../licenses/licenses.ts';
import type { LicenseMention } from '../licenses/names.ts';
import { type UseCase, useCases } from '../licenses/policy.ts';
import { texts as licenseTexts } from '../licenses/texts.ts';
import type { Choice } from './choice.ts';
import type { LicenseQuestion } from './question.ts';
import { texts } from './texts.ts';

/** A button that answers what is still open, or another case of the same question. */
export interface Way {
  readonly text: string;
  readonly choice: Choice;
}

/** What is to be said on a question about licenses. */
export interface Advice {
  readonly locale: Locale;
  /** There is something to say to what was asked, if only for each license that may be meant. */
  readonly complete: boolean;
  /** What is asked back, before the card or instead of it. */
  readonly asks: string | undefined;
  /** What each answer would come to, as far as it is known. */
  readonly each: readonly string[];
  /** The answer; a list of cards never: where licenses differ, the asker says which one it is. */
  readonly card: LicenseCard | undefined;
  /** What was taken for granted. */
  readonly assumed: readonly string[];
  readonly ways: readonly Way[];
  /** What is known for a request for the component. */
  readonly prefill: Readonly<Record<string, string>>;
  /** Whether the policy asks for a request. */
  readonly request: boolean;
}

/** Works out an answer; pure, from what is in force. @param choice what led to the question as it is */
export function adviseOn(licenses: Licenses, question: LicenseQuestion, choice: Choice): Advice {
  return question.about === 'one' ? onOne(licenses, question, choice) : onPair(licenses, question, choice);
}

type Question<K> = Extract<LicenseQuestion, { about: K }>;

/* ---------- one license ---------- */

function onOne(licenses: Licenses, question: Question<'one'>, choice: Choice): Advice {
  const { locale, license, use, modified = false } = question;
  const words = texts[locale];
  const common = { locale, ...prefillOf(question) };
  const candidates = candidatesOf(license);
  const [first, ...rest] = candidates;
  if (!first || (rest.length > 0 && !areAlike(licenses, candidates))) return onSeveral(licenses, question, choice);
  const { expression } = first;
  const alike = rest.length > 0 ? [words.sameForAll(candidates.map(({ text }) => text))] : [];
  const titled = (card: LicenseCard) => (rest.length > 0 ? { ...card, title: license.name } : card);
  if (use === undefined) {
    return {
      ...common,
      complete: question.itself,
      // Where every use comes to the same, only what the license demands of it is still open.
      asks: tierOfAllUses(licenses, expression) ? words.exactUse : words.whichUse,
      each: [],
      card: titled(anyUseCard(licenses, expression, locale)),
      assumed: alike,
      ways: waysOfUse(licenses, locale, choice),
      request: false,
    };
  }
  const found = judge(licenses, expression, { use, modified });
  return {
    ...common,
    complete: true,
    asks: undefined,
    each: [],
    card: titled(judgementCard(licenses, expression, found, locale)),
    assumed: [...alike, ...(question.modified === undefined ? [words.assumedUnmodified] : [])],
    ways: [modifiedWay(modified, locale, choice)],
    request: wantsRequest(found.tier),
  };
}

/** "Only" and "or later" of one text: they say the same, and the policy treats them alike in every use. */
function areAlike(licenses: Licenses, candidates: readonly Candidate[]): boolean {
  const keys = candidates.map(({ expression }) =>
    expression.kind === 'license' ? licenses.factsOf(expression.id)?.key : undefined,
  );
  if (keys.some((key) => key === undefined || key !== keys[0])) return false;
  return useCases.every((use) =>
    [true, false].every((modified) => {
      const tiers = candidates.map(({ expression }) => judge(licenses, expression, { use, modified }).tier);
      return tiers.every((tier) => tier === tiers[0]);
    }),
  );
}

/** The name fits several licenses: asked back, with what each comes to where the use is known. */
function onSeveral(licenses: Licenses, question: Question<'one'>, choice: Choice): Advice {
  const { locale, license, use, modified = false } = question;
  const words = texts[locale];
  const candidates = candidatesOf(license);
  const tiers = use && candidates.map((one) => judge(licenses, one.expression, { use, modified }).tier);
  const tierNames = licenseTexts[locale].tiers;
  const [tier, ...others] = new Set(tiers);
  const same = tier !== undefined && others.length === 0;
  const each = same
    ? [words.allAlike(tierNames[tier], nameOfUse(licenses, use, locale))]
    : (tiers ?? []).map((one, at) => words.eachIs(candidates[at]?.text ?? '', tierNames[one]));
  return {
    locale,
    complete: each.length > 0,
    asks: licenseTexts[locale].which(license.name),
    each,
    card: undefined,
    assumed: use && question.modified === undefined ? [words.assumedUnmodified] : [],
    ways: licenseWays(candidates, 0, choice),
    ...prefillOf(question),
    request: same && wantsRequest(tier),
  };
}

function anyUseCard(licenses: Licenses, expression: Expression, locale: Locale): LicenseCard {
  return expression.kind === 'license' && expression.exception === undefined
    ? licenseCard(licenses, expression, locale)
    : expressionCard(licenses, expression, locale);
}

function waysOfUse(licenses: Licenses, locale: Locale, choice: Choice): readonly Way[] {
  return useCases.map((use) => ({ text: nameOfUse(licenses, use, locale), choice: { ...choice, use } }));
}

function modifiedWay(modified: boolean, locale: Locale, choice: Choice): Way {
  const words = texts[locale];
  return { text: modified ? words.ifUnmodified : words.ifModified, choice: { ...choice, modified: !modified } };
}

function nameOfUse(licenses: Licenses, use: UseCase | undefined, locale: Locale): string {
  if (use === undefined) return '';
  const name = licenses.policy?.useCases[use].name[locale] ?? use;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function wantsRequest(tier: Tier): boolean {
  return tier === 'ask-first' || tier === 'refer';
}

function prefillOf({ license, use, modified }: Question<'one'>): Pick<Advice, 'prefill'> {
  return {
    prefill: {
      ...(license.kind === 'license' && { license: license.text }),
      ...(use && { useCase: use }),
      ...(modified !== undefined && { modified: modified ? 'yes' : 'no' }),
    },
  };
}

/* ---------- two licenses ---------- */

function onPair(licenses: Licenses, question: Question<'pair'>, choice: Choice): Advice {
  const { locale, inbound, outbound, directed } = question;
  const words = texts[locale];
  const common = { locale, prefill: {}, request: false };
  if (inbound.kind === 'license' && outbound.kind === 'license') {
    const [from, into] = [inbound.expression, outbound.expression];
    const card = compatibilityCard(licenses, from, into, locale);
    const back = compatibility(licenses, into, from).verdict;
    return {
      ...common,
      complete: true,
      asks: undefined,
      each: [],
      card,
      assumed: directed
        ? []
        : [words.assumedDirection(inbound.text, outbound.text), words.otherWay(licenseTexts[locale].verdicts[back])],
      ways: [{ text: words.turn, choice: { ...choice, turned: !choice.turned } }],
    };
  }
  const open = inbound.kind === 'ambiguous' ? inbound : outbound;
  const candidates = candidatesOf(open);
  const verdicts = candidates.flatMap((one) => {
    const [from, into] = open === inbound ? [one, outbound] : [inbound, one];
    if (!('expression' in from) || !('expression' in into)) return [];
    const { verdict } = compatibility(licenses, from.expression, into.expression);
    return [words.eachIs(one.text, licenseTexts[locale].verdicts[verdict])];
  });
  // Choices count as the question was read, before the pair was turned.
  const isFirst = (open === inbound) !== (choice.turned ?? false);
  return {
    ...common,
    complete: verdicts.length > 0,
    asks: licenseTexts[locale].which(open.name),
    each: verdicts,
    card: undefined,
    assumed: directed ? [] : [words.assumedDirection(inbound.name, outbound.name)],
    ways: licenseWays(candidates, isFirst ? 0 : 1, choice),
  };
}

/* ---------- names that may mean several ---------- */

interface Candidate {
  readonly text: string;
  readonly expression: Expression;
}

function candidatesOf(mention: LicenseMention): readonly Candidate[] {
  if (mention.kind === 'license') return [mention];
  return mention.candidates.flatMap((id) => {
    const read = readExpression(id);
    return read.kind === 'expression' ? [{ text: read.text, expression: read.expression }] : [];
  });
}

function licenseWays(candidates: readonly Candidate[], at: 0 | 1, choice: Choice): readonly Way[] {
  return candidates.map(({ text }) => ({
    text,
    choice: { ...choice, licenses: at === 0 ? [text, choice.licenses[1]] : [choice.licenses[0], text] },
  }));
}
