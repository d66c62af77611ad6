import { z } from 'zod';
import { Condition } from './condition.ts';

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');
/** Fields are written in camel case, so that conditions and placeholders read as one word. */
const fieldId = z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'one word like useCase');
/** The same words in every language. */
export const Words = z.strictObject({ en: z.string().min(1), 'zh-CN': z.string().min(1) });
export type Words = z.infer<typeof Words>;
/** A label of an input or option; Slack takes 75 characters for options and 2,000 for labels, people take less. */
const Label = z.strictObject({ en: z.string().min(1).max(75), 'zh-CN': z.string().min(1).max(75) });

/** Choices may be joined by underscores too, as answers of the handbook name them: `bug_fix`. */
const choiceId = z.string().regex(/^[a-z0-9]+([-_][a-z0-9]+)*$/, 'lower-case words joined by hyphens or underscores');

/** An answer that can be chosen. */
const Choice = z.strictObject({
  id: choiceId,
  label: Label,
  /** A second line under the option. */
  help: Label.optional(),
  /** What the approver reads first when this is chosen: a red flag only raises. */
  flag: Words.optional(),
  /** Stands alone among `choices`: "None of these". */
  alone: z.boolean().default(false),
});

/**
 * One question of the form.
 * `text` one line, `long` several, `license` an SPDX expression, `purl` a package URL, `url` https, `number` whole and not
 * negative, `choice` one of `choices`, `choices` several of them, `yesno` yes or no (`yes`, `no` in conditions), `date` ISO,
 * `person` and `people` Slack members, `files` uploads, `confirm` a box that must be ticked.
 */
const Field = z.strictObject({
  id: fieldId,
  kind: z.enum([
    'text',
    'long',
    'license',
    'purl',
    'url',
    'number',
    'choice',
    'choices',
    'yesno',
    'date',
    'person',
    'people',
    'files',
    'confirm',
  ]),
  label: Label,
  help: Words.optional(),
  placeholder: Label.optional(),
  required: z.boolean().default(true),
  /** Asked only if this holds for the answers before it and for facts. */
  ask: Condition.optional(),
  /** A text that is picked from a register where it is known, or typed. */
  suggest: z.enum(['projects', 'components']).optional(),
  choices: z.array(Choice).min(2).optional(),
  /** Characters of text; the largest number. */
  max: z.int().positive().optional(),
  /** Shown on the approver's card among the facts that decide; everything else is one click away. */
  fact: z.boolean().default(false),
  /** The line in quotes on the card: the requester's own words. One field at most. */
  quote: z.boolean().default(false),
  /** Never shown to the requester's colleagues in registers and lists. */
  confidential: z.boolean().default(false),
  /** What the approver reads first when a `yesno` is answered with yes. */
  flag: Words.optional(),
});
export type Field = z.infer<typeof Field>;

/** A page of the form. Long texts stand alone on short steps. */
const Step = z.strictObject({ title: Label, fields: z.array(fieldId).min(1).max(8) });

/** Whom a stage asks; several roles make one group each. */
const Who = z.union([
  z.strictObject({ manager: z.literal(true) }),
  z.strictObject({ roles: z.array(id).min(1) }),
  /** Those named in a field of the form. */
  z.strictObject({ field: fieldId }),
]);

/** A group of people who decide. Stages with the same `order` are asked at the same time, lower ones first. */
const Stage = z.strictObject({
  id,
  name: Label,
  order: z.int().min(1),
  who: Who,
  /** How many of those asked must agree; `each` = one of each role. A decline by anybody ends the stage, except in a vote. */
  decide: z.union([z.enum(['any', 'all', 'each']), z.strictObject({ of: z.int().min(2) })]).default('any'),
  /**
   * A board votes: the majority of those who voted yes or no, once `quorum` took part; the vote of the chair, a role, breaks a
   * tie, and a tie without it is not carried. Open until nothing can change any more, at most to the end of its time.
   */
  vote: z.strictObject({ quorum: z.int().min(1), chair: id }).optional(),
  /** Business days of the approver's office; where the organization says when a role meets, its next meeting instead. */
  days: z.int().positive(),
  /** What whoever decides looks at first. */
  checklist: z.array(Words).default([]),
  /** A second factor of care: the number of the request is typed to approve. */
  care: z.boolean().default(false),
  /** Where there is nobody: who is asked instead, before the open source office's leads. */
  instead: z.array(id).default([]),
});
export type Stage = z.infer<typeof Stage>;

