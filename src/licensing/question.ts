import { type Locale, languageOf } from '../core/i18n.ts';
import type { LicenseMention } from '../licenses/names.ts';
import type { UseCase } from '../licenses/policy.ts';
import {
  aboutDuties,
  aboutItself,
  aboutPairs,
  aboutProcess,
  aboutUse,
  changedIn,
  followsUp,
  silentWords,
  usageIn,
} from './words.ts';

/** What a question wants to know of licenses. */
export type LicenseQuestion = {
  /** `sure`: it is unmistakably about a license. `named`: it merely names one, and the handbook knows better. */
  readonly standing: 'sure' | 'named';
  readonly locale: Locale;
} & (
  | {
      /** One license or expression: what it is, and where a use is said, whether it may be used and what to do for it. */
      readonly about: 'one';
      readonly license: LicenseMention;
      /** What the license is or demands, whatever it is used for. */
      readonly itself: boolean;
      readonly use?: UseCase;
      readonly modified?: boolean;
    }
  | {
      /** May code under one go into a work under the other. */
      readonly about: 'pair';
      readonly inbound: LicenseMention;
      readonly outbound: LicenseMention;
      /** Which goes into which was said; else it is taken in the order of the sentence. */
      readonly directed: boolean;
    }
);

// Nobody needs more words to ask about a license; what is longer tells a story, and names it in passing.
const longest = 160;
// What is left of "MIT license, please" beside the name.
const bare = 3;
// "LGPL in a mobile app": so few words have no room for another matter.
const short = 30;

/**
 * Reads what a question wants to know of licenses, in English and Chinese.
 * @param mentionedIn the licenses that a text names
 * @returns undefined when no license is named
 */
export function readQuestion(
  text: string,
  mentionedIn: (text: string) => readonly LicenseMention[],
  locale: Locale = languageOf(text),
): LicenseQuestion | undefined {
  const plain = asAsked(text.normalize('NFKC').trim());
  const all = mentionedIn(plain);
  const [first, second, ...others] = all;
  if (!first) return undefined;
  const rest = without(plain, all);
  const about = aboutProcess.test(rest) || others.length > 0 || plain.length > longest ? 'named' : 'sure';
  if (second) return readPair({ plain, rest, first, second, locale, standing: about });

  const said = usageIn(rest);
  const modified = changedIn(rest);
  const says = rest.replace(silentWords, '');
  const itself = !aboutUse.test(rest) && (aboutItself.test(rest) || aboutDuties.test(rest) || says.length <= bare);
  const isAbout =
    says.length <= bare ||
    aboutUse.test(rest) ||
    aboutDuties.test(rest) ||
    ((aboutItself.test(rest) || said !== undefined) && says.length <= short);
  return {
    standing: isAbout ? about : 'named',
    locale,
    about: 'one',
    license: first,
    itself,
    ...(said && { use: said.use }),
    ...(modified !== undefined && { modified }),
  };
}

function readPair(read: {
  readonly plain: string;
  readonly rest: string;
  readonly first: LicenseMention;
  readonly second: LicenseMention;
  readonly locale: Locale;
  readonly standing: LicenseQuestion['standing'];
}): LicenseQuestion {
  const { plain, rest, first, second, locale, standing } = read;
  const order = directionIn(plain, first, second);
  const [inbound, outbound] = order === 'second-into-first' ? [second, first] : [first, second];
  return {
    standing: order !== undefined || aboutPairs.test(rest) ? standing : 'named',
    locale,
    about: 'pair',
    inbound,
    outbound,
    directed: order !== undefined,
  };
}

// Between the two names, and around them. "A code into a B project"; "can a B project use A code".
const intoWords =
  /\b(?:into|in|inside|within|to|for|from)\b|放(?:进|到|入)|加(?:进|到|入)|拷贝|复制|进|用(?:在|到|进)/i;
