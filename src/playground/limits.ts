/** Characters and counts of messages (docs.slack.dev/reference/methods/chat.postMessage, chat.update). */
export const messageLimits = {
  /** Longer text is cut, with the warning `message_truncated`. */
  text: 40_000,
  /** chat.update refuses longer text with `msg_too_long`. */
  updateText: 4000,
  markdownText: 12_000,
  attachments: 100,
  /** `metadata_too_large`; the size is not documented, 16 kB is what SDK maintainers report. */
  metadata: 16_000,
} as const;