/** A way through the stages. */
const Route = z.strictObject({
  id,
  when: Condition.optional(),
  /** 0 none needed, 1 automatic, 2 standing, 3 manager, 4 open source office, 5 specialists, 6 review board, 7 executive. */
  level: z.int().min(0).max(7),
  /** None on levels 0 and 1; on 2 those that are asked when no standing approval covers it. */
  stages: z.array(id).default([]),
  because: Words,
});
export type Route = z.infer<typeof Route>;

/** A red flag: adds stages and lifts the level, never lowers it. */
const Raise = z.strictObject({
  id,
  when: Condition,
  level: z.int().min(2).max(7),
  stages: z.array(id).min(1),
  because: Words,
  /** Marks the request restricted. */
  restricted: z.boolean().default(false),
});

/** Why something is declined, and what is said with it. */
const Reason = z.strictObject({
  id,
  label: Label,
  /** What would make it approvable. */
  mend: Words,
  /** What to do instead. */
  instead: Words.optional(),
  /** Article that explains the policy behind it. */
  article: id.optional(),
});
export type Reason = z.infer<typeof Reason>;

/** A kind of request: everything about it is data. `data/requests/<id>.yml`. */
export const RequestType = z.strictObject({
  id,
  /** As a heading and in lists: "Contribute upstream". */
  title: Label,
  /** At most 15 characters: modal titles have 24, and "(2 of 4)" goes behind. */
  short: z.strictObject({ en: z.string().min(1).max(15), 'zh-CN': z.string().min(1).max(15) }),
  /** On a button that opens the form: "Request component use". Longer ones are cut on phones. */
  button: z.strictObject({ en: z.string().min(1).max(24), 'zh-CN': z.string().min(1).max(24) }).optional(),
  /** One line under the title where types are chosen. */
  what: Words,
  /** The line that names a request of this kind: "Contribution to {project} · {nature}". Fields in braces. */
  subject: Words,
  /** Where it stands among the types that are offered. */
  order: z.int(),
  /** Not offered in the list; opened from elsewhere. */
  hidden: z.boolean().default(false),
  /** Seen only by requester, stage and named auditors. */
  restricted: z.boolean().default(false),
  /** Roles that may ask; absent = everybody but guests. */
  from: z.array(id).optional(),
  /** Article that explains it. */
  article: id.optional(),
  fields: z.array(Field).min(1),
  steps: z.array(Step).min(1),
  stages: z.array(Stage).default([]),
  /** The first that holds gives the way; the last one has no `when`. */
  routes: z.array(Route).min(1),
  raises: z.array(Raise).default([]),
  /** Approved without a person when the way is level 1 and this holds; looked at again at the moment of approving. */
  automatic: z
    .strictObject({
      rule: id,
      when: Condition,
      /** The way when it does not hold, or when anything it looks at is unknown. */
      otherwise: z.strictObject({ level: z.int().min(2).max(7), stages: z.array(id).min(1) }),
      because: Words,
    })
    .optional(),
  /** Training that must be current for everything that passes without a person: automatic and standing approvals. */
  training: id.optional(),
  /** Which standing approvals cover a request of this kind. A red flag is never covered. */
  standing: z.array(z.enum(['project', 'small', 'major', 'trust', 'team', 'ccla'])).default([]),
  /** Fields that make two requests the same thing: another one under way, or approved, is shown before the form goes on. */
  same: z.array(fieldId).default([]),
  /** What can be found by: the field's role in searches and registers. */
  find: z
    .strictObject({
      project: fieldId.optional(),
      license: fieldId.optional(),
      component: fieldId.optional(),
      useCase: fieldId.optional(),
      /** What has to be signed (`none`, `dco`, or something else), for the fact `cla.cleared`. */
      agreement: fieldId.optional(),
      /** Number of changed lines, for the fact `size.small`. */
      size: fieldId.optional(),
      /** Whether the component is changed, for the fact `license.tier`. */
      modified: fieldId.optional(),
    })
    .default({}),
  /** Approval ends after so many months; absent = it does not. */
  validMonths: z.int().positive().optional(),
  /** After approval: the requester is asked for the link and the outcome upstream. */
  follow: z.enum(['upstream', 'release', 'none']).default('none'),
  declines: z.array(Reason).default([]),
  /** The stage that hears an appeal against a decline, once; absent = there is none. */
  appeal: id.optional(),
  /** Conditions that approvers often set, to choose from. */
  conditions: z.array(Words).default([]),
});
export type RequestType = z.infer<typeof RequestType>;

/** A type as it was read: `hash` is the hex SHA-256 of its file and the version that requests name. */
export interface TypeEdition {
  readonly type: RequestType;
  readonly hash: string;
  /** Path below its layer: `requests/contribute.yml`. */
  readonly file: string;
}
