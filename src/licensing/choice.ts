import { licensePick } from '../core/links.ts';
import { readExpression } from '../licenses/expression.ts';
import type { LicenseMention } from '../licenses/names.ts';
import { type UseCase, useCases } from '../licenses/policy.ts';
import type { LicenseQuestion, Says } from './question.ts';

/** What the asker has said by buttons, beside the question. */
export interface Choice {
  readonly use?: UseCase;
  readonly modified?: boolean;
  /** The exact ids in the place of names that may mean several; of a pair what goes in, then what it goes into, as the question was read. */
  readonly licenses: readonly (string | undefined)[];
  /** The pair the other way round. */
  readonly turned?: boolean;
}

/** A choice as part of a button's value and of a card's id; holds no slash. */
export function writeChoice({ use, modified, licenses, turned }: Choice): string {
  const query = new URLSearchParams();
  if (use) query.set('use', use);
  if (modified !== undefined) query.set('modified', modified ? 'yes' : 'no');
  licenses.forEach((id, at) => {
    if (id !== undefined) query.set(`l${at}`, id);
  });
  if (turned) query.set('turned', 'yes');
  return `${licensePick}${query}`;
}

/** @returns undefined for what is no choice about licenses */
export function readChoice(written: string | undefined): Choice | undefined {
  if (!written?.startsWith(licensePick)) return undefined;
  const query = new URLSearchParams(written.slice(licensePick.length));
  const use = useCases.find((one) => one === query.get('use'));
  const modified = query.get('modified');
  return {
    licenses: [query.get('l0') ?? undefined, query.get('l1') ?? undefined],
    ...(use && { use }),
    ...(modified !== null && { modified: modified === 'yes' }),
    ...(query.get('turned') === 'yes' && { turned: true }),
  };
}

/** What was chosen for a question, as far as the one that leans on it says nothing else; undefined when nothing is left. */
export function carryOver(chosen: Choice | undefined, says: Says): Choice | undefined {
  if (!chosen) return undefined;
  const { use, modified, licenses, turned } = chosen;
  const kept: Choice = {
    licenses: says.license ? [] : licenses,
    ...(use && !says.use && { use }),
    ...(modified !== undefined && !says.modified && { modified }),
    ...(turned && { turned }),
  };
  const isAnything = Object.keys(kept).length > 1 || kept.licenses.some((id) => id !== undefined);
  return isAnything ? kept : undefined;
}

/** The question with what was chosen filled in. */
export function withChoice(question: LicenseQuestion, choice: Choice): LicenseQuestion {
  const { use, modified, licenses, turned } = choice;
  const [first, second] = licenses;
  if (question.about === 'one') {
    return {
      ...question,
      license: exact(question.license, first),
      ...(use && { use }),
      ...(modified !== undefined && { modified }),
    };
  }
  const [inbound, outbound] = [exact(question.inbound, first), exact(question.outbound, second)];
  if (!turned) return { ...question, inbound, outbound };
  return { ...question, inbound: outbound, outbound: inbound, directed: true };
}

/** Only one of the licenses that were offered: the value of a button may come from anywhere. */
function exact(mention: LicenseMention, id: string | undefined): LicenseMention {
  if (mention.kind !== 'ambiguous' || id === undefined || !mention.candidates.includes(id)) return mention;
  const read = readExpression(id);
  if (read.kind !== 'expression') return mention;
  return { kind: 'license', name: mention.name, expression: read.expression, text: read.text };
}
