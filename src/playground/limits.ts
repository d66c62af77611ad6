/**
 * The numbers of Slack, each named once. Sources: docs.slack.dev/reference/block-kit (blocks, elements, composition
 * objects), docs.slack.dev/reference/views, the comments of @slack/types, and the limits registry of
 * nicklambourne/slackblocks, unless a line names another.
 */

/** Messages: docs.slack.dev/reference/methods/chat.postMessage and chat.update. */
export const messageLimits = {
  /** Longer text is cut, with the warning `message_truncated`. */
  text: 40_000,
  /** chat.update refuses longer text with `msg_too_long`. */
  updateText: 4000,
  markdownText: 12_000,
  attachments: 100,
  /** `metadata_too_large`; the size is not documented, 16 kB is what is reported. */
  metadata: 16_000,
  /** All text of all blocks, `msg_blocks_too_long`: seen from about 13,200 (slackapi/bolt-js#2509). */
  blockText: 13_200,
  /** All markdown blocks together. */
  markdownBlocks: 12_000,
  tables: 1,
  /** Not documented, seen live (vercel/chat#696). */
  charts: 2,
} as const;

/** Blocks of one surface. */
export const blockCounts = { message: 50, modal: 100, home: 100 } as const;

export const viewLimits = {
  title: 24,
  submit: 24,
  close: 24,
  callbackId: 255,
  externalId: 255,
  privateMetadata: 3000,
  /** `view_too_large`. */
  bytes: 250_000,
  /** `push_limit_reached`. */
  stack: 3,
  /** `expired_trigger_id`: docs.slack.dev/interactivity/handling-user-interaction, "trigger_id". */
  triggerMs: 3000,
} as const;

export const idLength = 255;

/** Text in blocks. */
export const texts = {
  any: 3000,
  field: 2000,
  header: 150,
  label: 2000,
  hint: 2000,
  url: 3000,
  altText: 2000,
  cardTitle: 150,
  cardBody: 200,
  containerTitle: 150,
  alert: 200,
  videoTitle: 200,
  videoAuthor: 50,
  chartTitle: 50,
  chartLabel: 20,
  axisLabel: 50,
  button: 75,
  buttonValue: 2000,
  option: 75,
  optionValue: 150,
  placeholder: 150,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
} as const;

/** Items in lists. */
export const counts = {
  actions: 25,
  context: 10,
  contextActions: 5,
  fields: 10,
  cardActions: 3,
  carousel: 10,
  children: 10,
  options: 100,
  groups: 100,
  checkboxes: 10,
  overflow: 5,
  tableRows: 100,
  /** docs.slack.dev says 101, slackblocks 201: the stricter one holds here. */
  dataTableRows: 101,
  columns: 20,
  segments: 12,
  series: 12,
  points: 20,
  files: 10,
  visibleTo: 10,
} as const;
