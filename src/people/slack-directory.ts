/** What Slack says about a member of the workspace. */
export interface SlackUser {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  /** As Slack writes it: "en-US", "zh-CN". */
  readonly locale?: string;
  /** IANA time zone. */
  readonly zone?: string;
  /** False for a deactivated account. */
  readonly active: boolean;
  readonly guest: boolean;
  /** Bots and workflows are no people; they are left out. */
  readonly bot: boolean;
}

export interface SlackGroup {
  /** Without the @ in front. */
  readonly handle: string;
  /** Slack member ids. Empty for a group that was switched off. */
  readonly members: readonly string[];
}

/** The whole workspace, page by page. What is thrown means that nothing is known: a half-read list is never used. */
export interface SlackDirectory {
  users(): AsyncIterable<SlackUser>;
  groups(): AsyncIterable<SlackGroup>;
}

/** One change, as an event tells it. */
export type SlackChange =
  | { readonly kind: 'user_changed'; readonly user: SlackUser }
  | { readonly kind: 'group_changed'; readonly group: SlackGroup };