const takesWords =
  /\b(?:use[sd]?|using|include[sd]?|including|incorporat\w+|contain\w*|take[sn]?|embed\w*|import\w*|bring|borrow|copy|link\w*)\b|引入|包含|用|使用|放|加|链接|复制|拷/i;
const worksWords =
  /\b(?:project|product|program|work|app|application|codebase|repo(?:sitory)?|software|tool)\b|项目|产品|软件|程序|仓库|工程|作品/i;

/** Which goes into which; undefined where the sentence does not say ("is A compatible with B"). */
function directionIn(
  plain: string,
  first: LicenseMention,
  second: LicenseMention,
): 'first-into-second' | 'second-into-first' | undefined {
  const start = plain.indexOf(first.name);
  const end = start + first.name.length;
  const next = plain.indexOf(second.name, end);
  if (start < 0 || next < 0) return undefined;
  const between = plain.slice(end, next);
  // "a GPL-2.0 project use Apache code", "GPL 项目里能用 Apache 的代码吗": the first is the work.
  if (worksWords.test(between) && takesWords.test(between.replace(worksWords, ''))) return 'second-into-first';
  if (/^\s*(?:里|中|内)/.test(between)) return 'second-into-first';
  if (/\bcompatib|兼容|together|一起|混/i.test(between)) return undefined;
  return intoWords.test(between) ? 'first-into-second' : undefined;
}

/** What is typed as `license curl` is the license called curl, which is a word like others elsewhere. */
function asAsked(plain: string): string {
  const [, name] = /^(?:licen[sc]e|许可证)[ :：]+([\w.+-]+)$/i.exec(plain) ?? [];
  return name === undefined ? plain : `${name} license`;
}

function without(plain: string, mentions: readonly LicenseMention[]): string {
  return mentions
    .reduce((text, { name }) => text.replaceAll(name, ' '), plain)
    .replace(/\s+/g, ' ')
    .trim();
}

// A follow-up is a few words; what is longer says itself what it is about.
const longestFollowUp = 80;

/** What the words of a question say themselves. */
export interface Says {
  readonly license: boolean;
  readonly use: boolean;
  readonly modified: boolean;
}

/** A question that leans on another: as one that stands alone, and what its own words say. */
interface FollowUp {
  readonly meant: string;
  readonly says: Says;
}

/**
 * A question that leans on the one before ("and for LGPL?") as one that stands alone: the other license in the place of the
 * license, the other use in the place of the use; else with what is added.
 * @returns undefined when the text stands alone
 */
export function followUp(
  text: string,
  before: string,
  mentionedIn: (text: string) => readonly LicenseMention[],
): FollowUp | undefined {
  const said = text.normalize('NFKC').trim();
  if (said.length > longestFollowUp || !followsUp.test(said)) return undefined;
  const plain = before.normalize('NFKC').trim();
  const [license, ...more] = mentionedIn(said);
  const named = mentionedIn(plain);
  // "And GPL-2.0 into Apache-2.0?" says everything itself.
  if (more.length > 0) return undefined;
  const replaced = license ? named.at(-1) : undefined;
  const whole = replaced && license ? replaceLast(plain, replaced.name, license.name) : plain;
  const use = usageIn(without(said, license ? [license] : []));
  const usedBefore = usageIn(without(whole, mentionedIn(whole)));
  const says = { license: license !== undefined, use: use !== undefined, modified: changedIn(said) !== undefined };
  if (use && usedBefore) {
    return { meant: `${whole.replace(usedBefore.words, () => use.words)}${modifiedPart(said)}`, says };
  }
  return { meant: replaced && !use ? `${whole}${modifiedPart(said)}` : `${whole} ${said}`, says };
}

/** What a follow-up says of changes is kept, since it is often all that it says. */
function modifiedPart(said: string): string {
  return changedIn(said) === undefined ? '' : ` ${said}`;
}

function replaceLast(text: string, from: string, to: string): string {
  const at = text.lastIndexOf(from);
  return at < 0 ? `${text} ${to}` : text.slice(0, at) + to + text.slice(at + from.length);
}
