import type {
  ChannelsSelect,
  Checkboxes,
  ConversationsSelect,
  ExternalSelect,
  MultiChannelsSelect,
  MultiConversationsSelect,
  MultiExternalSelect,
  MultiStaticSelect,
  MultiUsersSelect,
  PlainTextOption,
  RadioButtons,
  StaticSelect,
  UsersSelect,
} from '@slack/types';
import {
  type Choice,
  type Common,
  choices,
  common,
  initial,
  option,
  type Placeholding,
  placeholding,
} from './block-base.ts';
import { counted, plainText, present } from './block-text.ts';

// Limits: https://docs.slack.dev/reference/block-kit/block-elements. Too many or too few choices throw RangeError.

interface Choosing {
  readonly choices: readonly Choice[];
  /** Value of the choice made already. */
  readonly initial?: string;
}
interface ChoosingMany {
  readonly choices: readonly Choice[];
  readonly initial?: readonly string[];
}

/** @throws RangeError outside 1 to 10 choices */
export function checkboxes(spec: Common & ChoosingMany): Checkboxes {
  const options = choices(spec.choices, 10);
  return {
    type: 'checkboxes',
    ...common(spec),
    options,
    ...present({ initial_options: initial(options, spec.initial) }),
  };
}

/** @throws RangeError outside 1 to 10 choices */
export function radioButtons(spec: Common & Choosing): RadioButtons {
  const options = choices(spec.choices, 10);
  return {
    type: 'radio_buttons',
    ...common(spec),
    options,
    ...present({ initial_option: firstOf(options, spec.initial) }),
  };
}

function firstOf(options: readonly PlainTextOption[], value: string | undefined): PlainTextOption | undefined {
  return value === undefined ? undefined : initial(options, [value])?.[0];
}

/** @throws RangeError outside 1 to 100 choices */
export function staticSelect(spec: Placeholding & Choosing): StaticSelect {
  const options = choices(spec.choices, 100);
  return {
    type: 'static_select',
    ...placeholding(spec),
    options,
    ...present({ initial_option: firstOf(options, spec.initial) }),
  };
}

/** Choices under headings. @throws RangeError outside 1 to 100 groups of 1 to 100 choices */
export function groupedSelect(
  spec: Placeholding & {
    readonly groups: readonly { readonly label: string; readonly choices: readonly Choice[] }[];
    readonly initial?: string;
  },
): StaticSelect {
  const groups = counted('option groups', spec.groups, 1, 100).map((group) => ({
    label: plainText(group.label, 75),
    options: choices(group.choices, 100),
  }));
  const all = groups.flatMap((group) => group.options);
  return {
    type: 'static_select',
    ...placeholding(spec),
    option_groups: groups,
    ...present({ initial_option: firstOf(all, spec.initial) }),
  };
}

interface Many {
  /** How many may be chosen, at least 1. */
  readonly most?: number;
}

function many(spec: Many) {
  if (spec.most !== undefined && spec.most < 1) throw new RangeError(`at most ${spec.most} choices`);
  return present({ max_selected_items: spec.most });
}

/** @throws RangeError outside 1 to 100 choices */
export function multiSelect(spec: Placeholding & ChoosingMany & Many): MultiStaticSelect {
  const options = choices(spec.choices, 100);
  return {
    type: 'multi_static_select',
    ...placeholding(spec),
    ...many(spec),
    options,
    ...present({ initial_options: initial(options, spec.initial) }),
  };
}

/** Type-ahead answered by the app, from the `minLength`th character on (0 = at once). */
export function externalSelect(
  spec: Placeholding & { readonly initial?: Choice; readonly minLength?: number },
): ExternalSelect {
  return {
    type: 'external_select',
    ...placeholding(spec),
    ...present({ initial_option: spec.initial && option(spec.initial), min_query_length: spec.minLength }),
  };
}

export function multiExternalSelect(
  spec: Placeholding & Many & { readonly initial?: readonly Choice[]; readonly minLength?: number },
): MultiExternalSelect {
  const chosen = spec.initial?.length ? spec.initial.map(option) : undefined;
  return {
    type: 'multi_external_select',
    ...placeholding(spec),
    ...many(spec),
    ...present({ initial_options: chosen, min_query_length: spec.minLength }),
  };
}

export function usersSelect(spec: Placeholding & { readonly initial?: string }): UsersSelect {
  return { type: 'users_select', ...placeholding(spec), ...present({ initial_user: spec.initial }) };
}

export function multiUsersSelect(
  spec: Placeholding & Many & { readonly initial?: readonly string[] },
): MultiUsersSelect {
  const chosen = spec.initial?.length ? [...spec.initial] : undefined;
  return { type: 'multi_users_select', ...placeholding(spec), ...many(spec), ...present({ initial_users: chosen }) };
}

/** `kinds`: which conversations are offered; bots are left out. */
interface Conversations {
  readonly kinds?: readonly ('im' | 'mpim' | 'private' | 'public')[];
}

function filtered(spec: Conversations) {
  const include = spec.kinds?.length ? [...spec.kinds] : undefined;
  return { filter: { exclude_bot_users: true, ...present({ include }) } };
}

export function conversationsSelect(
  spec: Placeholding & Conversations & { readonly initial?: string; readonly current?: boolean },
): ConversationsSelect {
  return {
    type: 'conversations_select',
    ...placeholding(spec),
    ...filtered(spec),
    ...present({ initial_conversation: spec.initial, default_to_current_conversation: spec.current }),
  };
}

export function multiConversationsSelect(
  spec: Placeholding & Conversations & Many & { readonly initial?: readonly string[] },
): MultiConversationsSelect {
  const chosen = spec.initial?.length ? [...spec.initial] : undefined;
  return {
    type: 'multi_conversations_select',
    ...placeholding(spec),
    ...filtered(spec),
    ...many(spec),
    ...present({ initial_conversations: chosen }),
  };
}

export function channelsSelect(spec: Placeholding & { readonly initial?: string }): ChannelsSelect {
  return { type: 'channels_select', ...placeholding(spec), ...present({ initial_channel: spec.initial }) };
}

export function multiChannelsSelect(
  spec: Placeholding & Many & { readonly initial?: readonly string[] },
): MultiChannelsSelect {
  const chosen = spec.initial?.length ? [...spec.initial] : undefined;
  return {
    type: 'multi_channels_select',
    ...placeholding(spec),
    ...many(spec),
    ...present({ initial_channels: chosen }),
  };
}
