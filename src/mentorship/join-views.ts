import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { Locale } from '../core/i18n.ts';
import type { PersonId } from '../core/ports.ts';
import { checkboxes, input, modal, multiSelect, multiUsersSelect, numberInput, staticSelect } from '../slack/blocks.ts';
import { texts } from './form-texts.ts';
import { textField } from './forms.ts';
import type { Joining } from './joining.ts';
import type { Member } from './member.ts';
import { languagesFor, type Program } from './program.ts';

const filled = z.string().min(1);
const many = z.array(filled).default([]);
const whole = (least: number, most: number, initial: number) =>
  z.coerce.number().int().min(least).max(most).default(initial);

/** What the form to join holds, by field; also while it is filled in. */
export const JoinDraft = z.object({
  hats: z.array(z.enum(['mentor', 'mentee'])).default([]),
  offer: many,
  offerWords: z.string().default(''),
  hoursMentor: whole(1, 80, 4),
  places: whole(1, 20, 1),
  reviews: whole(0, 10, 1),
  seek: many,
  seekWords: z.string().default(''),
  goals: z.string().default(''),
  hoursMentee: whole(1, 80, 4),
  languages: many,
  zone: z.string().default('profile'),
  months: z.string().default('open'),
  blocked: z.array(z.custom<PersonId>((value) => typeof value === 'string')).default([]),
});
export type JoinDraft = z.infer<typeof JoinDraft>;

/** What the form begins with: what is known of a member, or what fits somebody who reads this language. */
export function draftOf(member: Member | undefined, locale: Locale, program: Program): JoinDraft {
  const { mentor, mentee } = member ?? {};
  return JoinDraft.parse({
    hats: [...(mentor ? ['mentor'] : []), ...(mentee ? ['mentee'] : [])],
    languages: member && member.languages.length > 0 ? member.languages : languagesFor(program, locale),
    zone: member?.zone ?? 'profile',
    blocked: member?.blocked ?? [],
    ...(mentor
      ? {
          offer: mentor.skills,
          offerWords: mentor.words,
          hoursMentor: mentor.hours,
          places: mentor.places,
          reviews: mentor.reviews,
        }
      : {}),
    ...(mentee ? { seek: mentee.skills, seekWords: mentee.words, goals: mentee.goals, hoursMentee: mentee.hours } : {}),
  });
}

/** The values of the form as Slack gives them. What is not there yet has its beginning. */
export function readDraft(values: Readonly<Record<string, Readonly<Record<string, unknown>>>>): JoinDraft {
  const fields = Object.entries(values).flatMap(([block, inner]) => {
    const [value] = Object.values(inner);
    return value === undefined || value === '' ? [] : [[block, value] as const];
  });
  return JoinDraft.parse(Object.fromEntries(fields));
}

/** What was filled in, or what is missing beside its field. */
export function joiningOf(
  draft: JoinDraft,
  locale: Locale,
): { readonly form: Joining } | { readonly errors: Record<string, string> } {
  const say = texts[locale];
  const [isMentor, isMentee] = [draft.hats.includes('mentor'), draft.hats.includes('mentee')];
  const errors: Record<string, string> = {
    ...(draft.hats.length === 0 ? { hats: say.hatMissing } : {}),
    ...(isMentor && draft.offer.length === 0 && !draft.offerWords.trim() ? { offer: say.topicMissing } : {}),
    ...(isMentee && draft.seek.length === 0 && !draft.seekWords.trim() ? { seek: say.topicMissing } : {}),
    ...(draft.languages.length === 0 ? { languages: say.languageMissing } : {}),
  };
  if (Object.keys(errors).length > 0) return { errors };
  return {
    form: {
      languages: draft.languages,
      zone: draft.zone === 'profile' ? undefined : draft.zone,
      blocked: draft.blocked,
      months: draft.months === 'open' ? undefined : Number(draft.months),
      mentor: isMentor
        ? {
            skills: draft.offer,
            words: draft.offerWords.trim(),
            hours: draft.hoursMentor,
            places: draft.places,
            reviews: draft.reviews,
          }
        : undefined,
      mentee: isMentee
        ? { skills: draft.seek, words: draft.seekWords.trim(), hours: draft.hoursMentee, goals: draft.goals.trim() }
        : undefined,
    },
  };
}

