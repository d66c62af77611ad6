import type { Button, ConfirmationDialog, Overflow } from '@slack/types';
import { type Choice, choices } from './block-base.ts';
import { exact, exactId, plainText, present, textObject } from './block-text.ts';
import type { Words } from './mrkdwn.ts';

// Limits: https://docs.slack.dev/reference/block-kit/block-elements and .../composition-objects.
// Text meant for people is cut; an id, a value or a count outside its limit is a mistake in the code and throws RangeError.

/** A question before an action is carried out. */
export interface ConfirmSpec {
  /** Up to 100 characters. */
  readonly title: string;
  /** Up to 300 characters. */
  readonly text: Words;
  /** Up to 30 characters each; name the action, not "OK". */
  readonly confirm: string;
  readonly deny: string;
  readonly style?: 'primary' | 'danger';
}

export function confirm(spec: ConfirmSpec): ConfirmationDialog {
  return {
    title: plainText(spec.title, 100),
    text: textObject(spec.text, 300),
    confirm: plainText(spec.confirm, 30),
    deny: plainText(spec.deny, 30),
    ...present({ style: spec.style }),
  };
}

export interface ButtonSpec {
  readonly id: string;
  /** Up to 75 characters; phones show about 30. */
  readonly text: string;
  /** What a screen reader says instead of `text`: names the object ("Approve REQ-0142"). Up to 75 characters. */
  readonly label?: string;
  readonly value?: string;
  readonly url?: string;
  readonly style?: 'primary' | 'danger';
  readonly confirm?: ConfirmSpec;
}

/** @throws RangeError when id (255), value (2,000) or address (3,000) do not fit */
export function button(spec: ButtonSpec): Button {
  return {
    type: 'button',
    action_id: exactId(spec.id),
    text: plainText(spec.text, 75),
    ...present({
      accessibility_label: spec.label === undefined ? undefined : plainText(spec.label, 75).text,
      value: spec.value === undefined ? undefined : exact('button value', spec.value, 2000),
      url: spec.url === undefined ? undefined : exact('button url', spec.url, 3000),
      style: spec.style,
      confirm: spec.confirm && confirm(spec.confirm),
    }),
  };
}

/** The "..." menu. @throws RangeError outside 1 to 5 choices, or when a value comes twice */
export function overflow(spec: {
  readonly id: string;
  readonly choices: readonly Choice[];
  readonly confirm?: ConfirmSpec;
}): Overflow {
  return {
    type: 'overflow',
    action_id: exactId(spec.id),
    options: choices(spec.choices, 5),
    ...present({ confirm: spec.confirm && confirm(spec.confirm) }),
  };
}
