import type { ModalView } from '@slack/types';
import {
  datePicker,
  input,
  modal,
  multiUsersSelect,
  type Reader,
  section,
  staticSelect,
  textInput,
} from '../slack/blocks.ts';
import { type KnownStanding, standingKinds, standingNumber } from './standing.ts';
import type { GrantForm, GrantPrefill } from './standing-grant.ts';
import { standingTexts } from './standing-texts.ts';
import { whatOf } from './standing-views.ts';

const agreements = ['none', 'dco', 'icla', 'ccla'] as const;

/** The form that grants a standing approval. @param until the day it begins with, as an ISO date */
export function grantView(form: GrantForm, prefill: GrantPrefill, until: string, { locale }: Reader): ModalView {
  const words = standingTexts[locale];
  const kinds = standingKinds.map((value) => ({
    text: words.kinds[value],
    value,
    description: words.kindHelp[value],
  }));
  const agreed = agreements.find((one) => one === prefill.agreement);
  return modal({
    callback: 'standing.grant',
    title: words.grantTitle,
    submit: words.grantSend,
    close: words.close,
    metadata: JSON.stringify(form),
    blocks: [
      input({
        blockId: 'kind',
        label: words.kindLabel,
        element: staticSelect({
          id: 'kind',
          placeholder: words.choose,
          choices: kinds,
          ...(prefill.kind ? { initial: prefill.kind } : {}),
        }),
      }),
      input({
        blockId: 'projects',
        label: words.projectsLabel,
        hint: words.projectsHint,
        element: textInput({
          id: 'projects',
          multiline: true,
          ...(prefill.project ? { initial: prefill.project } : {}),
        }),
      }),
      input({
        blockId: 'people',
        label: words.peopleLabel,
        hint: words.peopleHint,
        optional: true,
        element: multiUsersSelect({
          id: 'people',
          placeholder: words.choose,
          ...(prefill.person ? { initial: [prefill.person] } : {}),
        }),
      }),
      input({
        blockId: 'license',
        label: words.licenseLabel,
        hint: words.licenseHint,
        optional: true,
        element: textInput({ id: 'license', max: 200, ...(prefill.license ? { initial: prefill.license } : {}) }),
      }),
      input({
        blockId: 'agreement',
        label: words.agreementLabel,
        optional: true,
        element: staticSelect({
          id: 'agreement',
          placeholder: words.choose,
          choices: agreements.map((value) => ({ text: words.agreements[value], value })),
          ...(agreed ? { initial: agreed } : {}),
        }),
      }),
      input({
        blockId: 'until',
        label: words.untilLabel,
        hint: words.untilHint,
        optional: true,
        element: datePicker({ id: 'until', initial: until }),
      }),
      input({
        blockId: 'note',
        label: words.noteLabel,
        hint: words.noteHint,
        element: textInput({ id: 'note', multiline: true, max: 2_000 }),
      }),
    ],
  });
}

/** Why a standing approval is taken back. */
export function revokeView(standing: KnownStanding, { locale }: Reader): ModalView {
  const words = standingTexts[locale];
  return modal({
    callback: 'standing.revoke',
    title: words.revokeTitle,
    submit: words.revokeSend,
    close: words.close,
    metadata: standing.id,
    blocks: [
      section(`${standingNumber(standing)} · ${whatOf(standing, locale)}`),
      input({
        blockId: 'text',
        label: words.revokeLabel,
        hint: words.revokeHint,
        element: textInput({ id: 'text', multiline: true, max: 2_000, focus: true }),
      }),
    ],
  });
}

/** Who is covered by name. */
export function peopleView(standing: KnownStanding, { locale }: Reader): ModalView {
  const words = standingTexts[locale];
  return modal({
    callback: 'standing.people',
    title: words.peopleTitle,
    submit: words.peopleSend,
    close: words.close,
    metadata: standing.id,
    blocks: [
      section(`${standingNumber(standing)} · ${whatOf(standing, locale)}`),
      input({
        blockId: 'people',
        label: words.peopleLabel,
        element: multiUsersSelect({
          id: 'people',
          placeholder: words.choose,
          initial: standing.people,
        }),
      }),
    ],
  });
}