/** The form to join, with the fields of the chosen hats only: choosing one draws it anew. */
export function joinForm(draft: JoinDraft, program: Program, locale: Locale): ModalView {
  const say = texts[locale];
  return modal({
    callback: 'mentorship.join',
    title: say.joinTitle,
    submit: say.send,
    close: say.cancel,
    blocks: [
      input({
        blockId: 'hats',
        label: say.hats,
        dispatch: true,
        element: checkboxes({
          id: 'mentorship.hats',
          initial: draft.hats,
          choices: [
            { text: say.hatMentee, value: 'mentee' },
            { text: say.hatMentor, value: 'mentor' },
          ],
        }),
      }),
      ...(draft.hats.includes('mentee') ? menteeFields(draft, program, locale) : []),
      ...(draft.hats.includes('mentor') ? mentorFields(draft, program, locale) : []),
      ...(draft.hats.length > 0 ? sharedFields(draft, program, locale) : []),
    ],
  });
}

function menteeFields(draft: JoinDraft, program: Program, locale: Locale): readonly KnownBlock[] {
  const say = texts[locale];
  return [
    topicField('seek', say.seek, draft.seek, program, locale),
    textField('seekWords', say.seekWords, {
      hint: say.wordsHint,
      optional: true,
      initial: draft.seekWords,
      max: 300,
      lines: false,
    }),
    textField('goals', say.goals, { hint: say.goalsHint, initial: draft.goals, max: 1_000 }),
    numberField('hoursMentee', say.hoursMentee, draft.hoursMentee, 1, 80),
  ];
}

function mentorFields(draft: JoinDraft, program: Program, locale: Locale): readonly KnownBlock[] {
  const say = texts[locale];
  return [
    topicField('offer', say.offer, draft.offer, program, locale),
    textField('offerWords', say.offerWords, {
      hint: say.wordsHint,
      optional: true,
      initial: draft.offerWords,
      max: 300,
      lines: false,
    }),
    numberField('hoursMentor', say.hoursMentor, draft.hoursMentor, 1, 80),
    numberField('places', say.places, draft.places, 1, program.mostMentees),
    numberField('reviews', say.reviews, draft.reviews, 0, 10, say.reviewsHint),
  ];
}

function sharedFields(draft: JoinDraft, program: Program, locale: Locale): readonly KnownBlock[] {
  const say = texts[locale];
  const months = program.months.map((count) => ({ text: say.monthsCount(count), value: String(count) }));
  return [
    languageField(draft.languages, program, locale),
    input({
      blockId: 'zone',
      label: say.zone,
      element: staticSelect({
        id: 'zone',
        initial: draft.zone,
        choices: [
          { text: say.zoneProfile, value: 'profile' },
          ...program.zones.map((zone) => ({ text: zone.replace(/_/g, ' '), value: zone })),
        ],
      }),
    }),
    input({
      blockId: 'months',
      label: say.months,
      element: staticSelect({
        id: 'months',
        initial: draft.months,
        choices: [{ text: say.monthsOpen, value: 'open' }, ...months],
      }),
    }),
    input({
      blockId: 'blocked',
      label: say.blocked,
      hint: say.blockedHint,
      optional: true,
      element: multiUsersSelect({ id: 'blocked', most: 50, initial: draft.blocked }),
    }),
  ];
}

/** What an ambassador helps with; everything empty takes them out of the directory. */
export function helpForm(member: Member | undefined, program: Program, locale: Locale): ModalView {
  const say = texts[locale];
  const hat = member?.ambassador;
  const languages = member && member.languages.length > 0 ? member.languages : languagesFor(program, locale);
  return modal({
    callback: 'mentorship.help',
    title: say.helpTitle,
    submit: say.send,
    close: say.cancel,
    blocks: [
      topicField('topics', say.helpTopics, hat?.skills ?? [], program, locale, say.helpHint),
      textField('words', say.helpWords, {
        hint: say.wordsHint,
        optional: true,
        initial: hat?.words ?? '',
        max: 300,
        lines: false,
      }),
      textField('about', say.helpAbout, { optional: true, initial: hat?.about ?? '', max: 300, lines: false }),
      languageField(languages, program, locale),
    ],
  });
}

function topicField(
  id: string,
  label: string,
  initial: readonly string[],
  program: Program,
  locale: Locale,
  hint?: string,
): KnownBlock {
  const choices = program.skills.map(({ id: value, name }) => ({ text: name[locale], value }));
  return input({
    blockId: id,
    label,
    optional: true,
    element: multiSelect({ id, choices, initial }),
    ...(hint ? { hint } : {}),
  });
}

function languageField(initial: readonly string[], program: Program, locale: Locale): KnownBlock {
  const say = texts[locale];
  const choices = program.languages.map(({ id: value, name }) => ({ text: name[locale], value }));
  return input({
    blockId: 'languages',
    label: say.languages,
    hint: say.languagesHint,
    element: multiSelect({ id: 'languages', choices, initial }),
  });
}

function numberField(id: string, label: string, initial: number, min: number, max: number, hint?: string): KnownBlock {
  return input({
    blockId: id,
    label,
    element: numberInput({ id, decimals: false, initial, min, max }),
    ...(hint ? { hint } : {}),
  });
}
