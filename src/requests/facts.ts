import type { Values } from './condition.ts';
import type { RequestType, Words } from './type.ts';

/** A fact that the system finds out, as conditions in request types may look at it. */
interface FactInfo {
  /** The values it may have when it is known; absent = free text. A fact may always be `unknown`. */
  readonly values?: readonly string[];
  /** As the card names it where it was not known. */
  readonly words: Words;
}

const yesOrNo = ['yes', 'no'] as const;

/** Every fact there is. Conditions that look at any other are mistakes that the lint names. */
export const facts: Readonly<Record<string, FactInfo>> = {
  /**
   * What the license policy says of the license for this use: `ask-first` while nobody has adopted the policy, `unknown` also
   * when the expression cannot be judged.
   */
  'license.tier': {
    values: ['permitted', 'conditions', 'ask-first', 'refer', 'prohibited'],
    words: { en: 'what our policy says of the license', 'zh-CN': '许可证在政策里的分级' },
  },
  /** Whether the project is in the register of projects that were cleared for contributions. */
  'project.known': {
    values: yesOrNo,
    words: { en: 'whether the project is cleared', 'zh-CN': '项目是否已审过' },
  },
  /** Whether the agreement that the project asks for is one that legal has cleared, or none is asked for. */
  'cla.cleared': {
    values: yesOrNo,
    words: { en: 'whether its contributor agreement is cleared', 'zh-CN': '项目要求的 CLA 是否已审过' },
  },
  /** Whether this component is approved already for this use. */
  'component.approved': {
    values: yesOrNo,
    words: { en: 'whether the component is approved already', 'zh-CN': '组件是否已批准过' },
  },
  /** Whether the change is at most as long as the organization calls small (`limits.smallContributionLines`). */
  'size.small': {
    values: yesOrNo,
    words: { en: 'whether the change is small', 'zh-CN': '改动是否足够小' },
  },
  /** Whether the requester's training that the type asks for is in date. */
  'training.current': {
    values: yesOrNo,
    words: { en: 'whether the training is current', 'zh-CN': '培训是否在有效期内' },
  },
  /** Whether a standing approval covers the request, and of which kind it is. */
  'standing.covers': {
    values: yesOrNo,
    words: { en: 'whether a standing approval covers it', 'zh-CN': '是否有长期批准覆盖' },
  },
  'standing.kind': {
    values: ['project', 'small', 'major', 'trust', 'team', 'ccla'],
    words: { en: 'the kind of standing approval', 'zh-CN': '长期批准的种类' },
  },
  /** Its id, for the record. */
  'standing.id': { words: { en: 'which standing approval', 'zh-CN': '是哪一份长期批准' } },
  /** Whether the requester has a manager who is known and there. */
  'requester.manager': {
    values: yesOrNo,
    words: { en: "who the requester's manager is", 'zh-CN': '申请人的经理是谁' },
  },
  /** Whether the open source office has adopted this type of request. Without it nothing passes by itself. */
  'type.adopted': {
    values: yesOrNo,
    words: { en: 'whether this form is adopted', 'zh-CN': '这份表单是否已启用' },
  },
};

/** What the system found out about a request. Whatever is missing is unknown. */
export interface Found {
  readonly license?: 'permitted' | 'conditions' | 'ask-first' | 'refer' | 'prohibited' | 'unknown';
  readonly project?: { readonly known: YesNo; readonly agreementCleared?: YesNo };
  /** Of the agreement that the form names. */
  readonly agreement?: YesNo;
  readonly componentApproved?: YesNo;
  readonly training?: YesNo;
  readonly standing?: { readonly kind: string; readonly id: string } | 'none' | 'unknown';
  readonly manager?: YesNo;
  readonly adopted?: YesNo;
}

type YesNo = 'yes' | 'no' | 'unknown';

/**
 * The facts that conditions look at, from what was found out and from the answers themselves.
 * @param smallLines changed lines up to which a change counts as small
 */
export function factsFrom(
  type: RequestType,
  answers: Values,
  found: Found,
  smallLines: number,
): Record<string, string> {
  const { standing } = found;
  const covers = standing === undefined || standing === 'unknown' ? 'unknown' : standing === 'none' ? 'no' : 'yes';
  return {
    'license.tier': found.license ?? 'unknown',
    'project.known': found.project?.known ?? 'unknown',
    'cla.cleared': agreementFact(type, answers, found),
    'component.approved': found.componentApproved ?? 'unknown',
    'size.small': sizeFact(type, answers, smallLines),
    'training.current': found.training ?? 'unknown',
    'standing.covers': covers,
    ...(typeof standing === 'object' ? { 'standing.kind': standing.kind, 'standing.id': standing.id } : {}),
    'requester.manager': found.manager ?? 'unknown',
    'type.adopted': found.adopted ?? 'unknown',
  };
}

/** A DCO binds nobody to more than the license does; what was asked in the form counts before what the register says. */
function agreementFact({ find }: RequestType, answers: Values, found: Found): YesNo {
  const agreement = find.agreement === undefined ? undefined : answers[find.agreement];
  if (agreement === 'none' || agreement === 'dco') return 'yes';
  if (agreement === 'assignment') return 'no';
  if (agreement !== undefined) return found.agreement ?? 'unknown';
  return found.project?.agreementCleared ?? 'unknown';
}

function sizeFact({ find }: RequestType, answers: Values, smallLines: number): YesNo {
  const lines = find.size === undefined ? undefined : answers[find.size];
  if (typeof lines !== 'number') return 'unknown';
  return lines <= smallLines ? 'yes' : 'no';
}
